//! `markdown`: a comment on a pull request, worst first. It begins with a hidden mark by which a later run finds it and
//! puts the new one in its place.
//!
//! GitHub takes 65,536 characters. What does not fit is left out from the least important end, and counted.

mod escape;

use std::io;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value};

use super::digest::{Limits, View, fitting};
use super::render;
use crate::report::reporter::{Render, Reporter};
use crate::result::Report;

/// The `markdown` reporter.
pub(crate) struct Markdown;

/// Longest comment, in bytes: never more characters than that.
pub(super) const COMMENT: usize = 65_000;

/// How much is listed, from everything to nothing. The first that fits is taken.
const LADDER: [Limits; 6] = [
    Limits { rows: 50, groups: usize::MAX, code: true },
    Limits { rows: 20, groups: usize::MAX, code: false },
    Limits { rows: 5, groups: usize::MAX, code: false },
    Limits { rows: 1, groups: 60, code: false },
    Limits { rows: 0, groups: 20, code: false },
    Limits { rows: 0, groups: 0, code: false },
];

impl Reporter for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn about(&self) -> &'static str {
        "a comment on a pull request, which can be updated in place"
    }

    fn write(&self, report: &Report, _: &Render, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(page(report, COMMENT)?.as_bytes())
    }
}

/// Where templates are rendered: whatever is not safe becomes text that Markdown shows and does nothing else with.
pub(super) fn environment() -> io::Result<Environment<'static>> {
    let mut environment = render::environment()?;
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(|out, _, value| match value.as_str() {
        Some(text) if !value.is_safe() => out.write_str(&escape::inline(text)).map_err(minijinja::Error::from),
        _ => write!(out, "{value}").map_err(minijinja::Error::from),
    });
    environment.add_filter("fenced", |code: &str| Value::from_safe_string(escape::fenced(code)));
    environment.add_filter("lines", |text: &str| Value::from_safe_string(escape::lines(text)));
    Ok(environment)
}

/// The page with as much as fits into so many bytes.
pub(crate) fn page(report: &Report, most: usize) -> io::Result<String> {
    let environment = environment()?;
    let template = environment
        .template_from_named_str("comment.md", include_str!("../../reports/templates/comment.md.j2"))
        .map_err(io::Error::other)?;
    fitting(&LADDER, most, |limits| template.render(Serde(View::new(report, limits))).map_err(io::Error::other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn what_does_not_fit_is_counted() {
        let report = sample::many(3_000);
        let page = page(&report, COMMENT).expect("it renders");
        assert!(page.len() <= COMMENT, "{}", page.len());
        assert!(page.starts_with("<!-- seaworthy -->\n## NOT RECOVERABLE"));
        let last = page.lines().last();
        assert_eq!(
            last,
            Some(
                "2,900 of 3,000 findings are not listed here, because a comment can only be so long: \
                 the json format lists all."
            )
        );
    }

    #[test]
    fn very_many_long_reasons_fit() {
        let mut report = sample::unknown();
        let unknown = report.verdicts[0].clone();
        report.verdicts = (0..3_000)
            .map(|number| {
                let mut finding = unknown.clone();
                finding.policy = number % report.policies.len();
                for missing in &mut finding.evidence.missing {
                    missing.reason = format!("{number}: {}", "<".repeat(1_000));
                }
                finding
            })
            .collect();
        let page = page(&report, COMMENT).expect("it renders");
        assert!(page.len() <= COMMENT, "{}", page.len());
        for policy in &report.policies {
            assert!(page.contains(&format!("{} (", policy.id)), "{} is not there: {page}", policy.id);
        }
    }

    #[test]
    fn even_what_is_far_too_long_fits() {
        let mut report = sample::hostile();
        let long = "<".repeat(100_000);
        report.answer.sentence.clone_from(&long);
        report.gate.sentence.clone_from(&long);
        report.verdicts[0].message.clone_from(&long);
        report.policies[0].remediation.terraform = long;
        let page = page(&report, COMMENT).expect("it renders");
        assert!(page.len() <= COMMENT, "{}", page.len());
    }
}
