//! Networks, from a plan that Terraform made.

use serde_json::json;

use super::{created, resources};

#[test]
fn every_style_of_rules_and_routes_says_the_same() {
    let plan = include_str!("../../../../fixtures/plans/network/plan.json");
    let resources = resources(&serde_json::from_str(plan).unwrap());
    let facts: Vec<_> = resources
        .into_iter()
        .map(|(address, facts)| {
            let of = |name: &str| (name.to_owned(), facts[name].clone());
            let parts = ["network", "firewall", "routing", "links", "unknown"].map(of).into_iter();
            (address, parts.filter(|(_, value)| !value.is_null()).collect::<serde_json::Map<_, _>>())
        })
        .collect();
    insta::assert_json_snapshot!(facts);
}

#[test]
fn an_endpoint_says_whose_routes_lead_to_it() {
    let refers =
        |name: &str| json!({"references": [format!("aws_route_table.{name}.id"), format!("aws_route_table.{name}")]});
    let table = || json!({"vpc_id": "vpc-1", "route": []});
    let found = created(&[
        ("aws_route_table.a", table(), json!({"id": true, "arn": true}), json!({})),
        ("aws_route_table.b", table(), json!({"id": true, "arn": true}), json!({})),
        (
            "aws_vpc_endpoint.s3",
            json!({"vpc_id": "vpc-1", "service_name": "com.amazonaws.us-east-1.s3", "vpc_endpoint_type": "Gateway"}),
            json!({"id": true, "arn": true, "route_table_ids": true}),
            json!({"route_table_ids": refers("a")}),
        ),
        (
            "aws_vpc_endpoint_route_table_association.b",
            json!({}),
            json!({"id": true, "route_table_id": true, "vpc_endpoint_id": true}),
            json!({
                "route_table_id": refers("b"),
                "vpc_endpoint_id": {"references": ["aws_vpc_endpoint.s3.id", "aws_vpc_endpoint.s3"]},
            }),
        ),
    ]);
    let by = |table: &str| json!({"rel": "routed-by", "to": format!("aws_route_table.{table}")});
    let links = found["aws_vpc_endpoint.s3"]["links"].as_array().unwrap();
    let routed: Vec<_> = links.iter().filter(|link| link["rel"] == "routed-by").collect();
    assert_eq!(routed, [&by("a"), &by("b")]);
}

#[test]
fn a_subnet_without_a_table_of_its_own_has_the_main_one_if_that_is_in_the_code() {
    let refers = |address: &str| json!({"references": [format!("{address}.id"), address]});
    let id = || json!({"id": true, "arn": true, "vpc_id": true});
    let of = |vpc: &str| json!({"vpc_id": refers(vpc)});
    let found = created(&[
        ("aws_vpc.a", json!({"cidr_block": "10.0.0.0/16"}), json!({"id": true, "arn": true}), json!({})),
        ("aws_vpc.b", json!({"cidr_block": "10.1.0.0/16"}), json!({"id": true, "arn": true}), json!({})),
        ("aws_route_table.main", json!({"route": []}), id(), of("aws_vpc.a")),
        ("aws_route_table.own", json!({"route": []}), id(), of("aws_vpc.a")),
        ("aws_route_table.b", json!({"route": []}), id(), of("aws_vpc.b")),
        (
            "aws_main_route_table_association.a",
            json!({}),
            json!({"id": true, "vpc_id": true, "route_table_id": true}),
            json!({"vpc_id": refers("aws_vpc.a"), "route_table_id": refers("aws_route_table.main")}),
        ),
        ("aws_subnet.main", json!({}), id(), of("aws_vpc.a")),
        ("aws_subnet.own", json!({}), id(), of("aws_vpc.a")),
        ("aws_subnet.later", json!({}), id(), of("aws_vpc.a")),
        ("aws_subnet.no_main", json!({}), id(), of("aws_vpc.b")),
        (
            "aws_route_table_association.own",
            json!({}),
            json!({"id": true, "subnet_id": true, "route_table_id": true}),
            json!({"subnet_id": refers("aws_subnet.own"), "route_table_id": refers("aws_route_table.own")}),
        ),
        (
            "aws_route_table_association.later",
            json!({}),
            json!({"id": true, "subnet_id": true, "route_table_id": true}),
            json!({
                "subnet_id": refers("aws_subnet.later"),
                "route_table_id": {"references": ["terraform_data.later.output"]},
            }),
        ),
    ]);
    let table = |name: &str| -> Vec<String> {
        let links = found[&format!("aws_subnet.{name}")]["links"].as_array().unwrap().iter();
        links.filter(|link| link["rel"] == "routed-by").map(|link| link["to"].as_str().unwrap().to_owned()).collect()
    };
    let expected = [vec!["aws_route_table.main"], vec!["aws_route_table.own"], vec![], vec![]];
    assert_eq!(["main", "own", "later", "no_main"].map(table), expected);
}

#[test]
fn a_rule_that_is_known_only_after_apply_is_the_reason_why_its_group_is() {
    let group = json!({"references": ["aws_security_group.api.id", "aws_security_group.api"]});
    let found = created(&[
        ("aws_security_group.api", json!({"name": "api"}), json!({"id": true, "arn": true}), json!({})),
        (
            "aws_vpc_security_group_egress_rule.out",
            json!({"ip_protocol": "tcp", "from_port": 5432, "to_port": 5432}),
            json!({"id": true, "security_group_id": true, "cidr_ipv4": true}),
            json!({"security_group_id": group, "cidr_ipv4": {"references": ["terraform_data.later.output"]}}),
        ),
    ]);
    let unknown = &found["aws_security_group.api"]["unknown"];
    let reason = "what aws_vpc_security_group_egress_rule.out lets through is known only after apply";
    assert_eq!([&unknown["firewall.egress"], &unknown["firewall.ingress"]], [&json!(reason), &json!(null)]);
}

/// Two networks attached to a gateway with default tables, and a peering with another gateway.
#[test]
fn transit_gateways_route_by_their_defaults_and_by_what_the_code_says() {
    let of = |block: &str| json!({"references": [format!("{block}.id"), block]});
    let new = |more: &[&str]| {
        let names = ["id", "arn"].iter().chain(more);
        serde_json::Value::Object(names.map(|name| ((*name).to_owned(), json!(true))).collect())
    };
    let attachment = |name: &'static str, vpc: &str| {
        let refers =
            json!({"transit_gateway_id": of("aws_ec2_transit_gateway.hub"), "vpc_id": of(vpc), "subnet_ids": {}});
        (name, json!({"subnet_ids": ["subnet-1"]}), new(&["transit_gateway_id", "vpc_id"]), refers)
    };
    let route = |name: &'static str, values: serde_json::Value, to: Option<&str>| {
        let mut refers = json!({"transit_gateway_route_table_id": of("aws_ec2_transit_gateway_route_table.own")});
        let mut unknown = new(&["transit_gateway_route_table_id"]);
        if let Some(to) = to {
            refers["transit_gateway_attachment_id"] = of(to);
            unknown["transit_gateway_attachment_id"] = json!(true);
        }
        (name, values, unknown, refers)
    };
    let through = json!({
        "transit_gateway_id": of("aws_ec2_transit_gateway.hub"), "vpc_id": of("aws_vpc.a"), "route_table_id": of("aws_route_table.a"),
    });
    let found = created(&[
        ("aws_vpc.a", json!({"cidr_block": "10.1.0.0/16"}), new(&[]), json!({})),
        ("aws_vpc.b", json!({"cidr_block": "10.2.0.0/16"}), new(&[]), json!({})),
        ("aws_ec2_transit_gateway.hub", json!({}), new(&["association_default_route_table_id"]), json!({})),
        (
            "aws_ec2_transit_gateway.bare",
            json!({"default_route_table_association": "disable", "default_route_table_propagation": "disable"}),
            new(&["association_default_route_table_id"]),
            json!({}),
        ),
        attachment("aws_ec2_transit_gateway_vpc_attachment.a", "aws_vpc.a"),
        attachment("aws_ec2_transit_gateway_vpc_attachment.b", "aws_vpc.b"),
        (
            "aws_ec2_transit_gateway_route_table.own",
            json!({}),
            new(&["transit_gateway_id"]),
            json!({"transit_gateway_id": of("aws_ec2_transit_gateway.bare")}),
        ),
        (
            "aws_ec2_transit_gateway_peering_attachment.far",
            json!({"peer_transit_gateway_id": "tgw-far", "peer_region": "us-west-2"}),
            new(&["transit_gateway_id"]),
            json!({"transit_gateway_id": of("aws_ec2_transit_gateway.bare")}),
        ),
        (
            "aws_ec2_transit_gateway_peering_attachment_accepter.far",
            json!({}),
            new(&["transit_gateway_id", "transit_gateway_attachment_id", "peer_transit_gateway_id"]),
            json!({"transit_gateway_attachment_id": of("aws_ec2_transit_gateway_peering_attachment.far")}),
        ),
        route(
            "aws_ec2_transit_gateway_route.far",
            json!({"destination_cidr_block": "10.8.0.0/16", "blackhole": false}),
            Some("aws_ec2_transit_gateway_peering_attachment.far"),
        ),
        route(
            "aws_ec2_transit_gateway_route.hole",
            json!({"destination_cidr_block": "10.8.8.0/24", "blackhole": true}),
            None,
        ),
        route(
            "aws_ec2_transit_gateway_route_table_association.far",
            json!({}),
            Some("aws_ec2_transit_gateway_peering_attachment.far"),
        ),
        route(
            "aws_ec2_transit_gateway_route_table_propagation.b",
            json!({}),
            Some("aws_ec2_transit_gateway_vpc_attachment.b"),
        ),
        ("aws_route_table.a", json!({"route": []}), new(&["vpc_id"]), json!({"vpc_id": of("aws_vpc.a")})),
        (
            "aws_route.a",
            json!({"destination_cidr_block": "10.0.0.0/8"}),
            new(&["transit_gateway_id", "route_table_id", "state"]),
            through,
        ),
    ]);
    let all = found.as_object().unwrap().iter().filter(|(address, _)| !address.starts_with("aws_vpc."));
    let facts: Vec<_> = all
        .map(|(address, facts)| {
            let parts = ["network", "routing", "links", "unknown"].map(|name| (name.to_owned(), facts[name].clone()));
            (address, parts.into_iter().filter(|(_, value)| !value.is_null()).collect::<serde_json::Map<_, _>>())
        })
        .collect();
    insta::assert_json_snapshot!(facts);
}
