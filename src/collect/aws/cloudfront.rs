//! CloudFront: distributions, and where they send which requests. Headers that they add for their origins may be secrets, and
//! are not kept.

use std::collections::HashMap;

use aws_sdk_cloudfront::Client;
use aws_sdk_cloudfront::types::DistributionSummary;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, sorted, together};
use super::values::tags;
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::collect::routes::routes;
use crate::model::{EdgeOrigin, Fact, Kind, OriginRoute, Place, Rel, Resource, Shared, Status, TagFact, Traffic};
use crate::providers::aws::lambda::unqualified;
use crate::providers::aws::names::host;

const DISTRIBUTION: &str = "aws.cloudfront.distribution";

pub(crate) struct CloudFront;

impl Collector for CloudFront {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "cloudfront",
            locality: Locality::Global,
            kinds: &[DISTRIBUTION],
            actions: actions::CLOUDFRONT,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_cloudfront);
            let pages = client.list_distributions().into_paginator().items().send();
            let found = out.listed(&[DISTRIBUTION], list("cloudfront:ListDistributions", pages).await)?;
            let looked = together(found.iter().map(|distribution| own_tags(&client, distribution))).await;
            for (distribution, tags) in found.iter().zip(looked) {
                let mut resource = normalize(distribution, cx);
                out.tag(&mut resource, tags);
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

async fn own_tags(client: &Client, distribution: &DistributionSummary) -> Result<TagFact, Trouble> {
    match client.list_tags_for_resource().resource(distribution.arn()).send().await {
        Ok(answer) => {
            let own = answer.tags().map(|tags| tags.items()).unwrap_or_default();
            Ok(tags(own.iter().map(|tag| (Some(tag.key()), tag.value()))))
        }
        Err(error) => Err(Trouble::new("cloudfront:ListTagsForResource", &error)),
    }
}

fn normalize(distribution: &DistributionSummary, cx: &Context) -> Resource {
    let place = Place::global(&cx.account);
    let mut resource = Resource::new(Kind::of(DISTRIBUTION), distribution.arn(), distribution.id(), place);
    resource.status = Some(Shared::from(Status {
        state: Fact::Known(distribution.status().to_lowercase()),
        // While it is deployed, its last version goes on.
        healthy: Fact::Known(distribution.enabled()),
        created_at: Fact::Unknown,
    }));
    let certificate =
        distribution.viewer_certificate().and_then(|it| it.acm_certificate_arn()).filter(|arn| !arn.is_empty());
    resource.link(Rel::ShowsCertificate, certificate);
    for (function, event) in functions_of(distribution) {
        resource.link_from(Rel::SendsTo, Some(function), Some(event));
    }
    let aliases = distribution.aliases().map(|aliases| aliases.items()).unwrap_or_default();
    resource.traffic = Some(Shared::from(Traffic {
        enabled: Fact::Known(distribution.enabled()),
        dns_name: Fact::Known(host(distribution.domain_name())),
        aliases: Fact::Known(sorted(aliases.iter().map(|alias| host(alias)))),
        certificates: Fact::Known(certificate.into_iter().map(str::to_owned).collect()),
        routes: Fact::Known(routes_of(distribution)),
        weighted_targets: Fact::Absent,
        ..Traffic::default()
    }));
    resource
}

/// The functions that it calls with requests and answers, and with which: `viewer-request`.
fn functions_of(distribution: &DistributionSummary) -> impl Iterator<Item = (&str, &str)> {
    let default = distribution.default_cache_behavior().and_then(|it| it.lambda_function_associations());
    let by_path = distribution.cache_behaviors().map(|all| all.items()).unwrap_or_default();
    let all = by_path.iter().filter_map(|it| it.lambda_function_associations()).chain(default);
    let all = all.flat_map(|all| all.items());
    all.map(|called| (unqualified(called.lambda_function_arn()), called.event_type().as_str()))
}

/// Each behaviour names an origin, or a group of them of which the second takes over where the first one fails.
fn routes_of(distribution: &DistributionSummary) -> Vec<OriginRoute> {
    let all = distribution.origins().map(|origins| origins.items()).unwrap_or_default();
    let hosts: HashMap<&str, &str> = all.iter().map(|origin| (origin.id(), origin.domain_name())).collect();
    let groups = distribution.origin_groups().map(|groups| groups.items()).unwrap_or_default();
    let members = |id: &str| -> Vec<String> {
        let group = groups.iter().find(|group| group.id() == id).and_then(|group| group.members());
        let members = group.map(|members| members.items().iter().map(|member| member.origin_id().to_owned()).collect());
        members.unwrap_or_else(|| vec![id.to_owned()])
    };
    let origin = |name: String| EdgeOrigin {
        target: Fact::from_known(hosts.get(name.as_str()).map(|own| host(own))),
        name: Fact::Known(name),
    };
    let default = distribution.default_cache_behavior().map(|it| ("default", it.target_origin_id()));
    let by_path = distribution.cache_behaviors().map(|all| all.items()).unwrap_or_default();
    let by_path = by_path.iter().map(|it| (it.path_pattern(), it.target_origin_id()));
    routes(by_path.chain(default), |id| members(id).into_iter().map(origin).collect())
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_cloudfront::types::{
        Aliases, CacheBehavior, CacheBehaviors, CustomErrorResponses, CustomHeaders, DefaultCacheBehavior,
        GeoRestriction, GeoRestrictionType, HttpVersion, Origin as FoundOrigin, OriginCustomHeader, OriginGroup,
        OriginGroupFailoverCriteria, OriginGroupMember, OriginGroupMembers, OriginGroups, Origins, PriceClass,
        Restrictions, StatusCodes, ViewerCertificate, ViewerProtocolPolicy,
    };
    use aws_smithy_types::DateTime;
    use serde_json::json;

    use super::*;
    use crate::model::Timestamp;

    fn origin(id: &str, host: &str) -> FoundOrigin {
        let secret = OriginCustomHeader::builder().header_name("x-origin-key").header_value("canary").build().unwrap();
        let headers = CustomHeaders::builder().quantity(1).items(secret).build().unwrap();
        FoundOrigin::builder().id(id).domain_name(host).custom_headers(headers).build().unwrap()
    }

    fn group(id: &str, members: &[&str]) -> OriginGroup {
        let codes = StatusCodes::builder().quantity(1).items(503).build().unwrap();
        let member = |id: &&str| OriginGroupMember::builder().origin_id(*id).build().unwrap();
        let members = members.iter().map(member).collect();
        let members = OriginGroupMembers::builder().quantity(2).set_items(Some(members)).build().unwrap();
        let criteria = OriginGroupFailoverCriteria::builder().status_codes(codes).build();
        OriginGroup::builder().id(id).members(members).failover_criteria(criteria).build().unwrap()
    }

    fn behaviour(path: &str, target: &str) -> CacheBehavior {
        let behaviour = CacheBehavior::builder().path_pattern(path).target_origin_id(target);
        behaviour.viewer_protocol_policy(ViewerProtocolPolicy::HttpsOnly).build().unwrap()
    }

    fn distribution() -> DistributionSummary {
        let origins = [
            origin("east", "shop-1.us-east-1.elb.amazonaws.com"),
            origin("west", "Shop-2.us-west-2.elb.amazonaws.com"),
        ];
        let default = DefaultCacheBehavior::builder().target_origin_id("both");
        let default = default.viewer_protocol_policy(ViewerProtocolPolicy::HttpsOnly).build().unwrap();
        let paths = vec![behaviour("/api/*", "east"), behaviour("/v2/*", "east"), behaviour("/old/*", "gone")];
        let restriction =
            GeoRestriction::builder().restriction_type(GeoRestrictionType::None).quantity(0).build().unwrap();
        DistributionSummary::builder()
            .id("E1")
            .arn("arn:aws:cloudfront::111122223333:distribution/E1")
            .status("InProgress")
            .last_modified_time(DateTime::from_secs(0))
            .domain_name("D1.cloudfront.net")
            .aliases(Aliases::builder().quantity(2).items("www.example.com").items("Example.com").build().unwrap())
            .origins(Origins::builder().quantity(2).set_items(Some(origins.to_vec())).build().unwrap())
            .origin_groups(OriginGroups::builder().quantity(1).items(group("both", &["east", "west"])).build().unwrap())
            .default_cache_behavior(default)
            .cache_behaviors(CacheBehaviors::builder().quantity(3).set_items(Some(paths)).build().unwrap())
            .custom_error_responses(CustomErrorResponses::builder().quantity(0).build().unwrap())
            .comment("canary")
            .price_class(PriceClass::PriceClassAll)
            .enabled(true)
            .viewer_certificate(
                ViewerCertificate::builder().acm_certificate_arn("arn:aws:acm:us-east-1:1:certificate/1").build(),
            )
            .restrictions(Restrictions::builder().geo_restriction(restriction).build())
            .web_acl_id("")
            .http_version(HttpVersion::Http2)
            .is_ipv6_enabled(true)
            .staging(false)
            .build()
            .unwrap()
    }

    #[test]
    fn a_distribution_says_what_it_does_with_which_requests() {
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let certificate = "arn:aws:acm:us-east-1:1:certificate/1";
        let expected = json!({
            "id": "arn:aws:cloudfront::111122223333:distribution/E1", "kind": "aws.cloudfront.distribution", "name": "E1",
            "place": {"account": "111122223333", "region": null},
            "status": {"state": "inprogress", "healthy": true},
            "traffic": {
                "enabled": true, "dns_name": "d1.cloudfront.net", "aliases": ["example.com", "www.example.com"],
                "certificates": [certificate], "weighted_targets": null,
                "routes": [
                    {"requests": ["/api/*", "/v2/*"],
                        "origins": [{"name": "east", "target": "shop-1.us-east-1.elb.amazonaws.com"}]},
                    {"requests": ["/old/*"], "origins": [{"name": "gone"}]},
                    {"requests": ["default"], "origins": [
                        {"name": "east", "target": "shop-1.us-east-1.elb.amazonaws.com"},
                        {"name": "west", "target": "shop-2.us-west-2.elb.amazonaws.com"},
                    ]},
                ],
            },
            "links": [{"rel": "shows-certificate", "to": certificate}],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(normalize(&distribution(), &cx)).unwrap(), expected);
    }
}
