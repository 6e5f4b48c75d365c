//! Frameworks: what they require, and how much of it policies can prove. Which policies answer a requirement stands in
//! the headers of those policies, and nowhere else.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::source::slashes;
use super::{Policy, PolicyError};
use crate::result::Provable;
use crate::text::did_you_mean;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/reports/frameworks");

/// Larger files are no lists of requirements.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// A recognised framework, or one that an organization wrote for itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// What headers call it: `nist-800-53-r5`.
    pub id: String,
    /// `NIST SP 800-53, Security and Privacy Controls`.
    pub title: String,
    /// Which edition of it.
    #[serde(default)]
    pub edition: String,
    /// Where it can be read.
    #[serde(default)]
    pub urls: Vec<String>,
    /// In its own order.
    pub requirements: Vec<Requirement>,
}

/// What a framework requires.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// As the framework calls it: `CP-9(1)`.
    pub id: String,
    /// What it asks for, in a few words.
    pub title: String,
    /// How much of it policies can prove.
    pub coverage: Provable,
    /// What policies do not prove of it.
    #[serde(default)]
    pub rest: String,
}

impl Requirement {
    /// How much of it so many policies prove. Where nothing answers it, nothing is proven, whatever the file says; and where a
    /// policy of one's own does, something is.
    pub fn provable(&self, policies: usize) -> Provable {
        match (self.coverage, policies) {
            (_, 0) => Provable::Manual,
            (Provable::Manual, _) => Provable::Partial,
            (coverage, _) => coverage,
        }
    }
}

impl Framework {
    /// Those that are part of the program, by id.
    pub fn built_in() -> Result<&'static [Self], PolicyError> {
        static ALL: OnceLock<Vec<Framework>> = OnceLock::new();
        if let Some(all) = ALL.get() {
            return Ok(all);
        }
        let files = BUILT_IN.files().filter_map(|file| Some((file.path(), file.contents_utf8()?)));
        let mut all = files.map(|(path, text)| Self::parse(path, text)).collect::<Result<Vec<_>, _>>()?;
        all.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(ALL.get_or_init(|| all))
    }

    /// The one of that id, or of that file.
    pub fn find(word: &str) -> Result<Self, PolicyError> {
        let path = Path::new(word);
        if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            return Self::read(path);
        }
        let all = Self::built_in()?;
        match all.iter().find(|one| one.id.eq_ignore_ascii_case(word)) {
            Some(found) => Ok(found.clone()),
            None => {
                let hint = did_you_mean(word, all.iter().map(|one| one.id.as_str()));
                Err(PolicyError::UnknownFramework { word: word.to_owned(), hint })
            }
        }
    }

    fn read(path: &Path) -> Result<Self, PolicyError> {
        let trouble = |source| PolicyError::ReadFramework { path: slashes(path), source };
        let metadata = fs::metadata(path).map_err(trouble)?;
        // A pipe or a device may never end.
        if !metadata.is_file() || metadata.len() > MAX_BYTES {
            return Err(trouble(std::io::Error::other("it is no regular file of at most 4 MiB")));
        }
        Self::parse(path, &fs::read_to_string(path).map_err(trouble)?)
    }

    fn parse(path: &Path, text: &str) -> Result<Self, PolicyError> {
        let wrong = |message: String| PolicyError::Framework { path: slashes(path), message };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let framework: Self =
            serde_saphyr::from_str(text).map_err(|error| wrong(error.without_snippet().to_string()))?;
        let mut seen = BTreeSet::new();
        match framework.requirements.iter().find(|one| !seen.insert(&one.id)) {
            Some(twice) => Err(wrong(format!("the requirement '{}' stands here twice", twice.id))),
            None => Ok(framework),
        }
    }

    /// The policies that answer one of its requirements, by their numbers.
    pub fn answers(&self, requirement: &Requirement, policies: &[Policy]) -> Vec<usize> {
        let answers = |policy: &Policy| self.is_answered(requirement, policy);
        policies.iter().enumerate().filter(|(_, policy)| answers(policy)).map(|(index, _)| index).collect()
    }

    fn is_answered(&self, requirement: &Requirement, policy: &Policy) -> bool {
        policy.frameworks().get(&self.id).is_some_and(|ids| ids.contains(&requirement.id))
    }
}

#[cfg(test)]
#[path = "framework_tests.rs"]
mod tests;
