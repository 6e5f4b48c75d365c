//! What an attribute names: resources of this plan or state, or ids of what is elsewhere.

use serde_json::Value;

use super::super::values;
use super::World;

/// What an attribute names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Targets {
    pub found: Vec<Target>,
    /// Why it is not known which of these it is, or whether there are others.
    pub unknown: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A resource of this plan or state, with its id.
    Here(usize, String),
    /// An ARN, a name or an id of something that is not managed here.
    Elsewhere(String),
}

impl Targets {
    pub(crate) fn unknown(reason: &str) -> Self {
        Self { found: Vec::new(), unknown: Some(reason.to_owned()) }
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.found
            .iter()
            .map(|target| match target {
                Target::Here(_, id) | Target::Elsewhere(id) => id.clone(),
            })
            .collect()
    }

    /// The one resource of this plan or state that it is.
    pub(crate) fn single(&self) -> Option<usize> {
        match (&self.here()[..], self.found.len(), &self.unknown) {
            ([at], 1, None) => Some(*at),
            _ => None,
        }
    }

    pub(crate) fn here(&self) -> Vec<usize> {
        let here = |target: &Target| match target {
            Target::Here(at, _) => Some(*at),
            Target::Elsewhere(_) => None,
        };
        self.found.iter().filter_map(here).collect()
    }
}

impl World<'_> {
    /// What a known value, a name or an ARN or a list of them, stands for.
    pub(crate) fn by_value(&self, from: usize, value: &Value, expression: Option<&Value>, types: &[&str]) -> Targets {
        let mut targets = Targets::default();
        let single = !value.is_array();
        for value in values::items(value) {
            let Some(text) = values::text(value).filter(|text| !text.is_empty()) else { continue };
            let named = self.named(from, &text, types);
            match named[..] {
                [at] => targets.found.push(Target::Here(at, self.id(at).to_owned())),
                [] => targets.found.push(Target::Elsewhere(text)),
                _ => {
                    // The name alone does not say which one, but the code may.
                    let found = self.found(from, expression, types);
                    let referred: Vec<_> = named.iter().filter(|at| found.candidates.contains(at)).collect();
                    match referred[..] {
                        [at] if single && !found.vague => {
                            targets.found.push(Target::Here(*at, self.id(*at).to_owned()))
                        }
                        _ => {
                            targets.found.extend(named.iter().map(|at| Target::Here(*at, self.id(*at).to_owned())));
                            targets.unknown = Some(format!("several resources are called '{text}'"));
                        }
                    }
                }
            }
        }
        targets
    }

    /// The resources of those types that a name, an id or an ARN stands for, seen from another resource.
    pub(crate) fn named(&self, from: usize, text: &str, types: &[&str]) -> Vec<usize> {
        let all = self.by_value.get(text).map(Vec::as_slice).unwrap_or_default();
        let of_type = |at: &&usize| types.contains(&self.instance(**at).kind.name);
        // A name says nothing about the region: it means what has that name where the name is used.
        let near = |at: &&usize| {
            text.starts_with("arn:")
                || self.instance(**at).kind.is_global()
                || self.instance(**at).provider == self.instance(from).provider
                || (self.place(**at).region.is_known() && self.place(**at) == self.place(from))
        };
        all.iter().filter(of_type).filter(near).copied().collect()
    }

    /// Whether the plan takes away what has that name, seen from another resource.
    pub(crate) fn is_gone(&self, from: usize, text: &str, types: &[&str]) -> bool {
        let provider = &self.instance(from).provider;
        self.gone
            .get(text)
            .into_iter()
            .flatten()
            .map(|at| self.instance(*at))
            .any(|other| types.contains(&other.kind.name) && (text.starts_with("arn:") || other.provider == *provider))
    }
}
