//! Kinds of Route 53, and what is read alike of several of them.

use super::super::Context;
use crate::providers::aws::names::partition;

pub(super) const CHECK: &str = "aws.route53.health-check";

pub(super) const RECORD: &str = "aws.route53.record";

pub(super) const ZONE: &str = "aws.route53.zone";

/// The ARN of a zone or a health check, which the API leaves out.
pub(super) fn arn(cx: &Context, resource: &str) -> String {
    format!("arn:{}:route53:::{resource}", partition(&cx.region))
}

#[cfg(test)]
pub(super) mod tests {
    use aws_config::SdkConfig;

    use super::super::super::Context;
    use crate::model::Timestamp;

    pub(in super::super) fn context() -> Context {
        Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build())
    }
}
