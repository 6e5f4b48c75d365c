//! What the SDK's values are in the words of the model.

use std::collections::BTreeSet;

use aws_smithy_types::DateTime;

use crate::model::{Fact, Tags, Timestamp};

/// A moment, if it is one that a calendar can hold.
pub(crate) fn moment(at: Option<&DateTime>) -> Option<Timestamp> {
    let at = at?;
    Timestamp::new(at.secs(), i32::try_from(at.subsec_nanos()).ok()?).ok()
}

/// Names and values of tags: `tags(list.iter().map(|tag| (tag.key(), tag.value())))`. A tag without a value is empty.
pub(crate) fn tags<'a>(list: impl IntoIterator<Item = (Option<&'a str>, Option<&'a str>)>) -> Fact<Tags> {
    let pairs =
        list.into_iter().filter_map(|(key, value)| Some((key?.to_owned(), value.unwrap_or_default().to_owned())));
    Fact::Known(pairs.collect())
}

/// Region of an ARN. `None` for what is no ARN, and for what lives once an account.
pub(crate) fn arn_region(arn: &str) -> Option<&str> {
    arn_part(arn, 3)
}

/// Account of an ARN.
pub(crate) fn arn_account(arn: &str) -> Option<&str> {
    arn_part(arn, 4)
}

/// Partition of an ARN: `aws`, `aws-cn`, `aws-us-gov`.
pub(crate) fn arn_partition(arn: &str) -> Option<&str> {
    arn_part(arn, 1)
}

fn arn_part(arn: &str, at: usize) -> Option<&str> {
    arn.strip_prefix("arn:")?;
    arn.splitn(6, ':').nth(at).filter(|part| !part.is_empty())
}

/// A number that cannot be negative, if the answer gives one.
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
    fn an_arn_says_where_it_is() {
        let arn = "arn:aws-cn:rds:cn-north-1:111122223333:db:orders";
        assert_eq!(
            (arn_partition(arn), arn_region(arn), arn_account(arn)),
            (Some("aws-cn"), Some("cn-north-1"), Some("111122223333"))
        );
        assert_eq!(arn_region("arn:aws:iam::111122223333:role/app"), None);
        assert_eq!(arn_account("orders"), None);
    }

    #[test]
    fn moments_keep_their_fraction() {
        let at = DateTime::from_secs_and_nanos(1_700_000_000, 250_000_000);
        assert_eq!(moment(Some(&at)).map(|at| at.to_string()).as_deref(), Some("2023-11-14T22:13:20.25Z"));
        assert_eq!(moment(None), None);
    }
}
