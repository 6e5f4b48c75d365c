//! What is checked: inventory files, Terraform plans and states, told apart by their content.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, stdin};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::collect::terraform::{self, StatedPlaces, TerraformError, TerraformInput};
use crate::model::{Inventory, InventoryError, Planned, Timestamp, read_all};
use crate::report::{Notice, NoticeLevel};
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
    /// What a plan does to all of them.
    pub planned: Planned,
    /// What of a plan was not read, or is not done by it, in words.
    pub incomplete: Vec<String>,
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
            planned: Planned::default(),
            incomplete: Vec::new(),
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
            planned: read.planned,
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
        self.notices.push(Notice { level: NoticeLevel::Note, text });
    }

    fn merge(&mut self, other: Self) {
        for text in self.inventory.merge(other.inventory) {
            self.note(text);
        }
        self.is_terraform |= other.is_terraform;
        self.incomplete.extend(other.incomplete);
        self.notices.extend(other.notices);
        self.planned.merge(other.planned);
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

/// Reads all files and lays them beside each other. `-` is stdin.
pub(super) fn read(files: &[PathBuf], now: Timestamp, stated: &StatedPlaces) -> Result<Input, InputError> {
    if files.iter().filter(|file| is_stdin(file)).count() > 1 {
        return Err(InputError::StdinTwice);
    }
    let mut merged: Option<(String, Input)> = None;
    for file in files {
        let next = read_one(file, now, stated)?;
        let name = file.display().to_string();
        match &mut merged {
            None => merged = Some((name, next)),
            Some((first, input)) if input.is_plan != next.is_plan => {
                let (plan, other) = if input.is_plan { (first.clone(), name) } else { (name, first.clone()) };
                return Err(InputError::Mixed { plan, other });
            }
            Some((_, input)) => input.merge(next),
        }
    }
    merged.map(|(_, input)| input).ok_or_else(|| InputError::Empty { file: "-".to_owned() })
}

pub(super) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// The bytes of a file or of stdin, and what it is called.
pub(super) fn bytes(path: &Path) -> Result<(String, Vec<u8>), InputError> {
    let (file, bytes) = if is_stdin(path) {
        ("stdin".to_owned(), read_all(BufReader::new(stdin().lock())))
    } else {
        (path.display().to_string(), File::open(path).and_then(|file| read_all(BufReader::new(file))))
    };
    match bytes {
        Ok(bytes) => Ok((file, bytes)),
        Err(source) => Err(InputError::Read { file, source }),
    }
}

fn read_one(path: &Path, now: Timestamp, stated: &StatedPlaces) -> Result<Input, InputError> {
    let (file, bytes) = bytes(path)?;
    let text = bytes.trim_ascii_start();
    let head: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(32).collect();
    if head.is_empty() {
        return Err(InputError::Empty { file });
    }
    // Also a header that is cut off or of another version: the inventory's reader says best what is wrong with it.
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if head.starts_with(br#"{"seaworthy":"inventory""#) || (first.len() < 1 << 20 && Inventory::is_header(first)) {
        return Input::inventory(&file, &bytes);
    }
    if head.starts_with(br#"{"schema":"seaworthy.report/"#) {
        return Err(InputError::Report { file });
    }
    match terraform::read_placed(bytes, &file, now, stated) {
        Ok(read) => Ok(read.into()),
        Err(source) => Err(InputError::Terraform { file, source }),
    }
}
