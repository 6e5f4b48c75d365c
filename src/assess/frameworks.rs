//! How the estate stands by what a framework requires: what the policies that answer a requirement say together, what
//! that rests on and how old it is, and what nobody could look at.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{Look as Place, look, not_looked_at, regional_services, unseen_looks};
use super::{JudgedEstate, Settings};
use crate::model::{Coverage, CoverageStatus, Kind, Timestamp};
use crate::policy::{Decided, Framework, PolicySet, Requirement, SeenIn, Tally};
use crate::result::{
    EvidenceKind, EvidenceShare, Finding, FrameworkReport, Look, Outcome, RequirementOutcome, RequirementReport,
};

const SECONDS_A_DAY: i64 = 86_400;

/// Tells of every framework that was asked for, requirement by requirement.
pub(super) fn frameworks(
    policies: &PolicySet,
    estate: JudgedEstate<'_>,
    tallies: &[Tally],
    findings: &[Finding],
    settings: &Settings<'_>,
) -> Vec<FrameworkReport> {
    let asked = settings.frameworks;
    if asked.frameworks.is_empty() {
        return Vec::new();
    }
    let all = regional_services(Kind::all());
    let inventory = estate.inventory;
    let mut unseen = unseen_looks(&all, inventory, &settings.narrowed);
    for row in inventory.coverage.iter().filter(|row| is_no_gap(row)) {
        unseen.remove(&look(row));
    }
    // Where code alone tells of an account, nobody was to look there: only a part of the estate was judged.
    if inventory.coverage.iter().any(Coverage::is_of_a_workspace) {
        let live = inventory.coverage.iter().filter(|row| !row.is_of_a_workspace());
        let accounts: BTreeSet<&str> = live.map(|row| row.account.as_str()).collect();
        unseen.retain(|(account, ..)| accounts.contains(account));
    }
    let narrowed = &settings.narrowed;
    let any = |is: fn(&Coverage) -> bool| inventory.coverage.iter().any(is);
    let all_in_code = settings.statement.all_in_code && !any(Coverage::is_of_a_part);
    let is_part = (any(Coverage::is_of_a_workspace) && !all_in_code)
        || narrowed.filter.is_some()
        || narrowed.resources + narrowed.doubtful + narrowed.aside > 0
        || !settings.incomplete.is_empty()
        || !settings.not_understood.is_empty();
    let evidence = evidence(policies, estate, findings, settings);
    let known = Known { policies, estate, tallies, settings, unseen, evidence, is_part };
    asked.frameworks.iter().map(|framework| known.framework(framework)).collect()
}

/// Everything that there is was listed, so that facts which are missing make verdicts unknown; and that a plan does not
/// show the rest of the estate is no look that failed.
fn is_no_gap(row: &Coverage) -> bool {
    (row.status == CoverageStatus::Partial && row.incomplete.is_empty()) || row.is_of_a_workspace()
}

/// What all requirements are told from.
struct Known<'a> {
    policies: &'a PolicySet,
    estate: JudgedEstate<'a>,
    tallies: &'a [Tally],
    settings: &'a Settings<'a>,
    unseen: BTreeSet<Place<'a>>,
    /// For each policy.
    evidence: Vec<BTreeMap<EvidenceKind, EvidenceShare>>,
    is_part: bool,
}

impl Known<'_> {
    fn framework(&self, framework: &Framework) -> FrameworkReport {
        FrameworkReport {
            id: framework.id.clone(),
            title: framework.title.clone(),
            edition: framework.edition.clone(),
            urls: framework.urls.clone(),
            requirements: framework.requirements.iter().map(|one| self.requirement(framework, one)).collect(),
        }
    }

    fn requirement(&self, framework: &Framework, requirement: &Requirement) -> RequirementReport {
        let answers = |set: &PolicySet| framework.answers(requirement, set.policies());
        let policies = answers(self.policies);
        let there_are = answers(self.settings.frameworks.policies).len();
        let mut verdicts: BTreeMap<Outcome, usize> = BTreeMap::new();
        let tallies = policies.iter().filter_map(|policy| self.tallies.get(*policy));
        for (outcome, number) in tallies.flatten().filter(|(_, number)| **number > 0) {
            *verdicts.entry(*outcome).or_default() += number;
        }
        let of_policies = |numbers: &[usize]| policies.iter().filter_map(|policy| numbers.get(*policy)).sum();
        let mut report = RequirementReport {
            id: requirement.id.clone(),
            title: requirement.title.clone(),
            coverage: requirement.provable(there_are),
            rest: requirement.rest.clone(),
            outcome: RequirementOutcome::Manual,
            verdicts,
            evidence: self.evidence_of(&policies),
            not_seen: self.not_seen(&policies),
            left_out: there_are - policies.len(),
            for_the_running: of_policies(&self.estate.judged.for_the_running),
            is_part: self.is_part,
            policies,
        };
        report.outcome = report.decide();
        report
    }

    fn evidence_of(&self, policies: &[usize]) -> Vec<EvidenceShare> {
        let mut shares: BTreeMap<EvidenceKind, EvidenceShare> = BTreeMap::new();
        for share in policies.iter().filter_map(|policy| self.evidence.get(*policy)).flat_map(BTreeMap::values) {
            add(&mut shares, share.clone());
        }
        shares.into_values().collect()
    }

    /// Looks at what the policies judge that failed or were never made.
    fn not_seen(&self, policies: &[usize]) -> Vec<Look> {
        let kinds: BTreeSet<Kind> = policies
            .iter()
            .filter_map(|policy| self.policies.policies().get(*policy))
            .flat_map(|policy| policy.kinds())
            .filter(|kind| kind.info().collected)
            .collect();
        let services: BTreeSet<&str> = kinds.iter().map(|kind| kind.info().service).collect();
        let of_those = self.unseen.iter().filter(|(_, _, service)| *service == "*" || services.contains(service));
        let owned = |account: &str, region: &str, service: &str| Look {
            service: service.to_owned(),
            account: account.to_owned(),
            region: region.to_owned(),
        };
        let statement = self.settings.statement;
        let nowhere = not_looked_at(kinds, self.estate.inventory).into_iter().filter(|service| {
            !statement.without.iter().any(|word| word == service) && !self.settings.narrowed.services.contains(service)
        });
        let failed = of_those.map(|(account, region, service)| owned(account, region, service));
        failed.chain(nowhere.map(|service| owned("", "", service))).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// What the decided verdicts of each policy rest on.
fn evidence(
    policies: &PolicySet,
    estate: JudgedEstate<'_>,
    findings: &[Finding],
    settings: &Settings<'_>,
) -> Vec<BTreeMap<EvidenceKind, EvidenceShare>> {
    let mut by_account: BTreeMap<&str, Vec<&Coverage>> = BTreeMap::new();
    for row in &estate.inventory.coverage {
        by_account.entry(&row.account).or_default().push(row);
    }
    let mut evidence = vec![BTreeMap::new(); policies.policies().len()];
    for (policy, (shares, grounds)) in evidence.iter_mut().zip(&estate.judged.grounds).enumerate() {
        let services = settings.frameworks.services.get(policy);
        for ((kind, place), Decided { verdicts, measured_days }) in grounds {
            let counts = |service: &str| service == "*" || services.is_none_or(|of| of.contains(service));
            let seen = seen_at(&by_account, place, counts).unwrap_or(estate.inventory.collected_at);
            let days = i64::from(measured_days.unwrap_or_default());
            let oldest = Timestamp::from_second(seen.as_second() - days * SECONDS_A_DAY).unwrap_or(seen);
            add(shares, EvidenceShare { kind: *kind, verdicts: *verdicts, oldest: Some(oldest), until: None });
        }
    }
    for finding in findings.iter().filter(|finding| finding.is_attested()) {
        let until = finding.waiver.as_ref().and_then(|waiver| waiver.expires);
        let word = EvidenceShare { kind: EvidenceKind::Attested, verdicts: 1, oldest: None, until };
        if let Some(shares) = evidence.get_mut(finding.policy) {
            add(shares, word);
        }
    }
    evidence
}

/// When a place was looked at, and where its resources come back: the oldest of the looks at services that count. What a
/// plan or a state shows has no account.
fn seen_at(
    by_account: &BTreeMap<&str, Vec<&Coverage>>,
    place: &SeenIn,
    counts: impl Fn(&str) -> bool,
) -> Option<Timestamp> {
    let workspace = ("", "");
    let recovery = place.recovery.iter().map(|(account, region)| (account.as_str(), region.as_str()));
    let places = recovery.chain([(place.own.0.as_str(), place.own.1.as_str()), workspace]);
    let rows = places.flat_map(|(account, region)| {
        let there = by_account.get(account).into_iter().flatten();
        there.filter(move |row| row.region.is_empty() || row.region == region)
    });
    rows.filter(|row| counts(&row.service)).map(|row| row.at).min()
}

/// Both together: as old as the older one, and over with the first that ends.
fn add(shares: &mut BTreeMap<EvidenceKind, EvidenceShare>, share: EvidenceShare) {
    match shares.get_mut(&share.kind) {
        Some(sum) => {
            sum.verdicts += share.verdicts;
            sum.oldest = [sum.oldest, share.oldest].into_iter().flatten().min();
            sum.until = [sum.until, share.until].into_iter().flatten().min();
        }
        None => drop(shares.insert(share.kind, share)),
    }
}
