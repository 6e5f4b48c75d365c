//! Groups of settings, parameters or options, that databases and caches run with.

use super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::model::Fact;

/// The provider's own group, where the code names none. Its whole name has the version of the engine, which the code may
/// leave open.
pub(super) const OWN: &str = "default";

/// A type of such groups: others name it, and it is nothing by itself.
pub(super) const fn group_type(name: &'static str) -> Mapping {
    Mapping {
        of: Type { name, kind: None, global_id: "arn", names: &["name"], ..TYPE },
        maps: Maps::Part(|_, _| Vec::new(), None),
    }
}

/// The name of the group that an attribute names. `unset`: that of the group which the service takes where it names none.
pub(super) fn group(attrs: &Attrs<'_>, name: &str, types: &[&str], unset: Fact<String>) -> Fact<String> {
    if !attrs.is_set(name) {
        return unset;
    }
    let stated = attrs.text(name);
    match attrs.targets(name, types).single() {
        Some(group) if !stated.is_known() => match Attrs::new(attrs.world, group).text("name") {
            // The provider makes up the name when it makes the group.
            Fact::Unknown => Fact::Known(attrs.world.id(group).to_owned()),
            named => named,
        },
        _ => stated,
    }
}
