//! `seaworthy policy frameworks`: what reports can be told by.

use std::fmt::Write as _;

use clap::Args;
use serde_json::{Value, json};

use super::args::{Global, OwnArgs};
use super::error::Error;
use super::format::{FrameworkParser, ListFormat};
use super::terminal;
use crate::output::Output;
use crate::pipeline::{PipelineError, policies};
use crate::policy::{Framework, PolicySet, Requirement};
use crate::result::{Exit, Provable};
use crate::text::{clean, count};

#[derive(Debug, Args)]
pub(super) struct FrameworksArgs {
    /// The requirements of this one: an id, or a file of your own
    #[arg(value_name = "ID", value_parser = FrameworkParser)]
    id: Option<String>,
    /// How to print it
    #[arg(short, long, value_enum, default_value_t)]
    format: ListFormat,
    #[command(flatten)]
    own: OwnArgs,
}

pub(super) fn run(global: &Global, args: &FrameworksArgs) -> Result<Exit, Error> {
    let set = policies(&args.own.policies(), &global.load()?)?;
    let (text, value) = match &args.id {
        Some(word) => {
            let framework = Framework::find(word).map_err(PipelineError::from)?;
            (requirements(&framework, &set), as_json(&framework, &set))
        }
        None => {
            let all = Framework::built_in().map_err(PipelineError::from)?;
            let values = all.iter().map(|one| as_json(one, &set)).collect::<Vec<_>>();
            (list(all, &set), json!(values))
        }
    };
    match args.format {
        ListFormat::Table => terminal::tell(&text)?,
        ListFormat::Json => Output::open(None)?.write(|out| {
            serde_json::to_writer_pretty(&mut *out, &value)?;
            writeln!(out)
        })?,
    }
    Ok(Exit::Passed)
}

fn answers<'s>(framework: &Framework, requirement: &Requirement, set: &'s PolicySet) -> Vec<&'s str> {
    framework.answers(requirement, set.policies()).into_iter().map(|at| set.policies()[at].id()).collect()
}

/// A line each: how many of its requirements policies can prove, and what it is.
fn list(all: &[Framework], set: &PolicySet) -> String {
    let width = all.iter().map(|one| one.id.len()).max().unwrap_or_default();
    let mut text = String::new();
    for framework in all {
        let number =
            |coverage| framework.requirements.iter().filter(|one| covered(framework, one, set) == coverage).count();
        let numbers = [Provable::Full, Provable::Partial, Provable::Manual].map(|one| (number(one), one.word()));
        let numbers = numbers.into_iter().filter(|(number, _)| *number > 0);
        let numbers: Vec<_> = numbers.map(|(number, word)| format!("{number} {word}")).collect();
        let _ = writeln!(
            text,
            "{:width$}  {}\n{:width$}  {}: {}",
            framework.id,
            framework.title,
            "",
            count(framework.requirements.len(), "requirement"),
            numbers.join(", ")
        );
    }
    text.push_str("\nseaworthy policy frameworks ID lists its requirements and the policies that answer them\n");
    text
}

fn covered(framework: &Framework, requirement: &Requirement, set: &PolicySet) -> Provable {
    requirement.provable(framework.answers(requirement, set.policies()).len())
}

fn requirements(framework: &Framework, set: &PolicySet) -> String {
    let mut text = format!("{}: {}\n", clean(&framework.id), clean(&framework.title));
    for line in std::iter::once(&framework.edition).chain(&framework.urls).filter(|line| !line.is_empty()) {
        let _ = writeln!(text, "{}", clean(line));
    }
    for requirement in &framework.requirements {
        let word = covered(framework, requirement, set).word();
        let _ = writeln!(text, "\n{word:8}  {}  {}", clean(&requirement.id), clean(&requirement.title));
        let ids = answers(framework, requirement, set);
        if !ids.is_empty() {
            let _ = writeln!(text, "{:10}{}", "", ids.join(", "));
        }
        if !requirement.rest.is_empty() {
            let _ = writeln!(text, "{:10}by hand: {}", "", clean(&requirement.rest));
        }
    }
    text
}

fn as_json(framework: &Framework, set: &PolicySet) -> Value {
    let requirement = |one: &Requirement| {
        json!({
            "id": one.id, "title": one.title, "coverage": covered(framework, one, set), "rest": one.rest,
            "policies": answers(framework, one, set),
        })
    };
    json!({
        "id": framework.id, "title": framework.title, "edition": framework.edition, "urls": framework.urls,
        "requirements": framework.requirements.iter().map(requirement).collect::<Vec<_>>(),
    })
}
