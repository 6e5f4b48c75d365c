//! Subnets, which tell the zones of everything that names only its subnets.

use std::collections::HashMap;

use aws_sdk_ec2::types::{NetworkAcl, RouteTable, Subnet, SubnetCidrBlockStateCode};

use super::super::read::{number, sorted};
use super::common::{SUBNET, resource, status};
use crate::model::{Fact, Network, Place, Redundancy, Rel, Resource, Shared};

/// What filters and routes the traffic of each subnet.
pub(super) struct Around<'a> {
    acls: HashMap<&'a str, &'a str>,
    tables: HashMap<&'a str, &'a str>,
    /// The main table of each network. Empty where not every table was listed: another one may be the subnet's own.
    main: HashMap<&'a str, &'a str>,
}

impl<'a> Around<'a> {
    pub(super) fn new(acls: &'a [NetworkAcl], tables: &'a [RouteTable], every_table: bool) -> Self {
        let mut around = Self { acls: HashMap::new(), tables: HashMap::new(), main: HashMap::new() };
        for (acl, subnet) in acls.iter().flat_map(|acl| acl.associations().iter().map(move |it| (acl, it.subnet_id())))
        {
            around.acls.extend(subnet.zip(acl.network_acl_id()));
        }
        for table in tables {
            let Some(id) = table.route_table_id() else { continue };
            for association in table.associations() {
                around.tables.extend(association.subnet_id().map(|subnet| (subnet, id)));
                if association.main() == Some(true) && every_table {
                    around.main.extend(table.vpc_id().map(|vpc| (vpc, id)));
                }
            }
        }
        around
    }
}

pub(super) fn normalize(subnet: &Subnet, around: &Around<'_>, place: Place) -> Resource {
    let id = subnet.subnet_id().unwrap_or_default();
    let mut resource = resource(SUBNET, "subnet", subnet.subnet_id(), subnet.owner_id(), subnet.tags(), place);
    if let Some(arn) = subnet.subnet_arn() {
        arn.clone_into(&mut resource.id);
    }
    resource.status = Some(Shared::from(status(subnet.state().map(|state| state.as_str()), "available")));
    let one = |text: Option<&str>| Fact::from_known(text.map(|text| vec![text.to_owned()]));
    resource.redundancy = Some(Shared::from(Redundancy {
        zones: one(subnet.availability_zone()),
        zone_ids: one(subnet.availability_zone_id()),
        multi_zone: Fact::Known(false),
        ..Redundancy::default()
    }));
    let sixth = subnet.ipv6_cidr_block_association_set().iter().filter(|it| {
        let state = it.ipv6_cidr_block_state().and_then(|state| state.state());
        matches!(state, None | Some(SubnetCidrBlockStateCode::Associated | SubnetCidrBlockStateCode::Associating))
    });
    resource.network = Some(Shared::from(Network {
        vpc: Fact::from_known(subnet.vpc_id().map(str::to_owned)),
        free_addresses: number(subnet.available_ip_address_count()),
        cidrs: Fact::Known(sorted(subnet.cidr_block().into_iter().chain(sixth.filter_map(|it| it.ipv6_cidr_block())))),
        public_addresses: Fact::from_known(subnet.map_public_ip_on_launch()),
        ..Network::default()
    }));
    resource.link(Rel::InNetwork, subnet.vpc_id());
    resource.link(Rel::FilteredBy, around.acls.get(id).copied());
    let main = || subnet.vpc_id().and_then(|vpc| around.main.get(vpc));
    resource.link(Rel::RoutedBy, around.tables.get(id).or_else(main).copied());
    resource
}
