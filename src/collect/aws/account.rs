//! The regions of an account, and whether they are enabled.

use aws_sdk_ec2::types::Region;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions::{self, DESCRIBE_REGIONS};
use crate::model::{Fact, Kind, Place, Resource, Shared, Status};
use crate::providers::aws::names::partition;

const REGION: &str = "aws.account.region";

pub(crate) struct Account;

impl Collector for Account {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec =
            Spec { service: "account", locality: Locality::Global, kinds: &[REGION], actions: actions::ACCOUNT };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_ec2);
            let answer = client.describe_regions().all_regions(true).send().await;
            let answer = answer.map_err(|error| Trouble::new(DESCRIBE_REGIONS, &error))?;
            for region in answer.regions() {
                out.push(normalize(region, cx));
            }
            Ok(())
        }
        .boxed()
    }
}

/// It stands in the region that it is, so that recovery pairs name it.
fn normalize(region: &Region, cx: &Context) -> Resource {
    let name = region.region_name().unwrap_or_default();
    // They have no ARN of their own.
    let id = format!("arn:{}:account::{}:region/{name}", partition(name), cx.account);
    let mut resource = Resource::new(Kind::of(REGION), id, name, Place::new(&cx.account, name));
    // A partition without opt-in regions leaves the status out.
    let state = region.opt_in_status().unwrap_or("opt-in-not-required");
    resource.status = Some(Shared::from(Status {
        healthy: Fact::Known(state != "not-opted-in"),
        state: state.into(),
        created_at: Fact::Absent,
    }));
    resource.tags = Fact::Known(Default::default());
    resource
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use serde_json::json;

    use super::*;
    use crate::model::Timestamp;

    #[test]
    fn a_region_says_whether_it_can_be_used() {
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let region = |name: &str, status: Option<&str>| {
            let region = Region::builder().region_name(name).set_opt_in_status(status.map(str::to_owned)).build();
            serde_json::to_value(normalize(&region, &cx)).unwrap()
        };
        let expected = |name: &str, state: &str, healthy: bool| {
            json!({
                "id": format!("arn:aws:account::111122223333:region/{name}"), "kind": "aws.account.region",
                "name": name, "place": {"account": "111122223333", "region": name}, "tags": {},
                "status": {"state": state, "healthy": healthy, "created_at": null}, "origin": {"source": ""},
            })
        };
        assert_eq!(region("ap-east-1", Some("not-opted-in")), expected("ap-east-1", "not-opted-in", false));
        assert_eq!(region("us-east-1", None), expected("us-east-1", "opt-in-not-required", true));
    }
}
