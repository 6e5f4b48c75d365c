//! The groups of settings that were made for a database or a cache, and those of what stands in for it.

use super::place::Recovery;
use super::{Draft, Estate, why};
use crate::model::{Class, Database, Fact, Resource, SettingsGroup};
use crate::providers::aws::names::is_group_of_provider;

const SETTINGS: &str = "joined.settings";
const COVERED: &str = "joined.settings.covered";

/// A kind of group: its word, where its name stands, and how to get at it.
type Sort = (&'static str, &'static str, fn(&Database) -> &Fact<String>);

const SORTS: [Sort; 2] = [
    ("parameter", "database.parameter_group", |database| &database.parameter_group),
    ("option", "database.option_group", |database| &database.option_group),
];

impl<'a> Estate<'a> {
    /// Fills the groups of settings. The counterpart must be there already.
    pub(super) fn join_settings(&self, resource: &Resource, recovery: &Recovery<'a>, draft: &mut Draft) {
        let Some(own) = resource.database.as_deref() else { return };
        if !matches!(resource.kind.info().class, Class::Database | Class::Cache) {
            return;
        }
        let is_bare = SORTS.iter().all(|(_, _, of)| sets_nothing(of(own)));
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
        for (what, path, of) in SORTS {
            let theirs = there.database.as_deref().map_or(&Fact::Unknown, of);
            let name = match of(own) {
                name if sets_nothing(name) => continue,
                Fact::Known(name) if !theirs.is_unknown() => name,
                name => {
                    draft.mark(SETTINGS, why(if name.is_unknown() { resource } else { there }, path));
                    continue;
                }
            };
            let covered = match covers(name, theirs.text(), regions) {
                Ok(false) if is_any => Err(format!("{} stands in for any cache of the application", there.name)),
                covered => covered,
            };
            if let Err(reason) = &covered {
                draft.mark(COVERED, reason.clone());
            }
            groups.push(SettingsGroup {
                what: what.into(),
                name: name.as_str().into(),
                counterpart: theirs.clone(),
                covered: covered.map_or(Fact::Unknown, Fact::Known),
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

/// Whether the counterpart has the settings of a group, as far as names tell.
fn covers(name: &str, theirs: Option<&str>, regions: Option<(&str, &str)>) -> Result<bool, String> {
    let renamed = regions.map(|(here, there)| name.replace(here, there));
    match theirs {
        Some(theirs) if theirs == name || Some(theirs) == renamed.as_deref() => Ok(true),
        Some(theirs) if !is_group_of_provider(theirs) => Err(format!("what {name} and {theirs} set is not compared")),
        _ => Ok(false),
    }
}
