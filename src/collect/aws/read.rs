//! What reading an answer needs in every collector: whole lists, moments, numbers, sorted names.

use std::collections::BTreeSet;

use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::DateTime;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use futures::{StreamExt as _, stream};

use super::Trouble;
use crate::model::{Fact, Timestamp};

/// What a list gave. With a trouble the list ended early: there may be more.
#[derive(Debug)]
pub(crate) struct Listing<T> {
    pub items: Vec<T>,
    pub trouble: Option<Trouble>,
}

impl<T> Listing<T> {
    /// The items of pages, where the SDK gives pages only.
    pub(crate) fn each<U, I: IntoIterator<Item = U>>(self, items: impl Fn(T) -> I) -> Listing<U> {
        Listing { items: self.items.into_iter().flat_map(items).collect(), trouble: self.trouble }
    }

    /// All of it, where a part is of no use.
    pub(crate) fn whole(self) -> Result<Vec<T>, Trouble> {
        self.trouble.map_or(Ok(self.items), Err)
    }
}

/// Reads a paginated list to its end, or to the first page that fails. The pages before that one are kept.
pub(crate) async fn list<T, E>(
    action: &'static str,
    mut pages: PaginationStream<Result<T, SdkError<E, HttpResponse>>>,
) -> Listing<T>
where
    E: ProvideErrorMetadata,
{
    let mut items = Vec::new();
    while let Some(item) = pages.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(error) => return Listing { items, trouble: Some(Trouble::new(action, &error)) },
        }
    }
    Listing { items, trouble: None }
}

/// The same of a list that the SDK does not page: a page gives its items, and where the next one starts.
pub(crate) async fn pages<T, F>(mut page: impl FnMut(Option<String>) -> F) -> Listing<T>
where
    F: Future<Output = Result<(Vec<T>, Option<String>), Trouble>>,
{
    let (mut items, mut next) = (Vec::new(), None);
    loop {
        match page(next).await {
            Ok((more, token)) => {
                items.extend(more);
                next = token.filter(|token| !token.is_empty());
            }
            Err(trouble) => return Listing { items, trouble: Some(trouble) },
        }
        if next.is_none() {
            return Listing { items, trouble: None };
        }
    }
}

/// Calls that a collector makes at the same time for its resources. Services throttle single reads early.
pub(super) const AT_ONCE: usize = 8;

/// Answers to one call a resource, a few at a time, in the order of the resources.
pub(crate) async fn together<F: Future>(calls: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let calls: Vec<F> = calls.into_iter().collect();
    stream::iter(calls).buffered(AT_ONCE).collect().await
}

/// A moment of the SDK. Absent if the answer has none.
pub(crate) fn moment(value: Option<&DateTime>) -> Fact<Timestamp> {
    match value {
        Some(value) => {
            let nanos = i32::try_from(value.subsec_nanos()).unwrap_or_default();
            Fact::from_known(Timestamp::new(value.secs(), nanos).ok())
        }
        None => Fact::Absent,
    }
}

/// A number that cannot be negative. Unknown if the answer does not say.
pub(crate) fn number(value: Option<impl TryInto<u32>>) -> Fact<u32> {
    Fact::from_known(value.and_then(|value| value.try_into().ok()))
}

/// Names in order, each once.
pub(crate) fn sorted<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Vec<String> {
    names.into_iter().map(Into::into).collect::<BTreeSet<String>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_keep_their_fraction() {
        let at = DateTime::from_secs_and_nanos(1_700_000_000, 250_000_000);
        let expected: Timestamp = "2023-11-14T22:13:20.25Z".parse().unwrap();
        assert_eq!(moment(Some(&at)), Fact::Known(expected));
        assert_eq!(moment(None), Fact::Absent);
        assert_eq!(moment(Some(&DateTime::from_secs(i64::MAX))), Fact::Unknown);
    }
}
