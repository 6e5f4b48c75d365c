//! Whether a service that waits in the recovery place gets at its images, its secrets and its log before it runs.

use serde_json::{Value, json};

use super::*;

const WEST: &str = "us-west-2";

fn resource(what: &str, id: &str, own: Value) -> Value {
    let mut all = json!({
        "id": arn("ec2", WEST, &format!("{what}/{id}")), "kind": format!("aws.ec2.{what}"), "name": id,
        "place": place(WEST), "tags": {},
    });
    all.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    all
}

fn rule(port: u32, cidrs: &[&str], groups: &[&str], lists: &[&str]) -> Value {
    json!({
        "allow": true, "number": null, "protocol": "tcp", "from_port": port, "to_port": port, "cidrs": cidrs,
        "groups": groups, "prefix_lists": lists,
    })
}

fn group(id: &str, ingress: Vec<Value>, egress: Vec<Value>) -> Value {
    resource("security-group", id, json!({"firewall": {"ingress": ingress, "egress": egress, "stateful": true}}))
}

fn subnet(id: &str, table: &str, cidr: &str) -> Value {
    let links = json!([{"rel": "filtered-by", "to": "acl-1"}, {"rel": "routed-by", "to": table}]);
    let network = json!({"vpc": "vpc-1", "cidrs": [cidr], "public_addresses": false});
    resource("subnet", id, json!({"network": network, "links": links}))
}

fn table(id: &str, routes: Value) -> Value {
    resource("route-table", id, json!({"network": {"vpc": "vpc-1"}, "routing": {"routes": routes, "main": false}}))
}

fn route(via: &str, target: &str) -> Value {
    json!([{"destination": "0.0.0.0/0", "via": via, "target": target, "active": true}])
}

fn interface(service: &str) -> Value {
    let network = json!({
        "vpc": "vpc-1", "subnets": ["subnet-db"], "security_groups": ["sg-ends"], "service": service, "via": "interface",
        "private_dns": true, "policy": null,
    });
    let links = json!([{"rel": "in-subnet", "to": "subnet-db"}, {"rel": "filtered-by", "to": "sg-ends"}]);
    let status = json!({"state": "available", "healthy": true});
    resource("endpoint", &format!("vpce-{service}"), json!({"network": network, "links": links, "status": status}))
}

fn gateway(table: &str) -> Value {
    let network = json!({
        "vpc": "vpc-1", "subnets": null, "security_groups": null, "service": "s3", "via": "gateway", "private_dns": false,
        "policy": null,
    });
    let links = json!([{"rel": "routed-by", "to": table}]);
    let status = json!({"state": "available", "healthy": true});
    resource("endpoint", "vpce-s3", json!({"network": network, "links": links, "status": status}))
}

fn nat(state: &str) -> Value {
    let network = json!({"vpc": "vpc-1", "subnets": ["subnet-public"], "public_addresses": true});
    let links = json!([{"rel": "in-subnet", "to": "subnet-public"}]);
    let status = json!({"state": state, "healthy": state == "available"});
    resource("nat-gateway", "nat-1", json!({"network": network, "links": links, "status": status}))
}

fn acl() -> Value {
    let rules = json!([{
        "allow": true, "number": 100, "protocol": "all", "from_port": null, "to_port": null, "cidrs": ["0.0.0.0/0"],
        "groups": [], "prefix_lists": [],
    }]);
    resource("network-acl", "acl-1", json!({"firewall": {"ingress": rules, "egress": rules, "stateful": false}}))
}

fn secret() -> String {
    arn("secretsmanager", WEST, "secret:db-AbCdEf")
}

/// A service on Fargate, in a subnet without a way out, with endpoints for all that it needs.
fn shop() -> Vec<Value> {
    let definition = arn("ecs", WEST, "task-definition/api:1");
    let image = |region: Value, account: Value, repository: &str, reference: &str| {
        json!({
            "at": "container api", "reference": reference, "region": region, "account": account,
            "repository": repository, "tag": "v1", "digest": null,
        })
    };
    vec![
        json!({
            "id": arn("ecs", WEST, "service/shop/api"), "kind": "aws.ecs.service", "name": "api", "place": place(WEST),
            "tags": {}, "status": {"state": "active", "healthy": true}, "capacity": {"desired": 0},
            "network": {"subnets": ["subnet-api"], "security_groups": ["sg-api"], "public_addresses": false},
            "workload": {"definition": definition, "launch_types": ["fargate"]},
            "links": [
                {"rel": "in-subnet", "to": "subnet-api"}, {"rel": "filtered-by", "to": "sg-api"},
                {"rel": "runs-from", "to": definition}, {"rel": "runs-on", "to": arn("ecs", WEST, "cluster/shop")},
            ],
        }),
        json!({
            "id": definition, "kind": "aws.ecs.task-definition", "name": "api", "place": place(WEST), "tags": {},
            "workload": {
                "family": "api", "mentions": [],
                "images": [image(json!(WEST), json!(ACCOUNT), "shop", "shop:v1")],
                "logs": [{"at": "container api", "group": "/shop", "region": WEST, "creates": false}],
            },
            "links": [
                {"rel": "reads-secret", "to": secret(), "at": "container api, secret DB_PASSWORD"},
                {"rel": "reads-secret", "to": "/shop/flags", "at": "container api, secret FLAGS"},
                {"rel": "reads-secret", "to": arn("ssm", "us-east-1", "parameter/old"), "at": "container api, secret OLD"},
            ],
        }),
        subnet("subnet-api", "rtb-api", "10.2.1.0/24"),
        subnet("subnet-db", "rtb-api", "10.2.2.0/24"),
        subnet("subnet-public", "rtb-public", "10.2.3.0/24"),
        table("rtb-api", json!([])),
        table("rtb-public", route("internet-gateway", "igw-1")),
        nat("available"),
        group("sg-api", vec![], vec![rule(443, &[], &["sg-ends"], &["pl-s3"])]),
        group("sg-ends", vec![rule(443, &["10.2.0.0/16"], &[], &[])], vec![]),
        resource("prefix-list", "pl-s3", json!({"name": "com.amazonaws.us-west-2.s3"})),
        acl(),
        gateway("rtb-api"),
        interface("ecr.api"),
        interface("ecr.dkr"),
        interface("logs"),
        interface("secretsmanager"),
        interface("ssm"),
        json!({
            "id": secret(), "kind": "aws.secretsmanager.secret", "name": "db", "place": place(WEST), "tags": {},
        }),
    ]
}

/// What the service reaches, in words: how many services by endpoints, and of the others what is alike once.
fn startup(resources: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> String {
    let id = arn("ecs", WEST, "service/shop/api");
    let found = joined(inventory(resources, coverage), &paired(), &id);
    let unknown = |fact: &str| found["unknown"].get(fact).and_then(Value::as_str).map(|why| format!("unknown: {why}"));
    let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
    for need in found["joined"]["startup"].as_array().unwrap() {
        let service = need["service"].as_str().unwrap();
        let text = match need.get("reached").and_then(Value::as_bool) {
            Some(true) => need["via"].to_string(),
            Some(false) => need["why"].as_str().unwrap().replace(service, "it"),
            None => unknown("joined.startup.reached").unwrap(),
        };
        match lines.iter_mut().find(|(have, _)| *have == text) {
            Some((_, services)) => services.push(service),
            None => lines.push((text, vec![service])),
        }
    }
    let line = |(text, services): (String, Vec<&str>)| match services.len() {
        6 => format!("all: {text}"),
        3.. => format!("{} of them: {text}", services.len()),
        _ => format!("{}: {text}", services.join(", ")),
    };
    lines.into_iter().map(line).chain(unknown("joined.startup")).collect::<Vec<_>>().join("; ")
}

/// Gives an endpoint a policy with one statement.
fn policy(actions: &[&str], resources: &[&str]) -> impl Fn(&mut Value) {
    let statement = json!({
        "allow": true, "actions": actions, "other_actions": false, "resources": resources, "other_resources": false,
        "certain": true,
    });
    move |endpoint: &mut Value| endpoint["network"]["policy"] = json!([statement])
}

/// The shop in a network with these facts and marks.
fn with_network(facts: &Value, marks: &Value) -> Vec<Value> {
    let network = resource("vpc", "vpc-1", json!({"network": facts, "unknown": marks}));
    [shop(), vec![network]].concat()
}

/// The shop with one resource changed, found by its name.
fn with(name: &str, change: impl Fn(&mut Value)) -> Vec<Value> {
    let mut all = shop();
    let found = all.iter_mut().find(|it| it["id"].as_str().is_some_and(|id| id.ends_with(&format!("/{name}"))));
    change(found.unwrap());
    all
}

fn without(name: &str) -> Vec<Value> {
    shop().into_iter().filter(|it| !it["id"].as_str().is_some_and(|id| id.ends_with(&format!("/{name}")))).collect()
}

#[test]
fn what_a_task_needs_is_told_with_what_asks_for_it() {
    let id = arn("ecs", WEST, "service/shop/api");
    let by_endpoint = |what: &str, service: &str, at: &str| {
        json!({
            "what": what, "service": service, "region": WEST, "at": at, "reached": true, "via": ["endpoint"],
            "hop": null, "why": null,
        })
    };
    let expected = json!([
        by_endpoint("image layers", "s3", "container api"),
        by_endpoint("image registry", "ecr.api", "container api"),
        by_endpoint("image registry", "ecr.dkr", "container api"),
        by_endpoint("log service", "logs", "container api"),
        by_endpoint("parameter store", "ssm", "container api, secret FLAGS"),
        by_endpoint("secret store", "secretsmanager", "container api, secret DB_PASSWORD"),
    ]);
    let found = facts(inventory(shop(), ALL_SEEN), &paired(), &id, &["startup"]);
    assert_eq!(found, json!({"joined": {"startup": expected}, "unknown": {}}));
    // One that comes back elsewhere, or waits for nothing, is not asked.
    let reverse = |mut config: Config| {
        (config.recovery[0].from, config.recovery[0].to) = (WEST.to_owned(), "us-east-1".to_owned());
        config
    };
    for config in [reverse(paired()), Config::default()] {
        let found = facts(inventory(shop(), ALL_SEEN), &config, &id, &["startup"]);
        assert_eq!(found, json!({"joined": {"startup": []}, "unknown": {}}));
    }
}

/// Where a task may stand in a subnet that nobody saw, the others prove nothing of it; what is shut in one of them is shut.
#[test]
fn no_pass_without_evidence_a_subnet_that_nobody_saw_may_have_no_way_out() {
    let elsewhere = |mut all: Vec<Value>| {
        all[0]["network"]["subnets"] = json!(["subnet-api", "subnet-other"]);
        all[0]["links"].as_array_mut().unwrap().push(json!({"rel": "in-subnet", "to": "subnet-other"}));
        all
    };
    assert_eq!(startup(elsewhere(shop()), ALL_SEEN), "all: unknown: subnet subnet-other was not seen");
    let shut = startup(elsewhere(without("vpce-logs")), ALL_SEEN);
    assert!(shut.contains("logs: route table rtb-api has no way"), "{shut}");
    // The same of the endpoint that it gets out by.
    let beside = with("vpce-ssm", |it| it["network"]["subnets"] = json!(["subnet-db", "subnet-other"]));
    let found = startup(beside, ALL_SEEN);
    assert!(found.contains("ssm: unknown: subnet subnet-other was not seen"), "{found}");
    let by_nat = |subnets: &[&str]| {
        let mut all = with("rtb-api", |it| it["routing"]["routes"] = route("nat-gateway", "nat-1"));
        all.retain(|it| it["kind"] != "aws.ec2.endpoint");
        let open = json!([rule(443, &["0.0.0.0/0"], &[], &[])]);
        all.iter_mut().filter(|it| it["name"] == "sg-api").for_each(|it| it["firewall"]["egress"] = open.clone());
        all.iter_mut().filter(|it| it["name"] == "nat-1").for_each(|it| it["network"]["subnets"] = json!(subnets));
        startup(all, ALL_SEEN)
    };
    assert_eq!(by_nat(&["subnet-public"]), r#"all: ["nat-gateway"]"#);
    assert_eq!(by_nat(&["subnet-public", "subnet-other"]), "all: unknown: subnet subnet-other was not seen");
}

#[test]
fn a_service_gets_out_by_endpoints_by_nat_or_by_a_public_address_or_the_hop_that_is_shut_is_named() {
    let open = |it: &mut Value| it["firewall"]["egress"] = json!([rule(443, &["0.0.0.0/0"], &[], &[])]);
    let by_route = |via: &'static str, target: &'static str| {
        let mut all = with("rtb-api", |it| it["routing"]["routes"] = route(via, target));
        all.retain(|it| it["kind"] != "aws.ec2.endpoint");
        all.iter_mut().filter(|it| it["name"] == "sg-api").for_each(open);
        all
    };
    let changed = |mut all: Vec<Value>, name: &str, change: &dyn Fn(&mut Value)| {
        all.iter_mut().filter(|it| it["name"] == name).for_each(change);
        all
    };
    let by_nat = || by_route("nat-gateway", "nat-1");
    let machines = |mut all: Vec<Value>| {
        all[0]["workload"]["launch_types"] = json!(["ec2"]);
        all.push(json!({
            "id": arn("ecs", WEST, "cluster/shop"), "kind": "aws.ecs.cluster", "name": "shop", "place": place(WEST),
            "tags": {}, "links": [{"rel": "runs-on", "to": "machines"}],
        }));
        all
    };
    let group_of_machines = json!({
        "id": arn("autoscaling", WEST, "autoScalingGroup:1:autoScalingGroupName/machines"), "kind": "aws.autoscaling.group",
        "name": "machines", "place": place(WEST), "tags": {}, "network": {"subnets": ["subnet-public"]},
        "links": [
            {"rel": "in-subnet", "to": "subnet-public"},
            {"rel": "filtered-by", "to": arn("ec2", WEST, "security-group/sg-api")},
        ],
    });
    let cases = [
        ("as it is", shop()),
        ("no endpoint", without("vpce-logs")),
        ("a closed endpoint", with("sg-ends", |it| it["firewall"]["ingress"] = json!([]))),
        ("no way out of the group", with("sg-api", |it| it["firewall"]["egress"] = json!([]))),
        ("a gateway for others", with("vpce-s3", |it| it["links"][0]["to"] = json!("rtb-public"))),
        ("a gateway whose tables are not known", with("vpce-s3", |it| it["links"] = json!([]))),
        ("another host name", with("vpce-ssm", |it| it["network"]["private_dns"] = json!(false))),
        (
            "perhaps another host name",
            with("vpce-ssm", |it| drop(it["network"].as_object_mut().unwrap().remove("private_dns"))),
        ),
        ("an endpoint that failed", with("vpce-ssm", |it| it["status"] = json!({"state": "failed", "healthy": false}))),
        (
            "a policy for others",
            with(
                "vpce-secretsmanager",
                policy(&["secretsmanager:*"], &[&arn("secretsmanager", WEST, "secret:other-*")]),
            ),
        ),
        (
            "a policy for its secrets",
            with(
                "vpce-secretsmanager",
                policy(&["secretsmanager:Get*"], &[&arn("secretsmanager", WEST, "secret:db-*")]),
            ),
        ),
        ("a policy for other buckets", with("vpce-s3", policy(&["s3:GetObject"], &["arn:aws:s3:::shop/*"]))),
        (
            "a policy for the layers",
            with("vpce-s3", policy(&["s3:Get*"], &["arn:aws:s3:::prod-us-west-2-starport-layer-bucket/*"])),
        ),
        ("a policy without log streams", with("vpce-logs", policy(&["logs:PutLogEvents"], &["*"]))),
        ("a policy for some log group", with("vpce-logs", policy(&["logs:*"], &["arn:aws:logs:*:*:log-group:/x"]))),
        (
            "a policy that nobody read",
            with("vpce-ssm", |it| drop(it["network"].as_object_mut().unwrap().remove("policy"))),
        ),
        ("no private host names", with_network(&json!({"dns_support": true, "dns_hostnames": false}), &json!({}))),
        ("private host names", with_network(&json!({"dns_support": true, "dns_hostnames": true}), &json!({}))),
        (
            "private host names denied",
            with_network(&json!({"dns_support": true}), &json!({"network.dns_hostnames": "denied"})),
        ),
        ("by NAT", by_nat()),
        (
            "by NAT, private addresses only",
            changed(by_nat(), "sg-api", &|it| {
                it["firewall"]["egress"] = json!([rule(443, &["10.0.0.0/8"], &[], &[])]);
            }),
        ),
        ("by NAT that failed", changed(by_nat(), "nat-1", &|it| *it = nat("failed"))),
        ("by NAT in a private subnet", changed(by_nat(), "rtb-public", &|it| it["routing"]["routes"] = json!([]))),
        ("by NAT that is gone", by_nat().into_iter().filter(|it| it["name"] != "nat-1").collect()),
        ("by an internet gateway", by_route("internet-gateway", "igw-1")),
        (
            "with a public address",
            changed(by_route("internet-gateway", "igw-1"), "api", &|it| {
                it["network"]["public_addresses"] = json!(true);
            }),
        ),
        ("by a transit gateway", by_route("transit-gateway", "tgw-1")),
        ("a blackhole", changed(by_nat(), "rtb-api", &|it| it["routing"]["routes"][0]["active"] = json!(false))),
        ("routes not read", changed(by_nat(), "rtb-api", &|it| it["routing"] = json!({"main": false}))),
        (
            "an image of the internet",
            changed(shop(), "api", &|it| {
                if it["kind"] == "aws.ecs.task-definition" {
                    it["workload"]["images"][0] = json!({
                        "at": "container api", "reference": "nginx:1", "region": null, "account": null,
                        "repository": "nginx", "tag": "1", "digest": null,
                    });
                }
            }),
        ),
        (
            "an image of its own registry",
            changed(by_nat(), "api", &|it| {
                if it["kind"] == "aws.ecs.task-definition" {
                    it["workload"]["images"][0] = json!({
                        "at": "container api", "reference": "registry.shop.internal/api", "region": null, "account": null,
                        "repository": "api", "tag": "latest", "digest": null,
                    });
                }
            }),
        ),
        ("on machines", machines([shop(), vec![group_of_machines]].concat())),
        ("on machines that are not known", machines(shop())),
    ];
    let found: Vec<String> =
        cases.into_iter().map(|(what, all)| format!("{what}: {}", startup(all, ALL_SEEN))).collect();
    insta::assert_snapshot!(found.join("\n"), @r#"
    as it is: all: ["endpoint"]
    no endpoint: 5 of them: ["endpoint"]; logs: route table rtb-api has no way from subnet-api to it: no endpoint, no NAT gateway
    a closed endpoint: s3: ["endpoint"]; 5 of them: security group sg-ends lets nothing in on port 443 from it
    no way out of the group: all: security group sg-api lets nothing out on port 443 to it
    a gateway for others: s3: route table rtb-api has no way from subnet-api to it: no endpoint, no NAT gateway; 5 of them: ["endpoint"]
    a gateway whose tables are not known: s3: unknown: the route tables of endpoint vpce-s3 are not known; 5 of them: ["endpoint"]
    another host name: 5 of them: ["endpoint"]; ssm: route table rtb-api has no way from subnet-api to it: no endpoint, no NAT gateway
    perhaps another host name: 5 of them: ["endpoint"]; ssm: unknown: whether the usual host name leads to endpoint vpce-ssm is not known
    an endpoint that failed: 5 of them: ["endpoint"]; ssm: route table rtb-api has no way from subnet-api to it: no endpoint, no NAT gateway
    a policy for others: 5 of them: ["endpoint"]; secretsmanager: the policy of endpoint vpce-it does not let it:GetSecretValue through on arn:aws:it:us-west-2:111122223333:secret:db-AbCdEf
    a policy for its secrets: all: ["endpoint"]
    a policy for other buckets: s3: the policy of endpoint vpce-it does not let it:GetObject through on arn:aws:it:::prod-us-west-2-starport-layer-bucket/layer; 5 of them: ["endpoint"]
    a policy for the layers: all: ["endpoint"]
    a policy without log streams: 5 of them: ["endpoint"]; logs: the policy of endpoint vpce-it does not let it:CreateLogStream through
    a policy for some log group: 5 of them: ["endpoint"]; logs: unknown: whether the policy of endpoint vpce-logs lets logs:CreateLogStream through is not known
    a policy that nobody read: 5 of them: ["endpoint"]; ssm: unknown: vpce-ssm: what its policy lets through is not known
    no private host names: s3: ["endpoint"]; 5 of them: route table rtb-api has no way from subnet-api to it: no endpoint, no NAT gateway
    private host names: all: ["endpoint"]
    private host names denied: s3: ["endpoint"]; 5 of them: unknown: vpc-1: denied
    by NAT: all: ["nat-gateway"]
    by NAT, private addresses only: all: security group sg-api lets nothing out on port 443 to it
    by NAT that failed: all: NAT gateway nat-1 is failed
    by NAT in a private subnet: all: NAT gateway nat-1 stands in subnet-public, which has no internet gateway
    by NAT that is gone: all: unknown: the NAT gateway of rtb-api was not found
    by an internet gateway: all: rtb-api leads to an internet gateway, which takes a public address, and it has none
    with a public address: all: ["internet-gateway"]
    by a transit gateway: all: unknown: rtb-api leads to a transit gateway, and what lies behind that is not known
    a blackhole: all: route table rtb-api has no way from subnet-api to it: its default route leads to what is gone
    routes not read: all: unknown: the routes of rtb-api are not known
    an image of the internet: docker.io: route table rtb-api has no way from subnet-api to it: no NAT gateway; 3 of them: ["endpoint"]
    an image of its own registry: 3 of them: ["nat-gateway"]; unknown: where the registry registry.shop.internal stands is not known
    on machines: s3: rtb-public leads to an internet gateway, which takes a public address, and it has none; 5 of them: ["endpoint"]
    on machines that are not known: all: unknown: the machines that its tasks are put on are not known
    "#);
}

#[test]
fn an_endpoint_that_nobody_saw_may_be_there() {
    let denied = [ALL_SEEN, &[(ACCOUNT, WEST, "ec2", "denied")]].concat();
    let network = with_network(&json!({"dns_support": true, "dns_hostnames": true}), &json!({}));
    let without_logs = network.into_iter().filter(|it| !it["id"].as_str().is_some_and(|id| id.ends_with("/vpce-logs")));
    insta::assert_snapshot!(startup(without_logs.collect(), &denied), @r#"5 of them: ["endpoint"]; logs: unknown: ec2:List denied in 111122223333 · us-west-2"#);
}

#[test]
fn no_pass_without_evidence_a_network_that_was_not_seen_may_resolve_no_private_host_names() {
    let denied = [ALL_SEEN, &[(ACCOUNT, WEST, "ec2", "denied")]].concat();
    insta::assert_snapshot!(startup(shop(), &denied), @r#"s3: ["endpoint"]; 5 of them: unknown: vpc-1: ec2:List denied in 111122223333 · us-west-2"#);
    let silent = with_network(&json!({"dns_support": true}), &json!({}));
    insta::assert_snapshot!(startup(silent, ALL_SEEN), @r#"s3: ["endpoint"]; 5 of them: unknown: vpc-1: whether private host names are known in it is not known"#);
}
