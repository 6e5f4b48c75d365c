//! How much data is lost: what the configuration can claim, and what it would be now.

use super::drills;
use super::order::Order;
use super::states::{best_copy, is_live, open_copy, usable};
use super::view::View;
use crate::model::{Class, DataCopy, Fact};
use crate::result::{Data, DataRow, Loss};

/// EFS says that most file systems are no further behind than this.
/// <https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html>
const FILE_SYSTEM_SECONDS: u64 = 15 * 60;

/// Transaction logs are sent this often. <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html>
const LOG_SECONDS: u64 = 5 * 60;

/// A lag that was measured longer ago than this says nothing of now.
const FRESH_SECONDS: u64 = 3_600;

/// Of everything that holds data. The steps are those of the order.
pub(super) fn data(view: &View<'_>, order: &Order) -> Data {
    let rows = (1..).zip(&order.at).filter(|(_, at)| view.resource(**at).kind.info().is_stateful());
    let resources: Vec<DataRow> = rows.map(|(step, at)| row(view, step, *at)).collect();
    let worst = |of: fn(&DataRow) -> &Loss| {
        let counted = resources.iter().filter(|row| !row.disposable).map(of);
        counted.max_by_key(|loss| rank(loss)).cloned().unwrap_or_default()
    };
    Data {
        floor: worst(|row| &row.floor),
        now: worst(|row| &row.now),
        objective_seconds: view.objective.rpo.map(|span| span.seconds),
        measured: drills::lost(view),
        resources,
    }
}

fn row(view: &View<'_>, step: u32, at: usize) -> DataRow {
    let resource = view.resource(at);
    let best = best_copy(resource);
    let open = open_copy(view, at, resource);
    // The best that any copy of use gives.
    let least = |loss: &dyn Fn(&DataCopy) -> Loss| usable(resource).map(loss).min_by_key(rank);
    let without = match &open {
        Some(why) => unknown(why),
        None => Loss::Unbounded { why: format!("nothing of its data can be used in {}", view.to) },
    };
    // One that nobody could tell of may be better, but than one that follows its source.
    let is_sure = |floor: &Loss| open.is_none() || *floor == Loss::Asynchronous;
    let floor = least(&|copy| floor(view, at, copy)).filter(is_sure).unwrap_or_else(|| without.clone());
    // What would be lost now is no more than what the best copy that is known would lose.
    let now = least(&|copy| now(view, at, copy)).unwrap_or(without);
    DataRow {
        step,
        name: resource.name.clone(),
        mechanism: best.and_then(|copy| copy.mechanism.text()).map(str::to_owned),
        floor,
        now,
        disposable: resource.kind.info().class == Class::Cache && best.is_none(),
    }
}

/// The most that is lost where everything works as it is configured.
fn floor(view: &View<'_>, at: usize, copy: &DataCopy) -> Loss {
    let resource = view.resource(at);
    let minutes = |fact: Fact<u64>, path: &str, none: &str| match fact {
        Fact::Known(minutes) => Loss::Seconds { seconds: minutes * 60 },
        Fact::Absent => Loss::Unbounded { why: none.to_owned() },
        Fact::Unknown => unknown(view.doubt(at, path).unwrap_or("how often it is copied is not known")),
    };
    match (copy.mechanism.text().unwrap_or_default(), resource.kind.info().class) {
        ("provider-replica", Class::FileSystem) => Loss::Seconds { seconds: FILE_SYSTEM_SECONDS },
        _ if is_live(copy) => Loss::Asynchronous,
        ("automated-backup", _) => Loss::Seconds { seconds: LOG_SECONDS },
        // Those of disks are made by policies; those of databases by people.
        ("snapshot", class) if class != Class::Volume => {
            Loss::Unbounded { why: "nothing that was seen makes the next snapshot".to_owned() }
        }
        ("snapshot-copy", _) => {
            let every = resource.backup.as_ref().map_or(Fact::Unknown, |backup| backup.interval_minutes);
            minutes(every, "", "its service takes no snapshots by itself")
        }
        _ => {
            let every = resource.joined.as_ref().map_or(Fact::Unknown, |joined| joined.copy_interval_minutes);
            minutes(every, "copy_interval_minutes", "no schedule copies it")
        }
    }
}

/// What would be lost if it happened now.
fn now(view: &View<'_>, at: usize, copy: &DataCopy) -> Loss {
    let resource = view.resource(at);
    let since = view.now.as_second().saturating_sub(view.inventory.collected_at.as_second());
    let since = u64::try_from(since).unwrap_or_default();
    if !is_live(copy) {
        return match (copy.age_minutes, copy.mechanism.text()) {
            (Fact::Known(minutes), _) => Loss::Seconds { seconds: minutes * 60 + since },
            (_, Some("copy-action")) => unknown("nothing was copied yet"),
            _ => unknown("how old it is, is not known"),
        };
    }
    if since > FRESH_SECONDS {
        return unknown(&format!("how far it is behind was measured {} ago", crate::text::duration(since)));
    }
    let lags = resource.joined.as_ref().and_then(|joined| joined.lags.known());
    let own = lags.into_iter().flatten().find(|lag| lag.in_recovery_place == Fact::Known(true) && lag.id == copy.id);
    match own {
        Some(lag) if lag.stopped == Fact::Known(true) => {
            Loss::Unbounded { why: "its replication has stopped".to_owned() }
        }
        Some(lag) => match lag.seconds {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates, and is no less than 0"
            )]
            Fact::Known(seconds) => Loss::Seconds { seconds: seconds.max(0.0).ceil() as u64 },
            Fact::Absent | Fact::Unknown => unknown("how far it is behind was not measured"),
        },
        None => unknown(view.doubt(at, "lags").unwrap_or("how far it is behind was not measured")),
    }
}

fn unknown(why: &str) -> Loss {
    Loss::Unknown { why: why.to_owned() }
}

/// The worst counts: what is known to be lost before what is not known.
fn rank(loss: &Loss) -> (u8, u64) {
    match loss {
        Loss::None => (0, 0),
        Loss::Asynchronous => (1, 0),
        Loss::Seconds { seconds } => (2, *seconds),
        Loss::Unknown { .. } => (3, 0),
        Loss::Unbounded { .. } => (4, 0),
    }
}

/// Whether a loss is more than what is allowed. `None`: it cannot be told.
pub(super) fn is_more(loss: &Loss, allowed: u64) -> Option<bool> {
    match loss {
        Loss::None => Some(false),
        Loss::Seconds { seconds } => Some(*seconds > allowed),
        // What is on its way is lost.
        Loss::Asynchronous => Some(allowed == 0),
        Loss::Unknown { .. } => None,
        Loss::Unbounded { .. } => Some(true),
    }
}
