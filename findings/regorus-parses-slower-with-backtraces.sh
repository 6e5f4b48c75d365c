#!/usr/bin/env bash
# regorus 0.14.1: with RUST_BACKTRACE=1, as many build servers set it, a policy with many lists, sets and objects takes
# several times as long to parse. Each bracket is first tried as a comprehension; that nearly always fails, the failure is
# made an error, and anyhow takes a backtrace for each error that is thrown away again. RUST_LIB_BACKTRACE=0 avoids it.
#
# Seen on 2026-11-28, 2,000 rules of one list each, best of 5:
#   without 3467 us, with 22466 us, with RUST_LIB_BACKTRACE=0 3403 us
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat > "$folder/Cargo.toml" <<'TOML'
[package]
name = "parse"
version = "0.0.0"
edition = "2024"

[dependencies]
regorus = { version = "=0.14.1", default-features = false, features = ["std", "arc"] }
anyhow = "=1.0.104"
TOML
cat > "$folder/src/main.rs" <<'RUST'
use std::time::Instant;

fn main() {
    let rules: String = (0..2000).map(|at| format!("r{at} := [{at}]\n")).collect();
    let policy = format!("package p\n\n{rules}");
    let parse = |_| {
        let mut engine = regorus::Engine::new();
        let start = Instant::now();
        engine.add_policy("p.rego".to_owned(), policy.clone()).expect("it is a policy");
        start.elapsed().as_micros()
    };
    println!("{}", (0..5).map(parse).min().unwrap());
}
RUST
cargo build --quiet --release --manifest-path "$folder/Cargo.toml"
without="$(RUST_BACKTRACE=0 "$folder/target/release/parse")"
with="$(RUST_BACKTRACE=1 "$folder/target/release/parse")"
tamed="$(RUST_BACKTRACE=1 RUST_LIB_BACKTRACE=0 "$folder/target/release/parse")"
echo "without $without us, with $with us, with RUST_LIB_BACKTRACE=0 $tamed us"
test "$with" -gt $((without * 2))
test "$tamed" -lt $((without * 2))
