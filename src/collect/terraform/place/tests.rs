use serde_json::json;

use super::*;
use crate::collect::terraform::{read, read_placed};
use crate::model::{Shared, Timestamp};

const ACCOUNT: &str = "123456789012";

/// The place of a table that is made by a provider with these expressions.
fn place(expressions: Value) -> Shared<Place> {
    let table = json!({"address": "aws_dynamodb_table.t", "mode": "managed", "type": "aws_dynamodb_table",
        "name": "t", "provider_config_key": "aws.west", "expressions": {},
        "change": {"actions": ["create"], "before": null, "after": {"name": "t"}, "after_unknown": {"arn": true}}});
    let plan = json!({
        "variables": {
            "role": {"value": format!("arn:aws:iam::{ACCOUNT}:role/deploy")},
            "account": {"value": ACCOUNT},
            "accounts": {"value": [ACCOUNT]},
            "none": {"value": null},
        },
        "resource_changes": [table],
        "configuration": {
            "provider_config": {"aws.west": {"name": "aws", "alias": "west", "expressions": expressions}},
            "root_module": {"resources": [table]},
        },
    });
    let mut input = read(plan.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH).unwrap();
    input.inventory.resources.remove(0).place
}

#[test]
fn a_provider_works_in_the_account_of_its_role_or_in_the_only_one_allowed() {
    let role = |role: Value| json!({"assume_role": [{"role_arn": role}]});
    let allowed = |accounts: Value| json!({"allowed_account_ids": accounts});
    let variable = |name: &str| json!({"references": [format!("var.{name}")]});
    let constant = |value: Value| json!({"constant_value": value});
    let arn = format!("arn:aws:iam::{ACCOUNT}:role/deploy");
    let other = "arn:aws:iam::210987654321:role/hub";
    let chain = json!([{"role_arn": constant(json!(other))}, {"role_arn": constant(json!(arn))}]);
    let here = Place { account: ACCOUNT.into(), region: Fact::Unknown };
    for expressions in [
        role(constant(json!(arn))),
        role(variable("role")),
        json!({"assume_role": chain, "allowed_account_ids": constant(json!(["210987654321", ACCOUNT]))}),
        json!({"assume_role": [{"role_arn": variable("none")}], "allowed_account_ids": variable("accounts")}),
        allowed(constant(json!([ACCOUNT]))),
        allowed(variable("accounts")),
    ] {
        assert_eq!(place(expressions.clone()), here, "{expressions}");
    }
    let nowhere = Place { account: Fact::Unknown, region: Fact::Unknown };
    for expressions in [
        json!({}),
        role(variable("none")),
        // A part of the name of a role, and one of the accounts of a list.
        role(variable("account")),
        allowed(variable("account")),
        allowed(constant(json!([ACCOUNT, "210987654321"]))),
        allowed(constant(json!(["*"]))),
    ] {
        assert_eq!(place(expressions.clone()), nowhere, "{expressions}");
    }
    let both = json!({"region": constant(json!("us-west-2")), "assume_role": [{"role_arn": variable("role")}]});
    assert_eq!(place(both), Place { account: ACCOUNT.into(), region: "us-west-2".into() });
}

/// A plan with a table of each provider, and what else its document holds.
fn tables(providers: &Value, others: Value) -> Value {
    let keys = providers.as_object().unwrap().keys();
    let tables: Vec<Value> = keys
        .enumerate()
        .map(|(at, key)| {
            let name = format!("t{at}");
            json!({"address": format!("aws_dynamodb_table.{name}"), "mode": "managed", "type": "aws_dynamodb_table",
                "name": name, "provider_config_key": key, "expressions": {},
                "change": {"actions": ["create"], "before": null, "after": {"name": name}, "after_unknown": {"arn": true}}})
        })
        .collect();
    let mut plan = json!({
        "resource_changes": tables,
        "configuration": {"provider_config": providers, "root_module": {"resources": tables}},
    });
    let resources = others["resources"].as_array().cloned().unwrap_or_default();
    plan["configuration"]["root_module"]["resources"].as_array_mut().unwrap().extend(resources);
    for name in ["prior_state", "planned_values", "variables"] {
        plan[name] = others.get(name).cloned().unwrap_or_else(|| json!({}));
    }
    plan
}

/// `account region` of each table, by the name of the provider, and the notes.
fn places(plan: &Value, stated: &StatedPlaces) -> (Vec<String>, Vec<String>) {
    let input = read_placed(plan.to_string().into_bytes(), "p", Timestamp::UNIX_EPOCH, stated, None).unwrap();
    let word = |fact: &Fact<String>| fact.text().unwrap_or("?").to_owned();
    let place = |place: &Place| format!("{} {}", word(&place.account), word(&place.region));
    (input.inventory.resources.iter().map(|resource| place(&resource.place)).collect(), input.notes)
}

fn providers(regions: &[(&str, Value)]) -> Value {
    let provider = |(key, region): &(&str, Value)| {
        let expressions = if region.is_null() { json!({}) } else { json!({"region": region}) };
        ((*key).to_owned(), json!({"name": "aws", "expressions": expressions}))
    };
    Value::Object(regions.iter().map(provider).collect())
}

#[test]
fn data_sources_and_types_that_are_not_mapped_tell_where_their_provider_works() {
    let local = json!({"references": ["local.region"]});
    let all = providers(&["aws", "aws.a", "aws.b", "aws.c", "aws.d"].map(|key| (key, local.clone())));
    let data = |kind: &str, key: &str, values: Value| {
        (
            json!({"mode": "data", "type": kind, "name": "x", "provider_config_key": key, "expressions": {}}),
            json!({"address": format!("data.{kind}.x"), "mode": "data", "type": kind, "name": "x", "provider_name": "aws",
                "values": values}),
        )
    };
    let sources = [
        data("aws_caller_identity", "aws", json!({"account_id": ACCOUNT})),
        data("aws_region", "aws", json!({"name": "eu-west-1"})),
        data("aws_availability_zones", "aws.a", json!({"names": ["us-west-2-lax-1a", "us-west-2b"]})),
        data("aws_kms_key", "aws.b", json!({"arn": "arn:aws:kms:eu-north-1:999999999999:key/k"})),
    ];
    let mut elsewhere = data("aws_region", "aws.d", json!({"name": "us-east-1"}));
    elsewhere.0["name"] = json!("y");
    elsewhere.1["name"] = json!("y");
    elsewhere.0["expressions"] = json!({"name": {"constant_value": "us-east-1"}});
    let subnet = json!({"mode": "managed", "type": "aws_subnet_of_tomorrow", "name": "s", "provider_config_key": "aws.c",
        "expressions": {}});
    let planned = json!({"address": "s", "mode": "managed", "type": "aws_subnet_of_tomorrow", "name": "s",
        "provider_name": "aws", "values": {"availability_zone": "sa-east-1a", "arn": 7}});
    let mut resources: Vec<_> = sources.iter().map(|(block, _)| block.clone()).collect();
    resources.extend([elsewhere.0, subnet]);
    let mut values: Vec<_> = sources.iter().map(|(_, values)| values.clone()).collect();
    values.push(elsewhere.1);
    let plan = tables(
        &all,
        json!({
            "resources": resources,
            "prior_state": {"values": {"root_module": {"resources": values}}},
            "planned_values": {"root_module": {"resources": [planned]}},
        }),
    );
    let (found, notes) = places(&plan, &StatedPlaces::default());
    assert_eq!(
        found,
        [
            format!("{ACCOUNT} eu-west-1"),
            "? us-west-2".into(),
            "? eu-north-1".into(),
            "? sa-east-1".into(),
            "? ?".into()
        ]
    );
    let of_peers = |what: &str, word: &str| {
        format!("{what} {word} of 1 resource is taken from other resources and data sources of the same provider")
    };
    assert_eq!(
        notes,
        [
            ("account", ACCOUNT),
            ("region", "eu-north-1"),
            ("region", "eu-west-1"),
            ("region", "sa-east-1"),
            ("region", "us-west-2")
        ]
        .map(|(what, word)| of_peers(what, word))
    );
}

#[test]
fn a_part_of_a_variable_is_a_region_and_a_choice_of_an_alias_is_none() {
    let of = |reference: &str| json!({"references": [reference]});
    let all = providers(&[
        ("aws", of("var.primary")),
        // The same reference again: what the expression makes of it, the plan does not show.
        ("aws.choice", of("var.primary")),
        ("aws.index", of("var.regions[\"dr\"]")),
        ("aws.list", of("var.list[1]")),
        ("aws.member", of("var.regions.eu")),
        ("aws.whole", of("var.regions")),
    ]);
    let variables = json!({
        "primary": {"value": "us-east-1"}, "list": {"value": ["us-east-1", "ap-south-1"]},
        "regions": {"value": {"dr": "us-west-2", "eu": "eu-west-1"}},
    });
    let (found, notes) = places(&tables(&all, json!({"variables": variables})), &StatedPlaces::default());
    assert_eq!(found, ["? us-east-1", "? ?", "? us-west-2", "? ap-south-1", "? eu-west-1", "? ?"]);
    assert_eq!(notes, Vec::<String>::new());
}

#[test]
fn what_is_stated_counts_where_the_plan_does_not_tell() {
    let stated = |of: StatedOf, word: &str, from: &str| Stated { of, word: word.to_owned(), from: from.to_owned() };
    let west = || StatedOf::Provider("aws.west".to_owned());
    let places_stated = StatedPlaces {
        accounts: vec![
            stated(west(), "222222222222", "--plan-account"),
            stated(StatedOf::Silent, "333333333333", "the only account of the live estate"),
        ],
        regions: vec![
            stated(west(), "us-west-2", "'plans' in the configuration"),
            stated(StatedOf::Default, "eu-west-1", "--plan-region"),
            stated(StatedOf::Silent, "sa-east-1", "AWS_REGION"),
        ],
        ..StatedPlaces::default()
    };
    let local = json!({"references": ["local.region"]});
    let constant = json!({"constant_value": "us-east-1"});
    let mut all = providers(&[
        ("aws", local.clone()),
        ("aws.plain", Value::Null),
        ("aws.vague", local.clone()),
        ("aws.west", local),
        ("aws.written", constant),
    ]);
    all["aws.vague"]["expressions"]["assume_role"] = json!([{"role_arn": {"references": ["local.role"]}}]);
    let (found, notes) = places(&tables(&all, json!({})), &places_stated);
    assert_eq!(
        found,
        ["333333333333 eu-west-1", "333333333333 sa-east-1", "? ?", "222222222222 us-west-2", "333333333333 us-east-1"]
    );
    assert_eq!(
        notes,
        [
            "account 222222222222 of 1 resource is taken from --plan-account",
            "account 333333333333 of 3 resources is taken from the only account of the live estate",
            "region eu-west-1 of 1 resource is taken from --plan-region",
            "region sa-east-1 of 1 resource is taken from AWS_REGION",
            "region us-west-2 of 1 resource is taken from 'plans' in the configuration",
        ]
    );
    // Another profile is another account, as far as anybody knows.
    let mut two = providers(&[("aws", Value::Null), ("aws.other", Value::Null)]);
    two["aws.other"]["expressions"]["profile"] = json!({"constant_value": "other"});
    assert_eq!(places(&tables(&two, json!({})), &places_stated).0, ["? eu-west-1", "? sa-east-1"]);
}

#[test]
fn an_arn_counts_before_the_provider_and_two_that_disagree_are_not_believed() {
    let all = providers(&[("aws", json!({"references": ["var.region"]}))]);
    let mut plan = tables(&all, json!({"variables": {"region": {"value": "us-east-1"}}}));
    let mut old = plan["resource_changes"][0].clone();
    old["address"] = json!("aws_dynamodb_table.old");
    old["name"] = json!("old");
    old["change"] = json!({"actions": ["no-op"], "before": {"arn": format!("arn:aws:dynamodb:us-west-2:{ACCOUNT}:table/old")},
        "after": {"arn": format!("arn:aws:dynamodb:us-west-2:{ACCOUNT}:table/old")}});
    plan["resource_changes"].as_array_mut().unwrap().push(old.clone());
    plan["configuration"]["root_module"]["resources"].as_array_mut().unwrap().push(old);
    let (found, _) = places(&plan, &StatedPlaces::default());
    assert_eq!(found, [format!("{ACCOUNT} us-west-2"), format!("{ACCOUNT} ?")]);
}

#[test]
fn a_provider_has_one_name_in_plans_and_states() {
    let names = [
        "aws",
        "aws.west",
        "module.db:aws.west",
        "provider.aws.west",
        "module.a.provider[\"registry.terraform.io/hashicorp/aws\"].west",
        "provider[\"registry.opentofu.org/hashicorp/aws\"]",
        "registry.terraform.io/hashicorp/aws us-east-1",
        "",
    ];
    let expected = ["aws", "aws.west", "aws.west", "aws.west", "aws.west", "aws"].map(Some);
    assert_eq!(
        names.map(name_of_provider),
        [expected.as_slice(), &[None, None]].concat().iter().map(|name| name.map(str::to_owned)).collect::<Vec<_>>()[..]
    );
}

#[test]
fn the_identity_of_an_object_tells_where_it_is() {
    let place = |change: Value| {
        let bucket = json!({"address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b",
            "change": change});
        let plan = json!({"resource_changes": [bucket]});
        let mut input = read(plan.to_string().into_bytes(), "plan.json", Timestamp::UNIX_EPOCH).unwrap();
        input.inventory.resources.remove(0).place
    };
    let bucket = json!({"bucket": "b", "arn": "arn:aws:s3:::b"});
    let identity = |region: &str| json!({"account_id": ACCOUNT, "bucket": "b", "region": region});
    let change = |action: Value, before: Value, after: Value| {
        json!({"actions": action, "before": bucket, "after": bucket, "after_unknown": {},
            "before_identity": before, "after_identity": after})
    };
    let here = Place { account: ACCOUNT.into(), region: "us-east-1".into() };
    let nowhere = Place { account: Fact::Unknown, region: Fact::Unknown };
    let (east, west) = (identity("us-east-1"), identity("us-west-2"));
    assert_eq!(place(change(json!(["no-op"]), east.clone(), east.clone())), here);
    assert_eq!(place(change(json!(["update"]), east.clone(), Value::Null)), here);
    assert_eq!(
        place(json!({"actions": ["create"], "before": null, "after": {"bucket": "b"}, "after_unknown": {"arn": true},
            "importing": {"identity": east}})),
        here
    );
    // What comes in its place may come elsewhere, and two that differ tell nothing.
    assert_eq!(place(change(json!(["delete", "create"]), east.clone(), Value::Null)), nowhere);
    assert_eq!(place(change(json!(["update"]), east, west)), Place { account: ACCOUNT.into(), region: Fact::Unknown });
    assert_eq!(place(change(json!(["no-op"]), json!("odd"), json!([1]))), nowhere);
    assert_eq!(
        place(change(json!(["no-op"]), json!({"arn": format!("arn:aws:s3:us-east-1:{ACCOUNT}:b")}), Value::Null)),
        here
    );
    let state = json!({"version": 4, "resources": [{"mode": "managed", "type": "aws_s3_bucket", "name": "b",
        "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
        "instances": [{"attributes": bucket, "identity": identity("us-east-1")}]}]});
    let input = read(state.to_string().into_bytes(), "terraform.tfstate", Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(input.inventory.resources[0].place, here);
    let shown = json!({"format_version": "1.0", "terraform_version": "1.12.0", "values": {"root_module": {"resources": [
        {"address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b",
            "provider_name": "registry.terraform.io/hashicorp/aws", "values": bucket, "identity": identity("us-east-1")}]}}});
    let input = read(shown.to_string().into_bytes(), "state.json", Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(input.inventory.resources[0].place, here);
}
