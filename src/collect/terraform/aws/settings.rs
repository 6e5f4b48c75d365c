//! Groups of settings, parameters or options, that databases and caches run with.

use super::provider::TYPE;
use crate::collect::settings::{of_option, setting, settings};
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::{Database, Fact, Resource, Setting, Settings};

/// The provider's own group, where the code names none. Its whole name has the version of the engine, which the code may
/// leave open.
pub(super) const OWN: &str = "default";

/// A type of groups of parameters: others name it, and it is nothing by itself.
pub(super) const fn parameter_group(name: &'static str) -> Mapping {
    group_type(name, &["family", "parameter.name", "parameter.value"])
}

/// The same of options.
pub(super) const fn option_group(name: &'static str) -> Mapping {
    const READS: &[&str] = &[
        "engine_name",
        "major_engine_version",
        "option.option_name",
        "option.option_settings.name",
        "option.option_settings.value",
    ];
    group_type(name, READS)
}

const fn group_type(name: &'static str, reads: &'static [&'static str]) -> Mapping {
    Mapping {
        of: Type { name, kind: None, global_id: "arn", names: &["name"], reads, ..TYPE },
        maps: Maps::Part(|_, _| Vec::new(), None),
    }
}

/// A group as an attribute names it.
#[derive(Clone, Default)]
pub(super) struct Group {
    pub name: Fact<String>,
    /// What it sets, where the code makes it.
    pub sets: Fact<Settings>,
}

impl From<Fact<String>> for Group {
    fn from(name: Fact<String>) -> Self {
        Self { name, sets: Fact::Unknown }
    }
}

impl From<&str> for Group {
    fn from(name: &str) -> Self {
        Fact::from(name).into()
    }
}

impl Group {
    /// Becomes the parameter group of a database.
    pub(super) fn parameters_of(self, database: &mut Database) {
        (database.parameter_group, database.parameters) = (self.name, self.sets);
    }

    /// Becomes its option group.
    pub(super) fn options_of(self, database: &mut Database) {
        (database.option_group, database.options) = (self.name, self.sets);
    }
}

/// Says why it is not known what the groups set that the code makes.
pub(super) fn say(resource: &mut Resource) {
    let Some(database) = resource.database.as_deref() else { return };
    let all = [("database.parameters", &database.parameters), ("database.options", &database.options)];
    let open = all.map(|(path, sets)| (path, sets.known().is_some_and(|sets| sets.set.is_unknown())));
    for (path, _) in open.into_iter().filter(|(_, is_open)| *is_open) {
        resource.mark_unknown(&format!("{path}.set"), AFTER_APPLY);
    }
}

/// The group that an attribute names. `unset`: that which the service takes where it names none.
pub(super) fn group(attrs: &Attrs<'_>, name: &str, types: &[&str], unset: Group) -> Group {
    if !attrs.is_set(name) {
        return unset;
    }
    let stated = attrs.text(name);
    let Some(at) = attrs.targets(name, types).single() else { return stated.into() };
    let made = Attrs::new(attrs.world, at);
    let name = match made.text("name") {
        _ if stated.is_known() => stated,
        // The provider makes up the name when it makes the group.
        Fact::Unknown => Fact::Known(attrs.world.id(at).to_owned()),
        named => named,
    };
    let sets =
        name.text().map(|name| if made.declares("parameter") { parameters(&made, name) } else { options(&made, name) });
    Group { sets: Fact::from_known(sets), name }
}

fn parameters(attrs: &Attrs<'_>, group: &str) -> Settings {
    let one = |block: &Attrs<'_>| {
        let name = block.text("name").into_known()?;
        value(block).map(|value| vec![setting(&name, Some(&value))])
    };
    named(group, attrs.text("family"), all(attrs, "parameter", one))
}

fn options(attrs: &Attrs<'_>, group: &str) -> Settings {
    let one = |block: &Attrs<'_>| {
        let option = block.text("option_name").into_known()?;
        let of_one = |block: &Attrs<'_>| {
            let name = block.text("name").into_known()?;
            Some(vec![of_option(&option, &name, value(block).as_deref())])
        };
        let set = all(block, "option_settings", of_one)?;
        Some([setting(&option, None)].into_iter().chain(set).collect())
    };
    let family = match (attrs.text("engine_name"), attrs.text("major_engine_version")) {
        (Fact::Known(engine), Fact::Known(version)) => Fact::Known(format!("{engine} {version}")),
        _ => Fact::Unknown,
    };
    named(group, family, all(attrs, "option", one))
}

/// The value in a block, which may be empty.
fn value(block: &Attrs<'_>) -> Option<String> {
    match block.text("value") {
        Fact::Known(value) => Some(value),
        Fact::Absent => Some(String::new()),
        Fact::Unknown => None,
    }
}

/// What all blocks of a name say. Nothing: something of it is not known.
fn all(attrs: &Attrs<'_>, name: &str, one: impl Fn(&Attrs<'_>) -> Option<Vec<Setting>>) -> Option<Vec<Setting>> {
    match attrs.blocks_if_set(name) {
        Fact::Known(blocks) => Some(blocks.iter().map(one).collect::<Option<Vec<_>>>()?.concat()),
        Fact::Absent => Some(Vec::new()),
        Fact::Unknown => None,
    }
}

fn named(group: &str, family: Fact<String>, set: Option<Vec<Setting>>) -> Settings {
    match set {
        Some(set) => settings(group, family, set),
        None => Settings { group: group.into(), family, set: Fact::Unknown },
    }
}
