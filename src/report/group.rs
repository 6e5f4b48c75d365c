//! Verdicts in the order in which people read them: by outcome, then what a change did, then severity, then policy.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{Coverage, CoverageStatus, Severity};
use crate::result::{ChangeStatus, Finding, Outcome, PolicyInfo, Remediation, Report};

/// The verdicts of one policy that are alike.
pub(crate) struct Group<'a> {
    pub status: Option<ChangeStatus>,
    /// They passed before the change, and cannot be told any more.
    pub lost: bool,
    pub severity: Severity,
    pub policy: &'a PolicyInfo,
    pub findings: Vec<&'a Finding>,
}

impl Group<'_> {
    /// One of them is a blocker.
    pub(crate) fn is_blocker(&self) -> bool {
        self.findings.iter().any(|finding| finding.blocker)
    }

    /// The summary of what fixes all of them alike; `None`: the facts of each ask for something else.
    pub(crate) fn fix_said_once(&self) -> Option<&str> {
        self.alike(|fix| &fix.summary)
    }

    /// The code that fixes all of them alike, else the policy's.
    pub(crate) fn terraform(&self) -> &str {
        self.alike(|fix| &fix.terraform).unwrap_or(&self.policy.remediation.terraform)
    }

    /// What fixes one of them, where it is not said once for all.
    pub(crate) fn own_fix(&self, finding: &Finding) -> Option<String> {
        let apart = self.fix_said_once().is_none();
        apart.then(|| format!("fix: {}", finding.remediation(self.policy).summary))
    }

    fn alike(&self, part: impl Fn(&Remediation) -> &String) -> Option<&str> {
        let mut parts = self.findings.iter().map(|finding| part(finding.remediation(self.policy)).as_str());
        let first = parts.next().unwrap_or_default();
        parts.all(|other| other == first).then_some(first)
    }
}

/// The verdicts of that outcome; what a change introduced comes first, of it what had passed before, then the worst.
pub(crate) fn groups(report: &Report, outcome: Outcome) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for finding in report.verdicts.iter().filter(|finding| finding.outcome == outcome) {
        let status = finding.change.as_ref().map(|change| change.status);
        groups
            .entry((status, Reverse(finding.is_lost()), Reverse(finding.severity), finding.policy))
            .or_default()
            .push(finding);
    }
    groups
        .into_iter()
        .map(|((status, Reverse(lost), Reverse(severity), policy), findings)| Group {
            status,
            lost,
            severity,
            policy: &report.policies[policy],
            findings,
        })
        .collect()
}

/// Puts together what has the same key, in the order of first appearance.
pub(crate) fn together<T, K: PartialEq>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<(K, Vec<T>)> {
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for item in items {
        let key = key(&item);
        match groups.iter_mut().find(|(other, _)| *other == key) {
            Some((_, group)) => group.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    groups
}

/// What was not seen, a sentence each. The same trouble in several regions, services or accounts is one sentence.
pub(crate) fn gaps(coverage: &[Coverage]) -> Vec<String> {
    let what = |row: &Coverage| (row.action.clone(), row.service.clone());
    let mut rows: Vec<Coverage> =
        coverage.iter().filter(|row| row.status != CoverageStatus::Complete).cloned().collect();
    for row in &mut rows {
        row.action = Some(row.what().to_owned());
        row.service.clear();
        row.incomplete.clear();
    }
    rows = merge(rows, |row| (row.status, row.reason.clone(), row.account.clone(), what(row)), |row| &mut row.region);
    rows = merge(
        rows,
        |row| (row.status, row.reason.clone(), row.account.clone(), row.region.clone()),
        |row| row.action.get_or_insert_default(),
    );
    rows = merge(rows, |row| (row.status, row.reason.clone(), what(row), row.region.clone()), |row| &mut row.account);
    for row in &mut rows {
        shorten(&mut row.region);
        shorten(&mut row.account);
    }
    rows.iter().map(Coverage::sentence).collect()
}

/// A list of very many regions or accounts names the first ones; the JSON report names all.
fn shorten(list: &mut String) {
    const NAMED: usize = 4;
    let names: Vec<_> = list.split(", ").collect();
    if names.len() > NAMED + 1 {
        *list = format!("{} and {} more", names[..NAMED].join(", "), names.len() - NAMED);
    }
}

/// Rows with the same key become one, in which that field lists what theirs said.
fn merge<K: PartialEq>(
    rows: Vec<Coverage>,
    key: impl Fn(&Coverage) -> K,
    field: impl Fn(&mut Coverage) -> &mut String,
) -> Vec<Coverage> {
    together(rows, key)
        .into_iter()
        .filter_map(|(_, mut rows)| {
            let mut values: Vec<_> = rows.iter_mut().map(|row| std::mem::take(field(row))).collect();
            values.sort();
            values.dedup();
            let mut row = rows.into_iter().next()?;
            *field(&mut row) = values.join(", ");
            Some(row)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn of_a_plan_the_estate_is_only_partly_seen() {
        let row = Coverage {
            account: String::new(),
            region: String::new(),
            service: "*".to_owned(),
            status: CoverageStatus::Partial,
            incomplete: Vec::new(),
            action: None,
            reason: Some("a plan sees its own workspace only".to_owned()),
            at: crate::model::Timestamp::UNIX_EPOCH,
        };
        assert_eq!(gaps(&[row]), ["the estate is only partly seen: a plan sees its own workspace only"]);
    }

    #[test]
    fn the_same_trouble_is_told_once() {
        assert_eq!(
            gaps(&sample::mixed().coverage),
            [
                "kms:DescribeKey only partly seen in 111122223333 · us-west-2: AccessDenied",
                "backup:ListRecoveryPointsByBackupVault denied in 111122223333, 444455556666 · us-east-1, us-west-2: \
                 no identity-based policy allows it",
                "elasticache, rds failed in 444455556666 · eu-west-1: no answer after 6 tries",
                "everything failed in 777788889999: sts:AssumeRole was refused",
            ]
        );
    }
}
