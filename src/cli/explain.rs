//! `seaworthy explain`: what a policy means for recovery, and how to fix what it finds.

use std::fmt::{self, Display, Write as _};

use clap::Args;

use super::args::{Global, OwnArgs};
use super::error::Error;
use super::terminal::{columns_of_stdout, fit, width};
use crate::model::{Kind, Pattern};
use crate::output::Output;
use crate::pipeline::policies;
use crate::policy::{Policy, PolicyError};
use crate::result::Exit;
use crate::text::did_you_mean;

/// Columns that prose is read well in.
const PROSE: usize = 100;

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The policy's id, or one that it had before
    #[arg(value_name = "POLICY")]
    id: String,
    #[command(flatten)]
    own: OwnArgs,
}

pub(super) fn run(global: &Global, args: &ExplainArgs) -> Result<Exit, Error> {
    let loaded = global.load()?;
    let set = policies(&args.own.policies(), &loaded)?;
    let Some(policy) = set.find(&args.id) else {
        let hint = did_you_mean(&args.id, set.policies().iter().map(Policy::id));
        return Err(PolicyError::UnknownPolicy { id: args.id.clone(), hint }.into());
    };
    let columns = columns_of_stdout();
    let page = Page { policy, width: width().min(PROSE), columns };
    // Code is not wrapped as prose is, but a terminal would break it in the middle of a word.
    Output::open(None)?.write(|out| write!(out, "{}", fit(&page.to_string(), columns)))?;
    Ok(Exit::Passed)
}

/// The explanation as text.
struct Page<'a> {
    policy: &'a Policy,
    width: usize,
    /// Of the terminal, if it goes to one.
    columns: Option<usize>,
}

impl Display for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let info = self.policy.info();
        writeln!(f, "{}: {}", info.id, info.title)?;
        if !self.policy.aliases().is_empty() {
            writeln!(f, "formerly {}", self.policy.aliases().join(", "))?;
        }
        self.section(f, "What it means for recovery", &info.description)?;
        self.verbatim(f, "Severity", &self.severities())?;
        let kinds: Vec<_> = info.kinds.iter().map(|name| kind(name)).collect();
        self.verbatim(f, "Applies to", &kinds.join("\n"))?;
        let parameters: Vec<_> =
            self.policy.parameters().map(|(name, value, meaning)| format!("{name} = {value}: {meaning}")).collect();
        self.section(f, "Parameters", &parameters.join("\n\n"))?;
        self.section(f, "Fix", &info.remediation.summary)?;
        self.section(f, "In the console", &info.remediation.console)?;
        self.verbatim(f, "On the command line", &self.commands(&info.remediation.cli))?;
        self.verbatim(f, "In Terraform", &info.remediation.terraform)?;
        let frameworks: Vec<_> =
            info.frameworks.iter().map(|(id, controls)| format!("{id}: {}", controls.join(", "))).collect();
        self.verbatim(f, "Frameworks", &frameworks.join("\n"))?;
        self.verbatim(f, "Read on", &info.references.join("\n"))
    }
}

impl Page<'_> {
    /// `critical`, or one for every pattern where they differ.
    fn severities(&self) -> String {
        let word = |pattern| self.policy.severity(pattern).map_or("does not apply", |severity| severity.word());
        let default = word(None);
        let mut text = default.to_owned();
        if Pattern::ALL.iter().any(|pattern| word(Some(*pattern)) != default) {
            text.push_str(", where no pattern is stated");
            for pattern in Pattern::ALL {
                let _ = write!(text, "\n{}: {}", pattern.word(), word(Some(pattern)));
            }
        }
        let blocks: Vec<_> =
            Pattern::ALL.into_iter().filter(|pattern| self.policy.blocks_under(Some(*pattern))).collect();
        if self.policy.blocks_under(None) {
            text.push_str("\na blocker: recovery is impossible, not merely slower");
        } else if !blocks.is_empty() {
            let names: Vec<_> = blocks.into_iter().map(Pattern::word).collect();
            let _ = write!(text, "\na blocker under {}: recovery is impossible as promised", names.join(", "));
        }
        if !self.policy.waivable() {
            text.push_str("\nit cannot be waived");
        }
        text
    }

    /// Commands, which go on in the next line as a shell lets them, so that they can be copied.
    fn commands(&self, text: &str) -> String {
        let Some(columns) = self.columns.map(|columns| columns.saturating_sub(4).max(1)) else {
            return text.to_owned();
        };
        let options = textwrap::Options::new(columns)
            .subsequent_indent("  ")
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false);
        // What is quoted would not be the same any more.
        let goes_on = |line: &str| match line.contains(['"', '\'', '#', '\\']) {
            true => line.to_owned(),
            false => textwrap::wrap(line, &options).join(" \\\n"),
        };
        text.lines().map(goes_on).collect::<Vec<_>>().join("\n")
    }

    /// Prose, wrapped. Blank lines part its paragraphs.
    fn section(&self, f: &mut fmt::Formatter<'_>, title: &str, text: &str) -> fmt::Result {
        if text.is_empty() {
            return Ok(());
        }
        let options = textwrap::Options::new(self.width)
            .initial_indent("  ")
            .subsequent_indent("  ")
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false);
        let paragraphs = text.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
        let wrapped: Vec<_> = paragraphs.map(|paragraph| textwrap::fill(&paragraph, &options)).collect();
        writeln!(f, "\n{title}\n{}", wrapped.join("\n\n"))
    }

    /// Lines, as they stand.
    fn verbatim(&self, f: &mut fmt::Formatter<'_>, title: &str, text: &str) -> fmt::Result {
        if text.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n{title}")?;
        text.lines().try_for_each(|line| writeln!(f, "{}", format!("  {line}").trim_end()))
    }
}

fn kind(name: &str) -> String {
    Kind::find(name).map_or_else(|| name.to_owned(), |kind| format!("{name} ({})", kind.info().title))
}
