//! What holds for every reporter. A new one is tested here before it has a test of its own.

use super::*;
use crate::result::Report;

fn text(reporter: &dyn Reporter, report: &Report, how: &Render) -> String {
    let mut bytes = Vec::new();
    reporter.write(report, how, &mut bytes).expect("memory takes everything");
    String::from_utf8(bytes).expect("every format is UTF-8")
}

#[test]
fn every_file_is_a_registered_format() {
    const HELPERS: [&str; 19] = [
        "applications",
        "color",
        "columns",
        "digest",
        "drill",
        "graph",
        "group",
        "orchestrate",
        "page",
        "phrase",
        "readiness",
        "region_switch",
        "region_switch_code",
        "render",
        "reporter",
        "requirements",
        "sample",
        "tests",
        "verify",
    ];
    let mut files: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/report"))
        .expect("the folder is there")
        .filter_map(|entry| entry.expect("it can be read").file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| !HELPERS.contains(&name.as_str()))
        .collect();
    files.sort();
    let names: Vec<_> = REPORTERS.iter().map(|reporter| reporter.name()).collect();
    assert_eq!(names, files);
}

#[test]
fn every_format_renders_every_sample() {
    for reporter in REPORTERS {
        for (name, report) in sample::all() {
            let format = reporter.name();
            insta::assert_snapshot!(format!("{format}-{name}"), text(*reporter, &report, &sample::render()));
        }
    }
}

#[test]
fn the_table_fits_other_widths_and_may_be_short() {
    let wide = Render { width: 120, ..sample::render() };
    let colored = Render { width: 100, color: true, ..sample::render() };
    let quiet = Render { quiet: true, ..sample::render() };
    let compact = Render { compact: true, ..sample::render() };
    let compact_wide = Render { compact: true, color: true, width: 120, ..sample::render() };
    for (name, report, how) in [
        ("wide-mixed", sample::mixed(), &wide),
        ("wide-change", sample::change(), &wide),
        ("colored", sample::mixed(), &colored),
        ("quiet", sample::change(), &quiet),
        ("compact-mixed", sample::mixed(), &compact),
        ("compact-change", sample::change(), &compact),
        ("compact-unknown", sample::unknown(), &compact),
        ("compact-hostile", sample::hostile(), &compact),
        ("compact-wide", sample::mixed(), &compact_wide),
    ] {
        insta::assert_snapshot!(format!("table-{name}"), text(&table::Table, &report, how));
    }
}

#[test]
fn no_format_lets_control_characters_through() {
    for reporter in REPORTERS {
        let text = text(*reporter, &sample::hostile(), &sample::render());
        let found: Vec<_> = text.chars().filter(|c| crate::text::is_hostile(*c) && !matches!(c, '\n' | '\r')).collect();
        assert_eq!(found, Vec::<char>::new(), "{}", reporter.name());
    }
}

#[test]
fn every_format_says_in_one_line_what_it_is() {
    for reporter in REPORTERS {
        let about = reporter.about();
        assert!(!about.is_empty() && about.len() <= 80 && !about.contains('\n'), "{}: {about}", reporter.name());
    }
}
