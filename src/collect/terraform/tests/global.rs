//! What replication means across providers, regions and changes.

use serde_json::{Map, Value, json};

use super::super::read;
use crate::model::{Resource, Timestamp};

/// A row of a plan, with its block of the code.
struct Row {
    address: &'static str,
    provider: &'static str,
    actions: &'static [&'static str],
    before: Value,
    after: Value,
    unknown: Value,
    code: Value,
}

/// A row that leaves what is there as it is.
fn row(address: &'static str, provider: &'static str, values: Value) -> Row {
    let (before, after) = (values.clone(), values);
    Row { address, provider, actions: &["no-op"], before, after, unknown: json!({}), code: json!({}) }
}

impl Row {
    fn created(address: &'static str, provider: &'static str, after: Value, unknown: Value, code: Value) -> Self {
        Self { address, provider, actions: &["create"], before: Value::Null, after, unknown, code }
    }

    fn deleted(self) -> Self {
        Self { actions: &["delete"], after: Value::Null, ..self }
    }

    fn replaced(self) -> Self {
        Self { actions: &["delete", "create"], ..self }
    }

    /// Updated, with these attributes after it.
    fn with(mut self, after: Value) -> Self {
        self.after.as_object_mut().unwrap().extend(after.as_object().unwrap().clone());
        Self { actions: &["update"], ..self }
    }

    fn code(self, code: Value) -> Self {
        Self { code, ..self }
    }
}

/// A plan with a provider in us-east-1, and another one in us-west-2.
fn plan(rows: &[Row]) -> Map<String, Value> {
    let named = |row: &Row| {
        let (kind, name) = row.address.trim_end_matches("[0]").split_once('.').unwrap();
        json!({"address": row.address, "mode": "managed", "type": kind, "name": name})
    };
    let changes = rows.iter().map(|row| {
        let mut value = named(row);
        value["change"] = json!({
            "actions": row.actions, "before": row.before, "after": row.after, "after_unknown": row.unknown,
        });
        value
    });
    let changes: Vec<_> = changes.collect();
    // A block with a count of 0 is still in the code.
    let kept = rows.iter().filter(|row| row.actions != ["delete"] || row.address.ends_with(']'));
    let code: Vec<_> = kept
        .map(|row| {
            let mut value = named(row);
            value["address"] = json!(row.address.trim_end_matches("[0]"));
            value["provider_config_key"] = json!(row.provider);
            value["expressions"] = row.code.clone();
            value
        })
        .collect();
    let region = |region: &str| json!({"name": "aws", "expressions": {"region": {"constant_value": region}}});
    resources(&json!({
        "resource_changes": changes,
        "configuration": {
            "provider_config": {"aws": region("us-east-1"), "aws.west": region("us-west-2")},
            "root_module": {"resources": code},
        },
    }))
}

/// The resources of a document by address.
fn resources(document: &Value) -> Map<String, Value> {
    let input = read(document.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH).unwrap();
    let of = |resource: &Resource| (resource.origin.address.clone().unwrap(), serde_json::to_value(resource).unwrap());
    input.inventory.resources.iter().map(of).collect()
}

fn arn(name: &str) -> String {
    let region = if name.starts_with("west") { "us-west-2" } else { "us-east-1" };
    format!("arn:aws:rds:{region}:111122223333:cluster:{name}")
}

const SHOP: &str = "arn:aws:rds::111122223333:global-cluster:shop";

/// A global cluster under the provider of us-east-1, with what the provider lists: names, and whether they write.
fn shop(members: &[(&str, bool)]) -> Row {
    let listed = members.iter().map(|(name, writes)| json!({"db_cluster_arn": arn(name), "is_writer": writes}));
    let listed: Vec<_> = listed.collect();
    let values = json!({
        "arn": SHOP, "id": "shop", "global_cluster_identifier": "shop", "global_cluster_members": listed,
        "engine": "aurora-postgresql",
    });
    row("aws_rds_global_cluster.shop", "aws", values)
}

/// A cluster that is a member of it.
fn cluster(address: &'static str, name: &str) -> Row {
    let provider = if name.starts_with("west") { "aws.west" } else { "aws" };
    let values = json!({
        "arn": arn(name), "id": name, "cluster_identifier": name, "global_cluster_identifier": "shop",
        "engine": "aurora-postgresql", "master_username": "app", "replication_source_identifier": null,
    });
    row(address, provider, values)
}

fn east() -> Row {
    cluster("aws_rds_cluster.east", "east")
}

fn west() -> Row {
    cluster("aws_rds_cluster.west", "west")
}

/// What is known of the replication of a resource: its role, its source and its global cluster.
fn part(resource: &Value) -> Value {
    let facts = &resource["replication"];
    json!([facts["role"], facts["source"], facts["global"]])
}

#[test]
fn a_member_under_another_provider_is_found_by_the_name_of_its_global_cluster() {
    let both = [("east", true), ("west", false)];
    let facts = plan(&[shop(&both), east(), west()]);
    assert_eq!(part(&facts["aws_rds_cluster.east"]), json!(["primary", null, SHOP]));
    assert_eq!(part(&facts["aws_rds_cluster.west"]), json!(["replica", arn("east"), SHOP]));
    assert_eq!(facts["aws_rds_cluster.west"]["replication"]["cross_region"], json!(true));
    // What is deleted has no provider any more.
    let facts = plan(&[shop(&both), east(), west().deleted()]);
    assert_eq!(part(&facts["aws_rds_cluster.west"]["before"]), json!(["replica", arn("east"), SHOP]));
    assert_eq!(
        facts["aws_rds_global_cluster.shop"]["global"]["members"],
        json!([{"id": arn("east"), "region": "us-east-1", "writer": true}])
    );
    let in_state = |row: Row, kind: &str, provider: &str| {
        json!({"mode": "managed", "type": kind, "name": row.address.split_once('.').unwrap().1,
            "provider": format!("provider[\"registry.terraform.io/hashicorp/aws\"]{provider}"),
            "instances": [{"attributes": row.after}]})
    };
    let facts = resources(&json!({"version": 4, "resources": [
        in_state(shop(&both), "aws_rds_global_cluster", ""),
        in_state(east(), "aws_rds_cluster", ""),
        in_state(west(), "aws_rds_cluster", ".west"),
    ]}));
    assert_eq!(part(&facts["aws_rds_cluster.west"]), json!(["replica", arn("east"), SHOP]));
}

#[test]
fn a_global_cluster_of_another_account_is_another_one() {
    let mut other = shop(&[]);
    other.address = "aws_rds_global_cluster.other";
    let arn = "arn:aws:rds::444455556666:global-cluster:shop";
    other.before["arn"] = json!(arn);
    other.after["arn"] = json!(arn);
    let facts = plan(&[shop(&[("east", true), ("west", false)]), other, east(), west()]);
    assert_eq!(part(&facts["aws_rds_cluster.west"])[2], json!(SHOP));
}

#[test]
fn a_member_that_is_taken_out_of_its_global_cluster_stands_alone() {
    let both = [("east", true), ("west", false)];
    let alone = json!(["none", null, null]);
    let follows = json!({"replication_source_identifier": arn("east")});
    let mut following = west();
    following.before["replication_source_identifier"] = json!(arn("east"));
    // In its code, by either of what ties it to the others.
    for row in [
        west().with(json!({"global_cluster_identifier": null})),
        west().with(follows).with(json!({"global_cluster_identifier": null})),
        following.with(json!({"replication_source_identifier": null})),
    ] {
        let facts = plan(&[shop(&both), east(), row]);
        assert_eq!(part(&facts["aws_rds_cluster.west"]), alone);
        assert_eq!(part(&facts["aws_rds_cluster.west"]["before"])[0], json!("replica"));
        assert_eq!(
            facts["aws_rds_global_cluster.shop"]["global"]["members"],
            json!([{"id": arn("east"), "region": "us-east-1", "writer": true}])
        );
    }
    // With its global cluster, though its own row changes nothing.
    for global in [shop(&both).deleted(), shop(&both).replaced()] {
        let facts = plan(&[global, east(), west()]);
        let west = &facts["aws_rds_cluster.west"];
        assert_eq!((part(west), part(&west["before"])[0].clone()), (alone.clone(), json!("replica")));
        assert_eq!(west["change"]["action"], json!("update"));
    }
}

#[test]
fn members_that_are_only_listed_are_sources_and_replicas_too() {
    let both = [("east", true), ("west", false)];
    let facts = plan(&[shop(&both), west()]);
    let replication = &facts["aws_rds_cluster.west"]["replication"];
    assert_eq!(
        [&replication["role"], &replication["source"], &replication["cross_region"]],
        [&json!("replica"), &json!(arn("east")), &json!(true)]
    );
    let facts = plan(&[shop(&both), east().with(json!({"global_cluster_identifier": null}))]);
    assert_eq!(facts["aws_rds_cluster.east"]["before"]["replication"]["replicas"], json!([arn("west")]));
}

#[test]
fn what_follows_a_primary_that_leaves_is_not_known() {
    let facts = plan(&[
        shop(&[("east", true), ("west", false)]),
        east().with(json!({"global_cluster_identifier": null})),
        west(),
    ]);
    let reason = "the member that takes the writes leaves the global cluster";
    assert_eq!(part(&facts["aws_rds_cluster.east"]), json!(["none", null, null]));
    let before = &facts["aws_rds_cluster.east"]["before"]["replication"];
    assert_eq!(
        (&before["role"], &before["global"], &before["replicas"]),
        (&json!("primary"), &json!(SHOP), &json!([arn("west")]))
    );
    let west = &facts["aws_rds_cluster.west"];
    assert_eq!(
        (west["replication"].clone(), &west["unknown"]["replication.role"]),
        (json!({"global": SHOP}), &json!(reason))
    );
}

/// The roles of clusters that are made together with their global cluster. A member names a user, or what it is made
/// from, or nothing.
fn roles_of_new(kind: [&'static str; 3], members: [Value; 2]) -> [Value; 2] {
    let [global, first, second] = kind;
    let reference = json!({"references": [format!("{global}.id"), global]});
    let unknown = json!({"arn": true, "id": true, "global_cluster_members": true});
    let mut rows =
        vec![Row::created(global, "aws", json!({"global_cluster_identifier": "events"}), unknown, json!({}))];
    for (address, member) in [first, second].into_iter().zip(members) {
        if member.is_null() {
            continue;
        }
        let mut unknown = json!({"arn": true, "id": true, "global_cluster_identifier": true, "master_username": true});
        let mut code = json!({"global_cluster_identifier": reference});
        for name in member.as_object().unwrap().keys() {
            code[name] = json!({"constant_value": member[name]});
            unknown.as_object_mut().unwrap().remove(name);
        }
        rows.push(Row::created(address, if address == first { "aws" } else { "aws.west" }, member, unknown, code));
    }
    let facts = plan(&rows);
    [first, second].map(|address| facts.get(address).map_or(Value::Null, |it| it["replication"]["role"].clone()))
}

#[test]
fn of_new_members_that_all_name_a_user_none_is_taken_for_the_primary() {
    let docdb = ["aws_docdb_global_cluster.x", "aws_docdb_cluster.a", "aws_docdb_cluster.b"];
    let neptune = ["aws_neptune_global_cluster.x", "aws_neptune_cluster.a", "aws_neptune_cluster.b"];
    let (user, none) = (json!({"master_username": "app"}), json!({}));
    let restored = json!({"snapshot_identifier": "before"});
    let known = |a: &str, b: &str| [json!(a), json!(b)];
    let unknown = [Value::Null, Value::Null];
    assert_eq!(roles_of_new(docdb, [user.clone(), none.clone()]), known("primary", "replica"));
    assert_eq!(roles_of_new(docdb, [user.clone(), user.clone()]), unknown);
    assert_eq!(roles_of_new(docdb, [user.clone(), restored.clone()]), unknown);
    assert_eq!(roles_of_new(docdb, [restored, none.clone()]), [Value::Null, json!("replica")]);
    assert_eq!(roles_of_new(neptune, [none.clone(), none.clone()]), unknown);
    // Nobody else can have joined it before.
    assert_eq!(roles_of_new(neptune, [none, Value::Null]), [json!("primary"), Value::Null]);
    assert_eq!(roles_of_new(docdb, [user, Value::Null]), [json!("primary"), Value::Null]);
}

#[test]
fn whoever_joins_a_member_that_writes_follows_it() {
    let created = |name: &'static str| {
        let values = json!({"cluster_identifier": name, "global_cluster_identifier": "shop", "master_username": "app"});
        Row::created("aws_rds_cluster.west", "aws.west", values, json!({"arn": true, "id": true}), json!({}))
    };
    let role = |rows: &[Row]| plan(rows)["aws_rds_cluster.west"]["replication"]["role"].clone();
    assert_eq!(role(&[shop(&[("east", true)]), east(), created("west")]), json!("replica"));
    assert_eq!(role(&[shop(&[("elsewhere", true)]), created("west")]), json!("replica"));
    // Who writes leaves with the same change, or nobody does.
    assert_eq!(role(&[shop(&[("east", true)]), east().deleted(), created("west")]), Value::Null);
    assert_eq!(role(&[shop(&[("east", false)]), east(), created("west")]), Value::Null);
    assert_eq!(role(&[shop(&[("east", false), ("west", false)]), east(), west()]), Value::Null);
    // It is in another workspace.
    let facts = plan(&[west()]);
    assert_eq!(
        (part(&facts["aws_rds_cluster.west"]), &facts["aws_rds_cluster.west"]["unknown"]["replication.role"]),
        (json!([null, null, "shop"]), &json!("its global cluster is not managed here"))
    );
}

#[test]
fn a_state_that_is_older_than_the_members_tells_them_by_their_user() {
    let mut nameless = west();
    nameless.after["master_username"] = json!("");
    let in_state = |row: Row| {
        let (kind, name) = row.address.split_once('.').unwrap();
        json!({"address": row.address, "mode": "managed", "type": kind, "name": name,
            "provider_name": "registry.terraform.io/hashicorp/aws", "values": row.after})
    };
    let state = |rows: Vec<Row>| {
        let rows: Vec<_> = rows.into_iter().map(in_state).collect();
        resources(&json!({"format_version": "1.0", "values": {"root_module": {"resources": rows}}}))
    };
    let facts = state(vec![shop(&[]), east(), nameless]);
    assert_eq!(part(&facts["aws_rds_cluster.east"])[0], json!("primary"));
    assert_eq!(part(&facts["aws_rds_cluster.west"]), json!(["replica", arn("east"), SHOP]));
    let facts = state(vec![shop(&[]), east(), west()]);
    assert_eq!(
        [part(&facts["aws_rds_cluster.east"])[0].clone(), part(&facts["aws_rds_cluster.west"])[0].clone()],
        [Value::Null, Value::Null]
    );
}

const CARTS: &str = "arn:aws:elasticache::111122223333:globalreplicationgroup:abcde-carts";

fn datastore(primary: &str) -> Row {
    let values = json!({
        "arn": CARTS, "id": "abcde-carts", "global_replication_group_id": "abcde-carts",
        "primary_replication_group_id": primary, "automatic_failover_enabled": true,
    });
    row("aws_elasticache_global_replication_group.carts", "aws", values)
}

fn group(address: &'static str, name: &str, region: &str) -> Row {
    let values = json!({
        "arn": format!("arn:aws:elasticache:{region}:111122223333:replicationgroup:{name}"), "id": name,
        "replication_group_id": name, "global_replication_group_id": "abcde-carts", "num_cache_clusters": 2,
        "automatic_failover_enabled": false,
    });
    row(address, if region == "us-west-2" { "aws.west" } else { "aws" }, values)
}

const PRIMARY: &str = "aws_elasticache_replication_group.primary";
const SECONDARY: &str = "aws_elasticache_replication_group.secondary";

fn roles_of_groups(rows: &[Row]) -> [Value; 2] {
    let facts = plan(rows);
    [PRIMARY, SECONDARY].map(|address| {
        let resource = &facts[address];
        let resource = if resource["change"]["action"] == "delete" { &resource["before"] } else { resource };
        part(resource)[0].clone()
    })
}

#[test]
fn the_datastore_tells_which_of_its_groups_is_the_primary() {
    let first = || group(PRIMARY, "carts", "us-east-1");
    let second = || group(SECONDARY, "carts-west", "us-west-2");
    let known = [json!("primary"), json!("replica")];
    assert_eq!(roles_of_groups(&[datastore("carts"), first(), second()]), known);
    assert_eq!(roles_of_groups(&[datastore("carts"), first(), second().deleted()]), known);
    let facts = plan(&[datastore("carts"), first(), second()]);
    let source = "arn:aws:elasticache:us-east-1:111122223333:replicationgroup:carts";
    assert_eq!(part(&facts[SECONDARY]), json!(["replica", source, CARTS]));
    // Both have one name, and only the code of one says that it is a secondary.
    let code = json!({"global_replication_group_id": {"constant_value": "abcde-carts"}});
    let of_same_name = group(SECONDARY, "carts", "us-west-2").code(code.clone());
    assert_eq!(roles_of_groups(&[datastore("carts"), first(), of_same_name]), known);
    // The provider fills the attribute in for a primary as well.
    assert_eq!(roles_of_groups(&[first(), second()]), [Value::Null, Value::Null]);
    assert_eq!(roles_of_groups(&[first(), second().code(code)]), [Value::Null, json!("replica")]);
    let facts = plan(&[first()]);
    let reason = "its global datastore is not managed here: it may be the primary of it";
    assert_eq!(
        (part(&facts[PRIMARY]), &facts[PRIMARY]["unknown"]["replication.role"]),
        (json!([null, null, "abcde-carts"]), &json!(reason))
    );
    // A variable may make nothing of it.
    let either = json!({"global_replication_group_id": {"references": ["var.datastore"]}});
    assert_eq!(roles_of_groups(&[first().code(either), second()]), [Value::Null, Value::Null]);
}

#[test]
fn groups_whose_datastore_goes_stand_alone() {
    let rows =
        |datastore: Row| [datastore, group(PRIMARY, "carts", "us-east-1"), group(SECONDARY, "carts-west", "us-west-2")];
    assert_eq!(roles_of_groups(&rows(datastore("carts").deleted())), [json!("none"), json!("none")]);
    // A new one is made around the primary.
    assert_eq!(roles_of_groups(&rows(datastore("carts").replaced())), [json!("primary"), json!("none")]);
    let facts = plan(&rows(datastore("carts").deleted()));
    let primary = &facts[PRIMARY];
    assert_eq!(
        (part(primary), part(&primary["before"])),
        (json!(["none", null, null]), json!(["primary", null, CARTS]))
    );
    assert_eq!(primary["change"]["action"], json!("update"));
}

#[test]
fn failover_of_the_members_of_a_datastore_is_switched_on_the_datastore() {
    let failover = |datastore: Value, own: bool| {
        let reference = |name: &str| json!({"references": [format!("{name}.id"), name]});
        let store = "aws_elasticache_global_replication_group.carts";
        let mut unknown = json!({"arn": true, "id": true, "primary_replication_group_id": true});
        let mut values = json!({"global_replication_group_id_suffix": "carts"});
        match datastore {
            Value::Null => unknown["automatic_failover_enabled"] = json!(true),
            known => values["automatic_failover_enabled"] = known,
        }
        let code = json!({"primary_replication_group_id": reference(PRIMARY)});
        let group = |address, provider, own: bool, code| {
            let values =
                json!({"replication_group_id": address, "num_cache_clusters": 2, "automatic_failover_enabled": own});
            let unknown = json!({"arn": true, "id": true, "global_replication_group_id": true});
            Row::created(address, provider, values, unknown, code)
        };
        let facts = plan(&[
            Row::created(store, "aws", values, unknown, code),
            group(PRIMARY, "aws", own, json!({})),
            group(SECONDARY, "aws.west", false, json!({"global_replication_group_id": reference(store)})),
        ]);
        [PRIMARY, SECONDARY].map(|address| facts[address]["redundancy"]["automatic_failover"].clone())
    };
    assert_eq!(failover(json!(true), false), [json!(true), json!(true)]);
    assert_eq!(failover(json!(false), true), [json!(false), json!(false)]);
    // It begins with that of its primary.
    assert_eq!(failover(Value::Null, true), [json!(true), json!(true)]);
    assert_eq!(failover(Value::Null, false), [json!(false), json!(false)]);
    // What is there already has been read; what is only planned for a member of one elsewhere decides nothing.
    let own = |row: Row| plan(&[row])[SECONDARY]["redundancy"]["automatic_failover"].clone();
    let there = || group(SECONDARY, "carts-west", "us-west-2");
    assert_eq!(own(there()), json!(false));
    let mut on = there();
    on.before["automatic_failover_enabled"] = json!(true);
    assert_eq!(own(on.with(json!({"description": "carts"}))), Value::Null);
}

#[test]
fn failover_takes_a_second_node_in_each_shard() {
    let failover = |mut values: Value| {
        values["replication_group_id"] = json!("jobs");
        values["automatic_failover_enabled"] = json!(true);
        let code = json!({});
        let row = Row::created("aws_elasticache_replication_group.jobs", "aws", values, json!({"arn": true}), code);
        plan(&[row])["aws_elasticache_replication_group.jobs"]["redundancy"]["automatic_failover"].clone()
    };
    assert_eq!(failover(json!({"num_node_groups": 3, "replicas_per_node_group": 0})), json!(false));
    assert_eq!(failover(json!({"num_node_groups": 3, "replicas_per_node_group": 1})), json!(true));
    assert_eq!(failover(json!({"num_cache_clusters": 1})), json!(false));
    assert_eq!(failover(json!({"num_cache_clusters": 2})), json!(true));
    assert_eq!(
        failover(json!({"num_cache_clusters": 3, "num_node_groups": 3, "replicas_per_node_group": 0})),
        json!(false)
    );
    assert_eq!(failover(json!({"cluster_mode": [{"num_node_groups": 2, "replicas_per_node_group": 0}]})), json!(false));
}

#[test]
fn an_instance_whose_cluster_is_vague_is_a_member_and_leaves_only_what_it_may_belong_to_open() {
    let cluster = |address, engine: &str| {
        let values = json!({"cluster_identifier": address, "engine": engine});
        Row::created(address, "aws", values, json!({"arn": true, "id": true}), json!({}))
    };
    let (mysql, other) = ("aws_rds_cluster.mysql", "aws_rds_cluster.other");
    let postgres = "aws_rds_cluster.postgres";
    let member = |address, references: Value| {
        let values = json!({"engine": "aurora-mysql", "availability_zone": "us-east-1a"});
        let unknown = json!({"arn": true, "id": true, "cluster_identifier": true});
        Row::created(address, "aws", values, unknown, json!({"cluster_identifier": {"references": references}}))
    };
    let instances = |vague: Value| {
        let id = |address: &str| json!([format!("{address}.id"), address]);
        let mut postgres_member = member("aws_rds_cluster_instance.postgres", id(postgres));
        postgres_member.after["engine"] = json!("aurora-postgresql");
        let there = row(
            "aws_rds_cluster.there",
            "aws",
            json!({
                "arn": arn("there"), "id": "there", "cluster_identifier": "there", "engine": "aurora-mysql",
                "cluster_members": ["there-1", "there-2"],
            }),
        );
        let facts = plan(&[
            cluster(mysql, "aurora-mysql"),
            cluster(other, "aurora-mysql"),
            cluster(postgres, "aurora-postgresql"),
            there,
            member("aws_rds_cluster_instance.mysql", id(mysql)),
            member("aws_rds_cluster_instance.other", id(other)),
            postgres_member,
            member("aws_rds_cluster_instance.vague", vague),
        ]);
        let count = |address: &str| facts[address]["redundancy"]["instances"].clone();
        let vague = facts["aws_rds_cluster_instance.vague"]["database"]["cluster"].clone();
        ([mysql, other, postgres, "aws_rds_cluster.there"].map(count), vague)
    };
    let (one, two, nobody_knows) = (json!(1), json!(2), Value::Null);
    let unnamed = json!("(known only after apply)");
    let prefixed = json!(["aws_rds_cluster.other.cluster_identifier_prefix", "aws_rds_cluster.other.id"]);
    let counts = [one.clone(), nobody_knows.clone(), one.clone(), two.clone()];
    assert_eq!(instances(prefixed), (counts, unnamed.clone()));
    // It may be any that is only made now, and has its engine.
    let counts = [nobody_knows.clone(), nobody_knows, one, two];
    assert_eq!(instances(json!(["local.cluster"])), (counts, unnamed));
}

#[test]
fn instances_that_the_provider_lists_count_wherever_they_are_declared() {
    let cluster = || {
        let values = json!({
            "arn": arn("east"), "id": "east", "cluster_identifier": "east", "engine": "aurora-mysql",
            "cluster_members": ["east-1", "east-2"],
        });
        row("aws_rds_cluster.east", "aws", values)
    };
    let member = || {
        let values = json!({"id": "east-1", "identifier": "east-1", "cluster_identifier": "east",
            "availability_zone": "us-east-1a"});
        row("aws_rds_cluster_instance.one", "aws", values)
    };
    let redundancy = |rows: &[Row]| {
        let facts = plan(rows)["aws_rds_cluster.east"]["redundancy"].clone();
        [facts["instances"].clone(), facts["multi_zone"].clone()]
    };
    assert_eq!(redundancy(&[cluster(), member()]), [json!(2), Value::Null]);
    assert_eq!(redundancy(&[cluster()]), [json!(2), Value::Null]);
    assert_eq!(redundancy(&[cluster(), member().deleted()]), [json!(1), json!(false)]);
    // No fail without evidence: others may be listed, and the plan does not tell.
    let mut untold = cluster();
    untold.unknown = json!({"cluster_members": true});
    untold.after.as_object_mut().unwrap().remove("cluster_members");
    assert_eq!(redundancy(&[untold, member()]), [Value::Null, Value::Null]);
}

#[test]
fn replicas_of_tables_have_a_switch_for_recovery_each_and_go_one_by_one() {
    let table = |replicas: Value| {
        let values = json!({
            "arn": "arn:aws:dynamodb:us-east-1:111122223333:table/carts", "id": "carts", "name": "carts",
            "point_in_time_recovery": [{"enabled": true}], "replica": replicas,
        });
        row("aws_dynamodb_table.carts", "aws", values)
    };
    let replica = |recovery: bool| {
        let values = json!({
            "arn": "arn:aws:dynamodb:us-west-2:111122223333:table/carts",
            "global_table_arn": "arn:aws:dynamodb:us-east-1:111122223333:table/carts",
            "point_in_time_recovery": recovery,
        });
        row("aws_dynamodb_table_replica.west", "aws.west", values)
    };
    let of = |resource: &Value| {
        let facts = &resource["replication"];
        json!([facts["role"], facts["regions"], resource["backup"]["replicas_without_point_in_time"]])
    };
    let facts = |rows: &[Row]| plan(rows)["aws_dynamodb_table.carts"].clone();
    let blocks = json!([
        {"region_name": "us-west-2", "point_in_time_recovery": false},
        {"region_name": "eu-west-1", "point_in_time_recovery": true},
        {"region_name": "eu-west-2"},
    ]);
    let regions = ["eu-west-1", "eu-west-2", "us-west-2"];
    assert_eq!(of(&facts(&[table(blocks)])), json!(["primary", regions, ["eu-west-2", "us-west-2"]]));
    assert_eq!(of(&facts(&[table(json!([]))])), json!(["none", [], []]));
    assert_eq!(of(&facts(&[table(json!([])), replica(false)])), json!(["primary", ["us-west-2"], ["us-west-2"]]));
    // The table lists it as it was, until it is read again.
    let listed = || table(json!([{"region_name": "us-west-2", "point_in_time_recovery": false}]));
    assert_eq!(of(&facts(&[listed(), replica(true)])), json!(["primary", ["us-west-2"], []]));
    let gone = facts(&[listed(), replica(false).deleted()]);
    assert_eq!(of(&gone), json!(["none", [], []]));
    assert_eq!(of(&gone["before"]), json!(["primary", ["us-west-2"], ["us-west-2"]]));
    assert_eq!(gone["change"]["action"], json!("update"));
}

#[test]
fn without_its_global_table_each_table_stands_alone() {
    let table = json!({"arn": "arn:aws:dynamodb:us-east-1:111122223333:table/carts", "name": "carts"});
    let global = json!({"name": "carts", "replica": [{"region_name": "us-east-1"}, {"region_name": "us-west-2"}]});
    let facts = plan(&[
        row("aws_dynamodb_table.carts", "aws", table),
        row("aws_dynamodb_global_table.carts", "aws", global).deleted(),
    ]);
    let table = &facts["aws_dynamodb_table.carts"];
    assert_eq!(table["replication"], json!({"role": "none", "replicas": [], "regions": [], "partial_regions": []}));
    assert_eq!(
        table["before"]["replication"],
        json!({"role": "primary", "replicas": [], "regions": ["us-west-2"], "partial_regions": []})
    );
}

#[test]
fn a_rule_for_a_part_of_a_bucket_makes_no_replica_of_it() {
    let replication = |rules: Value, is_inline: bool| {
        let bucket = |address, name: &str, provider| {
            let arn = format!("arn:aws:s3:::{name}");
            row(address, provider, json!({"arn": arn, "bucket": name, "id": name}))
        };
        let copy = bucket("aws_s3_bucket.copy", "copy", "aws.west");
        let mut reports = bucket("aws_s3_bucket.reports", "reports", "aws");
        let mut rows = vec![copy];
        if is_inline {
            let configuration = json!({"replication_configuration": [{"rules": rules}]});
            reports = reports.with(configuration);
        } else {
            let part = json!({"bucket": "reports", "rule": rules});
            rows.push(row("aws_s3_bucket_replication_configuration.reports", "aws", part));
        }
        rows.push(reports);
        let facts = plan(&rows)["aws_s3_bucket.reports"]["replication"].clone();
        (facts["regions"].clone(), facts["partial_regions"].clone())
    };
    let rule = |more: Value| {
        let mut rule = json!({"status": "Enabled", "destination": [{"bucket": "arn:aws:s3:::copy"}]});
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    let (all, part) = ((json!(["us-west-2"]), json!([])), (json!([]), json!(["us-west-2"])));
    for (more, wanted) in [
        (json!({}), &all),
        (json!({"prefix": ""}), &all),
        (json!({"prefix": "logs/"}), &part),
        (json!({"filter": [{}]}), &all),
        (json!({"filter": [{"prefix": ""}]}), &all),
        (json!({"filter": [{"prefix": "logs/"}]}), &part),
        (json!({"filter": [{"tag": [{"key": "tier", "value": "1"}]}]}), &part),
        (json!({"filter": [{"and": [{"prefix": "", "tags": {"tier": "1"}}]}]}), &part),
        (json!({"filter": [{"and": [{"prefix": "logs/", "tags": {}}]}]}), &part),
        (json!({"status": "Disabled"}), &(json!([]), json!([]))),
    ] {
        assert_eq!(replication(json!([rule(more.clone())]), false), *wanted, "{more}");
    }
    for (more, wanted) in [
        (json!({"filter": [{"prefix": "", "tags": {}}]}), &all),
        (json!({"filter": [{"tags": {"tier": "1"}}]}), &part),
        (json!({"prefix": "logs/"}), &part),
    ] {
        assert_eq!(replication(json!([rule(more.clone())]), true), *wanted, "{more}");
    }
    // Objects that are encrypted with a key of KMS are left out, unless the rule says otherwise.
    let encrypted = |more: Value, algorithm: &str| {
        let by_default = json!([{"apply_server_side_encryption_by_default": [{"sse_algorithm": algorithm}]}]);
        let facts = plan(&[
            row("aws_s3_bucket.copy", "aws.west", json!({"arn": "arn:aws:s3:::copy", "bucket": "copy"})),
            row("aws_s3_bucket.reports", "aws", json!({"arn": "arn:aws:s3:::reports", "bucket": "reports"})),
            row(
                "aws_s3_bucket_replication_configuration.reports",
                "aws",
                json!({"bucket": "reports", "rule": [rule(more)]}),
            ),
            row(
                "aws_s3_bucket_server_side_encryption_configuration.reports",
                "aws",
                json!({"bucket": "reports", "rule": by_default}),
            ),
        ]);
        let facts = &facts["aws_s3_bucket.reports"]["replication"];
        (facts["regions"].clone(), facts["partial_regions"].clone())
    };
    let takes = json!({"source_selection_criteria": [{"sse_kms_encrypted_objects": [{"status": "Enabled"}]}]});
    assert_eq!(encrypted(json!({}), "aws:kms"), part);
    assert_eq!(encrypted(takes, "aws:kms"), all);
    assert_eq!(encrypted(json!({}), "AES256"), all);
    // What the bucket still shows of rules that are taken away counts for nothing.
    let shown = json!({
        "arn": "arn:aws:s3:::reports", "bucket": "reports", "replication_configuration": [{"rules": [rule(json!({}))]}],
    });
    let part = json!({"bucket": "reports", "rule": [rule(json!({}))]});
    let facts = plan(&[
        row("aws_s3_bucket.copy", "aws.west", json!({"arn": "arn:aws:s3:::copy", "bucket": "copy"})),
        row("aws_s3_bucket.reports", "aws", shown),
        Row {
            actions: &["delete"],
            after: Value::Null,
            ..row("aws_s3_bucket_replication_configuration.x[0]", "aws", part)
        },
    ]);
    let regions = |resource: &Value| resource["replication"]["regions"].clone();
    let reports = &facts["aws_s3_bucket.reports"];
    assert_eq!([regions(&reports["before"]), regions(reports)], [json!(["us-west-2"]), json!([])]);
    assert_eq!(reports.get("unknown"), None);
    // One rule for everything is enough.
    let both = json!([rule(json!({})), rule(json!({"filter": [{"prefix": "logs/"}]}))]);
    assert_eq!(replication(both, false), (json!(["us-west-2"]), json!(["us-west-2"])));
}

#[test]
fn an_encrypted_replica_in_another_region_without_a_key_of_it_is_not_made() {
    let orders = "arn:aws:rds:us-east-1:111122223333:db:orders";
    let source = || {
        let values = json!({"arn": orders, "identifier": "orders", "storage_encrypted": true, "replicas": []});
        row("aws_db_instance.orders", "aws", values)
    };
    let replica = |provider, key: Value, code: Value| {
        let mut unknown = json!({"arn": true, "id": true, "kms_key_id": key.is_null()});
        if !key.is_null() {
            unknown.as_object_mut().unwrap().remove("kms_key_id");
        }
        let values = json!({"identifier": "copy", "replicate_source_db": orders, "kms_key_id": key});
        Row::created("aws_db_instance.copy", provider, values, unknown, code)
    };
    let key = |region: &str| json!(format!("arn:aws:kms:{region}:111122223333:key/k"));
    let facts = |source: Row, replica: Row| {
        let facts = plan(&[source, replica]);
        let copy = &facts["aws_db_instance.copy"];
        let known = |value: &Value, name: &str| value.get(name).cloned().unwrap_or(json!("unknown"));
        json!([
            known(&copy["encryption"], "key"),
            known(&copy["replication"], "source"),
            facts["aws_db_instance.orders"]["replication"]["role"],
        ])
    };
    let refused = json!([null, "unknown", "none"]);
    assert_eq!(facts(source(), replica("aws.west", Value::Null, json!({}))), refused);
    // A key of another region cannot be used there.
    assert_eq!(facts(source(), replica("aws.west", key("us-east-1"), json!({}))), refused);
    assert_eq!(
        facts(source(), replica("aws.west", key("us-west-2"), json!({}))),
        json!([key("us-west-2"), orders, "primary"])
    );
    // Which key it is cannot be told from what the code refers to.
    let code = json!({"kms_key_id": {"references": ["aws_kms_key.there.arn", "aws_kms_key.there"]}});
    assert_eq!(facts(source(), replica("aws.west", Value::Null, code)), json!(["unknown", orders, "primary"]));
    // Beside its source it takes the key of it, and without encryption it needs none.
    assert_eq!(facts(source(), replica("aws", Value::Null, json!({}))), json!(["alias/aws/rds", orders, "primary"]));
    let keyed = source().with(json!({"kms_key_id": key("us-east-1")}));
    assert_eq!(facts(keyed, replica("aws", Value::Null, json!({}))), json!([key("us-east-1"), orders, "primary"]));
    let restored = source().with(json!({"snapshot_identifier": "before"}));
    assert_eq!(facts(restored, replica("aws", Value::Null, json!({}))), json!(["unknown", orders, "primary"]));
    let plain = source().with(json!({"storage_encrypted": false}));
    assert_eq!(facts(plain, replica("aws.west", Value::Null, json!({}))), json!([null, orders, "primary"]));
}
