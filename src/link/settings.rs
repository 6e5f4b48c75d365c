//! The groups of settings that were made for a database or a cache, and those of what stands in for it.

use std::collections::BTreeMap;

use super::place::Recovery;
use super::{Draft, Estate, why};
use crate::model::{Class, Database, Fact, Resource, Setting, Settings, SettingsGroup};
use crate::providers::aws::names::{Arn, is_group_of_provider};

const SETTINGS: &str = "joined.settings";
const COVERED: &str = "joined.settings.covered";

/// A sort of groups.
struct Sort {
    what: &'static str,
    /// Where its name stands.
    path: &'static str,
    name: fn(&Database) -> &Fact<String>,
    /// Where what it sets stands.
    sets_at: &'static str,
    sets: fn(&Database) -> &Fact<Settings>,
}

const SORTS: [Sort; 2] = [
    Sort {
        what: "parameter",
        path: "database.parameter_group",
        name: |database| &database.parameter_group,
        sets_at: "database.parameters",
        sets: |database| &database.parameters,
    },
    Sort {
        what: "option",
        path: "database.option_group",
        name: |database| &database.option_group,
        sets_at: "database.options",
        sets: |database| &database.options,
    },
];

/// What a group comes to beside that of the counterpart.
#[derive(Default)]
struct Compared {
    covered: Fact<bool>,
    differing: Fact<Vec<String>>,
    families: Fact<String>,
    /// Why it is not known.
    doubt: Option<String>,
}

impl<'a> Estate<'a> {
    /// Fills the groups of settings. The counterpart must be there already.
    pub(super) fn join_settings(&self, resource: &Resource, recovery: &Recovery<'a>, draft: &mut Draft) {
        let Some(own) = resource.database.as_deref() else { return };
        if !matches!(resource.kind.info().class, Class::Database | Class::Cache) {
            return;
        }
        let is_bare = SORTS.iter().all(|sort| sets_nothing((sort.name)(own)));
        let counterpart = draft.joined.counterpart.known();
        let there = counterpart.and_then(|it| self.index.by_id(it.id.text()?)).map(|at| self.index.get(at));
        let is_any = counterpart.is_some_and(|it| it.how.text() == Some("same-application"));
        let there = match there {
            Some(there) if !are_kept_alike(resource, there) => there,
            None if !draft.joined.counterpart.is_absent() && !is_bare => {
                let reason = draft.reason("joined.counterpart").unwrap_or("its counterpart was not found").to_owned();
                return draft.mark(SETTINGS, reason);
            }
            // Where nothing was set there is nothing to lack, whatever stands there.
            _ => {
                draft.joined.settings = Fact::Known(Vec::new());
                return;
            }
        };
        draft.rests_on("settings", Some(there));
        let regions = resource.region().zip(recovery.target().map(|target| target.region));
        let mut groups = Vec::new();
        for sort in &SORTS {
            let theirs = there.database.as_deref().map_or(&Fact::Unknown, sort.name);
            let name = match (sort.name)(own) {
                name if sets_nothing(name) => continue,
                Fact::Known(name) if !theirs.is_unknown() => name,
                name => {
                    draft.mark(SETTINGS, why(if name.is_unknown() { resource } else { there }, sort.path));
                    continue;
                }
            };
            let compared = match sort.compare(name, resource, there, regions) {
                Compared { covered: Fact::Known(false), .. } if may_be_kept_alike(resource, there) => Compared {
                    doubt: Some(format!("whether it is in one global datastore with {} is not known", there.name)),
                    ..Compared::default()
                },
                Compared { covered: Fact::Known(false), .. } if is_any => Compared {
                    doubt: Some(format!("{} stands in for any cache of the application", there.name)),
                    ..Compared::default()
                },
                compared => compared,
            };
            if let Some(reason) = compared.doubt {
                draft.mark(COVERED, reason);
            }
            groups.push(SettingsGroup {
                what: sort.what.into(),
                name: name.as_str().into(),
                counterpart: theirs.clone(),
                covered: compared.covered,
                differing: compared.differing,
                families: compared.families,
            });
        }
        draft.joined.settings = Fact::Known(groups);
    }
}

/// There is no group, or one of the provider's.
fn sets_nothing(group: &Fact<String>) -> bool {
    group.is_absent() || group.text().is_some_and(is_group_of_provider)
}

/// The service gives each member of a global datastore a copy of one parameter group.
fn are_kept_alike(resource: &Resource, there: &Resource) -> bool {
    let global = |of: &Resource| of.replication.as_deref().and_then(|facts| facts.global.text().map(str::to_owned));
    resource.kind.info().class == Class::Cache && global(resource).is_some_and(|own| global(there) == Some(own))
}

/// Whether they are kept alike is not known of one of them.
fn may_be_kept_alike(resource: &Resource, there: &Resource) -> bool {
    let is_unknown = |of: &Resource| of.replication.as_deref().is_none_or(|facts| facts.global.is_unknown());
    let is_none = |of: &Resource| of.replication.as_deref().is_some_and(|facts| facts.global.is_absent());
    resource.kind.info().class == Class::Cache
        && [resource, there].into_iter().any(is_unknown)
        && ![resource, there].into_iter().any(is_none)
}

impl Sort {
    /// Whether the counterpart has the settings of a group: by what both set, else as far as names tell.
    fn compare(&self, name: &str, own: &Resource, there: &Resource, regions: Option<(&str, &str)>) -> Compared {
        let theirs = there.database.as_deref().and_then(|database| (self.name)(database).text());
        let is_own = theirs.is_none_or(is_group_of_provider);
        let nothing = Settings { set: Fact::Known(Vec::new()), ..Settings::default() };
        let read =
            (self.read(own, name), if is_own { Ok(&nothing) } else { self.read(there, theirs.unwrap_or_default()) });
        match read {
            (Ok(ours), Ok(theirs)) => by_contents(ours, theirs, is_own),
            (Err(Some(reason)), _) | (_, Err(Some(reason))) if !is_own => {
                Compared { doubt: Some(reason), ..Compared::default() }
            }
            _ => by_name(name, theirs, regions),
        }
    }

    /// What the group of that name sets. An error without a reason: nobody looked, or code does not make it.
    fn read<'r>(&self, resource: &'r Resource, name: &str) -> Result<&'r Settings, Option<String>> {
        let sets = resource.database.as_deref().and_then(|database| (self.sets)(database).known());
        match sets.filter(|sets| sets.group.text() == Some(name)) {
            Some(sets) if sets.set.is_known() => Ok(sets),
            found => {
                let path = if found.is_some() { &format!("{}.set", self.sets_at) } else { self.sets_at };
                let reason = resource.unknown.get(path);
                Err(reason.map(|reason| format!("what {name} sets is not known: {reason}")))
            }
        }
    }
}

/// What the groups set, side by side. Those of the provider set nothing, and are for whatever engine runs with them.
fn by_contents(ours: &Settings, theirs: &Settings, is_own: bool) -> Compared {
    let by_name: BTreeMap<&str, &Setting> =
        theirs.set.known().into_iter().flatten().filter_map(|it| Some((it.name.text()?, it))).collect();
    let (mut differing, mut doubt) = (Vec::new(), None);
    for setting in ours.set.known().into_iter().flatten() {
        let Some(name) = setting.name.text() else { continue };
        match by_name.get(name).map(|other| is_same(&setting.value, &other.value)) {
            Some(Some(true)) => {}
            Some(None) => doubt = Some(format!("the value of {name} is not read")),
            Some(Some(false)) | None => differing.push(name.to_owned()),
        }
    }
    let has_none = ours.set.known().is_some_and(Vec::is_empty);
    let families = match (ours.family.text(), theirs.family.text()) {
        _ if is_own || has_none => Fact::Absent,
        (Some(ours), Some(theirs)) if ours == theirs => Fact::Absent,
        (Some(ours), Some(theirs)) => Fact::Known(format!("{ours}, {theirs}")),
        _ => {
            doubt = doubt.or_else(|| Some("the engine that a group is for is not known".to_owned()));
            Fact::Absent
        }
    };
    let covered = match doubt {
        _ if !differing.is_empty() || families.is_known() => Some(false),
        Some(_) => None,
        None => Some(true),
    };
    let doubt = doubt.filter(|_| covered.is_none());
    Compared { covered: Fact::from_known(covered), differing: Fact::Known(differing), families, doubt }
}

/// Whether two values mean the same. Nothing: one of them was not read, because it is secret.
fn is_same(one: &Fact<String>, other: &Fact<String>) -> Option<bool> {
    let (one, other) = match (one, other) {
        (Fact::Absent, Fact::Absent) => return Some(true),
        (Fact::Unknown, _) | (_, Fact::Unknown) => return None,
        (one, other) => (one.text()?, other.text()?),
    };
    let switch = |value: &str| match value {
        "1" | "on" | "true" | "yes" => Some(true),
        "0" | "off" | "false" | "no" => Some(false),
        _ => None,
    };
    // Each region may have a role, a bucket or a topic of its own.
    let service = |value: &str| Arn::parse(value).map(|arn| arn.service.to_owned());
    let is_alike = switch(one).is_some() && switch(one) == switch(other);
    Some(one == other || is_alike || (service(one).is_some() && service(one) == service(other)))
}

/// Whether the counterpart has the settings of a group, as far as names tell.
fn by_name(name: &str, theirs: Option<&str>, regions: Option<(&str, &str)>) -> Compared {
    let renamed = regions.map(|(here, there)| name.replace(here, there));
    let (covered, doubt) = match theirs {
        Some(theirs) if theirs == name || Some(theirs) == renamed.as_deref() => (Some(true), None),
        Some(theirs) if !is_group_of_provider(theirs) => {
            (None, Some(format!("what {name} and {theirs} set was not read")))
        }
        _ => (Some(false), None),
    };
    Compared { covered: Fact::from_known(covered), differing: Fact::Absent, families: Fact::Absent, doubt }
}
