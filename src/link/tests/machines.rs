//! Machines: whether their images, their types and what is reserved for them are where they are to run.

use super::*;

const EAST: &str = "us-east-1";
const WEST: &str = "us-west-2";

fn group(region: &str, image: Value, more: Value) -> Value {
    let mut group = json!({
        "id": arn("autoscaling", region, "autoScalingGroup:1:autoScalingGroupName/web"),
        "kind": "aws.autoscaling.group", "name": "web", "place": place(region), "tags": {},
        "status": {"state": null, "healthy": true, "created_at": null},
        "capacity": {"min": 1, "desired": 4, "max": 8, "types": ["m7g.large", "m8g.large"], "suspended": []},
        "redundancy": {"zones": [format!("{region}a")], "multi_zone": false, "instances": 4},
        "workload": {"images": null, "logs": null, "mentions": [], "launch_images": [image]},
    });
    group.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    group
}

fn starts(id: &str, available: bool) -> Value {
    json!({"at": "launch template web, version 3", "reference": id, "name": "web-1", "account": ACCOUNT,
        "available": available})
}

fn image(region: &str, id: &str, name: &str, state: &str, source: Value) -> Value {
    json!({
        "id": arn("ec2", region, &format!("image/{id}")), "kind": "aws.ec2.image", "name": id, "place": place(region),
        "tags": {}, "status": {"state": state, "healthy": state == "available", "created_at": null},
        "machine_image": {"name": name, "account": ACCOUNT, "source": source,
            "source_region": if source.is_null() { Value::Null } else { json!(EAST) }, "snapshots": []},
    })
}

fn types(region: &str, offered: Value) -> Value {
    json!({
        "id": arn("ec2", region, "instance-types"), "kind": "aws.ec2.instance-types", "name": region,
        "place": place(region), "tags": null, "machine_types": {"offered": offered},
    })
}

fn reservation(id: &str, machine: &str, free: u32) -> Value {
    json!({
        "id": arn("ec2", WEST, &format!("capacity-reservation/{id}")), "kind": "aws.ec2.capacity-reservation",
        "name": id, "place": place(WEST), "tags": {}, "status": {"state": "active", "healthy": true},
        "reservation": {"machine": machine, "zone": "us-west-2a", "total": 9, "free": free, "open": true,
            "ends_at": null},
    })
}

const EC2_DENIED: &[(&str, &str, &str, &str)] = &[
    (ACCOUNT, "", "*", "complete"),
    (ACCOUNT, EAST, "*", "complete"),
    (ACCOUNT, WEST, "ec2", "denied"),
    (ACCOUNT, WEST, "autoscaling", "complete"),
    (ACCOUNT, WEST, "ssm", "complete"),
];

/// Whether the image is there, and why that is not known.
fn found(resources: Vec<Value>, seen: &[(&str, &str, &str, &str)], id: &str) -> Value {
    let found = facts(inventory(resources, seen), &paired(), id, &["images"]);
    let images = found["joined"]["images"].as_array().cloned().unwrap_or_default();
    let all: Vec<Value> = images.iter().map(|image| image.get("found").cloned().unwrap_or_default()).collect();
    json!([all, found["unknown"]])
}

fn id(region: &str) -> String {
    arn("autoscaling", region, "autoScalingGroup:1:autoScalingGroupName/web")
}

#[test]
fn a_copy_of_an_image_or_one_of_its_name_is_there_and_one_that_is_not_ready_is_not() {
    let own = || image(EAST, "ami-1", "web-1", "available", Value::Null);
    let cases = [
        ("a copy", vec![image(WEST, "ami-9", "anything", "available", json!("ami-1"))], json!([[true], {}])),
        ("of its name", vec![image(WEST, "ami-9", "web-1", "available", Value::Null)], json!([[true], {}])),
        ("not ready", vec![image(WEST, "ami-9", "web-1", "pending", json!("ami-1"))], json!([[false], {}])),
        ("another", vec![image(WEST, "ami-9", "web-2", "available", json!("ami-2"))], json!([[false], {}])),
        ("none", vec![], json!([[false], {}])),
    ];
    for (what, there, expected) in cases {
        let all = [group(EAST, starts("ami-1", true), json!({})), own()].into_iter().chain(there).collect();
        assert_eq!(found(all, ALL_SEEN, &id(EAST)), expected, "{what}");
    }
}

#[test]
fn a_copy_whose_snapshot_or_key_is_gone_starts_nothing() {
    let own = || image(EAST, "ami-1", "web-1", "available", Value::Null);
    let copy = |snapshots: Value| {
        let mut copy = image(WEST, "ami-9", "anything", "available", json!("ami-1"));
        match snapshots {
            Value::Null => copy["machine_image"].as_object_mut().unwrap().remove("snapshots"),
            _ => copy["machine_image"].as_object_mut().unwrap().insert("snapshots".to_owned(), snapshots),
        };
        copy["unknown"] = json!({"machine_image.snapshots": "denied"});
        copy
    };
    let west_key = arn("kms", WEST, "key/west");
    let snapshot = |state: Value, key: Value| json!([{"id": "snap-1", "state": state, "key": key}]);
    let of_key = |state: &str| vec![copy(snapshot(json!("completed"), json!(west_key))), key(WEST, "west", &[], state)];
    let unknown = |why: &str| json!([[null], {"joined.images.found": why}]);
    let cases = [
        ("whole", vec![copy(snapshot(json!("completed"), Value::Null))], json!([[true], {}])),
        ("its snapshot is gone", vec![copy(snapshot(Value::Null, Value::Null))], json!([[false], {}])),
        ("its snapshot is not whole", vec![copy(snapshot(json!("pending"), Value::Null))], json!([[false], {}])),
        ("its key is there", of_key("enabled"), json!([[true], {}])),
        ("its key is disabled", of_key("disabled"), json!([[false], {}])),
        ("its snapshots were not read", vec![copy(Value::Null)], unknown("ami-9: denied")),
    ];
    for (what, there, expected) in cases {
        let all = [group(EAST, starts("ami-1", true), json!({})), own()].into_iter().chain(there).collect();
        assert_eq!(found(all, ALL_SEEN, &id(EAST)), expected, "{what}");
    }
}

#[test]
fn an_image_that_the_recovery_region_is_the_origin_of_is_there() {
    let own = image(EAST, "ami-1", "copied", "available", json!("ami-9"));
    let origin = image(WEST, "ami-9", "web", "available", Value::Null);
    let all = vec![group(EAST, starts("ami-1", true), json!({})), own, origin];
    assert_eq!(found(all, ALL_SEEN, &id(EAST)), json!([[true], {}]));
}

#[test]
fn what_the_stand_in_starts_from_is_there_for_the_group() {
    let east = || group(EAST, starts("ami-1", true), json!({}));
    let own = || image(EAST, "ami-1", "web-1", "available", Value::Null);
    let west = |available: bool| group(WEST, starts("ami-9", available), json!({}));
    assert_eq!(found(vec![east(), own(), west(true)], ALL_SEEN, &id(EAST)), json!([[true], {}]));
    assert_eq!(found(vec![east(), own(), west(false)], ALL_SEEN, &id(EAST)), json!([[false], {}]));
    // The one that waits is judged by what it starts from itself.
    assert_eq!(found(vec![east(), own(), west(false)], ALL_SEEN, &id(WEST)), json!([[false], {}]));
}

#[test]
fn whether_an_image_is_there_is_unknown_without_a_look_at_images_and_for_those_of_others() {
    let denied = format!("ec2:List denied in {ACCOUNT} · {WEST}");
    let own = || image(EAST, "ami-1", "web-1", "available", Value::Null);
    let all = || vec![group(EAST, starts("ami-1", true), json!({})), own()];
    assert_eq!(found(all(), EC2_DENIED, &id(EAST)), json!([[null], {"joined.images.found": denied}]));
    let mut others = starts("ami-2", true);
    others["account"] = json!("999999999999");
    let why = "what other images account 999999999999 shares in us-west-2 was not read";
    let expected = json!([[null], {"joined.images.found": why}]);
    assert_eq!(found(vec![group(EAST, others, json!({}))], ALL_SEEN, &id(EAST)), expected);
}

#[test]
fn an_image_that_a_parameter_names_hangs_on_the_parameter() {
    let named = |name: &str| {
        let image = json!({"at": "launch template web, version 3", "reference": format!("resolve:ssm:{name}")});
        group(EAST, image, json!({}))
    };
    let there = json!({
        "id": arn("ssm", WEST, "parameter/images/web"), "kind": "aws.ssm.parameter", "name": "/images/web",
        "place": place(WEST), "tags": {},
    });
    let why = "which image the parameter /images/web names in us-west-2 is not read";
    assert_eq!(
        found(vec![named("/images/web"), there], ALL_SEEN, &id(EAST)),
        json!([[null], {"joined.images.found": why}])
    );
    assert_eq!(found(vec![named("/images/web:3")], ALL_SEEN, &id(EAST)), json!([[false], {}]));
    // Every region has those that AWS keeps.
    let public = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
    assert_eq!(found(vec![named(public)], ALL_SEEN, &id(EAST)), json!([[], {}]));
}

#[test]
fn types_are_looked_for_in_the_zones_of_the_stand_in_else_in_the_whole_region() {
    let offered = json!([
        {"zones": ["us-west-2a", "us-west-2b"], "types": ["m7g.large"]},
        {"zones": ["us-west-2d"], "types": ["m8g.large"]},
    ]);
    let offering =
        |resources: Vec<Value>, seen, id: &str| facts(inventory(resources, seen), &paired(), id, &["offering"]);
    let east = || group(EAST, starts("ami-1", true), json!({}));
    let west = |zone: &str| {
        let redundancy = json!({"redundancy": {"zones": [zone], "multi_zone": false, "instances": 0}});
        group(WEST, starts("ami-9", true), redundancy)
    };
    let expected = |zones: Value, offered: &[&str], missing: &[&str]| {
        let offering = json!({"region": WEST, "engine": null, "zones": zones, "offered": offered, "missing": missing});
        json!({"joined": {"offering": offering}, "unknown": {}})
    };
    let all = vec![east(), types(WEST, offered.clone())];
    assert_eq!(offering(all, ALL_SEEN, &id(EAST)), expected(Value::Null, &["m7g.large", "m8g.large"], &[]));
    for (at, own, other) in [("us-west-2d", "m8g.large", "m7g.large"), ("us-west-2b", "m7g.large", "m8g.large")] {
        for id in [id(EAST), id(WEST)] {
            let all = vec![east(), west(at), types(WEST, offered.clone())];
            assert_eq!(offering(all, ALL_SEEN, &id), expected(json!([at]), &[own], &[other]));
        }
    }
    let denied = format!("ec2:List denied in {ACCOUNT} · {WEST}");
    let unknown = json!({"joined": {}, "unknown": {"joined.offering": denied}});
    assert_eq!(offering(vec![east()], EC2_DENIED, &id(EAST)), unknown);
}

/// What was asked of the recovery region for a database.
fn asked(machine: &str, offered: Value) -> Value {
    let mut facts = json!({"engine": "postgres", "engine_version": "16.3", "asked": [machine]});
    let unknown = match offered {
        Value::String(why) => json!({"machine_types.offered": why}),
        offered => {
            facts["offered"] = offered;
            json!({})
        }
    };
    json!({
        "id": arn("rds", WEST, &format!("instance-type:postgres/16.3/{machine}")),
        "kind": "aws.rdsofferings.instance-type", "name": machine, "place": place(WEST), "tags": null,
        "machine_types": facts, "unknown": unknown,
    })
}

#[test]
fn a_database_is_made_anew_on_one_of_its_types_unless_a_replica_runs_there() {
    let database = |types: Value, replicas: &[&str]| {
        let mut database = orders(replicas);
        database["capacity"] = json!({"types": types});
        database
    };
    let found = |resources: Vec<Value>, seen| {
        let id = arn("rds", EAST, "db:orders");
        facts(inventory(resources, seen), &paired(), &id, &["offering"])
    };
    let one = || database(json!(["db.r6g.large"]), &[]);
    let (yes, no) = (|machine: &str| asked(machine, json!([{"zones": ["us-west-2a"], "types": [machine]}])), json!([]));
    let expected = |offered: &[&str], missing: &[&str]| {
        let offering = json!({
            "region": WEST, "engine": "postgres 16.3", "zones": null, "offered": offered, "missing": missing,
        });
        json!({"joined": {"offering": offering}, "unknown": {}})
    };
    let unknown = |why: &str| json!({"joined": {}, "unknown": {"joined.offering": why}});
    let absent = json!({"joined": {"offering": null}, "unknown": {}});
    assert_eq!(found(vec![one(), yes("db.r6g.large")], ALL_SEEN), expected(&["db.r6g.large"], &[]));
    assert_eq!(found(vec![one(), asked("db.r6g.large", no.clone())], ALL_SEEN), expected(&[], &["db.r6g.large"]));
    // One of several is enough, as of a cluster.
    let two = || database(json!(["db.r6g.large", "db.x2g.large"]), &[]);
    let all = vec![two(), yes("db.x2g.large"), asked("db.r6g.large", no.clone())];
    assert_eq!(found(all, ALL_SEEN), expected(&["db.x2g.large"], &["db.r6g.large"]));
    let all = vec![two(), asked("db.x2g.large", json!("denied")), asked("db.r6g.large", no.clone())];
    assert_eq!(found(all, ALL_SEEN), unknown("denied"));
    let why = "whether us-west-2 offers db.r6g.large with postgres 16.3 was not asked";
    assert_eq!(found(vec![one(), yes("db.x2g.large")], ALL_SEEN), unknown(why));
    let denied =
        [(ACCOUNT, "", "*", "complete"), (ACCOUNT, WEST, "*", "complete"), (ACCOUNT, EAST, "rdsofferings", "denied")];
    assert_eq!(found(vec![one()], &denied), unknown("rdsofferings:List denied in 111122223333 · us-east-1"));
    // A replica has its type already, and may be the same thing on another one.
    let replica = arn("rds", WEST, "db:orders-replica");
    let all = vec![database(json!(["db.r6g.large"]), &[replica.as_str()]), orders_replica()];
    assert_eq!(found([all, vec![asked("db.r6g.large", no)]].concat(), ALL_SEEN), absent);
    assert_eq!(found(vec![database(json!([]), &[])], ALL_SEEN), absent);
    // A type that was not read may be offered.
    let mut partly = one();
    partly["unknown"] = json!({"capacity.types": "an instance of it was not listed"});
    let all = |offered: Value| vec![partly.clone(), offered];
    assert_eq!(found(all(yes("db.r6g.large")), ALL_SEEN), expected(&["db.r6g.large"], &[]));
    let found = found(all(asked("db.r6g.large", json!([]))), ALL_SEEN);
    assert_eq!(found, unknown("an instance of it was not listed"));
}

#[test]
fn what_is_reserved_counts_by_type_and_may_be_more_where_not_all_was_listed() {
    let reserved = |seen| {
        let all = vec![
            group(EAST, starts("ami-1", true), json!({})),
            reservation("cr-1", "m7g.large", 2),
            reservation("cr-2", "m8g.large", 1),
            reservation("cr-3", "c5.large", 5),
        ];
        facts(inventory(all, seen), &paired(), &id(EAST), &["reserved_instances"])
    };
    assert_eq!(reserved(ALL_SEEN), json!({"joined": {"reserved_instances": 3}, "unknown": {}}));
    let denied = format!("ec2:List denied in {ACCOUNT} · {WEST}");
    let expected = json!({"joined": {"reserved_instances": 3}, "unknown": {"joined.reserved_instances": denied}});
    assert_eq!(reserved(EC2_DENIED), expected);
}

#[test]
fn a_stand_in_of_which_not_every_image_is_known_shows_nothing() {
    let east = group(EAST, starts("ami-1", true), json!({}));
    let own = image(EAST, "ami-1", "web-1", "available", Value::Null);
    let denied = json!({"unknown": {"workload.launch_images": "ec2:DescribeLaunchTemplateVersions denied"}});
    let west = group(WEST, starts("ami-9", true), denied);
    assert_eq!(found(vec![east, own, west], ALL_SEEN, &id(EAST)), json!([[false], {}]));
}

#[test]
fn user_data_of_which_a_part_is_not_known_may_name_the_region_that_is_lost() {
    let packed = "launch template web, version 3: a part of its user data is packed";
    let west = |unknown: Value| group(WEST, starts("ami-9", true), json!({"unknown": unknown}));
    let hard_wired = |west: Value| facts(inventory(vec![west], ALL_SEEN), &paired(), &id(WEST), &["hard_wired"]);
    assert_eq!(hard_wired(west(json!({}))), json!({"joined": {"hard_wired": []}, "unknown": {}}));
    assert_eq!(
        hard_wired(west(json!({"workload.mentions": packed}))),
        json!({"joined": {"hard_wired": []}, "unknown": {"joined.hard_wired": packed}})
    );
}
