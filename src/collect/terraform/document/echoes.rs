//! Secrets that stand a second time where nothing marks them. The AWS provider copies tags to `tags_all`, for one, and
//! Terraform's mark of a sensitive variable stays behind.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use serde_json::Value;

use super::super::values::SENSITIVE;
use super::{Place, Reader};
use crate::model::Part;

/// Shortest secret that is looked for elsewhere. A shorter one is in every other word.
const SHORTEST: usize = 6;

/// Texts that were taken away.
#[derive(Default)]
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    /// Terraform marks it.
    pub(super) fn marked(&mut self, text: &str) {
        if text.len() >= SHORTEST {
            self.0.insert(text.to_owned());
        }
    }

    /// Its name tells. A plain word may be no secret at all: `password: required`.
    pub(super) fn named(&mut self, text: &str) {
        let is_word = text.bytes().all(|byte| byte.is_ascii_lowercase());
        if text.len() > SHORTEST && !is_word {
            self.0.insert(text.to_owned());
        }
    }
}

impl Reader {
    /// Takes away what has one of the taken texts in it.
    pub(super) fn without_echoes(&mut self, root: Part) -> Part {
        let taken = std::mem::take(&mut self.taken).0;
        match AhoCorasick::new(taken) {
            Ok(found) if found.patterns_len() > 0 => self.silent(root, &found, &Place::of("input")),
            _ => root,
        }
    }

    fn silent(&mut self, part: Part, taken: &AhoCorasick, place: &Place<'_>) -> Part {
        let inside = |reader: &mut Self, inside: Part| Box::new(reader.silent(inside, taken, place));
        match part {
            Part::Known(value) if !has(&value, taken) => Part::Known(value),
            Part::Known(Value::Array(items)) => {
                let items = items.into_iter().map(|item| self.silent(Part::Known(item), taken, place));
                Part::list(items.collect())
            }
            Part::Known(Value::Object(members)) => {
                let members = members.into_iter().map(|(name, value)| (name, Part::Known(value)));
                self.silent_members(members.collect(), taken, place)
            }
            Part::Known(_) => Part::Secret { gap: self.gap(place, SENSITIVE), inside: None },
            Part::List(items) => Part::list(items.into_iter().map(|item| self.silent(item, taken, place)).collect()),
            Part::Map(members) => self.silent_members(members, taken, place),
            Part::Secret { gap, inside: Some(part) } => Part::Secret { gap, inside: Some(inside(self, *part)) },
            part @ (Part::Unknown(_) | Part::Secret { inside: None, .. }) => part,
        }
    }

    fn silent_members(&mut self, members: BTreeMap<String, Part>, taken: &AhoCorasick, place: &Place<'_>) -> Part {
        let own = members.get("address").and_then(|address| match address {
            Part::Known(Value::String(address)) => Some(address.clone()),
            _ => None,
        });
        let own = own.as_deref().map_or(*place, Place::of);
        let member = |(name, part): (String, Part)| {
            let part = self.silent(part, taken, &own.member(&name));
            // A name cannot be taken away alone, so that what it names goes with it.
            if taken.is_match(&name) { ("(sensitive)".to_owned(), part) } else { (name, part) }
        };
        Part::map(members.into_iter().map(member).collect())
    }
}

/// Whether one of them stands anywhere in a value.
fn has(value: &Value, taken: &AhoCorasick) -> bool {
    match value {
        Value::String(text) => taken.is_match(text),
        Value::Array(items) => items.iter().any(|item| has(item, taken)),
        Value::Object(members) => members.iter().any(|(name, value)| taken.is_match(name) || has(value, taken)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
