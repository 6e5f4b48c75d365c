//! `html`: one page for a meeting. It needs no script, asks nothing of any other place, and can be printed. However large the
//! estate is, the page stays small enough to be sent: what is left out is counted, and the json format has all of it.

use std::io;

use serde::Serialize;

use super::digest::{Limits, View, fitting};
use super::render::{STYLE, footer, markup};
use crate::report::reporter::{Render, Reporter};
use crate::result::{AnswerKind, Report};

/// The `html` reporter.
pub(crate) struct Html;

/// Longest page, in bytes.
pub(super) const PAGE: usize = 2_000_000;

/// How much is listed. The first that fits is taken.
const LADDER: [Limits; 5] = [
    Limits { rows: 200, groups: 1_000, code: true },
    Limits { rows: 50, groups: 400, code: true },
    Limits { rows: 10, groups: 200, code: false },
    Limits { rows: 2, groups: 50, code: false },
    Limits { rows: 0, groups: 0, code: false },
];

#[derive(Serialize)]
struct Page<'a> {
    style: &'static str,
    /// `go`, `no-go` or `cannot-tell`.
    class: &'static str,
    report: View,
    applications: &'a [[String; 5]],
    footer: &'a str,
}

impl Reporter for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn about(&self) -> &'static str {
        "one page for a meeting, without scripts: phone, print, dark and light"
    }

    fn write(&self, report: &Report, _: &Render, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(page(report, PAGE)?.as_bytes())
    }
}

/// The page with as much as fits into so many bytes.
fn page(report: &Report, most: usize) -> io::Result<String> {
    let class = match report.answer.kind {
        AnswerKind::Recoverable => "go",
        AnswerKind::CannotTell => "cannot-tell",
        AnswerKind::NotRecoverable => "no-go",
    };
    let applications = report.applications.iter().map(|one| {
        let numbers = [one.resources, one.blockers, one.failed, one.unknown].map(crate::text::thousands);
        let [resources, blockers, failed, unknown] = numbers;
        [one.name.clone(), resources, blockers, failed, unknown]
    });
    let applications: Vec<_> = applications.collect();
    let footer = footer(&report.tool_version, [report.generated_at, report.collected_at], &report.sources);
    fitting(&LADDER, most, |limits| {
        let report = View::new(report, limits);
        let page = Page { style: STYLE, class, report, applications: &applications, footer: &footer };
        markup("report.html", include_str!("../../reports/templates/report.html.j2"), &page)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_page_of_a_large_estate_can_be_sent() {
        let report = sample::many(30_000);
        let page = page(&report, PAGE).expect("it renders");
        assert!(page.len() <= PAGE, "{}", page.len());
        assert!(page.contains("of 30,000 findings are not listed here"), "{}", &page[page.len() - 500..]);
    }

    #[test]
    fn no_name_becomes_a_tag_and_nothing_is_fetched() {
        let page = page(&sample::hostile(), PAGE).expect("it renders");
        for forbidden in ["<script", "<img", " src=", "@import", "url(", "<a href=\"http", "onerror=\""] {
            let found: Vec<&str> = page.lines().filter(|line| line.contains(forbidden)).collect();
            assert_eq!(found, Vec::<&str>::new(), "{forbidden}");
        }
        assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
    }
}
