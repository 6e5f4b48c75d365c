//! Several plans in one run: which files they are, what their stacks are called, and what tells runs apart.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::input::{InputError, bytes, is_stdin};
use crate::collect::terraform::{self, Look};
use crate::config::repository;

/// Folders that are looked into. Whoever has more wants to name one of them.
const MAX_FOLDERS: usize = 20_000;

/// Folders that hold no plan of a project.
const SKIPPED: &[&str] = &["node_modules", "vendor"];

/// File names that say no more than that it is a plan or a state. The folder says whose.
const PLAIN: &[&str] = &["plan", "tfplan", "tf", "terraform", "terragrunt", "out", "show", "state", "planfile"];

/// A label as it is shown is no longer than this.
const LONGEST: usize = 120;

/// A file that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InputFile {
    /// As the user calls it. `-` is stdin.
    pub path: PathBuf,
    /// The folder of `--plans` that it was found in.
    pub below: Option<PathBuf>,
}

impl From<&PathBuf> for InputFile {
    fn from(path: &PathBuf) -> Self {
        Self { path: path.clone(), below: None }
    }
}

/// What a stack is called.
#[derive(Debug, PartialEq, Eq)]
struct Name {
    /// `stacks/orders`. Empty at the top of the repository.
    folder: String,
    /// The file's name, without endings.
    stem: String,
    /// Another run will find it at the same place, whatever the machine.
    is_stable: bool,
}

impl Name {
    fn of(file: &InputFile) -> Self {
        let InputFile { path, below } = file;
        if is_stdin(path) {
            return Self { folder: String::new(), stem: "stdin".to_owned(), is_stable: false };
        }
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
        let path = path.canonicalize().unwrap_or_else(|_| path.clone());
        let below = below.as_ref().and_then(|below| below.canonicalize().ok());
        let bases = [repository(&here), Some(here.as_path()), below.as_deref()];
        let inside = bases.into_iter().flatten().find_map(|base| path.strip_prefix(base).ok());
        let stem = stem(path.file_name().and_then(|name| name.to_str()).unwrap_or_default());
        let folder = match inside.map(|inside| inside.parent().unwrap_or(inside)) {
            Some(folder) => folder.to_path_buf(),
            // Elsewhere on the machine: the last folder is all that may be the project's.
            None => path.parent().and_then(Path::file_name).map(PathBuf::from).unwrap_or_default(),
        };
        let parts: Vec<_> = folder.iter().map(|part| part.to_string_lossy()).collect();
        Self { folder: plain(&parts.join("/")), stem: plain(&stem), is_stable: inside.is_some() }
    }

    /// The folder, where the file's name says nothing; else both.
    fn label(&self) -> String {
        match (self.folder.as_str(), PLAIN.contains(&self.stem.as_str())) {
            ("", _) => self.stem.clone(),
            (folder, true) => folder.to_owned(),
            // A folder on this machine says nothing of a file that has a name of its own.
            (_, false) if !self.is_stable => self.stem.clone(),
            (folder, false) => format!("{folder}/{}", self.stem),
        }
    }
}

/// `orders` of `orders.tfplan.json`.
fn stem(name: &str) -> String {
    let mut stem = name;
    for ending in [".zst", ".json", ".tfplan", ".tfstate", ".plan"] {
        stem = stem.strip_suffix(ending).filter(|stem| !stem.is_empty()).unwrap_or(stem);
    }
    stem.to_owned()
}

/// A colon could make an ARN of it, and what cannot be seen could make it look like another one.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c == ':' || c.is_control() || c.is_whitespace() { '-' } else { c }).collect()
}

/// What the stacks of all documents of these files are called, each differently. A label hangs on the file alone, so
/// that it stays what it is when other plans join the run.
pub(super) fn labels<'a>(files: impl Iterator<Item = (&'a InputFile, usize)>) -> Vec<String> {
    let mut names = Vec::new();
    for (file, documents) in files {
        let name = Name::of(file);
        for number in 1..=documents {
            let suffix = if documents > 1 { format!("#{number}") } else { String::new() };
            let long = [name.folder.as_str(), &name.stem].into_iter().filter(|part| !part.is_empty());
            names.push((name.label(), long.collect::<Vec<_>>().join("/"), suffix));
        }
    }
    let mut same: BTreeMap<String, usize> = BTreeMap::new();
    for (label, _, suffix) in &names {
        *same.entry(format!("{label}{suffix}")).or_default() += 1;
    }
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let unique = |(label, long, suffix): (String, String, String)| {
        let short = format!("{label}{suffix}");
        // Two plans in one folder are told apart by their files.
        let wanted = if same.get(&short) == Some(&1) { short } else { format!("{long}{suffix}") };
        let count = taken.entry(wanted.clone()).or_default();
        *count += 1;
        if *count == 1 { wanted } else { format!("{wanted}#{count}") }
    };
    names.into_iter().map(unique).collect()
}

/// What tells the only plan or state of a run from those of other runs. None at the top of the repository, and where
/// only this machine knows the place.
pub(super) fn category(file: &InputFile) -> Option<String> {
    if file.below.is_some() {
        return category_of_all(std::slice::from_ref(file), &[]);
    }
    let name = Name::of(file);
    let says_nothing = PLAIN.contains(&name.stem.as_str());
    match (name.is_stable, says_nothing) {
        (true, true) => Some(name.folder),
        (true, false) => Some(name.label()),
        (false, true) => None,
        (false, false) => Some(name.stem).filter(|_| !is_stdin(&file.path)),
    }
    .filter(|name| !name.is_empty() && name.len() <= LONGEST)
}

/// The same of a run over several: the folder that they were looked for in, else all of their names.
pub(super) fn category_of_all(files: &[InputFile], labels: &[String]) -> Option<String> {
    let mut folders: Vec<_> = files.iter().map(|file| file.below.as_ref()).collect();
    folders.dedup();
    let category = match folders[..] {
        // Which of its plans are there may change from run to run; the folder does not.
        [Some(folder)] => {
            let name = Name::of(&InputFile { path: folder.join("plan.json"), below: None });
            Some(name.folder).filter(|_| name.is_stable)
        }
        _ if files.iter().all(|file| Name::of(file).is_stable) => {
            let mut labels = labels.to_vec();
            labels.sort();
            Some(labels.join("+"))
        }
        _ => None,
    };
    category.filter(|name| !name.is_empty() && name.len() <= LONGEST).or_else(|| Some("all".to_owned()))
}

/// The plans below a folder, by their content, in a fixed order. Nothing is passed over quietly: a folder that cannot
/// be read is an error, and so is, once it is read, a file that is called a plan and is none.
pub(super) fn below(folder: &Path) -> Result<Vec<InputFile>, InputError> {
    let name = |path: &Path| path.display().to_string();
    let (mut folders, mut found, mut at) = (vec![folder.to_owned()], Vec::new(), 0);
    while let Some(next) = folders.get(at).cloned() {
        at += 1;
        if folders.len() > MAX_FOLDERS {
            return Err(InputError::TooManyFolders { folder: name(folder), most: MAX_FOLDERS });
        }
        let unread = |source| InputError::Read { file: name(&next), source };
        let mut entries = fs::read_dir(&next).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(unread)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let kind = entry.file_type().map_err(unread)?;
            let file = entry.file_name().to_string_lossy().into_owned();
            if kind.is_dir() && !file.starts_with('.') && !SKIPPED.contains(&file.as_str()) {
                folders.push(entry.path());
            } else if kind.is_file() && file.ends_with(".json") && is_plan(&entry.path(), &file)? {
                let path = entry.path();
                let path = path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
                found.push(InputFile { path, below: Some(folder.to_owned()) });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    if found.is_empty() { Err(InputError::NoPlans { folder: name(folder) }) } else { Ok(found) }
}

/// A plan by its content; or by its name, where the content is no JSON: the step that wrote it failed.
fn is_plan(path: &Path, name: &str) -> Result<bool, InputError> {
    let (_, bytes) = bytes(path)?;
    Ok(match terraform::look(&bytes) {
        Look::Plan => true,
        Look::BinaryPlan => name.contains("plan"),
        Look::State => false,
        Look::Other => name.contains("plan") && terraform::is_no_json(&bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_of_the_file_and_no_two_are_the_same() {
        let file = |path: &str| InputFile { path: path.into(), below: None };
        let files = ["/x/orders/plan.json", "/x/billing.tfplan.json", "/y/orders/plan.json", "/x/a:b/tfplan.json", "-"];
        let files = files.map(file);
        assert_eq!(
            labels(files.iter().zip([1, 2, 1, 1, 1])),
            ["orders/plan", "billing#1", "billing#2", "orders/plan#2", "a-b", "stdin"]
        );
        let categories = files.each_ref().map(category);
        assert_eq!(categories, [None, Some("billing".to_owned()), None, None, None]);
    }

    #[test]
    fn endings_say_nothing() {
        let stems = ["plan.json", "orders.tfplan.json", "terraform.tfstate", ".json", "a.b.json"].map(stem);
        assert_eq!(stems, ["plan", "orders", "terraform", ".json", "a.b"]);
    }
}
