//! Records. What stands in those that lead nowhere (TXT, MX, …) may be a secret, and is not kept.

use aws_sdk_route53::Client;
use aws_sdk_route53::types::{HostedZone, ResourceRecordSet};

use super::super::read::{number, sorted};
use super::super::{Context, Trouble};
use super::common::RECORD;
use crate::collect::dns;
use crate::model::{Dns, Fact, Kind, Place, Rel, Resource, Shared};
use crate::providers::aws::names::{host, tail};

/// Every record of a zone, or those before the page that failed. The list has its own way to say where it goes on.
pub(super) async fn read(client: &Client, zone: &str) -> (Vec<ResourceRecordSet>, Option<Trouble>) {
    let mut records = Vec::new();
    let mut next = (None, None, None);
    loop {
        let (name, kind, set) = next;
        let call = client.list_resource_record_sets().hosted_zone_id(tail(zone));
        let call = call.set_start_record_name(name).set_start_record_type(kind).set_start_record_identifier(set);
        let page = match call.send().await {
            Ok(page) => page,
            Err(error) => return (records, Some(Trouble::new("route53:ListResourceRecordSets", &error))),
        };
        records.extend(page.resource_record_sets);
        next = (page.next_record_name, page.next_record_type, page.next_record_identifier);
        if !page.is_truncated || next.0.is_none() {
            return (records, None);
        }
    }
}

pub(super) fn normalize(zone: &HostedZone, record: &ResourceRecordSet, cx: &Context) -> Resource {
    let zone = tail(zone.id());
    let facts = facts(zone, record);
    let named = dns::Named::of(&facts);
    let mut resource = Resource::new(Kind::of(RECORD), named.id(), named.title(), Place::global(&cx.account));
    // Only zones and health checks have tags.
    resource.tags = Fact::Known(Default::default());
    resource.link(Rel::MemberOf, Some(zone));
    resource.link(Rel::GatedBy, record.health_check_id());
    resource.dns = Some(Shared::from(facts));
    resource
}

fn facts(zone: &str, record: &ResourceRecordSet) -> Dns {
    let alias = record.alias_target();
    let values = record.resource_records().iter().map(|value| host(value.value()));
    let targets = alias.map(|alias| host(alias.dns_name())).into_iter().chain(values);
    Dns {
        name: Fact::Known(host(&dns::unescaped(record.name()))),
        zone: zone.into(),
        private: Fact::Unknown,
        networks: Fact::Unknown,
        record_type: record.r#type().as_str().into(),
        policy: policy(record).into(),
        failover: Fact::from_read(record.failover().map(|role| role.as_str().to_lowercase())),
        set_id: Fact::from_read(record.set_identifier().map(str::to_owned)),
        weight: record.weight().map_or(Fact::Absent, |weight| number(Some(weight))),
        latency_region: Fact::from_read(record.region().map(|region| region.as_str().to_owned())),
        ttl_seconds: record.ttl().map_or(Fact::Absent, |ttl| number(Some(ttl))),
        alias: Fact::Known(alias.is_some()),
        targets: Fact::from_read(dns::leads_somewhere(record.r#type().as_str()).then(|| sorted(targets))),
        evaluates_target_health: Fact::from_read(alias.map(|alias| alias.evaluate_target_health())),
        health_check: Fact::from_read(record.health_check_id().map(str::to_owned)),
    }
}

fn policy(record: &ResourceRecordSet) -> &'static str {
    if record.failover().is_some() {
        "failover"
    } else if record.weight().is_some() {
        "weighted"
    } else if record.region().is_some() {
        "latency"
    } else if record.geo_location().is_some() {
        "geolocation"
    } else if record.geo_proximity_location().is_some() {
        "geoproximity"
    } else if record.cidr_routing_config().is_some() {
        "cidr"
    } else if record.multi_value_answer() == Some(true) {
        "multivalue"
    } else {
        "simple"
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_route53::types::{
        AliasTarget, ResourceRecord, ResourceRecordSetFailover, ResourceRecordSetRegion, RrType,
    };
    use serde_json::json;

    use super::super::common::tests::context;
    use super::*;

    fn zone() -> HostedZone {
        HostedZone::builder().id("/hostedzone/Z1").name("example.com.").caller_reference("r").build().unwrap()
    }

    #[test]
    fn an_alias_says_what_it_stands_for() {
        let alias = AliasTarget::builder()
            .hosted_zone_id("Z35")
            .dns_name("dualstack.Shop-1.us-east-1.elb.amazonaws.com.")
            .evaluate_target_health(true)
            .build()
            .unwrap();
        let record = ResourceRecordSet::builder()
            .name("\\052.Example.com.")
            .r#type(RrType::A)
            .set_identifier("east")
            .failover(ResourceRecordSetFailover::Primary)
            .alias_target(alias)
            .health_check_id("h-1")
            .build()
            .unwrap();
        let expected = json!({
            "id": "Z1/*.example.com/A/east", "kind": "aws.route53.record", "name": "*.example.com A east",
            "place": {"account": "111122223333", "region": null}, "tags": {},
            "dns": {
                "name": "*.example.com", "zone": "Z1", "record_type": "A", "policy": "failover", "failover": "primary",
                "set_id": "east", "weight": null, "latency_region": null, "ttl_seconds": null, "alias": true,
                "targets": ["dualstack.shop-1.us-east-1.elb.amazonaws.com"], "evaluates_target_health": true,
                "health_check": "h-1",
            },
            "links": [{"rel": "member-of", "to": "Z1"}, {"rel": "gated-by", "to": "h-1"}],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(normalize(&zone(), &record, &context())).unwrap(), expected);
    }

    #[test]
    fn a_plain_record_has_its_values_and_its_time() {
        let value = |text: &str| ResourceRecord::builder().value(text).build().unwrap();
        let record = ResourceRecordSet::builder()
            .name("db.example.com.")
            .r#type(RrType::Cname)
            .ttl(300)
            .resource_records(value("Orders.abc.us-east-1.rds.amazonaws.com"))
            .build()
            .unwrap();
        let expected = json!({
            "id": "Z1/db.example.com/CNAME", "kind": "aws.route53.record", "name": "db.example.com CNAME",
            "place": {"account": "111122223333", "region": null}, "tags": {},
            "dns": {
                "name": "db.example.com", "zone": "Z1", "record_type": "CNAME", "policy": "simple", "failover": null,
                "set_id": null, "weight": null, "latency_region": null, "ttl_seconds": 300, "alias": false,
                "targets": ["orders.abc.us-east-1.rds.amazonaws.com"], "evaluates_target_health": null,
                "health_check": null,
            },
            "links": [{"rel": "member-of", "to": "Z1"}],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(normalize(&zone(), &record, &context())).unwrap(), expected);
    }

    #[test]
    fn each_policy_has_its_word_and_what_leads_nowhere_keeps_no_value() {
        let record = || ResourceRecordSet::builder().name("a.").r#type(RrType::A);
        let records = [
            record().weight(0),
            record().region(ResourceRecordSetRegion::UsEast1),
            record().multi_value_answer(true),
            record(),
        ];
        let words = records.map(|record| policy(&record.build().unwrap()));
        assert_eq!(words, ["weighted", "latency", "multivalue", "simple"]);
        let secret = ResourceRecord::builder().value("\"canary\"").build().unwrap();
        let text = record().r#type(RrType::Txt).resource_records(secret).build().unwrap();
        assert_eq!(facts("Z1", &text).targets, Fact::Absent);
    }
}
