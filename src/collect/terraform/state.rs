//! States: `show -json` of one, and the raw file in versions 1 to 4.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use super::address::{self, segments};
use super::configuration::Configuration;
use super::mapping::{Type, Types};
use super::place::{Places, StatedPlaces, Witness};
use super::provider::Told;
use super::{flatmap, values};
use crate::collect::terraform::error::TerraformError;
use crate::collect::terraform::identity;
use crate::collect::terraform::instance::Instance;
use crate::collect::terraform::parts::{Document, parse};
use crate::collect::terraform::reading::Reading;

/// `values` of a state as `show -json` writes it; `planned_values` is like it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct StateValues<'a> {
    #[serde(borrow)]
    root_module: StateModule<'a>,
}

/// `prior_state`, and a state as `show -json` writes it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PriorState<'a> {
    #[serde(borrow)]
    pub values: StateValues<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StateModule<'a> {
    address: String,
    #[serde(borrow)]
    resources: Vec<StateResource<'a>>,
    #[serde(borrow)]
    child_modules: Vec<Self>,
}

#[derive(Deserialize)]
struct StateResource<'a> {
    #[serde(borrow)]
    address: Cow<'a, str>,
    #[serde(borrow)]
    mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    terraform_type: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(default)]
    index: Option<Value>,
    #[serde(borrow, default)]
    provider_name: Cow<'a, str>,
    #[serde(default)]
    deposed_key: Option<IgnoredAny>,
    #[serde(default)]
    depends_on: Vec<String>,
    #[serde(borrow, default)]
    values: Option<&'a RawValue>,
    #[serde(borrow, default)]
    sensitive_values: Option<&'a RawValue>,
    #[serde(default)]
    identity: Option<Value>,
}

/// A resource of a raw state, version 4.
#[derive(Deserialize)]
struct FileResource<'a> {
    #[serde(default)]
    module: String,
    #[serde(borrow)]
    mode: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    terraform_type: Cow<'a, str>,
    name: String,
    #[serde(default)]
    provider: String,
    #[serde(borrow, default)]
    instances: Vec<FileInstance<'a>>,
}

#[derive(Deserialize)]
struct FileInstance<'a> {
    #[serde(default)]
    index_key: Option<Value>,
    #[serde(default)]
    deposed: Option<IgnoredAny>,
    #[serde(borrow, default)]
    attributes: Option<&'a RawValue>,
    #[serde(default)]
    attributes_flat: Option<BTreeMap<String, Value>>,
    #[serde(default)]
    sensitive_attributes: Option<Value>,
    #[serde(default)]
    dependencies: Vec<String>,
    #[serde(default)]
    identity: Option<Value>,
}

/// A module of a raw state before version 4.
#[derive(Deserialize)]
struct OldModule {
    #[serde(default)]
    path: Vec<String>,
    #[serde(default)]
    resources: BTreeMap<String, OldResource>,
}

#[derive(Deserialize)]
struct OldResource {
    #[serde(rename = "type")]
    terraform_type: String,
    #[serde(default)]
    provider: String,
    #[serde(default)]
    depends_on: Vec<String>,
    #[serde(default)]
    primary: Option<OldInstance>,
    #[serde(default)]
    deposed: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct OldInstance {
    #[serde(default)]
    attributes: BTreeMap<String, Value>,
}

/// Reads a state, whichever form it has.
pub(super) fn read(
    document: &Document<'_>,
    types: &'static Types,
    stated: &StatedPlaces,
) -> Result<Reading, TerraformError> {
    let mut reading = Reading::new(types);
    match (document.version, document.resources, document.modules) {
        (Some(4), resources, _) => {
            let resources: Vec<FileResource<'_>> = resources.map_or(Ok(Vec::new()), |raw| parse("resources", raw))?;
            for resource in resources {
                reading.add_file(resource)?;
            }
        }
        (Some(1..=3), _, modules) => {
            let modules: Vec<OldModule> = modules.map_or(Ok(Vec::new()), |raw| parse("modules", raw))?;
            for module in modules {
                reading.add_old(module)?;
            }
        }
        (Some(version), _, _) => return Err(TerraformError::StateVersion(version)),
        (None, _, _) => match (document.values, &document.format_version) {
            (Some(raw), _) => reading.add_shown(parse::<StateValues<'_>>("values", raw)?)?,
            (None, Some(_)) => {}
            (None, None) => return Err(TerraformError::Unrecognised("it has none of the members that tell")),
        },
    }
    reading.stack.places = Places::learn(&reading.stack.instances, types, &reading.witnesses, None, stated, None);
    Ok(reading)
}

impl StateValues<'_> {
    /// Managed resources there are.
    pub(super) fn count(&self) -> usize {
        let mut left = vec![&self.root_module];
        let mut count = 0;
        while let Some(module) = left.pop() {
            count += module.resources.iter().filter(|resource| resource.mode == "managed").count();
            left.extend(&module.child_modules);
        }
        count
    }

    /// What each managed resource was made after, by address.
    pub(super) fn dependencies(self) -> HashMap<String, Vec<String>> {
        let mut left = vec![self.root_module];
        let mut dependencies = HashMap::new();
        while let Some(module) = left.pop() {
            left.extend(module.child_modules);
            let managed = module.resources.into_iter().filter(|one| one.mode == "managed" && one.deposed_key.is_none());
            dependencies.extend(managed.map(|one| (one.address.into_owned(), one.depends_on)));
        }
        dependencies
    }

    /// What its resources and data sources say of the places of their providers.
    pub(super) fn witnesses(&self, configuration: Option<&Configuration>, types: &Types) -> Vec<Witness> {
        let mut left = vec![&self.root_module];
        let mut witnesses = Vec::new();
        while let Some(module) = left.pop() {
            left.extend(&module.child_modules);
            for (resource, provider) in
                module.resources.iter().filter_map(|one| Some((one, types.provider(&one.provider_name)?)))
            {
                let is_data = resource.mode == "data";
                let data = if is_data { "data." } else { "" };
                let block = format!("{data}{}.{}", resource.terraform_type, resource.name);
                let Some(block) = configuration.and_then(|all| all.block(&module.address, &block)) else { continue };
                let values = resource.values.filter(|_| !block.sets_region);
                if let Some(told) = values.and_then(|raw| (provider.witness)(&resource.terraform_type, is_data, raw)) {
                    witnesses.push(Witness { provider: block.provider.clone(), told });
                }
            }
        }
        witnesses
    }
}

impl Reading {
    /// The managed resources of a state as `show -json` writes it.
    pub(super) fn add_shown(&mut self, values: StateValues<'_>) -> Result<(), TerraformError> {
        let mut left = vec![values.root_module];
        while let Some(module) = left.pop() {
            for resource in module.resources {
                if resource.mode != "managed" {
                    continue;
                }
                if resource.deposed_key.is_some() {
                    self.deposed += 1;
                    continue;
                }
                let Some(kind) = self.understood(&resource.terraform_type, &resource.provider_name) else { continue };
                let wrong = |source| TerraformError::Part { part: resource.address.to_string(), source };
                let found = values::read(resource.values, kind).map_err(wrong)?;
                let sensitive = values::mask(resource.sensitive_values, kind).map_err(wrong)?;
                // The alias of the provider is not there: its region stands for it, if the resource tells one.
                let provider = (kind.provider.region)(&found, kind.global_id)
                    .map_or_else(String::new, |region| format!("{} {region}", resource.provider_name));
                self.push(Instance {
                    depends_on: resource.depends_on,
                    module: module.address.clone(),
                    name: resource.name.into_owned(),
                    key: resource.index.as_ref().and_then(address::key),
                    provider,
                    identity: identity::of(kind.provider, &resource.identity),
                    ..instance(resource.address.into_owned(), kind, found, &sensitive)
                })?;
            }
            left.extend(module.child_modules);
        }
        Ok(())
    }

    fn add_file(&mut self, resource: FileResource<'_>) -> Result<(), TerraformError> {
        if resource.mode != "managed" {
            self.hear(resource);
            return Ok(());
        }
        for file in resource.instances {
            if file.deposed.is_some() {
                self.deposed += 1;
                continue;
            }
            let Some(kind) = self.understood(&resource.terraform_type, provider_name(&resource.provider)) else {
                continue;
            };
            let key = file.index_key.as_ref().and_then(address::key);
            let address = full_address(&resource.module, kind, &resource.name, key.as_deref());
            let found = match (file.attributes, file.attributes_flat) {
                (None, Some(flat)) => flatmap::expand(flat, kind),
                (raw, _) => {
                    values::read(raw, kind).map_err(|source| TerraformError::Part { part: address.clone(), source })?
                }
            };
            let sensitive = sensitive_mask(file.sensitive_attributes.as_ref());
            self.push(Instance {
                module: resource.module.clone(),
                name: resource.name.clone(),
                key,
                provider: resource.provider.clone(),
                depends_on: file.dependencies,
                identity: identity::of(kind.provider, &file.identity),
                ..instance(address, kind, found, &sensitive)
            })?;
        }
        Ok(())
    }

    /// A data source tells where its provider works.
    fn hear(&mut self, resource: FileResource<'_>) {
        let Some(provider) = self.stack.types.provider(provider_name(&resource.provider)) else { return };
        let raw = resource.instances.into_iter().filter_map(|file| file.attributes);
        let told = raw.filter_map(|raw| (provider.witness)(&resource.terraform_type, true, raw));
        self.witnesses.extend(told.map(|told| Witness { provider: resource.provider.clone(), told }));
    }

    fn add_old(&mut self, module: OldModule) -> Result<(), TerraformError> {
        let calls = module.path.iter().skip(1);
        let module_address = calls.fold(String::new(), |address, call| address::child(&address, call, None));
        for (name, resource) in module.resources {
            if name.starts_with("data.") {
                continue;
            }
            self.deposed += resource.deposed.len();
            let Some(primary) = resource.primary else { continue };
            let Some(kind) = self.understood(&resource.terraform_type, provider_name(&resource.provider)) else {
                continue;
            };
            let mut parts = name.splitn(3, '.').skip(1);
            let (name, key) = (parts.next().unwrap_or(&name).to_owned(), parts.next().map(str::to_owned));
            let address = full_address(&module_address, kind, &name, key.as_deref());
            let found = flatmap::expand(primary.attributes, kind);
            self.push(Instance {
                module: module_address.clone(),
                name,
                key,
                provider: resource.provider,
                depends_on: resource.depends_on,
                ..instance(address, kind, found, &Value::Null)
            })?;
        }
        Ok(())
    }

    /// The type, if it is understood; else it is counted.
    fn understood(&mut self, terraform_type: &str, provider: &str) -> Option<&'static Type> {
        let is_called = |kind: &&Type| provider.is_empty() || kind.provider.is_called(provider);
        let kind = self.stack.types.find(terraform_type).filter(is_called);
        if kind.is_none() {
            self.not_understood(terraform_type);
        }
        kind
    }
}

/// The attributes of an instance in a state, without sensitive values. Attributes that the state omits are unknown.
fn instance(address: String, kind: &'static Type, mut found: Value, sensitive: &Value) -> Instance {
    let mut unknown = Value::Null;
    values::fill(&mut found, &mut unknown);
    values::redact(&mut found, &mut unknown, sensitive);
    Instance {
        address,
        module: String::new(),
        kind,
        name: String::new(),
        key: None,
        provider: String::new(),
        sets_region: false,
        left_out: false,
        lacks: None,
        identity: Told::default(),
        replaces: None,
        depends_on: Vec::new(),
        change: None,
        before: Value::Null,
        unknown_before: Value::Null,
        after: found,
        unknown,
    }
}

/// What stands between the quotes of `module.a.provider["registry.terraform.io/a/b"].west`, and `b` of `provider.b.west`
/// and `b.west`, as older versions write it.
fn provider_name(provider: &str) -> &str {
    if let Some((_, rest)) = provider.split_once("[\"") {
        return rest.split('"').next().unwrap_or_default();
    }
    let names = segments(provider);
    let at = names.iter().position(|segment| segment.name == "provider").map_or(0, |at| at + 1);
    names.get(at).map(|segment| segment.name).unwrap_or_default()
}

fn full_address(module: &str, kind: &Type, name: &str, key: Option<&str>) -> String {
    let dot = if module.is_empty() { "" } else { "." };
    let key = key.map(|key| format!("[{key}]")).unwrap_or_default();
    format!("{module}{dot}{}.{name}{key}", kind.name)
}

/// The mask of `sensitive_attributes`, a list of paths. What is sensitive in part is taken as sensitive.
fn sensitive_mask(paths: Option<&Value>) -> Value {
    let first = |path: &Value| {
        let step = path.as_array().and_then(|steps| steps.first()).unwrap_or(path);
        Some((step.get("value")?.as_str()?.to_owned(), Value::Bool(true)))
    };
    Value::Object(paths.and_then(Value::as_array).into_iter().flatten().filter_map(first).collect())
}
