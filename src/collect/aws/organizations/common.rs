//! Kinds of Organizations.

pub(super) const ORGANIZATION: &str = "aws.organizations.organization";
pub(super) const POLICY: &str = "aws.organizations.policy";
