//! What clusters, services and definitions share.

use aws_sdk_ecs::primitives::DateTime;
use aws_sdk_ecs::types::Tag;

use super::super::read::moment;
use super::super::values;
use crate::model::{Fact, Shared, Status, TagFact};

pub(super) const CLUSTER: &str = "aws.ecs.cluster";
pub(super) const SERVICE: &str = "aws.ecs.service";
pub(super) const DEFINITION: &str = "aws.ecs.task-definition";

pub(super) fn tags(tags: &[Tag]) -> TagFact {
    values::tags(tags.iter().map(|tag| (tag.key(), tag.value())))
}

/// What is not active is going away or gone.
pub(super) fn status(state: Option<&str>, created_at: Option<&DateTime>) -> Shared<Status> {
    let state = state.map(str::to_lowercase);
    Shared::from(Status {
        healthy: Fact::from_known(state.as_deref().map(|state| state == "active")),
        state: Fact::from_known(state),
        created_at: moment(created_at),
    })
}
