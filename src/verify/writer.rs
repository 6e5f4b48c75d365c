//! A database of RDS or Aurora takes writes, as the API of RDS says: it is available, follows nothing, and is the writer of
//! its global cluster.

use super::attempt::{Attempt, Cx};
use crate::config::checks::WriterCheck;

#[cfg(not(feature = "aws"))]
pub(super) async fn ask(_: &WriterCheck, _: &Cx<'_>) -> Attempt {
    Attempt::Cannot("this build has no AWS support".to_owned())
}

#[cfg(feature = "aws")]
pub(super) async fn ask(check: &WriterCheck, cx: &Cx<'_>) -> Attempt {
    use crate::collect::aws::Database;

    let (Some(probe), Some(region)) = (cx.probe, cx.region) else {
        return Attempt::Cannot("no region is known".to_owned());
    };
    let database = match (&check.cluster, &check.instance, &check.global_cluster) {
        (Some(name), ..) => Database::Cluster(name),
        (None, Some(name), _) => Database::Instance(name),
        (None, None, Some(name)) => Database::Global(name),
        (None, None, None) => return Attempt::Cannot("no database is named".to_owned()),
    };
    match probe.writer(cx.account, region, database).await {
        Ok(seen) => judge(&seen),
        Err(why) if why.is_missing => Attempt::Failed(format!("there is no such database in {region}")),
        Err(why) if why.again => Attempt::CannotNow(why.why),
        Err(why) => Attempt::Cannot(why.why),
    }
}

#[cfg(feature = "aws")]
fn judge(seen: &crate::collect::aws::WriterSeen) -> Attempt {
    let status = &seen.status;
    match (seen.works, &seen.follows, seen.writes) {
        (false, ..) => Attempt::Failed(format!("it is {status}")),
        (true, Some(other), _) => Attempt::Failed(format!("it is {status}, and takes no writes: {other} does")),
        (true, None, Some(true)) => Attempt::Passed(format!("it is {status}, and takes the writes")),
        (true, None, Some(false)) => Attempt::Failed(format!("it is {status}, and nothing of it takes writes")),
        (true, None, None) => Attempt::CannotNow(format!("it is {status}; whether it takes writes is not said")),
    }
}
