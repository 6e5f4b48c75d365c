//! The `configuration` of a plan: the only part that tells an unset attribute from one that is known after apply, that
//! names what an expression refers to, and that knows the provider, and with it the region, of a resource.

mod parts;
mod provider;
mod providers;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use super::address::{self, Segment, is_prefix, segments};
use super::mapping::Types;
use super::provider::Provider;
use super::values;
use parts::VariableFile;
pub(super) use parts::{Block, Configuration, MAX_HOPS, Module};
use provider::{ProviderBlock, ProviderFile};
pub(super) use providers::Written;

/// The parts of `configuration` that are read.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ConfigurationFile<'a> {
    #[serde(borrow)]
    provider_config: BTreeMap<Cow<'a, str>, ProviderFile<'a>>,
    #[serde(borrow)]
    root_module: ModuleFile<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ModuleFile<'a> {
    #[serde(borrow)]
    resources: Vec<ResourceFile<'a>>,
    #[serde(borrow)]
    module_calls: BTreeMap<Cow<'a, str>, CallFile<'a>>,
    outputs: HashMap<String, OutputFile>,
    variables: HashMap<String, VariableFile>,
}

#[derive(Deserialize)]
struct ResourceFile<'a> {
    #[serde(borrow)]
    mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    terraform_type: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    provider_config_key: Cow<'a, str>,
    #[serde(borrow, default)]
    expressions: Option<&'a RawValue>,
    #[serde(default)]
    for_each_expression: Option<Value>,
    #[serde(default)]
    count_expression: Option<IgnoredAny>,
    /// Of OpenTofu 1.11.
    #[serde(default)]
    enabled_expression: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct CallFile<'a> {
    #[serde(default)]
    expressions: Value,
    #[serde(borrow, default)]
    module: ModuleFile<'a>,
    #[serde(default)]
    for_each_expression: Option<Value>,
    #[serde(default)]
    count_expression: Option<IgnoredAny>,
    #[serde(default)]
    enabled_expression: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct OutputFile {
    #[serde(default)]
    expression: Value,
}

impl Configuration {
    pub(super) fn new(
        file: ConfigurationFile<'_>,
        variables: HashMap<String, Value>,
        types: &'static Types,
    ) -> serde_json::Result<Self> {
        let mut providers = BTreeMap::new();
        for (key, block) in file.provider_config {
            if let Some(of) = block.provider(&key, types) {
                providers.insert(key.into_owned(), ProviderBlock::new(of, block)?);
            }
        }
        let mut modules = HashMap::new();
        let mut left = vec![(String::new(), file.root_module, true)];
        while let Some((path, file, is_called)) = left.pop() {
            let mut module = Module::default();
            for resource in file.resources {
                let sets_region = match (types.provider_of(&resource.terraform_type), resource.expressions) {
                    (Some(of), Some(raw)) => (of.leaves_region)(&resource.terraform_type, raw)?,
                    _ => false,
                };
                let is_plain = resource.for_each_expression.is_none()
                    && resource.count_expression.is_none()
                    && resource.enabled_expression.is_none();
                let block = Block {
                    always: is_called && is_plain,
                    provider: resource.provider_config_key.into_owned(),
                    sets_region,
                    expressions: match (types.find(&resource.terraform_type), resource.expressions) {
                        (Some(kind), Some(raw)) if resource.mode == "managed" => values::read(Some(raw), kind)?,
                        _ => Value::Null,
                    },
                    for_each: resource.for_each_expression,
                };
                let data = if resource.mode == "data" { "data." } else { "" };
                module.resources.insert(format!("{data}{}.{}", resource.terraform_type, resource.name), block);
            }
            for (name, call) in file.module_calls {
                let dot = if path.is_empty() { "" } else { "." };
                let is_plain = call.for_each_expression.is_none()
                    && call.count_expression.is_none()
                    && call.enabled_expression.is_none();
                left.push((format!("{path}{dot}{name}"), call.module, is_called && is_plain));
                module.calls.insert(name.into_owned(), (call.expressions, call.for_each_expression));
            }
            module.outputs = file.outputs.into_iter().map(|(name, output)| (name, output.expression)).collect();
            module.variables = file.variables;
            modules.insert(path, module);
        }
        Ok(Self { providers, modules, variables })
    }

    /// The module that a module instance is an instance of.
    pub(super) fn module(&self, instance: &str) -> Option<&Module> {
        self.modules.get(&address::path(instance))
    }

    /// The block of a resource: its type and its name with a dot, or with `data.` before it.
    pub(super) fn block(&self, module: &str, resource: &str) -> Option<&Block> {
        self.module(module)?.resources.get(resource)
    }

    /// The managed resources of which a plan has one whatever is set: the path of the module, and the block.
    pub(super) fn always_there(&self) -> impl Iterator<Item = (&str, &str)> {
        self.modules.iter().flat_map(|(path, module)| {
            let there = module.resources.iter().filter(|(name, block)| block.always && !name.starts_with("data."));
            there.map(|(name, _)| (path.as_str(), name.as_str()))
        })
    }

    /// Every managed resource of the code: the path of its module, its block, and its provider.
    pub(super) fn managed_blocks(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.modules.iter().flat_map(|(path, module)| {
            let managed = module.resources.iter().filter(|(name, _)| !name.starts_with("data."));
            managed.map(|(name, block)| (path.as_str(), name.as_str(), block.provider.as_str()))
        })
    }

    /// Whether a block gives its resource a region of its own. A region that is known when the plan is made, and that the
    /// plan does not show all the same, is null: then it is the provider's.
    pub(super) fn hides_region(&self, module: &str, block: &Block, provider: &Provider) -> bool {
        let region = block.expressions.get(provider.region_argument);
        let is_told =
            region.is_some_and(|region| self.is_known_at_plan(region, module, block.for_each.as_ref(), MAX_HOPS));
        block.sets_region && !is_told
    }

    /// What an expression gives, if it is a constant or a variable and nothing else is known of it.
    fn value<'a>(&'a self, expression: &'a Value, module: &str, hops: usize) -> Option<&'a Value> {
        if let Some(constant) = expression.get("constant_value") {
            return Some(constant);
        }
        match references(expression).into_iter().collect::<Vec<_>>()[..] {
            [reference] => match segments(reference)[..] {
                // `var.regions["dr"]` and `var.regions.dr` are parts of what the variable is set to.
                [Segment { name: "var", key: None }, first, ref rest @ ..] => {
                    let whole = self.variable(first.name, module, hops.checked_sub(1)?)?;
                    let steps = rest.iter().flat_map(|segment| [Some(segment.name), segment.key]);
                    first.key.into_iter().chain(steps.flatten()).try_fold(whole, part)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// What a variable is set to, unless it is sensitive: the result would show it.
    fn variable<'a>(&'a self, name: &str, module: &str, hops: usize) -> Option<&'a Value> {
        let declared = self.module(module).and_then(|module| module.variables.get(name));
        if declared.is_some_and(|variable| variable.sensitive) {
            return None;
        }
        let default = declared.map(|variable| &variable.default);
        match address::parent(module) {
            None => self.variables.get(name).or(default),
            Some((parent, call)) => match self.argument(parent, call.name, name) {
                Some(expression) => self.value(expression, parent, hops),
                None => default,
            },
        }
    }

    /// The expression that a module call passes for a variable.
    pub(super) fn argument(&self, parent: &str, call: &str, variable: &str) -> Option<&Value> {
        self.module(parent)?.calls.get(call)?.0.get(variable)
    }

    /// Whether the expression consists of what is known at plan time. If the planned value is unknown all the same, the
    /// expression gave null, and the provider chooses.
    ///
    /// `for_each` is that of the block around it, which `each.value` is a part of.
    pub(super) fn is_known_at_plan(
        &self,
        expression: &Value,
        module: &str,
        for_each: Option<&Value>,
        hops: usize,
    ) -> bool {
        if expression.get("constant_value").is_some() {
            return true;
        }
        let (Some(hops), references) = (hops.checked_sub(1), references(expression)) else { return false };
        !references.is_empty()
            && references.into_iter().all(|reference| match segments(reference)[..] {
                [Segment { name: "var", .. }, Segment { name, .. }, ..] => match address::parent(module) {
                    None => true,
                    Some((parent, call)) => self
                        .argument(parent, call.name, name)
                        .is_none_or(|argument| self.is_known_at_plan(argument, parent, None, hops)),
                },
                [Segment { name: "each", .. }, Segment { name: "value", .. }, ..] => {
                    for_each.is_some_and(|for_each| self.is_known_at_plan(for_each, module, None, hops))
                }
                [Segment { name: "each", .. }, Segment { name: "key", .. }]
                | [Segment { name: "count", .. }, Segment { name: "index", .. }] => true,
                _ => false,
            })
    }
}

/// A part of a value: the member of that name, or the item at that index, as it is written between brackets.
fn part<'v>(whole: &'v Value, key: &str) -> Option<&'v Value> {
    let unquoted = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(key);
    match whole {
        Value::Object(members) => members.get(unquoted),
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => None,
    }
}

/// What an expression refers to, each named once and by its longest name: Terraform lists `a.b.id` and `a.b` both.
pub(super) fn references(expression: &Value) -> BTreeSet<&str> {
    let all: BTreeSet<&str> = expression
        .get("references")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let extends = |shorter: &str| {
        all.range(shorter..).take_while(|longer| longer.starts_with(shorter)).any(|longer| is_prefix(shorter, longer))
    };
    all.iter().filter(|shorter| !extends(shorter)).copied().collect()
}
