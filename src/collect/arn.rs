//! Amazon Resource Names, taken apart.

/// `arn:partition:service:region:account:resource`. Region and account may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arn<'a> {
    pub partition: &'a str,
    pub service: &'a str,
    pub region: &'a str,
    pub account: &'a str,
    /// What follows the account, its own colons and slashes included: `db:orders`, `role/app`.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// `None` for whatever is not an ARN: a bare id, an alias, `*`.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        Some(Self {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_taken_apart_and_a_bare_id_is_none() {
        let found = Arn::parse("arn:aws-cn:rds:cn-north-1:123456789012:cluster:orders").unwrap();
        let expected = Arn {
            partition: "aws-cn",
            service: "rds",
            region: "cn-north-1",
            account: "123456789012",
            resource: "cluster:orders",
        };
        assert_eq!(found, expected);
        for text in ["orders", "*", "arn:aws:rds", "alias/orders", ""] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }
}
