//! Kinds of EC2 Auto Scaling.

pub(super) const CONFIGURATION: &str = "aws.autoscaling.launch-configuration";
pub(super) const GROUP: &str = "aws.autoscaling.group";
