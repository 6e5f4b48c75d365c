//! `json`: the whole report for programs, and the form in which a result is stored and rendered again.
//!
//! One line for every element of the top-level lists, so that `grep` and `diff` see one verdict at a time.

mod convert;
mod error;
mod framework;
mod lines;
mod requirements;
mod v1;

use std::io;

use serde::{Deserialize, Serialize as _};

use rayon::prelude::*;

use self::convert::{Verdicts, verdict};
use self::lines::LineFormatter;
use self::v1::{ReportV1, SCHEMA, VerdictV1};
use crate::report::reporter::{Render, Reporter};
use crate::result::{Finding, Report};
pub use error::ReadError;

/// The `json` reporter.
pub(crate) struct Json;

impl Reporter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "everything, for programs; `seaworthy report` renders it again"
    }

    fn write(&self, report: &Report, _: &Render, out: &mut dyn io::Write) -> io::Result<()> {
        let mut frame = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut frame, LineFormatter::default());
        ReportV1::<Verdicts>::from(report).serialize(&mut serializer)?;
        frame.push(b'\n');
        // No text in JSON holds the end of a line, so that only the list itself can be found.
        let at = frame.windows(EMPTY.len()).position(|text| text == EMPTY).map(|at| at + EMPTY.len() - 1);
        let (head, tail) = frame.split_at(at.ok_or_else(|| io::Error::other("the report has no list of verdicts"))?);
        out.write_all(head)?;
        for (number, window) in report.verdicts.chunks(WINDOW).enumerate() {
            let parts: Vec<_> = window.par_chunks(PART).map(|part| elements(report, part)).collect();
            for (place, part) in parts.into_iter().enumerate() {
                let part = part?;
                // A comma stands before every verdict, but for the first of all.
                out.write_all(if (number, place) == (0, 0) { &part[1..] } else { &part })?;
            }
        }
        out.write_all(tail)?;
        out.flush()
    }
}

/// Where the verdicts stand in a report that has none.
const EMPTY: &[u8] = b"\n\"verdicts\":[]";

/// Verdicts that a thread writes at once.
const PART: usize = 128;

/// Verdicts whose text is in memory at once.
const WINDOW: usize = 16 * PART;

/// Verdicts, each in a line of its own and with a comma before it.
fn elements(report: &Report, findings: &[Finding]) -> io::Result<Vec<u8>> {
    let mut text = Vec::with_capacity(findings.len() * 1024);
    for finding in findings {
        text.extend(b",\n");
        let mut serializer = serde_json::Serializer::with_formatter(&mut text, LineFormatter::of_an_element());
        verdict(report, finding).serialize(&mut serializer)?;
    }
    Ok(text)
}

/// Reads a stored result.
pub fn read(bytes: &[u8]) -> Result<Report, ReadError> {
    #[derive(Deserialize)]
    struct Probe {
        schema: Option<String>,
    }
    // The schema is looked at first: a result of another version may well have other fields.
    let schema = match serde_json::from_slice::<Probe>(bytes) {
        Ok(probe) => probe.schema.unwrap_or_default(),
        Err(trouble) if trouble.is_data() => return Err(ReadError::Stranger),
        Err(trouble) => return Err(trouble.into()),
    };
    if !schema.starts_with("seaworthy.report/") {
        return Err(ReadError::Stranger);
    }
    if schema != SCHEMA {
        return Err(ReadError::Version(schema));
    }
    serde_json::from_slice::<ReportV1<'_, Vec<VerdictV1<'_>>>>(bytes)?.try_into()
}

/// The JSON Schema of this format.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(ReportV1<'static, Vec<VerdictV1<'static>>>)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::report::sample;

    fn written(report: &Report) -> Vec<u8> {
        let mut bytes = Vec::new();
        Json.write(report, &sample::render(), &mut bytes).expect("memory takes everything");
        bytes
    }

    /// Verdicts are written in pieces; it is the same text as in one.
    #[test]
    fn the_pieces_are_the_whole() {
        let mut many = sample::mixed();
        many.verdicts = many.verdicts.iter().cycle().take(WINDOW + PART + 3).cloned().collect();
        for (name, report) in sample::all().into_iter().chain([("many", many)]) {
            let ReportV1 { schema, tool, generated_at, collected_at, sources, answer, gate, summary, .. } =
                (&report).into();
            let ReportV1 { applications, policies, frameworks, coverage, notices, change, stack, .. } =
                ReportV1::<Verdicts>::from(&report);
            let verdicts: Vec<VerdictV1<'_>> =
                report.verdicts.iter().map(|finding| verdict(&report, finding)).collect();
            let whole = ReportV1 {
                schema,
                tool,
                generated_at,
                collected_at,
                sources,
                answer,
                gate,
                summary,
                applications,
                policies,
                frameworks,
                verdicts,
                coverage,
                notices,
                change,
                stack,
            };
            let mut text = Vec::new();
            whole
                .serialize(&mut serde_json::Serializer::with_formatter(&mut text, LineFormatter::default()))
                .expect("memory");
            text.push(b'\n');
            assert!(written(&report) == text, "{name}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for (name, report) in sample::all() {
            assert_eq!(read(&written(&report)).expect(name), report, "{name}");
        }
    }

    #[test]
    fn what_is_written_meets_the_schema() {
        let schema = serde_json::to_value(schema()).expect("a schema is JSON");
        let validator = jsonschema::validator_for(&schema).expect("the schema is one");
        for (name, report) in sample::all() {
            let value: Value = serde_json::from_slice(&written(&report)).expect("it is JSON");
            let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn the_schema_file_is_fresh() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/reports/schema/report-v1.json");
        let fresh = format!("{}\n", serde_json::to_string_pretty(&schema()).expect("a schema is JSON"));
        if std::env::var_os("SEAWORTHY_BLESS").is_some() {
            std::fs::write(file, &fresh).expect("the schema file can be written");
        }
        let stored = std::fs::read_to_string(file).unwrap_or_default();
        assert!(stored == fresh, "{file} is stale: run the tests with SEAWORTHY_BLESS=1, and mind that v1 is frozen");
    }

    #[test]
    fn what_is_no_result_is_refused_with_the_reason() {
        let mut other: Value = serde_json::from_slice(&written(&sample::empty())).expect("it is JSON");
        let refused = |value: &Value| read(value.to_string().as_bytes()).expect_err("refused").to_string();
        let stranger =
            "this is no stored result of seaworthy: its JSON has no \"schema\" that begins with 'seaworthy.report/'";
        assert_eq!(refused(&json!({"format_version": "1.2"})), stranger);
        assert_eq!(refused(&json!([1, 2])), stranger);
        assert_eq!(refused(&json!({"schema": 3})), stranger);
        assert_eq!(
            read(b"{").expect_err("refused").to_string(),
            "the result cannot be read: EOF while parsing an object at line 1 column 1"
        );
        other["gate"] = json!(3);
        assert_eq!(
            refused(&other),
            "the result cannot be read: invalid type: integer `3`, expected struct GateV1 at line 1 column 194"
        );
        other["schema"] = json!("seaworthy.report/v2");
        assert_eq!(
            refused(&other),
            "the result has the schema 'seaworthy.report/v2', and this is a reader of 'seaworthy.report/v1'"
        );
    }

    #[test]
    fn a_verdict_of_a_policy_that_is_not_there_is_refused() {
        let mut value: Value = serde_json::from_slice(&written(&sample::mixed())).expect("it is JSON");
        value["verdicts"][0]["policy"] = json!("gone");
        assert_eq!(
            read(value.to_string().as_bytes()).expect_err("refused").to_string(),
            "a verdict names the policy 'gone', and the result has no such policy"
        );
    }
}
