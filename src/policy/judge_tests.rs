//! The derivation of verdicts, held against both engines.

use std::sync::Arc;

use super::*;
use crate::model::{Action, Backup, Database, Fact, Kind, Place, Redundancy, Shared};
use crate::policy::Source;
use crate::result::{Evidence, Missing};
use serde_json::json;

const HEADER: &str = "# METADATA
# title: Backups are off
# custom:
#   id: backup-off
#   severity: {default: high, pilot-light: none}
#   kinds: [aws.rds.instance]
#   parameters:
#     least: {default: 7, description: days}
package seaworthy.backup.backup_off

";

fn set(rules: &str) -> Result<PolicySet, PolicyError> {
    let text = format!("{HEADER}{rules}");
    PolicySet::from_sources(vec![Source { path: "policies/backup/backup_off.rego".to_owned(), text, built_in: false }])
}

fn instance() -> Resource {
    Resource::new(Kind::of("aws.rds.instance"), "arn:db", "db", Place::new("1", "r"))
}

fn with_days(days: Fact<u32>) -> Resource {
    let mut resource = instance();
    resource.backup = Some(Shared::from(Backup { retention_days: days, ..Backup::default() }));
    resource
}

fn said(rules: &str, resource: &Resource) -> (Outcome, String, Evidence) {
    let set = set(rules).unwrap_or_else(|error| panic!("{error}"));
    let all = |backend| {
        let options = Options { jobs: 1, keep: Outcome::ALL.to_vec(), backend, documents: Default::default() };
        judge(&set, std::slice::from_ref(resource), &options).unwrap()
    };
    let judged = all(Backend::Compiled);
    assert_eq!(judged, all(Backend::Interpreter), "the two engines disagree");
    let verdict = judged.verdicts.into_iter().next().unwrap();
    (verdict.outcome, verdict.message, verdict.evidence)
}

const SHORT: &str = r#"
deny contains finding if {
	input.backup.retention_days < data.parameters["backup-off"].least
	finding := {
		"message": sprintf("%d days are kept", [input.backup.retention_days]),
		"fact": "backup.retention_days",
		"actual": input.backup.retention_days,
		"required": data.parameters["backup-off"].least,
		"details": {"name": input.name},
	}
}
"#;

#[test]
fn a_fail_brings_its_evidence() {
    let evidence = Evidence {
        kind: EvidenceKind::Observed,
        fact: Some("backup.retention_days".to_owned()),
        actual: Some(json!(0)),
        required: Some(json!(7)),
        details: json!({"name": "db"}).as_object().unwrap().clone(),
        missing: Vec::new(),
    };
    assert_eq!(said(SHORT, &with_days(Fact::Known(0))), (Outcome::Fail, "0 days are kept".to_owned(), evidence));
}

#[test]
fn a_pass_names_the_facts_that_it_rests_on() {
    let details = json!({"backup.retention_days": 7, "name": "db"}).as_object().unwrap().clone();
    let evidence = Evidence { details, ..Evidence::default() };
    let expected = (Outcome::Pass, "not found: backups are off".to_owned(), evidence);
    assert_eq!(said(SHORT, &with_days(Fact::Known(7))), expected);
}

#[test]
fn an_unknown_fact_is_no_pass() {
    let mut resource = with_days(Fact::Unknown);
    resource.mark_unknown("backup", "rds:DescribeDBInstances denied");
    let missing =
        Missing { fact: "backup.retention_days".to_owned(), reason: "rds:DescribeDBInstances denied".to_owned() };
    let sentence = "not known: its backup retention (rds:DescribeDBInstances denied)".to_owned();
    let expected = (Outcome::Unknown, sentence, Evidence { missing: vec![missing], ..Evidence::default() });
    assert_eq!(said(SHORT, &resource), expected);
}

#[test]
fn no_rule_fails_by_ignorance() {
    for rules in [
        "deny contains \"x\" if not input.backup.enabled",
        "deny contains \"x\" if count([1 | input.backup.enabled]) == 0",
        "deny contains \"x\" if object.get(input.backup, \"enabled\", false) == false",
        "deny contains \"x\" if not _on\n_on if input.backup.enabled",
        "deny contains \"x\" if _state == \"off\"\n_state := \"on\" if input.backup.enabled\nelse := \"off\"",
        "deny contains \"x\" if _state == \"off\"\ndefault _state := \"off\"\n_state := \"on\" if input.backup.enabled",
        "deny contains \"x\" if every _ in [1] { not input.backup.enabled }",
    ] {
        assert_eq!(said(rules, &with_days(Fact::Unknown)).0, Outcome::Unknown, "{rules}");
        let mut on = with_days(Fact::Unknown);
        on.backup.as_mut().unwrap().enabled = Fact::Known(true);
        assert_eq!(said(rules, &on).0, Outcome::Pass, "{rules}");
        on.backup.as_mut().unwrap().enabled = Fact::Known(false);
        assert_eq!(said(rules, &on).0, Outcome::Fail, "{rules}");
    }
}

#[test]
fn what_a_rule_reads_through_an_import_counts() {
    let source = |path: &str, text: String| Source { path: path.to_owned(), text, built_in: false };
    for (import, statement) in [
        ("import input.backup", "backup.enabled == false"),
        ("import input.backup as kept", "kept.enabled == false"),
        ("import data.lib.off", "off"),
        ("import data.lib", "lib.off"),
        ("import data.lib.is_off", "is_off(1)"),
    ] {
        let lib = "package lib\noff if input.backup.enabled == false\nis_off(_) if input.backup.enabled == false\n";
        let rules = format!("{HEADER}{import}\ndeny contains \"x\" if {statement}\n");
        let set = PolicySet::from_sources(vec![source("lib.rego", lib.to_owned()), source("a/b.rego", rules)]).unwrap();
        let options =
            Options { jobs: 1, keep: Outcome::ALL.to_vec(), backend: Backend::Compiled, documents: Default::default() };
        for (enabled, expected) in
            [(Fact::Unknown, Outcome::Unknown), (Fact::Known(true), Outcome::Pass), (Fact::Known(false), Outcome::Fail)]
        {
            let mut resource = instance();
            resource.backup = Some(Shared::from(Backup { enabled, ..Backup::default() }));
            let judged = judge(&set, std::slice::from_ref(&resource), &options).unwrap();
            assert_eq!(judged.verdicts[0].outcome, expected, "{import}: {statement}");
        }
    }
}

#[test]
fn what_is_known_decides_whatever_else_is_not() {
    let two = format!("{SHORT}\ndeny contains \"not encrypted\" if input.encryption.enabled == false\n");
    assert_eq!(said(&two, &with_days(Fact::Known(0))).0, Outcome::Fail, "one definition is enough");
    assert_eq!(said(&two, &with_days(Fact::Known(9))).0, Outcome::Unknown, "the other one is not decided");
    let guarded =
        "deny contains \"x\" if {\n\tinput.database.cluster == null\n\tinput.redundancy.multi_zone == false\n}";
    let mut member = instance();
    member.database = Some(Shared::from(Database { cluster: Fact::from("c"), ..Database::default() }));
    assert_eq!(said(guarded, &member).0, Outcome::Pass, "one statement is known to be false");
    member.database = None;
    assert_eq!(said(guarded, &member).0, Outcome::Unknown);
}

#[test]
fn what_is_known_to_hold_asks_for_nothing_more() {
    let rules = r#"
applies if {
	_alone
	input.redundancy.multi_zone == true
}

_alone if input.kind != "aws.rds.cluster"

_alone if input.database.cluster == null

deny contains "x" if input.redundancy.multi_zone == false
"#;
    let missing = |fact: &str| Missing { fact: fact.to_owned(), reason: "it was not collected".to_owned() };
    let evidence = Evidence { missing: vec![missing("redundancy.multi_zone")], ..Evidence::default() };
    let sentence = "not known: whether it is in several availability zones (it was not collected)".to_owned();
    assert_eq!(said(rules, &instance()), (Outcome::Unknown, sentence, evidence));

    let of_a_cluster = rules.replace("aws.rds.cluster", "aws.rds.instance");
    let both = vec![missing("database.cluster"), missing("redundancy.multi_zone")];
    let sentence = "not known: the cluster that it belongs to (it was not collected); \
                    whether it is in several availability zones (it was not collected)";
    let evidence = Evidence { missing: both, ..Evidence::default() };
    assert_eq!(said(&of_a_cluster, &instance()), (Outcome::Unknown, sentence.to_owned(), evidence));
}

#[test]
fn satisfied_says_when_an_unknown_fact_does_not_matter() {
    let rules =
        "deny contains \"x\" if {\n\tinput.redundancy.multi_zone == false\n\tcount(input.joined.replicas) == 0\n}\n
deny contains \"y\" if input.redundancy.instances == 0\n
satisfied if input.redundancy.multi_zone == true";
    let mut resource = instance();
    resource.redundancy = Some(Shared::from(Redundancy { multi_zone: Fact::Known(true), ..Redundancy::default() }));
    assert_eq!(said(rules, &resource).0, Outcome::Pass);
    resource.redundancy = Some(Shared::from(Redundancy { multi_zone: Fact::Known(false), ..Redundancy::default() }));
    assert_eq!(said(rules, &resource).0, Outcome::Unknown);
}

#[test]
fn a_list_that_is_known_in_part_is_no_evidence_of_absence() {
    let rules = "deny contains \"no copy\" if count(input.joined.copies) == 0\nsatisfied if {\n\tsome copy in input.joined.copies\n\tcopy.usable == true\n}";
    let mut resource = instance();
    resource.joined = Some(Arc::default());
    Arc::make_mut(resource.joined.as_mut().unwrap()).copies = Fact::Known(Vec::new());
    assert_eq!(said(rules, &resource).0, Outcome::Fail, "searched, and there is none");
    resource.mark_unknown("joined.copies", "us-west-2 was not collected");
    assert_eq!(said(rules, &resource).0, Outcome::Unknown);
    let copy = crate::model::DataCopy { usable: Fact::Known(true), ..crate::model::DataCopy::default() };
    Arc::make_mut(resource.joined.as_mut().unwrap()).copies = Fact::Known(vec![copy]);
    assert_eq!(said(rules, &resource).0, Outcome::Pass, "one is enough, whatever else there is");
}

#[test]
fn a_policy_that_does_not_apply_says_so_only_if_it_knows() {
    let rules = format!("applies if input.database.cluster == null\n{SHORT}");
    let mut resource = with_days(Fact::Known(0));
    assert_eq!(said(&rules, &resource).0, Outcome::Unknown);
    resource.database = Some(Shared::from(Database { cluster: Fact::from("c"), ..Database::default() }));
    assert_eq!(said(&rules, &resource).0, Outcome::NotApplicable);
    resource.database = Some(Shared::from(Database { cluster: Fact::Absent, ..Database::default() }));
    assert_eq!(said(&rules, &resource).0, Outcome::Fail);
}

#[test]
fn a_severity_of_none_is_not_applicable() {
    let mut resource = with_days(Fact::Known(0));
    resource.joined = Some(Arc::default());
    Arc::make_mut(resource.joined.as_mut().unwrap()).pattern = Fact::from("pilot-light");
    assert_eq!(said(SHORT, &resource).0, Outcome::NotApplicable);
}

#[test]
fn a_fail_that_the_pattern_could_excuse_is_unknown_while_the_pattern_is_in_doubt() {
    let set = PolicySet::from_sources(Source::built_in()).unwrap();
    let verdict = |in_doubt: bool| {
        let mut resource: Resource = serde_json::from_value(serde_json::json!({
            "id": "orders", "kind": "aws.rds.instance", "name": "orders", "tags": {},
            "place": {"account": "111122223333", "region": "us-east-1"},
            "database": {"cluster": null}, "replication": {"role": "none"},
            "joined": {"copies": [], "recovery_region": null},
        }))
        .unwrap();
        if in_doubt {
            resource.mark_unknown("joined.pattern", "tags are not known");
        }
        let options =
            Options { jobs: 1, keep: Outcome::ALL.to_vec(), backend: Backend::Compiled, documents: Default::default() };
        let judged = judge(&set, &[resource], &options).unwrap();
        let of = |verdict: &&Verdict| set.policies()[verdict.policy].id() == "no-cross-region-replica";
        let found = judged.verdicts.iter().find(of).unwrap();
        (found.outcome, found.message.clone())
    };
    let failed = "no live replica of its data exists in another region: 0 found, at least 1 is required";
    assert_eq!(verdict(false), (Outcome::Fail, failed.to_owned()));
    assert_eq!(verdict(true), (Outcome::Unknown, "not known: its recovery pattern (tags are not known)".to_owned()));
}

#[test]
fn a_rule_that_breaks_is_an_error_and_no_pass() {
    let (outcome, message, _) =
        said("deny contains \"x\" if lower(input.backup.retention_days) == \"x\"", &with_days(Fact::Known(1)));
    assert_eq!(outcome, Outcome::Error);
    assert!(message.contains("lower"), "{message}");
}

#[test]
fn an_endless_rule_is_stopped() {
    let rules = "deny contains \"x\" if {\n\tsome a in numbers.range(1, 3000)\n\tsome b in numbers.range(1, 3000)\n\ta * b == input.backup.retention_days + 10000000\n}";
    let (outcome, _, _) = said_by(rules, &with_days(Fact::Known(1)), Backend::Compiled);
    assert_eq!(outcome, Outcome::Error);
}

fn said_by(rules: &str, resource: &Resource, backend: Backend) -> (Outcome, String, Evidence) {
    let set = set(rules).unwrap_or_else(|error| panic!("{error}"));
    let options = Options { jobs: 1, keep: Outcome::ALL.to_vec(), backend, documents: Default::default() };
    let verdict = judge(&set, std::slice::from_ref(resource), &options).unwrap().verdicts.into_iter().next().unwrap();
    (verdict.outcome, verdict.message, verdict.evidence)
}

#[test]
fn mistakes_in_policies_are_errors_at_load() {
    let error = |rules: &str| set(rules).unwrap_err().to_string();
    assert_eq!(
        error("deny contains \"x\" if input.backup.retenion_days == 0"),
        "policies/backup/backup_off.rego:11: 'input.backup.retenion_days' is not in the model (did you mean 'input.backup.retention_days'?)"
    );
    assert_eq!(
        error("deny contains \"x\" if {\n\tsome key in input.joined.keys\n\tkey.stat == \"x\"\n}"),
        "policies/backup/backup_off.rego:13: 'input.joined.keys.stat' is not in the model (did you mean 'input.joined.keys.state'?)"
    );
    assert_eq!(
        error("deny contains \"x\" if time.now_ns() > 1"),
        "policies/backup/backup_off.rego:11: 'time.now_ns' is not allowed: verdicts must depend on the resource alone"
    );
    let unknown = error("deny contains \"x\" if no_such(input.name)");
    assert_eq!(unknown, "policies/backup/backup_off.rego:11: there is no function 'no_such'");
    let syntax = error("deny contains \"x\" if {");
    assert!(syntax.starts_with("policies/backup/backup_off.rego: ") && syntax.contains("-->"), "{syntax}");
}

#[test]
fn one_thread_and_many_say_the_same() {
    let set = set(SHORT).unwrap();
    let resources: Vec<_> = (0..3 * CHUNK + 7)
        .map(|at| {
            let mut resource = with_days(Fact::Known(u32::try_from(at % 11).unwrap()));
            resource.id = format!("arn:{at}");
            resource
        })
        .collect();
    let by = |jobs| {
        judge(
            &set,
            &resources,
            &Options { jobs, keep: Outcome::ALL.to_vec(), backend: Backend::Compiled, documents: Default::default() },
        )
        .unwrap()
    };
    assert_eq!(by(1), by(4));
    assert_eq!(by(1).verdicts.len(), resources.len());
}

#[test]
fn each_of_several_definitions_may_be_known_to_be_false() {
    let rules = "applies if {\n\tinput.id == \"other\"\n\tinput.backup.enabled == true\n}\n
applies if {\n\tinput.name == \"other\"\n\tinput.database.cluster != null\n}\n
deny contains \"x\" if input.backup.enabled == false";
    assert_eq!(said(rules, &instance()).0, Outcome::NotApplicable);
    let half = rules.replace("input.name == \"other\"", "input.name == \"db\"");
    assert_eq!(said(&half, &instance()).0, Outcome::Unknown);
}

/// An instance that a plan alone speaks of.
fn planned() -> Resource {
    let mut resource = instance();
    resource.origin.source = "terraform-plan".to_owned();
    resource
}

/// Outcome, sentence, and how many questions were left to the running estate and passes that rest on code.
fn counted(rules: &str, resource: &Resource) -> (Outcome, String, usize, usize) {
    let options =
        Options { jobs: 1, keep: Outcome::ALL.to_vec(), backend: Backend::Compiled, documents: Default::default() };
    let judged = judge(&set(rules).unwrap(), std::slice::from_ref(resource), &options).unwrap();
    let Verdict { outcome, message, .. } = judged.verdicts.into_iter().next().unwrap();
    (outcome, message, judged.for_the_running.iter().sum(), judged.declared.iter().sum())
}

#[test]
fn what_only_the_running_estate_can_answer_is_not_put_to_code() {
    let not_put = (Outcome::NotApplicable, "only the running estate can answer this".to_owned(), 1, 0);
    for rules in [
        "deny contains \"x\" if input.status.healthy == false",
        "deny contains \"x\" if input.joined.untested_days > 90",
        "deny contains \"x\" if not _young\n_young if input.joined.restore_test_age_days < 90",
        "deny contains \"x\" if {\n\tsome copy in input.joined.copies\n\tcopy.age_minutes > 5\n}",
    ] {
        assert_eq!(counted(rules, &planned()), not_put, "{rules}");
        assert_eq!(counted(rules, &instance()).0, Outcome::Unknown, "{rules}");
    }
    // A state that is only told of is no condition, and of several ways to fail one is a question to code.
    for rules in [
        "deny contains finding if {\n\tinput.backup.enabled == false\n\tfinding := {\"message\": input.status.state}\n}",
        "deny contains \"x\" if input.status.healthy == false\ndeny contains \"y\" if input.backup.enabled == false",
    ] {
        assert_eq!(counted(rules, &planned()).0, Outcome::Unknown, "{rules}");
    }
    // What is known decides: code that says so is enough to fail.
    let mut off = planned();
    off.status = Some(Shared::from(crate::model::Status { healthy: Fact::Known(false), ..Default::default() }));
    assert_eq!(counted("deny contains \"x\" if input.status.healthy == false", &off).0, Outcome::Fail);
}

#[test]
fn a_verdict_says_how_it_is_known() {
    let kind = |rules: &str, resource: &Resource| {
        let (outcome, _, evidence) = said(rules, resource);
        (outcome, evidence.kind)
    };
    assert_eq!(kind(SHORT, &with_days(Fact::Known(0))), (Outcome::Fail, EvidenceKind::Observed));
    let mut resource = planned();
    resource.backup = with_days(Fact::Known(9)).backup;
    assert_eq!(kind(SHORT, &resource), (Outcome::Pass, EvidenceKind::Declared));
    assert_eq!(counted(SHORT, &resource).3, 1);
    // One that runs, and that the plan changes.
    let mut changed = with_days(Fact::Known(9));
    changed.change = Some(Box::new(crate::model::Change {
        action: Action::Update,
        replace_paths: Vec::new(),
        importing: false,
        moved_from: None,
    }));
    assert_eq!(kind(SHORT, &changed).1, EvidenceKind::Declared);
    // One that runs, with a copy that does not run yet.
    let copies = "deny contains \"x\" if count(input.joined.copies) == 0";
    let mut copied = with_days(Fact::Known(9));
    let joined = crate::model::Joined {
        copies: Fact::Known(vec![crate::model::DataCopy::default()]),
        declared: Fact::Known(vec!["copies".to_owned()]),
        ..Default::default()
    };
    copied.joined = Some(Arc::new(joined));
    assert_eq!(kind(copies, &copied), (Outcome::Pass, EvidenceKind::Declared));
    assert_eq!(kind(SHORT, &copied), (Outcome::Pass, EvidenceKind::Observed));
    let slow = "deny contains \"x\" if input.joined.restore_seconds > 60";
    Arc::make_mut(copied.joined.as_mut().unwrap()).restore_seconds = Fact::Known(30);
    assert_eq!(kind(slow, &copied), (Outcome::Pass, EvidenceKind::Measured));
}

#[test]
fn a_question_that_arises_of_what_is_known_is_not_unknown_for_the_rest() {
    let rules = "arises if {\n\tsome copy in input.joined.copies\n\tnot copy.usable == false\n}\n
deny contains \"x\" if every copy in input.joined.copies { copy.in_recovery_place == false }";
    let mut resource = instance();
    assert_eq!(said(rules, &resource).0, Outcome::Unknown, "nothing was looked for");
    let of = |copies: Vec<crate::model::DataCopy>| {
        Some(Arc::new(crate::model::Joined { copies: Fact::Known(copies), ..Default::default() }))
    };
    resource.joined = of(Vec::new());
    resource.mark_unknown("joined.copies", "a plan sees its own workspace only");
    assert_eq!(said(rules, &resource).0, Outcome::NotApplicable, "none was found so far");
    let elsewhere = crate::model::DataCopy { in_recovery_place: Fact::Known(false), ..Default::default() };
    resource.joined = of(vec![elsewhere]);
    assert_eq!(said(rules, &resource).0, Outcome::Unknown, "there may be another");
    resource.unknown.clear();
    assert_eq!(said(rules, &resource).0, Outcome::Fail);
}

#[test]
fn a_list_that_is_known_in_part_is_a_list() {
    let rules = "applies if input.joined.cluster_zones != null\ndeny contains \"one zone\" if count(input.joined.cluster_zones) == 1\nsatisfied if input.joined.cluster_zones[1]";
    let mut resource = instance();
    resource.joined = Some(Arc::default());
    let zones = |names: &[&str]| Fact::Known(names.iter().map(|name| (*name).to_owned()).collect());
    Arc::make_mut(resource.joined.as_mut().unwrap()).cluster_zones = zones(&["a", "b"]);
    resource.mark_unknown("joined.cluster_zones", "nodes may be declared elsewhere");
    assert_eq!(said(rules, &resource).0, Outcome::Pass, "two are two, whatever else there is");
    Arc::make_mut(resource.joined.as_mut().unwrap()).cluster_zones = zones(&["a"]);
    assert_eq!(said(rules, &resource).0, Outcome::Unknown);
    Arc::make_mut(resource.joined.as_mut().unwrap()).cluster_zones = Fact::Unknown;
    assert_eq!(said(rules, &resource).0, Outcome::Unknown, "whether it is null is not known");
}

#[test]
fn a_fact_in_a_list_is_unknown_by_itself() {
    let rules = "deny contains \"deleted\" if input.change.action == \"delete\"";
    let mut resource = instance();
    resource.change = Some(Box::new(crate::model::Change::of(crate::model::Action::Create)));
    resource.mark_unknown("plan.rules.0.copies.0.vault", "known only after apply");
    assert_eq!(said(rules, &resource).0, Outcome::Pass);
    let rules = "deny contains \"there\" if {\n\tsome rule in input.plan.rules\n\trule.vault == \"x\"\n}";
    let mut resource = instance();
    let rules_of_plan = Fact::Known(vec![crate::model::PlanRule::default()]);
    resource.plan = Some(Shared::from(crate::model::Plan { rules: rules_of_plan, ..crate::model::Plan::default() }));
    resource.mark_unknown("plan.rules.0.vault", "known only after apply");
    let (outcome, message, _) = said(rules, &resource);
    assert_eq!(
        (outcome, message.as_str()),
        (Outcome::Unknown, "not known: the vault of a rule (known only after apply)")
    );
}
