//! The verdicts of policies that are asked about a plan as a whole: each belongs to the resource that it is about.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use regorus::Value;

use super::user::value;
use super::words::{fail_words, missing_words};
use super::{Said, Worker};
use crate::config::Severity;
use crate::model::{Document, Gap, Resource};
use crate::policy::bundle::Asked;
use crate::policy::rego::{self, Doubt, Fault, Findings, Limits, Machine, Partial, Truth};
use crate::policy::{Policy, PolicyError, pattern_of};
use crate::verdict::{Evidence, EvidenceKind, Missing, Outcome, Verdict};

/// A document, and where the resources are that it is about.
pub(super) struct Home<'a> {
    document: &'a Document,
    resources: &'a [Resource],
    /// Index of the resource that stands for it.
    pub plan: usize,
    /// Indexes of its resources, by address.
    by_address: HashMap<&'a str, usize>,
}

/// Where the documents are at home. One whose stand-in is filtered away is not judged.
pub(super) fn homes<'a>(documents: &'a [Document], resources: &'a [Resource]) -> Vec<Home<'a>> {
    let home = |document: &'a Document| {
        let plan = resources.iter().position(|resource| resource.id == document.id)?;
        let own = resources.iter().enumerate().filter(|(_, one)| one.origin.stack == document.stack);
        let by_address = own.filter_map(|(at, one)| Some((one.origin.address.as_deref()?, at))).collect();
        Some(Home { document, resources, plan, by_address })
    };
    documents.iter().filter_map(home).collect()
}

impl Home<'_> {
    /// The resources that a finding names, else the first one that the solution goes through.
    fn of(&self, finding: &Partial, solution: &[Option<Partial>]) -> BTreeSet<String> {
        let named = self.named(finding);
        if !named.is_empty() {
            return named;
        }
        let address = |value: &Partial| match value.step(&Partial::Known(Value::from("address"))) {
            Some(Partial::Known(Value::String(address))) if self.by_address.contains_key(&*address) => {
                Some(address.to_string())
            }
            _ => None,
        };
        solution.iter().flatten().find_map(address).into_iter().collect()
    }

    fn named(&self, finding: &Partial) -> BTreeSet<String> {
        match finding {
            Partial::Known(Value::String(text)) => self.named_in(text),
            Partial::Known(Value::Object(_)) | Partial::Object(..) => {
                let member = |name: &str| match finding.step(&Partial::Known(Value::from(name)))? {
                    Partial::Known(Value::String(text)) => Some(self.named_in(&text)).filter(|named| !named.is_empty()),
                    _ => None,
                };
                ["address", "resource", "message", "msg"].iter().find_map(|name| member(name)).unwrap_or_default()
            }
            _ => BTreeSet::new(),
        }
    }

    /// The addresses in a text: whole, or as words of a sentence.
    fn named_in(&self, text: &str) -> BTreeSet<String> {
        if self.by_address.contains_key(text) {
            return BTreeSet::from([text.to_owned()]);
        }
        let is_end = |letter: char| matches!(letter, '\'' | '"' | '`' | ',' | ':' | ';' | '(' | ')' | '.' | '<' | '>');
        let ends = |word: &str| {
            // A key in brackets ends in a quote and a bracket, which belong to the address.
            let whole = word.trim_matches(|letter| is_end(letter) || matches!(letter, '{' | '}'));
            [whole, whole.trim_start_matches('['), whole.trim_matches(['[', ']'])].map(str::to_owned)
        };
        let words = text.split_whitespace().flat_map(ends);
        words.filter(|word| self.by_address.contains_key(word.as_str())).collect()
    }

    fn at(&self, address: Option<&String>) -> usize {
        address.and_then(|address| self.by_address.get(address.as_str())).copied().unwrap_or(self.plan)
    }
}

/// What a policy says of a document.
enum About {
    /// By resource: what is found, and what may be.
    Resources(BTreeMap<usize, Said>),
    Whole(Said),
}

impl Worker<'_> {
    pub(super) fn judge_document(&mut self, home: &Home<'_>, into: &mut super::Judged) -> Result<(), PolicyError> {
        let set = self.set;
        let Some(machine) = &mut self.machine else { return Ok(()) };
        machine.set_input(rego::document(home.document), Limits::PLAN);
        for (index, policy) in set.policies.iter().enumerate().filter(|(_, policy)| policy.is_about_plans()) {
            let rules = policy.rules(set)?;
            let Some(asked) = &rules.asked else { continue };
            let said = match derive(machine, asked, home) {
                Ok(About::Resources(said)) => said,
                Ok(About::Whole(said)) => BTreeMap::from([(home.plan, said)]),
                Err(Fault::Error(message) | Fault::Limit(message)) => {
                    BTreeMap::from([(home.plan, Said::Error(message))])
                }
                Err(Fault::Enough) => continue,
            };
            for (at, said) in said {
                let Some(resource) = home.resources.get(at) else { continue };
                let verdict = verdict(said, index, policy, at, resource, home);
                let Verdict { outcome, evidence, .. } = &verdict;
                *into.tallies[index].entry(*outcome).or_default() += 1;
                if *outcome == Outcome::Pass && evidence.kind == EvidenceKind::Declared {
                    into.declared[index] += 1;
                }
                if self.options.keep.contains(outcome) {
                    into.verdicts.push(verdict);
                }
            }
        }
        Ok(())
    }
}

fn verdict(said: Said, index: usize, policy: &Policy, at: usize, resource: &Resource, home: &Home<'_>) -> Verdict {
    let (outcome, (message, mut evidence)) = match said {
        Said::Fail(findings) => (Outcome::Fail, fail_words(policy, findings)),
        Said::Unknown(gaps) => {
            let gaps = gaps.into_iter().filter_map(|gap| home.document.unknown.get(gap));
            let missing = gaps.map(|Gap { fact, reason }| Missing { fact: fact.clone(), reason: (*reason).to_owned() });
            let missing: BTreeSet<Missing> = missing.collect();
            (Outcome::Unknown, missing_words(missing.into_iter().collect()))
        }
        Said::Pass => {
            let title = &policy.header.title;
            (Outcome::Pass, (format!("not found in the plan: {title}"), Evidence::default()))
        }
        Said::NotApplicable | Said::ForTheRunning => {
            (Outcome::NotApplicable, ("the question does not arise here".to_owned(), Evidence::default()))
        }
        Said::Error(message) => (Outcome::Error, (message, Evidence::default())),
    };
    evidence.kind = EvidenceKind::Declared;
    let severity = policy.severity(pattern_of(resource)).or_else(|| policy.severity(None)).unwrap_or(Severity::Low);
    let fix = if outcome == Outcome::Fail { policy.fix(&evidence, &Value::new_object()) } else { None };
    Verdict { policy: index, resource: at, outcome, severity, message, evidence, fix }
}

fn derive(machine: &mut Machine<'_>, asked: &Asked, home: &Home<'_>) -> Result<About, Fault> {
    for condition in [asked.arises, asked.applies].into_iter().flatten() {
        match machine.holds(condition)? {
            Truth::True => {}
            Truth::False => return Ok(About::Whole(Said::NotApplicable)),
            Truth::Doubtful(doubt) => return Ok(About::Whole(unknown(&doubt))),
        }
    }
    let (mut found, mut maybe): (BTreeMap<usize, Vec<Value>>, BTreeMap<usize, Doubt>) = Default::default();
    for deny in &asked.denies {
        let Findings { certain, maybe: more } =
            machine.findings(*deny, &asked.file, &|finding, solution| home.of(finding, solution))?;
        for (finding, homes) in certain {
            let whole = homes.is_empty().then_some(home.plan);
            let all: BTreeSet<usize> = homes.iter().map(|address| home.at(Some(address))).chain(whole).collect();
            all.into_iter().for_each(|at| found.entry(at).or_default().push(value(&finding)));
        }
        for (address, doubt) in more {
            let at = home.at(address.as_ref());
            let all = maybe.get(&at).map_or_else(|| doubt.clone(), |before| before.and(&doubt));
            maybe.insert(at, all);
        }
    }
    if let (true, Some(satisfied)) = (found.is_empty() && !maybe.is_empty(), asked.satisfied)
        && machine.holds(satisfied)? == Truth::True
    {
        return Ok(About::Whole(Said::Pass));
    }
    let mut said: BTreeMap<usize, Said> = maybe.iter().map(|(at, doubt)| (*at, unknown(doubt))).collect();
    said.extend(found.into_iter().map(|(at, findings)| (at, Said::Fail(findings))));
    Ok(if said.is_empty() { About::Whole(Said::Pass) } else { About::Resources(said) })
}

fn unknown(doubt: &Doubt) -> Said {
    Said::Unknown(doubt.nodes().iter().collect())
}
