//! Peerings of networks.

use super::super::provider::TYPE;
use super::{VPCS, id};
use crate::collect::network::in_sequence;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::world::Referent;
use crate::model::{Fact, Network, Rel, Resource, Shared};

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_vpc_peering_connection",
        kind: Some("aws.ec2.peering"),
        // It has no attribute with its ARN.
        global_id: "",
        names: &["id"],
        facts: &[("network.peers", "peer_vpc_id")],
        reads: &["vpc_id"],
        ..TYPE
    },
    maps: Maps::Resource(peering),
}];

fn peering(attrs: &Attrs<'_>, resource: &mut Resource) {
    let mut peers = Vec::new();
    let mut open = None;
    for name in ["vpc_id", "peer_vpc_id"] {
        let targets = attrs.targets(name, VPCS);
        open = open.or(targets.unknown.clone());
        for target in targets.found.iter().filter(|_| targets.unknown.is_none()) {
            let (to, own) = match target {
                Referent::Here(at, to) => (to, id(attrs, *at)),
                Referent::Elsewhere(to) => (to, to.clone()),
            };
            resource.link(Rel::InNetwork, Some(to));
            peers.push(own);
        }
    }
    if let Some(reason) = open {
        resource.mark_unknown("network.peers", reason);
    }
    let peers = Fact::Known(in_sequence(peers));
    resource.network = Some(Shared::from(Network { via: "peering".into(), peers, ..Network::default() }));
}
