//! Kinds of Lambda.

pub(super) const FUNCTION: &str = "aws.lambda.function";
pub(super) const LAYER: &str = "aws.lambda.layer";
pub(super) const MAPPING: &str = "aws.lambda.event-source-mapping";
