//! Every plan, state and odd shape is read or refused with a reason, and nothing of it is lost.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use seaworthy::collect::terraform::{self, TerraformInput};
use seaworthy::model::Timestamp;
use serde_json::Value;

use super::{corpus, files};

type Counts = BTreeMap<String, usize>;

/// What became of each file stands in the snapshot. That it is everything is counted by another way: every managed
/// resource instance of the file is a resource, a part of one, of a type that is not understood, or deposed.
#[test]
fn nothing_of_a_plan_or_state_is_lost() {
    let Some(corpus) = corpus() else { return };
    let mut census = String::new();
    let mut lost = Vec::new();
    for path in ["plans", "states", "format-edge"].iter().flat_map(|folder| files(&corpus.join(folder))) {
        let name = path.strip_prefix(&corpus).unwrap().display().to_string();
        let bytes = std::fs::read(&path).unwrap();
        let (there, deposed) = managed(&document(&bytes));
        writeln!(census, "{name}").unwrap();
        match terraform::read(bytes, "FILE", Timestamp::UNIX_EPOCH) {
            Ok(input) => {
                let found = accounted(&input);
                if (&found, input.deposed) != (&there, deposed) {
                    lost.push(format!("{name}: there are {there:?} and {deposed} deposed, found {found:?}"));
                }
                census.push_str(&told(&input));
            }
            Err(error) => writeln!(census, "  refused: {error}").unwrap(),
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
    insta::assert_snapshot!(census);
}

/// Everything that was read, by type.
fn accounted(input: &TerraformInput) -> Counts {
    let mut found = input.not_understood.clone();
    let resources = input.inventory.resources.iter().map(|resource| resource.origin.terraform_type.clone().unwrap());
    let resources = resources.map(|kind| (kind, 1));
    for (kind, number) in input.parts.clone().into_iter().chain(resources) {
        *found.entry(kind).or_default() += number;
    }
    found
}

fn told(input: &TerraformInput) -> String {
    let mut kinds = Counts::new();
    for resource in &input.inventory.resources {
        *kinds.entry(resource.kind.to_string()).or_default() += 1;
    }
    let deposed = Counts::from([("instances".to_owned(), input.deposed)]);
    let rows = [
        ("resources", &kinds),
        ("parts", &input.parts),
        ("not understood", &input.not_understood),
        ("deposed", &deposed),
    ];
    let mut text = String::new();
    for (title, counts) in rows {
        let counts: Vec<_> = counts.iter().filter(|(_, n)| **n > 0).map(|(name, n)| format!("{name} {n}")).collect();
        if !counts.is_empty() {
            writeln!(text, "  {title}: {}", counts.join(", ")).unwrap();
        }
    }
    text
}

/// The JSON of a file, whatever its encoding.
fn document(bytes: &[u8]) -> Value {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(Result::unwrap).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).unwrap(),
        _ => String::from_utf8(bytes.to_vec()).unwrap(),
    };
    serde_json::from_str(&text).unwrap()
}

/// The managed resource instances of a plan or state by type, and how many more are deposed.
fn managed(document: &Value) -> (Counts, usize) {
    let mut instances = Vec::new();
    if let Some(changes) = document["resource_changes"].as_array() {
        instances.extend(changes.iter().filter(is_managed).map(|row| (text(&row["type"]), !row["deposed"].is_null())));
    } else if let Some(resources) = document["resources"].as_array() {
        for resource in resources.iter().filter(is_managed) {
            let kind = text(&resource["type"]);
            let all = list(&resource["instances"]);
            instances.extend(all.iter().map(|instance| (kind.clone(), !instance["deposed"].is_null())));
        }
    } else if let Some(modules) = document["modules"].as_array() {
        for (name, resource) in modules.iter().flat_map(|module| module["resources"].as_object()).flatten() {
            let kind = text(&resource["type"]);
            if !name.starts_with("data.") {
                instances.extend((!resource["primary"].is_null()).then(|| (kind.clone(), false)));
                instances.extend(list(&resource["deposed"]).iter().map(|_| (kind.clone(), true)));
            }
        }
    } else {
        let mut modules = vec![&document["values"]["root_module"]];
        while let Some(module) = modules.pop() {
            let resources = list(&module["resources"]).iter().filter(is_managed);
            instances.extend(resources.map(|row| (text(&row["type"]), !row["deposed_key"].is_null())));
            modules.extend(list(&module["child_modules"]));
        }
    }
    let mut counts = Counts::new();
    for (kind, _) in instances.iter().filter(|(_, deposed)| !deposed) {
        *counts.entry(kind.clone()).or_default() += 1;
    }
    (counts, instances.iter().filter(|(_, deposed)| *deposed).count())
}

fn is_managed(resource: &&Value) -> bool {
    resource["mode"] != "data"
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
