//! `baseline`: what leaves it, and what stays.

use insta::assert_snapshot;
use serde_json::json;

use super::check::inventory;
use crate::tool::Tool;

const ONE: &str = "--no-config --select backup-retention-too-short";

/// An estate of one region with databases that keep their backups so many days.
fn estate(region: &str, databases: &[(&str, u32)]) -> String {
    let header = format!(
        r#"{{"seaworthy":"inventory","version":1,"collected_at":"2026-11-22T06:00:00Z","sources":["aws"],"coverage":[{{"account":"111122223333","region":"{region}","service":"rds","status":"complete","at":"2026-11-22T06:00:00Z"}}],"resources":{}}}"#,
        databases.len()
    );
    let lines = databases.iter().map(|(name, days)| {
        json!({
            "id": format!("arn:aws:rds:{region}:111122223333:db:{name}"), "kind": "aws.rds.instance", "name": name,
            "place": {"account": "111122223333", "region": region}, "database": {"cluster": null},
            "replication": {"role": "none"}, "backup": {"enabled": *days > 0, "retention_days": days},
        })
        .to_string()
    });
    [header].into_iter().chain(lines).map(|line| format!("{line}\n")).collect()
}

#[test]
fn an_entry_ends_when_its_fact_gets_worse_only() {
    let tool = Tool::new().file("estate.ndjson", estate("us-east-1", &[("orders", 3)]));
    assert_snapshot!(tool.run(&format!("baseline write estate.ndjson {ONE}")), @"
    $ seaworthy baseline write estate.ndjson --no-config --select backup-retention-too-short
    wrote seaworthy-baseline.json: 1 entry
    [exit 0]
    ");
    assert_snapshot!(std::fs::read_to_string(tool.path().join("seaworthy-baseline.json")).unwrap(), @r#"
    {"version": 2, "entries": [
    {"policy":"backup-retention-too-short","resource":"arn:aws:rds:us-east-1:111122223333:db:orders","fact":"backup.retention_days","fingerprint":"b7f3047930befc963a6c641815e04b9b","kind":"aws.rds.instance","account":"111122223333","region":"us-east-1","actual":3,"required":7}
    ]}
    "#);
    let gate = |tool: &Tool| {
        let transcript = tool.run(&format!("check estate.ndjson {ONE} --quiet --fail-on low"));
        transcript.lines().rev().nth(1).unwrap_or_default().to_owned()
    };
    let same = gate(&tool);
    let tool = tool.file("estate.ndjson", estate("us-east-1", &[("orders", 5)]));
    let better = gate(&tool);
    let tool = tool.file("estate.ndjson", estate("us-east-1", &[("orders", 1)]));
    assert_snapshot!([same, better, gate(&tool)].join("\n"), @"
    gate passed: nothing of low severity or above failed (--fail-on low), exit 0
    gate passed: nothing of low severity or above failed (--fail-on low), exit 0
    gate failed: 1 high (--fail-on low), exit 1
    ");
    assert_snapshot!(tool.run(&format!("baseline prune estate.ndjson {ONE}")), @"
    $ seaworthy baseline prune estate.ndjson --no-config --select backup-retention-too-short
    worse   backup-retention-too-short  arn:aws:rds:us-east-1:111122223333:db:orders
    wrote seaworthy-baseline.json: 0 entries
    [exit 0]
    ");
}

#[test]
fn no_format_shows_a_date_for_an_entry() {
    let tool = Tool::new().file("estate.ndjson", estate("us-east-1", &[("orders", 3)]));
    tool.run(&format!("baseline write estate.ndjson {ONE}"));
    for format in ["csv", "github", "gitlab", "json", "junit", "markdown", "sarif", "table"] {
        let report = tool.run(&format!("check estate.ndjson {ONE} -f {format} --show all --sarif-waived"));
        assert!(!report.contains("9999"), "{format}: {report}");
    }
    let report = tool.run(&format!("check estate.ndjson {ONE} -f json"));
    let waiver = report.split_once("\"waiver\":").unwrap().1.split_once('}').unwrap().0;
    assert_eq!(
        waiver,
        r#"{"reason":"it was there when the baseline was written","owner":"","expired":false,"from":"baseline""#
    );
    assert_snapshot!(tool.run(&format!("check estate.ndjson {ONE}")), @"
    $ seaworthy check estate.ndjson --no-config --select backup-retention-too-short
    CANNOT TELL: no resource was found to which a blocker policy applies

    note      no configuration: no applications and no objectives are stated, and the gate fails on high
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    waived    backup-retention-too-short                                                      1 resource
      orders  aws.rds.instance  111122223333 · us-east-1
        backups are kept for 3 days, 7 are required
        in the baseline: it was there when the baseline was written

    verdicts  0 pass · 0 fail · 0 unknown · 1 waived
    seen      1 resource · 1 account · 1 region
    score     backup 0
    gate passed: nothing of high severity or above failed (--fail-on high), exit 0
    [exit 0]
    ");
}

#[test]
fn prune_leaves_what_the_input_does_not_show() {
    let tool = Tool::new()
        .file("east.ndjson", estate("us-east-1", &[("orders", 3), ("billing", 3)]))
        .file("west.ndjson", estate("us-west-2", &[("orders", 1)]))
        .file("fixed.ndjson", estate("us-east-1", &[("orders", 7)]));
    tool.run(&format!("baseline write east.ndjson west.ndjson {ONE}"));
    assert_snapshot!(tool.run(&format!("baseline prune west.ndjson {ONE}")), @"
    $ seaworthy baseline prune west.ndjson --no-config --select backup-retention-too-short
    kept    2 entries: rds in 111122223333 · us-east-1 was not collected
            this input does not show whether they are over; --all takes them away
    wrote seaworthy-baseline.json: 3 entries
    [exit 0]
    ");
    assert_snapshot!(tool.run("baseline prune east.ndjson --no-config --select backup-disabled"), @"
    $ seaworthy baseline prune east.ndjson --no-config --select backup-disabled
    kept    3 entries: backup-retention-too-short is not among the policies of this run
            this input does not show whether they are over; --all takes them away
    wrote seaworthy-baseline.json: 3 entries
    [exit 0]
    ");
    assert_snapshot!(tool.run(&format!("baseline prune fixed.ndjson {ONE}")), @"
    $ seaworthy baseline prune fixed.ndjson --no-config --select backup-retention-too-short
    gone    backup-retention-too-short  arn:aws:rds:us-east-1:111122223333:db:billing
    fixed   backup-retention-too-short  arn:aws:rds:us-east-1:111122223333:db:orders
    kept    1 entry: rds in 111122223333 · us-west-2 was not collected
            this input does not show whether they are over; --all takes them away
    wrote seaworthy-baseline.json: 1 entry
    [exit 0]
    ");
    assert_snapshot!(tool.run(&format!("baseline prune fixed.ndjson {ONE} --all")), @"
    $ seaworthy baseline prune fixed.ndjson --no-config --select backup-retention-too-short --all
    unseen  backup-retention-too-short  arn:aws:rds:us-west-2:111122223333:db:orders
    wrote seaworthy-baseline.json: 0 entries
    [exit 0]
    ");
}

#[test]
fn write_says_what_it_took_the_place_of() {
    let tool = Tool::new()
        .file("east.ndjson", estate("us-east-1", &[("orders", 3), ("billing", 3)]))
        .file("west.ndjson", estate("us-west-2", &[("orders", 1)]));
    tool.run(&format!("baseline write east.ndjson {ONE}"));
    assert_snapshot!(tool.run(&format!("baseline write west.ndjson {ONE}")), @"
    $ seaworthy baseline write west.ndjson --no-config --select backup-retention-too-short
    wrote seaworthy-baseline.json: 1 entry; 2 that it had before are not in it
    [exit 0]
    ");
    // One that cannot be read is written anew, as the help of its error says.
    let tool = tool.file("seaworthy-baseline.json", "<<<<<<< HEAD");
    assert_snapshot!(tool.run(&format!("check west.ndjson {ONE}")), @"
    $ seaworthy check west.ndjson --no-config --select backup-retention-too-short
    [stderr]
    error: seaworthy-baseline.json:1: expected value
    help: seaworthy baseline write makes a new one
    [exit 2]
    ");
    assert_snapshot!(tool.run(&format!("baseline write west.ndjson {ONE}")), @"
    $ seaworthy baseline write west.ndjson --no-config --select backup-retention-too-short
    wrote seaworthy-baseline.json: 1 entry
    [exit 0]
    ");
}

#[test]
fn a_baseline_of_version_1_is_read_and_pruned_into_the_form_of_today() {
    let entry = json!({
        "policy": "deletion-protection-off", "resource": "arn:aws:rds:us-east-1:111122223333:db:orders",
        "fact": "protection.deletion_protection", "fingerprint": "FINGERPRINT", "facts": "FACTS",
    });
    let one = "--no-config --select deletion-protection-off";
    let tool = Tool::new().file("estate.ndjson", inventory(&[("orders", Some(false))]));
    tool.run(&format!("baseline write estate.ndjson {one}"));
    let written = std::fs::read_to_string(tool.path().join("seaworthy-baseline.json")).unwrap();
    let fingerprint = written.split_once("\"fingerprint\":\"").unwrap().1.split_once('"').unwrap().0;
    let old = json!({"version": 1, "entries": [entry]}).to_string().replace("FINGERPRINT", fingerprint);
    let tool = tool.file("seaworthy-baseline.json", old.replace("FACTS", "HASH"));
    assert_snapshot!(tool.run(&format!("check estate.ndjson {one} --fail-on low")), @"
    $ seaworthy check estate.ndjson --no-config --select deletion-protection-off --fail-on low
    CANNOT TELL: no resource was found to which a blocker policy applies

    note      no configuration: no applications and no objectives are stated, and the gate fails on high
    note      no recovery region is configured: whether anything can come back elsewhere is judged without one

    medium    deletion-protection-off                                                         1 resource
      orders  aws.rds.instance  111122223333 · us-east-1
        deletion protection is off, it is required to be on
      why   One call, one wrong terraform destroy or one stolen key is enough to delete it, often with its automatic
            backups.
      fix   deletion_protection = true
      more  seaworthy explain deletion-protection-off

    note      the baseline has 1 entry of version 1, and any change of its resource ends such a one; seaworthy baseline
                prune writes them anew

    verdicts  0 pass · 1 fail · 0 unknown
    seen      1 resource · 1 account · 1 region
    score     protection 0
    gate failed: 1 medium (--fail-on low), exit 1
    [exit 1]
    ");
    assert_snapshot!(tool.run(&format!("baseline prune estate.ndjson {one}")), @"
    $ seaworthy baseline prune estate.ndjson --no-config --select deletion-protection-off
    changed deletion-protection-off  arn:aws:rds:us-east-1:111122223333:db:orders
    wrote seaworthy-baseline.json: 0 entries
    [exit 0]
    ");
}

#[test]
fn what_a_plan_is_not_asked_is_no_evidence_of_a_fix() {
    let estate = |cluster: serde_json::Value| {
        let id = "arn:aws:eks:us-east-1:111122223333:cluster/shop";
        let mut whole = json!({"id": id, "kind": "aws.eks.cluster", "name": "shop",
            "place": {"account": "111122223333", "region": "us-east-1"}});
        for (facet, value) in cluster.as_object().unwrap() {
            whole[facet] = value.clone();
        }
        let header = json!({"seaworthy": "inventory", "version": 1, "collected_at": "2026-11-22T06:00:00Z",
            "sources": ["aws"], "coverage": [], "resources": 1});
        format!("{header}\n{whole}\n")
    };
    let ill = json!({"status": {"state": "active", "healthy": false}, "kubernetes": {"issues": ["KmsKeyDisabled"]}});
    let tool = Tool::new()
        .file("live.ndjson", estate(ill))
        .file("code.ndjson", estate(json!({"origin": {"source": "terraform-plan"}})));
    let one = "--no-config --select kubernetes-cluster-not-healthy";
    tool.run(&format!("baseline write live.ndjson {one}"));
    assert_snapshot!(tool.run(&format!("baseline prune code.ndjson {one}")), @"
    $ seaworthy baseline prune code.ndjson --no-config --select kubernetes-cluster-not-healthy
    kept    1 entry: the policy was not asked of what code declares
            this input does not show whether they are over; --all takes them away
    wrote seaworthy-baseline.json: 1 entry
    [exit 0]
    ");
}
