//! Runs the real binary in an empty folder and an empty environment, and writes down what came of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The clock of every run.
pub(crate) const NOW: &str = "2026-11-22T12:00:00Z";

/// A folder to run in.
pub(crate) struct Tool {
    folder: TempDir,
}

impl Tool {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Puts a file into the folder.
    pub(crate) fn file(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program with its arguments: no variable of the environment reaches it.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seaworthy"));
        command
            .args(arguments.split_whitespace())
            .args(["--now", NOW])
            .current_dir(self.path())
            .env_clear()
            .stdin(Stdio::null());
        command
    }

    /// Runs it. The transcript has what was typed, then stdout, stderr and the exit code.
    pub(crate) fn run(&self, arguments: &str) -> String {
        let output = self.command(arguments).output().unwrap();
        let mut transcript = format!("$ seaworthy {arguments}\n");
        transcript.push_str(&self.redacted(&output.stdout));
        if !output.stderr.is_empty() {
            transcript.push_str("[stderr]\n");
            transcript.push_str(&self.redacted(&output.stderr));
        }
        transcript.push_str(&format!("[exit {}]\n", output.status.code().unwrap()));
        transcript
    }

    /// Names of the files in the folder.
    pub(crate) fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { walk(&path, into) } else { into.push(path) }
            }
        }
        let mut paths = Vec::new();
        walk(self.path(), &mut paths);
        let mut names: Vec<_> = paths
            .iter()
            .map(|path| path.strip_prefix(self.path()).unwrap().to_string_lossy().replace('\\', "/"))
            .collect();
        names.sort();
        names
    }

    fn redacted(&self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes)
            .replace(&*self.path().to_string_lossy(), "[folder]")
            .replace(env!("CARGO_PKG_VERSION"), "[version]")
    }
}
