//! Headers of policies name requirements, and files of frameworks list them: they hold together.

use std::collections::BTreeSet;

use super::{Framework, Requirement};
use crate::policy::{PolicySet, Source};
use crate::result::Provable;

#[test]
fn headers_and_frameworks_hold_together() {
    let set = PolicySet::from_sources(Source::built_in()).unwrap();
    let frameworks = Framework::built_in().unwrap();
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/reports/frameworks")).unwrap();
    let files: BTreeSet<_> = files.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(frameworks.iter().map(|one| format!("{}.yaml", one.id)).collect::<BTreeSet<_>>(), files);
    let mut wrong = Vec::new();
    for policy in set.policies() {
        for (framework, id) in policy.frameworks().iter().flat_map(|(of, ids)| ids.iter().map(move |id| (of, id))) {
            let there = frameworks.iter().find(|one| one.id == *framework);
            if !there.is_some_and(|one| one.requirements.iter().any(|requirement| requirement.id == *id)) {
                wrong.push(format!("{}: {framework} requires no '{id}'", policy.id()));
            }
        }
    }
    for framework in frameworks {
        assert!(framework.urls.iter().all(|url| url.starts_with("https://")) && !framework.urls.is_empty());
        for requirement in &framework.requirements {
            let name = format!("{} {}", framework.id, requirement.id);
            let answered = set.policies().iter().any(|policy| framework.is_answered(requirement, policy));
            // What policies do not prove is said of what they prove in part, and only of that.
            if (requirement.coverage == Provable::Partial) == requirement.rest.is_empty() {
                wrong.push(format!("{name}: 'rest' is for what is partial, and has to be there"));
            }
            if answered == (requirement.coverage == Provable::Manual) {
                wrong.push(format!(
                    "{name}: {} is for what {} policy answers",
                    requirement.coverage.word(),
                    match answered {
                        true => "no",
                        false => "some",
                    }
                ));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_framework_of_ones_own_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ours.yaml");
    let path = file.to_str().unwrap();
    let read = |text: &str| {
        std::fs::write(&file, text).unwrap();
        Framework::find(path).map_err(|error| error.to_string().replace(&path.replace('\\', "/"), "ours.yaml"))
    };
    let good = "id: ours\ntitle: Ours\nrequirements:\n  - {id: A1, title: Backups, coverage: full}\n";
    let requirement =
        Requirement { id: "A1".to_owned(), title: "Backups".to_owned(), coverage: Provable::Full, rest: String::new() };
    let expected = Framework {
        id: "ours".to_owned(),
        title: "Ours".to_owned(),
        edition: String::new(),
        urls: Vec::new(),
        requirements: vec![requirement],
    };
    assert_eq!(read(good), Ok(expected));
    let twice = format!("{good}  - {{id: A1, title: Again, coverage: manual}}\n");
    assert_eq!(read(&twice), Err("ours.yaml: the requirement 'A1' stands here twice".to_owned()));
    assert!(read(&good.replace("full", "green")).is_err());
    assert!(read("id: ours\n").is_err());
    assert_eq!(Framework::find("DORA").unwrap().id, "dora");
    assert_eq!(
        Framework::find("nist-800-53").unwrap_err().to_string(),
        "no framework is called 'nist-800-53' (did you mean 'nist-800-53-r5'?)"
    );
}
