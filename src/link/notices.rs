//! What the configuration names and the estate does not have. Silence about it would look like a clean estate.

mod applications;
mod sight;

use std::collections::{BTreeMap, BTreeSet};

use super::keys::unread_aliases;
use crate::config::{Loaded, RecoveryPair};
use crate::model::{Coverage, CoverageStatus, Fact, Inventory, Notice, Resource};
use crate::providers::aws::names::{self, Arn};
use crate::text::{count, did_you_mean, nearest};
use sight::{Sight, is_known};

/// What the run was asked to look at, beside the configuration: `--account` and `--region`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// Accounts.
    pub accounts: &'a [String],
    /// Regions.
    pub regions: &'a [String],
}

impl Asked<'_> {
    /// A place that was not asked for is not missed.
    fn region(&self, region: &str) -> bool {
        self.regions.is_empty() || self.regions.iter().any(|asked| asked == region)
    }

    fn account(&self, account: &str) -> bool {
        self.accounts.is_empty() || self.accounts.iter().any(|asked| asked == account)
    }
}

/// What the reader should know of the configuration before the verdicts over this estate, which is linked.
pub fn notices(inventory: &Inventory, loaded: &Loaded, asked: Asked<'_>) -> Vec<Notice> {
    let seen = Sight::new(inventory);
    let mut notices = loaded.notices(|region| seen.regions.contains(region));
    // Of nothing at all, nothing can be missed; and that there is nothing is said elsewhere.
    if seen.resources.is_empty() {
        return notices;
    }
    notices.extend(seen.unpaired(loaded));
    // What was not needed may be what an application is.
    if !inventory.coverage.iter().any(Coverage::is_not_needed) {
        notices.extend(applications::notices(&seen, loaded));
    }
    notices.extend(seen.filters(asked));
    // A workspace is a part of an estate: what is not in it may well be elsewhere.
    if !seen.is_part {
        notices.extend(seen.pairs(loaded, asked));
        notices.extend(seen.places(loaded, asked));
    }
    notices
}

impl<'a> Sight<'a> {
    fn new(inventory: &'a Inventory) -> Self {
        // Where a service was not needed, others were looked for.
        let looked = |row: &Coverage| {
            row.is_not_needed() || !matches!(row.status, CoverageStatus::Skipped | CoverageStatus::Failed)
        };
        let rows = || inventory.coverage.iter().filter(move |row| looked(row));
        // The record of drills names regions, and shows nothing of them.
        let is_there = |resource: &&Resource| !resource.is_deleted() && resource.drills.is_none();
        let resources: Vec<_> = inventory.resources.iter().filter(is_there).collect();
        let there = || resources.iter().copied();
        let regions = rows().map(|row| row.region.as_str()).chain(there().filter_map(Resource::region));
        let accounts = rows().map(|row| row.account.as_str()).chain(there().filter_map(Resource::account));
        // Many of few: each is put in by itself, for a set that is collected sorts all of them.
        fn distinct<'n>(names: impl Iterator<Item = &'n str>) -> BTreeSet<&'n str> {
            let mut found = BTreeSet::new();
            found.extend(names.filter(|name| !name.is_empty()));
            found
        }
        Self {
            regions: distinct(regions),
            accounts: distinct(accounts),
            is_part: inventory.coverage.iter().any(|row| row.is_of_a_workspace() || row.is_not_needed()),
            resources,
        }
    }

    fn is_in(&self, pair: &RecoveryPair, resource: &Resource) -> bool {
        resource.region() == Some(pair.from.as_str())
            && pair.account.as_deref().is_none_or(|account| resource.account().is_none_or(|own| own == account))
    }

    /// Resources with data that are to come back nowhere, by region.
    fn without_pair(&self) -> BTreeMap<&'a str, usize> {
        let mut regions = BTreeMap::new();
        for resource in &self.resources {
            let comes_back_nowhere = resource.joined.as_ref().is_some_and(|joined| {
                joined.recovery_region == Fact::Absent && joined.is_recovery_side == Fact::Known(false)
            });
            if let Some(region) = resource.region().filter(|_| comes_back_nowhere && resource.kind.info().is_stateful())
            {
                *regions.entry(region).or_default() += 1;
            }
        }
        regions
    }

    /// Data that no recovery pair covers, where there are any pairs at all.
    fn unpaired(&self, loaded: &Loaded) -> Vec<Notice> {
        if loaded.config.recovery.is_empty() {
            return Vec::new();
        }
        let say = |(region, number): (&str, usize)| {
            let text = format!("{} with data in {region}: no recovery pair is from there", count(number, "resource"));
            loaded.warning_at(&["recovery"], &text)
        };
        self.without_pair().into_iter().map(say).collect()
    }

    /// Recovery pairs that cover nothing, or lead to where nobody looked.
    fn pairs(&self, loaded: &Loaded, asked: Asked<'_>) -> Vec<Notice> {
        let mut notices = Vec::new();
        let without = self.without_pair();
        for (at, pair) in loaded.config.recovery.iter().enumerate() {
            let at = at.to_string();
            let mut warn = |path: &[&str], text: String| {
                let path: Vec<_> = ["recovery", &at].into_iter().chain(path.iter().copied()).collect();
                notices.push(loaded.warning_at(&path, &text));
            };
            for (field, account) in [("account", &pair.account), ("to-account", &pair.to_account)] {
                if let Some(account) = account.as_deref().filter(|id| asked.account(id) && !self.accounts.contains(id))
                {
                    let hint = self.nearest_account(account);
                    warn(&[field], format!("nothing of account {account} was seen{hint}"));
                }
            }
            let is_account_seen = pair.account.as_deref().is_none_or(|account| self.accounts.contains(account));
            let is_empty = !self.resources.iter().any(|resource| self.is_in(pair, resource));
            let is_real = self.regions.contains(pair.from.as_str()) || is_known(&pair.from);
            if is_empty && is_account_seen && is_real && asked.region(&pair.from) {
                let only = without.keys().copied().find(|_| without.len() == 1);
                let near = only.or_else(|| nearest(&pair.from, without.keys().copied()));
                let hint = near.map(|near| format!(" (did you mean '{near}'?)")).unwrap_or_default();
                let account = pair.account.as_ref().map(|account| format!(" of {account}")).unwrap_or_default();
                warn(
                    &["from"],
                    format!("this recovery pair covers nothing: nothing is in {}{account}{hint}", pair.from),
                );
            }
            if !self.regions.contains(pair.to.as_str()) && is_known(&pair.to) {
                warn(&["to"], format!("nothing of the recovery region {} was seen", pair.to));
            }
            for (path, text) in self.declared_keys(pair) {
                warn(&["keys", path], text);
            }
        }
        notices
    }

    /// Keys of a pair that are not there.
    fn declared_keys<'p>(&self, pair: &'p RecoveryPair) -> Vec<(&'p str, String)> {
        if pair.keys.is_empty() {
            return Vec::new();
        }
        // Where there are no keys at all, or not all of their names are known, it cannot be said.
        let names_in = |region: &str| {
            let keys = || {
                let keys = self.resources.iter().copied();
                keys.filter(|one| one.kind.name() == "aws.kms.key" && one.region() == Some(region))
            };
            let names: BTreeSet<&str> = keys().flat_map(names_of_key).collect();
            (keys().next().is_some() && !keys().any(unread_aliases)).then_some(names)
        };
        let (from, to) = (names_in(&pair.from), names_in(&pair.to));
        let mut troubles = Vec::new();
        for (key, counterpart) in &pair.keys {
            for (name, region, names) in [(key, &pair.from, &from), (counterpart, &pair.to, &to)] {
                let Some(names) = names else { continue };
                let wanted = Arn::parse(name).map_or(name.as_str(), |arn| arn.resource);
                let wanted = wanted.strip_prefix("alias/").or_else(|| wanted.strip_prefix("key/")).unwrap_or(wanted);
                if !names.contains(wanted) {
                    let hint = did_you_mean(wanted, names.iter().copied());
                    troubles.push((key.as_str(), format!("no key '{name}' was seen in {region}{hint}")));
                }
            }
        }
        troubles
    }

    /// Accounts and regions that are to be collected and that the estate does not have.
    fn places(&self, loaded: &Loaded, asked: Asked<'_>) -> Vec<Notice> {
        let mut notices = Vec::new();
        for (at, account) in loaded.config.accounts.iter().enumerate() {
            if asked.account(&account.id) && !self.accounts.contains(account.id.as_str()) {
                let hint = self.nearest_account(&account.id);
                let text = format!("nothing of account {} was seen, so that nothing of it is judged{hint}", account.id);
                notices.push(loaded.warning_at(&["accounts", &at.to_string(), "id"], &text));
            }
        }
        for (at, region) in loaded.config.regions.iter().enumerate() {
            if asked.region(region) && !self.regions.contains(region.as_str()) && is_known(region) {
                let text = format!("nothing of region {region} was seen, so that nothing of it is judged");
                notices.push(loaded.warning_at(&["regions", &at.to_string()], &text));
            }
        }
        notices
    }

    /// `--account` and `--region` that mean nothing.
    fn filters(&self, asked: Asked<'_>) -> Vec<Notice> {
        let accounts = asked.accounts.iter().filter(|one| !self.accounts.contains(one.as_str()));
        let accounts =
            accounts.map(|one| format!("--account {one}: nothing of it was seen{}", self.nearest_account(one)));
        let regions = asked.regions.iter().filter(|one| !self.regions.contains(one.as_str()));
        let regions = regions.map(|one| format!("--region {one}: nothing of it was seen{}", self.nearest_region(one)));
        accounts.chain(regions).map(Notice::warning).collect()
    }

    /// A slip of one digit or two; account ids have nothing in common otherwise.
    fn nearest_account(&self, account: &str) -> String {
        let near = self.accounts.iter().find(|other| strsim::damerau_levenshtein(account, other) <= 2);
        near.map(|near| format!(" (did you mean '{near}'?)")).unwrap_or_default()
    }

    /// A region that exists is no typo of another.
    fn nearest_region(&self, region: &str) -> String {
        let slips = |other: &&&str| strsim::damerau_levenshtein(region, other) <= 2;
        let near = self.regions.iter().find(slips).filter(|_| !is_known(region));
        near.map(|near| format!(" (did you mean '{near}'?)")).unwrap_or_default()
    }
}

/// Its id, and its aliases without `alias/`.
fn names_of_key(key: &Resource) -> Vec<&str> {
    let aliases = key.key.as_ref().and_then(|facts| facts.aliases.known());
    let aliases = aliases.into_iter().flatten().map(|alias| alias.strip_prefix("alias/").unwrap_or(alias));
    aliases.chain([key.id.as_str(), names::tail(&key.id)]).collect()
}
