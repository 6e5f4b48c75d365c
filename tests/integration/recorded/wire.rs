//! Answers that fail on the wire: a page in the middle of a list, and calls that are throttled.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::Value;

use super::server::Recorded;
use super::{CONFIG, KEY, collect, names, of_service, rows, scan};
use crate::live::{command, read_collected, verdicts};
use crate::tool::Tool;

#[test]
fn a_page_that_fails_is_not_the_end_of_the_list() {
    let half = Recorded::serve_but("recovery", |request| {
        let second = request.is_call("DescribeDBInstances") && request.parameter("Marker") == Some("2");
        second.then_some((500, "InternalFailure"))
    });
    let lines = collect(&half);
    insta::assert_snapshot!("half-a-list-coverage", rows(&lines, "rds"));
    let whole = collect(&Recorded::serve("recovery"));
    let lost: Vec<_> = whole[1..].iter().filter(|line| !lines.contains(line)).map(|line| &line["id"]).collect();
    insta::assert_snapshot!("half-a-list-lost", serde_json::to_string_pretty(&lost).unwrap());
}

/// The copies in the recovery region are listed in part: what was found counts, and what was not found is unknown.
#[test]
fn after_half_a_list_no_absence_is_concluded() {
    let half = Recorded::serve_but("recovery", |request| {
        let points = request.region == "us-west-2" && request.is_call("backup-vaults/dr/recovery-points");
        (points && request.parameter("nextToken") == Some("2")).then_some((403, "AccessDeniedException"))
    });
    insta::assert_snapshot!("half-a-list-verdicts", what_changes(&half));
}

#[test]
fn what_stays_throttled_is_unknown() {
    let busy = Recorded::serve_but("recovery", |request| {
        let databases = request.region == "us-west-2" && request.is_call("DescribeDBInstances");
        databases.then_some((400, "Throttling"))
    });
    insta::assert_snapshot!("throttled-verdicts", what_changes(&busy));
}

/// The verdicts that are others than where everything is answered.
fn what_changes(recorded: &Recorded) -> String {
    let [changed, whole] = [recorded, &Recorded::serve("recovery")].map(|it| verdicts(&scan(it), &names()));
    let only_in = |these: &[String], those: &[String], sign: &str| -> String {
        these.iter().filter(|line| !those.contains(line)).map(|line| format!("{sign} {line}\n")).collect()
    };
    only_in(&whole, &changed, "-") + &only_in(&changed, &whole, "+")
}

/// A region that refuses every call about databases twice for load, by its call and page.
fn throttled_twice() -> Recorded {
    let refused: Mutex<BTreeMap<String, u32>> = Mutex::default();
    Recorded::serve_but("recovery", move |request| {
        let call = request.parameter("Action").filter(|call| call.starts_with("DescribeDB"))?;
        let call = format!("{} {call} {:?}", request.region, request.parameter("Marker"));
        let mut refused = refused.lock().unwrap();
        let times = refused.entry(call).or_default();
        *times += 1;
        (*times <= 2).then_some((400, "Throttling"))
    })
}

/// As often as this variable or this file of profiles says, or as we do.
fn collect_trying(recorded: &Recorded, says: Option<(&str, &str)>) -> Vec<Value> {
    let tool = Tool::new().file("seaworthy.yaml", CONFIG).file("profiles", "[default]\nmax_attempts = 2\n");
    // What is offered elsewhere is asked for after the same list, which is refused twice in all.
    let arguments = "collect --skip instance-type-not-offered -o estate.ndjson --quiet";
    let mut collect = command(&tool, &recorded.url, KEY, arguments);
    read_collected(&tool, collect.env_remove("AWS_MAX_ATTEMPTS").envs(says))
}

#[test]
fn what_is_throttled_twice_is_complete_in_the_end() {
    let calm = collect(&Recorded::serve("recovery"));
    // With 0, which means nothing, the SDK of itself would panic.
    for says in [None, Some(("AWS_MAX_ATTEMPTS", "0"))] {
        let lines = collect_trying(&throttled_twice(), says);
        assert_eq!(rows(&lines, "rds"), rows(&calm, "rds"), "{says:?}");
        assert_eq!(of_service(&lines, "rds"), of_service(&calm, "rds"), "{says:?}");
    }
    let lines = collect_trying(&throttled_twice(), Some(("AWS_MAX_ATTEMPTS", "2")));
    insta::assert_snapshot!("tried-twice-coverage", rows(&lines, "rds"));
    let by_profile = collect_trying(&throttled_twice(), Some(("AWS_CONFIG_FILE", "profiles")));
    assert_eq!(rows(&by_profile, "rds"), rows(&lines, "rds"));
}
