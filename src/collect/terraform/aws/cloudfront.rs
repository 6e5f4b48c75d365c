//! CloudFront distributions.

use super::provider::TYPE;
use super::{acm, fronts};
use crate::collect::routes::routes;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{EdgeOrigin, Fact, OriginRoute, Rel, Resource, Shared, Traffic};
use crate::providers::aws::lambda::unqualified;
use crate::providers::aws::names;

pub(super) const DISTRIBUTIONS: &[&str] = &["aws_cloudfront_distribution"];

const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_cloudfront_distribution",
        kind: Some("aws.cloudfront.distribution"),
        global_id: "arn",
        names: &["id", "domain_name"],
        facts: &[
            ("traffic.aliases", "aliases"),
            ("traffic.certificates", "viewer_certificate.acm_certificate_arn"),
            ("traffic.dns_name", "domain_name"),
            ("traffic.enabled", "enabled"),
            ("traffic.routes", "default_cache_behavior.target_origin_id"),
        ],
        // Not the headers that are added for an origin: they may be secrets.
        reads: &[
            "default_cache_behavior.lambda_function_association.event_type",
            "default_cache_behavior.lambda_function_association.lambda_arn",
            "ordered_cache_behavior.lambda_function_association.event_type",
            "ordered_cache_behavior.lambda_function_association.lambda_arn",
            "ordered_cache_behavior.path_pattern",
            "ordered_cache_behavior.target_origin_id",
            "origin.domain_name",
            "origin.origin_id",
            "origin_group.member.origin_id",
            "origin_group.origin_id",
        ],
        ..TYPE
    },
    maps: Maps::Resource(distribution),
}];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

fn distribution(attrs: &Attrs<'_>, resource: &mut Resource) {
    let certificates = certificates(attrs, resource);
    for behaviour in ["default_cache_behavior", "ordered_cache_behavior"] {
        for behaviour in attrs.blocks_if_set(behaviour).into_known().into_iter().flatten() {
            functions(&behaviour, resource);
        }
    }
    let routes = all_routes(attrs, resource);
    resource.traffic = Some(Shared::from(Traffic {
        enabled: attrs.boolean("enabled"),
        dns_name: attrs.text("domain_name").map(|name| names::host(&name)),
        aliases: match attrs.list("aliases") {
            Fact::Known(all) => Fact::Known(all.iter().map(|alias| names::host(alias)).collect()),
            Fact::Absent => Fact::Known(Vec::new()),
            Fact::Unknown => Fact::Unknown,
        },
        certificates,
        routes,
        weighted_targets: Fact::Absent,
        ..Traffic::default()
    }));
}

/// The functions that it calls with requests and answers. They are named with a version.
fn functions(behaviour: &Attrs<'_>, resource: &mut Resource) {
    for called in behaviour.blocks_if_set("lambda_function_association").into_known().into_iter().flatten() {
        let function = called.targets("lambda_arn", &["aws_lambda_function"]).id();
        resource.link_from(Rel::SendsTo, function.as_deref().map(unqualified), called.text("event_type").text());
    }
}

/// Without a certificate of ACM it shows CloudFront's own, or one of IAM.
fn certificates(attrs: &Attrs<'_>, resource: &mut Resource) -> Fact<Vec<String>> {
    let Fact::Known(block) = attrs.block("viewer_certificate") else { return Fact::Unknown };
    let targets = acm::targets(&block, "acm_certificate_arn");
    if let Some(reason) = targets.unknown {
        resource.mark_unknown("traffic.certificates", reason);
        return Fact::Unknown;
    }
    for certificate in targets.ids() {
        resource.link(Rel::ShowsCertificate, Some(certificate));
    }
    Fact::Known(targets.ids())
}

fn all_routes(attrs: &Attrs<'_>, resource: &mut Resource) -> Fact<Vec<OriginRoute>> {
    let Fact::Known(default) = attrs.block("default_cache_behavior") else { return Fact::Unknown };
    let by_path = match attrs.blocks_if_set("ordered_cache_behavior") {
        Fact::Known(blocks) => blocks,
        Fact::Absent => Vec::new(),
        Fact::Unknown => return Fact::Unknown,
    };
    let behaviours = by_path.iter().map(|behaviour| behaviour.text("path_pattern").into_known().zip(target(behaviour)));
    let behaviours = behaviours.chain([Some("default".to_owned()).zip(target(&default))]);
    let Some(behaviours) = behaviours.collect::<Option<Vec<(String, String)>>>() else {
        resource.mark_unknown("traffic.routes", "which origin a behaviour is for is not known");
        return Fact::Unknown;
    };
    let (origins, groups) = (attrs.blocks("origin"), attrs.blocks_if_set("origin_group"));
    let origins = origins.into_known().unwrap_or_default();
    let groups = groups.into_known().unwrap_or_default();
    let mut marks = Vec::new();
    let found = routes(behaviours.iter().map(|(requests, target)| (requests.as_str(), target.as_str())), |name| {
        let own = members(&groups, name).unwrap_or_else(|| vec![name.to_owned()]);
        own.into_iter().map(|name| EdgeOrigin { target: host(&origins, &name), name: Fact::Known(name) }).collect()
    });
    for origin in found.iter().filter_map(|route| route.origins.known()).flatten() {
        if let Some(name) = origin.name.text().filter(|_| origin.target.is_unknown()) {
            marks.push(name.to_owned());
        }
    }
    if !marks.is_empty() {
        let reason = format!("the host of origin '{}' is known only after apply", marks.join("', '"));
        resource.mark_unknown("traffic.routes.origins.target", reason);
    }
    Fact::Known(found)
}

fn target(behaviour: &Attrs<'_>) -> Option<String> {
    behaviour.text("target_origin_id").into_known()
}

/// The origins of a group, the first one first. `None`: there is no group of that name.
fn members(groups: &[Attrs<'_>], name: &str) -> Option<Vec<String>> {
    let group = groups.iter().find(|group| group.text("origin_id").text() == Some(name))?;
    let members = group.blocks("member").into_known().unwrap_or_default();
    Some(members.iter().filter_map(|member| member.text("origin_id").into_known()).collect())
}

/// The host of an origin where it is known, else the resource that the code refers to.
fn host(origins: &[Attrs<'_>], name: &str) -> Fact<String> {
    let Some(origin) = origins.iter().find(|origin| origin.text("origin_id").text() == Some(name)) else {
        return Fact::Unknown;
    };
    if let Fact::Known(host) = origin.text("domain_name") {
        return Fact::Known(names::host(&host));
    }
    let types = [fronts::types(), vec!["aws_s3_bucket"]].concat();
    let targets = fronts::of_parts(origin, origin.targets("domain_name", &types));
    match (&targets.unknown, targets.single()) {
        (None, Some(_)) => Fact::from_known(targets.ids().into_iter().next()),
        _ => Fact::Unknown,
    }
}
