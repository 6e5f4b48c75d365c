//! Kinds of Elastic Load Balancing.

pub(super) const BALANCER: &str = "aws.elbv2.load-balancer";

pub(super) const LISTENER: &str = "aws.elbv2.listener";

pub(super) const GROUP: &str = "aws.elbv2.target-group";
