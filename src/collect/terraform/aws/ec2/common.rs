//! What the types of networks have in common.

use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::values;
use crate::collect::terraform::world::Referent;
use crate::model::{Fact, Rel, Resource, Timestamp};

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

const IMAGES: &[&str] = &["aws_ami", "aws_ami_copy", "aws_ami_from_instance"];

/// The image that an attribute names: its id, or that of the resource of this plan or state.
pub(in crate::collect::terraform::aws) fn image(attrs: &Attrs<'_>, name: &str) -> Fact<String> {
    if !attrs.is_set(name) {
        return Fact::Absent;
    }
    let targets = attrs.targets(name, IMAGES);
    match (&targets.unknown, targets.found.first()) {
        (None, Some(Referent::Here(at, _))) => Fact::Known(id(attrs, *at)),
        (None, Some(Referent::Elsewhere(text))) => Fact::Known(text.clone()),
        (None, None) => Fact::Absent,
        (Some(_), _) => Fact::Unknown,
    }
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

/// A moment, absent where the code does not set it.
pub(super) fn moment(attrs: &Attrs<'_>, name: &str) -> Fact<Timestamp> {
    match attrs.text_if_set(name) {
        Fact::Known(text) => Fact::from_known(text.parse().ok()),
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    }
}
