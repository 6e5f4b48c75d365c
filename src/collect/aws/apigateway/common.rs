//! Kinds of API Gateway, and what is read alike of all of its APIs.

use aws_smithy_types::DateTime;

use super::super::read::moment;
use super::super::{Sink, Trouble};
use crate::model::{Fact, Rel, Resource, Shared, Status};
use crate::providers::aws::apigateway::{Called, called};

pub(super) const API: &str = "aws.apigateway.api";
pub(super) const DOMAIN: &str = "aws.apigateway.domain";

/// What permits every call.
pub(super) const READ: &str = "apigateway:GET";

/// Facts that its stages tell.
const OF_STAGES: [&str; 2] = ["status.healthy", "status.state"];

/// An API answers where a stage of it has a deployment.
pub(super) fn status(
    deployed: Result<bool, Trouble>,
    created: Option<&DateTime>,
    resource: &mut Resource,
    out: &mut Sink,
) {
    let healthy = match deployed {
        Ok(deployed) => Fact::Known(deployed),
        Err(trouble) => {
            out.gap_at(resource, &OF_STAGES, trouble);
            Fact::Unknown
        }
    };
    let state = healthy.map(|deployed| if deployed { "deployed" } else { "not deployed" }.to_owned());
    resource.status = Some(Shared::from(Status { state, healthy, created_at: moment(created) }));
}

/// Links to what the address of an integration calls.
pub(super) fn calls(resource: &mut Resource, address: &str) {
    match called(address) {
        Called::This(what) => resource.link(Rel::SendsTo, Some(what)),
        Called::Nothing => {}
        Called::Variable => {
            resource.mark_unknown("links", "a variable of a stage or of the request says what it calls")
        }
    }
}
