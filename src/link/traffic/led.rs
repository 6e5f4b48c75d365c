//! What a host name leads to.

use super::super::edges::At;

/// What a host name leads to.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Led<'a> {
    /// Resources that are no records.
    pub ends: Vec<At>,
    /// Hosts that no resource of the estate answers to.
    pub hosts: Vec<&'a str>,
}
