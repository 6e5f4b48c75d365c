use serde_json::json;

use super::super::REGISTRY;
use super::*;
use crate::model::Timestamp;

fn read(json: &Value) -> Document {
    let mut inventory = Inventory::new("plan", Timestamp::UNIX_EPOCH);
    document(json.to_string().as_bytes(), "plan.json", None, &mut inventory, &REGISTRY.types).unwrap()
}

/// What is left of a document, with a word where something is missing.
fn shown(part: &Part, gaps: &[Gap]) -> Value {
    match part {
        Part::Known(value) => value.clone(),
        Part::Unknown(gap) => format!("? {} ({})", gaps[*gap].fact, gaps[*gap].reason).into(),
        Part::Secret { gap, inside: None } => format!("! {} ({})", gaps[*gap].fact, gaps[*gap].reason).into(),
        Part::Secret { inside: Some(inside), .. } => json!({ "inside": shown(inside, gaps) }),
        Part::List(items) => items.iter().map(|item| shown(item, gaps)).collect(),
        Part::Map(members) => members.iter().map(|(name, part)| (name.clone(), shown(part, gaps))).collect(),
    }
}

#[test]
fn marks_stand_for_what_is_missing() {
    let document = read(&json!({
        "format_version": "1.2",
        "a_newer_section": {"password": "x"},
        "resource_changes": [{
            "address": "aws_a.b", "type": "aws_a", "name": "b",
            "change": {
                "actions": ["update"],
                "before": {"rule": [{"word": "hidden-before"}], "arn": "arn:a", "count": null, "size": 3},
                "after": {"rule": [{"word": "hidden-after"}, {}], "count": null, "size": 4, "copy": "= hidden-after"},
                "after_unknown": {"arn": true, "rule": [{}, {"id": true}]},
                "before_sensitive": {"rule": [{"word": true}], "count": true, "size": true},
                "after_sensitive": {"rule": [{"word": true}, {}], "count": true, "size": true},
            }
        }],
    }));
    let part = shown(&document.root, &document.unknown);
    assert_eq!(part["a_newer_section"], "? a_newer_section (this version does not read it)");
    assert_eq!(
        part["resource_changes"][0]["change"]["before"],
        json!({
            "rule": [{"word": "! aws_a.b.rule.word (sensitive)"}],
            "arn": "arn:a", "count": null, "size": "? aws_a.b.size (sensitive)",
        })
    );
    assert_eq!(
        part["resource_changes"][0]["change"]["after"],
        json!({
            "rule": [
                {"word": "! aws_a.b.rule.word (sensitive)"},
                {"id": "? aws_a.b.rule.id (known only after apply)"},
            ],
            "arn": "? aws_a.b.arn (known only after apply)",
            "copy": "! aws_a.b.change.after.copy (sensitive)",
            "count": null, "size": "? aws_a.b.size (sensitive)",
        })
    );
}

#[test]
fn what_is_secret_takes_nothing_else_with_it() {
    let row = |values: Value| {
        json!({"address": "aws_a.b", "type": "aws_a", "name": "b", "change": {"actions": ["create"], "before": null,
            "after": values, "after_unknown": {}, "after_sensitive": {}}})
    };
    let document = read(&json!({
        "resource_changes": [row(json!({
            "region": "us-west-2", "note": "is Xy12!abcd", "volume": [{"secret": [{"secret_name": "n", "mode": 1}]}],
            "master_password": 1234, "rotate_secret": true, "environment": [{"variables": {"A": "x"}, "image": "i"}],
            "env": ["DB_PASS=x", "plain"], "parameters": {"DBPassword": "x", "Size": "4"},
        }))],
        "output_changes": {"all": {"actions": ["create"], "before": null, "after_sensitive": true,
            "after": {"region": "us-west-2", "password": "Xy12!abcd"}}},
        "configuration": {"root_module": {"module_calls": {"m": {"source": "./m", "expressions": {
            "environment": {"constant_value": "prod"}, "db_pass": {"references": ["var.db_pass"]},
        }}}}},
    }));
    let part = shown(&document.root, &document.unknown);
    assert_eq!(
        part["resource_changes"][0]["change"]["after"],
        json!({
            "region": "us-west-2", "note": "! aws_a.b.change.after.note (sensitive)",
            "volume": [{"secret": [{"secret_name": "n", "mode": 1}]}],
            "master_password": "? aws_a.b.master_password (sensitive)", "rotate_secret": true,
            "environment": [{"variables": {"A": "! aws_a.b.environment.variables.A (sensitive)"}, "image": "i"}],
            "env": ["! aws_a.b.env (sensitive)", "plain"],
            "parameters": {"DBPassword": "! aws_a.b.parameters.DBPassword (sensitive)", "Size": "4"},
        })
    );
    assert_eq!(
        part["configuration"]["root_module"]["module_calls"]["m"]["expressions"],
        json!({"environment": {"constant_value": "prod"}, "db_pass": {"references": ["var.db_pass"]}})
    );
}

#[test]
fn parts_of_what_is_marked_are_found_elsewhere() {
    let document = read(&json!({"resource_changes": [{"address": "aws_a.b", "type": "aws_a", "name": "b", "change": {
        "actions": ["create"], "before": null, "after_unknown": {},
        "after": {
            "input": {"code": "Canary2!bb", "region": "us-west-2", "K9!canary": "v"}, "lines": "CanaryI!uu\n",
            "text": "{\"user\":\"app\",\"password\":\"CanaryK!ww\"}", "tags": {"a": "TagsWh1!aa"},
            "tags_all": {"a": "TagsWh1!aa", "b": "c"},
            "echoes": ["n Canary2!bb", "c CanaryK!ww", "CanaryI!uu", "TagsWh1!aa", "us-west-2", "app"],
            "keys": {"K9!canary": 1},
        },
        "after_sensitive": {"input": true, "text": true, "tags": true, "lines": true},
    }}]}));
    let part = shown(&document.root, &document.unknown);
    let after = &part["resource_changes"][0]["change"]["after"];
    let echo = "! aws_a.b.change.after.echoes (sensitive)";
    assert_eq!(after["echoes"], json!([echo, echo, echo, echo, "us-west-2", "app"]));
    assert_eq!(after["tags_all"], "? aws_a.b.tags_all (sensitive)");
    assert_eq!(after["keys"], "? aws_a.b.change.after.keys (sensitive)");
}

#[test]
fn more_gaps_than_can_be_told_apart_are_one() {
    let row = |at: usize| {
        json!({
            "address": format!("aws_a.b[{at}]"), "type": "aws_a", "name": "b",
            "change": {"actions": ["create"], "before": null, "after": {}, "after_unknown": {"id": true}},
        })
    };
    let rows: Vec<Value> = (0..MOST_GAPS + 10).map(row).collect();
    let document = read(&json!({ "resource_changes": rows }));
    assert_eq!(document.unknown.len(), MOST_GAPS + 1);
    let last = Gap { fact: "another value".to_owned(), reason: AFTER_APPLY };
    assert_eq!(document.unknown.last(), Some(&last));
}
