//! Plans of a shop whose database comes back in minutes, and which three gaps keep down all the same: the service in the
//! recovery region holds the old endpoint, its security group does not let it reach the promoted database, and the secret
//! was never replicated. The plans are those of Terraform; the estate is what was collected before them.

use std::fmt::Write as _;

use serde_json::Value;

use crate::tool::Tool;

const PLANS: [(&str, &str, &str); 3] = [
    (
        "GAPS",
        include_str!("../../fixtures/plans/three-gaps/main.tf"),
        include_str!("../../fixtures/plans/three-gaps/plan.json"),
    ),
    (
        "CLOSED",
        include_str!("../../fixtures/plans/three-gaps/then/closed/main.tf"),
        include_str!("../../fixtures/plans/three-gaps/then/closed/plan.json"),
    ),
    (
        "KNOWN ONLY AFTER APPLY",
        include_str!("../../fixtures/plans/three-gaps/then/unread/main.tf"),
        include_str!("../../fixtures/plans/three-gaps/then/unread/plan.json"),
    ),
];

const ESTATE: &str = include_str!("../../fixtures/plans/three-gaps/estate.ndjson");

const GAPS: [&str; 3] =
    ["database-unreachable-from-recovery-compute", "endpoint-hard-wired", "secret-not-in-recovery-region"];

/// What the three policies say, where in the code, and what stands behind each failure.
pub(crate) fn said(report: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut said = String::new();
    for verdict in
        report["verdicts"].as_array().unwrap().iter().filter(|it| GAPS.iter().any(|gap| it["policy"] == *gap))
    {
        let resource = &verdict["resource"];
        let [verdict_is, policy, message] = ["verdict", "policy", "message"].map(|part| text(&verdict[part]));
        let [name, region] = ["name", "region"].map(|part| text(&resource[part]));
        let location = &resource["location"];
        let line = location["line"].as_u64().map(|line| format!(", {}:{line}", text(&location["file"])));
        let line = line.unwrap_or_default();
        writeln!(said, "{verdict_is} {policy}: {name} ({region}{line}): {message}").unwrap();
        for behind in verdict["behind"]["nearest"].as_array().into_iter().flatten() {
            let [kind, name, region] = ["kind", "name", "region"].map(|part| text(&behind[part]));
            let says = ["rel", "class", "confidence", "field", "part"].map(|part| text(&behind["by"][part]));
            let says: Vec<String> = says.into_iter().filter(|it| !it.is_empty()).collect();
            writeln!(said, "    behind it: {kind} {name} ({region}) by {}", says.join(", ")).unwrap();
        }
    }
    said + &text(&report["answer"]["sentence"])
}

/// What is said of a plan, of those three alone.
fn check(code: &str, plan: &str, estate: Option<&str>) -> String {
    let mut tool = Tool::new()
        .file("seaworthy.yaml", include_str!("../../fixtures/plans/three-gaps/seaworthy.yaml"))
        .file("main.tf", code)
        .file("plan.json", plan);
    let mut arguments = "check plan.json --source . -f json=out.json --show all --select ".to_owned() + &GAPS.join(",");
    if let Some(estate) = estate {
        tool = tool.file("estate.ndjson", estate);
        arguments += " --against estate.ndjson";
    }
    let done = tool.command(&arguments).output().unwrap();
    let report = std::fs::read(tool.path().join("out.json"));
    let report = report.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&done.stderr)));
    let report: Value = serde_json::from_slice(&report).unwrap();
    let change = report["change"]["sentence"].as_str().unwrap_or_default();
    format!("{}; {change} [exit {}]\n", said(&report), done.status.code().unwrap())
}

#[test]
fn a_plan_alone_says_what_it_knows() {
    let all = PLANS.map(|(title, code, plan)| format!("{title}\n{}", check(code, plan, None)));
    insta::assert_snapshot!("alone", all.join("\n"));
}

#[test]
fn each_gap_is_found_over_the_estate_passes_once_it_is_closed_and_is_unknown_where_the_code_does_not_say() {
    let all = PLANS.map(|(title, code, plan)| format!("{title}\n{}", check(code, plan, Some(ESTATE))));
    insta::assert_snapshot!("over-the-estate", all.join("\n"));
}

#[test]
fn where_nobody_might_look_for_a_copy_of_the_secret_it_is_unknown() {
    let seen = r#""region":"us-west-2","service":"secretsmanager","status":"complete""#;
    let denied = r#""region":"us-west-2","service":"secretsmanager","status":"denied","action":"secretsmanager:ListSecrets","reason":"HTTP 403""#;
    assert_eq!(ESTATE.matches(seen).count(), 1);
    let (_, code, plan) = PLANS[0];
    insta::assert_snapshot!("denied", check(code, plan, Some(&ESTATE.replace(seen, denied))));
}
