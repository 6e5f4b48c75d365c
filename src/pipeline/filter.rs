//! Which resources are judged, by account, region and application.

use std::collections::{BTreeSet, HashSet};

use super::Filter;
use crate::assess::Narrowed;
use crate::model::{Class, Fact, Kind, Resource};
use crate::providers::aws::quotas::LIMITS;

/// Whether the filters mean a resource.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meant {
    No,
    /// What they ask for is not known of it.
    Perhaps,
    Yes,
}

impl Filter {
    pub(super) fn is_empty(&self) -> bool {
        self.accounts.is_empty() && self.regions.is_empty() && self.applications.is_empty()
    }

    /// Leaves the linked resources that are meant, and notes in `narrowed` what the answer is not about.
    /// Only `decisive` kinds matter to it.
    pub(super) fn apply(&self, resources: &mut Vec<Resource>, decisive: &BTreeSet<Kind>, narrowed: &mut Narrowed) {
        if self.is_empty() {
            return;
        }
        narrowed.filter = Some(self.words());
        // A place that is asked for by itself brings its own rules along.
        let rules = match self.applications.is_empty() {
            true => PlaceRules::default(),
            false => PlaceRules::new(resources.iter().filter(|resource| self.means(resource))),
        };
        resources.retain(|resource| {
            if rules.bind(resource) {
                return true;
            }
            let (place, application) = (self.place_of(resource), self.application_of(resource));
            if decisive.contains(&resource.kind) {
                match place.min(application) {
                    Meant::Yes => {}
                    Meant::Perhaps => narrowed.doubtful += 1,
                    Meant::No if place == Meant::No && application != Meant::No && comes_back(resource) => {
                        narrowed.resources += 1;
                    }
                    Meant::No => {}
                }
            }
            // A plan is judged as a whole, and of what is not in the model the filters can say nothing.
            resource.kind.is_of_code() || place.min(application) == Meant::Yes
        });
    }

    fn means(&self, resource: &Resource) -> bool {
        self.place_of(resource).min(self.application_of(resource)) == Meant::Yes
    }

    fn place_of(&self, resource: &Resource) -> Meant {
        let among = |wanted: &[String], fact: &Fact<String>| match fact {
            _ if wanted.is_empty() => Meant::Yes,
            Fact::Known(found) if wanted.contains(found) => Meant::Yes,
            Fact::Unknown => Meant::Perhaps,
            Fact::Known(_) | Fact::Absent => Meant::No,
        };
        let Resource { place, .. } = resource;
        among(&self.accounts, &place.account).min(among(&self.regions, &place.region))
    }

    fn application_of(&self, resource: &Resource) -> Meant {
        let names = resource.joined.as_ref().and_then(|joined| joined.applications.known());
        if self.applications.is_empty()
            || names.is_some_and(|names| names.iter().any(|name| self.applications.contains(name)))
        {
            Meant::Yes
        } else if resource.unknown.contains_key("joined.applications") {
            Meant::Perhaps
        } else {
            Meant::No
        }
    }

    /// The filters as they were given.
    fn words(&self) -> String {
        let given =
            |option: &str, values: &[String]| values.iter().map(|value| format!("--{option} {value}")).collect();
        let all: [Vec<String>; 3] =
            [given("account", &self.accounts), given("region", &self.regions), given("app", &self.applications)];
        all.concat().join(" ")
    }
}

/// What rules the places of some resources, and belongs to no application: whether the region is enabled, and the quotas of
/// the recovery place. Without it, an application could be told recoverable in a region that nobody can use.
#[derive(Default)]
pub(super) struct PlaceRules {
    /// Account and region of what comes back elsewhere.
    sources: HashSet<(String, String)>,
    /// Account and region in which something is to come back, and what.
    coming: HashSet<(String, String, Kind)>,
}

impl PlaceRules {
    pub(super) fn new<'r>(resources: impl Iterator<Item = &'r Resource>) -> Self {
        let mut rules = Self::default();
        for resource in resources.filter(|resource| comes_back(resource)) {
            let account = resource.account().unwrap_or_default();
            rules.sources.extend(resource.region().map(|region| (account.to_owned(), region.to_owned())));
            let target = resource.joined.as_ref().and_then(|joined| {
                Some((joined.recovery_account.text().unwrap_or(account), joined.recovery_region.text()?))
            });
            let kind = resource.kind;
            rules.coming.extend(target.map(|(account, region)| (account.to_owned(), region.to_owned(), kind)));
        }
        rules
    }

    /// It rules one of the places.
    pub(super) fn bind(&self, resource: &Resource) -> bool {
        let part = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let (account, region) = (part(resource.account()), part(resource.region()));
        match resource.kind.info().class {
            Class::Region => self.sources.contains(&(account, region)),
            Class::Quota => resource.quota.as_ref().is_some_and(|quota| {
                let (service, code) = (quota.service.text(), quota.code.text());
                let limit = LIMITS.iter().find(|limit| Some(limit.service) == service && Some(limit.code) == code);
                let comes = |kind: &str| self.coming.contains(&(account.clone(), region.clone(), Kind::of(kind)));
                limit.is_some_and(|limit| limit.kinds.iter().any(|kind| comes(kind)))
            }),
            Class::QuotaWarning => self.coming.iter().any(|(_, place, _)| *place == region),
            _ => false,
        }
    }
}

/// It does not wait in a recovery place for others, nor is it a role that nothing takes on there.
pub(super) fn comes_back(resource: &Resource) -> bool {
    resource.joined.as_ref().is_none_or(|joined| {
        joined.is_recovery_side != Fact::Known(true) && joined.needed_in_recovery != Fact::Known(false)
    })
}
