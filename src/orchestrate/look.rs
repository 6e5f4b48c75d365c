//! Looks into the estate, with three answers: it is there, it is not, nobody knows.

use std::collections::HashMap;

use super::findings::{Findings, Spot};
use crate::config::Config;
use crate::link::{Joiner, Seen};
use crate::model::{Fact, GlobalMember, Inventory, Joins, Kind, Resource};
use crate::providers::aws::names::{Arn, tail};

/// An estate that is linked.
pub(super) struct Look<'a> {
    pub resources: &'a [Resource],
    pub joiner: &'a Joiner<'a>,
    seen: Seen<'a>,
    /// Accounts that coverage speaks of, or the only one that is meant.
    accounts: Vec<&'a str>,
    /// Positions of those of one id.
    by_id: HashMap<&'a str, Vec<usize>>,
}

/// What a search came to.
pub(super) enum Found<'a> {
    At(usize, &'a Resource),
    /// Everything of its kind was listed there, and it is not among that.
    Nowhere,
    /// Why nobody knows.
    Perhaps(String),
}

impl<'a> Look<'a> {
    pub(super) fn new(
        inventory: &'a Inventory,
        config: &Config,
        joiner: &'a Joiner<'a>,
        account: Option<&'a str>,
    ) -> Self {
        let mut accounts: Vec<&str> = match account {
            Some(account) => vec![account],
            None => inventory.coverage.iter().map(|row| row.account.as_str()).filter(|one| !one.is_empty()).collect(),
        };
        accounts.sort_unstable();
        accounts.dedup();
        let seen = Seen::new(&inventory.coverage, config.estate.all_in_code);
        let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, resource) in inventory.resources.iter().enumerate().filter(|(_, it)| !it.is_deleted()) {
            by_id.entry(&resource.id).or_default().push(at);
        }
        Self { resources: &inventory.resources, joiner, seen, accounts, by_id }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &'a Resource)> {
        self.resources.iter().enumerate().filter(|(_, resource)| !resource.is_deleted())
    }

    /// Everything of that id, which is its ARN where it has one.
    pub(super) fn of_id(&self, id: &str) -> impl Iterator<Item = (usize, &'a Resource)> {
        let found = self.by_id.get(id).map(Vec::as_slice).unwrap_or_default();
        found.iter().filter_map(|at| Some((*at, self.resources.get(*at)?)))
    }

    /// It is in an account that is meant.
    pub(super) fn is_of_account(&self, resource: &Resource) -> bool {
        resource.account().is_none_or(|account| self.accounts.is_empty() || self.accounts.contains(&account))
    }

    /// It belongs to that application for sure.
    pub(super) fn is_member(&self, at: usize, config: &Config, application: &str) -> bool {
        let number = config.applications.get_index_of(application);
        number.is_some_and(|number| self.joiner.applications(at).0.iter().any(|own| usize::from(*own) == number))
    }

    /// Something global of that id or name, and its members, where they are known.
    pub(super) fn global(&self, kind: &str, named: &str) -> Option<(&'a Resource, &'a [GlobalMember])> {
        let kind = Kind::of(kind);
        let mut all = self.all().map(|(_, it)| it);
        let found = all.find(|it| it.kind == kind && (it.id == named || it.name == named))?;
        Some((found, found.global.as_deref()?.members.known()?))
    }

    /// Something of a kind by its name or ARN, in a region; without one, what lives once an account.
    pub(super) fn find(&self, kind: &str, region: Option<&str>, name: &str) -> Found<'a> {
        let kind = Kind::of(kind);
        let is_it = |resource: &Resource| {
            resource.kind == kind
                && resource.region() == region
                && (resource.id == name || resource.name == name || tail(&resource.id) == name)
                && self.is_of_account(resource)
        };
        let mut found = self.all().filter(|(_, resource)| is_it(resource));
        match (found.next(), found.next()) {
            (Some((at, resource)), None) => Found::At(at, resource),
            (Some((_, one)), Some((_, other))) => {
                let [one, other] = [one, other].map(|it| it.account().unwrap_or("an unknown account"));
                Found::Perhaps(format!("{one} and {other} both have one of that name"))
            }
            (None, _) => self.more(kind, region).map_or(Found::Nowhere, Found::Perhaps),
        }
    }

    /// Something of a kind by its ARN, which says the account and the region in which it would have been seen.
    pub(super) fn by_arn(&self, kind: &str, arn: &str) -> Found<'a> {
        let kind = Kind::of(kind);
        if let Some((at, resource)) = self.of_id(arn).find(|(_, resource)| resource.kind == kind) {
            return Found::At(at, resource);
        }
        let parsed = Arn::parse(arn);
        let account = parsed.and_then(|arn| arn.known_account());
        let region = parsed.and_then(|arn| arn.known_region()).unwrap_or_default();
        self.seen.gap(account, region, kind).map_or(Found::Nowhere, |gap| Found::Perhaps(gap.sentence()))
    }

    /// Why there may be more of a kind in a region than was found.
    pub(super) fn more(&self, kind: Kind, region: Option<&str>) -> Option<String> {
        let region = region.unwrap_or_default();
        if self.accounts.is_empty() {
            return self.seen.gap(None, region, kind).map(|gap| gap.sentence());
        }
        self.accounts.iter().find_map(|account| Some(self.seen.gap(Some(account), region, kind)?.sentence()))
    }

    pub(super) fn joins(&self, at: usize) -> Joins {
        self.joiner.joins(at).unwrap_or_default()
    }

    /// Finds it, or says what is known of that it is not there.
    pub(super) fn wanted(
        &self,
        kind: &str,
        region: Option<&str>,
        name: &str,
        at: &Spot,
        out: &mut Findings,
    ) -> Option<(usize, &'a Resource)> {
        let what = Kind::of(kind).info().title;
        let place = region.map(|region| format!(" in {region}")).unwrap_or_default();
        match self.find(kind, region, name) {
            Found::At(at, resource) => Some((at, resource)),
            Found::Nowhere => {
                let elsewhere = self
                    .all()
                    .find(|(_, other)| other.kind == Kind::of(kind) && (other.name == name || other.id == name));
                let elsewhere =
                    elsewhere.and_then(|(_, other)| other.region()).map(|other| format!(" (one is in {other})"));
                let message = format!(
                    "there is no {what} '{name}'{place}{}: the step fails, and the run hangs",
                    elsewhere.unwrap_or_default()
                );
                out.fatal("not-there", at, message, format!("name one that is there{place}"));
                None
            }
            Found::Perhaps(why) => {
                out.open(
                    "not-seen",
                    at,
                    format!("whether there is a {what} '{name}'{place} is not known: {why}"),
                    "collect it, or grant what was denied",
                );
                None
            }
        }
    }
}

/// Why a fact of a resource is not known.
pub(super) fn why<'r>(resource: &'r Resource, path: &str) -> &'r str {
    resource.unknown.get(path).map_or("the estate does not show it", String::as_str)
}

/// What is not known, with the reason, as a finding that decides.
pub(super) fn open(resource: &Resource, path: &str, what: &str, at: &Spot, out: &mut Findings) {
    let message = format!("{what} of '{}' is not known: {}", resource.name, why(resource, path));
    out.open("fact-not-known", at, message, "collect it from what runs");
}

/// The state has to be `available`.
pub(super) fn available(resource: &Resource, at: &Spot, out: &mut Findings) {
    match resource.status.as_ref().map_or(Fact::Unknown, |status| status.state.as_ref()) {
        Fact::Known(state) if state == "available" => {}
        Fact::Known(state) => {
            let message = format!(
                "'{}' is {}, not available: the step fails or waits for ever",
                resource.name,
                crate::text::state(state)
            );
            out.fatal("not-available", at, message, "wait until it is available, or repair it");
        }
        _ => open(resource, "status.state", "the state", at, out),
    }
}

/// The key that it is encrypted with has to be usable.
pub(super) fn key(look: &Look<'_>, resource: &Resource, at: &Spot, out: &mut Findings) {
    let encryption = resource.encryption.as_deref();
    match encryption.map_or(Fact::Unknown, |it| it.key.as_ref()) {
        Fact::Known(key) => {
            usable_key(look, key, resource.region(), &format!("the key of '{}'", resource.name), at, out)
        }
        Fact::Absent => {}
        Fact::Unknown => open(resource, "encryption.key", "the key", at, out),
    }
}

/// A key, by ARN, id or alias.
pub(super) fn usable_key(look: &Look<'_>, key: &str, region: Option<&str>, what: &str, at: &Spot, out: &mut Findings) {
    let has_alias = |resource: &Resource, alias: &str| {
        resource.region() == region
            && resource
                .key
                .as_deref()
                .and_then(|it| it.aliases.known())
                .is_some_and(|all| all.iter().any(|it| it == alias))
    };
    let alias = key.rsplit_once("alias/").map(|(_, alias)| alias);
    let aliased = alias.and_then(|alias| look.all().find(|(_, resource)| has_alias(resource, alias)));
    let found = match aliased {
        Some((at, resource)) => Found::At(at, resource),
        // Which key an alias means is known only of those whose aliases were read.
        None if alias.is_some() => Found::Perhaps(format!("nothing that was seen has the alias '{key}'")),
        None => look.find("aws.kms.key", region, key),
    };
    match found {
        Found::At(_, key) => match key.status.as_deref().map_or(Fact::Unknown, |status| status.healthy) {
            Fact::Known(true) => {}
            Fact::Known(false) => {
                let state = key.status.as_deref().and_then(|status| status.state.text()).unwrap_or("not usable");
                out.fatal(
                    "key-not-usable",
                    at,
                    format!("{what} is {}: nothing can be opened with it", crate::text::state(state)),
                    "enable the key, or stop its deletion",
                );
            }
            _ => open(key, "status.healthy", "the state", at, out),
        },
        Found::Nowhere => {
            out.fatal("key-not-there", at, format!("{what}, '{key}', is not there"), "name a key that is there")
        }
        Found::Perhaps(why) => out.open(
            "not-seen",
            at,
            format!("whether {what} can be used is not known: {why}"),
            "collect the keys of that region",
        ),
    }
}
