//! The page of a table: text of a given width, built from top to bottom.

use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;

use super::color;
use crate::config::Severity;
use crate::report::{ApplicationResult, Render};
use crate::text::{clean, thousands};
use crate::verdict::Outcome;

/// Columns before the text of a heading: as wide as `not seen` and two blanks.
const GUTTER: usize = 10;

/// Lines are for reading: wider than this they are not, whatever the terminal is.
const READABLE: usize = 120;

/// What was written so far.
pub(super) struct Page {
    width: usize,
    color: bool,
    text: String,
}

impl Page {
    pub(super) fn new(how: &Render) -> Self {
        Self { width: how.width.clamp(40, READABLE), color: how.color, text: String::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    /// A paragraph; words, names and ids stay whole.
    pub(super) fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        let options = Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation);
        for line in textwrap::wrap(&clean(text), options) {
            self.line(&line);
        }
    }

    /// A paragraph with a word in front of it, below a heading. Nothing, if there is no text.
    pub(super) fn labelled(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            self.wrapped(&format!("  {label:<6}"), "        ", text);
        }
    }

    /// Paragraphs behind a word in the gutter.
    pub(super) fn list(&mut self, word: &str, texts: &[impl AsRef<str>]) {
        if !texts.is_empty() {
            self.blank();
        }
        for (at, text) in texts.iter().enumerate() {
            let word = if at == 0 { word } else { "" };
            self.wrapped(&format!("{word:<GUTTER$}"), &" ".repeat(GUTTER + 2), text.as_ref());
        }
    }

    /// What a group of verdicts is about.
    pub(super) fn heading(&mut self, outcome: Outcome, severity: Option<Severity>, policy: &str, about: &str) {
        self.blank();
        let mut words = Vec::new();
        if outcome != Outcome::Fail {
            words.push(outcome.word().to_owned());
        }
        words.extend(severity.map(|severity| severity.word().to_owned()));
        let plain = format!("{:<GUTTER$}{}", words.join(" "), clean(policy));
        let plain =
            if words.join(" ").len() >= GUTTER { format!("{} {}", words.join(" "), clean(policy)) } else { plain };
        let gap = (self.width.min(100)).saturating_sub(plain.width() + about.width()).max(2);
        let mut line = format!("{plain}{}{about}", " ".repeat(gap));
        if let (true, Some(severity)) = (self.color, severity) {
            let style = color(severity);
            line = line.replacen(severity.word(), &format!("{style}{}{style:#}", severity.word()), 1);
        }
        self.line(&line);
    }

    /// Rows whose columns stand below each other, if they all fit; else every row on two lines.
    pub(super) fn columns(&mut self, rows: &[Vec<String>]) {
        let count = rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<_> = (0..count)
            .map(|column| {
                rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or_default()
            })
            .collect();
        let full: usize = 2 + widths.iter().filter(|width| **width > 0).map(|width| width + 2).sum::<usize>();
        for row in rows {
            let cells = || row.iter().zip(&widths).filter(|(_, width)| **width > 0);
            if full <= self.width + 2 {
                let cells = cells().map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width() + 2)));
                self.line(&format!("  {}", cells.collect::<String>()));
            } else {
                let mut cells = cells().map(|(cell, _)| cell.as_str()).filter(|cell| !cell.is_empty());
                self.line(&format!("  {}", cells.next().unwrap_or_default()));
                self.wrapped("    ", "    ", &cells.collect::<Vec<_>>().join("  "));
            }
        }
    }

    /// Two texts on one line, or on two.
    pub(super) fn side_by_side(&mut self, left: &str, right: &str) {
        let (left, right) = (clean(left), clean(right));
        if left.width() + right.width() + 6 <= self.width {
            self.line(&format!("{left}      {right}"));
        } else {
            self.wrapped("", "  ", &left);
            self.wrapped("", "  ", &right);
        }
    }

    /// How the applications stand, a row each.
    pub(super) fn applications(&mut self, applications: &[ApplicationResult]) {
        if applications.is_empty() {
            return;
        }
        self.blank();
        let mut table = comfy_table::Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        table.set_header(["application", "resources", "blockers", "fail", "unknown"]);
        for application in applications {
            let ApplicationResult { name, resources, blockers, failed, unknown } = application;
            let numbers = [resources, blockers, failed, unknown].map(|number| thousands(*number));
            table.add_row(std::iter::once(clean(name).into_owned()).chain(numbers));
        }
        for (at, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, 2));
            if at > 0 {
                column.set_cell_alignment(comfy_table::CellAlignment::Right);
            }
        }
        for line in table.lines() {
            self.line(&line);
        }
    }
}
