//! A plan of what the emulator does not have, in the shape in which Terraform writes it.

use serde_json::{Value, json};

const EAST: &str = "aws";
const WEST: &str = "aws.recovery";

/// Address, provider, and values before and after.
type Change = (&'static str, &'static str, Value, Value);

fn changes() -> Vec<Change> {
    let arn = |service: &str, rest: &str| format!("arn:aws:{service}:us-west-2:123456789012:{rest}");
    let reservation = |id: &str, count: u32| {
        json!({
            "id": id, "arn": arn("ec2", &format!("capacity-reservation/{id}")), "instance_type": "m7g.large",
            "instance_count": count, "availability_zone": "us-west-2a", "instance_match_criteria": "open",
        })
    };
    let region = |enabled: bool| json!({"id": "us-west-2", "region_name": "us-west-2", "enabled": enabled});
    let service = |desired: u32| {
        json!({
            "id": arn("ecs", "service/shop/worker"), "name": "worker", "cluster": arn("ecs", "cluster/shop"),
            "desired_count": desired, "launch_type": "FARGATE", "scheduling_strategy": "REPLICA",
            "network_configuration": [{"subnets": ["subnet-1", "subnet-2"], "security_groups": ["sg-1"]}],
        })
    };
    let target = |min: u32, max: u32| {
        json!({
            "service_namespace": "ecs", "resource_id": "service/shop/worker",
            "scalable_dimension": "ecs:service:DesiredCount", "min_capacity": min, "max_capacity": max,
        })
    };
    let rules = |regions: &[&str]| {
        let statement = json!({
            "Effect": "Deny", "Action": "*", "Resource": "*",
            "Condition": {"StringNotEquals": {"aws:RequestedRegion": regions}},
        });
        let content = json!({"Version": "2012-10-17", "Statement": [statement]}).to_string();
        json!({
            "id": "p-1", "arn": "arn:aws:organizations::123456789012:policy/o-1/service_control_policy/p-1",
            "name": "regions", "type": "SERVICE_CONTROL_POLICY", "content": content,
        })
    };
    let distribution = |target: &str, enabled: bool| {
        let origin = |id: &str| json!({"origin_id": id, "domain_name": format!("{id}.example.com")});
        let member = |id: &str| json!({"origin_id": id});
        json!({
            "id": "E1", "arn": "arn:aws:cloudfront::123456789012:distribution/E1", "domain_name": "d1.cloudfront.net",
            "enabled": enabled, "aliases": [], "origin": [origin("east"), origin("west")],
            "origin_group": [{"origin_id": "both", "member": [member("east"), member("west")]}],
            "default_cache_behavior": [{"target_origin_id": target}], "ordered_cache_behavior": [],
        })
    };
    let group = |weight: u32, dial: u32| {
        let accelerator = "arn:aws:globalaccelerator::123456789012:accelerator/a1";
        json!({
            "id": format!("{accelerator}/listener/l1/endpoint-group/g1"),
            "arn": format!("{accelerator}/listener/l1/endpoint-group/g1"), "listener_arn": format!("{accelerator}/listener/l1"),
            "endpoint_group_region": "us-west-2", "traffic_dial_percentage": dial,
            "endpoint_configuration": [{"endpoint_id": arn("elasticloadbalancing", "loadbalancer/app/shop/1"), "weight": weight}],
        })
    };
    let image = json!({"id": "ami-1", "arn": arn("ec2", "image/ami-1"), "name": "web", "architecture": "arm64"});
    let key = |id: &str, primary: Value| json!({"key_id": id, "id": id, "arn": arn("kms", &format!("key/{id}")), "primary_key_arn": primary, "enabled": true});
    let primary = json!("arn:aws:kms:us-east-1:123456789012:key/mrk-1");
    let add_on = json!({
        "id": "shop:vpc-cni", "arn": arn("eks", "addon/shop/vpc-cni/1"), "cluster_name": "shop", "addon_name": "vpc-cni",
        "preserve": false,
    });
    let access = json!({
        "id": "shop:nodes", "access_entry_arn": arn("eks", "access-entry/shop/role/1/nodes/1"), "cluster_name": "shop",
        "principal_arn": "arn:aws:iam::123456789012:role/nodes", "type": "EC2_LINUX",
    });
    let of_apis = |rest: &str| json!(format!("arn:aws:apigateway:us-west-2::/{rest}"));
    let api = json!({"id": "abc", "arn": of_apis("apis/abc"), "name": "shop", "protocol_type": "HTTP"});
    let domain = json!({
        "id": "api.example.com", "arn": of_apis("domainnames/api.example.com"), "domain_name": "api.example.com",
        "endpoint_configuration": [{"types": ["REGIONAL"]}],
    });
    vec![
        ("aws_apigatewayv2_api.shop", WEST, api, Value::Null),
        ("aws_api_gateway_domain_name.api", WEST, domain, Value::Null),
        ("aws_ec2_capacity_reservation.gone", WEST, reservation("cr-1", 2), Value::Null),
        ("aws_ec2_capacity_reservation.fewer", WEST, reservation("cr-2", 4), reservation("cr-2", 1)),
        ("aws_account_region.west", EAST, region(true), region(false)),
        ("aws_ecs_service.worker", WEST, service(2), service(2)),
        ("aws_appautoscaling_target.worker", WEST, target(1, 8), target(0, 0)),
        ("aws_organizations_policy.regions", EAST, rules(&["us-east-1", "us-west-2"]), rules(&["us-east-1"])),
        ("aws_cloudfront_distribution.one", EAST, distribution("both", true), distribution("east", true)),
        ("aws_cloudfront_distribution.off", EAST, distribution("both", true), distribution("both", false)),
        ("aws_globalaccelerator_endpoint_group.west", EAST, group(128, 100), group(0, 0)),
        ("aws_ami.web", WEST, image, Value::Null),
        ("aws_kms_replica_key.west", WEST, key("mrk-1", primary), Value::Null),
        ("aws_kms_key.west", WEST, key("k-1", Value::Null), Value::Null),
        ("aws_eks_addon.cni", WEST, add_on, Value::Null),
        ("aws_eks_access_entry.nodes", WEST, access, Value::Null),
    ]
}

/// The plan, with a database that comes back and the subnets of the service.
pub(super) fn plan() -> String {
    let database = json!({
        "identifier": "shop", "id": "shop", "arn": "arn:aws:rds:us-east-1:123456789012:db:shop", "engine": "postgres",
    });
    let mut all = changes();
    all.push(("aws_db_instance.shop", EAST, database.clone(), database));
    for (address, id, zone) in [("aws_subnet.a", "subnet-1", "us-west-2a"), ("aws_subnet.b", "subnet-2", "us-west-2b")]
    {
        let arn = format!("arn:aws:ec2:us-west-2:123456789012:subnet/{id}");
        let subnet = json!({"id": id, "arn": arn, "vpc_id": "vpc-w", "availability_zone": zone});
        all.push((address, WEST, subnet.clone(), subnet));
    }
    let (mut rows, mut code) = (Vec::new(), Vec::new());
    for (address, provider, before, after) in all {
        let (kind, name) = address.split_once('.').unwrap();
        let actions = match (&before, &after) {
            (before, after) if before == after => "no-op",
            (_, Value::Null) => "delete",
            (Value::Null, _) => "create",
            _ => "update",
        };
        let named = json!({
            "address": address, "mode": "managed", "type": kind, "name": name,
            "provider_name": "registry.terraform.io/hashicorp/aws",
        });
        if !after.is_null() {
            let mut block = named.clone();
            block["provider_config_key"] = json!(provider);
            block["expressions"] = json!({});
            code.push(block);
        }
        let mut row = named;
        row["change"] = json!({"actions": [actions], "before": before, "after": after, "after_unknown": {}});
        rows.push(row);
    }
    let region = |name: &str| json!({"region": {"constant_value": name}});
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "complete": true, "resource_changes": rows,
        "configuration": {
            "provider_config": {
                "aws": {"name": "aws", "expressions": region("us-east-1")},
                "aws.recovery": {"name": "aws", "alias": "recovery", "expressions": region("us-west-2")},
            },
            "root_module": {"resources": code},
        },
    })
    .to_string()
}
