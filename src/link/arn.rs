//! What an ARN says of the place of a thing, without looking at the thing.

/// The parts of `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arn<'a> {
    /// `None` for what lives once an account.
    pub region: Option<&'a str>,
    /// `None` where the ARN leaves it out, as those of buckets do.
    pub account: Option<&'a str>,
    /// `db:orders`, `key/1234`, `alias/orders`.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
        let (_partition, _service) = (parts.next()?, parts.next()?);
        let filled = |part: &'a str| (!part.is_empty()).then_some(part);
        Some(Self { region: filled(parts.next()?), account: filled(parts.next()?), resource: parts.next()? })
    }
}

/// The region that an id names, if it is an ARN with one.
pub(super) fn region(id: &str) -> Option<&str> {
    Arn::parse(id)?.region
}

/// What stands behind the last `/` or `:`: the bare id that people and APIs use.
pub(super) fn tail(id: &str) -> &str {
    id.rsplit(['/', ':']).next().unwrap_or(id)
}

/// The ARN of the same thing in another region: what multi-Region keys, secrets and global tables have.
pub(super) fn in_region(id: &str, region: &str) -> Option<String> {
    let own = Arn::parse(id)?.region?;
    let before = id.match_indices(':').nth(2)?.0 + 1;
    Some(format!("{}{region}{}", id.get(..before)?, id.get(before + own.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_taken_apart_and_moved() {
        let key = "arn:aws:kms:us-east-1:111122223333:key/mrk-1";
        let parsed = Arn { region: Some("us-east-1"), account: Some("111122223333"), resource: "key/mrk-1" };
        assert_eq!(Arn::parse(key), Some(parsed));
        assert_eq!(in_region(key, "us-west-2").as_deref(), Some("arn:aws:kms:us-west-2:111122223333:key/mrk-1"));
        assert_eq!(tail(key), "mrk-1");
        assert_eq!(tail("arn:aws:rds:us-east-1:111122223333:db:orders"), "orders");
        let bucket = Arn { region: None, account: None, resource: "logs" };
        assert_eq!(Arn::parse("arn:aws:s3:::logs"), Some(bucket));
        assert_eq!(in_region("arn:aws:s3:::logs", "us-west-2"), None);
        assert_eq!(Arn::parse("aws_db_instance.orders"), None);
    }
}
