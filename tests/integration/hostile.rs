//! Plans and states that somebody made to deceive, to break, or by accident: they end in a result or a clear error.

mod files;
mod mutations;
mod names;
mod secrets;

use seaworthy::report::REPORTERS;
use serde_json::{Value, json};

use crate::tool::Tool;

/// The provider of every row.
const PROVIDER: &str = "registry.terraform.io/hashicorp/aws";

/// What every part of a plan or state says of a resource.
fn named(kind: &str, name: &str) -> Value {
    json!({
        "address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name, "provider_name": PROVIDER,
    })
}

/// What one run over that file writes, in every format, by format. All verdicts are listed.
fn rendered(tool: &Tool, file: &str) -> Vec<(&'static str, String)> {
    let names: Vec<_> = REPORTERS.iter().map(|reporter| reporter.name()).collect();
    let formats: Vec<_> = names.iter().map(|name| format!("-f {name}=out.{name}")).collect();
    let transcript = tool.run(&format!("check {file} --show all --sarif-waived --fail-on never {}", formats.join(" ")));
    assert!(transcript.ends_with("\n[exit 0]\n"), "{transcript}");
    let read = |name: &'static str| (name, std::fs::read_to_string(tool.path().join(format!("out.{name}"))).unwrap());
    names.into_iter().map(read).collect()
}

/// The text of one of them.
fn of<'t>(texts: &'t [(&'static str, String)], format: &str) -> &'t str {
    &texts.iter().find(|(name, _)| *name == format).unwrap().1
}
