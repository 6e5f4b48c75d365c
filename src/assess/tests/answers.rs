//! The answer: when it is that the estate can be recovered, and what keeps it from being that.

use std::sync::Arc;

use super::*;
use crate::config::Statement;
use crate::model::Counterpart;
use crate::result::AnswerKind;

/// A group that is to come back, and what stands in for it.
fn group(counterpart: Fact<Counterpart>, pattern: &str) -> Resource {
    let place = Place::new("1", "us-east-1");
    let mut resource = Resource::new(Kind::of("aws.autoscaling.group"), "arn:web", "web", place);
    resource.joined = Some(Arc::new(Joined {
        recovery_region: Fact::from("us-west-2"),
        recovery_account: Fact::from("1"),
        pattern: Fact::from(pattern),
        counterpart,
        ..Joined::default()
    }));
    resource
}

/// Everything that the policies are about and that keeps data was looked at, in both regions.
pub(super) fn looked_at(resources: Vec<Resource>, but: &[&str]) -> Inventory {
    let mut all = inventory(resources, CoverageStatus::Complete);
    let row = all.coverage[0].clone();
    let services = [
        "autoscaling",
        "dsql",
        "dynamodb",
        "ec2",
        "efs",
        "elasticache",
        "fsx",
        "rds",
        "redshift",
        "redshiftserverless",
        "s3",
    ];
    all.coverage = ["us-east-1", "us-west-2"]
        .into_iter()
        .flat_map(|region| services.map(|service| (region, service)))
        .filter(|(_, service)| !but.contains(service))
        .map(|(region, service)| Coverage { region: region.to_owned(), service: service.to_owned(), ..row.clone() })
        .collect();
    all
}

#[test]
fn nothing_is_called_recoverable_that_was_not_seen() {
    let answer = |estate: &Inventory| report(estate, None, |_| {}).answer;
    let good = vec![database("a", Fact::Known(true), 1)];
    let gap = answer(&inventory(good.clone(), CoverageStatus::Denied));
    assert_eq!(gap.kind, AnswerKind::CannotTell);
    let mut unknown = good.clone();
    unknown[0].mark_unknown("joined.copies", "us-west-2 was not collected");
    Arc::make_mut(unknown[0].joined.as_mut().unwrap()).copies = Fact::Known(Vec::new());
    let unknown = answer(&inventory(unknown, CoverageStatus::Complete));
    assert_eq!(unknown.sentence, "CANNOT TELL in us-west-2: 1 question about blockers cannot be answered");
    let mut unpaired = good;
    Arc::make_mut(unpaired[0].joined.as_mut().unwrap()).recovery_region = Fact::Absent;
    assert_eq!(answer(&inventory(unpaired, CoverageStatus::Complete)).kind, AnswerKind::CannotTell);
    assert_eq!(answer(&inventory(Vec::new(), CoverageStatus::Complete)).kind, AnswerKind::CannotTell);
}

/// The answers and what else is said of them, a line each.
fn said(cases: &[(&str, Inventory, Statement)]) -> String {
    let line = |(name, estate, statement): &(&str, Inventory, Statement)| {
        let report = report(estate, None, |settings| settings.statement = Box::leak(Box::new(statement.clone())));
        let notices: String = report.notices.iter().map(|notice| format!("  {}\n", notice.text)).collect();
        format!("{name}: {}\n{notices}", report.answer.sentence)
    };
    cases.iter().map(line).collect()
}

#[test]
fn recoverable_is_deserved_or_answered_for() {
    let there = || {
        Fact::Known(Counterpart {
            id: Fact::from("arn:web-west"),
            how: Fact::from("same-name"),
            region: Fact::from("us-west-2"),
            account: Fact::from("1"),
            state: Fact::Absent,
            usable: Fact::Known(true),
        })
    };
    let with = |groups: Vec<Resource>, but: &[&str]| {
        looked_at([vec![database("a", Fact::Known(true), 1)], groups].concat(), but)
    };
    let none = Statement::default;
    let without =
        |words: &[&str]| Statement { without: words.iter().map(|word| (*word).to_owned()).collect(), ..none() };
    let from_code = || Statement { compute_from_code: true, ..none() };
    let sound = || vec![group(there(), "active-active")];
    let mut doubtful = group(Fact::Absent, "backup-restore");
    doubtful.mark_unknown("joined.pattern", "its tags were denied");
    let unseen = ["dynamodb", "efs", "s3"];
    let unpromised = || vec![group(Fact::Absent, "backup-restore")];
    let cases = [
        ("all seen", with(sound(), &[]), none()),
        ("not all looked at", with(sound(), &unseen), none()),
        ("one left", with(sound(), &unseen), without(&["dynamodb", "efs"])),
        ("answered for", with(sound(), &unseen), without(&["s3", "dynamodb", "efs"])),
        ("answered for, and looked at all the same", with(sound(), &[]), without(&["s3"])),
        ("answered for, and found", with(sound(), &["rds"]), without(&["rds"])),
        ("no compute", with(vec![], &[]), none()),
        ("no compute, answered for", with(vec![], &[]), without(&["compute"])),
        ("no compute is said of some", with(sound(), &[]), without(&["compute"])),
        ("compute from code", with(vec![], &unseen), Statement { compute_from_code: true, ..without(&unseen) }),
        ("compute missing", with(vec![group(Fact::Absent, "active-active")], &[]), from_code()),
        ("compute missing, not promised", with(unpromised(), &[]), none()),
        ("compute missing, not promised, from code", with(unpromised(), &[]), from_code()),
        ("compute perhaps missing, not promised", with(vec![group(Fact::Unknown, "backup-restore")], &[]), none()),
        ("compute perhaps missing", with(vec![group(Fact::Unknown, "active-active")], &[]), from_code()),
        ("compute missing, promised perhaps", with(vec![doubtful], &[]), from_code()),
        ("autoscaling not looked at", with(vec![], &["autoscaling"]), none()),
    ];
    insta::assert_snapshot!(said(&cases), @"
    all seen: RECOVERABLE in us-west-2: no blocker in 2 verdicts
    not all looked at: CANNOT TELL in us-west-2: no blocker was found, but dynamodb, efs and s3 were not looked at
    one left: CANNOT TELL in us-west-2: no blocker was found, but s3 was not looked at
      the configuration says that the estate is without dynamodb and efs: nobody looked
    answered for: RECOVERABLE in us-west-2: no blocker in 2 verdicts; stated, not seen: the estate is without dynamodb, efs and s3
      the configuration says that the estate is without dynamodb, efs and s3: nobody looked
    answered for, and looked at all the same: RECOVERABLE in us-west-2: no blocker in 2 verdicts
    answered for, and found: CANNOT TELL in us-west-2: no blocker was found, but 2 services in places were not seen completely
      the configuration says that the estate is without rds, but a resource of aws.rds.instance was found
    no compute: CANNOT TELL in us-west-2: no blocker was found, but no compute was found that could come back
    no compute, answered for: RECOVERABLE in us-west-2: no blocker in 1 verdict; stated, not seen: the estate is without compute
    no compute is said of some: RECOVERABLE in us-west-2: no blocker in 2 verdicts
      the configuration says that the estate is without compute, but a resource of aws.autoscaling.group was found
    compute from code: RECOVERABLE in us-west-2: no blocker in 1 verdict; stated, not seen: the estate is without dynamodb, efs and s3; compute is made anew from code
      the configuration says that the estate is without dynamodb, efs and s3: nobody looked
    compute missing: NOT RECOVERABLE in us-west-2: 1 blocker stands in the way of 1 resource
    compute missing, not promised: CANNOT TELL in us-west-2: no blocker was found, but nothing shows how compute comes back: 1 resource without a known counterpart
    compute missing, not promised, from code: RECOVERABLE in us-west-2: no blocker in 1 verdict; stated, not seen: compute is made anew from code
    compute perhaps missing, not promised: CANNOT TELL in us-west-2: no blocker was found, but nothing shows how compute comes back: 1 resource without a known counterpart
    compute perhaps missing: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    compute missing, promised perhaps: CANNOT TELL in us-west-2: 1 question about blockers cannot be answered
    autoscaling not looked at: CANNOT TELL in us-west-2: no blocker was found, but autoscaling was not looked at
    ");
}

#[test]
fn a_denied_look_is_not_answered_for() {
    let mut estate = looked_at(vec![database("a", Fact::Known(true), 1)], &[]);
    for row in estate.coverage.iter_mut().filter(|row| row.service == "efs") {
        row.status = CoverageStatus::Denied;
    }
    let statement = Statement {
        without: vec!["efs".to_owned(), "compute".to_owned()],
        compute_from_code: true,
        ..Statement::default()
    };
    assert_eq!(
        said(&[("denied", estate, statement)]),
        "denied: CANNOT TELL in us-west-2: no blocker was found, but 2 services in places were not seen completely\n"
    );
}

#[test]
fn a_question_for_the_running_estate_is_no_answer() {
    let estate = looked_at(vec![database("a", Fact::Known(true), 1)], &[]);
    let statement = Statement { without: vec!["compute".to_owned()], ..Statement::default() };
    let sentence = |not_asked: [usize; 3]| {
        let mut now = judged(&policies(), &estate);
        now.for_the_running = not_asked.to_vec();
        report_of(&estate, &now, None, |settings| settings.statement = Box::leak(Box::new(statement.clone())))
            .answer
            .sentence
    };
    let recoverable =
        "RECOVERABLE in us-west-2: no blocker in 1 verdict; stated, not seen: the estate is without compute";
    assert_eq!(sentence([0, 0, 0]), recoverable);
    assert_eq!(sentence([2, 0, 0]), recoverable, "that policy is about no blockers");
    let cannot =
        "CANNOT TELL in us-west-2: no blocker was found, but 1 question about blockers is for the running estate";
    assert_eq!(sentence([0, 1, 0]), cannot);
}
