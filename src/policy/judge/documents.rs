//! The verdicts of policies that are asked about a plan as a whole: each belongs to the resource that it is about.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

use super::home::Home;
use super::user::value;
use super::words::{fail_words, lower_first, missing_words};
use super::{Said, Worker, severity_of};
use crate::model::{Gap, Linked, Resource};
use crate::policy::bundle::Asked;
use crate::policy::rego::{self, Doubt, Fault, Findings, Known, Limits, Machine, Partial, Truth};
use crate::policy::remedy::Filled;
use crate::policy::{Policy, PolicyError, pattern_of};
use crate::result::{Evidence, EvidenceKind, Missing, Outcome, Verdict};

impl Home<'_> {
    /// The resources that a finding is about. Of those that the solution goes through, one that the plan changes comes
    /// first: what is found of two would else count as there before if one of them was. Then comes one that is named.
    fn of(&self, finding: &Partial, solution: &[Option<Partial>]) -> BTreeSet<String> {
        let named = self.named(finding);
        let (mut rows, mut is_code) = (Vec::new(), false);
        for value in solution.iter().flatten() {
            let member = |name: &str| value.step(&Partial::Known(Value::from(name)));
            let Some(Partial::Known(Value::String(address))) = member("address") else { continue };
            if member("expressions").is_some() || member("provider_config_key").is_some() {
                is_code = true;
                rows.extend(self.of_code(&address));
            } else if self.document.addresses.contains(&*address) {
                rows.push(address.to_string());
            }
        }
        if rows.is_empty() {
            return if is_code { BTreeSet::new() } else { named };
        }
        let changed: Vec<&String> = rows.iter().filter(|row| self.document.changed.contains(*row)).collect();
        let among = if changed.is_empty() { rows.iter().collect() } else { changed };
        let both: BTreeSet<String> =
            among.iter().filter(|row| named.contains(**row)).map(|row| (*row).clone()).collect();
        match among.first() {
            Some(first) if both.is_empty() => BTreeSet::from([(*first).clone()]),
            _ => both,
        }
    }

    /// The resources of a block of the code. In modules its address is relative, and may be that of another one.
    fn of_code(&self, block: &str) -> Vec<String> {
        if self.document.relative.contains(block) {
            return Vec::new();
        }
        let is_of_block = |address: &&String| {
            address.strip_prefix(block).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
        };
        self.document
            .addresses
            .range(block.to_owned()..)
            .take_while(|one| one.starts_with(block))
            .filter(is_of_block)
            .cloned()
            .collect()
    }

    fn named(&self, finding: &Partial) -> BTreeSet<String> {
        match finding {
            Partial::Known(Value::String(text)) => self.named_in(text),
            Partial::Text(_, Known { shown: Some(shown), .. }) => self.named_in(shown),
            Partial::Known(Value::Object(_)) | Partial::Object(..) => {
                let member = |name: &str| match finding.step(&Partial::Known(Value::from(name)))? {
                    Partial::Known(Value::String(text)) => Some(self.named_in(&text)).filter(|named| !named.is_empty()),
                    Partial::Text(_, Known { shown: Some(shown), .. }) => Some(self.named_in(&shown)),
                    _ => None,
                };
                ["address", "resource", "message", "msg"].iter().find_map(|name| member(name)).unwrap_or_default()
            }
            _ => BTreeSet::new(),
        }
    }

    /// The addresses in a text, whole: `aws_s3_bucket.logs` is not in `aws_s3_bucket.logs_old`.
    fn named_in(&self, text: &str) -> BTreeSet<String> {
        let is_part =
            |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || "_-".contains(letter));
        let found = self.addresses.iter().flat_map(|addresses| addresses.find_iter(text));
        let whole = found.filter(|found| {
            let before = text.get(..found.start()).and_then(|before| before.chars().next_back());
            let mut after = text.get(found.end()..).unwrap_or_default().chars();
            let next = after.next();
            // A full stop ends a sentence, and a dot goes on.
            let goes_on = next == Some('[') || (next == Some('.') && is_part(after.next()));
            !is_part(before) && before != Some('.') && !is_part(next) && !goes_on
        });
        whole.filter_map(|found| text.get(found.range()).map(str::to_owned)).collect()
    }

    /// `None`: the filters leave it out.
    fn at(&self, address: Option<&String>) -> Option<usize> {
        match address {
            Some(address) => self.by_address.get(address.as_str()).copied(),
            None => Some(self.plan),
        }
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
        machine.set_input(rego::document(home.root, home.document), Limits::PLAN);
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
                if matches!(outcome, Outcome::Pass | Outcome::Fail) {
                    self.ledger.enter(Linked::from(resource));
                    self.ledger.add(index, evidence.kind, None);
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
    let only_warns = matches!(said, Said::Warn(_));
    let (outcome, (message, mut evidence)) = match said {
        Said::Fail(findings) | Said::Warn(findings) => (Outcome::Fail, fail_words(policy, findings)),
        Said::Unknown(gaps) => {
            let gaps = gaps.into_iter().filter_map(|gap| home.document.unknown.get(gap));
            let missing = gaps.map(|Gap { fact, reason }| Missing { fact: fact.clone(), reason: (*reason).to_owned() });
            let missing: BTreeSet<Missing> = missing.collect();
            (Outcome::Unknown, missing_words(missing.into_iter().collect()))
        }
        Said::Pass => {
            let title = &policy.header.title;
            (Outcome::Pass, (format!("not found: {}", lower_first(title)), Evidence::default()))
        }
        Said::NotApplicable | Said::ForTheRunning => {
            (Outcome::NotApplicable, ("the question does not arise here".to_owned(), Evidence::default()))
        }
        Said::Error(message) => (Outcome::Error, (message, Evidence::default())),
    };
    evidence.kind = EvidenceKind::Declared;
    let severity = severity_of(policy, pattern_of(resource.joined.as_deref()), only_warns);
    let fix = if outcome == Outcome::Fail {
        policy.fix(&mut Filled::default(), &evidence, &Value::new_object())
    } else {
        None
    };
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
    let mut severe: BTreeSet<usize> = BTreeSet::new();
    let (mut errors, mut is_left_out) = (Vec::new(), false);
    for deny in &asked.denies {
        let Findings { certain, maybe: more, errors: these } =
            machine.findings(*deny, &asked.file, &|finding, solution| home.of(finding, solution))?;
        errors.extend(these);
        for (finding, homes) in certain {
            let whole = homes.is_empty().then_some(None);
            let places = homes.iter().map(Some).chain(whole).map(|address| home.at(address));
            let all: BTreeSet<Option<usize>> = places.collect();
            is_left_out |= all.contains(&None);
            for at in all.into_iter().flatten() {
                found.entry(at).or_default().push(value(&finding));
                if !asked.warns.contains(deny) {
                    severe.insert(at);
                }
            }
        }
        for (address, doubt) in more {
            let Some(at) = home.at(address.as_ref()) else {
                is_left_out = true;
                continue;
            };
            let all = maybe.get(&at).map_or_else(|| doubt.clone(), |before| before.and(&doubt));
            maybe.insert(at, all);
        }
    }
    if let (true, Some(satisfied)) = (found.is_empty() && errors.is_empty() && !maybe.is_empty(), asked.satisfied)
        && machine.holds(satisfied)? == Truth::True
    {
        return Ok(About::Whole(Said::Pass));
    }
    let mut said: BTreeMap<usize, Said> = maybe.iter().map(|(at, doubt)| (*at, unknown(doubt))).collect();
    said.extend(found.into_iter().map(|(at, findings)| match severe.contains(&at) {
        true => (at, Said::Fail(findings)),
        false => (at, Said::Warn(findings)),
    }));
    // What was found counts beside what could not be asked.
    said.extend(errors.into_iter().next().map(|message| (home.plan, Said::Error(message))));
    Ok(match (said.is_empty(), is_left_out) {
        (false, _) => About::Resources(said),
        // What is found is about resources that nobody asked about.
        (true, true) => About::Whole(Said::NotApplicable),
        (true, false) => About::Whole(Said::Pass),
    })
}

fn unknown(doubt: &Doubt) -> Said {
    Said::Unknown(doubt.nodes().iter().collect())
}
