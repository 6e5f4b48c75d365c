//! `json`: the whole report for programs, and the form in which a result is stored and rendered again.
//!
//! One line for every element of the top-level lists, so that `grep` and `diff` see one verdict at a time.

mod convert;
mod error;
mod lines;
mod v1;

use std::io;

use serde::{Deserialize, Serialize as _};

use self::convert::Verdicts;
use self::v1::{ReportV1, SCHEMA, VerdictV1};
use crate::report::reporter::{Render, Reporter};
use crate::result::Report;
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
        let mut out = io::BufWriter::with_capacity(1 << 16, out);
        let mut serializer = serde_json::Serializer::with_formatter(&mut out, lines::Lines::default());
        ReportV1::<Verdicts<'_>>::from(report).serialize(&mut serializer)?;
        io::Write::write_all(&mut out, b"\n")?;
        io::Write::flush(&mut out)
    }
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
