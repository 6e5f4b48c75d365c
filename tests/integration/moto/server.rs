//! moto, in a virtual environment of its own below the target directory.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use crate::python::{self, SUPPORT};

/// A shop that is to come back in us-west-2.
pub(crate) const SHOP: &str = "\
regions: [us-east-1, us-west-2]
recovery:
  - {from: us-east-1, to: us-west-2}
applications:
  shop: {tags: {app: shop}, pattern: pilot-light}
";

/// A running server. It ends when this is dropped, and also when the tests die, because its standard input ends then.
#[derive(Debug)]
pub(crate) struct Moto {
    pub(crate) url: String,
    server: Child,
    _input: ChildStdin,
}

impl Moto {
    pub(crate) fn start() -> Self {
        let mut server = Command::new(python::moto())
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
        let done = Command::new(python::moto())
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
