//! Secrets that stand a second time where nothing marks them. A provider copies tags to another attribute, for one,
//! and Terraform's mark of a sensitive variable stays behind.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use serde_json::Value;

use super::super::values::SENSITIVE;
use super::{Place, Reader};
use crate::model::Part;

/// The texts, ready to be found.
struct SecretTexts {
    /// Those that are long enough to be told from others within a text, and how JSON writes them.
    within: AhoCorasick,
    whole: BTreeSet<String>,
}

/// Shortest secret that is looked for within other texts.
const SHORTEST: usize = 6;

impl SecretTexts {
    fn new(taken: BTreeSet<String>) -> Option<Self> {
        if taken.is_empty() {
            return None;
        }
        let long = || taken.iter().filter(|text| text.len() >= SHORTEST);
        let written = long().filter_map(|text| {
            let json = serde_json::to_string(text).ok()?;
            json.strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
        });
        // Go writes these so that a page can hold them.
        let by_go = |text: &String| text.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e");
        let written: Vec<String> = written.collect();
        let go: Vec<String> = written.iter().map(by_go).collect();
        let within = AhoCorasick::new(long().chain(&written).chain(&go)).ok()?;
        Some(Self { within, whole: taken })
    }

    fn is_in(&self, text: &str) -> bool {
        self.whole.contains(text) || (self.within.patterns_len() > 0 && self.within.is_match(text))
    }

    /// Whether one of them stands anywhere in a value.
    fn are_in(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.is_in(text) || inside(text).is_some_and(|value| self.are_in(&value)),
            Value::Array(items) => items.iter().any(|item| self.are_in(item)),
            Value::Object(members) => members.iter().any(|(name, value)| self.is_in(name) || self.are_in(value)),
            Value::Number(number) => self.whole.contains(&number.to_string()),
            Value::Null | Value::Bool(_) => false,
        }
    }
}

/// What a text holds, if it is JSON.
pub(super) fn inside(text: &str) -> Option<Value> {
    text.trim_start().starts_with(['{', '[']).then(|| serde_json::from_str(text).ok()).flatten()
}

impl Reader {
    /// Takes away what has one of the taken texts in it, here and in the words about what is missing.
    pub(super) fn without_echoes(&mut self, roots: [Option<Part>; 2]) -> [Option<Part>; 2] {
        let Some(found) = SecretTexts::new(std::mem::take(&mut self.taken).0) else { return roots };
        let roots = roots.map(|root| root.map(|root| self.silent(root, &found, &Place::of("input"))));
        for gap in self.gaps.iter_mut().filter(|gap| found.is_in(&gap.fact)) {
            "another value".clone_into(&mut gap.fact);
        }
        roots
    }

    fn silent(&mut self, part: Part, taken: &SecretTexts, place: &Place<'_>) -> Part {
        let inside = |reader: &mut Self, inside: Part| Box::new(reader.silent(inside, taken, place));
        match part {
            Part::Known(value) if !taken.are_in(&value) => Part::Known(value),
            Part::Known(Value::Array(items)) => {
                let items = items.into_iter().map(|item| self.silent(Part::Known(item), taken, place));
                Part::list(items.collect())
            }
            Part::Known(Value::Object(members)) => {
                let members = members.into_iter().map(|(name, value)| (name, Part::Known(value)));
                self.silent_members(members.collect(), taken, place)
            }
            Part::Known(Value::Number(_)) => self.unknown(place, SENSITIVE),
            Part::Known(_) => Part::Secret { gap: self.gap(place, SENSITIVE), inside: None },
            Part::List(items) => Part::list(items.into_iter().map(|item| self.silent(item, taken, place)).collect()),
            Part::Map(members) => self.silent_members(members, taken, place),
            Part::Secret { gap, inside: Some(part) } => Part::Secret { gap, inside: Some(inside(self, *part)) },
            part @ (Part::Unknown(_) | Part::Secret { inside: None, .. }) => part,
        }
    }

    fn silent_members(&mut self, members: BTreeMap<String, Part>, taken: &SecretTexts, place: &Place<'_>) -> Part {
        let own = members.get("address").and_then(|address| match address {
            Part::Known(Value::String(address)) => Some(address.clone()),
            _ => None,
        });
        let own = own.as_deref().map_or(*place, Place::of);
        // A name cannot be taken away alone: then nobody knows what is missing.
        if members.keys().any(|name| taken.is_in(name)) {
            return self.unknown(place, SENSITIVE);
        }
        let member = |(name, part): (String, Part)| {
            let part = self.silent(part, taken, &own.member(&name));
            (name, part)
        };
        Part::map(members.into_iter().map(member).collect())
    }
}
