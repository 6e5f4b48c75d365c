//! Quotas that stand in the way of a recovery.

use aws_sdk_servicequotas::Client;
use aws_sdk_servicequotas::types::ServiceQuota;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::together;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, TroubleClass, client};
use crate::collect::actions;
use crate::model::{Fact, Kind, Quota, Resource, Shared};
use crate::providers::aws::names::partition;
use crate::providers::aws::quotas::{LIMITS, Limit};

const QUOTA: &str = "aws.servicequotas.quota";

pub(crate) struct ServiceQuotas;

impl Collector for ServiceQuotas {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "servicequotas",
            locality: Locality::Regional,
            kinds: &[QUOTA],
            actions: actions::SERVICE_QUOTAS,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_servicequotas);
            let mut answers = together(LIMITS.iter().map(|limit| ask(&client, limit))).await;
            // Without any answer there is nothing to say of each of them.
            if answers.iter().all(|answer| answer.is_err())
                && let Some(Err(trouble)) = answers.pop()
            {
                return Err(trouble);
            }
            for (limit, answer) in LIMITS.iter().zip(answers) {
                let mut resource = shell(limit, cx);
                match answer {
                    Ok((quota, is_default)) => fill(&mut resource, &quota, is_default),
                    Err(trouble) => out.gap(&mut resource, "quota.value", trouble),
                }
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

/// The quota as it is applied, else the default: what was never changed has none that is applied.
async fn ask(client: &Client, limit: &Limit) -> Result<(ServiceQuota, bool), Trouble> {
    let action = "servicequotas:GetServiceQuota";
    let answer = client.get_service_quota().service_code(limit.service).quota_code(limit.code).send().await;
    match answer.map_err(|error| Trouble::new(action, &error)) {
        Ok(answer) => answer.quota.map(|quota| (quota, false)).ok_or_else(|| Trouble::empty(action)),
        Err(trouble) if trouble.class == TroubleClass::NotFound => {
            let action = "servicequotas:GetAWSDefaultServiceQuota";
            let answer = client.get_aws_default_service_quota();
            let answer = answer.service_code(limit.service).quota_code(limit.code).send().await;
            let answer = answer.map_err(|error| Trouble::new(action, &error))?;
            answer.quota.map(|quota| (quota, true)).ok_or_else(|| Trouble::empty(action))
        }
        Err(trouble) => Err(trouble),
    }
}

fn shell(limit: &Limit, cx: &Context) -> Resource {
    let (service, code) = (limit.service, limit.code);
    // Defaults have an ARN without an account.
    let id = format!("arn:{}:servicequotas:{}:{}:{service}/{code}", partition(&cx.region), cx.region, cx.account);
    let mut resource = Resource::new(Kind::of(QUOTA), id, format!("{service}/{code}"), cx.place());
    resource.tags = Fact::Known(Default::default());
    resource.quota = Some(Shared::from(Quota {
        service: service.into(),
        code: code.into(),
        counts: limit.counts.into(),
        ..Quota::default()
    }));
    resource
}

fn fill(resource: &mut Resource, answer: &ServiceQuota, is_default: bool) {
    let Some(facts) = &mut resource.quota else { return };
    facts.value = Fact::from_known(answer.value().and_then(whole));
    facts.adjustable = Fact::Known(answer.adjustable());
    facts.is_default = Fact::Known(is_default);
}

/// Quotas are numbers with a point, and count whole things.
fn whole(value: f64) -> Option<u64> {
    (value.is_finite() && value >= 0.0).then_some(value.floor() as u64)
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use serde_json::json;

    use super::*;
    use crate::model::Timestamp;

    #[test]
    fn a_quota_counts_whole_things() {
        let cx = Context::new("111122223333", "us-west-2", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let limit = crate::providers::aws::quotas::limit("rds", "L-7B6409FD").unwrap();
        let mut resource = shell(limit, &cx);
        let answer = ServiceQuota::builder().value(40.0).adjustable(true).build();
        fill(&mut resource, &answer, true);
        let expected = json!({
            "id": "arn:aws:servicequotas:us-west-2:111122223333:rds/L-7B6409FD",
            "kind": "aws.servicequotas.quota", "name": "rds/L-7B6409FD",
            "place": {"account": "111122223333", "region": "us-west-2"}, "tags": {},
            "quota": {
                "service": "rds", "code": "L-7B6409FD", "counts": "database instances", "value": 40,
                "adjustable": true, "is_default": true,
            },
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
        assert_eq!([whole(f64::NAN), whole(-1.0), whole(7.9)], [None, None, Some(7)]);
    }
}
