//! Reading, writing, covering and pruning.

use serde_json::{Value, json};

use super::*;
use crate::assess::JudgedEstate;
use crate::model::{Backup, Coverage, CoverageStatus, Inventory, Kind, Place, Shared, Timestamp};
use crate::policy::{Backend, Options, PolicySet, Source, judge};
use crate::result::{Evidence, Outcome};

const ARN: &str = "arn:aws:rds:us-east-1:111122223333:db:orders";

fn database(retention: u32) -> Resource {
    let mut resource =
        Resource::new(Kind::of("aws.rds.instance"), ARN, "orders", Place::new("111122223333", "us-east-1"));
    resource.backup = Some(Shared::from(Backup { retention_days: retention.into(), ..Backup::default() }));
    resource
}

fn verdict(actual: Value) -> Verdict {
    Verdict {
        fix: None,
        policy: 0,
        resource: 0,
        outcome: Outcome::Fail,
        severity: crate::model::Severity::High,
        message: "too short".to_owned(),
        evidence: Evidence {
            fact: Some("backup.retention_days".to_owned()),
            actual: Some(actual),
            required: Some(json!(7)),
            ..Evidence::default()
        },
    }
}

fn entry(policy: &str, retention: u32) -> Entry {
    Entry::new(policy, &database(retention), &verdict(json!(retention)))
}

/// As version 1 wrote it.
fn old(policy: &str, retention: u32) -> Entry {
    let Entry { policy, resource, fact, fingerprint, .. } = entry(policy, retention);
    Entry { policy, resource, fact, fingerprint, facts: Some(facts(&database(retention))), ..Entry::default() }
}

#[test]
fn a_baseline_is_written_a_line_an_entry_and_comes_back() {
    let mut nothing = verdict(Value::Null);
    nothing.evidence.details.insert("key".to_owned(), json!("k"));
    let nothing = Entry::new("c", &database(0), &nothing);
    let baseline: Baseline = [entry("b", 0), entry("a", 0), entry("a", 0), nothing, old("d", 0)].into_iter().collect();
    let mut text = Vec::new();
    baseline.write(&mut text).unwrap();
    insta::assert_snapshot!(String::from_utf8(text.clone()).unwrap(), @r#"
    {"version": 2, "entries": [
    {"policy":"a","resource":"arn:aws:rds:us-east-1:111122223333:db:orders","fact":"backup.retention_days","fingerprint":"a326126be762465c2e2e2f9ff92a404a","kind":"aws.rds.instance","account":"111122223333","region":"us-east-1","actual":0,"required":7},
    {"policy":"b","resource":"arn:aws:rds:us-east-1:111122223333:db:orders","fact":"backup.retention_days","fingerprint":"efa67a9644114c57f35f13af4deed768","kind":"aws.rds.instance","account":"111122223333","region":"us-east-1","actual":0,"required":7},
    {"policy":"c","resource":"arn:aws:rds:us-east-1:111122223333:db:orders","fact":"backup.retention_days","fingerprint":"d150b2c65e6e2e721148a5e81f78b027","kind":"aws.rds.instance","account":"111122223333","region":"us-east-1","actual":null,"required":7,"details":{"key":"k"}},
    {"policy":"d","resource":"arn:aws:rds:us-east-1:111122223333:db:orders","fact":"backup.retention_days","fingerprint":"724b8f34df55b2227def0c375c661c83","facts":"60ec4c6e515b53211ebbfc0f74147a72"}
    ]}
    "#);
    assert_eq!(Baseline::parse("b.json", &text).unwrap(), baseline);
    let mut empty = Vec::new();
    Baseline::default().write(&mut empty).unwrap();
    assert_eq!(String::from_utf8(empty.clone()).unwrap(), "{\"version\": 2, \"entries\": [\n]}\n");
    assert_eq!(Baseline::parse("b.json", &empty).unwrap(), Baseline::default());
}

#[test]
fn an_entry_ends_when_its_fact_gets_worse_and_not_when_another_one_changes() {
    let baseline: Baseline = [entry("a", 3)].into_iter().collect();
    let counts = |resource: &Resource, verdict: &Verdict| {
        baseline.matching(&entry("a", 3).fingerprint, resource, verdict).map(|waiver| (waiver.from, waiver.expires))
    };
    let in_it = Some(("baseline".to_owned(), None));
    let mut other = database(3);
    other.protection =
        Some(Shared::from(crate::model::Protection { deletion_protection: true.into(), ..Default::default() }));
    assert_eq!(counts(&database(3), &verdict(json!(3))), in_it);
    assert_eq!(counts(&other, &verdict(json!(3))), in_it);
    assert_eq!(counts(&database(5), &verdict(json!(5))), in_it);
    assert_eq!(counts(&database(1), &verdict(json!(1))), None);
}

#[test]
fn what_a_finding_names_is_part_of_it() {
    let about = |key: &str| {
        let mut verdict = verdict(Value::Null);
        verdict.evidence.details.insert("key".to_owned(), json!(key));
        verdict
    };
    let first = Entry::new("a", &database(0), &about("first"));
    assert!(first.covers(&database(0), &about("first")));
    assert!(!first.covers(&database(0), &about("second")));
    // A policy that names no value is told by its words.
    let said =
        |message: &str| Verdict { message: message.to_owned(), evidence: Evidence::default(), ..verdict(json!(0)) };
    let foreign = Entry::new("a", &database(0), &said("no backups"));
    assert!(foreign.covers(&database(0), &said("no backups")));
    assert!(!foreign.covers(&database(0), &said("no encryption")));
}

#[test]
fn an_entry_of_version_1_ends_with_any_change_of_its_resource() {
    let text = format!(
        r#"{{"version": 1, "entries": [{{"policy":"a","resource":"{ARN}","fact":"backup.retention_days","fingerprint":"a326126be762465c2e2e2f9ff92a404a","facts":"{}"}}]}}"#,
        facts(&database(3))
    );
    let baseline = Baseline::parse("b.json", text.as_bytes()).unwrap();
    assert_eq!(baseline, [old("a", 3)].into_iter().collect());
    let counts = |days: u32| {
        baseline.matching("a326126be762465c2e2e2f9ff92a404a", &database(days), &verdict(json!(days))).is_some()
    };
    assert_eq!([counts(3), counts(5)], [true, false]);
    assert_eq!(
        baseline.notice().map(|notice| notice.text).as_deref(),
        Some(
            "the baseline has 1 entry of version 1, and any change of its resource ends such a one; \
             seaworthy baseline prune writes them anew"
        )
    );
}

const POLICY: &str = "# METADATA
# title: T
# custom:
#   id: too-short
#   severity: high
#   kinds: [aws.rds.instance]
package mine.backup.too_short

deny contains finding if {
\tinput.backup.retention_days < 7
\tfinding := {
\t\t\"message\": \"too short\",
\t\t\"fact\": \"backup.retention_days\", \"actual\": input.backup.retention_days, \"required\": 7,
\t}
}
";

/// What pruning `entries` by an estate leaves: words for what left, reasons for what was not seen, and the entries.
fn pruned(
    entries: Vec<Entry>,
    resources: Vec<Resource>,
    status: CoverageStatus,
    all: bool,
) -> (Vec<&'static str>, Vec<String>, Vec<Entry>) {
    let source = Source { path: "backup/too_short.rego".to_owned(), text: POLICY.to_owned(), built_in: false };
    let policies = PolicySet::from_sources(vec![source]).unwrap();
    let row = Coverage {
        account: "111122223333".to_owned(),
        region: "us-east-1".to_owned(),
        service: "rds".to_owned(),
        status,
        incomplete: Vec::new(),
        action: None,
        reason: None,
        at: Timestamp::UNIX_EPOCH,
    };
    let inventory = Inventory { resources, coverage: vec![row], ..Inventory::new("test", Timestamp::UNIX_EPOCH) };
    let options =
        Options { jobs: 1, keep: Outcome::ALL.to_vec(), backend: Backend::Compiled, documents: Default::default() };
    let judged = judge(&policies, &inventory.resources, &options).unwrap();
    let mut baseline: Baseline = entries.into_iter().collect();
    let result = baseline.prune(&policies, JudgedEstate { inventory: &inventory, judged: &judged }, all);
    (
        result.left.iter().map(|(_, left)| left.word()).collect(),
        result.unseen.into_iter().map(|(reason, number)| format!("{number}: {reason}")).collect(),
        baseline.entries().into_iter().cloned().collect(),
    )
}

#[test]
fn pruning_takes_what_is_over_and_leaves_what_was_not_seen() {
    use CoverageStatus::{Complete, Denied};
    let one = |entry: Entry, resources: Vec<Resource>, status| pruned(vec![entry], resources, status, false);
    let short = || entry("too-short", 3);
    let stays = |reasons: &[&str]| (Vec::new(), reasons.iter().map(|one| (*one).to_owned()).collect(), vec![short()]);
    let leaves = |word: &'static str| (vec![word], Vec::new(), Vec::new());
    assert_eq!(one(short(), vec![database(3)], Complete), stays(&[]));
    assert_eq!(one(short(), vec![database(5)], Complete), stays(&[]));
    assert_eq!(one(short(), vec![database(1)], Complete), leaves("worse"));
    assert_eq!(one(short(), vec![database(7)], Complete), leaves("fixed"));
    assert_eq!(one(short(), Vec::new(), Complete), leaves("gone"));
    assert_eq!(one(short(), Vec::new(), Denied), stays(&["1: rds denied in 111122223333 · us-east-1"]));
    let mut unread = database(0);
    unread.backup = Some(Shared::default());
    assert_eq!(one(short(), vec![unread], Complete), stays(&["1: what the policy says is unknown now"]));
    let elsewhere = Entry { region: Some("eu-west-1".to_owned()), ..short() };
    assert_eq!(
        one(elsewhere.clone(), Vec::new(), Complete),
        (Vec::new(), vec!["1: rds in 111122223333 · eu-west-1 was not collected".to_owned()], vec![elsewhere.clone()])
    );
    assert_eq!(pruned(vec![elsewhere], Vec::new(), Complete, true), leaves("unseen"));
    let other = entry("other", 3);
    assert_eq!(
        one(other.clone(), vec![database(3)], Complete),
        (Vec::new(), vec!["1: other is not among the policies of this run".to_owned()], vec![other])
    );
    assert_eq!(one(old("too-short", 3), vec![database(5)], Complete), leaves("changed"));
    // One of version 1 takes the form of today.
    assert_eq!(one(old("too-short", 3), vec![database(3)], Complete), stays(&[]));
    let unplaced = old("too-short", 3);
    assert_eq!(
        one(unplaced.clone(), Vec::new(), Complete),
        (Vec::new(), vec!["1: its resource is not in this input".to_owned()], vec![unplaced])
    );
}

#[test]
fn a_bad_baseline_is_named_with_its_line() {
    let error = |text: &str| Baseline::parse("b.json", text.as_bytes()).unwrap_err().to_string();
    insta::assert_snapshot!(
        [
            error("{\"version\": 3, \"findings\": []}"),
            error("{\"version\": 1, \"entries\": [\n{\"plicy\": \"a\"}\n]}"),
            error("{\"version\": 1,\n<<<<<<< HEAD"),
            Baseline::load(Path::new("no/such.json")).unwrap_err().to_string(),
        ]
        .join("\n"),
        @"
    b.json: the baseline has version 3, and this is a reader of versions 1 to 2
    b.json:2: unknown field `plicy`, expected one of `policy`, `resource`, `fact`, `fingerprint`, `kind`, `account`, `region`, `actual`, `required`, `details`, `message`, `facts`
    b.json:2: key must be a string
    cannot read the baseline 'no/such.json': No such file or directory (os error 2)
    "
    );
}
