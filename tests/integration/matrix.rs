//! Which policy is asked about which kind, as one table: what a change to a header, a class or a kind does to it is
//! seen in the difference.

use std::collections::BTreeSet;
use std::path::Path;

use insta::assert_snapshot;
use seaworthy::collect::terraform;
use seaworthy::model::{Class, Inventory, Kind, Timestamp};
use seaworthy::policy::{Policy, PolicySet, Source};
use serde_json::Value;

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

/// A policy for a facet is asked about the kinds whose class says that it can have it. So no resource, and nothing that
/// one was before a change, may have another.
pub(crate) fn assert_facets_of_their_class(resources: &[Value]) {
    let all: BTreeSet<&str> = Class::ALL.iter().flat_map(|class| class.facets()).copied().collect();
    for resource in resources {
        let kind = resource["kind"].as_str().and_then(Kind::find).unwrap_or_else(|| panic!("no resource: {resource}"));
        let named = kind.info().class.facets();
        let has = |facet: &&&str| [resource, &resource["before"]].iter().any(|state| state.get(**facet).is_some());
        let strange: Vec<_> = all.iter().filter(has).filter(|facet| !named.contains(facet)).collect();
        assert_eq!(strange, Vec::<&&str>::new(), "{}", resource["id"]);
    }
}

#[test]
fn no_resource_has_a_facet_that_its_class_does_not_name() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let demo = std::fs::read(fixtures.join("inventories/demo.ndjson")).unwrap();
    let mut resources = Inventory::parse(&demo).unwrap().resources;
    let folders = std::fs::read_dir(fixtures.join("plans")).unwrap().map(|entry| entry.unwrap().path());
    let plans: Vec<_> = folders.map(|folder| folder.join("plan.json")).filter(|plan| plan.is_file()).collect();
    assert!(plans.len() > 10, "{plans:?}");
    for plan in plans {
        let plan = std::fs::read(plan).unwrap();
        resources.extend(terraform::read(plan, "plan.json", Timestamp::UNIX_EPOCH).unwrap().inventory.resources);
    }
    let resources: Vec<_> = resources.iter().map(|resource| serde_json::to_value(resource).unwrap()).collect();
    assert_facets_of_their_class(&resources);
}
