//! Where resources are: from what they say of themselves, or what is known of their provider.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::configuration::{Configuration, Written};
use super::identity::Learned;
use super::mapping::Types;
use super::provider::Told;
use super::values::is_marked;
use crate::collect::source::{Code, Expressions};
use crate::collect::terraform::instance::Instance;
use crate::model::{Fact, Place};
use crate::text::{count, did_you_mean};

/// What the user states: accounts and regions of providers, and that there is no other code. Used only where the plan
/// itself does not tell.
#[derive(Clone, Debug, Default)]
pub struct StatedPlaces {
    /// Where the code lies. It says how references are meant that a plan does not tell apart.
    pub code: Option<Code>,
    /// The first that fits counts.
    pub accounts: Vec<Stated>,
    /// The first that fits counts.
    pub regions: Vec<Stated>,
    /// What no plan or state of the run manages is not there.
    pub all_in_code: bool,
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
    /// Of one, as Terraform writes it: its name, and its alias after a dot.
    Provider(String),
    /// Of those without an alias.
    Default,
    /// Of those that say nothing of it themselves: they name no region, or no role and no account.
    Silent,
}

/// What a resource or a data source says of the place of its provider.
#[derive(Debug)]
pub(super) struct Witness {
    pub provider: String,
    pub told: Told<String>,
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

impl Places {
    /// Learns from what the provider blocks say, from what the provider's resources and data sources say of themselves,
    /// on both sides of the change, and from what the user states, in this order.
    pub(super) fn learn(
        instances: &[Instance],
        types: &Types,
        witnesses: &[Witness],
        configuration: Option<&Configuration>,
        stated: &StatedPlaces,
        code: Option<&Expressions>,
    ) -> Self {
        let mut learned: HashMap<&str, (Learned, Learned)> = HashMap::new();
        for witness in witnesses {
            let (account, region) = learned.entry(&witness.provider).or_default();
            account.hear(witness.told.account.as_deref().unwrap_or_default());
            region.hear(witness.told.region.as_deref().unwrap_or_default());
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
                account: account_of(key, account, configuration, stated, types),
                region: region_of(key, region, configuration, stated, code, types),
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
        for instance in instances.iter().filter(|one| one.kind.kind.is_some() && !one.left_out) {
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

fn account_of(
    key: &str,
    learned: Learned,
    configuration: Option<&Configuration>,
    stated: &StatedPlaces,
    types: &Types,
) -> Known {
    let written = configuration.and_then(|all| all.account(key));
    let is_silent = configuration.is_some_and(|all| all.is_in_the_callers_account(key));
    match (written, learned) {
        (Some(written), Learned::Nothing) => Known::Written(written),
        (Some(written), Learned::One(told)) if written == told => Known::Written(written),
        (None, Learned::One(told)) => Known::Told(told),
        (None, Learned::Nothing) => state(key, &stated.accounts, is_silent, types),
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
    types: &Types,
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
            match (found.filter(|region| configuration.is_some_and(|all| all.is_region(key, region))), learned) {
                (Some(found), Learned::Nothing) => Known::Stated(found, "a local in the code".to_owned()),
                (Some(found), Learned::One(told)) if found == told => Known::Told(told),
                (Some(_), _) => Known::No,
                (None, Learned::One(told)) => Known::Told(told),
                (None, _) => state(key, &stated.regions, is_silent, types),
            }
        }
        (_, Learned::One(told)) => Known::Told(told),
        (_, Learned::Nothing) => state(key, &stated.regions, is_silent, types),
    }
}

/// What the user states of a provider.
fn state(key: &str, stated: &[Stated], is_silent: bool, types: &Types) -> Known {
    let name = name_of_provider(key);
    let fits = |stated: &&Stated| match &stated.of {
        StatedOf::Provider(wanted) => name.as_deref() == Some(wanted),
        StatedOf::Default => types.providers.iter().any(|provider| name.as_deref() == Some(provider.name)),
        StatedOf::Silent => is_silent,
    };
    stated.iter().find(fits).map_or(Known::No, |found| Known::Stated(found.word.clone(), found.from.clone()))
}

/// `a.west` of `module.db:a.west` in a plan, and of `module.db.provider["registry.terraform.io/hashicorp/a"].west` in a
/// state. `None`: the file does not say which one it is.
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
    let told = own_id(instance, values).and_then(|id| (instance.kind.provider.place_of_id)(id).account);
    told.or(instance.identity.account.as_deref())
}

fn own_region<'v>(instance: &'v Instance, values: &'v Value) -> Option<&'v str> {
    let kind = instance.kind;
    (kind.provider.region)(values, kind.global_id).or(instance.identity.region.as_deref())
}

/// The resource has a region of its own, which these values do not tell.
pub(super) fn hides_region(instance: &Instance, values: &Value, unknown: &Value) -> bool {
    let argument = instance.kind.provider.region_argument;
    instance.sets_region && own_region(instance, values).is_none() && unknown.get(argument).is_some_and(is_marked)
}

/// The global id that the values of a resource give for it.
pub(super) fn own_id<'v>(instance: &Instance, values: &'v Value) -> Option<&'v str> {
    let kind = instance.kind;
    values.get(kind.global_id)?.as_str().filter(|id| (kind.provider.is_global_id)(id))
}

#[cfg(test)]
mod tests;
