//! Event source mappings.

use super::aliases::function_of;
use crate::collect::terraform::attrs::Attrs;
use crate::model::{Fact, Rel, Resource, Shared, Status};
use crate::providers::aws::lambda::{source, unqualified};

pub(super) fn mapping(attrs: &Attrs<'_>, resource: &mut Resource) {
    let enabled = attrs.boolean_or("enabled", true);
    resource.status = Some(Shared::from(Status {
        state: enabled.map(|enabled| if enabled { "enabled" } else { "disabled" }.to_owned()),
        healthy: enabled,
        created_at: Fact::Absent,
    }));
    let functions = function_of(attrs, "function_name");
    for id in functions.ids() {
        resource.link(Rel::MemberOf, Some(unqualified(&id)));
    }
    let sources = attrs.targets("event_source_arn", &["aws_dynamodb_table"]);
    if sources.unknown.is_none() {
        for id in sources.ids() {
            resource.link(Rel::Consumes, Some(source(&id)));
        }
    }
}
