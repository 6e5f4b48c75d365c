//! Domains of APIs, and which API they lead to by which path.

use super::super::acm;
use super::super::provider::TYPE;
use super::common::{APIS, DOMAINS, scheme};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, Rel, Resource, Shared, Traffic};
use crate::providers::aws::names::host;

const DOMAIN: Type = Type { kind: Some("aws.apigateway.domain"), global_id: "arn", facts: &[], reads: &[], ..TYPE };

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_api_gateway_domain_name",
            names: &["domain_name", "regional_domain_name", "cloudfront_domain_name"],
            facts: &[
                ("traffic.certificates", "regional_certificate_arn"),
                ("traffic.dns_name", "regional_domain_name"),
                ("traffic.scheme", "endpoint_configuration.types"),
            ],
            reads: &["certificate_arn"],
            ..DOMAIN
        },
        maps: Maps::Resource(older),
    },
    Mapping {
        of: Type {
            name: "aws_apigatewayv2_domain_name",
            names: &["domain_name", "domain_name_configuration.target_domain_name"],
            facts: &[
                ("traffic.certificates", "domain_name_configuration.certificate_arn"),
                ("traffic.dns_name", "domain_name_configuration.target_domain_name"),
            ],
            ..DOMAIN
        },
        maps: Maps::Resource(newer),
    },
    Mapping {
        of: Type { name: "aws_api_gateway_base_path_mapping", reads: &["api_id", "base_path", "domain_name"], ..TYPE },
        maps: Maps::Part(base_path, None),
    },
    Mapping {
        of: Type { name: "aws_apigatewayv2_api_mapping", reads: &["api_id", "api_mapping_key", "domain_name"], ..TYPE },
        maps: Maps::Part(mapping, None),
    },
];

const MAPPINGS: PartOf =
    PartOf { part: "", inline: "", names: "domain_name", of: DOMAINS, several: true, facts: &["links"], clear: |_| {} };

pub(super) const PARTS: &[PartOf] = &[
    PartOf { part: "aws_api_gateway_base_path_mapping", ..MAPPINGS },
    PartOf { part: "aws_apigatewayv2_api_mapping", ..MAPPINGS },
];

fn older(attrs: &Attrs<'_>, resource: &mut Resource) {
    let types = match attrs.block_if_set("endpoint_configuration") {
        Fact::Known(configuration) => configuration.list("types"),
        _ => Fact::Unknown,
    };
    let is_edge = types.as_ref().map(|types| types.iter().any(|one| one == "EDGE"));
    let (region, edge) = (attrs.text("regional_domain_name"), attrs.text("cloudfront_domain_name"));
    let own = match is_edge {
        Fact::Known(true) => edge,
        Fact::Known(false) => region,
        _ => Fact::Unknown,
    };
    let certificates = certificates(attrs, &["certificate_arn", "regional_certificate_arn"], resource);
    resource.traffic = Some(Shared::from(Traffic {
        scheme: scheme(&types),
        dns_name: own.map(|name| host(&name)),
        aliases: match types {
            // It answers under both while it moves from the one to the other.
            Fact::Known(types) if types.len() == 1 => Fact::Known(Vec::new()),
            _ => Fact::Unknown,
        },
        certificates,
        ..Traffic::default()
    }));
}

fn newer(attrs: &Attrs<'_>, resource: &mut Resource) {
    let Fact::Known(configuration) = attrs.block("domain_name_configuration") else { return };
    let certificates = certificates(&configuration, &["certificate_arn"], resource);
    resource.traffic = Some(Shared::from(Traffic {
        scheme: "internet-facing".into(),
        dns_name: configuration.text("target_domain_name").map(|name| host(&name)),
        aliases: Fact::Known(Vec::new()),
        certificates,
        ..Traffic::default()
    }));
}

fn certificates(attrs: &Attrs<'_>, names: &[&str], resource: &mut Resource) -> Fact<Vec<String>> {
    let mut all = Vec::new();
    for name in names {
        let targets = acm::targets(attrs, name);
        if let Some(reason) = targets.unknown {
            resource.mark_unknown("traffic.certificates", reason);
            return Fact::Unknown;
        }
        all.extend(targets.ids());
    }
    for certificate in &all {
        resource.link(Rel::ShowsCertificate, Some(certificate));
    }
    Fact::Known(all)
}

fn base_path(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    leads(attrs, &attrs.text("base_path"), resources)
}

fn mapping(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    leads(attrs, &attrs.text("api_mapping_key"), resources)
}

fn leads(attrs: &Attrs<'_>, path: &Fact<String>, resources: &mut Parts) -> Vec<usize> {
    let api = attrs.targets("api_id", APIS);
    part_of::set(attrs, "domain_name", DOMAINS, resources, |domain| match api.id() {
        Some(id) => domain.link_from(Rel::SendsTo, Some(id), path.text().filter(|path| !path.is_empty())),
        None => domain.mark_unknown("links", "which API it leads to is known only after apply"),
    })
}
