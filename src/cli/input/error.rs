//! What can be wrong with the files that are checked.

use std::io;

use thiserror::Error;

use crate::collect::terraform::TerraformError;
use crate::model::InventoryError;

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
