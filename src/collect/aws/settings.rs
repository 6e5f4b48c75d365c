//! What groups of settings set, which two services tell alike: the groups that are in use are asked for one by one, and the
//! engines that they are for with one list.

use std::collections::{BTreeMap, BTreeSet};

use super::read::Listing;
use super::{Sink, Trouble};
use crate::collect::settings::settings;
use crate::model::{Database, Fact, Resource, Setting, Settings};
use crate::providers::aws::names::is_group_of_provider;

/// A sort of groups, by where its facts stand.
#[derive(Clone, Copy)]
pub(super) struct Sort {
    /// Where what it sets stands: `database.parameters`.
    pub path: &'static str,
    /// The name of the group that a database runs with.
    pub name: fn(&Database) -> &Fact<String>,
    /// What that sets.
    pub sets: fn(&mut Database) -> &mut Fact<Settings>,
}

pub(super) const PARAMETERS: Sort = Sort {
    path: "database.parameters",
    name: |database| &database.parameter_group,
    sets: |database| &mut database.parameters,
};

/// What a group sets, or why that is not known.
pub(super) type Found = BTreeMap<String, Result<Settings, Trouble>>;

impl Sort {
    /// The groups in use that are not the provider's own, of those resources that are meant.
    pub(super) fn used(&self, resources: &[Resource], is_meant: fn(&Resource) -> bool) -> BTreeSet<String> {
        let meant = resources.iter().filter(|resource| is_meant(resource));
        let names = meant.filter_map(|resource| (self.name)(resource.database.as_deref()?).text());
        names.filter(|name| !is_group_of_provider(name)).map(str::to_owned).collect()
    }

    /// Fills what the groups set, or says why it is not known.
    pub(super) fn fill(&self, resources: &mut [Resource], found: &Found, families: Option<&Trouble>, out: &mut Sink) {
        for resource in resources {
            let Some(database) = &mut resource.database else { continue };
            let Some(found) = (self.name)(database).text().and_then(|name| found.get(name)) else { continue };
            match found {
                Ok(settings) => {
                    let is_open = settings.family.is_unknown();
                    *(self.sets)(database) = Fact::Known(settings.clone());
                    if let Some(trouble) = families.filter(|_| is_open) {
                        out.gap(resource, &format!("{}.family", self.path), trouble.clone());
                    }
                }
                Err(trouble) => out.gap(resource, self.path, trouble.clone()),
            }
        }
    }
}

/// What each group sets, by its own answer and the list that tells the engines.
pub(super) fn parameters(
    answers: impl IntoIterator<Item = (String, Listing<Setting>)>,
    families: &Listing<(String, String)>,
) -> Found {
    let families: BTreeMap<&str, &str> =
        families.items.iter().map(|(name, family)| (name.as_str(), family.as_str())).collect();
    let one = |(name, answer): (String, Listing<Setting>)| {
        let family = Fact::from_known(families.get(name.as_str()).map(|family| (*family).to_owned()));
        let found = answer.whole().map(|set| settings(&name, family, set));
        (name, found)
    };
    answers.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::collect::aws::TroubleClass;
    use crate::collect::settings::setting;
    use crate::model::{Kind, Place, Shared};

    fn database(name: &str, group: &str) -> Resource {
        let mut resource = Resource::new(Kind::of("aws.rds.instance"), name, name, Place::default());
        resource.database = Some(Shared::from(Database { parameter_group: group.into(), ..Database::default() }));
        resource
    }

    fn denied(action: &'static str) -> Trouble {
        Trouble { action, class: TroubleClass::Denied, reason: "AccessDenied".to_owned() }
    }

    #[test]
    fn what_was_read_of_a_group_is_filled_and_what_was_denied_is_said() {
        let mut all: Vec<Resource> =
            [("a", "tuned"), ("b", "slow"), ("c", "default.postgres16")].map(|(name, of)| database(name, of)).into();
        let used = PARAMETERS.used(&all, |_| true);
        assert_eq!(used, BTreeSet::from(["slow", "tuned"].map(str::to_owned)));
        let answers = used.into_iter().map(|name| {
            let trouble = (name == "slow").then(|| denied("rds:DescribeDBParameters"));
            (name, Listing { items: vec![setting("max_connections", Some("500"))], trouble })
        });
        let trouble = Some(denied("rds:DescribeDBParameterGroups"));
        let families = Listing { items: Vec::new(), trouble };
        let mut out = Sink::default();
        PARAMETERS.fill(&mut all, &parameters(answers, &families), families.trouble.as_ref(), &mut out);
        let found: Vec<_> =
            all.iter().map(|it| json!([it.database.as_ref().unwrap().parameters, it.unknown])).collect();
        assert_eq!(
            found,
            [
                json!([
                    {"group": "tuned", "set": [{"name": "max_connections", "value": "500"}]},
                    {"database.parameters.family": "rds:DescribeDBParameterGroups denied: AccessDenied"},
                ]),
                json!([null, {"database.parameters": "rds:DescribeDBParameters denied: AccessDenied"}]),
                json!([null, {}]),
            ]
        );
        assert_eq!(out.gaps.len(), 2);
    }
}
