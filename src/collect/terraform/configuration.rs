//! The `configuration` of a plan: the only part that tells an unset attribute from one that is known after apply, that
//! names what an expression refers to, and that knows the provider, and with it the region, of a resource.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::address::{self, Segment, is_prefix, segments};
use super::types;
use super::values;
use crate::collect::arn::Arn;
use crate::model::Tags;

/// How far a value is followed through module variables and outputs, and one reference after the other.
pub(super) const MAX_HOPS: usize = 16;

/// The parts of `configuration` that are read.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ConfigurationFile<'a> {
    #[serde(borrow)]
    provider_config: BTreeMap<Cow<'a, str>, Provider>,
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
}

#[derive(Deserialize)]
struct CallFile<'a> {
    #[serde(default)]
    expressions: Value,
    #[serde(borrow, default)]
    module: ModuleFile<'a>,
    #[serde(default)]
    for_each_expression: Option<Value>,
}

#[derive(Deserialize)]
struct OutputFile {
    #[serde(default)]
    expression: Value,
}

#[derive(Debug, Deserialize)]
struct VariableFile {
    #[serde(default)]
    default: Value,
    #[serde(default)]
    sensitive: bool,
}

/// A provider block. Only what places resources is read: credentials stand there too.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Provider {
    name: String,
    full_name: String,
    module_address: String,
    expressions: ProviderExpressions,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ProviderExpressions {
    region: Option<Value>,
    default_tags: Option<Value>,
    assume_role: Vec<AssumeRole>,
    allowed_account_ids: Option<Value>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct AssumeRole {
    role_arn: Option<Value>,
}

/// The configuration, by module path.
#[derive(Debug, Default)]
pub(super) struct Configuration {
    providers: BTreeMap<String, Provider>,
    modules: HashMap<String, Module>,
    /// Values of the root module's variables.
    variables: HashMap<String, Value>,
}

/// A module as it is written, whatever number of times it is called.
#[derive(Debug, Default)]
pub(super) struct Module {
    resources: HashMap<String, Block>,
    /// Arguments and `for_each` of the modules that it calls.
    pub calls: HashMap<String, (Value, Option<Value>)>,
    pub outputs: HashMap<String, Value>,
    /// Its variables.
    variables: HashMap<String, VariableFile>,
}

/// A resource block.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The key of its provider in `provider_config`.
    pub provider: String,
    /// The expressions of the attributes that are mapped.
    pub expressions: Value,
    pub for_each: Option<Value>,
}

impl Configuration {
    pub(super) fn new(file: ConfigurationFile<'_>, variables: HashMap<String, Value>) -> serde_json::Result<Self> {
        let providers = file.provider_config.into_iter().map(|(key, value)| (key.into_owned(), value)).collect();
        let mut modules = HashMap::new();
        let mut left = vec![(String::new(), file.root_module)];
        while let Some((path, file)) = left.pop() {
            let mut module = Module::default();
            for resource in file.resources {
                let block = Block {
                    provider: resource.provider_config_key.into_owned(),
                    expressions: match (types::find(&resource.terraform_type), resource.expressions) {
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
                left.push((format!("{path}{dot}{name}"), call.module));
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

    /// The block of a resource: `aws_db_instance.main`, or with `data.` before it.
    pub(super) fn block(&self, module: &str, resource: &str) -> Option<&Block> {
        self.module(module)?.resources.get(resource)
    }

    /// The region of a provider, by its key in `provider_config`, if it is written there.
    pub(super) fn region(&self, key: &str) -> Option<String> {
        self.of_provider(key, Self::provider_region)
    }

    /// The account of a provider, by its key in `provider_config`, if it is written there.
    pub(super) fn account(&self, key: &str) -> Option<String> {
        self.of_provider(key, Self::provider_account)
    }

    fn of_provider(&self, key: &str, word: impl Fn(&Self, &Provider) -> Option<String>) -> Option<String> {
        if let Some(provider) = self.providers.get(key) {
            return word(self, provider);
        }
        // Before version 1.1 a module's resources name a provider of the module even where it is handed down, and
        // nothing says which one that is: it is known only if there is but one word to choose from.
        let mut words: Vec<_> =
            self.providers.values().filter(|provider| provider.is_aws()).map(|p| word(self, p)).collect();
        words.sort_unstable();
        words.dedup();
        match words.as_mut_slice() {
            [word] if key.contains(':') => word.take(),
            _ => None,
        }
    }

    fn provider_region(&self, provider: &Provider) -> Option<String> {
        let region = self.value(provider.expressions.region.as_ref()?, &provider.module_address, MAX_HOPS)?;
        values::text(region).filter(|region| region.contains('-'))
    }

    /// The account of the role that the provider takes on last, or else the only one that it may work in.
    fn provider_account(&self, provider: &Provider) -> Option<String> {
        let value = |expression| self.value(expression, &provider.module_address, MAX_HOPS);
        let expressions = &provider.expressions;
        let role = expressions.assume_role.last().and_then(|role| value(role.role_arn.as_ref()?)?.as_str());
        let account = match role.and_then(Arn::parse) {
            Some(arn) => arn.account.to_owned(),
            // A text is one item of a list that may have others.
            None => match &value(expressions.allowed_account_ids.as_ref()?)?.as_array()?[..] {
                [account] => values::text(account)?,
                _ => return None,
            },
        };
        (account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())).then_some(account)
    }

    /// The default tags of a provider. `None`: they are not known.
    pub(super) fn default_tags(&self, key: &str) -> Option<Tags> {
        let Some(block) = &self.providers.get(key)?.expressions.default_tags else { return Some(Tags::new()) };
        let tags = values::blocks(block).into_iter().next()?.get("tags")?.get("constant_value")?.as_object()?;
        tags.iter().map(|(name, value)| Some((name.clone(), values::text(value)?))).collect()
    }

    /// What an expression gives, if it is a constant or a variable and nothing else is known of it.
    fn value<'a>(&'a self, expression: &'a Value, module: &str, hops: usize) -> Option<&'a Value> {
        if let Some(constant) = expression.get("constant_value") {
            return Some(constant);
        }
        match references(expression).into_iter().collect::<Vec<_>>()[..] {
            [reference] => match segments(reference)[..] {
                [Segment { name: "var", key: None }, Segment { name, key: None }] => {
                    self.variable(name, module, hops.checked_sub(1)?)
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
    pub(super) fn is_known_at_plan(&self, expression: &Value, module: &str, hops: usize) -> bool {
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
                        .is_none_or(|argument| self.is_known_at_plan(argument, parent, hops)),
                },
                [Segment { name: "each", .. }, Segment { name: "key", .. }]
                | [Segment { name: "count", .. }, Segment { name: "index", .. }] => true,
                _ => false,
            })
    }
}

impl Provider {
    fn is_aws(&self) -> bool {
        if self.full_name.is_empty() { self.name == "aws" } else { super::is_aws(&self.full_name) }
    }
}

/// What an expression refers to, each named once and by its longest name: Terraform lists `a.b.arn` and `a.b` both.
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
