//! Types of Route 53 that others name.

pub(super) const ZONES: &[&str] = &["aws_route53_zone"];

pub(super) const CHECKS: &[&str] = &["aws_route53_health_check"];
