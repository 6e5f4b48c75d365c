//! What somebody wants to have made.

use super::back::Given;

/// What a payload or a plan is wanted for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// An application of the configuration.
    pub application: String,
    /// The region in which it is to be run. None: that of the recovery pairs.
    pub region: Option<String>,
    /// While the primary region is well.
    pub planned: bool,
    /// For FAILBACK.
    pub failback: bool,
    /// What can be recovered is written, even if something else cannot.
    pub partial: bool,
    /// What no inventory tells: `MonitoringInterval` or `timeoutMinutes`, or `orders.MonitoringInterval` for one step.
    pub given: Given,
}
