//! How to fix a problem: the header's text, with places that the facts of a finding fill.
//!
//! `{{required|parameters.min_days}}` is what the finding requires, or the parameter where nothing is known of a
//! finding, as in `explain`. Before the bar stands `required`, `actual`, `details.NAME`, or the path of a fact of the
//! resource; behind it a parameter or plain text.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::Value as Json;

use super::header;
use super::schema::{Nodes, Schema, value_at};
use crate::result::{Evidence, Remediation};
use crate::text;

const PARAMETER: &str = "parameters.";
const DETAIL: &str = "details.";

/// A piece of a text.
enum Part<'t> {
    Text(&'t str),
    Place(Place<'t>),
}

/// `{{name|otherwise}}`.
struct Place<'t> {
    name: &'t str,
    otherwise: &'t str,
}

/// What can stand in a place.
struct Filling<'f> {
    parameters: &'f BTreeMap<String, Json>,
    /// What a finding says, and the facts of its resource.
    finding: Option<(&'f Evidence, &'f regorus::Value)>,
}

/// What a policy says of itself: what stands behind the bars.
pub(super) fn in_general(remediation: &header::Remediation, parameters: &BTreeMap<String, Json>) -> Remediation {
    fill(remediation, &Filling { parameters, finding: None })
}

/// Remediations of one policy with the facts of findings. The same facts come often: most are a region or a number.
#[derive(Default)]
pub(super) struct Filled(HashMap<Vec<String>, Option<Arc<Remediation>>>);

/// Fillings that are kept of a policy: what is common comes early.
const MOST: usize = 1024;

impl Filled {
    /// With the facts of a finding. `None`: it has no place for them, or they say no more than the policy itself.
    pub(super) fn of_finding(
        &mut self,
        remediation: &header::Remediation,
        parameters: &BTreeMap<String, Json>,
        evidence: &Evidence,
        input: &regorus::Value,
    ) -> Option<Arc<Remediation>> {
        let filling = Filling { parameters, finding: Some((evidence, input)) };
        let words: Vec<String> = places(remediation).map(|place| filling.of(&place)).collect();
        if words.is_empty() {
            return None;
        }
        if let Some(same) = self.0.get(&words) {
            return same.clone();
        }
        let own = fill(remediation, &filling);
        let own = (own != in_general(remediation, parameters)).then(|| Arc::new(own));
        if self.0.len() < MOST {
            self.0.insert(words, own.clone());
        }
        own
    }
}

/// The facts of a resource that it has places for.
pub(super) fn reads(remediation: &header::Remediation) -> Nodes {
    let mut nodes = Nodes::default();
    for node in places(remediation).filter_map(|place| Schema::of_resource().find(place.name)) {
        Schema::of_resource().up(node, &mut nodes);
    }
    nodes
}

/// What is wrong with a place: the text of it, and why.
pub(super) fn mistake(
    remediation: &header::Remediation,
    parameters: &BTreeMap<String, header::Parameter>,
) -> Option<(String, String)> {
    let schema = Schema::of_resource();
    places(remediation).find_map(|Place { name, otherwise }| {
        let whole = format!("{{{{{name}|{otherwise}}}}}");
        let is_fact = || schema.find(name).is_some_and(|node| schema.nodes[node].children.is_empty());
        if !matches!(name, "required" | "actual") && !name.starts_with(DETAIL) && !is_fact() {
            let paths = schema.nodes.iter().map(|node| node.path.as_str()).chain(["required", "actual"]);
            let hint = text::did_you_mean(name, paths);
            let message = format!(
                "'{whole}' names nothing: expected 'required', 'actual', 'details.NAME' or the path of a fact{hint}"
            );
            return Some((whole, message));
        }
        let parameter = otherwise.strip_prefix(PARAMETER)?;
        if parameters.contains_key(parameter) {
            return None;
        }
        let hint = text::did_you_mean(parameter, parameters.keys().map(String::as_str));
        Some((whole.clone(), format!("'{whole}' falls back on a parameter that the policy does not have{hint}")))
    })
}

fn places(remediation: &header::Remediation) -> impl Iterator<Item = Place<'_>> {
    let header::Remediation { summary, console, cli, terraform } = remediation;
    [summary, console, cli, terraform].into_iter().flat_map(|text| parts(text)).filter_map(|part| match part {
        Part::Place(place) => Some(place),
        Part::Text(_) => None,
    })
}

fn fill(remediation: &header::Remediation, filling: &Filling<'_>) -> Remediation {
    let filled = |text: &str| -> String {
        parts(text)
            .into_iter()
            .map(|part| match part {
                Part::Text(text) => text.to_owned(),
                Part::Place(place) => filling.of(&place),
            })
            .collect()
    };
    Remediation {
        summary: filled(remediation.summary.trim()),
        console: filled(remediation.console.trim()),
        cli: filled(remediation.cli.trim()),
        terraform: filled(remediation.terraform.trim_end()),
    }
}

impl Filling<'_> {
    fn of(&self, place: &Place<'_>) -> String {
        let found = self.finding.and_then(|(evidence, input)| match place.name {
            "required" => evidence.required.as_ref().and_then(word),
            "actual" => evidence.actual.as_ref().and_then(word),
            name => match name.strip_prefix(DETAIL) {
                Some(detail) => evidence.details.get(detail).and_then(word),
                None => fact(input, name),
            },
        });
        let parameter = || self.parameters.get(place.otherwise.strip_prefix(PARAMETER)?).and_then(word);
        found.or_else(parameter).unwrap_or_else(|| place.otherwise.to_owned())
    }
}

fn fact(input: &regorus::Value, path: &str) -> Option<String> {
    word(&serde_json::to_value(value_at(input, path)?).ok()?)
}

/// A value as it can stand in a command: names are written by others, and a command is copied into a shell. What is
/// anything but a plain word is left out.
fn word(value: &Json) -> Option<String> {
    match value {
        Json::Number(number) => Some(number.to_string()),
        Json::String(text) => {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/');
            let is_word = text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(plain);
            is_word.then(|| text.clone())
        }
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Two braces, a name, a bar, and what stands there otherwise. Everything else is text: code is full of braces.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(open) = rest.get(from..).and_then(|tail| tail.find("{{")).map(|at| from + at) {
        let place = rest[open + 2..].find("}}").and_then(|length| {
            let (name, otherwise) = rest[open + 2..open + 2 + length].split_once('|')?;
            let named = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '.');
            let is_place = !name.is_empty() && name.chars().all(named) && !otherwise.is_empty();
            is_place.then_some((Place { name, otherwise }, open + 4 + length))
        });
        match place {
            Some((place, end)) => {
                parts.push(Part::Text(&rest[..open]));
                parts.push(Part::Place(place));
                rest = &rest[end..];
                from = 0;
            }
            None => from = open + 2,
        }
    }
    parts.push(Part::Text(rest));
    parts
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn remediation(summary: &str) -> header::Remediation {
        header::Remediation { summary: summary.to_owned(), ..header::Remediation::default() }
    }

    /// What is said in general, and of a finding, if that is something else.
    fn said(summary: &str, evidence: &Evidence) -> (String, Option<String>) {
        let (remediation, parameters) = (remediation(summary), BTreeMap::from([("min_days".to_owned(), json!(7))]));
        let input = regorus::Value::from(json!({"joined": {"recovery_region": "us-west-2"}, "name": "a; reboot"}));
        let mut filled = Filled::default();
        let own = filled.of_finding(&remediation, &parameters, evidence, &input);
        assert_eq!(filled.of_finding(&remediation, &parameters, evidence, &input), own, "a second time");
        (in_general(&remediation, &parameters).summary, own.map(|own| own.summary.clone()))
    }

    fn requires(required: Json) -> Evidence {
        Evidence { required: Some(required), ..Evidence::default() }
    }

    #[test]
    fn a_place_is_filled_by_the_finding_by_a_fact_or_by_what_stands_behind_the_bar() {
        let days = "backup_retention_period = {{required|parameters.min_days}}";
        assert_eq!(
            said(days, &requires(json!(35))),
            ("backup_retention_period = 7".to_owned(), Some("backup_retention_period = 35".to_owned()))
        );
        assert_eq!(said(days, &Evidence::default()), ("backup_retention_period = 7".to_owned(), None));
        assert_eq!(
            said("in {{joined.recovery_region|the recovery region}}, {{details.vault|A}}", &Evidence::default()),
            ("in the recovery region, A".to_owned(), Some("in us-west-2, A".to_owned()))
        );
    }

    #[test]
    fn what_is_no_place_stays_as_it_is() {
        for text in ["x { enabled = true }", "${{ github.token }}", "{{resolve:ssm:a}}", "{{ a | b }}", "a {{", "{{é|b"]
        {
            assert_eq!(said(text, &requires(json!(35))), (text.to_owned(), None));
        }
    }

    #[test]
    fn what_others_wrote_does_not_get_into_a_command() {
        assert_eq!(said("modify {{name|NAME}}", &Evidence::default()), ("modify NAME".to_owned(), None));
        for hurtful in [json!("--all"), json!("a b"), json!("$(x)"), json!(["a"]), json!(true), json!(null)] {
            assert_eq!(said("is {{required|7}}", &requires(hurtful)), ("is 7".to_owned(), None));
        }
    }

    #[test]
    fn a_place_that_names_nothing_is_a_mistake() {
        let mistake = |summary: &str| mistake(&remediation(summary), &BTreeMap::new()).map(|(_, message)| message);
        assert_eq!(mistake("{{required|7}} {{joined.recovery_region|R}} {{details.vault|V}}"), None);
        assert_eq!(
            mistake("{{requird|7}}").as_deref(),
            Some(
                "'{{requird|7}}' names nothing: expected 'required', 'actual', 'details.NAME' or the path of a fact \
                 (did you mean 'required'?)"
            )
        );
        assert_eq!(
            mistake("{{required|parameters.min_days}}").as_deref(),
            Some("'{{required|parameters.min_days}}' falls back on a parameter that the policy does not have")
        );
        assert!(mistake("{{joined|x}}").is_some(), "a facet is no fact");
    }
}
