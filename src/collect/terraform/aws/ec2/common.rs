//! What the types of networks have in common.

use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::values;
use crate::model::{Fact, Rel, Resource};

/// The id of what an attribute names, as the provider calls it where that is known, with a link to it.
pub(super) fn linked(
    attrs: &Attrs<'_>,
    resource: &mut Resource,
    (rel, fact): (Rel, &str),
    name: &str,
    types: &[&str],
) -> Fact<String> {
    let targets = attrs.targets(name, types);
    let own = targets.single().map(|at| id(attrs, at));
    let linked = attrs.link_to(resource, rel, fact, targets);
    own.map_or(linked, Fact::Known)
}

/// What the provider calls a resource of this plan or state; before it is made, its address.
pub(super) fn id(attrs: &Attrs<'_>, at: usize) -> String {
    Attrs::new(attrs.world, at).text("id").into_known().unwrap_or_else(|| attrs.world.id(at).to_owned())
}

/// A number that may be negative. The provider writes it as a text now and then.
pub(super) fn integer(attrs: &Attrs<'_>, name: &str) -> Fact<i64> {
    match attrs.state(name) {
        State::Known(value) => {
            Fact::from_known(value.as_i64().or_else(|| values::text(value).and_then(|text| text.parse().ok())))
        }
        State::Null | State::Unset => Fact::Absent,
        State::Unknown(_) => Fact::Unknown,
    }
}
