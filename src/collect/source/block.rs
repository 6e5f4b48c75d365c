//! One file of Terraform code: its blocks, and the lines that they stand on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::expression::Gives;
use super::waiver::Inline;
use crate::model::Extent;

/// A `resource`, `data` or `module` block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Its address within the module: `aws_db_instance.main`, `data.aws_vpc.main`, `module.db`.
    pub address: String,
    /// From the header to the closing brace.
    pub extent: Extent,
    /// Attributes and blocks in it, dotted. The first of several stands for all.
    pub lines: BTreeMap<String, Extent>,
    /// Attributes whose value is a variable of the module, and nothing else: `multi_az` → `multi_az_enabled`.
    pub variables: BTreeMap<String, String>,
    /// What the expressions of attributes give. `None`: there are several of that name, in blocks that repeat.
    pub gives: BTreeMap<String, Option<Gives>>,
    /// Blocks that a `dynamic` block makes.
    pub dynamic: BTreeSet<String>,
    /// For a provider and a local: what its region or its value is, where that is a text or a plain reference.
    pub word: Option<Word>,
    /// For a module: the `source`, if it is written out.
    pub source: Option<String>,
    /// Waivers on it, or on an attribute or block in it.
    pub waivers: Vec<Inline>,
}

impl Block {
    /// Takes down what an attribute gives.
    pub(super) fn give(&mut self, path: &str, gives: Gives) {
        self.gives
            .entry(path.to_owned())
            .and_modify(|known| {
                let is_derived = |gives: &Gives| *gives == Gives::Derived;
                *known = Some(Gives::Derived).filter(|_| known.as_ref().is_some_and(is_derived) || is_derived(&gives));
            })
            .or_insert(Some(gives));
    }

    /// Takes over what an override sets, which stands on no line of the block's own file.
    pub(super) fn override_with(&mut self, other: Self) {
        let top = |path: &str| path.split('.').next().unwrap_or_default().to_owned();
        let set: BTreeSet<String> = other.lines.keys().chain(other.gives.keys()).map(|path| top(path)).collect();
        self.lines.retain(|path, _| !other.lines.contains_key(path));
        self.gives.retain(|path, _| !set.contains(&top(path)));
        self.gives.extend(other.gives);
        self.word = other.word.or(self.word.take());
    }
}

/// An expression that can be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Text(String),
    /// `local.region`, `var.region`.
    Reference(String),
}

/// What a file holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Code {
    pub blocks: Vec<Block>,
    /// Why it was not read.
    pub trouble: Option<FileProblem>,
    /// Waivers that have no effect, and why.
    pub bad_waivers: Vec<FileProblem>,
}

/// What is wrong with a file: a line, if one is to blame, and why.
pub(super) type FileProblem = (Option<u32>, String);

/// Where the lines of a text begin.
pub(super) struct LineIndex<'a> {
    pub(super) text: &'a str,
    pub(super) starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1).collect();
        Self { text, starts }
    }

    /// The line that a byte is on, from 1.
    pub(super) fn at(&self, byte: usize) -> u32 {
        u32::try_from(1 + self.starts.partition_point(|start| *start <= byte)).unwrap_or(u32::MAX)
    }

    /// Lines and columns of a piece of the text, without the blanks and line ends that it ends with.
    pub(super) fn extent(&self, piece: Range<usize>) -> Extent {
        let inside = self.text.get(piece.clone()).map_or(0, |text| text.trim_end().len());
        let end = piece.start + inside;
        // What is empty is on the line that it begins on.
        let last = if inside == 0 { piece.start } else { end.saturating_sub(1) };
        Extent {
            line: self.at(piece.start),
            column: self.column(piece.start, piece.start),
            end_line: self.at(last),
            end_column: self.column(last, end),
        }
    }

    /// The column of a byte, in characters from 1, on the line of another byte.
    pub(super) fn column(&self, on_line_of: usize, byte: usize) -> u32 {
        let line = self.starts.partition_point(|start| *start <= on_line_of);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or_default();
        let before = self.text.get(start..byte).map_or(0, |text| text.chars().count());
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }
}
