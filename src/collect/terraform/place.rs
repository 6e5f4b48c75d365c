//! Where resources are: from an ARN, a zone, or what is known of their provider.

use crate::providers::aws::names::region_of_zone;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use serde_json::Value;

use super::configuration::{Configuration, Written};
use super::values::is_marked;
use super::world::Instance;
use crate::collect::source::{Code, Expressions};
use crate::model::{Fact, Place};
use crate::providers::aws::names::Arn;
use crate::text::{count, did_you_mean};

/// What the user says of the places that providers work in. It is taken where the plan itself does not tell.
#[derive(Clone, Debug, Default)]
pub struct StatedPlaces {
    /// Where the code lies. It says how references are meant that a plan does not tell apart.
    pub code: Option<Code>,
    /// The first that fits counts.
    pub accounts: Vec<Stated>,
    /// The first that fits counts.
    pub regions: Vec<Stated>,
}

/// An account or a region that the user states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Of which providers.
    pub of: StatedOf,
    /// The account or the region.
    pub word: String,
    /// Where it is stated: `--plan-account`.
    pub from: String,
}

/// Of which providers something is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatedOf {
    /// Of one, as Terraform writes it: `aws`, `aws.west`.
    Provider(String),
    /// Of those without an alias.
    Default,
    /// Of those that say nothing of it themselves: they name no region, or no role and no account.
    Silent,
}

/// What a resource or a data source says of the place of its provider.
#[derive(Debug, Default)]
pub(super) struct Witness {
    pub provider: String,
    pub account: Option<String>,
    pub region: Option<String>,
}

/// The attributes of any type that tell where it is, for [`Witness::of`].
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Telling {
    arn: Value,
    region: Value,
    availability_zone: Value,
    /// Of `data.aws_caller_identity`.
    account_id: Value,
    /// Of `data.aws_region`, before version 6.
    name: Value,
    /// Of `data.aws_availability_zones`.
    names: Value,
}

impl Witness {
    /// What attributes say of the place of their provider. `is_data`: it is a data source, which may show what is in
    /// another account.
    pub(super) fn of(provider: String, terraform_type: &str, is_data: bool, telling: &Telling) -> Self {
        let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let zone = |value: &Value| Some(region_of_zone(value.as_str()?)?.to_owned());
        let arn = telling.arn.as_str().and_then(Arn::parse);
        let (account, region) = match terraform_type {
            "aws_caller_identity" if is_data => (text(&telling.account_id), None),
            "aws_region" if is_data => (None, text(&telling.region).or_else(|| text(&telling.name))),
            "aws_availability_zones" if is_data => {
                (None, telling.names.as_array().into_iter().flatten().find_map(zone))
            }
            _ => {
                let region = arn.map(|arn| arn.region.to_owned()).filter(|region| !region.is_empty());
                let account = arn.map(|arn| arn.account.to_owned()).filter(|_| !is_data);
                (account, region.or_else(|| zone(&telling.availability_zone)))
            }
        };
        let account = account.filter(|account| account.len() == 12);
        Self { provider, account, region }
    }
}

/// What the provider knows an object by, apart from its attributes: a bucket's ARN names no account, and its identity
/// does. From Terraform 1.12 and version 6 of the provider.
/// <https://developer.hashicorp.com/terraform/internals/json-format#change-representation>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Identity {
    account: Option<String>,
    region: Option<String>,
}

impl Identity {
    /// Of `before_identity`, `after_identity` or the identity to import by. Two that differ tell nothing.
    pub(super) fn of<'v>(identities: impl IntoIterator<Item = &'v Value>) -> Self {
        let (mut account, mut region) = (Learned::Nothing, Learned::Nothing);
        for identity in identities {
            let said = |name: &str| identity.get(name).and_then(Value::as_str).unwrap_or_default();
            let arn = Arn::parse(said("arn"));
            account.hear(said("account_id"));
            account.hear(arn.map_or("", |arn| arn.account));
            region.hear(said("region"));
            region.hear(arn.map_or("", |arn| arn.region));
        }
        Self { account: account.one(), region: region.one() }
    }
}

/// What is known of the place that each provider works in.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// By key in the configuration, or address in a state.
    providers: HashMap<String, Provider>,
    /// Sentences about providers of which something is stated, and that are not there.
    strangers: Vec<String>,
}

/// Where a provider works.
#[derive(Debug, Default)]
struct Provider {
    account: Known,
    region: Known,
}

/// A word, and whence it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    #[default]
    No,
    /// The provider block says it.
    Written(String),
    /// Its resources or data sources say it, and agree.
    Told(String),
    /// The user says it: the word, and where it stands.
    Stated(String, String),
}

impl Known {
    fn word(&self) -> Option<String> {
        match self {
            Self::No => None,
            Self::Written(word) | Self::Told(word) | Self::Stated(word, _) => Some(word.clone()),
        }
    }
}

/// A word that everybody who said it agrees on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Learned {
    #[default]
    Nothing,
    One(String),
    Several,
}

impl Learned {
    fn hear(&mut self, word: &str) {
        match self {
            _ if word.is_empty() => {}
            Self::Nothing => *self = Self::One(word.to_owned()),
            Self::One(known) if known == word => {}
            _ => *self = Self::Several,
        }
    }

    fn one(self) -> Option<String> {
        if let Self::One(word) = self { Some(word) } else { None }
    }
}

impl Places {
    /// Learns from what the provider blocks say, from what the provider's resources and data sources say of themselves,
    /// on both sides of the change, and from what the user states, in this order.
    pub(super) fn learn(
        instances: &[Instance],
        witnesses: &[Witness],
        configuration: Option<&Configuration>,
        stated: &StatedPlaces,
        code: Option<&Expressions>,
    ) -> Self {
        let mut learned: HashMap<&str, (Learned, Learned)> = HashMap::new();
        for witness in witnesses {
            let (account, region) = learned.entry(&witness.provider).or_default();
            account.hear(witness.account.as_deref().unwrap_or_default());
            region.hear(witness.region.as_deref().unwrap_or_default());
        }
        for instance in instances {
            let (account, region) = learned.entry(&instance.provider).or_default();
            let block = configuration.and_then(|all| all.block(&instance.module, &instance.block()));
            for values in [&instance.before, &instance.after] {
                account.hear(own_account(instance, values).unwrap_or_default());
                if !instance.kind.is_global() && !block.is_some_and(|block| block.sets_region) {
                    region.hear(own_region(instance, values).unwrap_or_default());
                }
            }
        }
        let providers = learned.into_iter().map(|(key, (account, region))| {
            let provider = Provider {
                account: account_of(key, account, configuration, stated),
                region: region_of(key, region, configuration, stated, code),
            };
            (key.to_owned(), provider)
        });
        let providers: HashMap<_, _> = providers.collect();
        let strangers = strangers(&providers, stated);
        Self { providers, strangers }
    }

    /// Whether a place is missing that more witnesses could tell.
    pub(super) fn has_gaps(&self) -> bool {
        let told = |known: &Known| matches!(known, Known::Written(_) | Known::Told(_));
        self.providers.values().any(|provider| !told(&provider.account) || !told(&provider.region))
    }

    /// The place of a resource with these values.
    pub(super) fn place(&self, instance: &Instance, values: &Value, unknown: &Value) -> Place {
        let provider = self.providers.get(&instance.provider);
        let account = own_account(instance, values).map(str::to_owned);
        let region = own_region(instance, values).map(str::to_owned);
        Place {
            account: Fact::from_known(account.or_else(|| provider?.account.word())),
            region: match instance.kind.is_global() {
                true => Fact::Absent,
                false if hides_region(instance, values, unknown) => Fact::Unknown,
                false => Fact::from_known(region.or_else(|| provider?.region.word())),
            },
        }
    }

    /// Says which accounts and regions were not read from a provider block and not from the resource itself.
    pub(super) fn notes(&self, instances: &[Instance]) -> Vec<String> {
        let mut counts: BTreeMap<(&str, &Known), usize> = BTreeMap::new();
        for instance in instances.iter().filter(|one| one.kind.kind().is_some() && !one.left_out) {
            let values = if instance.after.is_null() { &instance.before } else { &instance.after };
            let Some(Provider { account, region }) = self.providers.get(&instance.provider) else { continue };
            if own_account(instance, values).is_none() {
                *counts.entry(("account", account)).or_default() += 1;
            }
            if own_region(instance, values).is_none() && !instance.kind.is_global() {
                *counts.entry(("region", region)).or_default() += 1;
            }
        }
        let notes = counts.into_iter().filter_map(|((what, known), number)| {
            let (word, from) = match known {
                Known::No | Known::Written(_) => return None,
                Known::Told(word) => (word, "other resources and data sources of the same provider"),
                Known::Stated(word, from) => (word, from.as_str()),
            };
            Some(format!("{what} {word} of {} is taken from {from}", count(number, "resource")))
        });
        notes.chain(self.strangers.iter().cloned()).collect()
    }
}

/// A misspelt alias must not pass in silence. The configuration is one for many plans, so that it may name any.
fn strangers(providers: &HashMap<String, Provider>, stated: &StatedPlaces) -> Vec<String> {
    let names: BTreeSet<String> = providers.keys().filter_map(|key| name_of_provider(key)).collect();
    let of_flags = stated.accounts.iter().chain(&stated.regions).filter(|stated| stated.from.starts_with("--"));
    let strangers = of_flags.filter_map(|stated| match &stated.of {
        StatedOf::Provider(name) if !names.contains(name) => {
            let hint = did_you_mean(name, names.iter().map(String::as_str));
            Some(format!("{} names provider '{name}', which manages nothing here{hint}", stated.from))
        }
        _ => None,
    });
    strangers.collect()
}

fn account_of(key: &str, learned: Learned, configuration: Option<&Configuration>, stated: &StatedPlaces) -> Known {
    let written = configuration.and_then(|all| all.account(key));
    let is_silent = configuration.is_some_and(|all| all.is_in_the_callers_account(key));
    match (written, learned) {
        (Some(written), Learned::Nothing) => Known::Written(written),
        (Some(written), Learned::One(told)) if written == told => Known::Written(written),
        (None, Learned::One(told)) => Known::Told(told),
        (None, Learned::Nothing) => state(key, &stated.accounts, is_silent),
        // Whom to believe is not for us to say.
        (Some(_), Learned::One(_)) | (_, Learned::Several) => Known::No,
    }
}

fn region_of(
    key: &str,
    learned: Learned,
    configuration: Option<&Configuration>,
    stated: &StatedPlaces,
    code: Option<&Expressions>,
) -> Known {
    let written = configuration.map(|all| all.region(key));
    let is_silent = written == Some(Written::No);
    match (written, learned) {
        (Some(Written::Constant(written)), _) => Known::Written(written),
        (Some(Written::Reference(written)), Learned::Nothing) => Known::Written(written),
        (Some(Written::Reference(written)), Learned::One(told)) if written == told => Known::Written(written),
        (Some(Written::Reference(_)), Learned::One(_)) | (_, Learned::Several) => Known::No,
        (Some(Written::Unclear), learned) => {
            let found = code.zip(configuration).filter(|_| !key.contains(':'));
            let found = found.and_then(|(code, all)| code.region(key, |name| all.text_of_variable(name)));
            match (found.filter(|region| region.contains('-')), learned) {
                (Some(found), Learned::Nothing) => Known::Stated(found, "a local in the code".to_owned()),
                (Some(found), Learned::One(told)) if found == told => Known::Told(told),
                (Some(_), _) => Known::No,
                (None, Learned::One(told)) => Known::Told(told),
                (None, _) => state(key, &stated.regions, is_silent),
            }
        }
        (_, Learned::One(told)) => Known::Told(told),
        (_, Learned::Nothing) => state(key, &stated.regions, is_silent),
    }
}

/// What the user states of a provider.
fn state(key: &str, stated: &[Stated], is_silent: bool) -> Known {
    let name = name_of_provider(key);
    let fits = |stated: &&Stated| match &stated.of {
        StatedOf::Provider(wanted) => name.as_deref() == Some(wanted),
        StatedOf::Default => name.as_deref() == Some("aws"),
        StatedOf::Silent => is_silent,
    };
    stated.iter().find(fits).map_or(Known::No, |found| Known::Stated(found.word.clone(), found.from.clone()))
}

/// `aws.west` of `module.db:aws.west` in a plan, and of `module.db.provider["registry.terraform.io/hashicorp/aws"].west`
/// in a state. `None`: the file does not say which one it is.
fn name_of_provider(key: &str) -> Option<String> {
    if let Some((_, rest)) = key.split_once("[\"") {
        let (source, alias) = rest.split_once("\"]")?;
        return Some(format!("{}{alias}", source.rsplit('/').next()?));
    }
    let key = key.rsplit(':').next()?;
    let key = key.strip_prefix("provider.").unwrap_or(key);
    (!key.is_empty() && !key.contains([' ', '/'])).then(|| key.to_owned())
}

/// The account that the values of a resource give for it.
fn own_account<'v>(instance: &'v Instance, values: &'v Value) -> Option<&'v str> {
    let arn = own_arn(instance, values).and_then(Arn::parse);
    let account = arn.map(|arn| arn.account).filter(|account| !account.is_empty());
    account.or(instance.identity.account.as_deref())
}

fn own_region<'v>(instance: &'v Instance, values: &'v Value) -> Option<&'v str> {
    region_in(values, instance.kind.arn).or(instance.identity.region.as_deref())
}

/// The resource has a region of its own, which these values do not tell.
pub(super) fn hides_region(instance: &Instance, values: &Value, unknown: &Value) -> bool {
    instance.sets_region && own_region(instance, values).is_none() && unknown.get("region").is_some_and(is_marked)
}

/// The region that values give for their resource. The ARN comes first: it is what the provider answered.
pub(super) fn region_in<'v>(values: &'v Value, arn: &str) -> Option<&'v str> {
    let said = |name: &str| values.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    said(arn)
        .and_then(Arn::parse)
        .map(|arn| arn.region)
        .filter(|region| !region.is_empty())
        .or_else(|| said("region"))
        .or_else(|| region_of_zone(said("availability_zone")?))
}

/// The ARN that the values of a resource give for it.
pub(super) fn own_arn<'v>(instance: &Instance, values: &'v Value) -> Option<&'v str> {
    values.get(instance.kind.arn)?.as_str().filter(|arn| arn.starts_with("arn:"))
}

#[cfg(test)]
mod tests;
