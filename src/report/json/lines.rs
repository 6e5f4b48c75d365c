//! JSON of which every element of the top-level lists has its own line: compact, and still one verdict at a time.

use std::io::{self, Write};

use serde_json::ser::Formatter;

use crate::text::is_hostile;

/// Breaks lines down to the elements of the top level's lists, and no deeper.
#[derive(Default)]
pub(crate) struct LineFormatter {
    depth: usize,
    /// At that depth stands a list of the top level that is open.
    in_list: bool,
}

impl LineFormatter {
    /// For one element of a list of the top level.
    pub(crate) fn of_an_element() -> Self {
        Self { depth: 2, in_list: false }
    }

    fn break_before<W: ?Sized + Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        match (self.depth, self.in_list) {
            (1, _) | (2, true) => out.write_all(b"\n"),
            _ => Ok(()),
        }
    }
}

impl Formatter for LineFormatter {
    /// The same text to a parser, and none that moves a terminal, turns a line or commands a build server: JSON itself
    /// wants only the control characters of ASCII to be escaped.
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        // Nearly all are plain, which is told at once.
        let is_plain = fragment.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'#');
        if is_plain || (!fragment.contains("##") && !fragment.chars().any(is_hostile)) {
            return out.write_all(fragment.as_bytes());
        }
        let mut last = ' ';
        for c in fragment.chars() {
            if is_hostile(c) || (last, c) == ('#', '#') {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
            } else {
                write!(out, "{c}")?;
            }
            last = c;
        }
        Ok(())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.depth == 2 {
            self.in_list = true;
        }
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if self.depth == 2 {
            self.in_list = false;
        }
        self.depth -= 1;
        out.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.break_before(out, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        if self.depth == 0 {
            out.write_all(b"\n")?;
        }
        out.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.break_before(out, first)
    }
}
