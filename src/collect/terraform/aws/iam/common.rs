//! Types that stand for roles.

pub(super) const ROLES: &[&str] = &["aws_iam_role"];

/// What a service may assume.
pub(in crate::collect::terraform::aws) const ASSUMED: &[&str] = &["aws_iam_role", "aws_iam_service_linked_role"];
