//! How the collection of one service in one place ended: its coverage row.

use std::collections::BTreeMap;

use super::{Sink, Spec, Trouble, TroubleClass};
use crate::model::{Coverage, CoverageStatus, Kind, Timestamp};
use crate::text::count;

/// A row for an account, region and service. Empty: there is none; service `*`: all of them.
pub(super) fn row(account: &str, region: &str, service: &str, status: CoverageStatus, at: Timestamp) -> Coverage {
    Coverage {
        account: account.to_owned(),
        region: region.to_owned(),
        service: service.to_owned(),
        status,
        incomplete: Vec::new(),
        action: None,
        reason: None,
        at,
    }
}

/// The same row, with the call that failed and why.
pub(super) fn because(row: Coverage, action: Option<&str>, reason: impl Into<String>) -> Coverage {
    Coverage { action: action.map(str::to_owned), reason: Some(reason.into()), ..row }
}

impl TroubleClass {
    /// What it means for a list that nothing of was seen.
    pub(super) fn status(self) -> CoverageStatus {
        match self {
            Self::Denied | Self::Credentials => CoverageStatus::Denied,
            Self::NotAvailable => CoverageStatus::Skipped,
            Self::Throttled | Self::Unreachable | Self::NotFound | Self::Failed => CoverageStatus::Failed,
        }
    }
}

/// What a collector left in its sink, as the status of its row, the kinds that are incomplete, and all its troubles.
pub(super) fn of_service(row: Coverage, spec: &Spec, sink: &Sink, end: Result<(), Trouble>) -> Coverage {
    let every: Vec<Kind> = spec.kinds.iter().map(|name| Kind::of(name)).collect();
    let mut incomplete: Vec<Kind> = sink.lost.iter().flat_map(|(kinds, _)| kinds.iter().copied()).collect();
    let mut lists: Vec<&Trouble> = sink.lost.iter().map(|(_, trouble)| trouble).collect();
    if let Err(trouble) = &end {
        incomplete.clone_from(&every);
        lists.push(trouble);
    }
    incomplete.sort_unstable();
    incomplete.dedup();
    let nothing_seen = sink.resources.is_empty() && every.iter().all(|kind| incomplete.contains(kind));
    let status = match lists.iter().map(|trouble| trouble.class.status()).max_by_key(|status| severity(*status)) {
        Some(worst) if nothing_seen => worst,
        None if sink.gaps.is_empty() => CoverageStatus::Complete,
        _ => CoverageStatus::Partial,
    };
    if status != CoverageStatus::Partial {
        incomplete.clear();
    }
    let (action, reason) = account(lists.into_iter().chain(&sink.gaps));
    Coverage { status, incomplete, action, reason, ..row }
}

/// Where lists ended differently, a failure says more than a refusal, and a refusal more than a service that is not there.
fn severity(status: CoverageStatus) -> u8 {
    match status {
        CoverageStatus::Complete | CoverageStatus::Partial => 0,
        CoverageStatus::Skipped => 1,
        CoverageStatus::Denied => 2,
        CoverageStatus::Failed => 3,
    }
}

/// Calls that a reason names; `seaworthy doctor` names them all.
const NAMED: usize = 2;

/// The first call that failed, and all of it in words, the same in every run.
fn account<'a>(troubles: impl Iterator<Item = &'a Trouble>) -> (Option<String>, Option<String>) {
    let mut order: Vec<(&str, &str)> = Vec::new();
    let mut times: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for trouble in troubles {
        let key = (trouble.action, trouble.reason.as_str());
        let number = times.entry(key).or_default();
        if *number == 0 {
            order.push(key);
        }
        *number += 1;
    }
    let Some((first, _)) = order.first().copied() else { return (None, None) };
    let words = order.iter().take(NAMED).map(|key @ (action, reason)| {
        let call = if *action == first { String::new() } else { format!("{action} ") };
        match times.get(key) {
            Some(number @ 2..) => format!("{call}{reason} ({})", count(*number, "time")),
            _ => format!("{call}{reason}"),
        }
    });
    let more = order.len().checked_sub(NAMED).filter(|more| *more > 0).map(|more| count(more, "more call"));
    (Some(first.to_owned()), Some(words.chain(more).collect::<Vec<_>>().join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::aws::Locality;
    use crate::model::{Place, Resource};

    static SPEC: Spec = Spec {
        service: "eks",
        locality: Locality::Regional,
        kinds: &["aws.eks.cluster", "aws.eks.node-group"],
        actions: &["eks:ListClusters", "eks:ListNodegroups", "eks:DescribeCluster"],
    };

    fn trouble(action: &'static str, class: TroubleClass, reason: &str) -> Trouble {
        Trouble { action, class, reason: reason.to_owned() }
    }

    fn ends(sink: &Sink, end: Result<(), Trouble>) -> serde_json::Value {
        let row = row("111122223333", "us-east-1", "eks", CoverageStatus::Complete, Timestamp::UNIX_EPOCH);
        serde_json::to_value(of_service(row, &SPEC, sink, end)).unwrap()
    }

    fn expected(rest: serde_json::Value) -> serde_json::Value {
        let mut row = serde_json::json!({
            "account": "111122223333", "region": "us-east-1", "service": "eks", "at": "1970-01-01T00:00:00Z",
        });
        row.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        row
    }

    fn cluster() -> Resource {
        Resource::new(Kind::of("aws.eks.cluster"), "c", "c", Place::default())
    }

    #[test]
    fn everything_read_is_complete_even_if_there_is_nothing() {
        assert_eq!(ends(&Sink::default(), Ok(())), expected(serde_json::json!({"status": "complete"})));
    }

    #[test]
    fn a_list_that_was_refused_is_denied() {
        let denied = trouble("eks:ListClusters", TroubleClass::Denied, "AccessDeniedException");
        assert_eq!(
            ends(&Sink::default(), Err(denied)),
            expected(serde_json::json!({
                "status": "denied", "action": "eks:ListClusters", "reason": "AccessDeniedException"
            }))
        );
    }

    #[test]
    fn a_page_that_failed_leaves_the_pages_before_and_names_the_kinds() {
        let failed = trouble("eks:ListClusters", TroubleClass::Unreachable, "timed out");
        let sink = Sink { resources: vec![cluster()], ..Sink::default() };
        assert_eq!(
            ends(&sink, Err(failed)),
            expected(serde_json::json!({
                "status": "partial", "incomplete": ["aws.eks.cluster", "aws.eks.node-group"],
                "action": "eks:ListClusters", "reason": "timed out"
            }))
        );
    }

    #[test]
    fn facts_that_are_missing_leave_every_list_complete() {
        let denied = || trouble("eks:DescribeCluster", TroubleClass::Denied, "AccessDeniedException");
        let sink = Sink { resources: vec![cluster()], gaps: vec![denied(), denied()], ..Sink::default() };
        assert_eq!(
            ends(&sink, Ok(())),
            expected(serde_json::json!({
                "status": "partial", "action": "eks:DescribeCluster", "reason": "AccessDeniedException (2 times)"
            }))
        );
    }

    #[test]
    fn one_list_of_two_is_partial_and_the_first_troubles_are_told() {
        let mut sink = Sink::default();
        sink.lost(&["aws.eks.node-group"], trouble("eks:ListNodegroups", TroubleClass::Failed, "HTTP 500"));
        sink.gaps.push(trouble("eks:DescribeCluster", TroubleClass::Throttled, "ThrottlingException"));
        sink.gaps.push(trouble("eks:DescribeNodegroup", TroubleClass::Denied, "AccessDeniedException"));
        assert_eq!(
            ends(&sink, Ok(())),
            expected(serde_json::json!({
                "status": "partial", "incomplete": ["aws.eks.node-group"], "action": "eks:ListNodegroups",
                "reason": "HTTP 500; eks:DescribeCluster ThrottlingException; 1 more call"
            }))
        );
    }
}
