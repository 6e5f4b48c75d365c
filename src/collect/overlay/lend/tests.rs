//! What one stack says of the resource of another.

use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::collect::terraform::{Stated, StatedOf, StatedPlaces, TerraformInput, read_placed};
use crate::model::{Origin, Timestamp};

const ACCOUNT: &str = "111122223333";

/// A plan with one provider, of a region.
fn plan(stack: &str, region: &str, rows: &[(&str, &str, Value, Value)]) -> (Inventory, Vec<LooseParts>) {
    plan_of(ACCOUNT, stack, region, rows)
}

fn plan_of(
    account: &str,
    stack: &str,
    region: &str,
    rows: &[(&str, &str, Value, Value)],
) -> (Inventory, Vec<LooseParts>) {
    let read = read_plan(account, stack, region, rows);
    (read.inventory, read.loose)
}

fn read_plan(account: &str, stack: &str, region: &str, rows: &[(&str, &str, Value, Value)]) -> TerraformInput {
    let row = |(address, action, before, after): &(&str, &str, Value, Value)| {
        let (kind, name) = address.split_once('.').unwrap();
        let actions = if *action == "replace" { vec!["delete", "create"] } else { vec![*action] };
        json!({
            "address": address, "mode": "managed", "type": kind, "name": name,
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {"actions": actions, "before": before, "after": after, "after_unknown": {}},
        })
    };
    let block = |(address, ..): &(&str, &str, Value, Value)| {
        let (kind, name) = address.split_once('.').unwrap();
        json!({"address": address, "mode": "managed", "type": kind, "name": name, "provider_config_key": "aws",
            "expressions": {}})
    };
    let document = json!({
        "format_version": "1.2", "complete": true,
        "resource_changes": rows.iter().map(row).collect::<Vec<_>>(),
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "expressions": {"region": {"constant_value": region}}}},
            "root_module": {"resources": rows.iter().map(block).collect::<Vec<_>>()},
        },
    });
    let bytes = document.to_string().into_bytes();
    let account = Stated { of: StatedOf::Default, word: account.to_owned(), from: "--plan-account".to_owned() };
    let accounts = Some(account).filter(|account| !account.word.is_empty()).into_iter().collect();
    let places = StatedPlaces { accounts, ..StatedPlaces::default() };
    read_placed(bytes, stack, Timestamp::UNIX_EPOCH, &places, Some(stack)).unwrap()
}

/// The owner in one plan, its part in another, and what becomes of a fact of the owner: the action, the fact before and
/// after, and what is left.
fn told(
    owner: (&str, Value),
    region: &str,
    part: (&str, &str, Value, Value),
    pointer: &str,
) -> (Option<Action>, Value, Value, usize) {
    let (address, values) = owner;
    let (mut all, none) = plan("data", "us-east-1", &[(address, "no-op", values.clone(), values)]);
    assert_eq!(none, []);
    let (other, loose) = plan("settings", region, &[part]);
    assert_eq!(all.beside(other), []);
    let (left, _) = lend(&mut all, loose, &[]);
    let [resource] = &all.resources[..] else { panic!("{all:?}") };
    let said = |resource: &Resource| {
        let known = facts(resource).pointer(pointer).cloned();
        let path = pointer.trim_start_matches('/').replace('/', ".");
        // With a mark, it is known in part.
        match (known, resource.unknown.contains_key(&path)) {
            (Some(value), false) => value,
            (Some(value), true) => json!({"at least": value}),
            (None, _) => json!("unknown"),
        }
    };
    let before = resource.before.as_deref().map_or(Value::Null, said);
    (resource.change.as_ref().map(|change| change.action), before, said(resource), left.len())
}

#[test]
fn a_part_in_another_stack_is_told_of_its_resource() {
    let bucket = || ("aws_s3_bucket.data", json!({"bucket": "data", "id": "data", "arn": "arn:aws:s3:::data"}));
    let versioning = || json!({"bucket": "data", "versioning_configuration": [{"status": "Enabled"}]});
    let part = |action, before, after| ("aws_s3_bucket_versioning.data", action, before, after);
    let said = |action, before, after| told(bucket(), "us-east-1", part(action, before, after), "/backup/versioned");
    let (on, off, none) = (json!(true), json!(false), Value::Null);
    assert_eq!(said("no-op", versioning(), versioning()), (Some(Action::NoOp), none.clone(), on.clone(), 0));
    assert_eq!(said("create", none.clone(), versioning()), (Some(Action::Update), off.clone(), on.clone(), 0));
    assert_eq!(said("delete", versioning(), none.clone()), (Some(Action::Update), on.clone(), off, 0));
    // What Terraform only forgets stays.
    assert_eq!(said("forget", versioning(), none), (Some(Action::Update), on.clone(), on, 0));
}

#[test]
fn items_that_others_declare_stay() {
    let arn = format!("arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/carts");
    let table =
        |replicas: Value| ("aws_dynamodb_table.carts", json!({"name": "carts", "arn": arn, "replica": replicas}));
    let replica = || json!({"global_table_arn": arn, "point_in_time_recovery": true});
    let part = |action, before, after| ("aws_dynamodb_table_replica.west", action, before, after);
    let said = |replicas, action, before, after, pointer| {
        told(table(replicas), "us-west-2", part(action, before, after), pointer)
    };
    let one = || json!([{"region_name": "eu-west-1", "point_in_time_recovery": true}]);
    let both = || json!([{"region_name": "eu-west-1"}, {"region_name": "us-west-2"}]);
    let regions = "/replication/regions";
    let update = Some(Action::Update);
    assert_eq!(
        said(one(), "create", Value::Null, replica(), regions),
        (update, json!(["eu-west-1"]), json!(["eu-west-1", "us-west-2"]), 0)
    );
    assert_eq!(
        said(both(), "delete", replica(), Value::Null, regions),
        (update, json!(["eu-west-1", "us-west-2"]), json!(["eu-west-1"]), 0)
    );
    let role = |replicas, action, before, after| said(replicas, action, before, after, "/replication/role").2;
    assert_eq!(role(both(), "delete", replica(), Value::Null), json!("primary"));
    let west = || json!([{"region_name": "us-west-2"}]);
    assert_eq!(role(west(), "delete", replica(), Value::Null), json!("none"));
}

#[test]
fn a_name_means_what_has_it_where_it_is_used() {
    let vault = || {
        let arn = format!("arn:aws:backup:us-east-1:{ACCOUNT}:backup-vault:gold");
        ("aws_backup_vault.gold", json!({"name": "gold", "id": "gold", "arn": arn}))
    };
    let lock = || json!({"backup_vault_name": "gold", "changeable_for_days": 3, "min_retention_days": 30});
    let part = || ("aws_backup_vault_lock_configuration.gold", "create", Value::Null, lock());
    let said = |region| told(vault(), region, part(), "/protection/lock_min_days");
    assert_eq!(said("us-east-1"), (Some(Action::Update), json!("unknown"), json!(30), 0));
    assert_eq!(said("us-west-2"), (Some(Action::NoOp), Value::Null, json!("unknown"), 1));
    // In another account there may be one of the same name.
    let (mut all, _) = plan("data", "us-east-1", &[(vault().0, "no-op", vault().1, vault().1)]);
    let left = |account: &str, all: &mut Inventory| {
        lend(all, plan_of(account, "other", "us-east-1", &[part()]).1, &[]).0.len()
    };
    assert_eq!((left("444455556666", &mut all), left(ACCOUNT, &mut all)), (1, 0));
}

#[test]
fn an_id_is_the_end_of_an_arn() {
    let system = || {
        let arn = format!("arn:aws:elasticfilesystem:us-east-1:{ACCOUNT}:file-system/fs-1");
        ("aws_efs_file_system.media", json!({"creation_token": "media", "id": "fs-1", "arn": arn}))
    };
    let replication = |id: &str| json!({"source_file_system_id": id, "destination": [{"region": "us-west-2"}]});
    let part = |id: &str| ("aws_efs_replication_configuration.media", "create", Value::Null, replication(id));
    let said = |id: &str| told(system(), "us-east-1", part(id), "/replication/regions");
    assert_eq!(said("fs-1"), (Some(Action::Update), json!("unknown"), json!(["us-west-2"]), 0));
    assert_eq!(said("s-1"), (Some(Action::NoOp), Value::Null, json!("unknown"), 1));
    assert_eq!(said("fs-11").3, 1);
}

#[test]
fn a_selection_is_one_of_a_plan_s() {
    let arn = format!("arn:aws:backup:us-east-1:{ACCOUNT}:backup-plan:0f1e");
    let plan = || ("aws_backup_plan.gold", json!({"name": "gold", "id": "0f1e", "arn": arn}));
    let selection =
        || json!({"plan_id": "0f1e", "name": "all", "resources": ["*"], "iam_role_arn": "arn:aws:iam::1:role/b"});
    let part = ("aws_backup_selection.all", "create", Value::Null, selection());
    let expected = json!({"at least": [{
        "name": "all", "resources": ["*"], "excluded": [], "tags": [], "conditional": false, "conditions": [],
        "role": "arn:aws:iam::1:role/b",
    }]});
    let (action, _, after, left) = told(plan(), "us-east-1", part, "/plan/selections");
    assert_eq!((action, after, left), (Some(Action::Update), expected, 0));
}

/// The live estate has all parts already. It is told what becomes of them.
#[test]
fn the_live_estate_is_told_of_parts_that_a_plan_has_without_their_resource() {
    let resource = |versioned| {
        let mut bucket = Resource::new(
            crate::model::Kind::of("aws.s3.bucket"),
            "arn:aws:s3:::data",
            "data",
            crate::model::Place::new(ACCOUNT, "us-east-1"),
        );
        bucket.backup.get_or_insert_default().versioned = Fact::Known(versioned);
        bucket.backup.get_or_insert_default().enabled = Fact::Known(true);
        bucket
    };
    let live = || Inventory { resources: vec![resource(true)], ..Inventory::new("aws", Timestamp::UNIX_EPOCH) };
    let versioning = || json!({"bucket": "data", "versioning_configuration": [{"status": "Enabled"}]});
    let row = ("aws_s3_bucket_versioning.data", "delete", versioning(), Value::Null);
    let (_, loose) = plan("settings", "us-east-1", &[row]);
    assert_eq!(LooseParts::told(&loose).unwrap().split(' ').next(), Some("aws_s3_bucket_versioning.data"));
    let mut after = live();
    let (left, said) = lend(&mut after, loose, &[]);
    let mut expected = resource(false);
    expected.change = Some(Box::new(Change::of(Action::Update)));
    let said_at = Origin {
        source: "terraform-plan".to_owned(),
        stack: Some("settings".to_owned()),
        address: Some("aws_s3_bucket_versioning.data".to_owned()),
        terraform_type: Some("aws_s3_bucket_versioning".to_owned()),
        ..Origin::default()
    };
    let said_at = BTreeMap::from([("backup.versioned".to_owned(), said_at)]);
    expected.origin = Origin { said_at, ..Origin::default() }.into();
    expected.before = Some(Box::new(resource(true)));
    assert_eq!((after.resources, left), (vec![expected], vec![]));
    assert_eq!(said, ["aws_s3_bucket_versioning.data of settings is taken as part of 'arn:aws:s3:::data'"]);
}

#[test]
fn no_pass_without_evidence_what_goes_takes_its_parts_with_it() {
    let bucket = json!({"bucket": "data", "id": "data", "arn": "arn:aws:s3:::data"});
    let versioning = json!({"bucket": "data", "versioning_configuration": [{"status": "Enabled"}]});
    let (mut all, _) = plan("data", "us-east-1", &[("aws_s3_bucket.data", "delete", bucket, Value::Null)]);
    let row = ("aws_s3_bucket_versioning.data", "create", Value::Null, versioning);
    let (_, loose) = plan("settings", "us-east-1", &[row]);
    let before = all.resources.clone();
    let (left, _) = lend(&mut all, loose, &[]);
    assert_eq!((all.resources, left), (before, vec![]));
}

/// Both plans say something of one fact, in either order.
#[test]
fn what_two_parts_say_is_not_decided_by_the_order_of_the_plans() {
    let bucket = || json!({"bucket": "data", "id": "data", "arn": "arn:aws:s3:::data"});
    let versioning = |status: &str| json!({"bucket": "data", "versioning_configuration": [{"status": status}]});
    let row = |action, before, after| ("aws_s3_bucket_versioning.data", action, before, after);
    let said = |one: (&str, &str, Value, Value), other: (&str, &str, Value, Value)| {
        let plans = [plan("b", "us-east-1", &[one]).1, plan("c", "us-east-1", &[other]).1];
        let orders = [plans.concat(), [plans[1].clone(), plans[0].clone()].concat()];
        let versioned = orders.map(|loose| {
            let (mut all, _) = plan("data", "us-east-1", &[("aws_s3_bucket.data", "no-op", bucket(), bucket())]);
            assert_eq!(lend(&mut all, loose, &[]).0, []);
            let resource = &all.resources[0];
            let unknown = resource.unknown.get("backup.versioned").cloned();
            (facts(resource).pointer("/backup/versioned").cloned(), unknown)
        });
        assert_eq!(versioned[0], versioned[1]);
        versioned[0].clone()
    };
    let kept = |status: &str| row("no-op", versioning(status), versioning(status));
    let (value, reason) = said(kept("Enabled"), kept("Suspended"));
    assert_eq!(value, None);
    assert_eq!(
        reason.unwrap(),
        "b/aws_s3_bucket_versioning.data and c/aws_s3_bucket_versioning.data say different things of it"
    );
    assert_eq!(said(kept("Enabled"), kept("Enabled")), (Some(json!(true)), None));
    // It moves from one stack to another.
    let moved =
        said(row("delete", versioning("Enabled"), Value::Null), row("create", Value::Null, versioning("Enabled")));
    assert_eq!(moved, (Some(json!(true)), None));
}

/// Terraform would set it to and fro, whichever plan is applied.
#[test]
fn no_pass_without_evidence_where_its_own_plan_says_otherwise_nothing_is_known() {
    let bucket = || json!({"bucket": "data", "id": "data", "arn": "arn:aws:s3:::data"});
    let versioning = |status: &str| json!({"bucket": "data", "versioning_configuration": [{"status": status}]});
    let kept = |status: &str| ("aws_s3_bucket_versioning.data", "no-op", versioning(status), versioning(status));
    let said = |own: &str, other: &str| {
        let rows = [("aws_s3_bucket.data", "no-op", bucket(), bucket()), kept(own)];
        let mut data = read_plan(ACCOUNT, "data", "us-east-1", &rows);
        let loose = plan("settings", "us-east-1", &[kept(other)]).1;
        assert_eq!(lend(&mut data.inventory, loose, &data.claims).0, []);
        let resource = &data.inventory.resources[0];
        let unknown = resource.unknown.get("backup.versioned").cloned();
        (facts(resource).pointer("/backup/versioned").cloned(), unknown)
    };
    let [own, other] = ["data", "settings"].map(|stack| format!("{stack}/aws_s3_bucket_versioning.data"));
    let differ = Some(format!("{own} and {other} say different things of it"));
    assert_eq!(said("Suspended", "Enabled"), (None, differ.clone()));
    assert_eq!(said("Enabled", "Suspended"), (None, differ));
    assert_eq!(said("Enabled", "Enabled"), (Some(json!(true)), None));
}

#[test]
fn no_pass_without_evidence_a_key_that_is_only_made_now_is_not_the_one_that_another_plan_names() {
    let key = format!("arn:aws:kms:us-east-1:{ACCOUNT}:key/k-1");
    let bucket = json!({"bucket": "data", "id": "data", "arn": "arn:aws:s3:::data"});
    let encrypted = |key: &str| {
        let by = json!([{"sse_algorithm": "aws:kms", "kms_master_key_id": key}]);
        let values = json!({"bucket": "data", "rule": [{"apply_server_side_encryption_by_default": by}]});
        ("aws_s3_bucket_server_side_encryption_configuration.data", "no-op", values.clone(), values)
    };
    let said = |own: &str| {
        let rows = [("aws_s3_bucket.data", "no-op", bucket.clone(), bucket.clone()), encrypted(own)];
        let mut data = read_plan(ACCOUNT, "data", "us-east-1", &rows);
        let other = plan("settings", "us-east-1", &[encrypted(&key)]).1;
        lend(&mut data.inventory, other, &data.claims);
        facts(&data.inventory.resources[0])["encryption"].get("key").cloned()
    };
    assert_eq!([said(&key), said("k-1")], [Some(json!(key)), Some(json!(key))]);
    assert_eq!([said("k-2"), said("alias/data")], [None, None]);
    assert!(differ(&None, &Some(json!(key))));
}

/// Of a table that is only made now there is no ARN yet. In a plan whose account nobody knows, it may be that one.
#[test]
fn an_arn_means_what_will_have_it() {
    let table = json!({"name": "carts"});
    let arn = format!("arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/carts");
    let part = || ("aws_dynamodb_table_replica.west", "create", Value::Null, json!({"global_table_arn": arn}));
    let said = |account: &str| {
        let row = ("aws_dynamodb_table.carts", "create", Value::Null, table.clone());
        let (mut all, _) = plan_of(account, "data", "us-east-1", &[row]);
        let left = lend(&mut all, plan("settings", "us-west-2", &[part()]).1, &[]).0.len();
        let carts = &all.resources[0];
        let is_doubted = carts.unknown["replication.regions"].starts_with("which resource");
        (facts(carts)["replication"]["regions"].clone(), is_doubted, left)
    };
    assert_eq!(said(ACCOUNT), (json!(["us-west-2"]), false, 0));
    assert_eq!(said(""), (json!([]), true, 1));
    assert_eq!(said("999988887777"), (json!([]), false, 1));
}

/// A plan that was made before another is applied shows what that takes away.
#[test]
fn no_pass_without_evidence_what_one_plan_takes_away_does_not_stay_by_another() {
    let bucket = json!({"bucket": "data", "id": "data", "arn": "arn:aws:s3:::data"});
    let versioning = json!({"bucket": "data", "versioning_configuration": [{"status": "Enabled"}]});
    let row = |action: &'static str, after: &Value| {
        ("aws_s3_bucket_versioning.data", action, versioning.clone(), after.clone())
    };
    let said = |owner: &'static str, parts: &[(&'static str, Value)]| {
        let (mut all, _) = plan("data", "us-east-1", &[("aws_s3_bucket.data", owner, bucket.clone(), bucket.clone())]);
        let loose = ["b", "c"]
            .into_iter()
            .zip(parts)
            .flat_map(|(stack, (action, after))| plan(stack, "us-east-1", &[row(action, after)]).1);
        lend(&mut all, loose.collect(), &[]);
        let resource = &all.resources[0];
        resource.unknown.get("backup.versioned").cloned().ok_or_else(|| facts(resource)["backup"]["versioned"].clone())
    };
    let (gone, kept) = (("delete", Value::Null), ("no-op", versioning.clone()));
    let taken = "b/aws_s3_bucket_versioning.data is taken away, and c/aws_s3_bucket_versioning.data stays";
    assert_eq!(said("no-op", &[gone.clone(), kept.clone()]), Ok(taken.to_owned()));
    assert_eq!(said("no-op", &[gone, ("create", versioning.clone())]), Err(json!(true)));
    // What is replaced loses its parts, which another plan shows as they were.
    let replaced = "aws_s3_bucket_versioning.data is part of what is replaced";
    assert_eq!(said("replace", std::slice::from_ref(&kept)), Ok(replaced.to_owned()));
}

#[test]
fn where_two_plans_change_a_resource_each_answers_for_what_it_changes() {
    let bucket = |tag: &str| {
        let tags = json!({"team": tag});
        json!({"bucket": "data", "id": "data", "arn": "arn:aws:s3:::data", "tags": tags, "tags_all": tags})
    };
    let versioning = json!({"bucket": "data", "versioning_configuration": [{"status": "Enabled"}]});
    let (mut all, _) = plan("data", "us-east-1", &[("aws_s3_bucket.data", "update", bucket("a"), bucket("b"))]);
    let row = ("aws_s3_bucket_versioning.data", "delete", versioning, Value::Null);
    let (left, _) = lend(&mut all, plan("settings", "us-east-1", &[row]).1, &[]);
    assert_eq!(left, []);
    let resource = &all.resources[0];
    let answers = ["backup.versioned", "encryption.key"].map(|fact| resource.said_at(Some(fact)).scoped_address());
    let [part, own] = answers.map(|address| address.unwrap().into_owned());
    assert_eq!([part.as_str(), own.as_str()], ["settings/aws_s3_bucket_versioning.data", "data/aws_s3_bucket.data"]);
}

#[test]
fn a_part_that_is_pointed_elsewhere_is_of_both() {
    let bucket = |name: &str| json!({"bucket": name, "id": name, "arn": format!("arn:aws:s3:::{name}")});
    let versioning = |bucket: &str| json!({"bucket": bucket, "versioning_configuration": [{"status": "Enabled"}]});
    let kept = |name: &str| (format!("aws_s3_bucket.{name}"), bucket(name));
    let buckets = [kept("data"), kept("other")];
    let rows: Vec<_> =
        buckets.iter().map(|(address, values)| (address.as_str(), "no-op", values.clone(), values.clone())).collect();
    let (mut all, _) = plan("data", "us-east-1", &rows);
    let row = ("aws_s3_bucket_versioning.data", "update", versioning("data"), versioning("other"));
    let (left, _) = lend(&mut all, plan("settings", "us-east-1", &[row]).1, &[]);
    let versioned = |resource: &Resource| resource.backup.as_ref().map(|backup| backup.versioned);
    let said = all.resources.iter().map(|one| (one.before.as_deref().and_then(versioned), versioned(one)));
    let (on, off) = (Some(Fact::Known(true)), Some(Fact::Known(false)));
    assert_eq!(said.collect::<Vec<_>>(), [(on, off), (off, on)]);
    assert_eq!(left, []);
}

#[test]
fn what_is_only_forgotten_keeps_its_parts() {
    let bucket = json!({"bucket": "data", "id": "data", "arn": "arn:aws:s3:::data"});
    let versioning = json!({"bucket": "data", "versioning_configuration": [{"status": "Enabled"}]});
    let said = |action, after: Value| {
        let (mut all, _) = plan("data", "us-east-1", &[("aws_s3_bucket.data", "forget", bucket.clone(), Value::Null)]);
        let row = ("aws_s3_bucket_versioning.data", action, versioning.clone(), after);
        lend(&mut all, plan("settings", "us-east-1", &[row]).1, &[]);
        let resource = &all.resources[0];
        (resource.change.as_ref().map(|change| change.action), resource.backup.as_ref().map(|backup| backup.versioned))
    };
    assert_eq!(said("no-op", versioning.clone()), (Some(Action::Forget), Some(Fact::Known(true))));
    assert_eq!(said("delete", Value::Null), (Some(Action::Update), Some(Fact::Known(false))));
}

/// A lock of a vault whose account nobody knows may be of any vault of that name.
#[test]
fn no_fail_without_evidence_a_part_that_may_be_of_something_leaves_it_unknown() {
    let vault = json!({"name": "gold"});
    let lock = |name: Value| json!({"backup_vault_name": name, "changeable_for_days": 3});
    let said = |name: Value| {
        let (mut all, _) =
            plan_of("", "data", "us-east-1", &[("aws_backup_vault.gold", "create", Value::Null, vault.clone())]);
        let row = ("aws_backup_vault_lock_configuration.gold", "create", Value::Null, lock(name));
        let (left, _) = lend(&mut all, plan_of("", "settings", "us-east-1", &[row]).1, &[]);
        let resource = &all.resources[0];
        let locked = resource.protection.as_ref().map_or(Fact::Unknown, |protection| protection.locked);
        (locked, resource.unknown.get("protection.locked").cloned(), left.len())
    };
    let reason = "which resource aws_backup_vault_lock_configuration.gold belongs to is not known".to_owned();
    assert_eq!(said(json!("gold")), (Fact::Unknown, Some(reason), 1));
    assert_eq!(said(json!("other")), (Fact::Known(false), None, 1));
}

#[test]
fn instances_of_another_plan_leave_open_how_many_a_cluster_has() {
    let arn = format!("arn:aws:rds:us-east-1:{ACCOUNT}:cluster:orders");
    let cluster = json!({"cluster_identifier": "orders", "id": "orders", "arn": arn, "engine": "aurora-postgresql",
        "cluster_members": ["one", "two"]});
    let instance = json!({"identifier": "two", "cluster_identifier": "orders", "engine": "aurora-postgresql",
        "arn": format!("arn:aws:rds:us-east-1:{ACCOUNT}:db:two")});
    let said = |action: &str, before: Value, after: Value| {
        let rows = [("aws_rds_cluster.orders", "no-op", cluster.clone(), cluster.clone())];
        let (mut all, _) = plan("data", "us-east-1", &rows);
        let (other, _) = plan("more", "us-east-1", &[("aws_rds_cluster_instance.two", action, before, after)]);
        assert_eq!(all.beside(other), []);
        lend(&mut all, Vec::new(), &[]);
        let orders = all.resources.into_iter().find(|one| one.name == "orders").unwrap();
        let count = |one: &Resource| facts(one).pointer("/redundancy/instances").cloned();
        (orders.before.as_deref().and_then(count), count(&orders), orders.unknown.get("redundancy.instances").cloned())
    };
    let open = "more/aws_rds_cluster_instance.two, which another plan changes, is a member of it";
    assert_eq!(said("delete", instance.clone(), Value::Null), (Some(json!(2)), None, Some(open.to_owned())));
    assert_eq!(said("no-op", instance.clone(), instance), (None, Some(json!(2)), None));
}
