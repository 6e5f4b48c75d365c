//! Which policy is asked about which kind, as one table: what a change to a header, a class or a kind does to it is
//! seen in the difference.

use insta::assert_snapshot;
use seaworthy::model::Kind;
use seaworthy::policy::{Policy, PolicySet, Source};

/// Rows are policies, columns kinds.
fn matrix(set: &PolicySet) -> String {
    let kinds: Vec<Kind> = Kind::all().filter(|kind| !kind.is_of_code()).collect();
    let mut policies: Vec<&Policy> = set.policies().iter().collect();
    policies.sort_by_key(|policy| (policy.area(), policy.id()));
    let name = |policy: &Policy| format!("{}/{}", policy.area(), policy.id());
    let width = policies.iter().map(|policy| name(policy).len()).max().unwrap_or_default();
    let heads = kinds.iter().enumerate().map(|(at, kind)| format!("{:width$}  {}┌ {kind}\n", "", "│".repeat(at)));
    let rows = policies.iter().map(|policy| {
        let cell = |kind: &Kind| if policy.kinds().any(|judged| judged == *kind) { 'x' } else { '·' };
        format!("{:width$}  {}\n", name(policy), kinds.iter().map(cell).collect::<String>())
    });
    heads.chain(rows).collect()
}

#[test]
fn every_policy_is_asked_about_these_kinds() {
    let set = PolicySet::from_sources(Source::built_in()).unwrap_or_else(|error| panic!("{error}"));
    assert_snapshot!(matrix(&set));
}
