//! The page of a table: text of a given width, built from top to bottom.

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter};
use unicode_width::UnicodeWidthStr as _;

use super::color::color;
use super::columns::columns;
use super::phrase::log_line;
use super::reporter::Render;
use crate::model::Severity;
use crate::result::ApplicationResult;
use crate::text::{clean, thousands};

/// Columns before the text of a heading: as wide as `not seen` and two blanks.
const GUTTER: usize = 10;

/// Cells that are wider than this do not make their column wider.
const ALIGNED: usize = 40;

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

    /// How many lines there are.
    pub(super) fn lines(&self) -> usize {
        self.text.lines().count()
    }

    /// Whether a text has room in a line of its own.
    pub(super) fn fits(&self, text: &str) -> bool {
        text.width() <= self.width
    }

    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(&log_line(text.trim_end()));
        self.text.push('\n');
    }

    /// A paragraph; words, names and ids stay whole. Nothing, if there is no text.
    pub(super) fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        for line in textwrap::wrap(&clean(text), self.options(first, rest)) {
            self.line(&line);
        }
    }

    fn options<'a>(&self, first: &'a str, rest: &'a str) -> Options<'a> {
        Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation)
    }

    /// A line as it is, of cells that are clean already.
    pub(super) fn plain(&mut self, text: &str) {
        self.line(text);
    }

    /// A title of what follows.
    pub(super) fn title(&mut self, text: &str) {
        self.blank();
        self.line(text);
    }

    /// A paragraph that begins with a word, which may have the colour of a severity.
    pub(super) fn colored_text(&mut self, word: &str, severity: Option<Severity>, text: &str) {
        for (at, line) in textwrap::wrap(&clean(text), self.options("", "  ")).iter().enumerate() {
            self.line(&if at == 0 { self.colored(line, word, severity) } else { line.to_string() });
        }
    }

    /// A paragraph with a word in front of it, below a heading.
    pub(super) fn labelled(&mut self, label: &str, text: &str) {
        self.wrapped(&format!("  {label:<6}"), "        ", text);
    }

    /// A paragraph behind a word in the gutter.
    pub(super) fn entry(&mut self, word: &str, text: &str) {
        self.wrapped(&format!("{word:<GUTTER$}"), &" ".repeat(GUTTER + 2), text);
    }

    /// The same for items with dots between them, which stay whole.
    pub(super) fn list(&mut self, word: &str, text: &str) {
        fn items(text: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
            Box::new(text.split_inclusive(" · ").map(Word::from))
        }
        let (first, rest) = (format!("{word:<GUTTER$}"), " ".repeat(GUTTER));
        if text.is_empty() {
            return;
        }
        for line in textwrap::wrap(text, self.options(&first, &rest).word_separator(WordSeparator::Custom(items))) {
            self.line(&line);
        }
    }

    /// A line of its own behind a word in the gutter, which may have the colour of a severity.
    pub(super) fn row(&mut self, word: &str, severity: Option<Severity>, text: &str) {
        let first = format!("{word:<GUTTER$}");
        let rest = " ".repeat(GUTTER);
        for (at, line) in textwrap::wrap(&clean(text), self.options(&first, &rest)).iter().enumerate() {
            self.line(&if at == 0 { self.colored(line, word, severity) } else { line.to_string() });
        }
    }

    fn colored(&self, line: &str, word: &str, severity: Option<Severity>) -> String {
        match severity.filter(|_| self.color).map(color) {
            Some(style) => line.replacen(word, &format!("{style}{word}{style:#}"), 1),
            None => line.to_owned(),
        }
    }

    /// What a group of verdicts is about.
    pub(super) fn heading(&mut self, word: &str, severity: Option<Severity>, policy: &str, about: &str) {
        self.blank();
        let plain = format!("{word:<GUTTER$}{}", clean(policy));
        let used = plain.width() + about.width();
        if used + 2 > self.width {
            self.line(&self.colored(&plain, word, severity));
            return self.entry("", about);
        }
        let gap = self.width.min(100).saturating_sub(used).max(2);
        self.line(&self.colored(&format!("{plain}{}{about}", " ".repeat(gap)), word, severity));
    }

    /// Rows whose columns stand below each other. What does not fit a line goes to the next one.
    pub(super) fn columns(&mut self, rows: &[Vec<String>]) {
        let count = rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<_> = (0..count)
            .map(|column| {
                let widths = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
                widths.filter(|width| *width <= ALIGNED).max().unwrap_or_default()
            })
            .collect();
        for row in rows {
            let mut line = " ".to_owned();
            for (cell, width) in row.iter().zip(&widths) {
                if cell.is_empty() && *width == 0 {
                    continue;
                }
                if line.width() + 1 + cell.width() > self.width && !line.trim().is_empty() {
                    self.line(&line);
                    line = "   ".to_owned();
                }
                if line.trim().is_empty() && line.width() + 1 + cell.width() > self.width {
                    self.wrapped(&format!("{line} "), "      ", cell);
                    line = "   ".to_owned();
                    continue;
                }
                line = format!("{line} {cell}{} ", " ".repeat(width.saturating_sub(cell.width())));
            }
            if !line.trim().is_empty() {
                self.line(&line);
            }
        }
    }

    /// How the applications stand, a row each.
    pub(super) fn applications(&mut self, applications: &[ApplicationResult]) {
        if applications.is_empty() {
            return;
        }
        self.blank();
        let row = |ApplicationResult { name, resources, blockers, failed, unknown }: &ApplicationResult| {
            let [resources, blockers, failed, unknown] =
                [resources, blockers, failed, unknown].map(|it| thousands(*it));
            [clean(name).into_owned(), resources, blockers, failed, unknown]
        };
        let header = ["application", "resources", "blockers", "fail", "unknown"];
        let lines = columns(header, applications.iter().map(row), 1);
        if lines.iter().all(|line| line.width() <= self.width) {
            lines.iter().for_each(|line| self.line(line));
            return;
        }
        // A name is too long for columns.
        for ApplicationResult { name, resources, blockers, failed, unknown } in applications {
            let numbers = [(resources, "resources"), (blockers, "blockers"), (failed, "fail"), (unknown, "unknown")];
            let numbers = numbers.map(|(number, word)| format!("{} {word}", thousands(*number)));
            self.wrapped("", "  ", &format!("{}: {}", clean(name), numbers.join(", ")));
        }
    }
}
