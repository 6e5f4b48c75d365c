//! Domains of APIs. Both interfaces of the service list them, and each tells of a domain what it was made to tell: the
//! older one which REST APIs it leads to, the newer one which of all.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_apigateway::types::{DomainName, EndpointType, RoutingMode};
use aws_sdk_apigateway::{Client as RestClient, types::BasePathMapping};
use aws_sdk_apigatewayv2::Client as HttpClient;
use aws_sdk_apigatewayv2::types::{ApiMapping, DomainName as Domain, EndpointType as Endpoint, RoutingMode as Routing};

use super::super::read::{Listing, list, pages, sorted, together};
use super::super::{Context, Sink, Trouble};
use super::common::{API, DOMAIN, READ};
use crate::model::{Fact, Kind, Rel, Resource, Shared, Status, Tags, Traffic};
use crate::providers::aws::names::{host, partition, tail};

/// What both interfaces say of one domain.
struct Described<'d> {
    /// Its own ARN, which only a private one needs.
    arn: Option<&'d str>,
    name: &'d str,
    is_private: bool,
    /// Host names that answer for it, that of its region first.
    hosts: Vec<&'d str>,
    certificates: Vec<&'d str>,
    state: Option<&'d str>,
    tags: Option<&'d HashMap<String, String>>,
    /// Rules may lead elsewhere than its mappings.
    has_rules: bool,
}

pub(super) async fn collect(
    (rest, http): (&RestClient, &HttpClient),
    cx: &Context,
    out: &mut Sink,
) -> Result<(), Trouble> {
    let listing = list(READ, rest.get_domain_names().into_paginator().items().send()).await;
    let older = out.listed(&[DOMAIN], listing)?;
    let listing = pages(|next| async {
        let answer = http.get_domain_names().set_next_token(next).send().await;
        let answer = answer.map_err(|error| Trouble::new(READ, &error))?;
        Ok((answer.items.unwrap_or_default(), answer.next_token))
    });
    let newer = out.listed(&[DOMAIN], listing.await)?;
    let mut found: BTreeMap<String, Resource> = BTreeMap::new();
    for described in older.iter().map(of_rest).chain(newer.iter().map(of_http)) {
        let resource = normalize(&described, cx);
        found.entry(resource.id.clone()).or_insert(resource);
    }
    let apis = out.resources.iter().filter(|resource| resource.kind.name() == API);
    let apis: HashMap<String, String> = apis.map(|api| (tail(&api.id).to_owned(), api.id.clone())).collect();
    for (domain, mappings) in older.iter().zip(together(older.iter().map(|it| base_paths(rest, it))).await) {
        let Some(resource) = found.get_mut(&id(&of_rest(domain), cx)) else { continue };
        let all = mappings.items.iter().map(|it| (it.rest_api_id(), it.base_path()));
        lead(resource, all, &apis);
        if let Some(trouble) = mappings.trouble {
            out.gap(resource, "links", trouble);
        }
    }
    for (domain, mappings) in newer.iter().zip(together(newer.iter().map(|it| api_mappings(http, it))).await) {
        let Some(resource) = found.get_mut(&id(&of_http(domain), cx)) else { continue };
        lead(resource, mappings.items.iter().map(|it| (it.api_id(), it.api_mapping_key())), &apis);
        if let Some(trouble) = mappings.trouble {
            out.gap(resource, "links", trouble);
        }
    }
    out.resources.extend(found.into_values());
    Ok(())
}

async fn base_paths(client: &RestClient, domain: &DomainName) -> Listing<BasePathMapping> {
    let call = client.get_base_path_mappings().domain_name(domain.domain_name().unwrap_or_default());
    let call = call.set_domain_name_id(domain.domain_name_id().map(str::to_owned));
    list(READ, call.into_paginator().items().send()).await
}

/// Those that stand in front of every region have no such mappings, and are not to be asked for them.
async fn api_mappings(client: &HttpClient, domain: &Domain) -> Listing<ApiMapping> {
    let configurations = domain.domain_name_configurations();
    if configurations.iter().any(|it| it.endpoint_type() == Some(&Endpoint::Edge)) {
        return Listing { items: Vec::new(), trouble: None };
    }
    pages(|next| async {
        let call = client.get_api_mappings().domain_name(domain.domain_name().unwrap_or_default());
        let answer = call.set_next_token(next).send().await.map_err(|error| Trouble::new(READ, &error))?;
        Ok((answer.items.unwrap_or_default(), answer.next_token))
    })
    .await
}

/// Links to the APIs that a domain leads to, with the path that leads there.
fn lead<'m>(
    resource: &mut Resource,
    mappings: impl Iterator<Item = (Option<&'m str>, Option<&'m str>)>,
    apis: &HashMap<String, String>,
) {
    let mut all: Vec<_> = mappings.filter_map(|(api, path)| Some((path, api?))).collect();
    all.sort_unstable();
    for (path, api) in all {
        let path = path.filter(|path| !matches!(*path, "" | "(none)"));
        resource.link_from(Rel::SendsTo, Some(apis.get(api).map_or(api, String::as_str)), path);
    }
}

fn of_rest(domain: &DomainName) -> Described<'_> {
    let types = domain.endpoint_configuration().map(|it| it.types()).unwrap_or_default();
    let is_at_edge = types.contains(&EndpointType::Edge);
    let at_edge = domain.distribution_domain_name().filter(|_| is_at_edge);
    // It answers under both while it moves from the one to the other.
    let hosts = [domain.regional_domain_name().filter(|_| !is_at_edge || types.len() > 1), at_edge];
    let certificates = [domain.regional_certificate_arn(), domain.certificate_arn()];
    Described {
        arn: domain.domain_name_arn(),
        name: domain.domain_name().unwrap_or_default(),
        is_private: types.contains(&EndpointType::Private),
        hosts: hosts.into_iter().flatten().collect(),
        certificates: certificates.into_iter().flatten().collect(),
        state: domain.domain_name_status().map(|status| status.as_str()),
        tags: domain.tags(),
        has_rules: domain.routing_mode().is_some_and(|mode| *mode != RoutingMode::BasePathMappingOnly),
    }
}

fn of_http(domain: &Domain) -> Described<'_> {
    let configurations = domain.domain_name_configurations();
    Described {
        arn: domain.domain_name_arn(),
        name: domain.domain_name().unwrap_or_default(),
        is_private: false,
        hosts: configurations.iter().filter_map(|it| it.api_gateway_domain_name()).collect(),
        certificates: configurations.iter().filter_map(|it| it.certificate_arn()).collect(),
        state: configurations.iter().find_map(|it| it.domain_name_status()).map(|status| status.as_str()),
        tags: domain.tags(),
        has_rules: domain.routing_mode().is_some_and(|mode| *mode != Routing::ApiMappingOnly),
    }
}

/// Several private domains may have one name.
fn id(domain: &Described<'_>, cx: &Context) -> String {
    let own = domain.arn.filter(|_| domain.is_private).map(str::to_owned);
    let made = || format!("arn:{}:apigateway:{}::/domainnames/{}", partition(&cx.region), cx.region, domain.name);
    own.unwrap_or_else(made)
}

fn normalize(domain: &Described<'_>, cx: &Context) -> Resource {
    let mut resource = Resource::new(Kind::of(DOMAIN), id(domain, cx), domain.name, cx.place());
    let state = domain.state.map(str::to_lowercase);
    resource.status = Some(Shared::from(Status {
        // While it is updated, it goes on as it was.
        healthy: Fact::from_known(state.as_deref().map(|state| matches!(state, "available" | "updating"))),
        state: Fact::from_known(state),
        created_at: Fact::Absent,
    }));
    let certificates = sorted(domain.certificates.iter().copied());
    for certificate in &certificates {
        resource.link(Rel::ShowsCertificate, Some(certificate));
    }
    // What answers to its own name is a matter of records.
    let mut hosts = domain.hosts.iter().map(|name| host(name));
    resource.traffic = Some(Shared::from(Traffic {
        scheme: if domain.is_private { "internal" } else { "internet-facing" }.into(),
        dns_name: Fact::from_read(hosts.next()),
        aliases: Fact::Known(hosts.collect()),
        certificates: Fact::Known(certificates),
        ..Traffic::default()
    }));
    if domain.has_rules {
        resource.mark_unknown("links", "its routing rules are not read");
    }
    let tags = domain.tags.into_iter().flatten().map(|(key, value)| (key.clone(), value.clone()));
    resource.tags = Fact::Known(tags.collect::<Tags>().into());
    resource
}

#[cfg(test)]
mod tests {
    use aws_config::SdkConfig;
    use aws_sdk_apigateway::types::{DomainNameStatus, EndpointConfiguration};
    use aws_sdk_apigatewayv2::types::{DomainNameConfiguration, DomainNameStatus as State};
    use serde_json::json;

    use super::*;
    use crate::model::Timestamp;

    const CERTIFICATE: &str = "arn:aws:acm:us-east-1:111122223333:certificate/1";
    const HOST: &str = "d-1.execute-api.us-east-1.amazonaws.com";

    #[test]
    fn both_interfaces_say_the_same_of_a_domain() {
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let older = DomainName::builder()
            .domain_name("api.example.com")
            .regional_domain_name("D-1.execute-api.us-east-1.amazonaws.com")
            .regional_certificate_arn(CERTIFICATE)
            .endpoint_configuration(EndpointConfiguration::builder().types(EndpointType::Regional).build())
            .domain_name_status(DomainNameStatus::Available)
            .routing_mode(RoutingMode::BasePathMappingOnly)
            .tags("app", "shop")
            .build();
        let configuration = DomainNameConfiguration::builder()
            .api_gateway_domain_name(HOST)
            .certificate_arn(CERTIFICATE)
            .domain_name_status(State::Available)
            .build();
        let newer = Domain::builder()
            .domain_name("api.example.com")
            .domain_name_arn("arn:aws:apigateway:us-east-1::/domainnames/api.example.com")
            .domain_name_configurations(configuration)
            .routing_mode(Routing::ApiMappingOnly)
            .tags("app", "shop")
            .build();
        let expected = json!({
            "id": "arn:aws:apigateway:us-east-1::/domainnames/api.example.com", "kind": "aws.apigateway.domain",
            "name": "api.example.com", "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {"app": "shop"}, "status": {"state": "available", "healthy": true, "created_at": null},
            "traffic": {"scheme": "internet-facing", "dns_name": HOST, "aliases": [], "certificates": [CERTIFICATE]},
            "links": [{"rel": "shows-certificate", "to": CERTIFICATE}],
            "origin": {"source": ""},
        });
        for described in [of_rest(&older), of_http(&newer)] {
            assert_eq!(serde_json::to_value(normalize(&described, &cx)).unwrap(), expected);
        }
    }

    #[test]
    fn a_domain_leads_to_apis_by_their_paths_and_rules_may_lead_elsewhere() {
        let cx = Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, SdkConfig::builder().build());
        let domain = Domain::builder().domain_name("api.example.com").routing_mode(Routing::RoutingRuleOnly).build();
        let mut resource = normalize(&of_http(&domain), &cx);
        let apis = HashMap::from([("abc".to_owned(), "arn:aws:apigateway:us-east-1::/apis/abc".to_owned())]);
        lead(&mut resource, [(Some("gone"), Some("v1")), (Some("abc"), Some("(none)"))].into_iter(), &apis);
        lead(&mut resource, [(Some("abc"), Some(""))].into_iter(), &apis);
        let found = serde_json::to_value(resource).unwrap();
        let expected = json!([
            {"rel": "sends-to", "to": "arn:aws:apigateway:us-east-1::/apis/abc"},
            {"rel": "sends-to", "to": "gone", "at": "v1"},
        ]);
        assert_eq!(
            (&found["links"], &found["unknown"]["links"]),
            (&expected, &json!("its routing rules are not read"))
        );
    }
}
