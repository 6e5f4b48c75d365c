//! Judge: does this resource meet this policy? Only this stage knows regorus.
//!
//! A policy is a Rego file with a `# METADATA` header. It says which fact is wrong, why, and the evidence; this stage
//! knows which facts each rule reads, and derives the verdict: a pass needs evidence, and so does a fail.

mod analysis;
mod bounds;
mod bundle;
mod compiled;
mod data;
mod deny;
mod engine;
mod error;
mod framework;
mod header;
mod input;
mod judge;
mod load;
mod prints;
mod rego;
mod remedy;
mod rules;
mod schema;
mod source;
mod testing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use regorus::Engine;
use serde_json::Value as Json;

pub use compiled::Backend;
pub use data::read as policy_data;
pub use error::PolicyError;
pub use framework::{Framework, Requirement};
pub use judge::{Decided, Documents, Grounds, Judged, Options, SeenIn, Tally, judge, judge_joined};
pub use source::Source;
pub use testing::{FileResult, TestRun, run_tests};

use crate::model::{Joined, KINDS, Kind, Pattern, Resource, Severity};
use crate::result::{Evidence, PolicyInfo, Remediation};
use bundle::Bundle;
use header::{Header, PLAN};
use rules::Rules;
use schema::{Nodes, Schema};

/// The policies of a run.
#[derive(Clone, Debug)]
pub struct PolicySet {
    policies: Vec<Policy>,
    /// The modules that policies import, parsed.
    libraries: Engine,
    /// What users wrote, if there is any.
    bundle: Option<Arc<Bundle>>,
    /// Indexes of the policies that apply to a kind.
    by_kind: Vec<Vec<usize>>,
    /// `data.parameters`: by policy id, then name.
    parameters: Json,
}

/// One policy.
#[derive(Clone, Debug)]
pub struct Policy {
    header: Header,
    area: String,
    source: Source,
    /// What [`Self::rules`] came to.
    rules: OnceLock<Rules>,
    severity_override: Option<Severity>,
    /// Values of the parameters in this run.
    parameters: BTreeMap<String, Json>,
}

/// What policies without a header of ours expect as `input`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Expects {
    /// One resource of the model after the other
    #[default]
    Resource,
    /// A Terraform plan or state, as 'terraform show -json' writes it
    Terraform,
}

impl PolicySet {
    /// In the order of their ids.
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// The policy of that id, or one that had it before.
    pub fn find(&self, id: &str) -> Option<&Policy> {
        self.policies.iter().find(|policy| policy.id() == id).or_else(|| {
            self.policies.iter().find(|policy| policy.header.custom.aliases.iter().any(|alias| alias == id))
        })
    }

    /// Keeps the policies that the filter wants.
    pub fn retain(&mut self, mut wants: impl FnMut(&Policy) -> bool) {
        self.policies.retain(|policy| wants(policy));
        self.route();
    }

    /// Sets parameters and severities of the configuration. The error names an unknown policy or parameter.
    pub fn configure(
        &mut self,
        parameters: &BTreeMap<String, BTreeMap<String, Json>>,
        severity: &BTreeMap<String, Severity>,
    ) -> Result<(), PolicyError> {
        let mut seen = BTreeMap::new();
        for (id, values) in parameters {
            let policy = self.named(id)?;
            once(&mut seen, policy, id)?;
            for (name, value) in values {
                let known = policy.parameters.get_mut(name);
                let Some(known) = known else {
                    return Err(PolicyError::UnknownParameter {
                        id: id.clone(),
                        name: name.clone(),
                        hint: crate::text::did_you_mean(name, policy.parameters.keys().map(String::as_str)),
                    });
                };
                if !is_like(known, value) {
                    return Err(PolicyError::ParameterType {
                        id: id.clone(),
                        name: name.clone(),
                        value: value.to_string(),
                        default: known.to_string(),
                    });
                }
                let stated = policy.header.custom.parameters.get(name);
                if let Some(range) = stated.and_then(|stated| stated.misses(value)) {
                    return Err(PolicyError::ParameterRange {
                        id: id.clone(),
                        name: name.clone(),
                        value: value.to_string(),
                        range,
                    });
                }
                *known = value.clone();
            }
        }
        seen.clear();
        for (id, severity) in severity {
            let policy = self.named(id)?;
            once(&mut seen, policy, id)?;
            policy.severity_override = Some(*severity);
        }
        self.route();
        Ok(())
    }

    fn named(&mut self, id: &str) -> Result<&mut Policy, PolicyError> {
        let Some(found) = self.find(id).map(|policy| policy.id().to_owned()) else {
            let hint = crate::text::did_you_mean(id, self.policies.iter().map(Policy::id));
            return Err(PolicyError::UnknownPolicy { id: id.to_owned(), hint });
        };
        self.policies
            .iter_mut()
            .find(|policy| policy.id() == found)
            .ok_or_else(|| PolicyError::UnknownPolicy { id: id.to_owned(), hint: String::new() })
    }

    /// Whether any of them is asked about a plan as a whole.
    pub fn need_documents(&self) -> bool {
        self.policies.iter().any(Policy::is_about_plans)
    }

    /// What the rules read of each kind: facets by their names (`redundancy`), joined facts by their paths
    /// (`joined.copies`).
    pub fn reads(&self) -> Result<BTreeMap<Kind, BTreeSet<&'static str>>, PolicyError> {
        let mut reads: BTreeMap<Kind, BTreeSet<&'static str>> = BTreeMap::new();
        self.read(&self.policies.iter().collect::<Vec<_>>())?;
        for policy in &self.policies {
            for (kind, names) in self.reads_of(policy)? {
                reads.entry(kind).or_default().extend(names);
            }
        }
        Ok(reads)
    }

    /// The same of one policy.
    pub fn reads_of(&self, policy: &Policy) -> Result<BTreeMap<Kind, BTreeSet<&'static str>>, PolicyError> {
        let names = Schema::of_resource().names(&policy.nodes(self)?);
        Ok(policy.kinds().map(|kind| (kind, names.clone())).collect())
    }

    /// Whether any of them is about resources of that kind.
    pub(crate) fn judges(&self, kind: Kind) -> bool {
        self.by_kind.get(kind.index()).is_some_and(|policies| !policies.is_empty())
    }

    /// Reads and compiles the rules of built-in policies, where that was not done yet.
    fn read(&self, policies: &[&Policy]) -> Result<(), PolicyError> {
        let unread: Vec<_> = policies.iter().filter(|policy| policy.rules.get().is_none()).collect();
        let files: Vec<_> = unread.iter().map(|policy| (&policy.source, &policy.header.custom)).collect();
        for (policy, rules) in unread.iter().zip(Rules::of_built_in(&files, &self.libraries)?) {
            // Another thread may have read them meanwhile, and has read the same.
            policy.rules.get_or_init(|| rules);
        }
        Ok(())
    }

    fn route(&mut self) {
        self.by_kind = vec![Vec::new(); KINDS.len()];
        for (at, policy) in self.policies.iter().enumerate() {
            for kind in policy.kinds() {
                self.by_kind[kind.index()].push(at);
            }
        }
        self.parameters = self
            .policies
            .iter()
            .filter(|policy| !policy.parameters.is_empty())
            .map(|policy| (policy.id().to_owned(), serde_json::json!(policy.parameters)))
            .collect::<serde_json::Map<_, _>>()
            .into();
    }
}

impl Policy {
    /// Its rules. Those of users are read when they are loaded, the others when they are first needed: most runs ask a
    /// part of the built-in policies.
    fn rules(&self, set: &PolicySet) -> Result<&Rules, PolicyError> {
        match self.rules.get() {
            Some(rules) => Ok(rules),
            None => {
                set.read(&[self])?;
                self.rules.get().ok_or_else(|| engine::syntax(&self.source.path, "its rules were not read"))
            }
        }
    }

    /// What its rules read, and how to fix it.
    fn nodes(&self, set: &PolicySet) -> Result<Nodes, PolicyError> {
        let rules = self.rules(set)?;
        let mut nodes = remedy::reads(&self.header.custom.remediation);
        for question in rules.roots() {
            nodes.extend(&question.reads.all);
        }
        if rules.asked.is_some() {
            // Whatever way the rules of a user take to a fact, it is there.
            nodes.extend(Schema::all());
        }
        Ok(nodes)
    }

    /// `backup-disabled`: kebab-case, and never reused.
    pub fn id(&self) -> &str {
        &self.header.custom.id
    }

    /// The folder it stands in.
    pub fn area(&self) -> &str {
        &self.area
    }

    /// Whether a waiver may cover it.
    pub fn waivable(&self) -> bool {
        self.header.custom.waivable
    }

    /// Ids that it had before.
    pub fn aliases(&self) -> &[String] {
        &self.header.custom.aliases
    }

    /// Framework id → controls.
    pub fn frameworks(&self) -> &BTreeMap<String, Vec<String>> {
        &self.header.custom.frameworks
    }

    /// It judges a change, and is asked only about resources that a plan touches.
    pub fn is_about_change(&self) -> bool {
        self.header.custom.change
    }

    /// One of it may be several problems: it was written for another tool, or is asked about a plan as a whole.
    pub fn has_many_rules(&self) -> bool {
        self.header.is_made_up || self.is_about_plans()
    }

    /// It is asked about a plan as a whole.
    pub fn is_about_plans(&self) -> bool {
        self.header.custom.kinds.iter().any(|kind| kind.name() == PLAN)
    }

    /// A failure makes recovery impossible, not merely slower, at least under some patterns.
    pub fn is_blocker(&self) -> bool {
        self.header.custom.blocker.ever()
    }

    /// A failure of the resource makes its recovery impossible, by the pattern of its applications. Where that is not
    /// known, it may.
    pub fn blocks(&self, resource: &Resource) -> bool {
        if resource.unknown.contains_key(PATTERN) {
            return self.is_blocker();
        }
        self.blocks_under(pattern_of(resource.joined.as_deref()))
    }

    /// A failure makes recovery impossible under a pattern.
    pub fn blocks_under(&self, pattern: Option<Pattern>) -> bool {
        self.header.custom.blocker.under(pattern)
    }

    /// Kinds that it judges.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.header.custom.kinds.iter().copied()
    }

    /// Severity under a pattern; `None` if the question does not arise there.
    pub fn severity(&self, pattern: Option<Pattern>) -> Option<Severity> {
        let stated = self.header.custom.severity.under(pattern);
        stated.map(|severity| self.severity_override.unwrap_or(severity))
    }

    /// Under some patterns the question does not arise, or is one about a blocker.
    fn hangs_on_pattern(&self) -> bool {
        let blocks = |pattern| self.blocks_under(Some(pattern));
        Pattern::ALL
            .into_iter()
            .any(|pattern| self.severity(Some(pattern)).is_none() || blocks(pattern) != self.blocks_under(None))
    }

    /// Parameters with what their header says of them: name, value in this run, meaning.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &Json, &str)> {
        self.parameters.iter().map(|(name, value)| {
            let meaning =
                self.header.custom.parameters.get(name).map_or("", |parameter| parameter.description.as_str());
            (name.as_str(), value, meaning)
        })
    }

    /// How to fix it where it fails, if the facts there say more than it says of itself.
    fn fix(
        &self,
        filled: &mut remedy::Filled,
        evidence: &Evidence,
        input: &regorus::Value,
    ) -> Option<Arc<Remediation>> {
        filled.of_finding(&self.header.custom.remediation, &self.parameters, evidence, input)
    }

    /// What reports say of it.
    pub fn info(&self) -> PolicyInfo {
        let Header { title, description, related_resources, custom, .. } = &self.header;
        PolicyInfo {
            id: custom.id.clone(),
            area: self.area.clone(),
            title: title.clone(),
            description: description.trim().to_owned(),
            severity: self.severity_override.unwrap_or_else(|| custom.severity.default()),
            blocker: custom.blocker.ever(),
            remediation: remedy::in_general(&custom.remediation, &self.parameters),
            frameworks: custom.frameworks.clone(),
            references: related_resources.iter().map(|reference| reference.link.clone()).collect(),
            kinds: custom.kinds.iter().map(|kind| kind.name().to_owned()).collect(),
            parameters: self.parameters.clone(),
        }
    }
}

/// A policy that is named by its id and by one that it had before would have two words about one thing.
fn once(seen: &mut BTreeMap<String, String>, policy: &Policy, id: &str) -> Result<(), PolicyError> {
    match seen.insert(policy.id().to_owned(), id.to_owned()) {
        Some(other) => Err(PolicyError::NamedTwice { id: id.to_owned(), other }),
        None => Ok(()),
    }
}

/// Whether a parameter's value is of the type of its default, and its items of the type of the default's.
fn is_like(default: &Json, value: &Json) -> bool {
    let same = |a: &Json, b: &Json| std::mem::discriminant(a) == std::mem::discriminant(b);
    match (default, value) {
        (Json::Array(defaults), Json::Array(items)) => {
            defaults.first().is_none_or(|first| items.iter().all(|item| same(first, item)))
        }
        _ => same(default, value),
    }
}

/// The pattern of a resource's applications, which severities and blockers go by.
const PATTERN: &str = "joined.pattern";

/// That pattern, as far as it is known.
fn pattern_of(joined: Option<&Joined>) -> Option<Pattern> {
    let word = joined?.pattern.text()?;
    Pattern::ALL.into_iter().find(|pattern| pattern.word() == word)
}

#[cfg(test)]
#[path = "policy/advice_tests.rs"]
mod advice_tests;
#[cfg(test)]
#[path = "policy/built_in_tests.rs"]
mod tests;
