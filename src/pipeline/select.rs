//! Which policies are asked: by id, area, framework or control; and by which frameworks the report is told.

use std::collections::BTreeSet;

use super::PipelineError;
use crate::config::Config;
use crate::link::needs;
use crate::policy::{Framework, Policy, PolicySet};
use crate::text::did_you_mean;

/// Leaves the policies that are wanted. A word that means no policy is an error: its typo would look like a pass.
pub(super) fn apply(set: &mut PolicySet, select: &[String], skip: &[String]) -> Result<(), PipelineError> {
    for word in select.iter().chain(skip) {
        if !set.policies().iter().any(|policy| is_meant(policy, word)) {
            return Err(unknown(set, word));
        }
    }
    let any = |words: &[String], policy: &Policy| words.iter().any(|word| is_meant(policy, word));
    set.retain(|policy| (select.is_empty() || any(select, policy)) && !any(skip, policy));
    Ok(())
}

/// The services that these policies need, whatever they have found there.
pub(super) fn services(set: &PolicySet, config: &Config) -> Result<BTreeSet<&'static str>, PipelineError> {
    Ok(needs(&set.reads()?, config))
}

/// The same for each policy alone.
pub(super) fn services_by_policy(
    set: &PolicySet,
    config: &Config,
) -> Result<Vec<BTreeSet<&'static str>>, PipelineError> {
    set.reads()?;
    set.policies().iter().map(|policy| Ok(needs(&set.reads_of(policy)?, config))).collect()
}

/// The frameworks that are named, each once.
pub(super) fn frameworks(words: &[String]) -> Result<Vec<Framework>, PipelineError> {
    let mut found: Vec<Framework> = Vec::new();
    for word in words {
        let framework = Framework::find(word)?;
        if !found.iter().any(|other| other.id == framework.id) {
            found.push(framework);
        }
    }
    Ok(found)
}

/// Whether a word means a policy: its id now or before, its area, a framework that it maps to, a control of any
/// framework (`CP-9`), or of one (`nist-800-53-r5:CP-9`).
fn is_meant(policy: &Policy, word: &str) -> bool {
    let same = |name: &str| name.eq_ignore_ascii_case(word);
    same(policy.id())
        || same(policy.area())
        || policy.aliases().iter().any(|alias| same(alias))
        || policy.frameworks().iter().any(|(framework, controls)| {
            same(framework) || controls.iter().any(|control| same(control) || same(&format!("{framework}:{control}")))
        })
}

fn unknown(set: &PolicySet, word: &str) -> PipelineError {
    let names = set.policies().iter().flat_map(|policy| {
        let frameworks = policy.frameworks().iter();
        let mapped = frameworks.flat_map(|(id, controls)| std::iter::once(id).chain(controls)).map(String::as_str);
        [policy.id(), policy.area()].into_iter().chain(mapped)
    });
    let hint = did_you_mean(word, names);
    PipelineError::UnknownPolicies { word: word.to_owned(), hint }
}

#[cfg(test)]
mod tests;
