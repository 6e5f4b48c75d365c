//! Reading an inventory block by block: a block is parsed on all threads while the next one is read or unpacked, and
//! what is the same for many resources is kept once.

use std::collections::HashMap;
use std::io::{self, BufRead, Read as _};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::line::LineReader;
use super::{Inventory, InventoryError};
use crate::model::Resource;

/// Text that is parsed at once, bytes. Lines are far shorter.
const BLOCK: usize = 1 << 20;

/// Lines that a thread takes at once.
const LINES: usize = 256;

/// Resources that room is made for before any was read, whatever the header promises.
const MOST_EXPECTED: usize = 1 << 20;

impl Inventory {
    /// Reads a whole file's text. Blank lines are passed over.
    pub fn parse(text: &[u8]) -> Result<Self, InventoryError> {
        read(text, BLOCK)
    }

    /// Reads a file block by block, so that its text is never in memory as a whole.
    pub fn read(input: impl BufRead + Send) -> Result<Self, InventoryError> {
        read(input, BLOCK)
    }
}

fn read(mut input: impl BufRead + Send, size: usize) -> Result<Inventory, InventoryError> {
    let (mut line, mut first) = (0, Vec::new());
    while first.trim_ascii().is_empty() {
        first.clear();
        line += 1;
        if input.read_until(b'\n', &mut first)? == 0 {
            return Err(InventoryError::Empty);
        }
    }
    let header = Inventory::header(first.trim_ascii())?;
    let mut blocks = Blocks { input, size, rest: Vec::new(), is_over: false };
    let mut reading = Reading::new(line, header.resources);
    let mut block = blocks.next(Vec::new())?;
    let mut spare = Vec::new();
    while let Some(text) = block {
        let (next, read) = rayon::join(|| blocks.next(spare), || reading.take(&text));
        read?;
        (block, spare) = (next?, text);
    }
    let resources = reading.end()?;
    Ok(Inventory { resources, coverage: header.coverage, collected_at: header.collected_at, sources: header.sources })
}

/// Cuts a text into blocks of whole lines.
struct Blocks<R> {
    input: R,
    /// Bytes that are read at once.
    size: usize,
    /// The beginning of a line.
    rest: Vec<u8>,
    is_over: bool,
}

impl<R: BufRead> Blocks<R> {
    /// The next one, in room that is free again.
    fn next(&mut self, mut block: Vec<u8>) -> io::Result<Option<Vec<u8>>> {
        block.clear();
        block.reserve(self.size + self.rest.len());
        block.append(&mut self.rest);
        while !self.is_over {
            let read = self.input.by_ref().take(self.size as u64).read_to_end(&mut block)?;
            self.is_over = read < self.size;
            let fresh = block.len() - read;
            if let Some(end) = block[fresh..].iter().rposition(|byte| *byte == b'\n') {
                self.rest.extend(block.drain(fresh + end + 1..));
                return Ok(Some(block));
            }
        }
        Ok(Some(block).filter(|block| !block.is_empty()))
    }
}

/// What was read so far.
struct Reading {
    /// Of the next block's first line, less one.
    line: usize,
    /// Lines that are not blank.
    found: usize,
    expected: usize,
    resources: Vec<Resource>,
    /// The line of each resource.
    lines: Vec<u32>,
    /// A line that ended too early, if nothing else was wrong before.
    cut_off: Option<InventoryError>,
    readers: Mutex<Vec<LineReader>>,
}

impl Reading {
    fn new(line: usize, expected: usize) -> Self {
        let resources = Vec::with_capacity(expected.min(MOST_EXPECTED));
        Self { line, found: 0, expected, resources, lines: Vec::new(), cut_off: None, readers: Mutex::default() }
    }

    fn take(&mut self, text: &[u8]) -> Result<(), InventoryError> {
        let start = self.line;
        // A text ends with the end of its last line, behind which no other one starts.
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let all = text.split(|byte| *byte == b'\n').zip(start + 1..);
        let trimmed = all.inspect(|(_, line)| self.line = *line).map(|(text, line)| (text.trim_ascii(), line));
        let lines: Vec<(&[u8], usize)> = trimmed.filter(|(text, _)| !text.is_empty()).collect();
        self.found += lines.len();
        if self.cut_off.is_some() {
            return Ok(());
        }
        let parsed: Vec<Vec<_>> = lines.par_chunks(LINES).map(|lines| parse(lines, &self.readers)).collect();
        // In order, so that of several bad lines the first is named, whatever the number of threads.
        for (resource, (_, line)) in parsed.into_iter().flatten().zip(&lines) {
            match resource {
                Ok(resource) => {
                    self.resources.push(resource);
                    self.lines.push(u32::try_from(*line).unwrap_or(u32::MAX));
                }
                // How many lines are there tells whether the file was cut off, and then that is what to say.
                Err(source) if source.is_eof() => {
                    self.cut_off = Some(InventoryError::Line { line: *line, source });
                    return Ok(());
                }
                Err(source) => return Err(InventoryError::Line { line: *line, source }),
            }
        }
        Ok(())
    }

    fn end(self) -> Result<Vec<Resource>, InventoryError> {
        let Self { found, expected, resources, lines, cut_off, .. } = self;
        match cut_off {
            Some(_) if found <= expected => return Err(InventoryError::Truncated { found: found - 1, expected }),
            Some(error) => return Err(error),
            None if found != expected => return Err(InventoryError::Truncated { found, expected }),
            None => {}
        }
        // Nearly always they are in order, and then one that is there twice stands beside itself.
        if !resources.is_sorted_by(|a, b| a.id < b.id) {
            let mut seen: HashMap<&str, u32> = HashMap::with_capacity(resources.len());
            for (resource, line) in resources.iter().zip(lines) {
                if let Some(first) = seen.insert(&resource.id, line) {
                    let [line, first] = [line, first].map(|line| line as usize);
                    return Err(InventoryError::Duplicate { line, first, id: resource.id.clone() });
                }
            }
        }
        Ok(resources)
    }
}

fn parse(lines: &[(&[u8], usize)], pool: &Mutex<Vec<LineReader>>) -> Vec<Result<Resource, serde_json::Error>> {
    let pool = || pool.lock().unwrap_or_else(PoisonError::into_inner);
    let taken = pool().pop();
    let mut reader = taken.unwrap_or_else(LineReader::new);
    let resources = lines.iter().map(|(text, _)| reader.read(text)).collect();
    pool().push(reader);
    resources
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = r#"{"seaworthy":"inventory","version":1,"collected_at":"2026-01-01T00:00:00Z","sources":["t"],"coverage":[],"resources":3}"#;

    fn line(id: &str) -> String {
        format!(
            r#"{{"id":"{id}","kind":"aws.kms.key","name":"{id}","tags":{{"app":"shop"}},"origin":{{"source":"t"}}}}"#
        )
    }

    /// Ids of what is read, or what is wrong; the same however the text is cut.
    fn ids(text: &str) -> Result<Vec<String>, String> {
        let by = |size| {
            let read = read(text.as_bytes(), size).map_err(|error| error.to_string());
            read.map(|inventory| inventory.resources.into_iter().map(|one| one.id).collect::<Vec<_>>())
        };
        let whole = by(BLOCK);
        for size in [1, 7, 100, text.len() + 1] {
            assert_eq!(by(size), whole, "in blocks of {size}");
        }
        whole
    }

    #[test]
    fn lines_are_read_wherever_blocks_end() {
        let all = Ok(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]);
        let [a, b, c] = ["a", "b", "c"].map(line);
        assert_eq!(ids(&format!("{HEADER}\n{a}\n{b}\n{c}\n")), all);
        assert_eq!(ids(&format!("\n\n{HEADER}\r\n\n{a}\n  {b} \r\n\n\n{c}")), all);
        let unsorted = ids(&format!("{HEADER}\n{c}\n{a}\n{b}"));
        assert_eq!(unsorted, Ok(vec!["c".to_owned(), "a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let [a, b, c] = ["a", "b", "c"].map(line);
        let cut = &c[..c.len() - 9];
        let cases = [
            (String::new(), "the file is empty"),
            (format!("{HEADER}\n{a}\n\n{b}"), "the file is cut off: 2 of 3 resources are there"),
            (format!("{HEADER}\n{a}\n{b}\n{cut}"), "the file is cut off: 2 of 3 resources are there"),
            (format!("{HEADER}\n{a}\n\n{b}\n{a}"), "line 5: 'a' was on line 2 already"),
            (format!("{HEADER}\n{a}\n{b}\n{b}"), "line 4: 'b' was on line 3 already"),
            (format!("{HEADER}\n{a}\n{cut}\n{b}\n{c}"), "line 3: EOF while parsing a string at line 1 column 79"),
            (
                format!("{HEADER}\n{a}\n{{\"id\":1}}\n{{\"id\":2}}"),
                "line 3: invalid type: integer `1`, expected a string at line 1 column 7",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(ids(&text), Err(expected.to_owned()));
        }
    }
}
