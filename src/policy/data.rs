//! Files of data for the policies of users: what stands in `sub/exempt.json` is below `data.sub`, as under OPA.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value as Json};

use super::PolicyError;

/// More than this a policy is not given: it would be held in memory for every worker.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What the files of the directories hold, each below its folders, and single files.
pub fn read(dirs: &[impl AsRef<Path>], files: &[impl AsRef<Path>]) -> Result<Json, PolicyError> {
    let mut data = Json::Object(Map::new());
    for dir in dirs.iter().map(AsRef::as_ref).filter(|dir| dir.is_dir()) {
        walk(&mut data, dir, &mut Vec::new())?;
    }
    files.iter().try_for_each(|file| add_file(&mut data, file.as_ref(), &[]))?;
    Ok(data)
}

fn walk(data: &mut Json, dir: &Path, below: &mut Vec<String>) -> Result<(), PolicyError> {
    let trouble = |path: &Path, source| PolicyError::Read { path: path.display().to_string(), source };
    let entries = fs::read_dir(dir).map_err(|error| trouble(dir, error))?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().map_err(|error| trouble(dir, error))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type().map_err(|error| trouble(&path, error))?.is_dir() {
            below.push(name);
            walk(data, &path, below)?;
            below.pop();
        } else if matches!(path.extension().and_then(|extension| extension.to_str()), Some("json" | "yaml" | "yml")) {
            add_file(data, &path, below)?;
        }
    }
    Ok(())
}

/// Adds one file at a place below `data`.
fn add_file(data: &mut Json, path: &Path, below: &[String]) -> Result<(), PolicyError> {
    let shown = || path.display().to_string();
    let syntax = |message: String| PolicyError::Data { path: shown(), message };
    let read = |source| PolicyError::Read { path: shown(), source };
    let metadata = fs::metadata(path).map_err(read)?;
    if !metadata.is_file() {
        return Err(read(std::io::Error::other("it is no regular file")));
    }
    if metadata.len() > MAX_BYTES {
        return Err(syntax(format!("it has more than {} MiB", MAX_BYTES / 1024 / 1024)));
    }
    let text = fs::read_to_string(path).map_err(read)?;
    let is_json = path.extension().is_some_and(|extension| extension == "json");
    let value: Json = if is_json {
        serde_json::from_str(&text).map_err(|error| syntax(error.to_string()))?
    } else {
        serde_saphyr::from_str(&text).map_err(|error| syntax(error.without_snippet().to_string()))?
    };
    if !value.is_object() {
        return Err(syntax("data has to be an object, whose keys are the names below 'data'".to_owned()));
    }
    let value = below.iter().rev().fold(value, |value, name| Json::Object(Map::from_iter([(name.clone(), value)])));
    merge(data, value, "data").map_err(syntax)
}

/// Two files may share an object, and no other value.
fn merge(into: &mut Json, from: Json, path: &str) -> Result<(), String> {
    match (into, from) {
        (Json::Object(into), Json::Object(from)) => {
            for (name, value) in from {
                let path = format!("{path}.{name}");
                match into.get_mut(&name) {
                    Some(there) => merge(there, value, &path)?,
                    None => drop(into.insert(name, value)),
                }
            }
            Ok(())
        }
        (into, from) if *into == from => Ok(()),
        _ => Err(format!("'{path}' stands in two files with different values")),
    }
}
