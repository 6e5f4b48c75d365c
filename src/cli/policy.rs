//! `seaworthy policy`: list, test and start policies.

use std::fs;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;

use super::args::{Global, OwnArgs};
use super::error::Error;
use super::format::ListFormat;
use super::frameworks::{self, FrameworksArgs};
use super::terminal;
use crate::output::Output;
use crate::pipeline::policies;
use crate::policy::{Expects, Policy, PolicySet, Source, TestRun, policy_data, run_tests};
use crate::result::Exit;
use crate::text::count;

const POLICY: &str = include_str!("../../reports/templates/policy.rego");
const TESTS: &str = include_str!("../../reports/templates/policy_test.rego");

#[derive(Debug, Subcommand)]
pub(super) enum PolicyCommand {
    /// List all policies: id, severity, area and title
    List(ListArgs),
    /// List the frameworks that reports can be told by, or the requirements of one and the policies that answer them
    Frameworks(FrameworksArgs),
    /// Run the tests of policies, with coverage; exits 1 if one fails, 3 if there are none
    Test(TestArgs),
    /// Write a policy and its test to start from; they pass
    New(NewArgs),
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// How to print the list
    #[arg(short, long, value_enum, default_value_t)]
    format: ListFormat,
    #[command(flatten)]
    own: OwnArgs,
}

#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// Folder of policies and tests [default: the built-in ones]
    dir: Option<PathBuf>,
    /// JSON or YAML that they read below 'data', besides what stands in the folder; repeats
    #[arg(long, value_name = "FILE")]
    data: Vec<PathBuf>,
    /// What those without a header expect as 'input'
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    input: Expects,
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// Area and kebab-case id, which names the problem: backup/vault-not-locked
    #[arg(value_name = "AREA/ID", value_parser = Name::parse)]
    name: Name,
    /// Folder of policies to write to
    #[arg(long, value_name = "DIR", default_value = "policies")]
    dir: PathBuf,
}

/// `backup/vault-not-locked`
#[derive(Clone, Debug)]
struct Name {
    area: String,
    id: String,
}

impl Name {
    fn parse(text: &str) -> Result<Self, String> {
        let is_word = |word: &str| {
            word.starts_with(|first: char| first.is_ascii_lowercase())
                && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        match text.split_once('/') {
            Some((area, id)) if is_word(area) && id.split('-').all(is_word) => {
                Ok(Self { area: area.to_owned(), id: id.to_owned() })
            }
            _ => Err("expected an area and a kebab-case id, as in backup/vault-not-locked".to_owned()),
        }
    }
}

pub(super) fn run(global: &Global, command: &PolicyCommand) -> Result<Exit, Error> {
    match command {
        PolicyCommand::List(args) => list(global, args),
        PolicyCommand::Frameworks(args) => frameworks::run(global, args),
        PolicyCommand::Test(args) => test(args),
        PolicyCommand::New(args) => new(args),
    }
}

fn list(global: &Global, args: &ListArgs) -> Result<Exit, Error> {
    let set = policies(&args.own.policies(), &global.load()?)?;
    let infos: Vec<_> = set.policies().iter().map(Policy::info).collect();
    match args.format {
        ListFormat::Json => {
            let rows: Vec<_> = infos
                .iter()
                .map(|info| {
                    json!({
                        "id": info.id, "severity": info.severity, "area": info.area, "title": info.title,
                        "blocker": info.blocker, "kinds": info.kinds, "frameworks": info.frameworks,
                    })
                })
                .collect();
            Output::open(None)?.write(|out| {
                serde_json::to_writer_pretty(&mut *out, &rows)?;
                writeln!(out)
            })?;
        }
        ListFormat::Table => {
            let longest = |text: fn(&crate::result::PolicyInfo) -> &str| {
                infos.iter().map(|info| text(info).len()).max().unwrap_or_default()
            };
            let (id, area, title) = (longest(|info| &info.id), longest(|info| &info.area), longest(|info| &info.title));
            // Where the titles do not fit beside the rest, all of them stand below it.
            let fits = terminal::columns_of_stdout().is_none_or(|columns| id + area + title + 14 <= columns);
            let between = if fits { "  " } else { "\n    " };
            let rows = infos.iter().map(|info| {
                let (severity, title) = (info.severity.word(), &info.title);
                let row = format!("{:id$}  {severity:8}  {:area$}", info.id, info.area);
                format!("{}{between}{title}\n", if fits { &row } else { row.trim_end() })
            });
            terminal::tell(&rows.collect::<String>())?;
        }
    }
    Ok(Exit::Passed)
}

fn test(args: &TestArgs) -> Result<Exit, Error> {
    let mut sources = Source::built_in();
    let data = policy_data(args.dir.as_slice(), &args.data)?;
    if let Some(dir) = &args.dir {
        // Its policies may use the built-in libraries, but the built-in tests are not theirs. A checkout of our own
        // policies stands for what is built in.
        let own = Source::in_dir(dir)?;
        sources.retain(|source| source.path.starts_with("policies/lib/") && !source.is_test());
        sources.retain(|source| !own.iter().any(|own| own.path.ends_with(&source.path)));
        sources.extend(own);
    }
    let run = run_tests(&sources, &data, args.input)?;
    terminal::tell(&shown(&run))?;
    Ok(match (run.tests(), run.failures()) {
        (0, _) => Exit::NothingToEvaluate,
        (_, 0) => Exit::Passed,
        _ => Exit::GateFailed,
    })
}

/// What came of the tests.
fn shown(run: &TestRun) -> String {
    let mut lines = Vec::new();
    for file in &run.files {
        let tests = count(file.passed.len() + file.failed.len(), "test");
        lines.push(match file.failed.len() {
            0 => format!("pass  {}  {tests}", file.path),
            failed => format!("FAIL  {}  {failed} of {tests}", file.path),
        });
        lines.extend(file.failed.iter().map(|(name, why)| format!("      {name}: {why}")));
    }
    for (path, numbers) in &run.not_covered {
        let numbers: Vec<_> = numbers.iter().map(u32::to_string).collect();
        let noun = if numbers.len() == 1 { "line" } else { "lines" };
        lines.push(format!("not covered  {path}  {noun} {}", numbers.join(", ")));
    }
    lines.extend(run.untested.iter().map(|path| format!("no tests  {path}")));
    let coverage = (run.covered * 100).checked_div(run.lines).unwrap_or_default();
    let tests = count(run.tests(), "test");
    lines.push(match (run.tests(), run.failures()) {
        (0, _) => "there are no tests".to_owned(),
        (_, 0) => format!("{tests} passed, {coverage}% of lines covered"),
        (_, failed) => format!("{failed} of {tests} failed, {coverage}% of lines covered"),
    });
    lines.push(String::new());
    lines.join("\n")
}

fn new(args: &NewArgs) -> Result<Exit, Error> {
    let Name { area, id } = &args.name;
    if let Some(there) = PolicySet::load(&[], &[], Expects::default())?.find(id) {
        let help = format!("seaworthy explain {} says what it does", there.id());
        return Err(Error::usage(format!("the id '{id}' is taken by a built-in policy"), help));
    }
    let name = id.replace('-', "_");
    let folder = args.dir.join(area);
    let files = [(folder.join(format!("{name}.rego")), POLICY), (folder.join(format!("{name}_test.rego")), TESTS)];
    if let Some((there, _)) = files.iter().find(|(path, _)| path.exists()) {
        let message = format!("'{}' is there already, and is not overwritten", there.display());
        return Err(Error::usage(message, "choose another id, or remove it first"));
    }
    // If this fails, opening the files says why.
    let _ = fs::create_dir_all(&folder);
    let filled = |template: &str| template.replace("{area}", area).replace("{id}", id).replace("{name}", &name);
    let mut outputs = files.iter().map(|(path, _)| Output::open(Some(path))).collect::<Result<Vec<_>, _>>()?;
    for (output, (_, template)) in outputs.iter_mut().zip(&files) {
        output.write(|out| out.write_all(filled(template).as_bytes()))?;
    }
    outputs.into_iter().try_for_each(Output::finish)?;
    let wrote = files.iter().map(|(path, _)| format!("wrote {}\n", path.display()));
    let next = format!("next: seaworthy policy test {}\n", args.dir.display());
    terminal::tell(&wrote.chain([next]).collect::<String>())?;
    Ok(Exit::Passed)
}
