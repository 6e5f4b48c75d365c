//! Secrets, parameters, images and log groups: what of them is where a workload is to run.

use super::*;
use crate::link::index::Index;
use crate::model::Rel;

const CONFIG: fn() -> Config = paired;

fn secret(region: &str, suffix: &str, more: Value) -> Value {
    let mut secret = json!({
        "id": arn("secretsmanager", region, &format!("secret:orders/db-{suffix}")),
        "kind": "aws.secretsmanager.secret", "name": "orders/db", "place": place(region), "tags": {},
        "status": {"state": "available", "healthy": true, "created_at": null},
        "replication": {"role": "none", "source": null, "cross_region": false, "regions": [], "partial_regions": []},
        "encryption": {"enabled": true, "key": "alias/aws/secretsmanager"},
        "secret": {"primary_region": null, "replicas": [], "rotated": false, "rotation_function": null, "owner": null,
            "deletion_date": null},
    });
    for (path, value) in more.as_object().unwrap() {
        *secret.pointer_mut(path).unwrap() = value.clone();
    }
    secret
}

/// A primary in us-east-1 with a replica in us-west-2.
fn primary(status: &str, key: Value) -> Value {
    let replica = json!({"region": "us-west-2", "status": status, "key": key, "reason": null});
    secret(
        "us-east-1",
        "AbCdEf",
        json!({
            "/replication/role": "primary", "/replication/regions": ["us-west-2"], "/secret/replicas": [replica],
        }),
    )
}

fn replica() -> Value {
    secret(
        "us-west-2",
        "AbCdEf",
        json!({
            "/replication/role": "replica", "/replication/cross_region": true, "/secret/primary_region": "us-east-1",
            "/replication/source": arn("secretsmanager", "us-east-1", "secret:orders/db-AbCdEf"),
        }),
    )
}

fn of_secret(resources: Vec<Value>, seen: &[(&str, &str, &str, &str)]) -> Value {
    let id = arn("secretsmanager", "us-east-1", "secret:orders/db-AbCdEf");
    facts(inventory(resources, seen), &CONFIG(), &id, &["counterpart", "counterpart_key", "used_by"])
}

#[test]
fn a_replica_of_a_secret_stands_in_for_it_if_its_source_says_that_it_is_in_sync() {
    let there = arn("secretsmanager", "us-west-2", "secret:orders/db-AbCdEf");
    let expected = |usable: bool| {
        json!({
            "joined": {
                "counterpart": {"id": there, "how": "replica", "region": "us-west-2", "account": ACCOUNT,
                    "state": "available", "usable": usable},
                "counterpart_key": {"id": "alias/aws/secretsmanager", "state": null, "usable": true},
                "used_by": [],
            },
            "unknown": {},
        })
    };
    assert_eq!(of_secret(vec![primary("in_sync", Value::Null), replica()], ALL_SEEN), expected(true));
    assert_eq!(of_secret(vec![primary("failed", Value::Null), replica()], ALL_SEEN), expected(false));
}

#[test]
fn without_a_replica_a_secret_of_the_same_name_stands_in_and_without_both_nothing_does() {
    let twin = || secret("us-west-2", "XyZxYz", json!({"/encryption/key": arn("kms", "us-west-2", "key/west")}));
    let own = || secret("us-east-1", "AbCdEf", json!({}));
    let key = || key("us-west-2", "west", &[], "disabled");
    assert_eq!(
        of_secret(vec![own(), twin(), key()], ALL_SEEN),
        json!({
            "joined": {
                "counterpart": {"id": arn("secretsmanager", "us-west-2", "secret:orders/db-XyZxYz"), "how": "same-name",
                    "region": "us-west-2", "account": ACCOUNT, "state": "available", "usable": true},
                "counterpart_key": {"id": arn("kms", "us-west-2", "key/west"), "state": "disabled", "usable": false},
                "used_by": [],
            },
            "unknown": {},
        })
    );
    let nothing = json!({"joined": {"counterpart": null, "counterpart_key": null, "used_by": []}, "unknown": {}});
    assert_eq!(of_secret(vec![own()], ALL_SEEN), nothing);
    let denied = &[(ACCOUNT, "us-east-1", "*", "complete"), (ACCOUNT, "us-west-2", "secretsmanager", "denied")];
    let reason = format!("secretsmanager:List denied in {ACCOUNT} · us-west-2");
    assert_eq!(
        of_secret(vec![own()], denied),
        json!({
            "joined": {"used_by": []},
            "unknown": {"joined.counterpart": reason, "joined.counterpart_key": reason},
        })
    );
}

#[test]
fn the_key_of_a_replica_that_was_not_collected_is_the_one_that_its_source_names() {
    let west = arn("kms", "us-west-2", "key/west");
    let of_key = |primary: Value, key: Option<Value>, seen| {
        let mut found = of_secret([primary].into_iter().chain(key).collect(), seen);
        json!([found["joined"]["counterpart_key"].take(), found["unknown"]["joined.counterpart_key.usable"].take()])
    };
    let pending = key("us-west-2", "west", &["orders"], "pendingdeletion");
    let gone = json!([{"id": west, "state": "pendingdeletion", "usable": false}, null]);
    assert_eq!(of_key(primary("in_sync", json!(west)), Some(pending.clone()), ALL_SEEN), gone);
    assert_eq!(of_key(primary("in_sync", json!("alias/orders")), Some(pending), ALL_SEEN), gone);
    assert_eq!(
        of_key(primary("in_sync", json!(west)), None, ALL_SEEN),
        json!([{"id": west, "state": null, "usable": false}, null])
    );
    assert_eq!(
        of_key(primary("in_sync", json!(west)), None, RECOVERY_DENIED),
        json!([{"id": west}, format!("kms:List denied in {ACCOUNT} · us-west-2")])
    );
    assert_eq!(of_key(primary("in_sync", Value::Null), None, ALL_SEEN), json!([null, null]));
}

/// Something in us-east-1 that reads secrets and runs images. Its kind does not matter to the joins.
fn workload(region: &str, facts: Value) -> Value {
    json!({
        "id": arn("rds", region, "db:task"), "kind": "aws.rds.instance", "name": "task", "place": place(region),
        "tags": {}, "database": {"cluster": null}, "workload": facts,
    })
}

#[test]
fn a_secret_is_named_by_its_arn_in_whole_or_in_part_and_a_parameter_by_name_or_arn() {
    let secret_arn = arn("secretsmanager", "us-east-1", "secret:orders/db");
    let parameter = |name: &str, rest: &str| {
        json!({"id": arn("ssm", "us-east-1", &format!("parameter{rest}")), "kind": "aws.ssm.parameter", "name": name,
            "place": place("us-east-1"), "tags": {}})
    };
    let resources = |to: &str| {
        let mut reader = workload("us-east-1", json!({}));
        reader["links"] = json!([{"rel": "reads-secret", "to": to, "at": "container api, secret DB"}]);
        vec![
            reader,
            secret("us-east-1", "AbCdEf", json!({})),
            parameter("/orders/host", "/orders/host"),
            parameter("/billing/host", "/billing/host"),
            parameter("host", "/host"),
        ]
    };
    let used = |to: &str| {
        let inventory = inventory(resources(to), ALL_SEEN);
        let index = Index::new(&inventory.resources);
        let read = index.to(0, Rel::ReadsSecret).next();
        read.map_or_else(String::new, |at| index.get(at).name.clone())
    };
    let texts = [
        (format!("{secret_arn}-AbCdEf"), "orders/db"),
        (format!("{secret_arn}-AbCdEf:password::"), "orders/db"),
        (secret_arn.clone(), "orders/db"),
        (format!("{secret_arn}:password:AWSCURRENT:"), "orders/db"),
        // It was deleted, and made anew.
        (format!("{secret_arn}-ZzZzZz"), ""),
        (arn("secretsmanager", "us-west-2", "secret:orders/db"), ""),
        (arn("ssm", "us-east-1", "parameter/orders/host"), "/orders/host"),
        (arn("ssm", "us-east-1", "parameter/host"), "host"),
        ("/billing/host".to_owned(), "/billing/host"),
        ("/billing/host:3".to_owned(), "/billing/host"),
        ("host".to_owned(), "host"),
        ("nothing".to_owned(), ""),
    ];
    let found: Vec<_> = texts.iter().map(|(text, _)| (text.clone(), used(text))).collect();
    assert_eq!(found, texts.map(|(text, name)| (text, name.to_owned())));
}

#[test]
fn parameters_are_one_thing_in_two_regions_by_name_or_by_the_region_in_it() {
    let parameter = |region: &str, name: &str| {
        json!({"id": arn("ssm", region, &format!("parameter{name}")), "kind": "aws.ssm.parameter", "name": name,
            "place": place(region), "tags": {}, "encryption": {"enabled": false, "key": null}, "parameter": {}})
    };
    let how = |own: &str, there: &str| {
        let id = arn("ssm", "us-east-1", &format!("parameter{own}"));
        let resources = vec![parameter("us-east-1", own), parameter("us-west-2", there)];
        let mut found = facts(inventory(resources, ALL_SEEN), &CONFIG(), &id, &["counterpart", "counterpart_key"]);
        json!([found["joined"]["counterpart"]["how"].take(), found["joined"]["counterpart_key"].take()])
    };
    assert_eq!(how("/orders/host", "/orders/host"), json!(["same-name", null]));
    assert_eq!(how("/orders/us-east-1/host", "/orders/us-west-2/host"), json!(["region-in-name", null]));
    assert_eq!(how("/orders/host", "/billing/host"), json!([null, null]));
}

fn repository(region: &str, images: Value) -> Value {
    json!({
        "id": arn("ecr", region, "repository/team/shop"), "kind": "aws.ecr.repository", "name": "team/shop",
        "place": place(region), "tags": {}, "repository": {"tags_mutable": true, "tag_exceptions": [], "images": images},
    })
}

fn image(tag: Value, digest: Value) -> Value {
    json!({"at": "container api", "reference": "it", "region": "us-east-1", "account": ACCOUNT,
        "repository": "team/shop", "tag": tag, "digest": digest})
}

/// Where an image of a workload is, and why it is not known.
fn found(image: Value, resources: Vec<Value>, seen: &[(&str, &str, &str, &str)]) -> Value {
    let task = workload("us-east-1", json!({"images": [image], "logs": []}));
    let id = arn("rds", "us-east-1", "db:task");
    let resources = [task].into_iter().chain(resources).collect();
    let mut found = facts(inventory(resources, seen), &CONFIG(), &id, &["images"]);
    let image = &mut found["joined"]["images"][0];
    json!([image["digest"].take(), image["found"].take(), image["region"].take(), found["unknown"].take()])
}

#[test]
fn an_image_is_there_by_its_digest_whatever_its_tag_is_there() {
    let stored = |digest: &str, tags: &[&str]| json!({"digest": digest, "tags": tags});
    let here = || repository("us-east-1", json!([stored("sha256:a", &["v1"]), stored("sha256:b", &["v2", "latest"])]));
    let there = |images: Value| repository("us-west-2", images);
    let by_tag = || image(json!("v2"), Value::Null);
    let yes = json!(["sha256:b", true, "us-west-2", {}]);
    let no = json!(["sha256:b", false, "us-west-2", {}]);
    assert_eq!(found(by_tag(), vec![here(), there(json!([stored("sha256:b", &[])]))], ALL_SEEN), yes);
    // Another image has the tag there.
    assert_eq!(found(by_tag(), vec![here(), there(json!([stored("sha256:c", &["v2"])]))], ALL_SEEN), no);
    assert_eq!(found(by_tag(), vec![here()], ALL_SEEN), no);
    let by_digest = || image(Value::Null, json!("sha256:b"));
    assert_eq!(found(by_digest(), vec![here(), there(json!([stored("sha256:b", &["v2"])]))], ALL_SEEN), yes);
    // Its own registry does not have the tag any more.
    let lost = image(json!("v9"), Value::Null);
    assert_eq!(
        found(lost, vec![here(), there(json!([stored("sha256:z", &["v9"])]))], ALL_SEEN),
        json!([null, true, "us-west-2", {}])
    );
}

#[test]
fn an_image_is_not_known_to_be_there_where_a_registry_was_not_read() {
    let stored = json!([{"digest": "sha256:b", "tags": ["v2"]}]);
    let unread = |region: &str| {
        let mut repository = repository(region, Value::Null);
        repository["repository"].as_object_mut().unwrap().remove("images");
        repository["unknown"] = json!({"repository.images": "ecr:ListImages denied: no"});
        repository
    };
    let by_tag = || image(json!("v2"), Value::Null);
    let why = json!({"joined.images.found": "ecr:ListImages denied: no"});
    assert_eq!(
        found(by_tag(), vec![unread("us-east-1"), repository("us-west-2", stored.clone())], ALL_SEEN),
        json!([null, null, "us-west-2", why])
    );
    assert_eq!(
        found(by_tag(), vec![repository("us-east-1", stored.clone()), unread("us-west-2")], ALL_SEEN),
        json!(["sha256:b", null, "us-west-2", why])
    );
    // Without a repository of that name no image can be there.
    assert_eq!(found(by_tag(), vec![unread("us-east-1")], ALL_SEEN), json!([null, false, "us-west-2", {}]));
    let denied = &[(ACCOUNT, "us-east-1", "*", "complete"), (ACCOUNT, "us-west-2", "ecr", "denied")];
    assert_eq!(
        found(by_tag(), vec![repository("us-east-1", stored)], denied),
        json!(["sha256:b", null, "us-west-2", {"joined.images.found": format!("ecr:List denied in {ACCOUNT} · us-west-2")}])
    );
}

#[test]
fn tags_that_mean_another_image_in_the_recovery_region_are_named() {
    let stored = |digest: &str, tags: &[&str]| json!({"digest": digest, "tags": tags});
    let here =
        repository("us-east-1", json!([stored("sha256:a", &["v1", "old"]), stored("sha256:b", &["v2", "latest"])]));
    let there = repository("us-west-2", json!([stored("sha256:a", &["latest", "v1"]), stored("sha256:c", &["v2"])]));
    let differing = |resources: Vec<Value>| {
        let id = arn("ecr", "us-east-1", "repository/team/shop");
        facts(inventory(resources, ALL_SEEN), &CONFIG(), &id, &["tags_that_differ"])
    };
    let expected = |tags: &[&str]| json!({"joined": {"tags_that_differ": tags}, "unknown": {}});
    assert_eq!(differing(vec![here.clone(), there]), expected(&["latest", "v2"]));
    assert_eq!(differing(vec![here.clone(), repository("us-west-2", json!([]))]), expected(&[]));
    assert_eq!(differing(vec![here]), expected(&[]));
}

#[test]
fn a_log_group_has_to_be_where_the_task_is_to_run() {
    let group = |region: &str| {
        json!({"id": arn("logs", region, "log-group:/ecs/shop"), "kind": "aws.logs.group", "name": "/ecs/shop",
            "place": place(region), "tags": {}})
    };
    let logs = |task: &str, log: &str, groups: &[&str]| {
        let log = json!({"at": "container api", "group": "/ecs/shop", "region": log, "creates": false});
        let task_facts = workload(task, json!({"images": [], "logs": [log]}));
        let resources = [task_facts].into_iter().chain(groups.iter().map(|region| group(region))).collect();
        let mut found = facts(inventory(resources, ALL_SEEN), &CONFIG(), &arn("rds", task, "db:task"), &["logs"]);
        json!([found["joined"]["logs"][0]["region"].take(), found["joined"]["logs"][0]["found"].take()])
    };
    assert_eq!(logs("us-east-1", "us-east-1", &["us-east-1"]), json!(["us-west-2", false]));
    assert_eq!(logs("us-east-1", "us-east-1", &["us-east-1", "us-west-2"]), json!(["us-west-2", true]));
    // What waits in the recovery region writes where it is.
    assert_eq!(logs("us-west-2", "us-west-2", &["us-east-1"]), json!(["us-west-2", false]));
    // Logs of another region are not lost.
    assert_eq!(logs("us-east-1", "eu-west-1", &["us-east-1"]), json!(["eu-west-1", null]));
}
