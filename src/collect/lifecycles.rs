//! What doors say alike of policies of Data Lifecycle Manager: they are backup plans without vaults.

use crate::model::{Fact, Place, PlanCopy, PlanRule, PlanSelection};
use crate::providers::aws::names;

/// Minutes within which a snapshot is begun.
/// <https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html>
const START_WINDOW: u32 = 60;

/// What a schedule does: when, for how long, and where to.
pub(crate) struct Taken {
    pub schedule: Fact<String>,
    /// Days that a snapshot is kept.
    pub kept: Fact<u32>,
    pub copies: Fact<Vec<PlanCopy>>,
}

pub(crate) fn rule(name: Fact<String>, taken: Taken) -> PlanRule {
    PlanRule {
        name,
        schedule: taken.schedule,
        timezone: Fact::Absent,
        start_window_minutes: Fact::Known(START_WINDOW),
        vault: Fact::Absent,
        air_gapped_vault: Fact::Absent,
        delete_after_days: taken.kept,
        continuous: Fact::Known(false),
        copies: taken.copies,
    }
}

/// A copy stays in the account.
pub(crate) fn copy(region: Fact<String>, kept: Fact<u32>, place: &Place) -> PlanCopy {
    PlanCopy { vault: Fact::Absent, region, account: place.account.clone(), delete_after_days: kept }
}

/// `rate(12 hours)`, as the backup service writes it.
pub(crate) fn every(hours: Fact<u32>) -> Fact<String> {
    hours.map(|hours| format!("rate({hours} {})", if hours == 1 { "hour" } else { "hours" }))
}

/// A number of snapshots lasts as long as it takes to make as many again. Unknown where no interval says how long that is.
pub(crate) fn kept_by_count(count: Fact<u32>, hours: Fact<u32>) -> Fact<u32> {
    Fact::from_known(count.into_known().zip(hours.into_known()).map(|(count, hours)| count.saturating_mul(hours) / 24))
}

/// `unit`: `DAYS`, `WEEKS`, `MONTHS`, `YEARS`.
pub(crate) fn in_days(interval: Fact<u32>, unit: &str) -> Fact<u32> {
    let days = match unit {
        "DAYS" => 1,
        "WEEKS" => 7,
        "MONTHS" => 30,
        "YEARS" => 365,
        _ => return Fact::Unknown,
    };
    interval.map(|interval| interval.saturating_mul(days))
}

/// What a policy selects: volumes with any of the tags, without tags all. Whose machine has a tag is not known, nor which
/// volume is left out of all.
pub(crate) fn selection(
    tags: Fact<Vec<String>>,
    of_volumes: bool,
    left_out: bool,
    role: Fact<String>,
) -> PlanSelection {
    PlanSelection {
        name: Fact::Absent,
        resources: Fact::Absent,
        excluded: Fact::Absent,
        tags: if of_volumes { tags } else { Fact::Known(Vec::new()) },
        conditional: Fact::Known(!of_volumes || left_out),
        conditions: Fact::Absent,
        role,
    }
}

/// The region of what copies go to: a region, or an Outpost by its ARN.
pub(crate) fn region_of_target(target: String) -> String {
    names::region_of(&target).map_or_else(|| target.clone(), str::to_owned)
}
