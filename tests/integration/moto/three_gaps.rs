//! The database comes back in minutes, and three gaps keep the shop down: the service in the recovery region holds the old
//! endpoint, its security group does not let it reach the promoted database, and the secret was never replicated.

use serde_json::Value;

use super::server::{Moto, SHOP};
use crate::live::{live, report};
use crate::three_gaps::said;
use crate::tool::Tool;

/// What the three policies say, and what stands behind each failure.
fn say(moto: &Moto, key: (&str, &str)) -> String {
    let tool = Tool::new().file("seaworthy.yaml", SHOP);
    let done = live(&tool, &moto.url, key, "scan -f json=out.json --show all");
    let report = report(&tool);
    assert!(!report.to_string().contains("canary"), "a password is in the report");
    format!("{} [exit {}]\n", said(&report), done.status.code().unwrap())
}

#[test]
fn each_gap_is_found_with_what_stands_behind_it_passes_once_mended_and_is_unknown_where_nobody_may_look() {
    let moto = Moto::start();
    moto.run("seed_three_gaps.py gaps");
    let gaps = say(&moto, ("testing", "testing"));
    moto.run("seed_three_gaps.py fix");
    let mended = say(&moto, ("testing", "testing"));
    let key: Value = serde_json::from_str(&moto.run("seed_three_gaps.py blind")).unwrap();
    let blind = say(&moto, (key["id"].as_str().unwrap(), key["secret"].as_str().unwrap()));
    insta::assert_snapshot!("three-gaps", format!("{gaps}\nMENDED\n{mended}\nBLIND\n{blind}"));
}
