//! Writes a synthetic estate of that many resources to standard output, as an inventory file:
//!
//! ```text
//! cargo run --release --example estate -- 100000 > estate.ndjson
//! ```
//!
//! With a second number it is that many resources, and besides so many recovery points of them: `-- 20000 100000`.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

#[path = "estate/synthetic.rs"]
mod synthetic;

fn main() -> ExitCode {
    let Some(wanted) = std::env::args().nth(1).and_then(|text| text.parse().ok()) else {
        return failed("how many resources? for example: cargo run --release --example estate -- 100000");
    };
    let estate = match std::env::args().nth(2).map(|text| text.parse()) {
        Some(Ok(points)) => synthetic::with_points(wanted, points),
        Some(Err(_)) => return failed("how many recovery points? for example: -- 20000 100000"),
        None => synthetic::estate(wanted),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match estate.write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&format!("the estate could not be written: {error}")),
    }
}

fn failed(why: &str) -> ExitCode {
    // Nobody is left to tell if stderr is closed.
    let _ = writeln!(io::stderr(), "{why}");
    ExitCode::FAILURE
}
