//! Networks, from a plan that Terraform made.

use super::resources;

#[test]
fn every_style_of_rules_and_routes_says_the_same() {
    let plan = include_str!("../../../../fixtures/plans/network/plan.json");
    let resources = resources(&serde_json::from_str(plan).unwrap());
    let facts: Vec<_> = resources
        .into_iter()
        .map(|(address, facts)| {
            let of = |name: &str| (name.to_owned(), facts[name].clone());
            let parts = ["network", "firewall", "routing", "links", "unknown"].map(of).into_iter();
            (address, parts.filter(|(_, value)| !value.is_null()).collect::<serde_json::Map<_, _>>())
        })
        .collect();
    insta::assert_json_snapshot!(facts);
}
