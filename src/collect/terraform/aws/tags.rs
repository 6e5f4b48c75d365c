//! The tags of a resource.

use serde_json::Value;

use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::values;
use crate::model::{Fact, Tags};

/// Tags, the provider's default ones among them.
pub(super) fn tags(attrs: &Attrs<'_>) -> Fact<Tags> {
    let read = |name: &str| match attrs.state(name) {
        State::Known(Value::Object(tags)) if attrs.is_whole(name) => {
            Fact::from_known(tags.iter().map(|(name, value)| Some((name.clone(), values::text(value)?))).collect())
        }
        State::Null => Fact::Absent,
        _ => Fact::Unknown,
    };
    if let Fact::Known(all) = read("tags_all") {
        return Fact::Known(all);
    }
    let defaults = match (attrs.state("tags_all"), attrs.world.configuration()) {
        // Provider version 3 has no default tags at first, and then the attribute is not there.
        (State::Null, _) => Some(Tags::new()),
        (_, Some(configuration)) => configuration.default_tags(&attrs.instance().provider),
        _ => None,
    };
    match (read("tags"), defaults) {
        (Fact::Known(own), Some(mut all)) => {
            all.extend(own);
            Fact::Known(all)
        }
        (Fact::Absent, Some(all)) => Fact::Known(all),
        _ => Fact::Unknown,
    }
}
