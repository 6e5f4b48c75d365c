//! Writes a synthetic estate of that many resources to standard output, as an inventory file:
//!
//! ```text
//! cargo run --release --example estate -- 100000 > estate.ndjson
//! ```

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

#[path = "estate/synthetic.rs"]
mod synthetic;

fn main() -> ExitCode {
    let Some(wanted) = std::env::args().nth(1).and_then(|text| text.parse().ok()) else {
        eprintln!("how many resources? for example: cargo run --release --example estate -- 100000");
        return ExitCode::from(2);
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match synthetic::estate(wanted).write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the estate could not be written: {error}");
            ExitCode::FAILURE
        }
    }
}
