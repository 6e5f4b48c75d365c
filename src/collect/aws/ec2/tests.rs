use aws_sdk_ec2::types::{
    AttachmentStatus, ConnectivityType, IcmpTypeCode, InternetGateway, InternetGatewayAttachment, IpPermission,
    IpRange, Ipv6Range, ManagedPrefixList, NatGateway, NatGatewayState, NetworkAcl, NetworkAclAssociation,
    NetworkAclEntry, PortRange, PrefixListEntry, PrefixListId, PrefixListState, Route, RouteState, RouteTable,
    RouteTableAssociation, RuleAction, SecurityGroup, SecurityGroupIdentifier, State, Subnet, SubnetState, Tag,
    TransitGatewayAttachmentState, TransitGatewayVpcAttachment, UserIdGroupPair, Vpc, VpcCidrBlockAssociation,
    VpcCidrBlockState, VpcCidrBlockStateCode, VpcEndpoint, VpcEndpointType, VpcPeeringConnection,
    VpcPeeringConnectionStateReason, VpcPeeringConnectionStateReasonCode, VpcPeeringConnectionVpcInfo, VpcState,
};
use serde_json::{Value, json};

use super::*;
use crate::model::{Fact, Place, Resource};

mod launch;

fn place() -> Place {
    Place::new("111122223333", "us-east-1")
}

fn value(resource: Resource) -> Value {
    serde_json::to_value(resource).unwrap()
}

#[test]
fn a_subnet_tells_its_zone_by_name_and_by_id() {
    let subnet = Subnet::builder()
        .subnet_id("subnet-1")
        .subnet_arn("arn:aws:ec2:us-east-1:111122223333:subnet/subnet-1")
        .vpc_id("vpc-1")
        .state(SubnetState::Available)
        .availability_zone("us-east-1a")
        .availability_zone_id("use1-az4")
        .available_ip_address_count(251)
        .cidr_block("10.0.1.0/24")
        .map_public_ip_on_launch(false)
        .tags(Tag::builder().key("tier").value("data").build())
        .build();
    let acl = NetworkAcl::builder()
        .network_acl_id("acl-1")
        .associations(NetworkAclAssociation::builder().subnet_id("subnet-1").build())
        .build();
    let main = RouteTable::builder()
        .route_table_id("rtb-main")
        .vpc_id("vpc-1")
        .associations(RouteTableAssociation::builder().main(true).build())
        .build();
    let own = RouteTable::builder()
        .route_table_id("rtb-own")
        .vpc_id("vpc-1")
        .associations(RouteTableAssociation::builder().subnet_id("subnet-1").main(false).build())
        .build();
    let routed_by = |tables: &[RouteTable], every_table: bool| {
        let acls = [acl.clone()];
        let around = subnets::Around::new(&acls, tables, every_table);
        value(subnets::normalize(&subnet, &around, place()))
    };
    let expected = |table: Option<&str>| {
        let mut links = vec![json!({"rel": "in-network", "to": "vpc-1"}), json!({"rel": "filtered-by", "to": "acl-1"})];
        links.extend(table.map(|table| json!({"rel": "routed-by", "to": table})));
        json!({
            "id": "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-1",
            "kind": "aws.ec2.subnet",
            "name": "subnet-1",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "tags": {"tier": "data"},
            "status": {"state": "available", "healthy": true, "created_at": null},
            "redundancy": {"zones": ["us-east-1a"], "zone_ids": ["use1-az4"], "multi_zone": false},
            "network": {
                "vpc": "vpc-1", "free_addresses": 251, "cidrs": ["10.0.1.0/24"], "public_addresses": false,
            },
            "links": links,
            "origin": {"source": ""},
        })
    };
    assert_eq!(routed_by(&[main.clone(), own], true), expected(Some("rtb-own")));
    assert_eq!(routed_by(std::slice::from_ref(&main), true), expected(Some("rtb-main")));
    // A table that was not listed may be its own.
    assert_eq!(routed_by(&[main], false), expected(None));
}

#[test]
fn a_network_has_every_range_but_those_that_were_taken_away() {
    let range = |cidr: &str, code: VpcCidrBlockStateCode| {
        let state = VpcCidrBlockState::builder().state(code).build();
        VpcCidrBlockAssociation::builder().cidr_block(cidr).cidr_block_state(state).build()
    };
    let vpc = Vpc::builder()
        .vpc_id("vpc-1")
        .owner_id("999988887777")
        .state(VpcState::Available)
        .cidr_block("10.0.0.0/16")
        .cidr_block_association_set(range("10.1.0.0/16", VpcCidrBlockStateCode::Associated))
        .cidr_block_association_set(range("10.0.0.0/16", VpcCidrBlockStateCode::Associated))
        .cidr_block_association_set(range("10.2.0.0/16", VpcCidrBlockStateCode::Disassociated))
        .build();
    let expected = json!({
        "id": "arn:aws:ec2:us-east-1:999988887777:vpc/vpc-1",
        "kind": "aws.ec2.vpc",
        "name": "vpc-1",
        "place": {"account": "111122223333", "region": "us-east-1"},
        "tags": {},
        "status": {"state": "available", "healthy": true, "created_at": null},
        "network": {"vpc": "vpc-1", "cidrs": ["10.0.0.0/16", "10.1.0.0/16"]},
        "origin": {"source": ""},
    });
    assert_eq!(value(vpcs::normalize(&vpc, place())), expected);
}

#[test]
fn a_security_group_has_its_rules_both_ways() {
    let pair = |account: &str, id: &str| UserIdGroupPair::builder().user_id(account).group_id(id).build();
    let database = IpPermission::builder()
        .ip_protocol("tcp")
        .from_port(5432)
        .to_port(5432)
        .ip_ranges(IpRange::builder().cidr_ip("10.0.0.0/16").build())
        .ipv6_ranges(Ipv6Range::builder().cidr_ipv6("fd00::/8").build())
        .user_id_group_pairs(pair("111122223333", "sg-app"))
        .user_id_group_pairs(pair("444455556666", "sg-peer"))
        .prefix_list_ids(PrefixListId::builder().prefix_list_id("pl-1").build())
        .build();
    let all =
        IpPermission::builder().ip_protocol("-1").ip_ranges(IpRange::builder().cidr_ip("0.0.0.0/0").build()).build();
    let group = SecurityGroup::builder()
        .group_id("sg-1")
        .group_name("orders-db")
        .owner_id("111122223333")
        .vpc_id("vpc-1")
        .ip_permissions(database)
        .ip_permissions_egress(all)
        .build();
    let expected = json!({
        "id": "arn:aws:ec2:us-east-1:111122223333:security-group/sg-1",
        "kind": "aws.ec2.security-group",
        "name": "orders-db",
        "place": {"account": "111122223333", "region": "us-east-1"},
        "tags": {},
        "network": {"vpc": "vpc-1"},
        "firewall": {
            "ingress": [{
                "allow": true, "number": null, "protocol": "tcp", "from_port": 5432, "to_port": 5432,
                "cidrs": ["10.0.0.0/16", "fd00::/8"], "groups": ["444455556666/sg-peer", "sg-app"],
                "prefix_lists": ["pl-1"],
            }],
            "egress": [{
                "allow": true, "number": null, "protocol": "all", "from_port": null, "to_port": null,
                "cidrs": ["0.0.0.0/0"], "groups": [], "prefix_lists": [],
            }],
            "stateful": true,
        },
        "links": [{"rel": "in-network", "to": "vpc-1"}],
        "origin": {"source": ""},
    });
    assert_eq!(value(security_groups::normalize(&group, place())), expected);
}

#[test]
fn a_network_acl_has_its_rules_by_number_and_not_the_last_one() {
    let entry = |number: i32, egress: bool, action: RuleAction, protocol: &str, cidr: &str| {
        NetworkAclEntry::builder()
            .rule_number(number)
            .egress(egress)
            .rule_action(action)
            .protocol(protocol)
            .cidr_block(cidr)
    };
    let ports = PortRange::builder().from(5432).to(5432).build();
    let ping = IcmpTypeCode::builder().r#type(8).code(-1).build();
    let acl = NetworkAcl::builder()
        .network_acl_id("acl-1")
        .vpc_id("vpc-1")
        .owner_id("111122223333")
        .entries(entry(32767, false, RuleAction::Deny, "-1", "0.0.0.0/0").build())
        .entries(entry(200, false, RuleAction::Allow, "6", "10.0.0.0/16").port_range(ports).build())
        .entries(entry(100, false, RuleAction::Deny, "1", "10.9.0.0/16").icmp_type_code(ping).build())
        .entries(entry(100, true, RuleAction::Allow, "-1", "0.0.0.0/0").build())
        .build();
    let rule = |allow: bool, number: u32, protocol: &str, from: Option<u32>, to: Option<u32>, cidr: &str| {
        json!({
            "allow": allow, "number": number, "protocol": protocol, "from_port": from, "to_port": to,
            "cidrs": [cidr], "groups": [], "prefix_lists": [],
        })
    };
    let expected = json!({
        "id": "arn:aws:ec2:us-east-1:111122223333:network-acl/acl-1",
        "kind": "aws.ec2.network-acl",
        "name": "acl-1",
        "place": {"account": "111122223333", "region": "us-east-1"},
        "tags": {},
        "network": {"vpc": "vpc-1"},
        "firewall": {
            "ingress": [
                rule(false, 100, "icmp", Some(8), None, "10.9.0.0/16"),
                rule(true, 200, "tcp", Some(5432), Some(5432), "10.0.0.0/16"),
            ],
            "egress": [rule(true, 100, "all", None, None, "0.0.0.0/0")],
            "stateful": false,
        },
        "links": [{"rel": "in-network", "to": "vpc-1"}],
        "origin": {"source": ""},
    });
    assert_eq!(value(network_acls::normalize(&acl, place())), expected);
}

#[test]
fn a_route_table_says_where_each_range_goes() {
    let route = |cidr: &str| Route::builder().destination_cidr_block(cidr).state(RouteState::Active);
    let table = RouteTable::builder()
        .route_table_id("rtb-1")
        .vpc_id("vpc-1")
        .owner_id("111122223333")
        .routes(route("0.0.0.0/0").nat_gateway_id("nat-1").build())
        .routes(route("10.0.0.0/16").gateway_id("local").build())
        .routes(route("10.9.0.0/16").vpc_peering_connection_id("pcx-1").state(RouteState::Blackhole).build())
        .routes(
            Route::builder().destination_prefix_list_id("pl-1").gateway_id("vpce-1").state(RouteState::Active).build(),
        )
        .associations(RouteTableAssociation::builder().main(true).build())
        .build();
    let route = |destination: &str, via: &str, target: &str, active: bool| json!({"destination": destination, "via": via, "target": target, "active": active});
    let expected = json!({
        "id": "arn:aws:ec2:us-east-1:111122223333:route-table/rtb-1",
        "kind": "aws.ec2.route-table",
        "name": "rtb-1",
        "place": {"account": "111122223333", "region": "us-east-1"},
        "tags": {},
        "network": {"vpc": "vpc-1"},
        "routing": {
            "routes": [
                route("pl-1", "endpoint", "vpce-1", true),
                route("10.0.0.0/16", "local", "local", true),
                route("10.9.0.0/16", "peering", "pcx-1", false),
                route("0.0.0.0/0", "nat-gateway", "nat-1", true),
            ],
            "main": true,
        },
        "links": [{"rel": "in-network", "to": "vpc-1"}],
        "origin": {"source": ""},
    });
    assert_eq!(value(route_tables::normalize(&table, None, place())), expected);
}

/// What every resource of these tests has, and its own parts.
fn expected(what: &str, kind: &str, id: &str, own: Value) -> Value {
    let mut all = json!({
        "id": format!("arn:aws:ec2:us-east-1:111122223333:{what}/{id}"),
        "kind": kind,
        "name": id,
        "place": {"account": "111122223333", "region": "us-east-1"},
        "tags": {},
        "origin": {"source": ""},
    });
    all.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    all
}

#[test]
fn a_nat_gateway_stands_in_a_subnet_until_it_is_deleted() {
    let gateway = |state: NatGatewayState| {
        NatGateway::builder()
            .nat_gateway_id("nat-1")
            .vpc_id("vpc-1")
            .subnet_id("subnet-1")
            .connectivity_type(ConnectivityType::Public)
            .state(state)
            .build()
    };
    assert!(!gateways::is_there(&gateway(NatGatewayState::Deleted)));
    assert!(gateways::is_there(&gateway(NatGatewayState::Failed)));
    let own = json!({
        "status": {"state": "available", "healthy": true, "created_at": null},
        "network": {"vpc": "vpc-1", "subnets": ["subnet-1"], "public_addresses": true},
        "links": [{"rel": "in-network", "to": "vpc-1"}, {"rel": "in-subnet", "to": "subnet-1"}],
    });
    let found = value(gateways::of_nat(&gateway(NatGatewayState::Available), place()));
    assert_eq!(found, expected("natgateway", "aws.ec2.nat-gateway", "nat-1", own));
}

#[test]
fn an_internet_gateway_is_attached_or_not() {
    let gateway = InternetGateway::builder().internet_gateway_id("igw-1").owner_id("111122223333");
    let attachment = InternetGatewayAttachment::builder().vpc_id("vpc-1").state(AttachmentStatus::Attached).build();
    let attached = json!({
        "status": {"state": "attached", "healthy": true, "created_at": null},
        "network": {"vpc": "vpc-1"},
        "links": [{"rel": "in-network", "to": "vpc-1"}],
    });
    let alone = json!({
        "status": {"state": "detached", "healthy": false, "created_at": null}, "network": {"vpc": null},
    });
    let of = |own: Value| expected("internet-gateway", "aws.ec2.internet-gateway", "igw-1", own);
    assert_eq!(value(gateways::of_internet(&gateway.clone().attachments(attachment).build(), place())), of(attached));
    assert_eq!(value(gateways::of_internet(&gateway.build(), place())), of(alone));
}

#[test]
fn an_endpoint_leads_to_a_service_from_subnets_or_from_route_tables() {
    let endpoint = |service: &str, endpoint_type: VpcEndpointType| {
        VpcEndpoint::builder()
            .vpc_endpoint_id("vpce-1")
            .owner_id("111122223333")
            .vpc_id("vpc-1")
            .service_name(service)
            .vpc_endpoint_type(endpoint_type)
            .state(State::Available)
    };
    let of = |own: Value| expected("vpc-endpoint", "aws.ec2.endpoint", "vpce-1", own);
    let interface = endpoint("com.amazonaws.us-east-1.secretsmanager", VpcEndpointType::Interface)
        .subnet_ids("subnet-1")
        .groups(SecurityGroupIdentifier::builder().group_id("sg-1").build())
        .private_dns_enabled(true)
        .build();
    let own = json!({
        "status": {"state": "available", "healthy": true, "created_at": null},
        "network": {
            "vpc": "vpc-1", "subnets": ["subnet-1"], "security_groups": ["sg-1"], "service": "secretsmanager",
            "via": "interface", "private_dns": true, "policy": null,
        },
        "links": [
            {"rel": "in-network", "to": "vpc-1"},
            {"rel": "in-subnet", "to": "subnet-1"},
            {"rel": "filtered-by", "to": "sg-1"},
        ],
    });
    assert_eq!(value(endpoints::normalize(&interface, place())), of(own));
    let gateway = endpoint("com.amazonaws.us-east-1.s3", VpcEndpointType::Gateway)
        .route_table_ids("rtb-1")
        .private_dns_enabled(false)
        .build();
    let own = json!({
        "status": {"state": "available", "healthy": true, "created_at": null},
        "network": {
            "vpc": "vpc-1", "subnets": null, "security_groups": null, "service": "s3", "via": "gateway",
            "private_dns": false, "policy": null,
        },
        "links": [{"rel": "in-network", "to": "vpc-1"}, {"rel": "routed-by", "to": "rtb-1"}],
    });
    assert_eq!(value(endpoints::normalize(&gateway, place())), of(own));
}

#[test]
fn a_peering_connects_two_networks_and_an_attachment_one_to_a_transit_gateway() {
    let end = |vpc: &str| VpcPeeringConnectionVpcInfo::builder().vpc_id(vpc).owner_id("111122223333").build();
    let peering = |code: VpcPeeringConnectionStateReasonCode| {
        VpcPeeringConnection::builder()
            .vpc_peering_connection_id("pcx-1")
            .requester_vpc_info(end("vpc-2"))
            .accepter_vpc_info(end("vpc-1"))
            .status(VpcPeeringConnectionStateReason::builder().code(code).build())
            .build()
    };
    assert!(!connections::is_there(&peering(VpcPeeringConnectionStateReasonCode::Rejected)));
    let own = json!({
        "status": {"state": "active", "healthy": true, "created_at": null},
        "network": {"via": "peering", "peers": ["vpc-1", "vpc-2"]},
        "links": [{"rel": "in-network", "to": "vpc-1"}, {"rel": "in-network", "to": "vpc-2"}],
    });
    let found = value(connections::of_peering(&peering(VpcPeeringConnectionStateReasonCode::Active), place()));
    assert_eq!(found, expected("vpc-peering-connection", "aws.ec2.peering", "pcx-1", own));
    let attachment = TransitGatewayVpcAttachment::builder()
        .transit_gateway_attachment_id("tgw-attach-1")
        .transit_gateway_id("tgw-1")
        .vpc_id("vpc-1")
        .vpc_owner_id("111122223333")
        .subnet_ids("subnet-1")
        .state(TransitGatewayAttachmentState::Available)
        .build();
    let own = json!({
        "status": {"state": "available", "healthy": true, "created_at": null},
        "network": {"vpc": "vpc-1", "subnets": ["subnet-1"], "via": "transit-gateway", "peers": ["tgw-1"]},
        "links": [{"rel": "in-network", "to": "vpc-1"}, {"rel": "in-subnet", "to": "subnet-1"}],
    });
    let kind = "aws.ec2.transit-gateway-attachment";
    let found = value(connections::of_attachment(&attachment, place()));
    assert_eq!(found, expected("transit-gateway-attachment", kind, "tgw-attach-1", own));
}

#[test]
fn a_prefix_list_has_a_name() {
    let list = ManagedPrefixList::builder()
        .prefix_list_id("pl-1")
        .prefix_list_arn("arn:aws:ec2:us-east-1:aws:prefix-list/pl-1")
        .prefix_list_name("com.amazonaws.us-east-1.s3")
        .state(PrefixListState::CreateComplete)
        .build();
    let expected = json!({
        "id": "arn:aws:ec2:us-east-1:aws:prefix-list/pl-1",
        "kind": "aws.ec2.prefix-list",
        "name": "com.amazonaws.us-east-1.s3",
        "place": {"account": "111122223333", "region": "us-east-1"},
        "tags": {},
        "status": {"state": "create-complete", "healthy": true, "created_at": null},
        "origin": {"source": ""},
    });
    assert_eq!(value(prefix_lists::normalize(&list, place())), expected);
    let entry = |cidr: &str| PrefixListEntry::builder().cidr(cidr).build();
    let found = prefix_lists::entries(&[entry("10.9.0.0/16"), entry("10.0.0.0/16")]);
    assert_eq!(found.cidrs, Fact::Known(vec!["10.0.0.0/16".to_owned(), "10.9.0.0/16".to_owned()]));
}
