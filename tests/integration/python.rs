//! Virtual environments below the target directory, for the parts of tests that others wrote in Python.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where the scripts of the tests are.
pub(crate) const SUPPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support");

/// The interpreter of an environment with moto in it, which is made at its first use.
pub(crate) fn moto() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| environment("moto-venv", &format!("{SUPPORT}/requirements.txt"), &[]))
}

/// The same with OPA. The package asks for a newer Python than it needs.
pub(crate) fn opa() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    let requirements = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/opa/requirements.txt");
    PYTHON.get_or_init(|| environment("opa-venv", requirements, &["--ignore-requires-python"]))
}

/// The same with a reader of schedules.
pub(crate) fn schedules() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| environment("schedules-venv", &format!("{SUPPORT}/schedules.txt"), &[]))
}

fn environment(name: &str, requirements: &str, options: &[&str]) -> PathBuf {
    let wanted = std::fs::read_to_string(requirements).expect("the requirements are there");
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let python = home.join("bin/python");
    let stamp = home.join("requirements.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return python;
    }
    let system = ["python3", "python"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|done| done.status.success()))
        .expect("these tests need Python 3: no 'python3' was found in the PATH");
    run(Command::new(system).args(["-m", "venv", "--clear"]).arg(&home));
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(Command::new(&python).args(install).args(options).args(["-r", requirements]));
    std::fs::write(stamp, wanted).expect("the virtual environment can be written to");
    python
}

/// Runs it to its end and gives what it prints.
pub(crate) fn run(command: &mut Command) -> String {
    let done = command.output().expect("the command starts");
    let printed = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        done.status.success(),
        "{command:?} failed (is python3-venv installed, and is PyPI reachable?)\n{printed}{}",
        String::from_utf8_lossy(&done.stderr)
    );
    printed
}
