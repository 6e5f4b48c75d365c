//! Keys: what a resource is encrypted with, and what stands in for that key in the recovery place.

mod purpose;
mod search;

use super::edges::At;
use super::index::place;
use super::place::{Recovery, Target};
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::model::{Counterpart, CounterpartKey, DataCopy, Fact, JoinedKey, Rel, Resource};
use crate::providers::aws::names::{self, Arn};
use purpose::as_counterpart;
use search::{OfCopies, REPLICA, Search, state, usable};

/// Account and region that a name of a key is used in, where they are known.
type KeyPlace<'p> = (Option<&'p str>, Option<&'p str>);

/// A search for a counterpart: what it found, or why it cannot say that there is none.
pub(super) struct CounterpartResult {
    pub counterpart: Fact<Counterpart>,
    pub reason: Option<String>,
}

impl CounterpartResult {
    pub(super) fn one(counterpart: Counterpart) -> Self {
        Self { counterpart: Fact::Known(counterpart), reason: None }
    }

    pub(super) fn none() -> Self {
        Self { counterpart: Fact::Absent, reason: None }
    }

    pub(super) fn unclear(reason: String) -> Self {
        Self { counterpart: Fact::Unknown, reason: Some(reason) }
    }
}

impl<'a> Estate<'a> {
    /// Fills the keys. The copies must be there already: a copy's key is the best evidence of a counterpart.
    pub(super) fn join_keys(&self, at: At, recovery: &Recovery<'a>, draft: &mut Draft) {
        let resource = self.index.get(at);
        let stated = resource.encryption.as_ref();
        let main = stated.and_then(|encryption| encryption.key.text());
        let mut names: Vec<&str> = main.into_iter().chain(resource.links_to(Rel::EncryptedBy)).collect();
        let in_doubt = match stated {
            Some(encryption) => encryption.key.is_unknown() && encryption.enabled != Fact::Known(false),
            None => resource.kind.info().is_stateful() && names.is_empty(),
        };
        if in_doubt {
            draft.mark("joined.keys", why(resource, "encryption.key"));
            if names.is_empty() {
                return;
            }
        }
        let main = main.map(|name| self.key_id(resource, name));
        names.sort_by_key(|name| self.key_id(resource, name));
        names.dedup_by_key(|name| self.key_id(resource, name));
        let mut keys = Vec::with_capacity(names.len());
        for name in names {
            let of_copy = if main == Some(self.key_id(resource, name)) { draft.joined.copies.known() } else { None };
            let of_copy = of_copy.into_iter().flatten().filter(|copy| copy.in_recovery_place == Fact::Known(true));
            // The key of a copy that can be used says more than that of one that cannot.
            let of_copy = of_copy.filter_map(|copy| Some((copy.usable != Fact::Known(true), copy.key.text()?))).min();
            let of_copy = of_copy.map(|(_, key)| key.to_owned());
            draft.rests_on("keys", self.find_key(resource, name).map(|at| self.index.get(at)));
            let of_copies = OfCopies {
                key: of_copy.as_deref(),
                is_masked: draft.joined.copies.known().into_iter().flatten().any(is_masked),
                in_doubt: draft.is_marked("joined.copies"),
            };
            let (key, reasons) = self.joined_key(resource, name, recovery, of_copies);
            for (fact, reason) in reasons {
                draft.mark(format!("joined.keys.{fact}"), reason);
            }
            let there = key.counterpart.known().and_then(|there| self.index.by_id(there.id.text()?));
            draft.rests_on("keys", there.map(|at| self.index.get(at)));
            keys.push(key);
        }
        draft.joined.keys = Fact::Known(keys);
    }

    /// The key of that name, as a resource names it, if it was collected.
    pub(super) fn key_of(&self, resource: &Resource, name: &str) -> Option<&'a Resource> {
        self.find_key(resource, name).map(|at| self.index.get(at))
    }

    fn find_key(&self, resource: &Resource, name: &str) -> Option<At> {
        let (account, region) = place(resource);
        self.index.key(account, region, name)
    }

    /// Whether the key of that name can be used, as a resource names it; and why it is not known.
    pub(super) fn key_usable(&self, of: &Resource, name: &str) -> (Fact<bool>, Option<String>) {
        match self.find_key(of, name).map(|at| self.index.get(at)) {
            Some(key) => (usable(key), unread(key)),
            None => {
                let (key, reason) = self.not_collected((of.account(), of.region()), name);
                (key.usable, reason)
            }
        }
    }

    fn key_id<'t>(&self, resource: &Resource, name: &'t str) -> &'t str
    where
        'a: 't,
    {
        self.find_key(resource, name).map_or(name, |at| &self.index.get(at).id)
    }

    fn joined_key(
        &self,
        resource: &'a Resource,
        name: &'a str,
        recovery: &Recovery<'a>,
        of_copies: OfCopies<'_>,
    ) -> (JoinedKey, Vec<(&'static str, String)>) {
        let mut reasons = Vec::new();
        let found = self.find_key(resource, name).map(|at| self.index.get(at));
        let (mut key, reason) = match found {
            Some(found) => (collected(found), unread(found)),
            None => self.not_collected((resource.account(), resource.region()), name),
        };
        if let Some(reason) = reason {
            reasons.extend(key.state.is_unknown().then(|| ("state", reason.clone())));
            reasons.push(("usable", reason));
        }
        let (alias, manager) = (&key.alias, &key.manager);
        let search = Search { of: found, name, alias, manager, of_copies, encrypts: true };
        let CounterpartResult { counterpart, reason } = self.key_counterpart(resource, recovery, &search);
        if let Some(there) = counterpart.known()
            && let Some(reason) = self.unread_counterpart(there)
        {
            reasons.extend(there.state.is_unknown().then(|| ("counterpart.state", reason.clone())));
            reasons.push(("counterpart.usable", reason));
        }
        key.counterpart = counterpart;
        reasons.extend(reason.map(|reason| ("counterpart", reason)));
        (key, reasons)
    }

    /// Why it is not known whether a counterpart can be used.
    fn unread_counterpart(&self, there: &Counterpart) -> Option<String> {
        if !there.usable.is_unknown() {
            return None;
        }
        let id = there.id.text()?;
        if let Some(at) = self.index.by_id(id) {
            let key = self.index.get(at);
            let usage = key.key.as_ref().is_none_or(|facts| facts.usage.is_unknown());
            return unread(key).or_else(|| Some(why(key, if usage { "key.usage" } else { "key.spec" })));
        }
        let gap = self.seen.gap(there.account.text(), there.region.text()?, self.kinds.key);
        Some(gap.map_or_else(|| format!("the key '{id}' was not found"), Gap::sentence))
    }

    /// The key of that name in a place, for what stands there or is to stand there.
    pub(super) fn key_there(&self, there: KeyPlace<'_>, name: &str) -> (CounterpartKey, Option<String>) {
        let (account, region) = there;
        let found = self.index.key(account.unwrap_or_default(), region.unwrap_or_default(), name);
        let (key, reason) = match found.map(|at| self.index.get(at)) {
            Some(key) => (collected(key), unread(key)),
            None => self.not_collected(there, name),
        };
        (CounterpartKey { id: key.id, state: key.state, usable: key.usable }, reason)
    }

    /// What can be said of a key that is not in the inventory, by its name in a place.
    fn not_collected(&self, there: KeyPlace<'_>, name: &str) -> (JoinedKey, Option<String>) {
        let arn = Arn::parse(name);
        let alias = arn.map_or(name, |arn| arn.resource).strip_prefix("alias/");
        let mut key =
            JoinedKey { id: name.into(), alias: Fact::from_known(alias.map(str::to_owned)), ..JoinedKey::default() };
        if alias.is_some_and(|alias| alias.starts_with("aws/")) {
            // It is made when it is first used, and nobody can switch it off.
            key.manager = "provider".into();
            key.state = Fact::Absent;
            key.usable = Fact::Known(true);
            return (key, None);
        }
        let (account, region) = match arn {
            Some(arn) => (arn.known_account(), arn.known_region()),
            None => there,
        };
        let reason = match region.map(|region| self.seen.gap(account, region, self.kinds.key)) {
            Some(Some(gap)) => gap.sentence(),
            Some(None) if arn.is_some() => {
                // Every key there was listed, and it is not among them: it was deleted.
                key.state = Fact::Absent;
                key.usable = Fact::Known(false);
                return (key, None);
            }
            Some(None) | None => format!("the key '{name}' was not found"),
        };
        (key, Some(reason))
    }

    /// What stands in for a key of a resource in the recovery place.
    fn key_counterpart(&self, resource: &Resource, recovery: &Recovery<'a>, search: &Search<'_>) -> CounterpartResult {
        let target = match recovery {
            Recovery::Nowhere => return CounterpartResult::none(),
            Recovery::Unclear(reason) => return CounterpartResult::unclear(reason.clone()),
            Recovery::At(target) => target,
        };
        let aliases: Vec<&str> = match search.of {
            Some(key) => key.key.iter().filter_map(|key| key.aliases.known()).flatten().map(String::as_str).collect(),
            None => search.alias.text().into_iter().collect(),
        };
        if let Some(declared) = self.declared(search, target, &aliases) {
            return CounterpartResult::one(declared);
        }
        let known = [
            self.multi_region(search, target),
            search.of_copies.key.map(|key| self.key_at(search, key, target, "key-of-copy")),
            self.same_alias(search, target, &aliases),
        ];
        // One that can be used is enough, whatever is wrong with another.
        let is_usable = |counterpart: &&Counterpart| counterpart.usable == Fact::Known(true);
        let known = || known.iter().flatten();
        if let Some(counterpart) = known().find(is_usable).or_else(|| known().next()) {
            return CounterpartResult::one(counterpart.clone());
        }
        if search.manager.text() == Some("provider") {
            // What was copied may be encrypted with another key there.
            if search.of_copies.is_masked {
                return CounterpartResult::unclear("the key of a copy there is not known".to_owned());
            }
            return match (target.own_account, aliases.iter().find(|alias| alias.starts_with("aws/"))) {
                (Some(true), Some(alias)) => CounterpartResult::one(Counterpart {
                    id: format!("alias/{alias}").into(),
                    how: "provider-managed".into(),
                    region: target.region.into(),
                    account: Fact::from_known(target.account.map(str::to_owned)),
                    // It is made when it is first used, and nobody can switch it off.
                    state: Fact::Absent,
                    usable: Fact::Known(true),
                }),
                (Some(true), None) => {
                    CounterpartResult::unclear("the alias of its provider-managed key is not known".to_owned())
                }
                // What it encrypts cannot be shared with another account at all.
                (Some(false), _) => CounterpartResult::none(),
                (None, _) => CounterpartResult::unclear("its account is not known".to_owned()),
            };
        }
        match self.key_doubt(resource, target, search) {
            Some(reason) => CounterpartResult::unclear(reason),
            None => CounterpartResult::none(),
        }
    }

    /// Why it cannot be said that nothing stands in for a key.
    fn key_doubt(&self, resource: &Resource, target: &Target<'a>, search: &Search<'_>) -> Option<String> {
        if let Some(gap) = self.seen.more(target.account, target.region, self.kinds.key) {
            return Some(gap.sentence());
        }
        let Some(key) = search.of else {
            let (_, reason) = self.not_collected((resource.account(), resource.region()), search.name);
            return Some(reason.unwrap_or_else(|| format!("the key '{}' is not there any more", search.name)));
        };
        let Some(facts) = &key.key else { return Some(why(key, "key")) };
        if search.of_copies.in_doubt {
            return Some(why(resource, "joined.copies"));
        }
        if facts.manager.is_unknown() {
            return Some(why(key, "key.manager"));
        }
        if unread_aliases(key) {
            return Some(why(key, "key.aliases"));
        }
        let has_alias = facts.aliases.known().is_some_and(|aliases| !aliases.is_empty());
        let unread_there = self.keys_without_aliases.get(&(target.looked_in, target.region));
        unread_there.filter(|_| has_alias).map(|at| why(self.index.get(*at), "key.aliases"))
    }

    /// The configuration names it.
    fn declared(&self, search: &Search<'_>, target: &Target<'a>, aliases: &[&str]) -> Option<Counterpart> {
        let id = search.of.map_or(search.name, |key| &key.id);
        let names = [search.name, id, names::tail(id)];
        let is_meant = |from: &str| {
            let alias = Arn::parse(from).map_or(from, |arn| arn.resource);
            names.contains(&from) || alias.strip_prefix("alias/").is_some_and(|alias| aliases.contains(&alias))
        };
        let (_, to) = target.pair.keys.iter().find(|(from, _)| is_meant(from))?;
        Some(self.key_at(search, to, target, "declared"))
    }

    /// It has the same material there. A replica key never leaves the account.
    fn multi_region(&self, search: &Search<'_>, target: &Target<'a>) -> Option<Counterpart> {
        if target.own_account != Some(true) {
            return None;
        }
        let facts = search.of.and_then(|key| key.key.as_ref());
        let listed = facts.and_then(|facts| {
            let primary = facts.primary.known().into_iter();
            let family = primary.clone().filter_map(|id| self.index.get(self.index.by_id(id)?).key.as_ref());
            let replicas = family.chain([facts]).filter_map(|facts| facts.replicas.known()).flatten();
            primary.chain(replicas).find(|id| names::region_of(id) == Some(target.region) && !self.index.is_gone(id))
        });
        if let Some(id) = listed {
            return Some(self.key_at(search, id, target, REPLICA));
        }
        let planned = search.of.and_then(|key| self.index.by_id(&key.id)).into_iter();
        let planned = planned
            .flat_map(|at| self.index.from(at, Rel::ReplicaOf).chain(self.index.to(at, Rel::ReplicaOf)))
            .map(|at| self.index.get(at))
            .find(|other| other.region() == Some(target.region));
        if let Some(other) = planned {
            return Some(as_counterpart(search, other, REPLICA));
        }
        // The key itself was not seen, but its id says that it has twins, and the twin was.
        let id = search.of.map_or(search.name, |key| &key.id);
        let twin = names::tail(id).starts_with("mrk-").then(|| names::in_region(id, target.region)).flatten()?;
        let twin = self.index.get(self.index.by_id(&twin)?);
        Some(as_counterpart(search, twin, REPLICA))
    }

    fn same_alias(&self, search: &Search<'_>, target: &Target<'a>, aliases: &[&str]) -> Option<Counterpart> {
        let own = |alias: &&&str| !alias.starts_with("aws/") || target.own_account == Some(true);
        aliases.iter().filter(own).find_map(|alias| {
            let at = self.index.by_alias(target.looked_in, target.region, alias)?;
            let how = if alias.starts_with("aws/") { "provider-managed" } else { "same-alias" };
            Some(as_counterpart(search, self.index.get(at), how))
        })
    }

    /// The key of that name in the recovery place. It is known to be there or said to be; whether it can be used is
    /// known only if it was collected.
    fn key_at(&self, search: &Search<'_>, name: &str, target: &Target<'a>, how: &str) -> Counterpart {
        let account = target.looked_in;
        if let Some(at) = self.index.key(account, target.region, name) {
            return as_counterpart(search, self.index.get(at), how);
        }
        let listed = self.seen.gap(target.account, target.region, self.kinds.key).is_none();
        let there = Arn::parse(name)
            .is_none_or(|arn| (arn.known_region(), arn.known_account()) == (Some(target.region), target.account));
        Counterpart {
            id: name.into(),
            how: how.into(),
            region: target.region.into(),
            account: Fact::from_known(target.account.map(str::to_owned)),
            // Every key there was listed: this one does not exist.
            state: if listed && there { Fact::Absent } else { Fact::Unknown },
            usable: if listed && there { Fact::Known(false) } else { Fact::Unknown },
        }
    }

    /// What stands in for a key as a resource of its own.
    pub(super) fn counterpart_of_key(&self, at: At, recovery: &Recovery<'a>) -> CounterpartResult {
        let key = self.index.get(at);
        let joined = collected(key);
        let search = Search {
            of: Some(key),
            name: &key.id,
            alias: &joined.alias,
            manager: &joined.manager,
            of_copies: OfCopies::default(),
            encrypts: false,
        };
        self.key_counterpart(key, recovery, &search)
    }
}

/// It is in the recovery place, and what it is encrypted with is not known.
fn is_masked(copy: &DataCopy) -> bool {
    copy.in_recovery_place == Fact::Known(true) && copy.key.is_unknown()
}

fn collected(key: &Resource) -> JoinedKey {
    let facts = key.key.as_ref();
    let first = facts.and_then(|facts| facts.aliases.known()?.first().cloned());
    JoinedKey {
        id: Fact::Known(key.id.clone()),
        alias: if first.is_none() && unread_aliases(key) { Fact::Unknown } else { Fact::from_read(first) },
        manager: facts.map_or(Fact::Unknown, |facts| facts.manager.clone()),
        state: state(key),
        usable: usable(key),
        counterpart: Fact::Unknown,
    }
}

/// Why it is not known whether a key can be used.
fn unread(key: &Resource) -> Option<String> {
    let path = if state(key).is_unknown() { "status.state" } else { "status.healthy" };
    usable(key).is_unknown().then(|| why(key, path))
}

/// Its aliases were not read, or not in full, so that a search by alias proves nothing.
pub(super) fn unread_aliases(key: &Resource) -> bool {
    key.key.as_ref().is_none_or(|facts| facts.aliases.is_unknown()) || key.unknown.contains_key("key.aliases")
}
