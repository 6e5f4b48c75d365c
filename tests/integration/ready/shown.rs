//! What `seaworthy ready` prints, in every format, and how it ends.

use serde_json::Value;

use super::{PATTERNS, fixture};
use crate::tool::Tool;

/// A folder with the estate of a pattern.
fn tool(pattern: &str) -> Tool {
    let configuration = fixture(&format!("{pattern}.yaml"));
    Tool::new().file("estate.ndjson", fixture(&format!("{pattern}.ndjson"))).file("seaworthy.yaml", configuration)
}

/// The same with its replica gone, and names that could deceive.
fn broken() -> Tool {
    let estate = fixture("warm-standby.ndjson");
    let lines: Vec<String> = estate
        .lines()
        .filter(|line| !line.contains(r#""name": "shop-replica""#))
        .map(|line| line.replace(r#"["arn:aws:rds:us-west-2:111122223333:db:shop-replica"]"#, "[]"))
        .map(|line| line.replace(r#""name": "shop-api""#, r#""name": "shop</style><script>\u001b[31m|`-api""#))
        .collect();
    let mut header: Value = serde_json::from_str(&lines[0]).unwrap();
    header["resources"] = (lines.len() - 1).into();
    let text: String =
        std::iter::once(header.to_string()).chain(lines[1..].iter().cloned()).map(|line| line + "\n").collect();
    Tool::new().file("estate.ndjson", text).file("seaworthy.yaml", fixture("warm-standby.yaml"))
}

fn asked(tool: &Tool, rest: &str) -> String {
    tool.run(&format!("ready shop --estate estate.ndjson {rest}"))
}

fn asked_json(tool: &Tool) -> String {
    asked(tool, "-f json -o ready.json");
    std::fs::read_to_string(tool.path().join("ready.json")).unwrap()
}

#[test]
fn the_table_has_the_answer_first_and_then_the_way_back() {
    let tool = tool("warm-standby");
    insta::assert_snapshot!("ready-go", asked(&tool, ""));
    insta::assert_snapshot!("ready-no-go", asked(&broken(), ""));
    insta::assert_snapshot!("ready-quiet", asked(&broken(), "--quiet"));
}

#[test]
fn markdown_and_json_say_the_same() {
    insta::assert_snapshot!("ready-markdown", asked(&broken(), "-f markdown"));
    let tool = broken();
    asked(&tool, "-f json -o ready.json");
    let text = std::fs::read_to_string(tool.path().join("ready.json")).unwrap();
    insta::assert_snapshot!("ready-json", text.replace(env!("CARGO_PKG_VERSION"), "[version]"));
}

#[test]
fn the_page_needs_nothing_from_elsewhere_and_shows_names_as_they_are() {
    let tool = broken();
    asked(&tool, "-f html -o ready.html");
    let page = std::fs::read_to_string(tool.path().join("ready.html")).unwrap();
    assert!(page.contains(r#"content="default-src 'none'; style-src 'unsafe-inline'""#));
    for forbidden in ["<script", "javascript:", " src=", "http://", "https://", "@import", "url(", "onload=", "\u{1b}"]
    {
        let found: Vec<&str> = page.lines().filter(|line| line.contains(forbidden)).collect();
        assert_eq!(found, Vec::<&str>::new(), "{forbidden}");
    }
    insta::assert_snapshot!(
        "ready-html",
        page.split("<body>").nth(1).unwrap().replace(env!("CARGO_PKG_VERSION"), "[version]")
    );
}

/// What Region switch timed is a measured time, as long as nothing newer is; without alarms it is a lower bound.
#[test]
fn an_activation_by_region_switch_is_a_measured_time() {
    let activation = |region: &str, day: &str, recovery: &str| {
        format!(
            r#"{{"region": "{region}", "execution": "{day}", "mode": "ungraceful", "ended_at": "2026-11-{day}T08:30:00Z", "execution_seconds": 1800, "recovery_seconds": {recovery}}}"#
        )
    };
    let told = |activations: &[String]| {
        let plan = format!(
            r#"{{"id": "arn:aws:arc-region-switch::111122223333:plan/shop:abc123", "kind": "aws.arcregionswitch.plan", "name": "shop", "place": {{"account": "111122223333", "region": null}}, "tags": {{"app": "shop"}}, "switch_plan": {{"activations": [{}]}}, "origin": {{"source": "aws"}}}}"#,
            activations.join(", ")
        );
        let lines = fixture("warm-standby.ndjson") + &plan + "\n";
        let mut all: Vec<&str> = lines.lines().collect();
        let mut header: Value = serde_json::from_str(all[0]).unwrap();
        header["resources"] = (all.len() - 1).into();
        let header = header.to_string();
        all[0] = &header;
        let tool = tool("warm-standby").file("estate.ndjson", all.join("\n") + "\n");
        let text = asked(&tool, "").split_whitespace().collect::<Vec<_>>().join(" ");
        let rto = text.split(" RTO ").nth(1).and_then(|rest| rest.split(" evidence ").next()).unwrap().to_owned();
        let json: Value = serde_json::from_str(&asked_json(&tool)).unwrap();
        (rto, json["applications"][0]["time"]["measured"].clone())
    };
    let newest = [activation("us-west-2", "10", "2530"), activation("us-east-1", "11", "60")];
    let (rto, json) = told(&newest);
    assert!(rto.ends_with("42 minutes 10 seconds taken by Region switch on 2026-11-10"), "{rto}");
    let measured = serde_json::json!({"by": "region-switch", "id": "10", "at": "2026-11-10T08:30:00Z", "seconds": 2530, "whole": true});
    assert_eq!(json, measured);
    let (rto, json) = told(&[activation("us-west-2", "10", "null")]);
    assert!(rto.ends_with("at least 30 minutes taken by Region switch on 2026-11-10"), "{rto}");
    assert_eq!(json["whole"], false);
    let (rto, json) = told(&[activation("us-east-1", "10", "60")]);
    assert!(!rto.contains("taken"), "{rto}");
    assert_eq!(json, Value::Null);
}

/// What the rescue needs and the region that is lost has, is a risk; what has a copy, or is global, is none.
#[test]
fn what_of_the_rescue_is_lost_is_told() {
    let lost = "arn:aws:codepipeline:us-east-1:111122223333:deploy";
    let named = [
        lost,
        "arn:aws:codepipeline:us-west-2:111122223333:deploy",
        "arn:aws:iam::111122223333:role/break-glass",
        "arn:aws:ecs:us-east-1:111122223333:cluster/shop",
        "arn:aws:ec2:us-east-1:111122223333:internet-gateway/igw-1",
        "arn:aws:s3:::tf-state",
        "arn:aws:codebuild:us-esat-1:111122223333:project/deploy",
        "shop",
    ];
    let configuration = fixture("warm-standby.yaml") + &format!("estate: {{rescue: {named:?}}}\n");
    let tool = tool("warm-standby").file("seaworthy.yaml", configuration);
    let json: Value = serde_json::from_str(&asked_json(&tool)).unwrap();
    let told = |heap: &str| -> Vec<String> {
        let all = json["applications"][0][heap].as_array().unwrap().iter();
        let own = all.filter(|it| it["id"] == "rescue-in-lost-region");
        own.map(|it| it["message"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(told("risks"), [format!("'{lost}', which the rescue needs, is in us-east-1, which is lost")]);
    let open = [
        "'arn:aws:ec2:us-east-1:111122223333:internet-gateway/igw-1', which the rescue needs, is in us-east-1, and whether something stands in for it is not known: nobody looked",
        "where 'arn:aws:codebuild:us-esat-1:111122223333:project/deploy' is, which the rescue needs, is not known: there is no region 'us-esat-1' (did you mean 'us-east-1'?)",
        "where 'arn:aws:s3:::tf-state' is, which the rescue needs, is not known: it was not seen",
        "where 'shop' is, which the rescue needs, is not known: several are called so: name its ARN",
    ];
    let mut found = told("unknowns");
    found.sort();
    assert_eq!(found, open);
    assert_eq!(json["applications"][0]["decision"], "go");
}

/// However many applications there are, a page can be sent and a comment can be made of it; each answer is in it.
#[test]
fn the_pages_of_many_applications_have_all_answers_and_those_in_trouble_first() {
    let own = r#"  worst: {tags: {app: shop}, pattern: warm-standby, rpo: 5m, rto: 1s, retention: 30d}"#;
    let many: Vec<String> = (0..90).map(|number| format!("  shop-{number}: {{tags: {{app: shop}}}}")).collect();
    let configuration =
        format!("recovery: [{{from: us-east-1, to: us-west-2}}]\napplications:\n{}\n{own}\n", many.join("\n"));
    let tool = tool("warm-standby").file("seaworthy.yaml", configuration);
    for (format, most, whole) in [("html", 2_000_000, 91), ("markdown", 65_000, 10)] {
        tool.run(&format!("ready --estate estate.ndjson -f {format} -o page"));
        let page = std::fs::read_to_string(tool.path().join("page")).unwrap();
        assert!(page.len() <= most, "{format}: {}", page.len());
        assert!(page.contains("Readiness of 91 applications: 1 NO-GO, 90 GO"), "{format}");
        let listed = (0..90).filter(|number| page.contains(&format!("shop-{number} in us-west-2")));
        assert_eq!(listed.count(), 90, "{format}");
        let answers = page.lines().filter(|line| line.starts_with("## ") || line.contains("-answer\">"));
        let answers: Vec<&str> = answers.filter(|line| line.contains("GO for")).collect();
        assert_eq!(answers.len(), whole, "{format}");
        assert!(answers.iter().any(|line| line.contains("NO-GO for worst in us-west-2: 1 blocker")), "{format}");
        assert_eq!(page.contains(&format!("{whole} of 91 are shown")), whole < 91, "{format}");
    }
}

#[test]
fn the_sequence_is_drawn_by_other_tools() {
    let drawn = ["dot", "mermaid", "svg"].map(|format| {
        let tool = broken();
        asked(&tool, &format!("-f {format} -o out"));
        std::fs::read_to_string(tool.path().join("out")).unwrap()
    });
    // A label of Graphviz is text, whatever is in it.
    assert!(drawn[1..].iter().all(|text| !text.contains("<script")), "{drawn:?}");
    assert!(drawn.iter().all(|text| !text.contains('\u{1b}')), "{drawn:?}");
    insta::assert_snapshot!("ready-drawn", drawn.join("\n"));
}

#[test]
fn what_is_new_and_what_is_gone_since_an_earlier_record_is_told() {
    let sound = tool("warm-standby");
    asked(&sound, "-f json -o before.json");
    let before = std::fs::read_to_string(sound.path().join("before.json")).unwrap();
    let tool = broken().file("before.json", before);
    let said = |text: String| text.lines().take(4).map(|line| format!("{line}\n")).collect::<String>();
    let worse = said(asked(&tool, "--since before.json"));
    asked(&tool, "-f json -o after.json");
    let after = std::fs::read_to_string(tool.path().join("after.json")).unwrap();
    let sound = sound.file("after.json", after).file("other.json", "{\"seaworthy\": \"inventory\", \"version\": 1}");
    let better = said(asked(&sound, "--since after.json"));
    let wrong = asked(&sound, "--since other.json");
    insta::assert_snapshot!("ready-since", format!("{worse}{better}{wrong}"));
}

#[test]
fn verdicts_of_one_application_go_to_code_scanning_and_to_test_reports() {
    for (format, rule) in [("sarif", r#""ruleId":"rpo-out-of-reach""#), ("junit", r#"classname="rpo-out-of-reach""#)] {
        let tool = broken();
        asked(&tool, &format!("-f {format} -o out"));
        let text = std::fs::read_to_string(tool.path().join("out")).unwrap();
        assert!(text.contains(rule), "{format}: {}", &text[..2_000]);
        assert_eq!(text.contains("NO-GO for shop in us-west-2: 1 blocker"), format == "sarif", "{format}");
    }
}

#[test]
fn what_is_asked_wrongly_is_told_with_help() {
    let tool = tool("pilot-light").file("none.yaml", "recovery: [{from: us-east-1, to: us-west-2}]\n");
    let asked = [
        "ready shpo --estate estate.ndjson",
        "ready shop --estate estate.ndjson -c none.yaml",
        "ready shop --estate estate.ndjson --to us-wset-2",
        "ready shop --estate estate.ndjson --to eu-west-1",
        "ready --demo -f sarif",
        "ready --demo --quiet",
    ];
    let said = asked.map(|arguments| tool.run(arguments));
    insta::assert_snapshot!("ready-wrong", said.join("\n"));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for pattern in PATTERNS {
        let tool = tool(pattern);
        let mut command = tool.command("ready --estate estate.ndjson");
        let output = command.env("COLUMNS", "80").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80).collect();
        assert_eq!(wide, Vec::<&str>::new(), "{pattern}");
        assert!(text.starts_with("GO for shop"), "{text}");
    }
}
