//! What is checked: inventory files, told apart by their content.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, stdin};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::model::{Inventory, InventoryError, read_all};
use crate::report::{Notice, NoticeLevel};

/// A file that cannot be checked.
#[derive(Debug, Error)]
pub enum InputError {
    #[error("cannot read '{file}': {source}")]
    Read { file: String, source: io::Error },
    #[error("'{file}' is no usable inventory: {source}")]
    Inventory { file: String, source: InventoryError },
    #[error("'{file}' is empty: expected an inventory, or a Terraform plan or state as JSON")]
    Empty { file: String },
    #[error("'{file}' is {found}: expected an inventory, or a Terraform plan or state as JSON")]
    Unrecognized { file: String, found: &'static str, help: Option<String> },
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
            Self::Inventory { .. } => "the format is described in reports/schema/inventory-v1.json",
            Self::Empty { .. } => "seaworthy collect -o FILE writes an inventory, terraform show -json PLAN a plan",
            Self::Unrecognized { help, .. } => return help.clone(),
        };
        Some(text.to_owned())
    }
}

/// What was read.
#[derive(Debug)]
pub(super) struct Input {
    pub inventory: Inventory,
    /// Resources that no mapping understands, by type.
    pub not_understood: BTreeMap<String, usize>,
    pub notices: Vec<Notice>,
}

/// Reads all files and lays them beside each other. `-` is stdin.
pub(super) fn read(files: &[PathBuf]) -> Result<Input, InputError> {
    let mut merged: Option<Input> = None;
    for file in files {
        let next = read_one(file)?;
        match &mut merged {
            None => merged = Some(next),
            Some(input) => {
                let notes = input.inventory.merge(next.inventory);
                input.notices.extend(notes.into_iter().map(|text| Notice { level: NoticeLevel::Note, text }));
                input.notices.extend(next.notices);
                for (kind, number) in next.not_understood {
                    *input.not_understood.entry(kind).or_default() += number;
                }
            }
        }
    }
    merged.ok_or_else(|| InputError::Empty { file: "-".to_owned() })
}

fn read_one(path: &Path) -> Result<Input, InputError> {
    let (file, bytes) = if path == Path::new("-") {
        ("stdin".to_owned(), read_all(BufReader::new(stdin().lock())))
    } else {
        (path.display().to_string(), File::open(path).and_then(|file| read_all(BufReader::new(file))))
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(source) => return Err(InputError::Read { file, source }),
    };
    match Content::of(&bytes) {
        Content::Inventory => match Inventory::parse(&bytes) {
            Ok(inventory) => Ok(Input { inventory, not_understood: BTreeMap::new(), notices: Vec::new() }),
            Err(source) => Err(InputError::Inventory { file, source }),
        },
        Content::Empty => Err(InputError::Empty { file }),
        Content::BinaryPlan => {
            let help = format!("turn it into JSON first: terraform show -json {file} > plan.json");
            Err(InputError::Unrecognized { file, found: "a binary Terraform plan", help: Some(help) })
        }
        Content::Report => {
            let help = format!("render it again with: seaworthy report {file}");
            Err(InputError::Unrecognized { file, found: "a report", help: Some(help) })
        }
        Content::Other => Err(InputError::Unrecognized { file, found: "of an unknown type", help: None }),
    }
}

/// What a file is, by its first bytes.
enum Content {
    Inventory,
    Empty,
    BinaryPlan,
    Report,
    Other,
}

impl Content {
    fn of(bytes: &[u8]) -> Self {
        let text = bytes.trim_ascii_start();
        let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let head: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(32).collect();
        match head.as_slice() {
            [] => Self::Empty,
            [b'P', b'K', 3, 4, ..] => Self::BinaryPlan,
            // Also a header that is cut off or of another version: the inventory's reader says so best.
            head if head.starts_with(br#"{"seaworthy":"inventory""#) => Self::Inventory,
            head if head.starts_with(br#"{"seaworthy":"report""#) => Self::Report,
            _ if Inventory::is_header(first) => Self::Inventory,
            _ => Self::Other,
        }
    }
}
