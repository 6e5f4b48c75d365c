//! What is checked: inventory files, Terraform plans and states, told apart by their content.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, Cursor, Read as _, stdin};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::stacks::{self, Found};
use crate::collect::source::Code;
use crate::collect::terraform::{self, StatedPlaces, TerraformError, TerraformInput};
use crate::model::{Document, Inventory, InventoryError, Planned, Timestamp, unpacked};
use crate::report::Notice;
use crate::text::count;

/// A file that cannot be checked.
#[expect(missing_docs, reason = "the messages say it")]
#[derive(Debug, Error)]
pub enum InputError {
    #[error("cannot read '{file}': {source}")]
    Read { file: String, source: io::Error },
    #[error("'{file}' is empty: expected an inventory, or a Terraform plan or state as JSON")]
    Empty { file: String },
    #[error("'{file}' is no usable inventory: {source}")]
    Inventory { file: String, source: InventoryError },
    #[error("'{file}' cannot be checked: {source}")]
    Terraform { file: String, source: TerraformError },
    #[error("'{file}' is a report: expected an inventory, or a Terraform plan or state as JSON")]
    Report { file: String },
    #[error("'{plan}' is a plan, and '{other}' is not: they cannot be merged")]
    Mixed { plan: String, other: String },
    #[error("--against needs a plan, and '{file}' is none")]
    NoPlan { file: String },
    #[error("'{file}' is a plan: a plan is laid over what is there, and a plan says what is not there yet")]
    AgainstPlan { file: String },
    #[error("stdin can be read only once")]
    StdinTwice,
    #[error("no plan was found below '{folder}'")]
    NoPlans { folder: String },
    #[error("'{folder}' has more than {most} folders, and not all of them can be looked into")]
    TooManyFolders { folder: String, most: usize },
}

impl InputError {
    /// What the user can do about it.
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::Read { .. } => return None,
            Self::Inventory { source: InventoryError::Version { .. }, .. } => "collect it again with this version",
            Self::Inventory { source: InventoryError::Truncated { .. }, .. } => {
                "collect it again: what is missing would look as if it were not there"
            }
            Self::Inventory { .. } => "seaworthy schema inventory describes the format",
            Self::Terraform { file, source: TerraformError::RawState { .. } } => {
                return Some(format!("terraform show -json {file} > state.json"));
            }
            Self::Empty { .. } | Self::Terraform { .. } => {
                "seaworthy collect -o FILE writes an inventory, terraform show -json PLAN a plan"
            }
            Self::Report { file } => return Some(format!("render it again with: seaworthy report {file}")),
            Self::Mixed { plan, other } => {
                return Some(format!("lay the plan over the estate: seaworthy check {plan} --against {other}"));
            }
            Self::AgainstPlan { .. } => {
                "seaworthy collect -o estate.ndjson.zst writes the live estate; several plans: seaworthy check FILE FILE"
            }
            Self::NoPlan { .. } => "several inventories merge by themselves: seaworthy check FILE FILE",
            Self::StdinTwice => "write it to a file first",
            Self::NoPlans { .. } => {
                "plans as JSON are looked for: terraform show -json PLAN > plan.json, or terragrunt plan --all --json-out-dir DIR"
            }
            Self::TooManyFolders { .. } => "name a folder that is closer to the plans",
        };
        Some(text.to_owned())
    }
}

/// What was read.
#[derive(Debug)]
pub(super) struct Input {
    pub inventory: Inventory,
    /// It is a plan: its resources carry what changes.
    pub is_plan: bool,
    /// Some of it is code, and may have files and lines.
    pub is_terraform: bool,
    /// Resources that no mapping understands, by type.
    pub not_understood: BTreeMap<String, usize>,
    /// What each plan does to all of them.
    pub planned: Vec<Planned>,
    /// What of the plans was not read, or is not done by them, in words.
    pub incomplete: Vec<String>,
    /// What tells this run from others over the same repository.
    pub stack: Option<String>,
    /// The plans or states as a whole, where a policy is asked about them.
    pub documents: Vec<Document>,
    pub notices: Vec<Notice>,
    /// What was typed cannot be right: the run is in error, though there is something to show.
    pub trouble: Option<String>,
}

impl From<Inventory> for Input {
    fn from(inventory: Inventory) -> Self {
        Self {
            inventory,
            is_plan: false,
            is_terraform: false,
            not_understood: BTreeMap::new(),
            planned: Vec::new(),
            incomplete: Vec::new(),
            stack: None,
            documents: Vec::new(),
            notices: Vec::new(),
            trouble: None,
        }
    }
}

impl From<TerraformInput> for Input {
    fn from(read: TerraformInput) -> Self {
        let mut input = Self {
            is_plan: read.is_plan,
            is_terraform: true,
            not_understood: read.not_understood,
            planned: if read.is_plan { vec![read.planned] } else { Vec::new() },
            ..Self::from(read.inventory)
        };
        if read.deposed > 0 {
            let left = count(read.deposed, "leftover");
            input.note(format!("{left} of interrupted replacements will be deleted, and are not judged"));
        }
        read.incomplete.iter().for_each(|text| input.note(text.clone()));
        input.incomplete = read.incomplete;
        read.notes.into_iter().for_each(|text| input.note(text));
        input
    }
}

impl Input {
    /// An inventory's text.
    pub(super) fn inventory(file: &str, bytes: &[u8]) -> Result<Self, InputError> {
        match Inventory::parse(bytes) {
            Ok(inventory) => Ok(inventory.into()),
            Err(source) => Err(InputError::Inventory { file: file.to_owned(), source }),
        }
    }

    pub(super) fn note(&mut self, text: String) {
        self.notices.push(Notice::note(text));
    }

    /// Lays another one beside it. Two plans or states are told apart by their stacks.
    fn merge(&mut self, other: Self) {
        if self.is_terraform && other.is_terraform {
            let doubled = self.inventory.beside(other.inventory);
            self.planned.extend(other.planned);
            for one in doubled {
                let plan = self.planned.iter_mut().find(|plan| plan.stack == one.dropped);
                plan.into_iter().for_each(|plan| plan.give_up(&one.address));
                if let (true, Some(kept), Some(dropped)) = (one.both_change, &one.kept, &one.dropped) {
                    let text =
                        format!("'{}' is changed by plans {kept} and {dropped}: what {kept} does is judged", one.id);
                    self.notices.push(Notice::warning(text));
                }
            }
        } else {
            self.inventory.merge(other.inventory).into_iter().for_each(|text| self.note(text));
            self.planned.extend(other.planned);
        }
        self.is_terraform |= other.is_terraform;
        self.incomplete.extend(other.incomplete);
        self.documents.extend(other.documents);
        self.notices.extend(other.notices);
        self.trouble = self.trouble.take().or(other.trouble);
        for (kind, number) in other.not_understood {
            *self.not_understood.entry(kind).or_default() += number;
        }
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
    files: &[Found],
    now: Timestamp,
    stated: &StatedPlaces,
    documents: bool,
) -> Result<Vec<Piece>, InputError> {
    if files.iter().filter(|file| is_stdin(&file.path)).count() > 1 {
        return Err(InputError::StdinTwice);
    }
    let mut found: Vec<(&Found, String, Vec<Content>)> = Vec::new();
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
fn beside(file: &Found, stated: &StatedPlaces) -> Option<StatedPlaces> {
    let code = stated.code.as_ref().filter(|code| code.search)?;
    let here = file.path.parent().filter(|folder| *folder != Path::new("") && !is_stdin(&file.path))?;
    Some(StatedPlaces { code: Some(Code { here: here.to_owned(), ..code.clone() }), ..stated.clone() })
}

/// Lays all of them beside each other, those of Terraform first among themselves.
pub(super) fn lay_together(mut pieces: Vec<Piece>, files: &[Found]) -> Result<Input, InputError> {
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

pub(super) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// What a file holds. The text of an inventory may be larger than memory.
enum Content {
    Inventory(Inventory),
    Terraform(Vec<u8>),
}

/// A file or stdin, and what it is called.
fn open(path: &Path) -> (String, io::Result<Box<dyn BufRead + Send>>) {
    match is_stdin(path) {
        true => ("stdin".to_owned(), unpacked(stdin())),
        false => (path.display().to_string(), File::open(path).and_then(unpacked)),
    }
}

/// The bytes of a file or of stdin, and what it is called.
pub(super) fn bytes(path: &Path) -> Result<(String, Vec<u8>), InputError> {
    let (file, input) = open(path);
    let mut bytes = Vec::new();
    match input.and_then(|mut input| input.read_to_end(&mut bytes)) {
        Ok(_) => Ok((file, bytes)),
        Err(source) => Err(InputError::Read { file, source }),
    }
}

/// What a file or stdin holds, and what it is called.
fn content(path: &Path) -> Result<(String, Content), InputError> {
    let (file, input) = open(path);
    let failed = |source| InputError::Read { file: file.clone(), source };
    let mut input = input.map_err(failed)?;
    let mut bytes = Vec::new();
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

/// Whether what begins like this is to be read as Terraform's. What cannot be read at all is an error.
fn is_terraform(file: &str, bytes: &[u8]) -> Result<bool, InputError> {
    let text = bytes.trim_ascii_start();
    let head: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(32).collect();
    if head.is_empty() {
        return Err(InputError::Empty { file: file.to_owned() });
    }
    // Also a header that is cut off or of another version: the inventory's reader says best what is wrong with it.
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if head.starts_with(br#"{"seaworthy":"inventory""#) || (first.len() < 1 << 20 && Inventory::is_header(first)) {
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
