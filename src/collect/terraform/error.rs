//! Why a plan or a state could not be read.

use thiserror::Error;

use super::values::LONGEST;

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
pub(super) fn plain(error: &serde_json::Error) -> String {
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
