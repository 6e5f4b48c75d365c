//! How an estate stands by what a framework requires.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{EvidenceKind, Outcome};
use crate::model::Timestamp;

/// A recognised framework, requirement by requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkReport {
    /// `nist-800-53-r5`.
    pub id: String,
    /// `NIST SP 800-53, Security and Privacy Controls`.
    pub title: String,
    /// Which edition of it; empty where it has none.
    pub edition: String,
    /// Where it can be read.
    pub urls: Vec<String>,
    /// In its own order.
    pub requirements: Vec<RequirementReport>,
}

impl FrameworkReport {
    /// How many requirements have which outcome, in the order of [`RequirementOutcome::ALL`].
    pub fn outcomes(&self) -> BTreeMap<RequirementOutcome, usize> {
        let mut outcomes = BTreeMap::new();
        for requirement in &self.requirements {
            *outcomes.entry(requirement.outcome).or_default() += 1;
        }
        outcomes
    }
}

/// One requirement of a framework, and what the policies that answer it say together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementReport {
    /// As the framework calls it: `CP-9(1)`.
    pub id: String,
    /// What it asks for, in a few words.
    pub title: String,
    /// How much of it policies can prove.
    pub coverage: Provable,
    /// What is left for a person to show, where policies prove a part. Empty where nothing is said.
    pub rest: String,
    /// What it comes to.
    pub outcome: RequirementOutcome,
    /// Indexes into [`Report::policies`](super::Report::policies) of those that answer it.
    pub policies: Vec<usize>,
    /// Their verdicts by outcome, waivers applied. Outcomes that none has are not there.
    pub verdicts: BTreeMap<Outcome, usize>,
    /// What the decided ones of them rest on, by kind.
    pub evidence: Vec<EvidenceShare>,
    /// What its policies judge and nobody could look at, or not completely. Sorted.
    pub not_seen: Vec<Look>,
    /// Policies that answer it and were left out of the run.
    pub left_out: usize,
    /// Questions that only the running estate answers, and that were not asked.
    pub for_the_running: usize,
    /// Only a part of the estate was judged: a plan sees its own workspace, and filters leave the rest out.
    pub is_part: bool,
}

/// Evidence of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceShare {
    /// How it is known.
    pub kind: EvidenceKind,
    /// Decided verdicts that rest on it.
    pub verdicts: usize,
    /// From when the oldest of it is: when it was collected, or measured before that. None of a person's word.
    pub oldest: Option<Timestamp>,
    /// Of a person's word: the day on which the first of it ends.
    pub until: Option<Date>,
}

/// A service in a place, as coverage has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Look {
    /// `*` for all of them.
    pub service: String,
    /// Empty where it is not known, or where nobody looked anywhere.
    pub account: String,
    /// Empty for services that live once an account.
    pub region: String,
}

/// How much of a requirement policies can prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Provable {
    /// The whole sentence.
    Full,
    /// A part of it: the rest is for a person to show.
    Partial,
    /// Nothing: it is about people, documents or decisions.
    Manual,
}

impl Provable {
    /// As it is written in files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Partial => "partial",
            Self::Manual => "manual",
        }
    }
}

/// What a requirement comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementOutcome {
    /// A policy fails.
    Fail,
    /// None fails, and something is not known: a verdict, what nobody could look at, or what was not asked.
    Unknown,
    /// Everything is known, and somebody answers for what fails.
    Waived,
    /// The policies prove all of it, and all that was judged passes.
    Pass,
    /// What policies can check passes, and the rest is manual.
    Partly,
    /// No policy can prove it.
    Manual,
    /// Everything was seen, and nothing that it is about is there.
    NotApplicable,
}

impl RequirementOutcome {
    /// In the order in which reports count them.
    pub const ALL: [Self; 7] =
        [Self::Fail, Self::Unknown, Self::Waived, Self::Pass, Self::Partly, Self::Manual, Self::NotApplicable];

    /// As it is written in files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Waived => "waived",
            Self::Pass => "pass",
            Self::Partly => "partly",
            Self::Manual => "manual",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// For a reader who does not know the words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Fail => "a policy fails",
            Self::Unknown => "nothing fails, and something could not be told or was not looked at",
            Self::Waived => "a policy fails, and somebody answers for it until a day",
            Self::Pass => "policies prove all of it, and they pass",
            Self::Partly => "what policies can check passes; the rest is for a person to show",
            Self::Manual => "no policy can prove it: it is for a person to show",
            Self::NotApplicable => "nothing that it is about was found, and everything was looked at",
        }
    }
}

impl RequirementReport {
    /// Decides what it comes to. A pass needs evidence: of everything, for all of the requirement.
    pub fn decide(&self) -> RequirementOutcome {
        let any = |outcome: Outcome| self.verdicts.get(&outcome).is_some_and(|number| *number > 0);
        let is_open = any(Outcome::Unknown)
            || any(Outcome::Error)
            || !self.not_seen.is_empty()
            || self.left_out > 0
            || self.for_the_running > 0;
        if self.coverage == Provable::Manual {
            RequirementOutcome::Manual
        } else if any(Outcome::Fail) {
            RequirementOutcome::Fail
        } else if is_open {
            RequirementOutcome::Unknown
        } else if any(Outcome::Waived) {
            RequirementOutcome::Waived
        } else if any(Outcome::Pass) {
            let is_whole = self.coverage == Provable::Full && !self.is_part;
            if is_whole { RequirementOutcome::Pass } else { RequirementOutcome::Partly }
        } else if self.is_part {
            // What it is about may be where nobody looked.
            RequirementOutcome::Unknown
        } else {
            RequirementOutcome::NotApplicable
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(coverage: Provable, verdicts: &[Outcome], change: fn(&mut RequirementReport)) -> RequirementOutcome {
        let mut requirement = RequirementReport {
            id: "CP-9".to_owned(),
            title: "System Backup".to_owned(),
            coverage,
            rest: String::new(),
            outcome: RequirementOutcome::Manual,
            policies: Vec::new(),
            verdicts: verdicts.iter().map(|outcome| (*outcome, 1)).collect(),
            evidence: Vec::new(),
            not_seen: Vec::new(),
            left_out: 0,
            for_the_running: 0,
            is_part: false,
        };
        change(&mut requirement);
        requirement.decide()
    }

    #[test]
    fn a_pass_needs_evidence_of_everything() {
        use Outcome::{Error, Fail, NotApplicable, Pass, Unknown, Waived};
        use Provable::{Full, Manual, Partial};
        let unseen: fn(&mut RequirementReport) = |one| {
            one.not_seen.push(Look { service: "rds".to_owned(), account: String::new(), region: String::new() });
        };
        let as_is: fn(&mut RequirementReport) = |_| ();
        let found = [
            decided(Manual, &[Pass, Fail], as_is),
            decided(Full, &[Pass, Waived, Unknown, Fail], unseen),
            decided(Full, &[Pass, Waived, Unknown], as_is),
            decided(Full, &[Pass, Error], as_is),
            decided(Full, &[Pass], unseen),
            decided(Full, &[Pass], |one| one.left_out = 1),
            decided(Full, &[NotApplicable], |one| one.for_the_running = 1),
            decided(Full, &[NotApplicable], |one| one.is_part = true),
            decided(Full, &[Pass, Waived], as_is),
            decided(Full, &[Pass, NotApplicable], as_is),
            decided(Full, &[Pass], |one| one.is_part = true),
            decided(Partial, &[Pass], as_is),
            decided(Partial, &[NotApplicable], as_is),
            decided(Full, &[], unseen),
        ];
        let expected = [
            RequirementOutcome::Manual,
            RequirementOutcome::Fail,
            RequirementOutcome::Unknown,
            RequirementOutcome::Unknown,
            RequirementOutcome::Unknown,
            RequirementOutcome::Unknown,
            RequirementOutcome::Unknown,
            RequirementOutcome::Unknown,
            RequirementOutcome::Waived,
            RequirementOutcome::Pass,
            RequirementOutcome::Partly,
            RequirementOutcome::Partly,
            RequirementOutcome::NotApplicable,
            RequirementOutcome::Unknown,
        ];
        assert_eq!(found, expected);
    }
}
