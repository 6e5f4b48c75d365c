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
