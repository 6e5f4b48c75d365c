//! Rules that say that something is wrong.

use regorus::unstable::{Module, Rule, RuleHead};

use super::analysis;

/// Definitions that say what is wrong.
pub(crate) fn denies(module: &Module) -> impl Iterator<Item = &Rule> {
    module.policy.iter().map(AsRef::as_ref).filter(|rule| {
        matches!(rule, Rule::Spec { head: RuleHead::Set { .. }, .. }) && is_deny(analysis::rule_name(rule))
    })
}

/// Whether a rule of that name says what is wrong. Conftest's names are understood.
pub(crate) fn is_deny(name: &str) -> bool {
    let word = |word: &&str| name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
    ["deny", "violation", "warn"].iter().any(word)
}
