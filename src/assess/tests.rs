//! The gate, the answer and the change, on small estates.

mod answers;
mod frameworks;

use std::sync::Arc;

use super::*;
use crate::model::{
    Action, Backup, Change, Coverage, CoverageStatus, Fact, Joined, Kind, Link, Place, Rel, Replication, Resource,
    Shared, Timestamp,
};
use crate::model::{FailOn, GateScope, Severity};
use crate::policy::{Backend, Judged, Options, Source, judge};
use crate::result::WaiverRef;

fn policies() -> PolicySet {
    let policy = |id: &str, header: &str, rules: &str| Source {
        path: format!("policies/backup/{}.rego", id.replace('-', "_")),
        text: format!(
            "# METADATA\n# title: T\n# custom:\n#   id: {id}\n#   kinds: [aws.rds.instance]\n{header}package seaworthy.backup.{}\n\n{rules}\n",
            id.replace('-', "_")
        ),
        built_in: false,
    };
    PolicySet::from_sources(vec![
        policy(
            "backup-off",
            "#   severity: high\n#   frameworks: {ours: [BACKUP, BOTH]}\n",
            "deny contains {\"message\": \"backups are off\", \"fact\": \"backup.enabled\"} if input.backup.enabled == false",
        ),
        policy(
            "no-copy",
            "#   severity: critical\n#   blocker: true\n#   frameworks: {ours: [COPY, BOTH]}\n",
            "deny contains {\"message\": \"no copy\", \"fact\": \"joined.copies\"} if {\n\tinput.replication.role != \"replica\"\n\tcount(input.joined.copies) == 0\n}",
        ),
        Source {
            path: "policies/redundancy/no_compute.rego".to_owned(),
            text: "# METADATA\n# title: T\n# custom:\n#   id: no-compute\n#   severity: critical\n#   blocker: [active-active]\n#   kinds: [aws.autoscaling.group]\n#   frameworks: {ours: [COMPUTE]}\npackage seaworthy.redundancy.no_compute\n\ndeny contains {\"message\": \"no compute\"} if input.joined.counterpart == null\n".to_owned(),
            built_in: false,
        },
    ])
    .unwrap_or_else(|error| panic!("{error}"))
}

/// A database with backups on or off, and with or without a copy elsewhere.
fn database(name: &str, backups: Fact<bool>, copies: usize) -> Resource {
    let mut resource =
        Resource::new(Kind::of("aws.rds.instance"), format!("arn:{name}"), name, Place::new("1", "us-east-1"));
    resource.backup = Some(Shared::from(Backup { enabled: backups, ..Backup::default() }));
    resource.replication = Some(Shared::from(Replication { role: Fact::from("none"), ..Replication::default() }));
    resource.joined = Some(Arc::new(Joined {
        recovery_region: Fact::from("us-west-2"),
        recovery_account: Fact::from("1"),
        applications: Fact::Known(vec!["shop".to_owned()]),
        copies: Fact::Known(vec![crate::model::DataCopy::default(); copies]),
        ..Joined::default()
    }));
    resource
}

fn inventory(resources: Vec<Resource>, status: CoverageStatus) -> Inventory {
    let row = Coverage {
        account: "1".to_owned(),
        region: "us-east-1".to_owned(),
        service: "rds".to_owned(),
        status,
        incomplete: Vec::new(),
        action: None,
        reason: None,
        at: Timestamp::UNIX_EPOCH,
    };
    Inventory { resources, coverage: vec![row], ..Inventory::new("test", Timestamp::UNIX_EPOCH) }
}

fn judged(policies: &PolicySet, inventory: &Inventory) -> Judged {
    let options =
        Options { jobs: 1, keep: Outcome::ALL.to_vec(), backend: Backend::Compiled, documents: Default::default() };
    judge(policies, &inventory.resources, &options).unwrap()
}

/// A report with what a test wants to vary.
fn report(after: &Inventory, before: Option<&Inventory>, vary: impl FnOnce(&mut Settings<'_>)) -> Report {
    report_of(after, &judged(&policies(), after), before, vary)
}

fn report_of(
    after: &Inventory,
    now: &Judged,
    before: Option<&Inventory>,
    vary: impl FnOnce(&mut Settings<'_>),
) -> Report {
    let policies = policies();
    let was = before.map(|before| judged(&policies, before));
    let applications = ["shop".to_owned()];
    let statement = crate::config::Statement::default();
    let mut settings = Settings {
        now: Timestamp::UNIX_EPOCH,
        show: &Outcome::ALL,
        fail_on: FailOn::High,
        strict: false,
        scope: GateScope::Introduced,
        waiver: &|_, _, _, _| None,
        trouble: None,
        waiver_trouble: None,
        narrowed: Narrowed::default(),
        statement: &statement,
        applications: &applications,
        configuration: Vec::new(),
        notices: Vec::new(),
        not_understood: std::collections::BTreeMap::new(),
        planned: Vec::new(),
        incomplete: Vec::new(),
        stack: None,
        behind: Default::default(),
        frameworks: AskedFrameworks { frameworks: &[], policies: &policies, services: &[] },
    };
    vary(&mut settings);
    let estate = before.zip(was.as_ref()).map(|(inventory, judged)| JudgedEstate { inventory, judged });
    assess(&policies, after, now.clone(), estate, settings)
}

fn lines(report: &Report) -> Vec<String> {
    report
        .verdicts
        .iter()
        .map(|finding| {
            let status = finding.change.as_ref().map_or("", |change| change.status.word());
            let policy = &report.policies[finding.policy].id;
            format!("{} {policy} {} {status}", finding.outcome.word(), finding.resource.name).trim_end().to_owned()
        })
        .collect()
}

#[test]
fn a_failed_blocker_is_the_answer_and_fails_the_gate() {
    let estate = inventory(
        vec![database("a", Fact::Known(true), 0), database("b", Fact::Known(false), 1)],
        CoverageStatus::Complete,
    );
    let report = report(&estate, None, |_| {});
    assert_eq!(
        report.answer.sentence,
        "NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 of 1 application"
    );
    assert_eq!(report.gate.sentence, "gate failed: 1 critical and 1 high (--fail-on high), exit 1");
    assert_eq!(lines(&report), ["fail no-copy a", "fail backup-off b", "pass no-copy b", "pass backup-off a"]);
    let shop = ApplicationResultLine::of(&report);
    assert_eq!(shop, ApplicationResultLine { resources: 2, blockers: 1, failed: 2, unknown: 0 });
    assert_eq!(report.summary.areas[0].score, Some(50));
}

#[test]
fn an_unknown_verdict_lowers_the_share_that_is_decided_and_not_the_score() {
    let of = |backups: &[Fact<bool>]| {
        let databases = backups.iter().enumerate().map(|(at, fact)| {
            let mut database = database(&at.to_string(), *fact, 1);
            // The other policy of the area has nothing to ask.
            database.replication =
                Some(Shared::from(Replication { role: Fact::from("replica"), ..Replication::default() }));
            database
        });
        let report = report(&inventory(databases.collect(), CoverageStatus::Complete), None, |_| {});
        let area = &report.summary.areas[0];
        (area.pass, area.fail, area.unknown, area.score, area.decided)
    };
    let (on, off) = (Fact::Known(true), Fact::Known(false));
    let no_copy = 3;
    assert_eq!(of(&[on, on, off]), (2 + no_copy, 1, 0, Some(83), Some(100)));
    assert_eq!(of(&[on, off, Fact::Unknown]), (1 + no_copy, 1, 1, Some(80), Some(83)));
    assert_eq!(of(&[]), (0, 0, 0, None, None));
}

#[test]
fn nothing_decided_is_no_score() {
    let mut database = database("a", Fact::Unknown, 1);
    database.replication = Some(Shared::from(Replication::default()));
    database.joined = Some(Arc::new(Joined::default()));
    let report = report(&inventory(vec![database], CoverageStatus::Complete), None, |_| {});
    let area = &report.summary.areas[0];
    assert_eq!((area.unknown, area.score, area.decided), (2, None, Some(0)));
}

#[derive(Debug, PartialEq)]
struct ApplicationResultLine {
    resources: usize,
    blockers: usize,
    failed: usize,
    unknown: usize,
}

impl ApplicationResultLine {
    fn of(report: &Report) -> Self {
        let one = &report.applications[0];
        Self { resources: one.resources, blockers: one.blockers, failed: one.failed, unknown: one.unknown }
    }
}

#[test]
fn exit_codes_say_which_of_the_ways_to_fail_it_was() {
    let good = inventory(vec![database("a", Fact::Known(true), 1)], CoverageStatus::Complete);
    let unknown = inventory(vec![database("a", Fact::Unknown, 1)], CoverageStatus::Partial);
    let bad = inventory(vec![database("a", Fact::Known(false), 1)], CoverageStatus::Complete);
    let nothing = inventory(Vec::new(), CoverageStatus::Complete);
    let gate = |estate: &Inventory, vary: fn(&mut Settings<'_>)| report(estate, None, vary).gate.sentence;
    assert_eq!(gate(&good, |_| {}), "gate passed: nothing of high severity or above failed (--fail-on high), exit 0");
    assert_eq!(gate(&good, |settings| settings.strict = true), gate(&good, |_| {}));
    assert_eq!(gate(&bad, |_| {}), "gate failed: 1 high (--fail-on high), exit 1");
    assert_eq!(
        gate(&bad, |settings| settings.fail_on = FailOn::Critical),
        "gate passed: nothing critical failed (--fail-on critical), exit 0"
    );
    assert_eq!(
        gate(&bad, |settings| settings.fail_on = FailOn::Never),
        "gate passed: failures are reported only (--fail-on never), exit 0"
    );
    assert_eq!(gate(&nothing, |_| {}), "nothing to judge: nothing was found that a policy judges, exit 3");
    assert_eq!(gate(&nothing, |settings| settings.strict = true), gate(&nothing, |_| {}));
    let not_judged = |settings: &mut Settings<'_>| {
        settings.incomplete = vec!["the plan runs 1 action".to_owned()];
        settings.strict = true;
    };
    assert_eq!(gate(&nothing, not_judged), "gate failed: evidence is incomplete: 1 gap in the plan (--strict), exit 4");
    assert_eq!(
        gate(&unknown, |_| {}),
        "gate passed: nothing of high severity or above failed (--fail-on high), exit 0"
    );
    assert_eq!(
        gate(&unknown, |settings| settings.strict = true),
        "gate failed: evidence is incomplete: 1 unknown verdict and 1 gap in coverage (--strict), exit 4"
    );
    // A plan sees its own workspace only, always: what counts is whether a verdict hangs on it.
    let mut plan = good.clone();
    plan.coverage[0] = Coverage { account: String::new(), status: CoverageStatus::Partial, ..plan.coverage[0].clone() };
    assert_eq!(gate(&plan, |settings| settings.strict = true), gate(&good, |_| {}));
    plan.resources = unknown.resources;
    assert_eq!(
        gate(&plan, |settings| settings.strict = true),
        "gate failed: evidence is incomplete: 1 unknown verdict (--strict), exit 4"
    );
    assert_eq!(
        gate(&good, |settings| settings.waiver_trouble = Some("1 waiver matches nothing".to_owned())),
        "gate failed: 1 waiver matches nothing, exit 1"
    );
}

/// Covers the policy about backups, whatever the resource.
fn waiver(expired: bool) -> impl Fn(&str, &Resource, &Verdict, &str) -> Option<WaiverRef> {
    move |policy, _, _, _| {
        (policy == "backup-off").then(|| WaiverRef {
            attests: false,
            reason: "rebuilt from events".to_owned(),
            owner: "team".to_owned(),
            ticket: None,
            compensating_control: None,
            expires: Some(jiff::civil::date(2027, 1, 1)),
            expired,
            from: "waivers.yaml:1".to_owned(),
        })
    }
}

#[test]
fn a_waiver_takes_a_failure_out_of_the_gate_and_keeps_it_in_sight() {
    let estate = inventory(vec![database("a", Fact::Known(false), 1)], CoverageStatus::Complete);
    let valid = report(&estate, None, |settings| settings.waiver = Box::leak(Box::new(waiver(false))));
    assert_eq!(valid.gate.exit_code, 0);
    assert_eq!(lines(&valid), ["waived backup-off a", "pass no-copy a"]);
    assert_eq!((valid.summary.outcomes[&Outcome::Waived], valid.summary.failed[&Severity::High]), (1, 0));
    let expired = report(&estate, None, |settings| settings.waiver = Box::leak(Box::new(waiver(true))));
    assert_eq!(expired.gate.exit_code, 1);
    assert_eq!(lines(&expired), ["fail backup-off a", "pass no-copy a"]);
    assert!(expired.verdicts[0].waiver.as_ref().is_some_and(|waiver| waiver.expired));
}

fn changed(mut resource: Resource, action: Action, before: Option<Resource>) -> Resource {
    resource.change = Some(Box::new(Change { action, replace_paths: Vec::new(), importing: false, moved_from: None }));
    resource.before = before.map(Box::new);
    resource
}

#[test]
fn a_change_introduces_fixes_or_leaves() {
    let worse = changed(
        database("worse", Fact::Known(false), 1),
        Action::Update,
        Some(database("worse", Fact::Known(true), 1)),
    );
    let better = changed(
        database("better", Fact::Known(true), 1),
        Action::Update,
        Some(database("better", Fact::Known(false), 1)),
    );
    let same = database("same", Fact::Known(false), 1);
    let new = changed(database("new", Fact::Known(false), 1), Action::Create, None);
    let after = inventory(vec![worse, better, same, new], CoverageStatus::Complete);
    let mut before = change::before(&after);
    for (was, joined) in before.resources.iter_mut().zip([1, 1, 1]) {
        was.joined = database("x", Fact::Absent, joined).joined;
    }
    let report = report(&after, Some(&before), |_| {});
    let of_backups: Vec<_> = lines(&report).into_iter().filter(|line| line.contains("backup-off")).collect();
    assert_eq!(
        of_backups,
        [
            "fail backup-off new introduced",
            "fail backup-off same existing",
            "fail backup-off worse introduced",
            "pass backup-off better",
            "pass backup-off better fixed",
        ]
    );
    let change = report.change.unwrap();
    assert_eq!((change.introduced, change.fixed, change.existing), (2, 1, 1));
    assert_eq!(change.actions, [(Action::Create, 1), (Action::Update, 2)].into());
    assert_eq!(
        change.sentence,
        "this change adds new, whose recovery has a gap: backups are off; 1 more problem is introduced and 1 is fixed"
    );
    assert_eq!(report.gate.sentence, "gate failed: 2 high introduced (--fail-on high), exit 1");
}

#[test]
fn what_is_moved_is_what_it_was() {
    for (action, replaced) in [(Action::NoOp, false), (Action::Update, true)] {
        let at = |resource: Resource, address: &str| {
            let mut moved = resource;
            moved.origin.address = Some(address.to_owned());
            moved
        };
        let old = at(database("a", Fact::Known(false), 1), "aws_db_instance.new");
        let mut moved = changed(old.clone(), action, replaced.then_some(old));
        moved.change.as_mut().unwrap().moved_from = Some("aws_db_instance.old".to_owned());
        let after = inventory(vec![moved], CoverageStatus::Complete);
        let mut before = change::before(&after);
        assert_eq!(before.resources[0].origin.address.as_deref(), Some("aws_db_instance.old"));
        before.resources[0].joined = database("x", Fact::Absent, 1).joined;
        let report = report(&after, Some(&before), |_| {});
        assert_eq!(lines(&report), ["fail backup-off a existing", "pass no-copy a"]);
        assert_eq!(report.gate.exit_code, 0);
    }
}

#[test]
fn no_problem_is_not_said_of_what_was_not_judged() {
    let same = || {
        let estate = inventory(vec![database("a", Fact::Known(true), 1)], CoverageStatus::Complete);
        let before = change::before(&estate);
        (estate, before)
    };
    let said = |vary: fn(&mut Settings<'_>)| {
        let (after, mut before) = same();
        before.resources[0].joined = database("x", Fact::Absent, 1).joined;
        let report = report(&after, Some(&before), vary);
        (report.change.unwrap().sentence, report.answer.sentence, report.gate.sentence)
    };
    let (plain, ..) = said(|_| {});
    assert_eq!(plain, "this change introduces no problem for recovery");
    let (types, ..) = said(|settings| {
        settings.planned =
            vec![crate::model::Planned { not_understood: [(Action::Create, 2)].into(), ..Default::default() }]
    });
    assert_eq!(
        types,
        "this change introduces no problem that is known, but 2 changes are of types that are not understood, and were not \
         judged"
    );
    let (sentence, answer, gate) = said(|settings| {
        settings.incomplete = vec!["the plan runs 1 action".to_owned()];
        settings.strict = true;
    });
    assert_eq!(sentence, "this change introduces no problem that is known, but the plan runs 1 action");
    assert_eq!(answer, "CANNOT TELL in us-west-2: no blocker was found, but 1 part of the plan was not judged");
    assert_eq!(gate, "gate failed: evidence is incomplete: 1 gap in the plan (--strict), exit 4");
}

#[test]
fn the_sentence_does_not_hide_what_is_waived() {
    let new = changed(database("new", Fact::Known(false), 1), Action::Create, None);
    let after = inventory(vec![new], CoverageStatus::Complete);
    let before = change::before(&after);
    let report = report(&after, Some(&before), |settings| settings.waiver = Box::leak(Box::new(waiver(false))));
    assert_eq!(report.change.unwrap().sentence, "this change introduces 1 problem for recovery, all waived");
}

#[test]
fn the_sentence_names_what_is_lost_and_why() {
    let mut replica = database("orders-db-replica", Fact::Known(true), 1);
    replica.link(Rel::ReplicaOf, Some("arn:orders-db"));
    assert_eq!(*replica.links, [Link { rel: Rel::ReplicaOf, to: "arn:orders-db".to_owned(), at: None }]);
    let replica = changed(replica.clone(), Action::Delete, Some(replica));
    let after = inventory(vec![database("orders-db", Fact::Known(true), 0), replica], CoverageStatus::Complete);
    let mut before = change::before(&after);
    let copy = crate::model::DataCopy { id: Fact::from("arn:orders-db-replica"), ..Default::default() };
    let joined = Joined { copies: Fact::Known(vec![copy]), ..Joined::default() };
    before.resources[0].joined = Some(Arc::new(joined));
    before.resources[1].joined = database("x", Fact::Absent, 1).joined;
    let report = report(&after, Some(&before), |_| {});
    assert_eq!(
        report.change.unwrap().sentence,
        "this change makes orders-db unrecoverable in us-west-2: it deletes orders-db-replica, its only copy there"
    );
}

#[test]
fn the_sentence_takes_no_primary_for_a_copy_of_what_follows_it() {
    let mut primary = database("orders-db", Fact::Known(true), 1);
    primary.replication = Some(Shared::from(Replication { role: Fact::from("primary"), ..Replication::default() }));
    let mut alone = database("orders-db", Fact::Known(false), 1);
    alone.replication = Some(Shared::from(Replication { role: Fact::from("none"), ..Replication::default() }));
    let left = changed(alone, Action::Update, Some(primary));
    let after = inventory(vec![left, database("orders-db-west", Fact::Known(true), 1)], CoverageStatus::Complete);
    let mut before = change::before(&after);
    let copy = crate::model::DataCopy { id: Fact::from("arn:orders-db"), ..Default::default() };
    before.resources[0].joined = database("x", Fact::Absent, 1).joined;
    let joined = Joined { copies: Fact::Known(vec![copy]), ..Joined::default() };
    before.resources[1].joined = Some(Arc::new(joined));
    let report = report(&after, Some(&before), |_| {});
    assert_eq!(report.change.unwrap().sentence, "this change weakens the recovery of orders-db: backups are off");
}

#[test]
fn what_one_stack_deletes_does_not_hide_what_another_moves() {
    let at = |address: &str, stack: &str, change: Change| {
        let mut resource = database(address, Fact::Known(true), 1);
        resource.origin.address = Some(address.to_owned());
        resource.origin.stack = Some(stack.to_owned());
        resource.change = Some(Box::new(change));
        resource
    };
    let moved = Change { moved_from: Some("aws_db_instance.old".to_owned()), ..Change::of(Action::NoOp) };
    let deleted = Change::of(Action::Delete);
    let before = |stack: &str| {
        let resources =
            vec![at("aws_db_instance.new", "a", moved.clone()), at("aws_db_instance.old", stack, deleted.clone())];
        let before = change::before(&inventory(resources, CoverageStatus::Complete));
        let named = |one: &Resource| (one.origin.stack.clone().unwrap(), one.origin.address.clone().unwrap());
        before.resources.iter().map(named).collect::<Vec<_>>()
    };
    let of = |stack: &str| (stack.to_owned(), "aws_db_instance.old".to_owned());
    assert_eq!(before("b"), [of("a"), of("b")]);
    // What it replaces stands at its own address.
    assert_eq!(before("a"), [of("a")]);
}
