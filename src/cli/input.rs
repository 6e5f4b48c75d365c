//! What is checked: inventory files, Terraform plans and states, told apart by their content.

mod bytes;
mod error;

use std::collections::BTreeMap;
use std::io::{BufRead as _, Cursor, Read as _};
use std::path::{Path, PathBuf};

use bytes::open;
pub(super) use bytes::{bytes, is_stdin};
pub use error::InputError;

use super::stacks::{self, InputFile};
use crate::collect::source::Code;
use crate::collect::terraform::{self, StatedPlaces};
use crate::model::{Inventory, InventoryError, Notice, Timestamp};
use crate::pipeline::Input;

/// An inventory's text.
pub(super) fn inventory(file: &str, bytes: &[u8]) -> Result<Input, InputError> {
    match Inventory::parse(bytes) {
        Ok(inventory) => Ok(inventory.into()),
        Err(source) => Err(InputError::Inventory { file: file.to_owned(), source }),
    }
}

/// What a file is that has no stored result in it, as far as its beginning tells, and what to run with it instead.
pub(super) fn instead_of_report(file: &str, bytes: &[u8]) -> Option<(&'static str, String)> {
    let text = bytes.trim_ascii_start();
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if Inventory::is_header(first) {
        return Some(("an inventory", format!("judge it first: seaworthy check {file}")));
    }
    let what = match terraform::look(bytes) {
        terraform::Look::Plan => "a Terraform plan",
        terraform::Look::BinaryPlan => {
            return Some((
                "a binary Terraform plan",
                format!("judge it first: terraform show -json {file} | seaworthy check -"),
            ));
        }
        terraform::Look::State => "a Terraform state",
        terraform::Look::Other => return None,
    };
    Some((what, format!("judge it first: seaworthy check {file}")))
}

/// One inventory, plan or state of those that are read.
#[derive(Debug)]
pub(super) struct Piece {
    pub input: Input,
    /// What the user calls its file.
    pub file: PathBuf,
    /// Its stack, where there are several.
    pub stack: Option<String>,
}

/// Reads all files, each for itself. `-` is stdin. A file may hold several plans.
pub(super) fn read_each(
    files: &[InputFile],
    now: Timestamp,
    stated: &StatedPlaces,
    documents: bool,
) -> Result<Vec<Piece>, InputError> {
    if files.iter().filter(|file| is_stdin(&file.path)).count() > 1 {
        return Err(InputError::StdinTwice);
    }
    let mut found: Vec<(&InputFile, String, Vec<Content>)> = Vec::new();
    for file in files {
        let (name, content) = content(&file.path)?;
        let split = match content {
            Content::Terraform(bytes) => terraform::documents(bytes, &name)
                .map_err(|source| InputError::Terraform { file: name.clone(), source })?
                .into_iter()
                .map(Content::Terraform)
                .collect(),
            inventory => vec![inventory],
        };
        found.push((file, name, split));
    }
    let all = found.iter().flat_map(|(_, _, split)| split);
    let several = all.filter(|content| matches!(content, Content::Terraform(_))).count() > 1;
    // In a folder there may be more plans the next time, and nothing is to be called otherwise then.
    let several = several || files.iter().any(|file| file.below.is_some());
    let labels = stacks::labels(found.iter().map(|(file, _, split)| (*file, split.len())));
    let mut labels = labels.into_iter();
    let mut pieces: Vec<Piece> = Vec::new();
    for (file, name, split) in found {
        for content in split {
            let stack = labels.next().filter(|_| several);
            let beside = stack.as_ref().and_then(|_| beside(file, stated));
            let input = read_one(&name, content, now, beside.as_ref().unwrap_or(stated), stack.as_deref(), documents)?;
            let stack = stack.filter(|_| input.is_terraform);
            match pieces.first() {
                Some(first) if first.input.is_plan != input.is_plan => {
                    let [first, this] = [&first.file, &file.path].map(|file| file.display().to_string());
                    let (plan, other) = if input.is_plan { (this, first) } else { (first, this) };
                    return Err(InputError::Mixed { plan, other });
                }
                _ => pieces.push(Piece { input, file: file.path.clone(), stack }),
            }
        }
    }
    if let [only] = &mut pieces[..] {
        only.input.stack = files.first().filter(|_| only.input.is_terraform).and_then(stacks::category);
    }
    Ok(pieces)
}

/// What is stated, with the code of one of several plans looked for beside it first.
fn beside(file: &InputFile, stated: &StatedPlaces) -> Option<StatedPlaces> {
    let code = stated.code.as_ref().filter(|code| code.search)?;
    let here = file.path.parent().filter(|folder| *folder != Path::new("") && !is_stdin(&file.path))?;
    Some(StatedPlaces { code: Some(Code { here: here.to_owned(), ..code.clone() }), ..stated.clone() })
}

/// Lays all of them beside each other, those of Terraform first among themselves.
pub(super) fn lay_together(mut pieces: Vec<Piece>, files: &[InputFile]) -> Result<Input, InputError> {
    let labels: Vec<_> = pieces.iter().filter_map(|piece| piece.stack.clone()).collect();
    let notices = in_short(&mut pieces);
    let mut merged: Vec<Input> = Vec::new();
    for Piece { input, .. } in pieces {
        match merged.iter_mut().find(|other| other.is_terraform == input.is_terraform) {
            Some(other) => other.merge(input),
            None => merged.push(input),
        }
    }
    let mut merged = merged.into_iter();
    let Some(mut input) = merged.next() else { return Err(InputError::Empty { file: "-".to_owned() }) };
    merged.for_each(|other| input.merge(other));
    input.notices.extend(notices);
    input.lend();
    if labels.len() > 1 {
        input.stack = stacks::category_of_all(files, &labels);
    }
    Ok(input)
}

/// Takes what several plans or states have to say, and says it with their stacks, each sentence once.
fn in_short(pieces: &mut [Piece]) -> Vec<Notice> {
    let of_stacks: Vec<_> = pieces.iter_mut().filter(|piece| piece.stack.is_some()).collect();
    let all = of_stacks.len();
    let what = if of_stacks.iter().all(|piece| piece.input.is_plan) { "plan" } else { "state" };
    let mut told: BTreeMap<Notice, Vec<String>> = BTreeMap::new();
    for piece in of_stacks {
        for notice in std::mem::take(&mut piece.input.notices) {
            told.entry(notice).or_default().extend(piece.stack.clone());
        }
    }
    let said = |(notice, stacks): (Notice, Vec<String>)| {
        let text = match &stacks[..] {
            [only] => format!("{what} {only}: {}", notice.text),
            _ if stacks.len() == all => format!("every {what}: {}", notice.text),
            _ => format!("{what}s {}: {}", stacks.join(", "), notice.text),
        };
        Notice { text, ..notice }
    };
    told.into_iter().map(said).collect()
}

/// What a file holds. The text of an inventory may be larger than memory.
enum Content {
    Inventory(Inventory),
    Terraform(Vec<u8>),
}

/// What a file or stdin holds, and what it is called.
fn content(path: &Path) -> Result<(String, Content), InputError> {
    let (file, input) = open(path);
    let failed = |source| InputError::Read { file: file.clone(), source };
    let mut input = input.map_err(failed)?;
    let mut bytes = Vec::new();
    // Plans stand in one line. To grow step by step would copy them again and again.
    let begin = input.fill_buf().map_err(failed)?;
    if !begin.trim_ascii_start().starts_with(INVENTORY) {
        let length = std::fs::metadata(path).map_or(0, |about| usize::try_from(about.len()).unwrap_or(0));
        // Where there is no such room, it grows as far as it comes.
        bytes.try_reserve(length).unwrap_or_default();
    }
    while bytes.trim_ascii().is_empty() && input.read_until(b'\n', &mut bytes).map_err(failed)? > 0 {}
    if !is_terraform(&file, &bytes)? {
        let inventory = Inventory::read(Cursor::new(bytes).chain(input));
        return match inventory {
            Ok(inventory) => Ok((file, Content::Inventory(inventory))),
            Err(InventoryError::Io(source)) => Err(InputError::Read { file, source }),
            Err(source) => Err(InputError::Inventory { file, source }),
        };
    }
    input.read_to_end(&mut bytes).map_err(failed)?;
    Ok((file, Content::Terraform(bytes)))
}

/// How the collector begins an inventory.
const INVENTORY: &[u8] = br#"{"seaworthy":"inventory""#;

/// Whether what begins like this is to be read as Terraform's. What cannot be read at all is an error.
fn is_terraform(file: &str, bytes: &[u8]) -> Result<bool, InputError> {
    let text = bytes.trim_ascii_start();
    let head: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(32).collect();
    if head.is_empty() {
        return Err(InputError::Empty { file: file.to_owned() });
    }
    // Also a header that is cut off or of another version: the inventory's reader says best what is wrong with it.
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if head.starts_with(INVENTORY) || (first.len() < 1 << 20 && Inventory::is_header(first)) {
        return Ok(false);
    }
    if head.starts_with(br#"{"schema":"seaworthy.report/"#) {
        return Err(InputError::Report { file: file.to_owned() });
    }
    Ok(true)
}

fn read_one(
    file: &str,
    content: Content,
    now: Timestamp,
    stated: &StatedPlaces,
    stack: Option<&str>,
    documents: bool,
) -> Result<Input, InputError> {
    let bytes = match content {
        Content::Inventory(inventory) => return Ok(inventory.into()),
        Content::Terraform(bytes) => bytes,
    };
    let error = |source| InputError::Terraform { file: file.to_owned(), source };
    if !documents {
        return terraform::read_placed(bytes, file, now, stated, stack).map(Input::from).map_err(error);
    }
    let read = terraform::read_placed(bytes.clone(), file, now, stated, stack).map_err(error)?;
    let mut input = Input::from(read);
    input.documents = vec![terraform::document(&bytes, file, stack, &mut input.inventory).map_err(error)?];
    Ok(input)
}
