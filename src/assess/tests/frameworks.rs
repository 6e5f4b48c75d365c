//! Requirements of a framework: what they come to, what that rests on, and what keeps them from passing.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::answers::looked_at;
use super::*;
use crate::config::Statement;
use crate::policy::Framework;
use crate::result::{EvidenceShare, Look, Provable, RequirementOutcome, RequirementReport};

static OURS: LazyLock<Vec<Framework>> = LazyLock::new(|| {
    let text = "
id: ours
title: Our own
requirements:
  - {id: BACKUP, title: Backups, coverage: full}
  - {id: COPY, title: Copies, coverage: partial, rest: the plan}
  - {id: BOTH, title: Both, coverage: full}
  - {id: COMPUTE, title: Compute, coverage: full}
  - {id: PEOPLE, title: People, coverage: manual}
  - {id: NOBODY, title: What nothing answers, coverage: full}
";
    vec![serde_saphyr::from_str(text).unwrap()]
});

fn requirements(estate: &Inventory, vary: impl FnOnce(&mut Settings<'_>)) -> Vec<RequirementReport> {
    let report = report(estate, None, |settings| {
        settings.frameworks.frameworks = OURS.as_slice();
        vary(settings);
    });
    let [ours] = <[_; 1]>::try_from(report.frameworks).unwrap();
    ours.requirements
}

fn told(estate: &Inventory, vary: impl FnOnce(&mut Settings<'_>)) -> Vec<String> {
    let all = requirements(estate, vary).into_iter();
    all.map(|one| format!("{} {}", one.id, one.outcome.word())).collect()
}

fn days(number: i64) -> Timestamp {
    Timestamp::from_second(number * 86_400).unwrap()
}

#[test]
fn a_requirement_says_what_it_rests_on_and_from_when_that_is() {
    let mut estate =
        looked_at(vec![database("a", Fact::Known(true), 1), database("b", Fact::Known(false), 1)], &["s3"]);
    for row in &mut estate.coverage {
        row.at = match (row.service.as_str(), row.region.as_str()) {
            ("rds", "us-west-2") => days(-3),
            ("rds", _) => days(-1),
            // What no fact of it comes from is no evidence of it.
            _ => days(-9),
        };
    }
    static SERVICES: LazyLock<Vec<std::collections::BTreeSet<&'static str>>> =
        LazyLock::new(|| vec![["rds"].into(), ["autoscaling"].into(), ["rds"].into()]);
    let found = requirements(&estate, |settings| settings.frameworks.services = SERVICES.as_slice());
    let share =
        |verdicts| vec![EvidenceShare { kind: EvidenceKind::Observed, verdicts, oldest: Some(days(-3)), until: None }];
    let requirement =
        |id: &str, title: &str, outcome, policies: &[usize], verdicts: &[(Outcome, usize)]| RequirementReport {
            id: id.to_owned(),
            title: title.to_owned(),
            coverage: if policies.is_empty() { Provable::Manual } else { Provable::Full },
            rest: String::new(),
            outcome,
            policies: policies.to_vec(),
            verdicts: BTreeMap::from_iter(verdicts.iter().copied()),
            evidence: Vec::new(),
            not_seen: Vec::new(),
            left_out: 0,
            for_the_running: 0,
            is_part: false,
        };
    use RequirementOutcome::{Fail, Manual, NotApplicable, Partly};
    let (backup, copy) = ([(Outcome::Fail, 1), (Outcome::Pass, 1)], [(Outcome::Pass, 2)]);
    let both = [(Outcome::Fail, 1), (Outcome::Pass, 3)];
    let (partial, rest) = (Provable::Partial, "the plan".to_owned());
    let expected = [
        RequirementReport { evidence: share(2), ..requirement("BACKUP", "Backups", Fail, &[0], &backup) },
        RequirementReport {
            evidence: share(2),
            coverage: partial,
            rest,
            ..requirement("COPY", "Copies", Partly, &[2], &copy)
        },
        RequirementReport { evidence: share(4), ..requirement("BOTH", "Both", Fail, &[0, 2], &both) },
        requirement("COMPUTE", "Compute", NotApplicable, &[1], &[]),
        requirement("PEOPLE", "People", Manual, &[], &[]),
        requirement("NOBODY", "What nothing answers", Manual, &[], &[]),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_was_not_seen_passes_nothing() {
    let good = || vec![database("a", Fact::Known(true), 1)];
    let whole = looked_at(good(), &[]);
    assert_eq!(
        told(&whole, |_| {}),
        ["BACKUP pass", "COPY partly", "BOTH pass", "COMPUTE not-applicable", "PEOPLE manual", "NOBODY manual"]
    );
    let open = ["BACKUP unknown", "COPY unknown", "BOTH unknown"];
    let of_databases = |estate: &Inventory| told(estate, |_| {})[..3].to_vec();
    let with = |row: Coverage| {
        let mut estate = whole.clone();
        estate.coverage.retain(|other| (&other.service, &other.region) != (&row.service, &row.region));
        estate.coverage.push(row);
        estate
    };
    let row = |service: &str, region: &str, status| Coverage {
        service: service.to_owned(),
        region: region.to_owned(),
        status,
        ..whole.coverage[0].clone()
    };
    // Denied in one place; failed in an account; not listed completely; read in one place only.
    let mut half = row("rds", "us-west-2", CoverageStatus::Partial);
    half.incomplete = vec![Kind::of("aws.rds.instance")];
    let mut account = row("*", "", CoverageStatus::Failed);
    account.account = "2".to_owned();
    for gap in [row("rds", "us-west-2", CoverageStatus::Denied), half, account] {
        assert_eq!(of_databases(&with(gap.clone())), open, "{gap:?}");
    }
    let mut once = whole.clone();
    once.coverage.retain(|row| (row.service.as_str(), row.region.as_str()) != ("rds", "us-west-2"));
    assert_eq!(of_databases(&once), open);
    assert_eq!(
        requirements(&once, |_| {})[0].not_seen,
        [Look { service: "rds".to_owned(), account: "1".to_owned(), region: "us-west-2".to_owned() }]
    );
    // Facts that are missing speak for themselves.
    let facts = with(row("rds", "us-west-2", CoverageStatus::Partial));
    assert_eq!(of_databases(&facts), ["BACKUP pass", "COPY partly", "BOTH pass"]);
    // Nobody looked for compute at all, or the configuration says that there is none.
    let blind = looked_at(good(), &["autoscaling"]);
    let compute =
        |statement: &'static Statement| told(&blind, move |settings| settings.statement = statement)[3].clone();
    static NOTHING: LazyLock<Statement> = LazyLock::new(Statement::default);
    static NONE: LazyLock<Statement> =
        LazyLock::new(|| Statement { without: vec!["autoscaling".to_owned()], ..Statement::default() });
    assert_eq!(compute(&NOTHING), "COMPUTE unknown");
    assert_eq!(compute(&NONE), "COMPUTE not-applicable");
}

#[test]
fn a_part_of_the_estate_proves_nothing_as_a_whole() {
    let mut plan = looked_at(vec![database("a", Fact::Known(true), 1)], &[]);
    plan.coverage.truncate(1);
    let workspace = &mut plan.coverage[0];
    (workspace.account, workspace.region, workspace.service) = (String::new(), String::new(), "*".to_owned());
    workspace.status = CoverageStatus::Partial;
    let part = ["BACKUP partly", "COPY partly", "BOTH partly", "COMPUTE unknown", "PEOPLE manual", "NOBODY manual"];
    assert_eq!(told(&plan, |_| {}), part);
    let whole = looked_at(vec![database("a", Fact::Known(true), 1)], &[]);
    assert_eq!(told(&whole, |settings| settings.narrowed.filter = Some("--app shop".to_owned())), part);
    assert_eq!(told(&whole, |settings| settings.incomplete = vec!["a deferred change".to_owned()]), part);
}

#[test]
fn somebodys_word_is_told_as_such() {
    let estate = looked_at(vec![database("a", Fact::Unknown, 1), database("b", Fact::Known(false), 1)], &[]);
    assert_eq!(told(&estate, |_| {})[0], "BACKUP fail");
    let found = requirements(&estate, |settings| {
        settings.waiver = &|_, _, verdict, _| match verdict.outcome {
            Outcome::Unknown => Some(WaiverRef {
                reason: "seen in the console".to_owned(),
                owner: "team".to_owned(),
                ticket: None,
                compensating_control: None,
                attests: true,
                expires: "2026-12-31".parse().ok(),
                expired: false,
                from: "waivers.yaml:1".to_owned(),
            }),
            _ => None,
        };
    });
    let share = |kind, oldest, until: Option<&str>| EvidenceShare {
        kind,
        verdicts: 1,
        oldest,
        until: until.and_then(|day| day.parse().ok()),
    };
    assert_eq!(found[0].verdicts, BTreeMap::from([(Outcome::Fail, 1), (Outcome::Pass, 1)]));
    assert_eq!(
        found[0].evidence,
        [share(EvidenceKind::Observed, Some(days(0)), None), share(EvidenceKind::Attested, None, Some("2026-12-31"))]
    );
}
