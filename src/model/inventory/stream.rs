//! Reading an inventory block by block: a block is parsed on all threads while the next one is read or unpacked, and
//! what is the same for many resources is kept once.

use std::collections::HashMap;
use std::io::{self, BufRead, Read as _};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::{Inventory, InventoryError};
use crate::model::shared::Sharer;
use crate::model::{Fact, Origin, Place, Resource, Tags};

/// Text that is parsed at once, bytes. Lines are far shorter.
const BLOCK: usize = 1 << 20;

/// Lines that a thread takes at once.
const LINES: usize = 256;

/// Resources that room is made for before any was read, whatever the header promises.
const MOST_EXPECTED: usize = 1 << 20;

impl Inventory {
    /// Reads a whole file's text. Blank lines are passed over.
    pub fn parse(text: &[u8]) -> Result<Self, InventoryError> {
        read(text)
    }

    /// Reads a file block by block, so that its text is never in memory as a whole.
    pub fn read(input: impl BufRead + Send) -> Result<Self, InventoryError> {
        read(input)
    }
}

fn read(mut input: impl BufRead + Send) -> Result<Inventory, InventoryError> {
    let (mut line, mut first) = (0, Vec::new());
    while first.trim_ascii().is_empty() {
        first.clear();
        line += 1;
        if input.read_until(b'\n', &mut first)? == 0 {
            return Err(InventoryError::Empty);
        }
    }
    let header = Inventory::header(first.trim_ascii())?;
    let mut blocks = Blocks { input, rest: Vec::new(), is_over: false };
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
    /// The beginning of a line.
    rest: Vec<u8>,
    is_over: bool,
}

impl<R: BufRead> Blocks<R> {
    /// The next one, in room that is free again.
    fn next(&mut self, mut block: Vec<u8>) -> io::Result<Option<Vec<u8>>> {
        block.clear();
        block.reserve(BLOCK + self.rest.len());
        block.append(&mut self.rest);
        while !self.is_over {
            let read = self.input.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
            self.is_over = read < BLOCK;
            let fresh = block.len() - read;
            if let Some(end) = block[fresh..].iter().rposition(|byte| *byte == b'\n') {
                self.rest.extend(block.drain(fresh + end + 1..));
                return Ok(Some(block));
            }
        }
        Ok(Some(block).filter(|block| !block.is_empty()))
    }
}

/// Of a thread: what it has seen before.
struct Known {
    places: Sharer<Place>,
    origins: Sharer<Origin>,
    tags: Sharer<Tags>,
}

impl Known {
    fn share(&mut self, resource: &mut Resource) {
        self.places.share(&mut resource.place);
        self.origins.share(&mut resource.origin);
        if let Fact::Known(tags) = &mut resource.tags {
            self.tags.share(tags);
        }
        resource.links.shrink_to_fit();
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
    known: Mutex<Vec<Known>>,
}

impl Reading {
    fn new(line: usize, expected: usize) -> Self {
        let resources = Vec::with_capacity(expected.min(MOST_EXPECTED));
        Self { line, found: 0, expected, resources, lines: Vec::new(), cut_off: None, known: Mutex::default() }
    }

    fn take(&mut self, text: &[u8]) -> Result<(), InventoryError> {
        let start = self.line;
        // A text ends with the end of its last line, behind which no other one starts.
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let all = text.split(|byte| *byte == b'\n').zip(start + 1..);
        let lines: Vec<(&[u8], usize)> =
            all.inspect(|(_, line)| self.line = *line).map(|(text, line)| (text.trim_ascii(), line)).collect();
        let lines: Vec<_> = lines.into_iter().filter(|(text, _)| !text.is_empty()).collect();
        self.found += lines.len();
        if self.cut_off.is_some() {
            return Ok(());
        }
        let parsed: Vec<Vec<_>> = lines.par_chunks(LINES).map(|lines| parse(lines, &self.known)).collect();
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

fn parse(lines: &[(&[u8], usize)], pool: &Mutex<Vec<Known>>) -> Vec<Result<Resource, serde_json::Error>> {
    let pool = || pool.lock().unwrap_or_else(PoisonError::into_inner);
    let taken = pool().pop();
    let mut known =
        taken.unwrap_or_else(|| Known { places: Sharer::new(), origins: Sharer::new(), tags: Sharer::new() });
    let resource = |(text, _): &(&[u8], usize)| {
        let mut resource: Resource = serde_json::from_slice(text)?;
        known.share(&mut resource);
        Ok(resource)
    };
    let resources = lines.iter().map(resource).collect();
    pool().push(known);
    resources
}
