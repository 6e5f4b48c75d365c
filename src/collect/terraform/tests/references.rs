//! Which resource a name, a reference or a part means, and what is unknown where that is not told.

use serde_json::{Value, json};

use super::super::read;
use crate::model::{Action, Fact, Inventory, Timestamp};

/// A resource of a plan: its address, its provider in the code (none: the block is out of the code), what is done, its
/// values before and after, what is known after apply, and its expressions.
struct Row<'a> {
    address: &'a str,
    provider: Option<&'a str>,
    actions: &'a [&'a str],
    before: Value,
    after: Value,
    unknown: Value,
    code: Value,
}

impl<'a> Row<'a> {
    fn kept(address: &'a str, values: Value) -> Self {
        Self { actions: &["no-op"], before: values.clone(), ..Self::created(address, values, json!({}), json!({})) }
    }

    fn created(address: &'a str, after: Value, unknown: Value, code: Value) -> Self {
        Self { address, provider: Some("aws"), actions: &["create"], before: Value::Null, after, unknown, code }
    }

    /// Its block is not in the code any more.
    fn removed(address: &'a str, before: Value) -> Self {
        Self {
            provider: None,
            actions: &["delete"],
            before,
            ..Self::created(address, Value::Null, json!({}), json!({}))
        }
    }

    fn west(self) -> Self {
        Self { provider: Some("aws.west"), ..self }
    }
}

fn plan(rows: &[Row<'_>]) -> Value {
    let mut code: Vec<Value> = Vec::new();
    let changes = rows.iter().map(|row| {
        let (block, key) = row.address.split_once('[').unwrap_or((row.address, ""));
        let (kind, name) = block.split_once('.').unwrap();
        let named = json!({"address": row.address, "mode": "managed", "type": kind, "name": name});
        if let Some(provider) = row.provider
            && !code.iter().any(|known| known["type"] == kind && known["name"] == name)
        {
            let mut block = named.clone();
            block["provider_config_key"] = provider.into();
            block["expressions"] = row.code.clone();
            if let Some(for_each) = row.code.get("for_each") {
                block["for_each_expression"] = for_each.clone();
            }
            code.push(block);
        }
        let mut change = named;
        if let Some(key) = key.strip_suffix(']') {
            change["index"] = serde_json::from_str(key).unwrap();
        }
        change["change"] = json!({
            "actions": row.actions, "before": row.before, "after": row.after, "after_unknown": row.unknown
        });
        change
    });
    let changes: Vec<Value> = changes.collect();
    let region = |region: &str| json!({"name": "aws", "expressions": {"region": {"constant_value": region}}});
    json!({
        "format_version": "1.2",
        "resource_changes": changes,
        "configuration": {
            "provider_config": {"aws": region("us-east-1"), "aws.west": region("us-west-2")},
            "root_module": {"resources": code}
        }
    })
}

fn inventory(plan: &Value) -> Inventory {
    read(plan.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH).unwrap().inventory
}

fn facts(inventory: &Inventory, address: &str) -> Value {
    let found = inventory.resources.iter().find(|one| one.origin.address.as_deref() == Some(address)).unwrap();
    serde_json::to_value(found).unwrap()
}

fn reference(to: &str) -> Value {
    let (whole, _) = to.rsplit_once('.').unwrap();
    json!({"references": [to, whole]})
}

fn vault(name: &str, region: &str) -> Value {
    json!({"id": name, "name": name, "arn": format!("arn:aws:backup:{region}:111111111111:backup-vault:{name}")})
}

#[test]
fn a_part_that_is_out_of_the_code_takes_its_fact_with_it() {
    let bucket = json!({
        "id": "reports", "bucket": "reports", "arn": "arn:aws:s3:::reports", "region": "us-east-1",
        "versioning": [{"enabled": true}]
    });
    let system = json!({"id": "fs-1", "arn": "arn:aws:elasticfilesystem:us-east-1:111111111111:file-system/fs-1"});
    let inventory = inventory(&plan(&[
        Row::kept("aws_s3_bucket.reports", bucket),
        Row::removed(
            "aws_s3_bucket_versioning.reports",
            json!({"id": "reports", "bucket": "reports", "versioning_configuration": [{"status": "Enabled"}]}),
        ),
        Row::kept("aws_efs_file_system.shared", system),
        Row::removed(
            "aws_efs_backup_policy.shared",
            json!({"id": "fs-1", "file_system_id": "fs-1", "backup_policy": [{"status": "ENABLED"}]}),
        ),
        Row::kept("aws_backup_vault.main", vault("main", "us-east-1")),
        Row::removed(
            "aws_backup_vault_lock_configuration.main",
            json!({"id": "main", "backup_vault_name": "main", "min_retention_days": 7}),
        ),
    ]));
    let both = |address: &str, pointer: &str| {
        let facts = facts(&inventory, address);
        let before = format!("/before{pointer}");
        (facts.pointer(&before).cloned(), facts.pointer(pointer).cloned(), facts["change"]["action"].clone())
    };
    let lost = (Some(json!(true)), Some(json!(false)), json!("update"));
    assert_eq!(both("aws_s3_bucket.reports", "/backup/versioned"), lost);
    assert_eq!(both("aws_efs_file_system.shared", "/backup/enabled"), lost);
    assert_eq!(both("aws_backup_vault.main", "/protection/locked"), lost);
}

#[test]
fn a_name_that_two_regions_have_is_decided_by_the_region_or_unknown() {
    let lock = |region: Option<&str>| {
        let arn = region.map(|region| format!("arn:aws:backup:{region}:111111111111:backup-vault:main"));
        json!({"backup_vault_name": "main", "backup_vault_arn": arn, "min_retention_days": 7})
    };
    let vaults = || {
        [
            Row::kept("aws_backup_vault.east", vault("main", "us-east-1")),
            Row::kept("aws_backup_vault.west", vault("main", "us-west-2")).west(),
        ]
    };
    let locked = |removed: Row<'_>| {
        let [east, west] = vaults();
        let inventory = inventory(&plan(&[east, west, removed]));
        ["aws_backup_vault.east", "aws_backup_vault.west"]
            .map(|address| facts(&inventory, address)["protection"].get("locked").cloned())
    };
    // The lock's ARN says where it was.
    let told = Row::removed("aws_backup_vault_lock_configuration.l", lock(Some("us-west-2")));
    assert_eq!(locked(told), [None, Some(json!(false))]);
    let untold = Row::removed("aws_backup_vault_lock_configuration.l", lock(None));
    assert_eq!(locked(untold), [None, None]);
}

#[test]
fn two_resources_of_one_name_in_two_regions_of_one_provider_are_two() {
    let arn = json!({"arn": true, "id": true});
    let lock = |region: &str| json!({"backup_vault_name": "main", "region": region, "min_retention_days": 7});
    let region = json!({"region": {"references": ["var.region"]}});
    let inventory = inventory(&plan(&[
        Row::created("aws_backup_vault.east", json!({"name": "main", "region": "us-east-1"}), arn.clone(), json!({})),
        Row::created("aws_backup_vault.west", json!({"name": "main", "region": "us-west-2"}), arn, region.clone()),
        Row::created("aws_backup_vault_lock_configuration.west", lock("us-west-2"), json!({}), region),
    ]));
    let locked = |address: &str| facts(&inventory, address)["protection"]["locked"].clone();
    assert_eq!([locked("aws_backup_vault.east"), locked("aws_backup_vault.west")], [json!(false), json!(true)]);
}

#[test]
fn one_of_several_that_an_expression_refers_to_is_unknown() {
    let key = |code: Value| {
        let unknown = json!({"arn": true, "id": true, "kms_key_id": true});
        let inventory = inventory(&plan(&[
            Row::created("aws_kms_key.a", json!({}), json!({"arn": true, "key_id": true}), json!({})),
            Row::created(
                "aws_kms_key.b",
                json!({"is_enabled": false}),
                json!({"arn": true, "key_id": true}),
                json!({}),
            ),
            Row::created("aws_efs_file_system.s", json!({"encrypted": true}), unknown, json!({"kms_key_id": code})),
        ]));
        let facts = facts(&inventory, "aws_efs_file_system.s");
        (facts["encryption"].get("key").cloned(), facts["links"].as_array().map_or(0, Vec::len))
    };
    assert_eq!(key(reference("aws_kms_key.b.arn")), (Some(json!("aws_kms_key.b")), 1));
    let coalesce = json!({"references": ["aws_kms_key.a.arn", "aws_kms_key.a", "aws_kms_key.b.arn", "aws_kms_key.b"]});
    assert_eq!(key(coalesce), (None, 0));
    // Another attribute is what a condition asks for.
    let condition = json!({"references": ["aws_kms_key.b.is_enabled", "aws_kms_key.b.arn", "aws_kms_key.b"]});
    assert_eq!(key(condition), (None, 0));
}

#[test]
fn a_part_of_something_that_is_not_told_leaves_unknown_what_it_may_mean() {
    let unknown = json!({"arn": true, "id": true});
    let versioning = json!({"versioning_configuration": [{"status": "Enabled"}]});
    let part = |code: Value| json!({"bucket": code});
    let inventory = inventory(&plan(&[
        Row::created("aws_s3_bucket.own", json!({"bucket": "own"}), unknown.clone(), json!({})),
        Row::created("aws_s3_bucket.perhaps", json!({"bucket": "perhaps"}), unknown, json!({})),
        Row::created(
            "aws_s3_bucket_versioning.own",
            versioning.clone(),
            json!({"bucket": true}),
            part(reference("aws_s3_bucket.own.id")),
        ),
        Row::created(
            "aws_s3_bucket_versioning.vague",
            versioning,
            json!({"bucket": true}),
            part(json!({"references": ["local.id"]})),
        ),
    ]));
    let of = |address: &str| {
        let facts = facts(&inventory, address);
        (facts["backup"].get("versioned").cloned(), facts["unknown"].get("backup.versioned").cloned())
    };
    assert_eq!(of("aws_s3_bucket.own"), (Some(json!(true)), None));
    let reason = "which resource aws_s3_bucket_versioning.vague belongs to is not known";
    assert_eq!(of("aws_s3_bucket.perhaps"), (None, Some(json!(reason))));
}

#[test]
fn a_part_that_is_pointed_at_another_resource_is_lost_to_the_first() {
    let bucket = |name: &str| json!({"id": name, "bucket": name, "arn": format!("arn:aws:s3:::{name}")});
    let versioning = |name: &str| json!({"bucket": name, "versioning_configuration": [{"status": "Enabled"}]});
    let inventory = inventory(&plan(&[
        Row::kept("aws_s3_bucket.old", bucket("old")),
        Row::kept("aws_s3_bucket.new", bucket("new")),
        Row {
            actions: &["delete", "create"],
            before: versioning("old"),
            ..Row::created("aws_s3_bucket_versioning.v", versioning("new"), json!({}), json!({}))
        },
    ]));
    let versioned = |address: &str| {
        let facts = facts(&inventory, address);
        (facts["before"]["backup"]["versioned"].clone(), facts["backup"]["versioned"].clone())
    };
    assert_eq!(versioned("aws_s3_bucket.old"), (json!(true), json!(false)));
    assert_eq!(versioned("aws_s3_bucket.new"), (json!(false), json!(true)));
}

#[test]
fn a_part_that_terraform_forgets_stays() {
    let bucket = json!({"id": "b", "bucket": "b", "arn": "arn:aws:s3:::b"});
    let versioning = json!({"bucket": "b", "versioning_configuration": [{"status": "Enabled"}]});
    let forgotten = Row { actions: &["forget"], ..Row::removed("aws_s3_bucket_versioning.b", versioning) };
    let inventory = inventory(&plan(&[Row::kept("aws_s3_bucket.b", bucket), forgotten]));
    assert_eq!(facts(&inventory, "aws_s3_bucket.b")["backup"]["versioned"], json!(true));
}

#[test]
fn one_member_of_a_cluster_that_is_not_told_leaves_other_clusters_alone() {
    let unknown = json!({"arn": true, "id": true});
    let cluster = |name: &str| json!({"cluster_identifier": name, "engine": "aurora-mysql", "master_username": "app"});
    let member = |code: Value| json!({"cluster_identifier": code});
    let values = json!({"availability_zone": "us-east-1a", "engine": "aurora-mysql"});
    let of = json!({"arn": true, "id": true, "cluster_identifier": true});
    let condition = json!({"references": [
        "aws_rds_cluster.b.cluster_identifier_prefix", "aws_rds_cluster.b.id", "aws_rds_cluster.b"
    ]});
    let inventory = inventory(&plan(&[
        Row::created("aws_rds_cluster.a", cluster("a"), unknown.clone(), json!({})),
        Row::created("aws_rds_cluster.b", cluster("b"), unknown, json!({})),
        Row::created(
            "aws_rds_cluster_instance.a",
            values.clone(),
            of.clone(),
            member(reference("aws_rds_cluster.a.id")),
        ),
        Row::created("aws_rds_cluster_instance.b", values, of, member(condition)),
    ]));
    let instances = |address: &str| facts(&inventory, address)["redundancy"].get("instances").cloned();
    assert_eq!([instances("aws_rds_cluster.a"), instances("aws_rds_cluster.b")], [Some(json!(1)), None]);
}

#[test]
fn the_value_of_a_for_each_over_a_resource_is_its_instance_of_the_same_key() {
    let subnet = |key: &str| json!({"availability_zone": format!("us-east-1{key}")});
    let unknown = json!({"arn": true, "id": true});
    let group = json!({"subnet_ids": {"references": ["each.value.id", "each.value"]}, "for_each": {"references": ["aws_subnet.s"]}});
    let of_group = json!({"arn": true, "subnet_ids": true});
    let inventory = inventory(&plan(&[
        Row::created(r#"aws_subnet.s["a"]"#, subnet("a"), unknown.clone(), json!({})),
        Row::created(r#"aws_subnet.s["b"]"#, subnet("b"), unknown, json!({})),
        Row::created(r#"aws_eks_node_group.n["a"]"#, json!({"cluster_name": "main"}), of_group.clone(), group.clone()),
        Row::created(r#"aws_eks_node_group.n["b"]"#, json!({"cluster_name": "main"}), of_group, group),
    ]));
    let zones = |address: &str| facts(&inventory, address)["redundancy"]["zones"].clone();
    assert_eq!(
        [zones(r#"aws_eks_node_group.n["a"]"#), zones(r#"aws_eks_node_group.n["b"]"#)],
        [json!(["us-east-1a"]), json!(["us-east-1b"])]
    );
}

#[test]
fn what_is_made_anew_under_the_name_of_what_is_deleted_replaces_it() {
    let database = |arn: Value| json!({"identifier": "orders", "arn": arn});
    let arn = json!("arn:aws:rds:us-east-1:111111111111:db:orders");
    let inventory = inventory(&plan(&[
        Row { provider: Some("aws"), ..Row::removed("aws_db_instance.orders[0]", database(arn)) },
        Row::created(
            r#"aws_db_instance.orders["orders"]"#,
            database(Value::Null),
            json!({"arn": true, "id": true}),
            json!({}),
        ),
    ]));
    let actions: Vec<_> = inventory.resources.iter().map(|one| one.change.clone().unwrap()).collect();
    assert_eq!(
        actions.iter().map(|change| (change.action, change.moved_from.as_deref())).collect::<Vec<_>>(),
        [(Action::Delete, None), (Action::Replace, Some("aws_db_instance.orders[0]"))]
    );
    let former = inventory.resources[1].before.as_ref().unwrap();
    assert_eq!(former.id, "arn:aws:rds:us-east-1:111111111111:db:orders");
}

#[test]
fn a_key_that_is_not_set_is_not_another_one() {
    let values = |key: Value| json!({"identifier": "orders", "storage_encrypted": true, "kms_key_id": key});
    let row = |before: Value| Row {
        actions: &["delete", "create"],
        before,
        ..Row::created("aws_db_instance.orders", values(Value::Null), json!({"kms_key_id": true}), json!({}))
    };
    let own = "arn:aws:kms:us-east-1:111111111111:key/1";
    let former = |rows: &[Row<'_>]| {
        let inventory = inventory(&plan(rows));
        let found = inventory.resources.iter().find(|one| one.name == "orders").unwrap();
        assert_eq!(found.encryption.as_ref().unwrap().key.text(), Some("alias/aws/rds"));
        found.before.as_ref().unwrap().encryption.as_ref().unwrap().key.clone()
    };
    assert_eq!(former(&[row(values(json!(own)))]), Fact::Unknown);
    // A key that is managed here is none of the provider's.
    let key = Row::kept("aws_kms_key.k", json!({"arn": own, "key_id": "1"}));
    assert_eq!(former(&[row(values(json!(own))), key]), Fact::Known(own.to_owned()));
}

#[test]
fn a_selection_with_four_empty_conditions_has_none() {
    let conditional = |condition: Value| {
        let values = json!({"name": "s", "plan_id": "p-1", "selection_tag": [], "condition": condition});
        let inventory = inventory(&plan(&[
            Row::kept("aws_backup_plan.p", json!({"id": "p-1", "name": "p"})),
            Row::kept("aws_backup_selection.s", values),
        ]));
        let selection = &facts(&inventory, "aws_backup_plan.p")["plan"]["selections"][0];
        json!([selection["conditional"], selection["conditions"]])
    };
    let lists = |equals: Value| json!([{"string_equals": equals, "string_like": [], "string_not_equals": [], "string_not_like": []}]);
    assert_eq!(conditional(lists(json!([]))), json!([false, []]));
    let asked = |key: &str| lists(json!([{"key": key, "value": "b"}]));
    let equals = json!([{"what": "equals", "key": "a", "value": "b"}]);
    assert_eq!(conditional(asked("aws:ResourceTag/a")), json!([true, equals]));
    assert_eq!(conditional(asked("aws:PrincipalTag/a")), json!([true, null]));
}

#[test]
fn a_value_of_each_that_a_variable_gives_is_known_at_plan() {
    let days = |for_each: Value| {
        let code = json!({
            "backup_retention_period": {"references": ["each.value.days", "each.value"]}, "for_each": for_each
        });
        let unknown = json!({"arn": true, "backup_retention_period": true});
        let row = Row::created(r#"aws_db_instance.d["a"]"#, json!({"identifier": "a"}), unknown, code);
        facts(&inventory(&plan(&[row])), r#"aws_db_instance.d["a"]"#)["backup"].get("retention_days").cloned()
    };
    // It is null, so that the provider takes its default.
    assert_eq!(days(json!({"references": ["var.databases"]})), Some(json!(0)));
    assert_eq!(days(json!({"constant_value": {"a": {}}})), Some(json!(0)));
    assert_eq!(days(json!({"references": ["aws_db_instance.other"]})), None);
}

#[test]
fn a_region_that_is_null_is_that_of_the_provider() {
    let region = |code: Value| {
        let unknown = json!({"arn": true, "region": true});
        let row = Row::created("aws_backup_vault.v", json!({"name": "v"}), unknown, json!({"region": code})).west();
        facts(&inventory(&plan(&[row])), "aws_backup_vault.v")["place"].get("region").cloned()
    };
    assert_eq!(region(json!({"references": ["var.region"]})), Some(json!("us-west-2")));
    assert_eq!(region(json!({"constant_value": null})), Some(json!("us-west-2")));
    assert_eq!(region(json!({"references": ["aws_ssm_parameter.region.value"]})), None);
}
