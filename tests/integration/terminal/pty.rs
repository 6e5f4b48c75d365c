//! A pseudo-terminal, and what stands on it.

use std::io::Read as _;
use std::process::Command;

/// Rows of a terminal from which nothing scrolls away.
const ENDLESS: u16 = 4000;

/// What a command wrote to its terminal.
pub(crate) struct Seen {
    pub(crate) code: Option<i32>,
    /// With its escape sequences.
    pub(crate) bytes: Vec<u8>,
    size: (u16, u16),
}

/// Runs a command on a terminal of so many rows and columns.
pub(crate) fn seen(command: Command, size: (u16, u16)) -> Seen {
    let (mut terminal, end) = pty_process::blocking::open().unwrap();
    terminal.resize(pty_process::Size::new(size.0, size.1)).unwrap();
    // The command brings a standard input of its own; only what it writes goes to the terminal.
    let mut child = pty_process::blocking::Command::from(command).spawn(end).unwrap();
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    // Linux answers with an error when the other end is closed.
    while let Ok(count @ 1..) = terminal.read(&mut buffer) {
        bytes.extend_from_slice(&buffer[..count]);
    }
    Seen::of(bytes, child.wait().unwrap().code(), size)
}

impl Seen {
    pub(crate) fn of(bytes: Vec<u8>, code: Option<i32>, size: (u16, u16)) -> Self {
        let bytes =
            if code.is_none() { String::from_utf8(bytes).unwrap().replace('\n', "\r\n").into_bytes() } else { bytes };
        Self { code, bytes, size }
    }

    fn on(&self, rows: u16) -> vt100::Parser {
        let mut parser = vt100::Parser::new(rows.try_into().unwrap(), self.size.1.try_into().unwrap(), 0);
        parser.process(&self.bytes);
        parser
    }

    /// All that stands there in the end, as if the terminal were endless.
    pub(crate) fn text(&self) -> String {
        self.on(ENDLESS).screen().contents().trim_end().to_owned()
    }

    /// What is left on the screen.
    pub(crate) fn screen(&self) -> String {
        self.on(self.size.0).screen().contents()
    }

    /// Lines that the terminal had to break, but for single words that are longer than it is wide.
    pub(crate) fn torn(&self) -> Vec<String> {
        let parser = self.on(ENDLESS);
        let rows: Vec<String> = parser.screen().rows(0, self.size.1).collect();
        let mut torn = Vec::new();
        let mut line = String::new();
        for (row, at) in rows.iter().zip(0..) {
            line.push_str(row);
            if parser.screen().row_wrapped(at) {
                continue;
            }
            if line.len() > row.len() && line.split_whitespace().count() > 1 {
                torn.push(line.clone());
            }
            line.clear();
        }
        torn
    }

    /// Whether any text has colour.
    pub(crate) fn has_color(&self) -> bool {
        let text = String::from_utf8_lossy(&self.bytes);
        text.split("\u{1b}[")
            .skip(1)
            .any(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m'))
    }
}
