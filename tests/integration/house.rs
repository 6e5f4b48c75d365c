//! Which file may use which: no circle of files, imports only in the order of the table, SDKs and regorus each behind
//! one door. What holds for the layers of providers stands in `house/layers.rs`.
//!
//! The graph is read from the code (`house/graph.rs`): an arrow goes from the file that names an item to the file that
//! defines it. So a child may use its parent's items only if the parent uses nothing of that child, `mod` lines and
//! re-exports aside. What is compiled for tests only may use anything.

pub(crate) mod doors;
mod graph;
mod layers;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use graph::Graph;

/// Each stage may use those of the rows above it. Stages of one row never see each other.
const TABLE: &[&[&str]] = &[
    &["text", "output", "print"],
    &["kinds"],
    &["model"],
    &["providers"],
    &["config", "result"],
    &["collect", "drill", "link", "policy"],
    &["assess"],
    &["readiness", "orchestrate", "verify"],
    &["report"],
    &["pipeline"],
    &["cli"],
    &["main"],
];

/// What is narrower than the table: the report is written from the result alone.
const NARROWER: &[(&str, &[&str])] = &[("report", &["result", "model", "kinds", "text"])];

/// The folders in which another crate may be named, by the beginning of its name.
const DOORS: &[(&str, &str)] = &[
    ("aws_", "src/collect/aws"),
    ("regorus", "src/policy"),
    ("hickory_", "src/verify"),
    ("mysql_async", "src/verify"),
    ("rustls", "src/verify"),
    ("tokio_postgres", "src/verify"),
    ("ureq", "src/verify"),
];

/// The stage of a file: `link` of `src/link/index.rs`. `None` for the library's root, which only lists the stages.
fn stage(file: &str) -> Option<&str> {
    let inside = file.strip_prefix("src/")?;
    let stage = inside.split('/').next()?.trim_end_matches(".rs");
    (stage != "lib").then_some(stage)
}

fn row(stage: &str) -> Option<usize> {
    TABLE.iter().position(|row| row.contains(&stage))
}

/// Everything that is wrong, in words.
fn wrong(graph: &Graph) -> Vec<String> {
    let circles = graph.circles().into_iter().map(|circle| {
        let within = |file: &&str| {
            let arrows = graph.arrows[*file].iter().filter(|(to, _)| circle.contains(&to.as_str()));
            arrows.map(|(to, by)| format!("\n  {file} uses {to} by {by}")).collect::<String>()
        };
        format!("a circle of {} files:{}", circle.len(), circle.iter().map(within).collect::<String>())
    });
    let strangers = graph.arrows.keys().filter(|file| stage(file).is_some_and(|stage| row(stage).is_none()));
    let strangers = strangers.map(|file| format!("{file} is in no row of the table"));
    let arrows = graph.arrows.iter().flat_map(|(from, arrows)| arrows.iter().map(move |(to, by)| (from, to, by)));
    let against = arrows.filter_map(|(from, to, by)| {
        let (user, used) = (stage(from)?, stage(to)?);
        let narrower = NARROWER.iter().find(|(stage, _)| *stage == user);
        let may =
            user == used || (row(used)? < row(user)? && narrower.is_none_or(|(_, stages)| stages.contains(&used)));
        (!may).then(|| format!("{from} uses {to} by {by}: {user} may not use {used}"))
    });
    let crates = graph.crates.iter().flat_map(|(file, crates)| crates.iter().map(move |name| (file, name)));
    let doors = crates.filter_map(|(file, name)| {
        let (_, folder) = DOORS.iter().find(|(begin, _)| name.starts_with(begin))?;
        let is_inside = file.strip_prefix(folder).is_some_and(|rest| rest.starts_with(['/', '.']));
        (!is_inside).then(|| format!("{file} uses {name}, which only {folder} may"))
    });
    circles.chain(strangers).chain(against).chain(doors).collect()
}

fn files_below(folder: &Path, name: &str, into: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{name}/{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            files_below(&path, &name, into);
        } else if name.ends_with(".rs") {
            into.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn imports_follow_the_table_and_no_files_use_each_other_in_a_circle() {
    let mut texts = BTreeMap::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "src", &mut texts);
    let graph = Graph::read(&texts);
    // A graph without arrows would have no circle either.
    assert!(graph.arrows.values().map(BTreeMap::len).sum::<usize>() > 1000, "hardly anything was read");
    assert_eq!(wrong(&graph).join("\n"), "");
}

/// The page that walks a fact through the house leads to files that are there.
#[test]
fn paths_in_contributing_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let words = page.split('`').skip(1).step_by(2);
    let is_path = |word: &&str| {
        ["src/", "policies/", "tests/", "benches/", "fixtures/", "reports/", ".ci/"]
            .iter()
            .any(|top| word.starts_with(top))
            && !word.contains('<')
    };
    let paths: BTreeSet<&str> = words.filter(is_path).filter_map(|word| word.split(' ').next()).collect();
    assert!(paths.len() > 15, "{paths:?}");
    let missing: Vec<_> = paths.iter().filter(|path| !root.join(path).exists()).collect();
    assert_eq!(missing, Vec::<&&str>::new());
}

#[test]
fn what_is_wrong_with_a_small_house_is_found() {
    let texts = [
        (
            "src/lib.rs",
            "pub mod text; pub mod model; pub mod collect; pub mod link; pub mod policy; pub mod report; mod shed;",
        ),
        ("src/main.rs", "fn main() { seaworthy::report::write() }"),
        ("src/shed.rs", ""),
        ("src/text.rs", "pub fn word() {}"),
        // A facade: its re-exports are no arrows, and whoever uses them uses the file behind it.
        (
            "src/model.rs",
            "mod fact; mod kind; pub use fact::Fact; pub use kind::Kind; fn own() { crate::text::word() }",
        ),
        ("src/model/fact.rs", "use super::Kind; pub struct Fact(Kind);"),
        (
            "src/model/kind.rs",
            "pub struct Kind; #[cfg(test)] mod tests { use super::super::Fact; use crate::report::write; }",
        ),
        // A parent and its child that use each other.
        ("src/collect.rs", "mod aws; pub mod one; pub struct Input; fn all() { one::read(); }"),
        ("src/collect/aws.rs", "use aws_sdk_ec2::Client; use regorus::Engine;"),
        ("src/collect/one.rs", "pub fn read() -> super::Input { todo!(\"{}\", crate::link::join()) }"),
        // Stages of one row.
        ("src/link.rs", "pub fn join() {} fn ask() { let _ = <crate::policy::Set as Default>::default(); }"),
        ("src/policy.rs", "#[derive(Default)] pub struct Set; use aws_config::Region;"),
        // Inside of a macro, an attribute and a function, by another name.
        (
            "src/report.rs",
            "pub fn write() { use crate::link as joins; vec![joins::join()]; }
             #[serde(with(crate::policy::Set))] struct A;",
        ),
    ];
    let texts = texts.map(|(file, text)| (file.to_owned(), text.to_owned())).into();
    let found: BTreeSet<_> = wrong(&Graph::read(&texts)).into_iter().collect();
    let expected = [
        "a circle of 2 files:\n  src/collect.rs uses src/collect/one.rs by one::read\n  src/collect/one.rs uses src/collect.rs by super::Input",
        "src/collect/aws.rs uses regorus, which only src/policy may",
        "src/collect/one.rs uses src/link.rs by crate::link::join: collect may not use link",
        "src/link.rs uses src/policy.rs by crate::policy::Set: link may not use policy",
        "src/policy.rs uses aws_config, which only src/collect/aws may",
        "src/report.rs uses src/link.rs by joins::join: report may not use link",
        "src/report.rs uses src/policy.rs by crate::policy::Set: report may not use policy",
        "src/shed.rs is in no row of the table",
    ];
    assert_eq!(found, expected.map(str::to_owned).into());
}
