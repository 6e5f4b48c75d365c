//! Hosted zones.

use aws_sdk_route53::Client;
use aws_sdk_route53::types::{HostedZone, Vpc};

use super::super::{Context, Trouble};
use super::common::{ZONE, arn};
use crate::model::{Dns, DnsNetwork, Fact, Kind, Place, Rel, Resource, Shared};
use crate::providers::aws::names::{host, tail};

/// The networks of a private zone. `None`: it is public, and has none.
pub(super) async fn look(client: &Client, zone: &HostedZone) -> Result<Option<Vec<Vpc>>, Trouble> {
    if !is_private(zone) {
        return Ok(None);
    }
    match client.get_hosted_zone().id(tail(zone.id())).send().await {
        Ok(answer) => Ok(Some(answer.vpcs.unwrap_or_default())),
        Err(error) => Err(Trouble::new("route53:GetHostedZone", &error)),
    }
}

fn is_private(zone: &HostedZone) -> bool {
    zone.config().is_some_and(|config| config.private_zone())
}

pub(super) fn normalize(zone: &HostedZone, networks: Option<&Vec<Vpc>>, cx: &Context) -> Resource {
    let id = arn(cx, &format!("hostedzone/{}", tail(zone.id())));
    let name = host(zone.name());
    let mut resource = Resource::new(Kind::of(ZONE), id, name.as_str(), Place::global(&cx.account));
    let mut networks: Vec<&Vpc> = networks.into_iter().flatten().collect();
    networks.sort_unstable_by_key(|network| network.vpc_id());
    for network in &networks {
        resource.link(Rel::InNetwork, network.vpc_id());
    }
    let network = |network: &&Vpc| DnsNetwork {
        id: Fact::from_known(network.vpc_id().map(str::to_owned)),
        region: Fact::from_known(network.vpc_region().map(|region| region.as_str().to_owned())),
    };
    // A private zone always has a network.
    let is_read = !is_private(zone) || !networks.is_empty();
    resource.dns = Some(Shared::from(Dns {
        name: Fact::Known(name),
        zone: Fact::Absent,
        private: Fact::Known(is_private(zone)),
        networks: Fact::from_known(is_read.then(|| networks.iter().map(network).collect())),
        ..Dns::default()
    }));
    resource
}

#[cfg(test)]
mod tests {
    use aws_sdk_route53::types::{HostedZoneConfig, VpcRegion};
    use serde_json::json;

    use super::super::common::tests::context;
    use super::*;

    #[test]
    fn a_private_zone_says_in_which_networks_it_is_answered() {
        let zone = HostedZone::builder()
            .id("/hostedzone/Z1")
            .name("Shop.internal.")
            .caller_reference("r")
            .config(HostedZoneConfig::builder().private_zone(true).build())
            .build()
            .unwrap();
        let vpc = |id: &str, region| Vpc::builder().vpc_id(id).vpc_region(region).build();
        let networks = vec![vpc("vpc-2", VpcRegion::UsWest2), vpc("vpc-1", VpcRegion::UsEast1)];
        let mut expected = json!({
            "id": "arn:aws:route53:::hostedzone/Z1", "kind": "aws.route53.zone", "name": "shop.internal",
            "place": {"account": "111122223333", "region": null},
            "dns": {
                "name": "shop.internal", "zone": null, "private": true,
                "networks": [{"id": "vpc-1", "region": "us-east-1"}, {"id": "vpc-2", "region": "us-west-2"}],
            },
            "links": [{"rel": "in-network", "to": "vpc-1"}, {"rel": "in-network", "to": "vpc-2"}],
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(normalize(&zone, Some(&networks), &context())).unwrap(), expected);
        // Those of a private zone that may not be looked at are not known.
        expected["dns"].as_object_mut().unwrap().remove("networks");
        expected.as_object_mut().unwrap().remove("links");
        assert_eq!(serde_json::to_value(normalize(&zone, None, &context())).unwrap(), expected);
    }

    #[test]
    fn a_public_zone_is_in_no_network() {
        let zone = HostedZone::builder().id("Z2").name("example.com.").caller_reference("r").build().unwrap();
        let expected = json!({
            "id": "arn:aws:route53:::hostedzone/Z2", "kind": "aws.route53.zone", "name": "example.com",
            "place": {"account": "111122223333", "region": null},
            "dns": {"name": "example.com", "zone": null, "private": false, "networks": []},
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(normalize(&zone, None, &context())).unwrap(), expected);
    }
}
