//! What scanners for resiliency ask, and what none of them asks, each with the policy that answers it: `reports/answers.csv`
//! is written by hand, `policies/ANSWERS.md` is made of it. `SEAWORTHY_BLESS=1` writes it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use seaworthy::policy::{PolicySet, Source};
use serde::Deserialize;

/// A row of the table.
#[derive(Deserialize)]
struct Row {
    /// `peers`: five or more other scanners ask it. `nobody`: none does.
    asked: String,
    /// The service.
    subject: String,
    question: String,
    /// Ids of policies, with blanks between them.
    policies: String,
    /// Why none answers it, or answers something else.
    why: String,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/answers.csv");
    csv::Reader::from_path(path).unwrap().deserialize().collect::<Result<_, _>>().unwrap()
}

/// Where each policy lies below the folder of policies.
fn files() -> BTreeMap<String, (String, String)> {
    let set = PolicySet::from_sources(Source::built_in()).unwrap_or_else(|error| panic!("{error}"));
    let file = |id: &str, area: &str| format!("{area}/{}.rego", id.replace('-', "_"));
    let row = |policy: &seaworthy::policy::Policy| {
        let (id, area) = (policy.id().to_owned(), policy.area().to_owned());
        (id.clone(), (file(&id, &area), policy.info().title))
    };
    set.policies().iter().map(row).collect()
}

fn page(rows: &[Row], files: &BTreeMap<String, (String, String)>) -> String {
    let link = |id: &str| format!("[{id}]({})", files[id].0);
    let table = |asked: &str| -> String {
        let of = rows.iter().filter(|row| row.asked == asked).map(|row| {
            let answers: Vec<String> = row.policies.split_whitespace().map(link).collect();
            let cells = [answers.join(", "), row.why.clone()].into_iter().filter(|cell| !cell.is_empty());
            format!("| {} | {} | {} |\n", row.subject, row.question, cells.collect::<Vec<_>>().join(" – "))
        });
        format!("| service | question | answer |\n|---|---|---|\n{}", of.collect::<String>())
    };
    let named: BTreeSet<&str> = rows.iter().flat_map(|row| row.policies.split_whitespace()).collect();
    let others = files.iter().filter(|(id, _)| !named.contains(id.as_str()));
    let others: String = others.map(|(id, (_, title))| format!("| {} | {title} |\n", link(id))).collect();
    format!(
        "<!-- Made of reports/answers.csv by tests/integration/answers.rs. SEAWORTHY_BLESS=1 cargo test answers -->\n\
         # What is asked, and which policy answers it\n\n\
         Other scanners ask whether a resource is set up well. Seaworthy asks whether it comes back in its recovery \
         region. Where both mean the same thing, the policy is named; where recovery does not need the answer, the \
         reason is.\n\n\
         ## What five or more other scanners ask of AWS\n\n{}\n\
         ## What none of them asks\n\nFacts about a resource and its recovery region together.\n\n{}\n\
         ## The other policies\n\n| policy | what it finds |\n|---|---|\n{others}",
        table("peers"),
        table("nobody"),
    )
}

#[test]
fn every_question_has_an_answer_or_a_reason_and_every_policy_is_on_the_page() {
    let (rows, files) = (rows(), files());
    for row in &rows {
        assert!(matches!(row.asked.as_str(), "peers" | "nobody"), "{}", row.question);
        assert!(!row.policies.is_empty() || !row.why.is_empty(), "no answer: {} {}", row.subject, row.question);
        for id in row.policies.split_whitespace() {
            assert!(files.contains_key(id), "no policy is called '{id}': {} {}", row.subject, row.question);
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/ANSWERS.md");
    let text = page(&rows, &files);
    if std::env::var_os("SEAWORTHY_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == text, "{} is stale: SEAWORTHY_BLESS=1 cargo test answers", path.display());
    for id in files.keys() {
        assert!(text.contains(&format!("[{id}](")), "{id} is not on the page");
    }
    for (file, _) in files.values() {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("policies").join(file).is_file(), "{file}");
    }
}
