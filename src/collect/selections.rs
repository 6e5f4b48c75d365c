//! What selections of backup plans ask of tags, as both doors say it.

use crate::model::TagCondition;

/// A condition on a tag. None: it is about something else.
pub(super) fn condition(what: &str, key: &str, value: &str) -> Option<TagCondition> {
    let key = key.strip_prefix("aws:ResourceTag/")?;
    Some(TagCondition { what: what.into(), key: key.into(), value: value.into() })
}
