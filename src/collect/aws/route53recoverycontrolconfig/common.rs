//! Kinds of routing controls, and what is read alike of all of them.

use aws_sdk_route53recoverycontrolconfig::types::Status as State;

use super::super::Context;
use crate::model::{Fact, Kind, Place, Resource, Shared, Status};

pub(super) const CLUSTER: &str = "aws.route53recoverycontrolconfig.cluster";

pub(super) const PANEL: &str = "aws.route53recoverycontrolconfig.control-panel";

pub(super) const CONTROL: &str = "aws.route53recoverycontrolconfig.routing-control";

pub(super) const RULE: &str = "aws.route53recoverycontrolconfig.safety-rule";

pub(super) fn resource(
    kind: &str,
    arn: Option<&str>,
    name: Option<&str>,
    state: Option<&State>,
    cx: &Context,
) -> Resource {
    let name = name.unwrap_or_default();
    let mut resource = Resource::new(Kind::of(kind), arn.unwrap_or(name), name, Place::global(&cx.account));
    resource.status = Some(Shared::from(Status {
        state: Fact::from_known(state.map(|state| state.as_str().to_lowercase())),
        healthy: Fact::from_known(state.map(|state| *state == State::Deployed)),
        created_at: Fact::Unknown,
    }));
    resource
}
