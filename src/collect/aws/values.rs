//! What the SDK's values are in the words of the model.

use crate::model::{Fact, TagFact, Tags};

/// Names and values of tags: `tags(list.iter().map(|tag| (tag.key(), tag.value())))`. A tag without a value is empty.
pub(crate) fn tags<'a>(list: impl IntoIterator<Item = (Option<&'a str>, Option<&'a str>)>) -> TagFact {
    let pairs =
        list.into_iter().filter_map(|(key, value)| Some((key?.to_owned(), value.unwrap_or_default().to_owned())));
    Fact::Known(pairs.collect::<Tags>().into())
}
