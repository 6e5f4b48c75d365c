//! Names that others gave, in every format.

use std::collections::BTreeSet;

use super::*;

/// What a reader could take for more than a name.
const NAMES: [&str; 12] = [
    "\u{1b}[31mred\u{1b}]8;;http://evil\u{7}link\u{1b}]8;;\u{7}",
    "nul\0\u{9b}\u{202e}live\u{2066}",
    "::error::pwned",
    "\n::error file=a,line=1::pwned%0A",
    "##[error]pwned\r##vso[task.complete]",
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A1",
    "@SUM(1,1)",
    "]]><!-- seaworthy --></testsuites>",
    "[click](http://evil) **bold** `code` | cell | @team #1 </details>",
    "\"quoted\",\\,\u{2028}line",
    "全角データ 🚢",
];

fn plan() -> Value {
    let row = |(at, name): (usize, &&str)| {
        let mut row = named("aws_db_instance", &format!("db{at}"));
        row["address"] = json!(format!("aws_db_instance.db{at}[\"{name}\"]"));
        row["change"] = json!({
            "actions": ["create"], "before": null, "after_unknown": {"arn": true},
            "after": {
                "identifier": name, "tags": {*name: name}, "backup_retention_period": 0, "kms_key_id": name,
                "region": name, "availability_zone": name,
            },
        });
        row
    };
    let mut rows: Vec<_> = NAMES.iter().enumerate().map(row).collect();
    // Types that are not understood are named, too.
    rows.extend(NAMES.iter().map(|name| {
        let mut row = named(name, "other");
        row["change"] = json!({"actions": ["create"], "before": null, "after": {}});
        row
    }));
    json!({"format_version": "1.2", "resource_changes": rows})
}

#[test]
fn names_are_names_in_every_format() {
    let tool = Tool::new().file("plan.json", plan().to_string());
    let texts = rendered(&tool, "plan.json");
    for (format, text) in &texts {
        let turns = |c: char| matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let raw: Vec<_> = text.chars().filter(|c| (c.is_control() && !matches!(c, '\n' | '\r')) || turns(*c)).collect();
        assert_eq!(raw, Vec::<char>::new(), "{format}");
        let commands: Vec<_> =
            text.lines().filter(|line| line.trim_start().starts_with("::error::") || line.contains("##[")).collect();
        assert_eq!(commands, Vec::<&str>::new(), "{format}");
        assert!(text.contains("全角データ 🚢"), "{format}: {text}");
    }
    // Data is as it was given.
    let json: Value = serde_json::from_str(of(&texts, "json")).unwrap();
    let names: BTreeSet<_> = json["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|verdict| verdict["resource"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, BTreeSet::from(NAMES));
    for format in ["gitlab", "sarif"] {
        serde_json::from_str::<Value>(of(&texts, format)).unwrap();
    }
    // Text is as it can be shown.
    let junit = quick_junit::Report::deserialize_from_str(of(&texts, "junit")).unwrap();
    assert!(!junit.test_suites.is_empty());
    let markdown = of(&texts, "markdown");
    for harmful in ["<script", "<img", "](http", "**bold**", "`code`", "@team", "| cell", "]]><!--"] {
        assert!(!markdown.contains(harmful), "{harmful}: {markdown}");
    }
    let commands = of(&texts, "github").lines().filter(|line| line.starts_with("::"));
    let kinds: BTreeSet<_> = commands.map(|line| line[2..].split([' ', ':']).next().unwrap()).collect();
    assert!(
        kinds.is_subset(&BTreeSet::from(["debug", "endgroup", "error", "group", "notice", "warning"])),
        "{kinds:?}"
    );
    let mut rows = csv::Reader::from_reader(of(&texts, "csv").as_bytes());
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    let formulas: Vec<_> =
        rows.iter().flat_map(|row| row.iter()).filter(|cell| cell.starts_with(['=', '+', '-', '@'])).collect();
    assert_eq!(formulas, Vec::<&str>::new());
    let shown: BTreeSet<_> = rows.iter().map(|row| &row[6]).collect();
    insta::assert_snapshot!(shown.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_text_is_of_any_length_and_a_name_is_not() {
    let long = "n".repeat(1_000_000);
    let plan = |address: &str, name: &str| {
        let mut row = named("aws_db_instance", "db");
        row["address"] = json!(address);
        row["change"] = json!({
            "actions": ["create"], "before": null, "after_unknown": {"arn": true},
            "after": {"identifier": name, "tags": {"note": name}, "backup_retention_period": 0},
        });
        json!({"format_version": "1.2", "resource_changes": [row]}).to_string()
    };
    let tool = Tool::new()
        .file("text.json", plan("aws_db_instance.db", &long))
        .file("address.json", plan(&format!("aws_db_instance.{long}"), "db"));
    for (format, text) in rendered(&tool, "text.json") {
        assert!(text.contains("aws_db_instance.db") && !text.contains(&long[..70_000]), "{format}");
    }
    insta::assert_snapshot!(tool.run("check address.json"));
}

#[test]
fn the_same_address_twice_is_two_resources_and_the_last_of_two_keys_counts() {
    let row = |name: &str| {
        let mut row = named("aws_db_instance", "db");
        row["change"] = json!({
            "actions": ["create"], "before": null, "after_unknown": {"arn": true},
            "after": {"identifier": name, "deletion_protection": false},
        });
        row.to_string()
    };
    let rows = format!("{},{}", row("first"), row("second"));
    let twice = row("third").replace("\"identifier\":\"third\"", "\"identifier\":\"third\",\"identifier\":\"fourth\"");
    let tool = Tool::new()
        .file("addresses.json", format!("{{\"resource_changes\":[{rows}]}}"))
        .file("members.json", format!("{{\"resource_changes\":[{rows}],\"resource_changes\":[]}}"))
        .file("attributes.json", format!("{{\"resource_changes\":[{twice}]}}"));
    let said: Vec<_> = tool
        .files()
        .iter()
        .map(|file| tool.run(&format!("check {file} --select deletion-protection-off -f csv")))
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}
