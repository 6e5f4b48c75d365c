#!/usr/bin/env bash
# croner 4.0.3: in the night in which clocks are put back, a job at 01:30 runs once, and a job at 01:30 and 03:30 runs at
# 01:30 twice. A list of hours is taken for an interval, which runs in both of the hours that have the same name; one hour
# is taken for a fixed time. A schedule changes what it does at 01:30 by what it does at 03:30.
#
# Seen on 2026-11-29, New York, the night of 2026-11-01:
#   one hour:     2026-11-01 01:30:00 EDT, 2026-11-02 01:30:00 EST
#   list of hours: 2026-11-01 01:30:00 EDT, 2026-11-01 01:30:00 EST, 2026-11-01 03:30:00 EST
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat > "$folder/Cargo.toml" <<'TOML'
[package]
name = "fires"
version = "0.0.0"
edition = "2024"

[dependencies]
chrono = "=0.4.45"
chrono-tz = "=0.10.4"
croner = "=4.0.3"
TOML
cat > "$folder/src/main.rs" <<'RUST'
use chrono::TimeZone as _;

fn main() {
    let evening = chrono_tz::America::New_York.with_ymd_and_hms(2026, 10, 31, 22, 0, 0).unwrap();
    for (pattern, runs) in [("30 1 * * *", 2), ("30 1,3 * * *", 3)] {
        let cron: croner::Cron = pattern.parse().expect("it is a pattern");
        let runs = cron.iter_from(evening, croner::Direction::Forward).take(runs).map(|run| run.to_string());
        println!("{}", runs.collect::<Vec<_>>().join(", "));
    }
}
RUST
cargo build --quiet --manifest-path "$folder/Cargo.toml"
"$folder/target/debug/fires" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
2026-11-01 01:30:00 EDT, 2026-11-02 01:30:00 EST
2026-11-01 01:30:00 EDT, 2026-11-01 01:30:00 EST, 2026-11-01 03:30:00 EST
SEEN
