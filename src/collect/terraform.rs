//! Terraform and OpenTofu: plans and states as a source.
//!
//! ```text
//! bytes ──► text ──► plan, state ──► stack ──► world before, world after ──► types ──► inventory
//! ```
//!
//! The reader knows no provider: what it has to know of one is a value (`provider.rs`) that it is given, and what is made
//! of its types stands in the folder of the provider.
//!
//! A plan is read into a stack: every instance with its values before and after, what of them is known only after
//! apply, and what the code says. The two worlds are mapped to resources by the same functions, and laid beside each
//! other. Only attributes that are mapped are ever read, so no secret is.

mod address;
mod attrs;
mod aws;
mod build;
mod built;
mod claims;
mod configuration;
mod document;
mod doubts;
mod elsewhere;
mod error;
mod flatmap;
mod identity;
mod instance;
mod mapping;
mod maps;
mod part_of;
mod parts;
mod place;
mod plan;
mod provider;
mod reading;
mod registry;
#[cfg(test)]
mod schema_tests;
mod several;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod values;
mod world;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::{self, Inventory, Planned, Timestamp};
pub use claims::Claim;
pub use elsewhere::{Lacking, LooseParts};
pub use error::TerraformError;
use maps::Understood;
use parts::Document;
pub use place::{Stated, StatedOf, StatedPlaces};
use registry::Registry;
pub use several::documents;

/// The providers whose types are understood. A new one is a `mod` line above and a row here.
const PROVIDERS: &[Understood] = &[aws::UNDERSTOOD];

/// What the reader is given. It knows no provider itself.
static REGISTRY: LazyLock<Registry> = LazyLock::new(|| Registry::new(PROVIDERS));

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
    /// Parts of what it does not manage.
    pub loose: Vec<LooseParts>,
    /// What it says of its own resources by what may be said of them elsewhere, too.
    pub claims: Vec<Claim>,
    /// Which accounts and regions were not read from a provider block and not from the resource itself.
    pub notes: Vec<String>,
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
    read_by(&REGISTRY, bytes, name, now, stated, stack)
}

/// As [`read_placed`], with the providers that are understood.
fn read_by(
    registry: &'static Registry,
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
    let mut reading = if is_plan {
        plan::read(&document, &registry.types, stated)?
    } else {
        state::read(&document, &registry.types, stated)?
    };
    reading.stack.label = stack.map(str::to_owned);
    // One of several has parts in the others, as one of which something is left out has in that.
    reading.stack.is_alone = stated.all_in_code && stack.is_none() && (!is_plan || reading.stack.is_complete);
    let source = if is_plan { "terraform-plan" } else { "terraform-state" };
    let mut notes = reading.stack.places.notes(&reading.stack.instances);
    notes.extend(reading.notes);
    let build::Made { inventory, parts, mut planned, loose, claims } =
        build::inventory(&mut reading.stack, registry, source, name, now);
    planned.not_understood = reading.planned;
    Ok(TerraformInput {
        inventory,
        is_plan,
        parts,
        not_understood: reading.not_understood,
        planned,
        deposed: reading.deposed,
        incomplete: reading.incomplete,
        loose,
        claims,
        notes,
    })
}

/// The document of a plan or a state that was read, for policies that read it as it is. What stands for it and for its
/// resources that are none of the model is added to the inventory.
pub fn document(
    bytes: &[u8],
    name: &str,
    stack: Option<&str>,
    inventory: &mut Inventory,
) -> Result<model::Document, TerraformError> {
    document::document(bytes, name, stack, inventory, &REGISTRY.types)
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
