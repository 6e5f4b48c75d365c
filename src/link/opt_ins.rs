//! What AWS Backup is switched off for, region by region. It counts for every plan there, whoever set it.

use std::collections::HashMap;

use super::Estate;
use super::index::place;
use super::seen::Gap;
use crate::kinds::OptIn;
use crate::model::{Fact, Resource};

/// Types that it is switched off for, by place.
type ByPlace<'e> = HashMap<(&'e str, &'e str), &'e Fact<Vec<String>>>;

/// What is known of it everywhere.
pub(super) struct OptIns<'e> {
    /// By the settings of the region. They decide, whatever a plan was told when it was collected: code may change them.
    decided: ByPlace<'e>,
    /// By a plan of the region that was asked. One from code does not know it.
    told: ByPlace<'e>,
}

/// What counts for a resource of what the service is set to in its region.
pub(super) struct Region<'e> {
    word: Option<(&'static str, bool)>,
    /// Types that it is switched off for, by the settings of the region.
    decided: Option<&'e Fact<Vec<String>>>,
    /// The same, if a plan of the region was asked.
    told: Option<&'e Fact<Vec<String>>>,
    /// Settings that may be those of the region switch it off.
    in_doubt: bool,
}

impl<'a> Estate<'a> {
    /// What the regions are set to.
    pub(super) fn opt_ins(&self) -> OptIns<'a> {
        let (mut decided, mut told) = (ByPlace::new(), ByPlace::new());
        for at in self.index.of_kind(self.kinds.settings).iter().chain(self.index.of_kind(self.kinds.plan)) {
            let one = self.index.get(*at);
            let off = one.plan.as_ref().map(|facts| &facts.switched_off);
            let Some(off) = off.filter(|off| **off != Fact::Absent) else { continue };
            let setting = told.entry(place(one)).or_insert(off);
            if off.is_known() {
                *setting = off;
            }
            if one.kind == self.kinds.settings && one.region().is_some() {
                decided.insert(place(one), off);
            }
        }
        OptIns { decided, told }
    }

    /// What counts for a resource.
    pub(super) fn region(&self, all: &OptIns<'a>, resource: &Resource) -> Region<'a> {
        let told = all.told.get(&place(resource)).copied();
        let told = told.or_else(|| self.settings_unread(resource).then_some(&Fact::Unknown));
        let (word, decided) = (opt_in_word(resource), all.decided.get(&place(resource)).copied());
        let perhaps = || word.is_some_and(|(word, _)| self.may_be_off(resource, word));
        let in_doubt = decided.is_none() && perhaps();
        Region { word, decided, told, in_doubt }
    }

    /// Another stack switches the service off for a type, and it is not known whether that is in the place of a resource.
    fn may_be_off(&self, resource: &Resource, word: &str) -> bool {
        let agrees = |one: Option<&str>, other: Option<&str>| one.zip(other).is_none_or(|(one, other)| one == other);
        let settings = self.index.of_kind(self.kinds.settings).iter().map(|at| self.index.get(*at));
        settings.filter(|one| one.origin.stack != resource.origin.stack).any(|one| {
            let off = one.plan.as_ref().map(|facts| &facts.switched_off);
            let is_off = match off {
                Some(Fact::Known(types)) => types.iter().any(|off| off == word),
                Some(Fact::Unknown) => true,
                Some(Fact::Absent) | None => false,
            };
            is_off && agrees(one.account(), resource.account()) && agrees(one.region(), resource.region())
        })
    }

    /// A collector asked for the settings of the region and got no answer. Without a collector, nobody asked.
    fn settings_unread(&self, resource: &Resource) -> bool {
        let gap = resource.region().and_then(|region| self.seen.gap(resource.account(), region, self.kinds.settings));
        matches!(gap, Some(Gap::Row(row)) if !row.is_of_a_workspace())
    }
}

impl Region<'_> {
    /// Whether the service backs up what a selection of a plan selects. `None`: it cannot be told.
    pub(super) fn is_on(&self, plan: &Resource, is_named: impl FnOnce() -> bool) -> Option<bool> {
        // Data Lifecycle Manager has no such switches.
        let Some((word, may_be_named)) = self.word.filter(|_| plan.kind.info().service == "backup") else {
            return Some(true);
        };
        if may_be_named && is_named() {
            return Some(true);
        }
        let own = &plan.plan.as_ref()?.switched_off;
        let told = if *own == Fact::Absent { self.told.unwrap_or(own) } else { own };
        match self.decided.unwrap_or(told) {
            Fact::Known(types) if types.iter().any(|off| off == word) => Some(false),
            _ if self.in_doubt => None,
            Fact::Known(_) | Fact::Absent => Some(true),
            Fact::Unknown => None,
        }
    }
}

/// What AWS Backup calls the type of a resource where it is switched on and off, and whether a selection that names it
/// makes up for that.
pub(super) fn opt_in_word(resource: &Resource) -> Option<(&'static str, bool)> {
    let topology = resource.database.as_ref().and_then(|facts| facts.topology.text());
    let fits = |row: &&OptIn| row.topology.is_none_or(|wanted| topology == Some(wanted));
    let row = resource.kind.info().backup?.opt_in.iter().find(fits)?;
    Some((row.word, row.a_name_is_enough))
}
