//! The recovery place: where a resource is to come back, by the recovery pairs of the configuration.

use std::collections::BTreeSet;

use super::Estate;
use super::edges::At;
use super::index::place;
use crate::config::RecoveryPair;
use crate::model::{Fact, Resource};

/// Where a resource is to come back.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Recovery<'a> {
    /// No pair names its region.
    Nowhere,
    At(Target<'a>),
    /// It cannot be told, and why.
    Unclear(String),
}

/// A recovery place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Target<'a> {
    pub pair: &'a RecoveryPair,
    pub region: &'a str,
    /// `None` where the resource's own account is meant, and that is not known.
    pub account: Option<&'a str>,
    /// The account under which names are looked for there.
    pub looked_in: &'a str,
    /// It is the resource's own account. `None`: not known.
    pub own_account: Option<bool>,
}

impl<'a> Recovery<'a> {
    pub(super) fn target(&self) -> Option<Target<'a>> {
        match self {
            Self::At(target) => Some(*target),
            Self::Nowhere | Self::Unclear(_) => None,
        }
    }

    /// Whether something in that place is in the recovery place. `same_account` says that the mechanism never leaves
    /// the resource's account.
    pub(super) fn holds(&self, region: Option<&str>, account: Option<&str>, same_account: bool) -> Fact<bool> {
        let target = match self {
            Self::Nowhere => return Fact::Known(false),
            Self::Unclear(_) => return Fact::Unknown,
            Self::At(target) => target,
        };
        match region {
            None => Fact::Unknown,
            Some(region) if region != target.region => Fact::Known(false),
            Some(_) => match account.zip(target.account) {
                Some((account, wanted)) => Fact::Known(account == wanted),
                None => Fact::from_known(target.own_account.filter(|_| same_account)),
            },
        }
    }
}

impl<'a> Estate<'a> {
    /// Where a resource is to come back.
    pub(super) fn recovery(&self, at: At) -> Recovery<'a> {
        let resource = self.index.get(at);
        if self.config.recovery.is_empty() {
            return Recovery::Nowhere;
        }
        let recovery = match &resource.place.region {
            Fact::Known(region) => self.recovery_from(resource.account(), region),
            Fact::Unknown => Recovery::Unclear("its region is not known".to_owned()),
            Fact::Absent => self.recovery_of_global(at, resource),
        };
        match recovery {
            Recovery::At(target) => {
                let looked_in = target.account.unwrap_or_else(|| place(resource).0);
                Recovery::At(Target { looked_in, ..target })
            }
            other => other,
        }
    }

    pub(super) fn recovery_from(&self, account: Option<&'a str>, region: &str) -> Recovery<'a> {
        let pairs = || self.config.recovery.iter().filter(|pair| pair.from == region);
        let general = pairs().find(|pair| pair.account.is_none());
        let Some(account) = account else {
            // Without its account, a pair of one account may be meant or not.
            return match (general, pairs().any(|pair| pair.account.is_some())) {
                (_, true) => Recovery::Unclear("its account is not known".to_owned()),
                (Some(pair), false) => Recovery::At(target(pair, None)),
                (None, false) => Recovery::Nowhere,
            };
        };
        let target = self.config.recovery_from(account, region).map(|pair| target(pair, Some(account)));
        // What is in the recovery place already does not come back in itself.
        let elsewhere = target.filter(|target| target.region != region || target.own_account != Some(true));
        elsewhere.map_or(Recovery::Nowhere, Recovery::At)
    }

    /// A global resource recovers where its users do; without users, where all recovery pairs of its account point.
    fn recovery_of_global(&self, at: At, resource: &'a Resource) -> Recovery<'a> {
        let account = resource.account();
        if let Some(recovery) = self.recovery_of_traffic(at) {
            return recovery;
        }
        let applies =
            |pair: &&RecoveryPair| account.is_none() || pair.account.is_none() || pair.account.as_deref() == account;
        let of_users = self.index.all_from(at).filter_map(|(_, user)| {
            let user = self.index.get(user);
            self.recovery_from(user.account(), user.region()?).target()
        });
        let of_pairs = self.config.recovery.iter().filter(applies).map(|pair| target(pair, account));
        agreed(of_users).or_else(|| agreed(of_pairs)).unwrap_or_else(|| {
            if self.config.recovery.iter().any(|pair| applies(&pair)) {
                return Recovery::Unclear("what uses it comes back in different places".to_owned());
            }
            Recovery::Nowhere
        })
    }

    /// A replica that waits in a recovery place.
    pub(super) fn is_standby(&self, resource: &Resource) -> bool {
        let role = resource.replication.as_ref().and_then(|replication| replication.role.text());
        role == Some("replica") && self.is_recovery_side(resource) == Fact::Known(true)
    }

    /// The regions that come back in the place of a resource, or why they are not known.
    pub(super) fn stands_in_for(&self, resource: &Resource) -> Result<BTreeSet<&'a str>, String> {
        let own = match &resource.place.region {
            Fact::Known(region) => region,
            Fact::Unknown if !self.config.recovery.is_empty() => return Err("its region is not known".to_owned()),
            Fact::Unknown | Fact::Absent => return Ok(BTreeSet::new()),
        };
        let mut regions = BTreeSet::new();
        for pair in self.config.recovery.iter().filter(|pair| pair.to == *own) {
            let wanted = pair.to_account.as_ref().or(pair.account.as_ref());
            match (wanted, resource.account()) {
                (Some(_), None) => return Err("its account is not known".to_owned()),
                (Some(wanted), Some(account)) if wanted != account => {}
                _ => drop(regions.insert(pair.from.as_str())),
            }
        }
        Ok(regions)
    }

    /// Whether a resource waits in a recovery place for others. One that itself comes back elsewhere does not.
    pub(super) fn is_recovery_side(&self, resource: &Resource) -> Fact<bool> {
        let region = match &resource.place.region {
            Fact::Known(region) => region,
            Fact::Absent => return Fact::Known(false),
            Fact::Unknown if self.config.recovery.is_empty() => return Fact::Known(false),
            Fact::Unknown => return Fact::Unknown,
        };
        match self.recovery_from(resource.account(), region) {
            Recovery::At(_) => return Fact::Known(false),
            Recovery::Unclear(_) => return Fact::Unknown,
            Recovery::Nowhere => {}
        }
        let mut pairs = self.config.recovery.iter().filter(|pair| pair.to == *region).peekable();
        if pairs.peek().is_none() {
            return Fact::Known(false);
        }
        let wanted = |pair: &RecoveryPair| pair.to_account.clone().or_else(|| pair.account.clone());
        match resource.account() {
            Some(account) => Fact::Known(pairs.any(|pair| wanted(pair).is_none_or(|wanted| wanted == account))),
            None => Fact::from_known(pairs.any(|pair| wanted(pair).is_none()).then_some(true)),
        }
    }
}

fn target<'a>(pair: &'a RecoveryPair, account: Option<&'a str>) -> Target<'a> {
    let to_account = pair.to_account.as_deref();
    let own_account = match to_account {
        None => Some(true),
        Some(to) => account.map(|account| account == to),
    };
    let account = to_account.or(account);
    Target { pair, region: &pair.to, account, looked_in: account.unwrap_or_default(), own_account }
}

/// The place that all of them name; `None` where they name none, or several.
fn agreed<'a>(mut targets: impl Iterator<Item = Target<'a>>) -> Option<Recovery<'a>> {
    let first = targets.next()?;
    let same = |other: Target<'_>| (other.region, other.account) == (first.region, first.account);
    targets.all(same).then_some(Recovery::At(first))
}
