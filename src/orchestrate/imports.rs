//! What the framework makes of the texts of parameters before it runs a step: imports of CloudFormation exports.

use std::collections::BTreeMap;

use super::findings::{Findings, Spot};
use super::json::Node;
use crate::text::did_you_mean;

/// What `aws cloudformation list-exports` told of the region in which the payload is run. None: nobody asked it.
pub(super) type Exports = Option<BTreeMap<String, String>>;

/// What a parameter comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Got {
    Known(String),
    /// Nobody knows, and a finding says so.
    Unknown,
}

impl Got {
    pub(super) fn known(&self) -> Option<&str> {
        match self {
            Self::Known(text) => Some(text),
            Self::Unknown => None,
        }
    }
}

/// Exports by name, of the JSON that the command line prints.
pub(super) fn exports(text: &str) -> Result<BTreeMap<String, String>, String> {
    let root = Node::parse(text).map_err(|(line, why)| format!("line {line}: {why}"))?;
    let exports = root.get("Exports").and_then(Node::list).ok_or("there is no array 'Exports'")?;
    let pair = |node: &Node| {
        let of = |key| node.get(key).and_then(Node::text).map(str::to_owned);
        of("Name").zip(of("Value")).ok_or_else(|| format!("line {}: an export has no 'Name' or no 'Value'", node.line))
    };
    exports.iter().map(pair).collect()
}

/// What the framework makes of it before it runs the step.
pub(super) fn resolve(name: &str, node: &Node, is_read: bool, exports: &Exports, at: &Spot, out: &mut Findings) -> Got {
    let Some(text) = node.text() else {
        let message =
            format!("'{name}' is {}, not a text: the step fails before it begins, and the run hangs", node.what());
        out.fatal("not-a-text", at, message, "write it in quotes");
        return Got::Unknown;
    };
    if text.starts_with("resolve:ssm:") {
        let message = format!(
            "'{name}' is to come from Parameter Store, which the framework's role may not read: the step fails, and the run hangs"
        );
        out.fatal("resolve-ssm", at, message, "write the value itself, or import it");
        return Got::Unknown;
    }
    let form = "write '!Import NAME', with one space";
    if !text.starts_with("!Import") {
        let begin = text.trim_start().to_ascii_lowercase();
        if is_read
            && ["!import", "import ", "fn::importvalue", "!ref ", "!getatt ", "resolve:"]
                .iter()
                .any(|form| begin.starts_with(form))
        {
            out.fatal(
                "import-form",
                at,
                format!("'{name}' looks like an import and is taken as the text that it is"),
                form,
            );
            return Got::Unknown;
        }
        return Got::Known(text.to_owned());
    }
    let mut parts = text.split(' ').skip(1);
    let Some(export) = parts.next() else {
        let message = format!("'{name}' names no export: the step fails before it begins, and the run hangs");
        out.fatal("import-form", at, message, form);
        return Got::Unknown;
    };
    if !is_read {
        return Got::Unknown;
    }
    if export.is_empty() || parts.next().is_some() || !text.starts_with("!Import ") {
        let message = format!("'{name}' is no '!Import NAME': the framework looks for an export '{export}'");
        out.fatal("import-form", at, message, form);
        return Got::Unknown;
    }
    match exports {
        None => {
            let message = format!("what '{name}' imports from '{export}' is not known");
            let remedy = "give the exports of the region: aws cloudformation list-exports --output json > exports.json, then --exports exports.json";
            out.open("import-not-known", at, message, remedy);
            Got::Unknown
        }
        Some(exports) => match exports.get(export) {
            Some(value) => Got::Known(value.clone()),
            None => {
                let hint = did_you_mean(export, exports.keys().map(String::as_str));
                let message = format!("there is no export '{export}'{hint}: '{name}' is empty, and the step fails");
                out.fatal(
                    "import-not-found",
                    at,
                    message,
                    "name an export of the region in which the payload is run, or write the value itself",
                );
                Got::Unknown
            }
        },
    }
}
