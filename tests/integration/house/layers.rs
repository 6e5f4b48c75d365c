//! Layers of providers: the reader of plans and states knows none of them, and a service has the same file name on every
//! side.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use seaworthy::model::Kind;

use super::files_below;
use super::graph::Graph;

/// The reader of plans and states, with a folder for each provider.
const READER: &str = "src/collect/terraform/";

/// How texts begin that belong into the folder of a provider.
const WORDS: &[(&str, &[&str])] = &[(
    "aws",
    &[
        "alias/aws/",
        "arn:",
        "aws.",
        "aws:",
        "aws_",
        "hashicorp/aws",
        "registry.opentofu.org/hashicorp/aws",
        "registry.terraform.io/hashicorp/aws",
    ],
)];

/// The provider in whose folder a file of the reader stands.
fn folder_of(file: &str) -> Option<&'static str> {
    let first = file.strip_prefix(READER)?.split(['/', '.']).next();
    WORDS.iter().map(|(provider, _)| *provider).find(|provider| Some(*provider) == first)
}

/// Whether a file is that of a module or below it.
fn is_in(file: &str, module: &str) -> bool {
    file.strip_prefix(module).is_some_and(|rest| rest.starts_with(['/', '.']))
}

/// What the reader, or the folder of another provider, knows of a provider.
fn strangers(graph: &Graph) -> Vec<String> {
    let mut found = Vec::new();
    for (file, arrows) in graph.arrows.iter().filter(|(file, _)| file.starts_with(READER)) {
        for (provider, words) in WORDS.iter().filter(|(provider, _)| folder_of(file) != Some(provider)) {
            let texts = graph.texts[file].iter().filter(|text| words.iter().any(|word| text.starts_with(word)));
            found.extend(texts.map(|text| format!("{file} has \"{text}\", which belongs into {READER}{provider}/")));
            let uses = arrows.iter().filter(|(to, _)| {
                is_in(to, &format!("src/providers/{provider}")) || is_in(to, &format!("{READER}{provider}"))
            });
            found.extend(uses.map(|(to, by)| format!("{file} uses {to} by {by}, which only {READER}{provider}/ may")));
        }
    }
    found
}

/// Services whose kinds are collected with those of another one: their word, that of the other, and why.
const SERVED_BY: &[(&str, &str, &str)] = &[
    ("docdb", "rds", "the API of RDS answers for it, and the types are alike"),
    ("neptune", "rds", "the API of RDS answers for it, and the types are alike"),
];

/// Files that are not there, and why.
const WITHOUT: &[(&str, &str)] = &[
    ("src/collect/terraform/aws/arcregionswitch.rs", "what AWS finds in plans, code does not tell"),
    ("src/collect/terraform/aws/cloudwatch.rs", "what is measured is nobody's code"),
    ("src/collect/terraform/aws/rdsofferings.rs", "what a region offers is nobody's code"),
];

/// The files that the service of a kind is to have: its kinds, its collector, and its types of Terraform.
fn files_of(kind: &str) -> [String; 3] {
    let mut words = kind.split('.');
    let (provider, own) = (words.next().unwrap(), words.next().unwrap());
    let service = SERVED_BY.iter().find(|(served, ..)| *served == own).map_or(own, |(_, by, _)| *by);
    [
        format!("src/kinds/{provider}/{own}.rs"),
        format!("src/collect/{provider}/{service}.rs"),
        format!("{READER}{provider}/{service}.rs"),
    ]
}

/// Kinds whose service has no file where it should have one, and rows of the tables that are not needed.
fn homeless(kinds: &[&str], files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let is_excused = |file: &String| WITHOUT.iter().any(|(without, _)| without == file);
    let mut found = BTreeSet::new();
    for kind in kinds {
        for file in files_of(kind).into_iter().filter(|file| files.contains_key(file) == is_excused(file)) {
            found.insert(match files.contains_key(&file) {
                true => format!("{file} is there, and has a row that says why it is not"),
                false => format!("{kind} has no {file}"),
            });
        }
    }
    found
}

pub(super) fn sources() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "src", &mut texts);
    texts
}

#[test]
fn the_reader_of_terraform_knows_no_provider() {
    let graph = Graph::read(&sources());
    // A graph without texts would have no stranger either.
    let of_aws = &graph.texts["src/collect/terraform/aws/provider.rs"];
    assert!(of_aws.contains("aws_") && of_aws.contains("registry.terraform.io/hashicorp/aws"), "{of_aws:?}");
    assert_eq!(strangers(&graph).join("\n"), "");
}

#[test]
fn a_service_has_the_same_file_name_on_every_side() {
    let kinds: Vec<_> = Kind::all().filter(|kind| kind.is_of_the_estate()).map(Kind::name).collect();
    let files = sources();
    assert_eq!(homeless(&kinds, &files), BTreeSet::new());
    let needed: BTreeSet<String> = kinds.iter().flat_map(|kind| files_of(kind)).collect();
    let unneeded: Vec<_> = WITHOUT.iter().filter(|(file, _)| !needed.contains(*file)).collect();
    assert_eq!(unneeded, Vec::<&(&str, &str)>::new());
    let own = |file: &&String| SERVED_BY.iter().any(|(served, ..)| file.ends_with(&format!("/{served}.rs")));
    let own: Vec<_> = files.keys().filter(|file| file.starts_with("src/collect/")).filter(own).collect();
    assert_eq!(own, Vec::<&String>::new());
}

#[test]
fn what_is_wrong_with_the_layers_of_a_small_house_is_found() {
    let texts = [
        ("src/lib.rs", "pub mod collect; pub mod providers;"),
        ("src/kinds/aws/docdb.rs", ""),
        ("src/kinds/aws/s3.rs", ""),
        ("src/providers.rs", "pub mod aws;"),
        ("src/providers/aws.rs", "pub struct Arn;"),
        ("src/collect.rs", "pub mod aws; pub mod terraform;"),
        ("src/collect/aws.rs", "pub mod s3;"),
        ("src/collect/aws/s3.rs", ""),
        // The list of the providers is the one place that names them.
        ("src/collect/terraform.rs", "mod aws; mod build; mod plan; mod place; const ALL: &[&str] = &[aws::NAME];"),
        ("src/collect/terraform/aws.rs", "mod rds; use crate::providers::aws::Arn; pub const NAME: &str = \"aws_\";"),
        ("src/collect/terraform/aws/rds.rs", "const TYPE: &str = \"aws_db_instance\";"),
        ("src/collect/terraform/aws/rdsofferings.rs", ""),
        ("src/collect/terraform/build.rs", "fn keys() { super::aws::NAME; }"),
        ("src/collect/terraform/place.rs", "fn at() { crate::providers::aws::Arn; \"x\".starts_with(\"arn:\"); }"),
        // In a macro, and not: in a comment, within a text, in a test.
        (
            "src/collect/terraform/plan.rs",
            "/// aws_subnet
             fn is(text: &str) -> bool { matches!(text, \"aws_s3_bucket\") || text == \"laws_\" }
             #[cfg(test)] mod tests { const NAME: &str = \"aws_kms_key\"; }",
        ),
    ];
    let texts = texts.map(|(file, text)| (file.to_owned(), text.to_owned())).into();
    assert_eq!(
        strangers(&Graph::read(&texts)),
        [
            "src/collect/terraform/build.rs uses src/collect/terraform/aws.rs by super::aws::NAME, which only src/collect/terraform/aws/ may",
            "src/collect/terraform/place.rs has \"arn:\", which belongs into src/collect/terraform/aws/",
            "src/collect/terraform/place.rs uses src/providers/aws.rs by crate::providers::aws::Arn, which only src/collect/terraform/aws/ may",
            "src/collect/terraform/plan.rs has \"aws_s3_bucket\", which belongs into src/collect/terraform/aws/",
        ]
    );
    let expected = [
        "aws.docdb.cluster has no src/collect/aws/rds.rs",
        "aws.s3.bucket has no src/collect/terraform/aws/s3.rs",
        "aws.sns.topic has no src/collect/aws/sns.rs",
        "aws.sns.topic has no src/collect/terraform/aws/sns.rs",
        "aws.sns.topic has no src/kinds/aws/sns.rs",
        "aws.rdsofferings.instance-type has no src/collect/aws/rdsofferings.rs",
        "aws.rdsofferings.instance-type has no src/kinds/aws/rdsofferings.rs",
        "src/collect/terraform/aws/rdsofferings.rs is there, and has a row that says why it is not",
    ];
    let kinds = ["aws.docdb.cluster", "aws.rdsofferings.instance-type", "aws.s3.bucket", "aws.sns.topic"];
    assert_eq!(homeless(&kinds, &texts), expected.map(str::to_owned).into());
}
