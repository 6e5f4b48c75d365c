//! Every sample against the OASIS schema (from serde-sarif 0.8.0, which is under the MIT licence) and against what
//! GitHub asks for besides.

use serde_json::Value;
use sha2::Digest as _;

use super::*;
use crate::report::sample;

fn log(report: &Report, how: &Render) -> Value {
    let mut bytes = Vec::new();
    Sarif.write(report, how, &mut bytes).expect("memory takes everything");
    serde_json::from_slice(&bytes).expect("it is JSON")
}

fn run(report: &Report, how: &Render) -> Value {
    let mut log = log(report, how);
    log["runs"][0].take()
}

fn oasis() -> jsonschema::Validator {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/sarif-schema-2.1.0.json");
    let text = std::fs::read_to_string(file).expect("the schema is there");
    // It has a stray bracket in a pattern, which only JavaScript lets pass. It is about a field that is not written.
    let schema: Value = serde_json::from_str(&text.replace("{2}]?$", "{2}?$")).expect("it is JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema is one")
}

/// What GitHub would refuse, or store and never show.
/// <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>
fn breaches(log: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut must = |holds: bool, what: String| {
        if !holds {
            found.push(what);
        }
    };
    let filled = |value: &Value, most: usize| {
        value.as_str().is_some_and(|text| !text.is_empty() && text.chars().count() <= most)
    };
    must(filled(&log["$schema"], 255), "$schema".to_owned());
    must(log["version"] == "2.1.0", "version".to_owned());
    let run = &log["runs"][0];
    must(log["runs"].as_array().is_some_and(|runs| runs.len() == 1), "one run".to_owned());
    must(filled(&run["tool"]["driver"]["name"], 255), "the tool has a name".to_owned());
    must(run["automationDetails"]["id"].as_str().is_some_and(|id| id.ends_with('/')), "a category".to_owned());
    let rules = run["tool"]["driver"]["rules"].as_array().cloned().unwrap_or_default();
    for rule in &rules {
        let of = |what: &str| format!("rule {}: {what}", rule["id"]);
        must(filled(&rule["id"], 255) && filled(&rule["name"], 255), of("id and name"));
        must(filled(&rule["shortDescription"]["text"], 1_024), of("shortDescription"));
        must(filled(&rule["fullDescription"]["text"], 1_024), of("fullDescription"));
        must(filled(&rule["help"]["text"], usize::MAX) && filled(&rule["help"]["markdown"], usize::MAX), of("help"));
        let properties = &rule["properties"];
        let score = properties["security-severity"].as_str().and_then(|score| score.parse::<f64>().ok());
        must(score.is_some_and(|score| score > 0.0 && score <= 10.0), of("security-severity"));
        let tags = properties["tags"].as_array().map_or(0, Vec::len);
        must((1..=10).contains(&tags), of("tags"));
        must(filled(&properties["precision"], 16) && filled(&properties["problem.severity"], 16), of("severity"));
    }
    let results = run["results"].as_array().cloned().unwrap_or_default();
    must(results.len() <= 25_000, "at most 25,000 results".to_owned());
    for (at, result) in results.iter().enumerate() {
        let of = |what: &str| format!("result {at}: {what}");
        let rule = result["ruleIndex"].as_u64().and_then(|at| rules.get(usize::try_from(at).ok()?));
        must(rule.is_some_and(|rule| rule["id"] == result["ruleId"]), of("its rule"));
        must(filled(&result["message"]["text"], 1_024), of("message"));
        must(filled(&result["partialFingerprints"]["seaworthy/v1"], 255), of("fingerprint"));
        let locations = result["locations"].as_array().cloned().unwrap_or_default();
        must(locations.len() == 1, of("one location"));
        for location in locations.iter().chain(result["relatedLocations"].as_array().into_iter().flatten()) {
            let physical = &location["physicalLocation"];
            let uri = physical["artifactLocation"]["uri"].as_str().unwrap_or_default();
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
            must(!uri.is_empty() && uri.chars().all(plain), of("uri"));
            must(!uri.starts_with(['.', '/']) || uri.starts_with(".terraform/"), of("uri inside the repository"));
            for bound in ["startLine", "startColumn", "endLine", "endColumn"] {
                must(physical["region"][bound].as_u64().is_some_and(|number| number >= 1), of(bound));
            }
        }
    }
    found
}

#[test]
fn every_sample_meets_the_standard_and_githubs_rules() {
    let oasis = oasis();
    for (name, report) in sample::all() {
        for sarif_waived in [false, true] {
            let log = log(&report, &Render { sarif_waived, ..sample::render() });
            let errors: Vec<_> =
                oasis.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert_eq!(errors, Vec::<String>::new(), "{name}");
            assert_eq!(breaches(&log), Vec::<String>::new(), "{name}");
        }
    }
}

#[test]
fn of_very_many_results_the_worst_are_kept_and_the_rest_is_counted() {
    let mut report = sample::mixed();
    let worst = report.verdicts[0].clone();
    let numbered = |number: usize| {
        let mut finding = worst.clone();
        finding.resource.id = format!("{}-{number}", finding.resource.id);
        finding.resource.name = format!("{}-{number}", finding.resource.name);
        // As hard to compress as a real one.
        finding.fingerprint = format!("{:.32}", format!("{:x}", sha2::Sha256::digest(number.to_le_bytes())));
        finding
    };
    report.verdicts = (0..30_000).map(numbered).collect();
    let mut log = log(&report, &sample::render());
    assert_eq!(breaches(&log), Vec::<String>::new());
    let packed = packed(&log);
    assert!((100_000..10_000_000).contains(&packed), "GitHub takes 10 MB: {packed}");
    let run = &mut log["runs"][0];
    assert_eq!(run["results"].as_array().map(Vec::len), Some(25_000));
    assert_eq!(run["properties"]["resultsLeftOut"], 5_000);
    assert_eq!(
        run["invocations"][0]["toolExecutionNotifications"][0],
        json!({
            "level": "warning",
            "message": {
                "text": "5,000 of 30,000 results are left out, because GitHub takes 25,000: the json format lists all",
            },
        })
    );
    // They are all alike, and the standard's schema is slow.
    run["results"].as_array_mut().expect("a list").truncate(100);
    assert!(oasis().is_valid(&log));
}

/// Its size as it is uploaded.
fn packed(log: &Value) -> usize {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    serde_json::to_writer(&mut packed, log).expect("memory takes everything");
    packed.finish().expect("memory takes everything").len()
}

#[test]
fn no_name_is_longer_than_a_text_may_be() {
    let mut report = sample::mixed();
    let long = "全".repeat(60_000);
    let resource = &mut report.verdicts[0].resource;
    (resource.id, resource.name) = (long.clone(), long.clone());
    (resource.account, resource.region) = (long.clone(), long.clone());
    (resource.address, resource.applications) = (Some(long.clone()), vec![long]);
    let log = log(&report, &sample::render());
    assert_eq!(breaches(&log), Vec::<String>::new());
    let result = &log["runs"][0]["results"][0];
    let clipped = json!(format!("{}…", "全".repeat(TEXT - 1)));
    let logical = &result["locations"][0]["logicalLocations"][0];
    assert_eq!(logical, &json!({"name": clipped, "fullyQualifiedName": clipped, "kind": "resource"}));
    let properties = &result["properties"];
    assert_eq!(properties["account"], clipped);
    assert_eq!(properties["region"], clipped);
    assert_eq!(properties["applications"], json!([clipped]));
}

#[test]
fn the_checks_of_githubs_rules_find_something() {
    let mut log = log(&sample::change(), &sample::render());
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = json!(0);
    log["runs"][0]["results"][1]["locations"] = json!([]);
    log["runs"][0]["tool"]["driver"]["rules"][0]["help"]["text"] = json!("");
    assert_eq!(breaches(&log), ["rule \"backup-disabled\": help", "result 0: startLine", "result 1: one location"]);
}

#[test]
fn waived_results_are_left_out_or_suppressed() {
    let rules = |how: &Render| {
        let run = run(&sample::mixed(), how);
        let results = run["results"].as_array().expect("a list").clone();
        results
            .iter()
            .filter(|result| !result["suppressions"].is_null())
            .map(|result| (result["ruleId"].clone(), result["suppressions"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(rules(&sample::render()), []);
    let suppressions = json!([{
        "kind": "external",
        "status": "accepted",
        "justification": "waived until 2026-12-31 by data-platform, DR-142 (waivers.yaml:12): \
            the data is derived, and is made anew from the lake; instead: nightly rebuild job"
    }]);
    assert_eq!(rules(&Render { sarif_waived: true, ..sample::render() }), [(json!("backup-disabled"), suppressions)]);
}

#[test]
fn cloud_resources_without_code_are_told_apart_on_the_configurations_first_line() {
    let run = run(&sample::mixed(), &Render { fallback_file: "./dr/sea worthy.yaml".to_owned(), ..sample::render() });
    let result = &run["results"][0];
    assert_eq!(
        result["locations"],
        json!([{
            "physicalLocation": {
                "artifactLocation": {"uri": "dr/sea%20worthy.yaml"},
                "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2},
            },
            "logicalLocations": [{
                "name": "legacy",
                "fullyQualifiedName": "arn:aws:rds:us-east-1:111122223333:db:legacy",
                "kind": "resource",
            }],
        }])
    );
    assert_eq!(
        result["partialFingerprints"],
        json!({"seaworthy/v1": "000000000000000de4", "primaryLocationLineHash": "000000000000000de4:1"})
    );
}
