//! Reports for tests: what every reporter must be able to render.

mod frameworks;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::Render;
use crate::config::Config;
use crate::model::{
    Action, Confidence, Coverage, CoverageStatus, Kind, Location, Notice, NoticeLevel, Rel, Severity, Timestamp,
};
use crate::result::*;
use frameworks::{by_requirement, hurt};

/// Every sample, by name.
pub(crate) fn all() -> [(&'static str, Report); 10] {
    [
        ("mixed", mixed()),
        ("change", change()),
        ("empty", empty()),
        ("unknown", unknown()),
        ("hostile", hostile()),
        ("requirements-mixed", by_requirement(mixed())),
        ("requirements-change", by_requirement(change())),
        ("requirements-empty", by_requirement(empty())),
        ("requirements-unknown", by_requirement(unknown())),
        ("requirements-hostile", hurt(by_requirement(hostile()), NASTY)),
    ]
}

pub(crate) fn render() -> Render {
    Render {
        width: 80,
        color: false,
        quiet: false,
        compact: false,
        fallback_file: "seaworthy.yaml".to_owned(),
        sarif_waived: false,
        summary_file: None,
    }
}

const SHOP: &str = "111122223333";
const BILLING: &str = "444455556666";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn policy(id: &str, area: &str, severity: Severity, blocker: bool, title: &str) -> PolicyInfo {
    PolicyInfo {
        id: id.to_owned(),
        area: area.to_owned(),
        title: title.to_owned(),
        description: format!("{title}, so recovery has nothing to start from. It is lost with its region."),
        severity,
        blocker,
        remediation: Remediation {
            summary: "backup_retention_period = 7".to_owned(),
            console: "RDS, Databases, NAME, Modify, Backup".to_owned(),
            cli: "aws rds modify-db-instance --db-instance-identifier NAME --backup-retention-period 7".to_owned(),
            terraform: "resource \"aws_db_instance\" \"NAME\" {\n  backup_retention_period = 7\n}\n".to_owned(),
        },
        frameworks: BTreeMap::from([
            ("aws-well-architected".to_owned(), vec!["REL09-BP01".to_owned(), "REL09-BP03".to_owned()]),
            ("nist-800-53-r5".to_owned(), vec!["CP-9".to_owned()]),
        ]),
        references: vec![
            "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html".to_owned(),
        ],
        kinds: vec!["aws.rds.cluster".to_owned(), "aws.rds.instance".to_owned()],
        parameters: BTreeMap::new(),
    }
}

fn policies() -> Vec<PolicyInfo> {
    use Severity::{Critical, High, Low, Medium};
    let mut policies = vec![
        policy("backup-disabled", "backup", Critical, true, "Automatic backups are off"),
        policy("deletion-protection-off", "protection", Low, false, "Anybody can delete it by one call"),
        policy("key-missing-in-recovery-region", "encryption", High, true, "Its key has no counterpart"),
        policy("restore-not-tested", "backup", Medium, false, "No restore was tested lately"),
        policy("single-zone-database", "redundancy", High, false, "It stands in one zone"),
    ];
    policies[3].parameters.insert("window_days".to_owned(), json!(90));
    policies[4].remediation = Remediation { summary: "multi_az = true".to_owned(), ..Remediation::default() };
    policies
}

fn resource(kind: &str, name: &str, account: &str, region: &str) -> ResourceRef {
    let id = match kind {
        "aws.efs.filesystem" => format!("arn:aws:elasticfilesystem:{region}:{account}:file-system/{name}"),
        "aws.rds.cluster" => format!("arn:aws:rds:{region}:{account}:cluster:{name}"),
        _ => format!("arn:aws:rds:{region}:{account}:db:{name}"),
    };
    ResourceRef {
        id,
        kind: kind.to_owned(),
        name: name.to_owned(),
        account: account.to_owned(),
        region: region.to_owned(),
        applications: Vec::new(),
        stack: None,
        address: None,
    }
}

fn finding(policies: &[PolicyInfo], id: &str, outcome: Outcome, resource: ResourceRef, message: &str) -> Finding {
    let policy = policies.iter().position(|policy| policy.id == id).expect("a policy of the sample");
    Finding {
        policy,
        outcome,
        severity: policies[policy].severity,
        blocker: policies[policy].blocker && outcome == Outcome::Fail,
        message: message.to_owned(),
        evidence: Evidence::default(),
        fix: None,
        fingerprint: format!("{policy:02x}{:016x}", resource.id.bytes().map(u64::from).sum::<u64>()),
        resource: resource.into(),
        location: None,
        change: None,
        waiver: None,
        behind: None,
    }
}

/// One service, and why it waits for that resource.
fn behind(
    near: &ResourceRef,
    kind: &str,
    name: &str,
    region: &str,
    (field, part): (&str, &str),
) -> Option<Box<Behind>> {
    let id = format!("arn:aws:ecs:{region}:{SHOP}:service/shop/{name}");
    let by = BehindEdge {
        from: id.clone(),
        rel: Some(Rel::ConnectsTo),
        to: near.id.clone(),
        class: Rel::ConnectsTo.class(),
        confidence: Confidence::Matched,
        field: field.to_owned(),
        part: Some(part.to_owned()),
    };
    let [kind, name, region] = [kind, name, region].map(str::to_owned);
    Some(Box::new(Behind { count: 1, nearest: vec![BehindResource { id, kind, name, region, by: Some(by) }] }))
}

fn evidence(fact: &str, actual: Value, required: Value) -> Evidence {
    Evidence { fact: Some(fact.to_owned()), actual: Some(actual), required: Some(required), ..Evidence::default() }
}

fn missing(fact: &str, reason: &str) -> Evidence {
    let missing = vec![Missing { fact: fact.to_owned(), reason: reason.to_owned() }];
    Evidence { missing, ..Evidence::default() }
}

fn waiver(expires: &str, expired: bool) -> WaiverRef {
    WaiverRef {
        attests: false,
        reason: "the data is derived, and is made anew from the lake".to_owned(),
        owner: "data-platform".to_owned(),
        ticket: Some("DR-142".to_owned()),
        compensating_control: Some("nightly rebuild job".to_owned()),
        expires: Some(expires.parse().expect("a date")),
        expired,
        from: "waivers.yaml:12".to_owned(),
    }
}

fn row(account: &str, region: &str, service: &str, status: CoverageStatus, trouble: Option<(&str, &str)>) -> Coverage {
    Coverage {
        account: account.to_owned(),
        region: region.to_owned(),
        service: service.to_owned(),
        status,
        incomplete: Vec::new(),
        action: trouble.map(|(action, _)| action.to_owned()).filter(|action| !action.is_empty()),
        reason: trouble.map(|(_, reason)| reason.to_owned()),
        at: at("2026-10-01T06:00:00Z"),
    }
}

/// The sums are made from the findings, as `assess` makes them from all verdicts.
fn report(policies: Vec<PolicyInfo>, mut verdicts: Vec<Finding>, coverage: Vec<Coverage>) -> Report {
    verdicts.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.outcome, std::cmp::Reverse(finding.severity), finding.policy);
        key(a).cmp(&key(b)).then_with(|| a.resource.id.cmp(&b.resource.id))
    });
    let count = |outcome, area: Option<&str>| {
        let in_area = |finding: &&Finding| area.is_none_or(|area| policies[finding.policy].area == area);
        verdicts.iter().filter(|finding| finding.outcome == outcome).filter(in_area).count()
    };
    let areas: std::collections::BTreeSet<_> = policies.iter().map(|policy| policy.area.as_str()).collect();
    let areas = areas
        .into_iter()
        .map(|area| {
            let [pass, fail, unknown, waived] = [Outcome::Pass, Outcome::Fail, Outcome::Unknown, Outcome::Waived]
                .map(|outcome| count(outcome, Some(area)));
            let (score, decided) = AreaScore::shares(pass, fail, unknown, waived);
            AreaScore { area: area.to_owned(), pass, fail, unknown, waived, score, decided }
        })
        .collect();
    let failed = |severity| {
        verdicts.iter().filter(|finding| finding.outcome == Outcome::Fail && finding.severity == severity).count()
    };
    let places = |place: fn(&ResourceRef) -> &str| {
        verdicts
            .iter()
            .map(|finding| place(&finding.resource))
            .filter(|place| !place.is_empty())
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    };
    let summary = Summary {
        declared: 3,
        attested: 1,
        for_the_running: 2,
        resources: verdicts.iter().map(|finding| &finding.resource.id).collect::<std::collections::BTreeSet<_>>().len(),
        accounts: places(|resource| &resource.account),
        regions: places(|resource| &resource.region),
        outcomes: Outcome::ALL.map(|outcome| (outcome, count(outcome, None))).into(),
        failed: Severity::ALL.map(|severity| (severity, failed(severity))).into(),
        areas,
        not_understood: BTreeMap::new(),
    };
    let gate = Config::default().gate;
    Report {
        tool_version: "0.1.0".to_owned(),
        generated_at: at("2026-10-01T06:05:00Z"),
        sources: vec!["aws".to_owned()],
        collected_at: at("2026-10-01T06:00:00Z"),
        answer: Answer {
            kind: AnswerKind::Recoverable,
            sentence: "RECOVERABLE in us-west-2: nothing stands in the way of 3 applications".to_owned(),
        },
        gate: Gate {
            passed: true,
            status: GateStatus::Passed,
            exit_code: 0,
            fail_on: gate.fail_on,
            strict: gate.strict,
            scope: gate.scope,
            sentence: "gate passed (--fail-on high), exit 0".to_owned(),
        },
        summary,
        applications: Vec::new(),
        policies,
        frameworks: Vec::new(),
        verdicts,
        coverage,
        configuration: Vec::new(),
        notices: Vec::new(),
        change: None,
        stack: None,
    }
}

/// One of everything, of a live estate.
pub(crate) fn mixed() -> Report {
    let policies = policies();
    let of = |id, outcome, resource, message: &str| finding(&policies, id, outcome, resource, message);
    let mut legacy = of(
        "backup-disabled",
        Outcome::Fail,
        resource("aws.rds.instance", "legacy", SHOP, "us-east-1"),
        "backups are off: retention is 0 days, 35 are required",
    );
    legacy.evidence = evidence("backup.retention_days", json!(0), json!(35));
    let of_seven = &policies[0].remediation;
    legacy.fix = Some(Arc::new(Remediation {
        summary: "backup_retention_period = 35".to_owned(),
        terraform: of_seven.terraform.replace('7', "35"),
        ..of_seven.clone()
    }));
    let key = "its key alias/orders has no usable counterpart in us-west-2";
    let mut orders = of(
        "key-missing-in-recovery-region",
        Outcome::Fail,
        resource("aws.rds.cluster", "orders-db", SHOP, "us-east-1"),
        key,
    );
    orders.resource.applications = vec!["orders".to_owned()];
    let says = ("workload.mentions", "container api, environment DB_HOST");
    orders.behind = behind(&orders.resource, "aws.ecs.service", "api", "us-east-1", says);
    let mut files = of(
        "key-missing-in-recovery-region",
        Outcome::Fail,
        resource("aws.efs.filesystem", "fs-0123456789abcdef0", SHOP, "us-east-1"),
        key,
    );
    files.resource.applications = vec!["orders".to_owned(), "shop".to_owned()];
    let mut reports = of(
        "single-zone-database",
        Outcome::Fail,
        resource("aws.rds.instance", "reports", BILLING, "us-east-1"),
        "it stands in one zone only",
    );
    reports.evidence = evidence("redundancy.multi_zone", json!(false), json!(true));
    reports.waiver = Some(Box::new(waiver("2026-09-01", true)));
    let protection = of(
        "deletion-protection-off",
        Outcome::Fail,
        resource("aws.rds.instance", "legacy", SHOP, "us-east-1"),
        "deletion protection is off",
    );
    let mut untested = of(
        "restore-not-tested",
        Outcome::Unknown,
        resource("aws.rds.cluster", "orders-db", SHOP, "us-east-1"),
        "whether a restore was tested is not known",
    );
    untested.evidence = missing("joined.restore_test_age_days", "backup:ListRestoreJobs denied");
    let mut unseen = of(
        "key-missing-in-recovery-region",
        Outcome::Unknown,
        resource("aws.rds.instance", "invoices", BILLING, "us-east-1"),
        "the keys of us-west-2 were not seen",
    );
    unseen.evidence = missing("joined.keys", "kms:ListKeys denied in us-west-2");
    let error = of(
        "restore-not-tested",
        Outcome::Error,
        resource("aws.rds.instance", "legacy", SHOP, "us-east-1"),
        "div by zero at restore_not_tested.rego:31",
    );
    let mut waived = of(
        "backup-disabled",
        Outcome::Waived,
        resource("aws.rds.instance", "lake-cache", BILLING, "us-east-1"),
        "backups are off: retention is 0 days, 7 are required",
    );
    waived.evidence = evidence("backup.retention_days", json!(0), json!(7));
    waived.waiver = Some(Box::new(waiver("2026-12-31", false)));
    let pass = of("backup-disabled", Outcome::Pass, resource("aws.rds.cluster", "orders-db", SHOP, "us-east-1"), "");
    let not_applicable = of(
        "single-zone-database",
        Outcome::NotApplicable,
        resource("aws.rds.cluster", "orders-db", SHOP, "us-east-1"),
        "",
    );
    let denied = Some(("backup:ListRecoveryPointsByBackupVault", "no identity-based policy allows it"));
    let silent = Some(("", "no answer after 6 tries"));
    let coverage = vec![
        row(SHOP, "us-east-1", "rds", CoverageStatus::Complete, None),
        row(SHOP, "us-west-2", "kms", CoverageStatus::Partial, Some(("kms:DescribeKey", "AccessDenied"))),
        row(SHOP, "us-east-1", "backup", CoverageStatus::Denied, denied),
        row(SHOP, "us-west-2", "backup", CoverageStatus::Denied, denied),
        row(BILLING, "us-east-1", "backup", CoverageStatus::Denied, denied),
        row(BILLING, "us-west-2", "backup", CoverageStatus::Denied, denied),
        row(BILLING, "eu-west-1", "elasticache", CoverageStatus::Failed, silent),
        row(BILLING, "eu-west-1", "rds", CoverageStatus::Failed, silent),
        row("777788889999", "", "*", CoverageStatus::Failed, Some(("", "sts:AssumeRole was refused"))),
    ];
    let verdicts =
        vec![legacy, orders, files, reports, protection, untested, unseen, error, waived, pass, not_applicable];
    let mut report = report(policies, verdicts, coverage);
    report.answer = Answer {
        kind: AnswerKind::NotRecoverable,
        sentence: "NOT RECOVERABLE in us-west-2: 3 blockers stand in the way of 2 of 3 applications".to_owned(),
    };
    report.gate.passed = false;
    report.gate.status = GateStatus::Failed;
    report.gate.exit_code = 2;
    report.gate.sentence = "gate failed: 1 critical and 3 high (--fail-on high), 1 policy errored, exit 2".to_owned();
    report.applications = vec![
        ApplicationResult { name: "orders".to_owned(), resources: 14, blockers: 2, failed: 2, unknown: 1 },
        ApplicationResult { name: "reporting".to_owned(), resources: 3, blockers: 0, failed: 0, unknown: 0 },
        ApplicationResult { name: "shop".to_owned(), resources: 8, blockers: 1, failed: 1, unknown: 0 },
    ];
    report.notices = vec![Notice {
        level: NoticeLevel::Warning,
        text: "the waiver of waivers.yaml:12 expires in 9 days".to_owned(),
    }];
    report.configuration = vec![Notice::note("no seaworthy.yaml was found: the defaults are used")];
    report.summary.not_understood = BTreeMap::from([("aws_foo".to_owned(), 3), ("aws_quux_bar".to_owned(), 1)]);
    report
}

/// A plan that takes away a replica.
pub(crate) fn change() -> Report {
    let policies = policies();
    let of = |id, outcome, address: &str, line: u32, status, message: &str| {
        let name = address.rsplit('.').next().unwrap_or_default();
        let mut resource = resource("aws.rds.instance", name, SHOP, "us-east-1");
        resource.address = Some(address.to_owned());
        let mut finding = finding(&policies, id, outcome, resource, message);
        let at = Location { file: "db/main.tf".to_owned(), line, extent: None, related: None };
        finding.location = Some(Box::new(at));
        finding.change = Some(FindingChange { status, was: None, action: Some(Action::Update) });
        finding
    };
    use ChangeStatus::{Existing, Fixed, Introduced};
    let mut lowered = of(
        "backup-disabled",
        Outcome::Fail,
        "module.orders.aws_db_instance.orders",
        41,
        Introduced,
        "this change turns backups off: retention goes from 14 days to 0",
    );
    lowered.evidence = evidence("backup.retention_days", json!(0), json!(7));
    let mut module = of(
        "single-zone-database",
        Outcome::Fail,
        "module.registry.module.database[\"eu-central-1\"].aws_db_instance.this_is_quite_a_long_name[0]",
        7,
        Introduced,
        "it stands in one zone only",
    );
    module.evidence = evidence("redundancy.multi_zone", json!(false), json!(true));
    let inner =
        Location { file: ".terraform/modules/registry/main.tf".to_owned(), line: 120, extent: None, related: None };
    let at = Location { file: "registry.tf".to_owned(), line: 7, extent: None, related: Some(Box::new(inner)) };
    module.location = Some(Box::new(at));
    let old = of(
        "deletion-protection-off",
        Outcome::Fail,
        "aws_db_instance.legacy",
        3,
        Existing,
        "deletion protection is off",
    );
    let fixed = of(
        "single-zone-database",
        Outcome::Pass,
        "aws_db_instance.legacy",
        3,
        Fixed,
        "no longer so: it stands in one zone only",
    );
    let mut unknown = of(
        "key-missing-in-recovery-region",
        Outcome::Unknown,
        "module.orders.aws_db_instance.orders",
        38,
        Introduced,
        "its key is known only after apply",
    );
    unknown.evidence = missing("encryption.key", "known only after apply");
    unknown.change = unknown.change.map(|change| FindingChange { was: Some(Outcome::Pass), ..change });
    let coverage = vec![row("", "", "*", CoverageStatus::Skipped, Some(("", "a plan sees its own workspace only")))];
    let mut report = report(policies, vec![lowered, module, old, fixed, unknown], coverage);
    report.sources = vec!["terraform-plan plan.json".to_owned()];
    report.answer =
        Answer { kind: AnswerKind::NotRecoverable, sentence: "NOT RECOVERABLE in us-west-2: 1 blocker".to_owned() };
    report.gate.passed = false;
    report.gate.status = GateStatus::Failed;
    report.gate.exit_code = 1;
    report.gate.sentence =
        "gate failed: this change introduces 1 critical and 1 high (--fail-on high), exit 1".to_owned();
    report.change = Some(ChangeSummary {
        sentence:
            "this change makes orders-db unrecoverable in us-west-2: it deletes orders-db-replica, its only copy \
                   there (db/main.tf:41)"
                .to_owned(),
        introduced: 2,
        waived: 1,
        in_baseline: 3,
        unknown: 4,
        fixed: 1,
        existing: 1,
        lost: 1,
        actions: BTreeMap::from([(Action::NoOp, 9), (Action::Create, 2), (Action::Update, 3), (Action::Delete, 1)]),
        reach: BTreeMap::from([
            (Action::Create, Reach { judged: 2, parts: 1, not_judged: 4, filtered: 0 }),
            (Action::Update, Reach { judged: 2, parts: 0, not_judged: 0, filtered: 1 }),
            (Action::Delete, Reach { judged: 1, ..Reach::default() }),
        ]),
        plans: Vec::new(),
    });
    report
}

/// Nothing was found.
pub(crate) fn empty() -> Report {
    report(policies(), Vec::new(), Vec::new())
}

/// Nothing could be told.
pub(crate) fn unknown() -> Report {
    let policies = policies();
    let verdicts = policies
        .iter()
        .enumerate()
        .flat_map(|(at, policy)| (0..if at == 0 { 25 } else { 2 }).map(move |number| (policy, number)))
        .map(|(policy, number)| {
            let resource = resource("aws.rds.instance", &format!("db-{number:02}"), SHOP, "us-east-1");
            let mut finding = finding(&policies, &policy.id, Outcome::Unknown, resource, "what it needs is not known");
            let reason = if number < 24 { "rds:DescribeDBInstances failed" } else { "known only after apply" };
            finding.evidence = missing("backup.retention_days", reason);
            finding
        })
        .collect();
    let coverage =
        vec![row(SHOP, "us-east-1", "rds", CoverageStatus::Failed, Some(("rds:DescribeDBInstances", "500")))];
    let mut report = report(policies, verdicts, coverage);
    report.answer = Answer {
        kind: AnswerKind::CannotTell,
        sentence: "CANNOT TELL whether us-east-1 can be recovered: 33 verdicts are unknown".to_owned(),
    };
    report
}

const NASTY: &str = "=cmd|' /C calc'!A1\u{1b}[31m::error::pwned%0A,file=x:y\r\n</script><script>alert(1)</script>\0\
     \u{202e}evil\u{2066} 全角データ `x` @everyone [click](http://evil) <!-- seaworthy --> </details> | * _ #1";

/// Everything that others wrote is written to hurt.
pub(crate) fn hostile() -> Report {
    let nasty = NASTY;
    let mut policies = policies();
    policies.truncate(1);
    let policy = &mut policies[0];
    for text in
        [&mut policy.title, &mut policy.description, &mut policy.remediation.summary, &mut policy.remediation.cli]
    {
        *text = nasty.to_owned();
    }
    policy.remediation.terraform = format!("```\n~~~~\n{nasty}");
    policy.references = vec![nasty.to_owned(), "javascript:alert(1)".to_owned()];
    let of = |name: &str, outcome| {
        let resource = ResourceRef {
            id: format!("arn:aws:rds:us-east-1:{SHOP}:db:{name}"),
            kind: "aws.rds.instance".to_owned(),
            name: name.to_owned(),
            account: nasty.to_owned(),
            region: nasty.to_owned(),
            applications: vec![nasty.to_owned()],
            stack: None,
            address: Some(format!("aws_db_instance.{name}")),
        };
        let file = format!("./a dir/ü#?%:,|{nasty}.tf");
        let mut finding = finding(&policies, "backup-disabled", outcome, resource, nasty);
        finding.behind = behind(&finding.resource, nasty, nasty, nasty, (nasty, nasty));
        finding.location = Some(Box::new(Location { file, line: 0, extent: None, related: None }));
        finding.evidence = Evidence {
            kind: crate::result::EvidenceKind::Declared,
            fact: Some(nasty.to_owned()),
            actual: Some(json!({nasty: [nasty]})),
            required: Some(Value::Null),
            details: serde_json::Map::from_iter([(nasty.to_owned(), json!(nasty))]),
            missing: vec![Missing { fact: nasty.to_owned(), reason: nasty.to_owned() }],
        };
        finding
    };
    let mut waived = of("waived", Outcome::Waived);
    waived.waiver = Some(Box::new(WaiverRef {
        attests: false,
        reason: nasty.to_owned(),
        owner: nasty.to_owned(),
        ticket: Some(nasty.to_owned()),
        from: nasty.to_owned(),
        ..waiver("2026-12-31", false)
    }));
    let mut plain = of("+plain", Outcome::Fail);
    plain.fix = Some(Arc::new(Remediation {
        summary: format!("own {nasty}"),
        terraform: format!("~~~~\n{nasty}"),
        ..Remediation::default()
    }));
    plain.location = None;
    plain.resource.address = None;
    let verdicts =
        vec![of(nasty, Outcome::Fail), plain, of(nasty, Outcome::Unknown), of("-error", Outcome::Error), waived];
    let coverage = vec![
        row(nasty, nasty, nasty, CoverageStatus::Failed, Some((nasty, nasty))),
        Coverage {
            incomplete: vec![Kind::of("aws.rds.instance")],
            ..row("", "", "rds", CoverageStatus::Partial, None)
        },
    ];
    let mut report = report(policies, verdicts, coverage);
    report.sources = vec![nasty.to_owned()];
    report.answer = Answer { kind: AnswerKind::NotRecoverable, sentence: nasty.to_owned() };
    report.gate.sentence = nasty.to_owned();
    report.applications =
        vec![ApplicationResult { name: nasty.to_owned(), resources: 1, blockers: 0, failed: 1, unknown: 1 }];
    report.configuration = vec![Notice::warning(nasty)];
    report.notices = vec![Notice { level: NoticeLevel::Warning, text: nasty.to_owned() }];
    report.summary.not_understood = BTreeMap::from([(nasty.to_owned(), 1)]);
    report
}

/// The first finding of the mixed one so many times, of five policies, each with a long name of its own.
pub(super) fn many(findings: usize) -> Report {
    let mut report = mixed();
    let failed = report.verdicts[0].clone();
    report.verdicts = (0..findings)
        .map(|number| {
            let mut finding = failed.clone();
            finding.policy = number % 5;
            finding.resource.name = format!("db-{number}-{}", "x".repeat(200));
            finding
        })
        .collect();
    report
}
