//! Files that are no plan and no state, and those that nearly are.

use std::collections::BTreeMap;

use super::*;

fn utf16(text: &str, mark: bool, big: bool) -> Vec<u8> {
    let units = mark.then_some('\u{feff}').into_iter().chain(text.chars()).collect::<String>();
    units.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

/// A plan with one database, whose attributes are these.
fn plan(after: Value) -> String {
    let mut row = named("aws_db_instance", "db");
    row["change"] = json!({"actions": ["create"], "before": null, "after": after, "after_unknown": {"arn": true}});
    json!({"format_version": "1.2", "resource_changes": [row]}).to_string()
}

fn nested(depth: usize) -> String {
    let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    plan(json!({"identifier": "db", "tags": "DEEP"})).replace("\"DEEP\"", &deep)
}

#[test]
fn what_cannot_be_read_is_named_with_what_is_wrong() {
    let whole = plan(json!({"identifier": "db"}));
    let wrong = |pointer: &str, value: Value| {
        let mut plan: Value = serde_json::from_str(&whole).unwrap();
        *plan.pointer_mut(pointer).unwrap() = value;
        plan.to_string()
    };
    let zip = b"PK\x03\x04\x14\0\0\0\x08\0tfplan";
    let tool = Tool::new()
        .file("binary.tfplan", zip)
        .file("pictures.zip", b"PK\x03\x04\x14\0\0\0\x08\0\x21\0\x21\0holiday.jpg")
        .file("cut.json", &whole[..whole.len() / 2])
        .file("deep.json", nested(10_000))
        .file("directory/main.tf", "")
        .file("empty.json", "")
        .file("latin1.json", whole.replace("db", "d\u{e9}").chars().map(|c| c as u8).collect::<Vec<u8>>())
        .file("nul.json", b"\0\0\0\0")
        .file("null.json", "null")
        .file("number.json", "1e999")
        .file("several.json", format!("{whole}\n{{}}\n"))
        .file("state-cut.json", "{\"version\":4,\"resources\":[{\"mode\":\"managed\"")
        .file("state-future.json", "{\"version\":5}")
        .file("state-out-of-range.json", "{\"version\":99999999999999999999}")
        .file("state-wrong.json", "{\"version\":4,\"resources\":{\"a\":1}}")
        .file("utf16-broken.json", [0xff, 0xfe, 0x00, 0xd8, 0x00])
        .file("version.json", wrong("/format_version", json!("2.0")))
        .file("wrong-action.json", wrong("/resource_changes/0/change/actions", json!("create")))
        .file("wrong-after.json", wrong("/resource_changes/0/change/after", json!([1])))
        .file("wrong-changes.json", wrong("/resource_changes", json!("none")))
        .file("wrong-row.json", wrong("/resource_changes/0", json!(7)))
        .file("wrong-type.json", wrong("/resource_changes/0/type", json!({"a": 1})));
    let files = tool.files();
    let files = files.iter().map(|file| if file == "directory/main.tf" { "directory" } else { file.as_str() });
    let said: Vec<_> =
        files.chain(["/dev/null", "missing.json"]).map(|file| tool.run(&format!("check {file}"))).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_an_editor_or_a_shell_makes_of_a_plan_is_read() {
    let whole = plan(json!({"identifier": "db", "backup_retention_period": 0}));
    let tool = Tool::new()
        .file("plain.json", &whole)
        .file("mark.json", format!("\u{feff}{whole}"))
        .file("utf16-le.json", utf16(&whole, true, false))
        .file("utf16-be.json", utf16(&whole, true, true))
        .file("utf16-le-bare.json", utf16(&whole, false, false))
        .file("utf16-be-bare.json", utf16(&whole, false, true))
        .file("windows.json", format!("\r\n{}\r\n", whole.replace(',', ",\r\n")));
    let run = |file: &str| {
        let transcript = tool.run(&format!("check {file} --show all -f csv"));
        transcript.split_once('\n').unwrap().1.to_owned()
    };
    let plain = run("plain.json");
    assert!(plain.contains("aws_db_instance.db") && plain.ends_with("[exit 1]\n"), "{plain}");
    for file in tool.files() {
        assert_eq!(run(&file), plain, "{file}");
    }
}

#[test]
fn numbers_that_no_attribute_can_have_are_unknown() {
    let odd = ["0", "7", "\"7\"", "7.0", "-1", "7.5", "1e30", "99999999999999999999", "{}", "[]", "true"];
    let row = |(at, value): (usize, &&str)| {
        let mut row = named("aws_db_instance", &format!("db{at}"));
        row["change"] = json!({
            "actions": ["create"], "before": null, "after_unknown": {"arn": true},
            "after": {"identifier": value, "backup_retention_period": "N"},
        });
        row.to_string().replace("\"N\"", value)
    };
    let rows: Vec<_> = odd.iter().enumerate().map(row).collect();
    let tool = Tool::new().file("plan.json", format!("{{\"resource_changes\":[{}]}}", rows.join(",")));
    let texts = rendered(&tool, "plan.json");
    let json: Value = serde_json::from_str(of(&texts, "json")).unwrap();
    let told: BTreeMap<_, _> = json["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|verdict| verdict["policy"] == "backup-disabled")
        .map(|verdict| (verdict["resource"]["name"].as_str().unwrap(), verdict["verdict"].as_str().unwrap()))
        .collect();
    let told: Vec<_> = odd.into_iter().map(|value| format!("{value}: {}", told[value])).collect();
    insta::assert_snapshot!(told.join("\n"));
}
