//! Kinds of Lambda, and what is read alike of several of them.

use aws_sdk_lambda::Client;

use super::super::Trouble;
use crate::model::{Fact, TagFact, Tags};

pub(super) const FUNCTION: &str = "aws.lambda.function";
pub(super) const LAYER: &str = "aws.lambda.layer";
pub(super) const MAPPING: &str = "aws.lambda.event-source-mapping";

/// The tags of a function or a mapping, which no list has.
pub(super) async fn tags(client: &Client, arn: &str) -> Result<TagFact, Trouble> {
    let answer = client.list_tags().resource(arn).send().await;
    let tags = answer.map_err(|error| Trouble::new("lambda:ListTags", &error))?.tags;
    Ok(Fact::Known(tags.unwrap_or_default().into_iter().collect::<Tags>().into()))
}
