//! moto, in a virtual environment of its own below the target directory.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const SUPPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support");

/// A running server. It ends when this is dropped, and also when the tests die, because its standard input ends then.
#[derive(Debug)]
pub(crate) struct Moto {
    pub(crate) url: String,
    server: Child,
    _input: ChildStdin,
}

impl Moto {
    pub(crate) fn start() -> Self {
        let mut server = Command::new(python())
            .arg(format!("{SUPPORT}/moto_server.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("moto starts");
        let input = server.stdin.take().expect("standard input is a pipe");
        let mut port = String::new();
        BufReader::new(server.stdout.take().expect("standard output is a pipe"))
            .read_line(&mut port)
            .expect("moto prints its port");
        let url = format!("http://127.0.0.1:{}", port.trim());
        let answers = || std::net::TcpStream::connect(url.trim_start_matches("http://")).is_ok();
        let start = Instant::now();
        while !answers() {
            assert!(start.elapsed() < Duration::from_secs(60), "moto did not answer at {url} within a minute");
            std::thread::sleep(Duration::from_millis(50));
        }
        Self { url, server, _input: input }
    }

    /// Runs a script of tests/support against the server, with its further arguments, and gives what it prints.
    pub(crate) fn run(&self, command: &str) -> String {
        let (script, arguments) = command.split_once(' ').unwrap_or((command, ""));
        let done = Command::new(python())
            .arg(format!("{SUPPORT}/{script}"))
            .arg(&self.url)
            .args(arguments.split_whitespace())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("python runs");
        assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("the script prints text")
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to do.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The interpreter of the virtual environment, which is made at its first use.
fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let requirements = format!("{SUPPORT}/requirements.txt");
        let wanted = std::fs::read_to_string(&requirements).expect("the requirements are there");
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("moto-venv");
        let python = home.join("bin/python");
        let stamp = home.join("requirements.txt");
        if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return python;
        }
        let system = ["python3", "python"]
            .into_iter()
            .find(|name| Command::new(name).arg("--version").output().is_ok_and(|done| done.status.success()))
            .expect("the tests against moto need Python 3: no 'python3' was found in the PATH");
        run(Command::new(system).args(["-m", "venv", "--clear"]).arg(&home));
        run(Command::new(&python).args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
            &requirements,
        ]));
        std::fs::write(stamp, wanted).expect("the virtual environment can be written to");
        python
    })
}

fn run(command: &mut Command) {
    let done = command.output().expect("the command starts");
    assert!(
        done.status.success(),
        "{command:?} failed (is python3-venv installed, and is PyPI reachable?)\n{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
}
