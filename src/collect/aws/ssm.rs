//! Parameter Store: names and settings of parameters. Their values are never asked for.

use aws_sdk_ssm::types::{ParameterMetadata, ParameterType, ResourceTypeForTagging};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, sorted, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client, values};
use crate::collect::actions;
use crate::model::{Encryption, Fact, Kind, Parameter, Place, Rel, Resource, Shared};
use crate::providers::aws::names;

const PARAMETER: &str = "aws.ssm.parameter";

/// The most that the service gives at once.
const PAGE: i32 = 50;

pub(crate) struct Ssm;

impl Collector for Ssm {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec =
            Spec { service: "ssm", locality: Locality::Regional, kinds: &[PARAMETER], actions: actions::SSM };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_ssm);
            let pages = client.describe_parameters().into_paginator().page_size(PAGE).send();
            let listing = list("ssm:DescribeParameters", pages).await;
            let parameters = out.listed(&[PARAMETER], listing.each(|page| page.parameters.unwrap_or_default()))?;
            let tags = together(parameters.iter().map(|parameter| {
                let call = client.list_tags_for_resource().resource_type(ResourceTypeForTagging::Parameter);
                call.resource_id(parameter.name().unwrap_or_default()).send()
            }));
            for (parameter, answer) in parameters.iter().zip(tags.await) {
                let mut resource = normalize(parameter, cx.place());
                match answer {
                    Ok(answer) => {
                        let tags = answer.tag_list().iter().map(|tag| (Some(tag.key()), Some(tag.value())));
                        resource.tags = values::tags(tags);
                    }
                    Err(error) => out.gap(&mut resource, "tags", Trouble::new("ssm:ListTagsForResource", &error)),
                }
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

fn normalize(parameter: &ParameterMetadata, place: Place) -> Resource {
    let name = parameter.name().unwrap_or_default();
    let id = parameter.arn().map_or_else(|| arn(name, &place), str::to_owned);
    let mut resource = Resource::new(Kind::of(PARAMETER), id, name, place);
    let format = parameter.r#type();
    let key = parameter.key_id().filter(|_| format == Some(&ParameterType::SecureString));
    resource.encryption = Some(Shared::from(Encryption {
        enabled: Fact::from_known(format.map(|format| *format == ParameterType::SecureString)),
        key: Fact::from_read(key.map(str::to_owned)),
    }));
    resource.link(Rel::EncryptedBy, key);
    resource.parameter = Some(Shared::from(Parameter {
        format: Fact::from_known(format.map(|format| format.as_str().to_lowercase())),
        tier: Fact::from_known(parameter.tier().map(|tier| tier.as_str().to_lowercase())),
        policies: Fact::Known(sorted(
            parameter.policies().iter().filter_map(|policy| policy.policy_type()).map(str::to_lowercase),
        )),
    }));
    resource
}

/// The ARN of a parameter, whose name may begin with a slash.
fn arn(name: &str, place: &Place) -> String {
    let (account, region) = (place.account.text().unwrap_or_default(), place.region.text().unwrap_or_default());
    let slash = if name.starts_with('/') { "" } else { "/" };
    format!("arn:{}:ssm:{region}:{account}:parameter{slash}{name}", names::partition(region))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ssm::types::{ParameterInlinePolicy, ParameterTier};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_secure_string_has_a_key_and_other_parameters_have_none() {
        let place = || Place::new("111122223333", "us-east-1");
        let secure = ParameterMetadata::builder()
            .name("/orders/db/password")
            .arn("arn:aws:ssm:us-east-1:111122223333:parameter/orders/db/password")
            .r#type(ParameterType::SecureString)
            .key_id("alias/aws/ssm")
            .tier(ParameterTier::Advanced)
            .policies(ParameterInlinePolicy::builder().policy_type("Expiration").build())
            .build();
        assert_eq!(
            serde_json::to_value(normalize(&secure, place())).unwrap(),
            json!({
                "id": "arn:aws:ssm:us-east-1:111122223333:parameter/orders/db/password", "kind": "aws.ssm.parameter",
                "name": "/orders/db/password", "place": {"account": "111122223333", "region": "us-east-1"},
                "encryption": {"enabled": true, "key": "alias/aws/ssm"},
                "parameter": {"format": "securestring", "tier": "advanced", "policies": ["expiration"]},
                "links": [{"rel": "encrypted-by", "to": "alias/aws/ssm"}],
                "origin": {"source": ""},
            })
        );
        let plain = ParameterMetadata::builder().name("region").r#type(ParameterType::String).build();
        assert_eq!(
            serde_json::to_value(normalize(&plain, place())).unwrap(),
            json!({
                "id": "arn:aws:ssm:us-east-1:111122223333:parameter/region", "kind": "aws.ssm.parameter",
                "name": "region", "place": {"account": "111122223333", "region": "us-east-1"},
                "encryption": {"enabled": false, "key": null},
                "parameter": {"format": "string", "policies": []},
                "origin": {"source": ""},
            })
        );
    }
}
