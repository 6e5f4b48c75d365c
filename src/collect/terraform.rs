//! Terraform and OpenTofu: plans and states as a source.
//!
//! ```text
//! bytes ──► text ──► plan, state ──► estate ──► world before, world after ──► types ──► inventory
//! ```
//!
//! A plan is read into an estate: every instance with its values before and after, what of them is known only after
//! apply, and what the code says. The two worlds are mapped to resources by the same functions, and laid beside each
//! other. Only attributes that are mapped are ever read, so no secret is.

mod address;
mod attrs;
mod backup;
mod build;
mod compute;
mod configuration;
mod document;
mod doubts;
mod elasticache;
mod flatmap;
mod global;
mod iam;
mod kms;
mod place;
mod plan;
mod rds;
#[cfg(test)]
mod schema_tests;
mod several;
mod state;
mod storage;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod types;
mod values;
mod world;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use thiserror::Error;

use crate::model::{Action, Inventory, Planned, Timestamp};
use crate::text::clip;
pub use document::document;
use place::Witness;
pub use place::{Stated, StatedOf, StatedPlaces};
pub use several::documents;
use values::LONGEST;
use world::{Estate, Instance};

/// What a plan or a state says.
#[derive(Debug)]
pub struct TerraformInput {
    /// Its resources, with coverage that says that there may be more elsewhere.
    pub inventory: Inventory,
    /// It is a plan: its resources carry what changes.
    pub is_plan: bool,
    /// Managed resources that say something of others and are none by themselves, by type: the versioning of a bucket.
    pub parts: BTreeMap<String, usize>,
    /// Managed resources of types that are not mapped, by type.
    pub not_understood: BTreeMap<String, usize>,
    /// What the plan does to all of them. Empty for a state.
    pub planned: Planned,
    /// Leftovers of an interrupted replacement in a state, which are to be deleted and are not judged.
    pub deposed: usize,
    /// What of a plan was not read, or is not done by it, in words: what it leaves out, defers, or does beside.
    pub incomplete: Vec<String>,
    /// Which accounts and regions were not read from a provider block and not from the resource itself.
    pub notes: Vec<String>,
}

/// Why a file could not be read.
#[derive(Debug, Error)]
pub enum TerraformError {
    /// What `terraform plan -out` writes.
    #[error("this is a binary plan: give the output of `terraform show -json {name}` (or `tofu show -json {name}`)")]
    Binary {
        /// What the file is called.
        name: String,
    },
    /// What `terraform plan -json` writes.
    #[error(
        "this is the log of `terraform plan -json`: give the output of `terraform show -json PLAN`, with a plan from `terraform plan -out PLAN`"
    )]
    Log,
    /// Bytes that are no text.
    #[error("it is not {encoding}{}", .offset.map(|offset| format!(": byte {offset} is wrong")).unwrap_or_default())]
    Encoding {
        /// The encoding that its beginning announces.
        encoding: &'static str,
        /// Where it is not in that encoding.
        offset: Option<usize>,
    },
    /// Not JSON at all.
    #[error("it is no JSON: {}", plain(.0))]
    Json(#[source] serde_json::Error),
    /// JSON of something else.
    #[error("it is no plan and no state of Terraform or OpenTofu: {0}")]
    Unrecognised(&'static str),
    /// A format with another major version.
    #[error("its format version is '{0}', and this reads versions 0.x and 1.x")]
    FormatVersion(String),
    /// A tfstate of a version that is not known.
    #[error("the state has version {0}, and this reads versions 1 to 4")]
    StateVersion(u64),
    /// Terraform wrote the plan though planning failed.
    #[error("the plan is not complete: planning it ended with an error, so what it does not say cannot be trusted")]
    Errored,
    /// A state as it is stored, where policies need it as it is shown.
    #[error(
        "policies that read Terraform's JSON need what `terraform show -json` writes, and '{name}' is a stored state"
    )]
    RawState {
        /// What the file is called.
        name: String,
    },
    /// A plan without its changes.
    #[error("the plan has planned values but no 'resource_changes': give the whole output of `terraform show -json`")]
    NoChanges,
    /// A name that would stand in every output.
    #[error("the address of '{part}' or a part of it has {length} bytes, and this reads names of at most {LONGEST}")]
    TooLong {
        /// The beginning of the address.
        part: String,
        /// Of the longest.
        length: usize,
    },
    /// A part that is not as Terraform writes it.
    #[error("'{part}' is not as Terraform writes it: {}", plain(source))]
    Part {
        /// A member of the document, or the address of a resource.
        part: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

/// What serde says is wrong, without the value that it met: that may be a secret, and of any length.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string().replace("recursion limit exceeded", "it is nested too deeply");
    for quote in ['"', '`'] {
        if let (Some(start), Some(end)) = (text.find(quote), text.rfind(&format!("{quote}, expected")))
            && start < end
        {
            return format!("{}{}", text[..start].trim_end(), &text[end + 1..]);
        }
    }
    text
}

/// The members of every format that tell which it is, and that are read.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Document<'a> {
    format_version: Option<String>,
    errored: Option<bool>,
    complete: Option<bool>,
    applyable: Option<bool>,
    #[serde(borrow)]
    resource_changes: Option<&'a RawValue>,
    #[serde(borrow)]
    resource_drift: Option<&'a RawValue>,
    #[serde(borrow)]
    deferred_changes: Option<&'a RawValue>,
    #[serde(borrow)]
    action_invocations: Option<&'a RawValue>,
    #[serde(borrow)]
    deferred_action_invocations: Option<&'a RawValue>,
    #[serde(borrow)]
    checks: Option<&'a RawValue>,
    #[serde(borrow)]
    planned_values: Option<&'a RawValue>,
    #[serde(borrow)]
    configuration: Option<&'a RawValue>,
    #[serde(borrow)]
    variables: Option<&'a RawValue>,
    #[serde(borrow)]
    prior_state: Option<&'a RawValue>,
    #[serde(borrow)]
    values: Option<&'a RawValue>,
    version: Option<u64>,
    #[serde(borrow)]
    resources: Option<&'a RawValue>,
    #[serde(borrow)]
    modules: Option<&'a RawValue>,
    #[serde(borrow, rename = "@level")]
    level: Option<&'a RawValue>,
}

/// What was read of a file.
#[derive(Debug, Default)]
struct Reading {
    estate: Estate,
    not_understood: Counts,
    /// What the plan does to those.
    planned: BTreeMap<Action, usize>,
    /// Changes that wait for the next plan.
    deferred: usize,
    deposed: usize,
    /// What of the plan was not read, or is not done by it, in words.
    incomplete: Vec<String>,
    /// What else the reader should know.
    notes: Vec<String>,
    /// What data sources say of the places of providers.
    witnesses: Vec<Witness>,
}

/// Counts by type.
type Counts = BTreeMap<String, usize>;

impl Reading {
    fn push(&mut self, instance: Instance) -> Result<(), TerraformError> {
        let Instance { address, module, name, key, .. } = &instance;
        let names = [address, module, name].into_iter().chain(key).map(String::len);
        let moved = instance.change.as_ref().and_then(|change| change.moved_from.as_ref()).map(String::len);
        match names.chain(moved).max() {
            Some(length) if length > LONGEST => {
                Err(TerraformError::TooLong { part: clip(address, 60).into_owned(), length })
            }
            _ => {
                self.estate.instances.push(instance);
                Ok(())
            }
        }
    }

    fn not_understood(&mut self, terraform_type: &str) {
        *self.not_understood.entry(clip(terraform_type, 255).into_owned()).or_default() += 1;
    }
}

/// Parses a part of the document.
fn parse<'a, T: Deserialize<'a>>(part: &str, raw: &'a RawValue) -> Result<T, TerraformError> {
    serde_json::from_str(raw.get()).map_err(|source| TerraformError::Part { part: part.to_owned(), source })
}

/// Reads a plan or a state, whichever it is. `name` is what the file is called, for the inventory's sources and for
/// the command in the message about a binary plan.
pub fn read(bytes: Vec<u8>, name: &str, now: Timestamp) -> Result<TerraformInput, TerraformError> {
    read_placed(bytes, name, now, &StatedPlaces::default(), None)
}

/// As [`read`], with what the user says of the places that providers work in, and the name of the stack where several
/// plans or states are read.
pub fn read_placed(
    bytes: Vec<u8>,
    name: &str,
    now: Timestamp,
    stated: &StatedPlaces,
    stack: Option<&str>,
) -> Result<TerraformInput, TerraformError> {
    let text = text::decode(bytes, name)?;
    let document = members(&text)?;
    if let Some(version) = &document.format_version
        && !matches!(version.split('.').next(), Some("0" | "1"))
    {
        return Err(TerraformError::FormatVersion(version.clone()));
    }
    let is_plan = document.is_plan();
    let mut reading = if is_plan { plan::read(&document, stated)? } else { state::read(&document, stated)? };
    reading.estate.stack = stack.map(str::to_owned);
    let source = if is_plan { "terraform-plan" } else { "terraform-state" };
    let (inventory, parts, mut planned) = build::inventory(&reading.estate, source, name, now);
    planned.not_understood = reading.planned;
    let mut notes = reading.estate.places.notes(&reading.estate.instances);
    notes.extend(reading.notes);
    Ok(TerraformInput {
        inventory,
        is_plan,
        parts,
        not_understood: reading.not_understood,
        planned,
        deposed: reading.deposed,
        incomplete: reading.incomplete,
        notes,
    })
}

/// What a file looks like, without reading it whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A plan as JSON.
    Plan,
    /// What `terraform plan -out` writes.
    BinaryPlan,
    /// A state, raw or as `terraform show -json` writes it.
    State,
    /// None of these.
    Other,
}

/// What a file looks like.
pub fn look(bytes: &[u8]) -> Look {
    let text = match text::decode(bytes.to_vec(), "") {
        Ok(text) => text,
        Err(TerraformError::Binary { .. }) => return Look::BinaryPlan,
        Err(_) => return Look::Other,
    };
    match members(&text) {
        Ok(document) if document.is_plan() => Look::Plan,
        Err(TerraformError::Unrecognised(_)) if several::are_plans(&text) => Look::Plan,
        Ok(Document { values, version, format_version, resources, modules, .. })
            if (values.is_some() && format_version.is_some())
                || (version.is_some() && (resources.is_some() || modules.is_some())) =>
        {
            Look::State
        }
        _ => Look::Other,
    }
}

/// Whether it is no JSON at all, such as an empty file, one that was cut off, or the log of a plan.
pub fn is_no_json(bytes: &[u8]) -> bool {
    text::decode(bytes.to_vec(), "").is_ok_and(|text| match members(&text) {
        Err(TerraformError::Unrecognised(_)) => text.trim().is_empty(),
        Err(_) => true,
        Ok(_) => false,
    })
}

impl Document<'_> {
    fn is_plan(&self) -> bool {
        [self.resource_changes, self.planned_values, self.configuration, self.resource_drift]
            .iter()
            .any(Option::is_some)
    }
}

/// The members of the document. The log of a plan is many documents, of which the first tells.
fn members(text: &str) -> Result<Document<'_>, TerraformError> {
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<Document<'_>>();
    let first = documents.next();
    match (first, documents.next()) {
        (Some(Ok(document)), _) if document.level.is_some() => Err(TerraformError::Log),
        (Some(Ok(document)), None) => Ok(document),
        (Some(Ok(_)), Some(_)) => {
            Err(TerraformError::Unrecognised("it holds several JSON documents, and not each of them is a plan"))
        }
        (Some(Err(error)), _) if error.is_data() => {
            Err(TerraformError::Unrecognised("it is no object as they write it"))
        }
        (Some(Err(error)), _) => Err(TerraformError::Json(error)),
        (None, _) => Err(TerraformError::Unrecognised("it is empty")),
    }
}

/// Whether resources of that provider are understood: AWS's, from Terraform's registry or OpenTofu's. Before version
/// 0.13 a provider has a bare name.
fn is_aws(provider: &str) -> bool {
    matches!(provider, "aws" | "registry.terraform.io/hashicorp/aws" | "registry.opentofu.org/hashicorp/aws")
}
