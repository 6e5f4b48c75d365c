//! Where a resource is to come back, what stands in for it there, and what uses it.

use serde_json::{Value, json};

use super::*;

const OTHER: &str = "444455556666";

fn config(pairs: Value) -> Config {
    serde_json::from_value(json!({"recovery": pairs})).unwrap()
}

fn role(account: &str, name: &str) -> Value {
    json!({
        "id": format!("arn:aws:iam::{account}:role/{name}"), "kind": "aws.iam.role", "name": name,
        "place": {"account": account, "region": null}, "tags": {}, "role": {"service_linked": false},
    })
}

fn scaling_group(region: &str, name: &str) -> Value {
    json!({
        "id": arn("autoscaling", region, &format!("autoScalingGroup:1:autoScalingGroupName/{name}")),
        "kind": "aws.autoscaling.group", "name": name, "place": place(region), "tags": {},
        "redundancy": {"zones": []}, "status": {"state": "in service", "healthy": true},
        "links": [{"rel": "assumes", "to": format!("arn:aws:iam::{ACCOUNT}:role/app")}],
    })
}

const RECOVERY: &[&str] = &["recovery_region", "recovery_account", "is_recovery_side"];

#[test]
fn the_pair_of_the_account_comes_before_the_general_one() {
    let pairs = json!([
        {"from": "us-east-1", "to": "us-west-2"},
        {"from": "us-east-1", "to": "us-east-2", "account": ACCOUNT, "to-account": OTHER},
    ]);
    let found =
        facts(inventory(vec![orders(&[])], ALL_SEEN), &config(pairs), &arn("rds", "us-east-1", "db:orders"), RECOVERY);
    let expected = json!({"recovery_region": "us-east-2", "recovery_account": OTHER, "is_recovery_side": false});
    assert_eq!(found, json!({"joined": expected, "unknown": {}}));
}

#[test]
fn two_regions_that_stand_in_for_each_other_do_not_wait() {
    let pairs = json!([{"from": "us-east-1", "to": "us-west-2"}, {"from": "us-west-2", "to": "us-east-1"}]);
    let found = facts(
        inventory(vec![orders_replica()], ALL_SEEN),
        &config(pairs),
        &arn("rds", "us-west-2", "db:orders-replica"),
        RECOVERY,
    );
    let expected = json!({"recovery_region": "us-east-1", "recovery_account": ACCOUNT, "is_recovery_side": false});
    assert_eq!(found, json!({"joined": expected, "unknown": {}}));
}

#[test]
fn what_stands_in_for_a_region_says_so_though_its_own_comes_back_elsewhere() {
    let found = |pairs: Value, account: Value| {
        let mut replica = orders_replica();
        replica["place"] = json!({"region": "us-west-2"});
        if account != Value::Null {
            replica["place"]["account"] = account;
        }
        let id = arn("rds", "us-west-2", "db:orders-replica");
        facts(inventory(vec![replica], ALL_SEEN), &config(pairs), &id, &["stands_in_for"])
    };
    let regions = |regions: &[&str]| json!({"joined": {"stands_in_for": regions}, "unknown": {}});
    let both = json!([{"from": "us-east-1", "to": "us-west-2"}, {"from": "us-west-2", "to": "us-east-1"}]);
    assert_eq!(found(both.clone(), json!(ACCOUNT)), regions(&["us-east-1"]));
    assert_eq!(found(both, Value::Null), regions(&["us-east-1"]));
    let away = json!([{"from": "us-west-2", "to": "us-east-1"}]);
    assert_eq!(found(away, json!(ACCOUNT)), regions(&[]));
    let to_other = json!([{"from": "us-west-2", "to": "us-west-2", "to-account": OTHER}]);
    assert_eq!(found(to_other.clone(), json!(OTHER)), regions(&["us-west-2"]));
    assert_eq!(found(to_other.clone(), json!(ACCOUNT)), regions(&[]));
    let unknown = json!({"joined": {}, "unknown": {"joined.stands_in_for": "its account is not known"}});
    assert_eq!(found(to_other, Value::Null), unknown);
}

#[test]
fn what_is_in_the_recovery_account_already_does_not_come_back_in_itself() {
    let pairs = json!([{"from": "us-east-1", "to": "us-east-1", "to-account": OTHER}]);
    let found = |account: &str| {
        let mut database = orders(&[]);
        database["place"]["account"] = json!(account);
        facts(
            inventory(vec![database], ALL_SEEN),
            &config(pairs.clone()),
            &arn("rds", "us-east-1", "db:orders"),
            RECOVERY,
        )
    };
    let comes_back = json!({"recovery_region": "us-east-1", "recovery_account": OTHER, "is_recovery_side": false});
    assert_eq!(found(ACCOUNT), json!({"joined": comes_back, "unknown": {}}));
    let waits = json!({"recovery_region": null, "recovery_account": null, "is_recovery_side": true});
    assert_eq!(found(OTHER), json!({"joined": waits, "unknown": {}}));
}

#[test]
fn a_role_comes_back_where_what_uses_it_comes_back() {
    let pairs = json!([{"from": "us-east-1", "to": "us-west-2"}, {"from": "eu-west-1", "to": "eu-central-1"}]);
    let id = format!("arn:aws:iam::{ACCOUNT}:role/app");
    let found = |groups: Vec<Value>| {
        let resources = [role(ACCOUNT, "app")].into_iter().chain(groups).collect();
        facts(inventory(resources, ALL_SEEN), &config(pairs.clone()), &id, RECOVERY)
    };
    let in_west = json!({"recovery_region": "us-west-2", "recovery_account": ACCOUNT, "is_recovery_side": false});
    assert_eq!(found(vec![scaling_group("us-east-1", "a")]), json!({"joined": in_west, "unknown": {}}));
    let reason = "what uses it comes back in different places";
    let unclear = json!({
        "joined": {"is_recovery_side": false},
        "unknown": {"joined.recovery_region": reason, "joined.recovery_account": reason},
    });
    assert_eq!(found(vec![scaling_group("us-east-1", "a"), scaling_group("eu-west-1", "b")]), unclear);
    assert_eq!(found(Vec::new()), unclear);
}

#[test]
fn a_role_needs_a_twin_only_in_another_account() {
    let id = format!("arn:aws:iam::{ACCOUNT}:role/app");
    let found = |others: Vec<Value>, coverage, pairs: Value| {
        let resources = [role(ACCOUNT, "app")].into_iter().chain(others).collect();
        facts(inventory(resources, coverage), &config(pairs), &id, &["counterpart", "used_by"])
    };
    let own = json!([{"from": "us-east-1", "to": "us-west-2"}]);
    let twin = |account: &str, how: &str| {
        json!({"id": format!("arn:aws:iam::{account}:role/app"), "how": how, "region": null, "account": account,
            "state": null, "usable": true})
    };
    let user = scaling_group("us-east-1", "a");
    let used_by = json!([user["id"]]);
    assert_eq!(
        found(vec![user], ALL_SEEN, own),
        json!({"joined": {"counterpart": twin(ACCOUNT, "global"), "used_by": used_by}, "unknown": {}})
    );
    let other = json!([{"from": "us-east-1", "to": "us-west-2", "to-account": OTHER}]);
    let seen: Vec<_> = ALL_SEEN.iter().copied().chain([(OTHER, "", "iam", "complete")]).collect();
    assert_eq!(
        found(vec![role(OTHER, "app")], &seen, other.clone()),
        json!({"joined": {"counterpart": twin(OTHER, "same-name"), "used_by": []}, "unknown": {}})
    );
    assert_eq!(
        found(Vec::new(), &seen, other.clone()),
        json!({"joined": {"counterpart": null, "used_by": []}, "unknown": {}})
    );
    // No pass, and no fail, without evidence: the other account was not collected.
    assert_eq!(
        found(Vec::new(), ALL_SEEN, other),
        json!({
            "joined": {"used_by": []},
            "unknown": {"joined.counterpart": "iam in 444455556666 was not collected"},
        })
    );
}

#[test]
fn no_pass_without_evidence_a_role_is_not_unused_where_nobody_looked_for_users() {
    let services = [
        "autoscaling",
        "backup",
        "dlm",
        "ec2",
        "ecs",
        "eks",
        "elasticache",
        "lambda",
        "rds",
        "redshift",
        "redshiftserverless",
    ];
    let id = format!("arn:aws:iam::{ACCOUNT}:role/app");
    let found = |unseen: &str| {
        let seen = services.into_iter().filter(|service| *service != unseen);
        let rows = seen.map(|service| (ACCOUNT, "us-east-1", service, "complete"));
        let rows: Vec<_> = rows.chain([(ACCOUNT, "", "*", "complete")]).collect();
        facts(inventory(vec![role(ACCOUNT, "app")], &rows), &Config::default(), &id, &["used_by"])
    };
    assert_eq!(found("nothing"), json!({"joined": {"used_by": []}, "unknown": {}}));
    for unseen in ["autoscaling", "backup", "dlm", "ec2", "ecs", "eks", "lambda", "redshift", "redshiftserverless"] {
        let reason = format!("{unseen} in 111122223333 · us-east-1 was not collected");
        let expected = json!({"joined": {"used_by": []}, "unknown": {"joined.used_by": reason}});
        assert_eq!(found(unseen), expected);
    }
}

#[test]
fn the_pair_of_one_account_leaves_what_has_no_account_in_doubt() {
    let pairs = json!([
        {"from": "us-east-1", "to": "us-west-2"},
        {"from": "us-east-1", "to": "us-east-2", "account": ACCOUNT, "to-account": OTHER},
    ]);
    let mut planned = orders(&[]);
    planned["id"] = json!("aws_db_instance.orders");
    planned["place"] = json!({"region": "us-east-1"});
    let found = facts(inventory(vec![planned], ALL_SEEN), &config(pairs), "aws_db_instance.orders", RECOVERY);
    let reason = "its account is not known";
    let unknown = json!({
        "joined.recovery_region": reason, "joined.recovery_account": reason, "joined.is_recovery_side": "its place is not known",
    });
    assert_eq!(found, json!({"joined": {}, "unknown": unknown}));
}

#[test]
fn compute_is_found_by_its_name_in_the_recovery_region() {
    let found = |others: Vec<Value>, coverage| {
        let own = scaling_group("us-east-1", "workers");
        let id = own["id"].as_str().unwrap().to_owned();
        let resources = [own].into_iter().chain(others).collect();
        facts(inventory(resources, coverage), &paired(), &id, &["counterpart"])
    };
    let there = scaling_group("us-west-2", "workers");
    let counterpart = json!({"id": there["id"], "how": "same-name", "region": "us-west-2", "account": ACCOUNT,
        "state": "in service", "usable": true});
    assert_eq!(found(vec![there], ALL_SEEN), json!({"joined": {"counterpart": counterpart}, "unknown": {}}));
    assert_eq!(found(Vec::new(), ALL_SEEN), json!({"joined": {"counterpart": null}, "unknown": {}}));
    assert_eq!(
        found(Vec::new(), &[(ACCOUNT, "", "*", "failed")]),
        json!({
            "joined": {},
            "unknown": {"joined.counterpart": "everything failed in 111122223333"},
        })
    );
}

#[test]
fn members_of_a_global_cluster_stand_in_for_each_other() {
    let cluster = |region: &str, role: &str, instances: u32| {
        json!({
            "id": arn("rds", region, "cluster:catalog"), "kind": "aws.rds.cluster", "name": "catalog",
            "place": place(region), "tags": {}, "status": {"state": "available", "healthy": true},
            "replication": {"role": role, "source": null, "replicas": [], "global": "arn:aws:rds::111122223333:global-cluster:catalog",
                "healthy": if role == "replica" { Some(true) } else { None }},
            "redundancy": {"instances": instances}, "database": {"engine_version": "16.4"},
            "encryption": {"enabled": false, "key": null},
        })
    };
    let global = json!({
        "id": "arn:aws:rds::111122223333:global-cluster:catalog", "kind": "aws.rds.global-cluster", "name": "catalog",
        "place": {"account": ACCOUNT, "region": null}, "tags": {},
        "global": {"members": [
            {"id": arn("rds", "us-east-1", "cluster:catalog"), "region": "us-east-1", "writer": true, "status": "connected"},
            {"id": arn("rds", "us-west-2", "cluster:catalog"), "region": "us-west-2", "writer": false, "status": "connected"},
            {"id": arn("rds", "eu-west-1", "cluster:catalog"), "region": "eu-west-1", "writer": false, "status": "connected"},
        ]},
    });
    let estate = || {
        inventory(
            vec![cluster("us-east-1", "primary", 2), cluster("us-west-2", "replica", 0), global.clone()],
            ALL_SEEN,
        )
    };
    let copy = |region: &str| {
        json!({
            "mechanism": "global-cluster", "id": arn("rds", region, "cluster:catalog"), "region": region,
            "account": ACCOUNT, "in_recovery_place": region == "us-west-2", "age_minutes": null, "opening": null,
        })
    };
    let (unseen, mut headless) = (copy("eu-west-1"), copy("us-west-2"));
    headless["state"] = json!("available");
    headless["usable"] = json!(true);
    headless["key"] = json!(null);
    let reason = "rds in 111122223333 · eu-west-1 was not collected";
    let found = facts(estate(), &paired(), &arn("rds", "us-east-1", "cluster:catalog"), &["copies"]);
    let unknown = json!({
        "joined.copies.key": reason, "joined.copies.state": reason, "joined.copies.usable": reason,
    });
    assert_eq!(found, json!({"joined": {"copies": [unseen, headless]}, "unknown": unknown}));
    let source = json!({
        "id": arn("rds", "us-east-1", "cluster:catalog"), "name": "catalog", "region": "us-east-1", "cross_region": true,
        "in_recovery_place": false, "writer": true, "state": "available", "healthy": true, "engine_version": "16.4",
        "instances": 2,
    });
    let found = facts(estate(), &paired(), &arn("rds", "us-west-2", "cluster:catalog"), &["source"]);
    assert_eq!(found, json!({"joined": {"source": source}, "unknown": {}}));
}

#[test]
fn a_global_cluster_of_another_account_that_was_not_collected_is_another_one() {
    let cluster = |account: &str, region: &str| {
        json!({
            "id": format!("arn:aws:rds:{region}:{account}:cluster:shop"), "kind": "aws.rds.cluster", "name": "shop",
            "place": {"account": account, "region": region}, "tags": {}, "replication": {"global": "shop"},
        })
    };
    let copies = |account: &str| {
        let estate = inventory(vec![cluster(ACCOUNT, "us-east-1"), cluster(account, "us-west-2")], ALL_SEEN);
        let found = facts(estate, &paired(), &arn("rds", "us-east-1", "cluster:shop"), &["copies"]);
        let copies = found["joined"]["copies"].as_array().unwrap().iter();
        copies.map(|copy| copy["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(copies(ACCOUNT), [json!(arn("rds", "us-west-2", "cluster:shop"))]);
    assert_eq!(copies("444455556666"), [Value::Null; 0]);
}

#[test]
fn a_cache_in_a_group_of_the_same_name_is_in_no_subnet_group_of_databases() {
    let group = json!({
        "id": arn("rds", "us-east-1", "subgrp:private"), "kind": "aws.rds.subnet-group", "name": "private",
        "place": place("us-east-1"), "tags": {},
    });
    let within = |kind: &str, id: String| {
        json!({"id": id, "kind": kind, "name": id, "place": place("us-east-1"), "tags": {},
            "database": {"subnet_group": "private"}})
    };
    let database = within("aws.rds.instance", arn("rds", "us-east-1", "db:orders"));
    let cache = within("aws.elasticache.replication-group", arn("elasticache", "us-east-1", "replicationgroup:carts"));
    let resources = vec![group, database, cache];
    let found =
        facts(inventory(resources, ALL_SEEN), &paired(), &arn("rds", "us-east-1", "subgrp:private"), &["used_by"]);
    let expected = json!({"joined": {"used_by": [arn("rds", "us-east-1", "db:orders")]}, "unknown": {}});
    assert_eq!(found, expected);
}

/// The roles that a backup plan takes on and that are missing.
fn missing_roles(roles: &[Value], others: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> Value {
    let id = arn("backup", "us-east-1", "backup-plan:1");
    let selection = |role: &Value| match role {
        Value::Null => json!({"name": "s"}),
        role => json!({"name": "s", "role": role}),
    };
    let plan = json!({
        "id": id, "kind": "aws.backup.plan", "name": "daily", "place": place("us-east-1"), "tags": {},
        "plan": {"rules": [], "selections": roles.iter().map(selection).collect::<Vec<_>>(), "switched_off": []},
    });
    let resources = [plan].into_iter().chain(others).collect();
    facts(inventory(resources, coverage), &paired(), &id, &["missing_roles"])
}

#[test]
fn a_role_is_missing_where_every_role_of_its_account_was_listed() {
    let [app, gone] = ["app", "gone"].map(|name| json!(format!("arn:aws:iam::{ACCOUNT}:role/{name}")));
    let all = [app.clone(), gone.clone(), gone.clone()];
    let there = || vec![role(ACCOUNT, "app")];
    let found = |missing: Value, unknown: Value| json!({"joined": {"missing_roles": missing}, "unknown": unknown});
    let because = |reason: &str| json!({"joined.missing_roles": reason});
    assert_eq!(missing_roles(&all, there(), ALL_SEEN), found(json!([gone]), json!({})));
    assert_eq!(missing_roles(&all[..1], there(), ALL_SEEN), found(json!([]), json!({})));
    // No pass and no fail without evidence: roles that were not listed, and a role that is not known.
    let denied = &[(ACCOUNT, "", "iam", "denied"), (ACCOUNT, "us-east-1", "*", "complete")];
    let reason = format!("iam:List denied in {ACCOUNT}");
    assert_eq!(missing_roles(&all, there(), denied), found(json!([]), because(&reason)));
    let foreign = [json!(format!("arn:aws:iam::{OTHER}:role/app"))];
    let reason = format!("iam in {OTHER} was not collected");
    assert_eq!(missing_roles(&foreign, there(), ALL_SEEN), found(json!([]), because(&reason)));
    let reason = "the role of a selection is not known";
    assert_eq!(missing_roles(&[gone.clone(), Value::Null], there(), ALL_SEEN), found(json!([gone]), because(reason)));
    // The plan takes the role away, whatever else was seen.
    let mut deleted = role(ACCOUNT, "app");
    deleted["change"] = json!({"action": "delete"});
    assert_eq!(missing_roles(&all[..1], vec![deleted], &[]), found(json!([app]), json!({})));
    // The code makes one of that name, in an account that it does not tell.
    let mut new = role(ACCOUNT, "gone");
    new["id"] = json!("aws_iam_role.gone");
    new["place"] = json!({"region": null});
    let reason = "the account of role 'gone' is not known";
    assert_eq!(missing_roles(&all[1..], vec![new], ALL_SEEN), found(json!([]), because(reason)));
}

#[test]
fn a_kubernetes_cluster_takes_on_the_roles_that_it_links_to() {
    let found = |kind: &str, links: Value| {
        let id = arn("eks", "us-east-1", "cluster/shop");
        let resource = json!({
            "id": id, "kind": kind, "name": "shop", "place": place("us-east-1"), "tags": {}, "links": links,
        });
        facts(inventory(vec![resource], ALL_SEEN), &paired(), &id, &["missing_roles"])
    };
    let links = json!([{"rel": "assumes", "to": format!("arn:aws:iam::{ACCOUNT}:role/gone")}]);
    let missing = json!({"joined": {"missing_roles": [format!("arn:aws:iam::{ACCOUNT}:role/gone")]}, "unknown": {}});
    let none = json!({"joined": {"missing_roles": []}, "unknown": {}});
    for kind in ["aws.eks.cluster", "aws.eks.fargate-profile", "aws.eks.node-group"] {
        assert_eq!(found(kind, links.clone()), missing, "{kind}");
    }
    let service_linked =
        format!("arn:aws:iam::{ACCOUNT}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS");
    assert_eq!(found("aws.eks.cluster", json!([{"rel": "assumes", "to": service_linked}])), none);
    let unknown = json!({"joined.missing_roles": "the role that it takes on is not known"});
    assert_eq!(found("aws.eks.cluster", json!([])), json!({"joined": {"missing_roles": []}, "unknown": unknown}));
    assert_eq!(found("aws.lambda.function", links.clone()), missing);
    assert_eq!(found("aws.lambda.function", json!([])), json!({"joined": {"missing_roles": []}, "unknown": unknown}));
    // Tasks may have none.
    assert_eq!(found("aws.ecs.task-definition", links.clone()), missing);
    assert_eq!(found("aws.ecs.task-definition", json!([])), none);
    assert_eq!(found("aws.ec2.vpc", links), json!({"joined": {"missing_roles": null}, "unknown": {}}));
}

/// What is missing of the roles of a group of machines.
fn of_machines(workload: Value, roles: Vec<Value>, coverage: &[(&str, &str, &str, &str)]) -> Value {
    let id = arn("autoscaling", "us-east-1", "autoScalingGroup:1:autoScalingGroupName/web");
    let group = json!({
        "id": id, "kind": "aws.autoscaling.group", "name": "web", "place": place("us-east-1"), "tags": {},
        "workload": workload,
    });
    let resources = [group].into_iter().chain(roles).collect();
    facts(inventory(resources, coverage), &paired(), &id, &["missing_roles"])
}

#[test]
fn machines_take_on_the_role_of_an_instance_profile() {
    let with = |profiles: Value| json!({"instance_profiles": profiles});
    let holds = |name: &str, profiles: Value| {
        let mut role = role(ACCOUNT, name);
        role["role"]["instance_profiles"] = profiles;
        role
    };
    let both = || vec![holds("web", json!(["web", "web-old"])), holds("task", json!([]))];
    let found = |missing: Value, unknown: Value| json!({"joined": {"missing_roles": missing}, "unknown": unknown});
    let because = |reason: &str| json!({"joined.missing_roles": reason});
    assert_eq!(of_machines(with(json!(["web", "web-old"])), both(), ALL_SEEN), found(json!([]), json!({})));
    assert_eq!(of_machines(with(json!([])), both(), ALL_SEEN), found(json!([]), json!({})));
    let missing = json!(["of instance profile batch"]);
    assert_eq!(of_machines(with(json!(["batch", "web"])), both(), ALL_SEEN), found(missing, json!({})));
    // No pass and no fail without evidence.
    let reason = "the instance profiles that its machines start with are not known";
    assert_eq!(of_machines(json!({}), both(), ALL_SEEN), found(json!([]), because(reason)));
    let denied = &[(ACCOUNT, "", "iam", "denied"), (ACCOUNT, "us-east-1", "*", "complete")];
    let reason = format!("iam:List denied in {ACCOUNT}");
    assert_eq!(of_machines(with(json!(["web"])), both(), denied), found(json!([]), json!({})));
    assert_eq!(of_machines(with(json!(["batch"])), both(), denied), found(json!([]), because(&reason)));
    // Code of which another part may hand the role out.
    let mut declared = holds("declared", json!([]));
    declared["unknown"] = json!({"role.instance_profiles": "instance profiles may be declared elsewhere"});
    let roles = both().into_iter().chain([declared]).collect();
    let reason = "of role 'declared': instance profiles may be declared elsewhere";
    assert_eq!(of_machines(with(json!(["batch"])), roles, ALL_SEEN), found(json!([]), because(reason)));
    let roles = both().into_iter().chain([holds("other", json!(["web"]))]).collect();
    let reason = "several roles have the instance profile 'web'";
    assert_eq!(of_machines(with(json!(["web"])), roles, ALL_SEEN), found(json!([]), because(reason)));
}

#[test]
fn a_role_that_code_does_not_tell_is_not_known_to_be_there() {
    let id = arn("lambda", "us-east-1", "function:resize");
    let function = json!({
        "id": id, "kind": "aws.lambda.function", "name": "resize", "place": place("us-east-1"), "tags": {},
        "unknown": {"links.assumes": "known only after apply"},
    });
    let expected =
        json!({"joined": {"missing_roles": []}, "unknown": {"joined.missing_roles": "known only after apply"}});
    assert_eq!(facts(inventory(vec![function], ALL_SEEN), &paired(), &id, &["missing_roles"]), expected);
}

#[test]
fn an_add_on_may_take_on_no_role_and_who_comes_in_by_an_entry_is_none_of_its_own() {
    let found = |kind: &str, kubernetes: Value, links: Value| {
        let id = arn("eks", "us-east-1", "addon/shop/vpc-cni");
        let resource = json!({
            "id": id, "kind": kind, "name": "vpc-cni", "place": place("us-east-1"), "tags": {}, "links": links,
            "kubernetes": kubernetes,
        });
        facts(inventory(vec![resource], ALL_SEEN), &paired(), &id, &["missing_roles"])
    };
    let expected = |missing: Value, unknown: Value| json!({"joined": {"missing_roles": missing}, "unknown": unknown});
    let role = format!("arn:aws:iam::{ACCOUNT}:role/gone");
    let links = |rel: &str| json!([{"rel": rel, "to": role}]);
    let add_on = "aws.eks.add-on";
    assert_eq!(found(add_on, json!({"role": role}), links("assumes")), expected(json!([role]), json!({})));
    assert_eq!(found(add_on, json!({"role": null}), json!([])), expected(json!([]), json!({})));
    let unknown = json!({"joined.missing_roles": "the role of its service account is not known"});
    assert_eq!(found(add_on, json!({}), json!([])), expected(json!([]), unknown));
    assert_eq!(found("aws.eks.access-entry", json!({}), links("admits")), expected(Value::Null, json!({})));
}
