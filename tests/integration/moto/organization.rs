//! Which accounts of an organization are read, and in which regions.

use std::collections::BTreeMap;

use super::server::Moto;
use crate::live::{collected, coverage};
use crate::tool::Tool;

/// The coverage of what is collected as configured; `{name}` stands for the id of an account or unit.
fn coverage_of(moto: &Moto, ids: &BTreeMap<String, String>, config: &str) -> String {
    let config = ids.iter().fold(config.to_owned(), |text, (name, id)| text.replace(&format!("{{{name}}}"), id));
    let tool = Tool::new().file("seaworthy.yaml", config);
    let lines = collected(&tool, &moto.url, ("testing", "testing"));
    let names = ids.iter().map(|(name, id)| (id.clone(), name.clone())).collect();
    coverage(&lines[0], &names).join("\n")
}

#[test]
fn accounts_are_those_of_the_units_and_regions_those_that_are_enabled() {
    let moto = Moto::start();
    let ids: BTreeMap<String, String> = serde_json::from_str(&moto.run("seed_organization.py")).unwrap();
    let cases = [
        // The caller reads the management account as itself; a closed account and a region that is off are skipped.
        ("everything", "organization: {role-name: reader}\nregions: [us-east-1, ap-east-1, us-east-9]\n"),
        (
            "units-in-and-out",
            "organization:\n  role-name: reader\n  include-units: ['{workloads}', '{lab}']\n  exclude-units: ['{production}']\nregions: [us-east-1]\n",
        ),
        (
            "a-unit-in-a-unit",
            "organization: {role-name: reader, include-units: ['{workloads}']}\nregions: [us-east-1]\n",
        ),
    ];
    for (name, config) in cases {
        insta::assert_snapshot!(name, coverage_of(&moto, &ids, config));
    }
}
