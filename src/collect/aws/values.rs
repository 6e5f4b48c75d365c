//! What the SDK's values are in the words of the model.

use crate::collect::arn::Arn;
use crate::model::{Fact, Tags};

/// Names and values of tags: `tags(list.iter().map(|tag| (tag.key(), tag.value())))`. A tag without a value is empty.
pub(crate) fn tags<'a>(list: impl IntoIterator<Item = (Option<&'a str>, Option<&'a str>)>) -> Fact<Tags> {
    let pairs =
        list.into_iter().filter_map(|(key, value)| Some((key?.to_owned(), value.unwrap_or_default().to_owned())));
    Fact::Known(pairs.collect())
}

/// Region of an ARN. `None` for what is no ARN, and for what lives once an account.
pub(crate) fn arn_region(arn: &str) -> Option<&str> {
    filled(Arn::parse(arn)?.region)
}

/// Account of an ARN.
pub(crate) fn arn_account(arn: &str) -> Option<&str> {
    filled(Arn::parse(arn)?.account)
}

/// Partition of an ARN: `aws`, `aws-cn`, `aws-us-gov`.
pub(crate) fn arn_partition(arn: &str) -> Option<&str> {
    filled(Arn::parse(arn)?.partition)
}

fn filled(part: &str) -> Option<&str> {
    Some(part).filter(|part| !part.is_empty())
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
}
