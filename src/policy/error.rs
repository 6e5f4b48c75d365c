//! What can be wrong with a policy.

use thiserror::Error;

use crate::model::SECTIONS;

/// A policy that cannot be used. Nothing is judged then: a policy left out would look like a pass.
#[expect(missing_docs, reason = "the messages say it")]
#[derive(Debug, Error)]
pub enum PolicyError {
    #[error("cannot read policies in '{path}': {source}")]
    Read { path: String, source: std::io::Error },
    #[error("'{path}' holds no policies (.rego files with a deny rule)")]
    NoPolicies { path: String },
    #[error("{path}:{line}: {message}")]
    Header { path: String, line: usize, message: String },
    #[error("{path}: {message}")]
    Data { path: String, message: String },
    #[error("{path}: the file has a header and no deny rule, so it would never be asked")]
    NoDeny { path: String },
    #[error("{path}: the policy has no '# METADATA' header")]
    NoHeader { path: String },
    #[error("{path}: {message}")]
    Syntax { path: String, message: String },
    #[error("{file}:{line}: 'input.{path}' is not in {of}{hint}")]
    UnknownPath { file: String, line: u32, path: String, of: &'static str, hint: String },
    #[error("{file}:{line}: {message}")]
    Nonsense { file: String, line: u32, message: String },
    #[error("{file}:{line}: {message}")]
    Refused { file: String, line: u32, message: String },
    #[error("{path}:{line}: default functions are not allowed: the compiled engine drops their results silently")]
    DefaultFunction { path: String, line: u32 },
    #[error("{path}:{line}: '{name}' is not allowed: verdicts must depend on the resource alone")]
    Impure { path: String, line: u32, name: String },
    #[error("{path}: the id '{id}' is taken by {other}")]
    DuplicateId { id: String, path: String, other: String },
    #[error("no policy is called '{id}'{hint}")]
    UnknownPolicy { id: String, hint: String },
    #[error("no framework is called '{word}'{hint}")]
    UnknownFramework { word: String, hint: String },
    #[error("cannot read the framework '{path}': {source}")]
    ReadFramework { path: String, source: std::io::Error },
    #[error("{path}: {message}")]
    Framework { path: String, message: String },
    #[error("policy '{id}' has no parameter '{name}'{hint}")]
    UnknownParameter { id: String, name: String, hint: String },
    #[error("parameter '{name}' of policy '{id}' is {value}, but has to be of the type of its default, {default}")]
    ParameterType { id: String, name: String, value: String, default: String },
    #[error("parameter '{name}' of policy '{id}' is {value}, but has to be {range}")]
    ParameterRange { id: String, name: String, value: String, range: String },
    #[error("'{id}' is another name of the policy '{other}', which stands here, too")]
    NamedTwice { id: String, other: String },
}

impl PolicyError {
    /// What the user can do about it.
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::Read { .. } | Self::ReadFramework { .. } => return None,
            Self::UnknownFramework { .. } => "seaworthy policy frameworks lists them; a file of your own ends in .yaml",
            Self::Framework { .. } => {
                "a framework has an id, a title and requirements, each with id, title and coverage: full, partial or manual"
            }
            Self::Data { .. } => "JSON and YAML files beside policies are data, as under OPA; keep others elsewhere",
            Self::NoDeny { .. } => "write 'deny contains \"what is wrong\" if { … }', or take the header away",
            Self::NoPolicies { .. } => "write one with: seaworthy policy new backup/my-rule",
            Self::Header { .. } | Self::NoHeader { .. } => {
                "seaworthy policy new AREA/ID writes a policy with every key that a header needs"
            }
            Self::Syntax { path, message } if is_v0(message) => {
                return Some(format!("this is Rego v0; convert it with: opa fmt --write --v0-v1 {path}"));
            }
            Self::Refused { message, .. } if message.contains("Rego v0") => {
                "convert the file with: opa fmt --write --v0-v1 FILE"
            }
            Self::Refused { .. } | Self::Syntax { .. } => {
                "policies are Rego v1; test them with: seaworthy policy test DIR"
            }
            Self::UnknownPath { path, .. } if is_of_plan(path) => {
                "policies that expect a Terraform plan are given it by: --input terraform"
            }
            Self::UnknownPath { of, .. } if *of == PLAN => {
                "a plan is as 'terraform show -json' writes it; policies about resources of the model have a header with 'for'"
            }
            Self::UnknownPath { .. } => "seaworthy schema inventory describes every field",
            Self::Nonsense { .. } => {
                "seaworthy schema inventory describes the types of all fields, the header those of parameters"
            }
            Self::DefaultFunction { .. } => "write the other case as a second definition of the function",
            Self::Impure { .. } => "ages and times are facts: see 'age' in what seaworthy schema inventory prints",
            Self::DuplicateId { .. } => "ids are never reused; give the policy another one",
            Self::UnknownPolicy { .. }
            | Self::UnknownParameter { .. }
            | Self::ParameterType { .. }
            | Self::ParameterRange { .. }
            | Self::NamedTwice { .. } => "seaworthy policy list names all policies, seaworthy explain their parameters",
        };
        Some(text.to_owned())
    }
}

/// What a policy reads that is about a plan as a whole.
pub(crate) const PLAN: &str = "a Terraform plan";

/// Whether it is the way into a plan.
fn is_of_plan(path: &str) -> bool {
    path.split('.').next().is_some_and(|first| SECTIONS.contains(&first))
}

/// What regorus says of rules without `if` and of sets without `contains`.
fn is_v0(message: &str) -> bool {
    ["`if` keyword is required", "`contains` keyword is required"].iter().any(|words| message.contains(words))
}
