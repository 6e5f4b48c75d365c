//! Clusters of EKS with their add-ons and access entries, page by page: moto has neither.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use super::{Recorded, collect, names, of_service, rows, scan};
use crate::live::verdicts;

/// What is said of add-ons and access.
fn said(recorded: &Recorded) -> String {
    let policies = ["add-on-missing", "cluster-access-missing", "kubernetes-cluster-not-healthy"];
    let lines = verdicts(&scan(recorded), &names());
    let is_asked = |line: &&String| policies.iter().any(|policy| line.contains(policy));
    lines.iter().filter(is_asked).cloned().collect::<Vec<_>>().join("\n")
}

#[test]
fn add_ons_and_access_entries_are_read_to_the_last_page() {
    let asked = Arc::new(Mutex::new(BTreeSet::new()));
    let heard = asked.clone();
    let recorded = Recorded::serve_but("clusters", move |request| {
        heard.lock().unwrap().insert(format!("{} {}", request.region, request.called()));
        None
    });
    let lines = collect(&recorded);
    insta::assert_snapshot!("clusters-resources", of_service(&lines, "eks"));
    insta::assert_snapshot!("clusters-coverage", rows(&lines, "eks"));
    insta::assert_snapshot!("clusters-verdicts", said(&recorded));
    let asked = asked.lock().unwrap();
    let of = |call: &&String| call.contains(" eks ");
    insta::assert_snapshot!("clusters-calls", asked.iter().filter(of).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_is_denied_midway_leaves_what_was_read_and_decides_nothing() {
    let recorded = Recorded::serve_but("clusters", |request| {
        let second_page = request.parameter("nextToken").is_some();
        let one_of_each = ["/addons/coredns", "role%2Fdeploy"].iter().any(|end| request.called().ends_with(end));
        let there = request.region == "us-west-2" && request.called().ends_with("/addons");
        (second_page || one_of_each || there).then_some((403, "AccessDeniedException"))
    });
    let lines = collect(&recorded);
    insta::assert_snapshot!("clusters-resources-midway", of_service(&lines, "eks"));
    insta::assert_snapshot!("clusters-coverage-midway", rows(&lines, "eks"));
    insta::assert_snapshot!("clusters-verdicts-midway", said(&recorded));
}
