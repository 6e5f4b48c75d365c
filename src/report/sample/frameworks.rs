//! The samples, told by requirement.

use std::collections::BTreeMap;

use crate::model::Timestamp;
use crate::result::*;

/// Every outcome that a requirement may have, of a sample with five policies.
pub(crate) fn by_requirement(mut report: Report) -> Report {
    let share = |kind, verdicts, oldest: &str, until: Option<&str>| EvidenceShare {
        kind,
        verdicts,
        oldest: oldest.parse::<Timestamp>().ok(),
        until: until.and_then(|day| day.parse().ok()),
    };
    let look = |service: &str, account: &str, region: &str| Look {
        service: service.to_owned(),
        account: account.to_owned(),
        region: region.to_owned(),
    };
    // One of which no verdict is listed.
    let unlisted = report.policies.len();
    let other = PolicyInfo {
        id: "no-copy-in-recovery-region".to_owned(),
        title: "Copies of the data exist, but none in the recovery region".to_owned(),
        ..report.policies[0].clone()
    };
    report.policies.push(other);
    let asked = |policies: &[usize]| -> Vec<usize> {
        policies.iter().copied().filter(|policy| *policy < report.policies.len()).collect()
    };
    let requirement = |id: &str, title: &str, coverage, policies: &[usize]| {
        let policies = asked(policies);
        let mut verdicts: BTreeMap<Outcome, usize> = BTreeMap::new();
        for finding in report.verdicts.iter().filter(|finding| policies.contains(&finding.policy)) {
            *verdicts.entry(finding.outcome).or_default() += 1;
        }
        RequirementReport {
            id: id.to_owned(),
            title: title.to_owned(),
            coverage,
            rest: String::new(),
            outcome: RequirementOutcome::Manual,
            policies,
            verdicts,
            evidence: Vec::new(),
            not_seen: Vec::new(),
            left_out: 0,
            for_the_running: 0,
            is_part: false,
        }
    };
    let mut backup = requirement("CP-9", "System Backup", Provable::Partial, &[0, 2, 3]);
    backup.rest = "system documentation, and the confidentiality of backups".to_owned();
    backup.evidence = vec![
        share(EvidenceKind::Observed, 3, "2026-10-01T06:00:00Z", None),
        share(EvidenceKind::Measured, 1, "2026-07-03T06:00:00Z", None),
        share(EvidenceKind::Attested, 2, "", Some("2026-12-31")),
    ];
    let mut testing = requirement("CP-4", "Contingency Plan Testing", Provable::Partial, &[3]);
    (testing.left_out, testing.for_the_running) = (1, 2);
    testing.not_seen = vec![
        look("backup", "111122223333", "us-east-1"),
        look("backup", "111122223333", "us-west-2"),
        look("elasticache", "444455556666", "eu-west-1"),
        look("rds", "444455556666", "eu-west-1"),
        look("s3", "", ""),
        look("*", "777788889999", ""),
    ];
    let mut waived = requirement("CP-6", "Alternate Storage Site", Provable::Full, &[]);
    waived.policies = vec![unlisted];
    waived.verdicts = BTreeMap::from([(Outcome::Pass, 4), (Outcome::Waived, 1)]);
    waived.evidence = vec![share(EvidenceKind::Declared, 5, "2026-09-30T06:00:00Z", None)];
    let mut whole = requirement("CP-9(5)", "System Backup: Transfer to Alternate Storage Site", Provable::Full, &[]);
    whole.policies = vec![unlisted];
    whole.verdicts = BTreeMap::from([(Outcome::Pass, 1_204)]);
    whole.evidence = vec![share(EvidenceKind::Observed, 1_204, "2026-10-01T06:00:00Z", None)];
    let mut partly = RequirementReport { id: "CP-10".to_owned(), is_part: true, ..whole.clone() };
    partly.title = "System Recovery and Reconstitution".to_owned();
    let mut nothing = requirement("SI-13", "Predictable Failure Prevention", Provable::Partial, &[]);
    nothing.policies = vec![unlisted];
    nothing.verdicts = BTreeMap::from([(Outcome::NotApplicable, 3)]);
    let manual = requirement("CP-1", "Policy and Procedures", Provable::Manual, &[]);
    let plans = requirement("CP-3", "Contingency Training", Provable::Manual, &[]);
    let mut requirements = vec![manual, plans, testing, waived, backup, whole, partly, nothing];
    requirements.iter_mut().for_each(|one| one.outcome = one.decide());
    report.frameworks = vec![
        FrameworkReport {
            id: "nist-800-53-r5".to_owned(),
            title: "NIST SP 800-53, Security and Privacy Controls".to_owned(),
            edition: "Revision 5".to_owned(),
            urls: vec!["https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final".to_owned()],
            requirements,
        },
        FrameworkReport {
            id: "our-own".to_owned(),
            title: "Our own controls".to_owned(),
            edition: String::new(),
            urls: Vec::new(),
            requirements: Vec::new(),
        },
    ];
    report
}

/// Whoever writes a framework of their own may write anything into it.
pub(crate) fn hurt(mut report: Report, nasty: &str) -> Report {
    for framework in &mut report.frameworks {
        for text in [&mut framework.id, &mut framework.title, &mut framework.edition] {
            *text = nasty.to_owned();
        }
        framework.urls = vec![nasty.to_owned(), "javascript:alert(1)".to_owned()];
        framework.requirements.truncate(5);
        for (at, requirement) in framework.requirements.iter_mut().enumerate() {
            for text in [&mut requirement.id, &mut requirement.title, &mut requirement.rest] {
                *text = format!("{nasty}{at}");
            }
            for look in &mut requirement.not_seen {
                (look.service, look.account, look.region) = (nasty.to_owned(), nasty.to_owned(), nasty.to_owned());
            }
        }
    }
    report
}
