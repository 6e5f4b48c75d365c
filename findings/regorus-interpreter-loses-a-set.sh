#!/usr/bin/env bash
# regorus 0.14.1 (crates.io): a set rule whose element is undefined for one of the things that it goes through. OPA 1.20.2
# (PyPI opa-golib-python-bindings 0.4.4) and regorus' virtual machine leave that one out. regorus' interpreter gives an
# empty set if it comes last, and the error "not an object" if it comes first. With the element bound in the body
# (`contains lag if { some copy in input.copies; lag := copy.lag }`) all three agree.
#
# Seen on 2026-11-29, in the order interpreter, machine, OPA:
#   last, in the head: [] [7] [7]
#   first, in the head: not an object [7] [7]
#   last, in the body: [7] [7] [7]
#   first, in the body: [7] [7] [7]
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat > "$folder/Cargo.toml" <<'TOML'
[package]
name = "loses-a-set"
version = "0.1.0"
edition = "2024"

[dependencies]
regorus = { version = "=0.14.1", default-features = false, features = ["arc", "std", "rvm"] }

[workspace]
TOML
cat > "$folder/src/main.rs" <<'RUST'
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::{Engine, Value};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (policy, input) = (&arguments[1], &arguments[2]);
    let engine = || {
        let mut engine = Engine::new();
        engine.add_policy("p.rego".into(), policy.clone()).unwrap();
        engine
    };
    let said = |answer: Result<Value, String>| answer.map_or_else(|error| error, |value| value.to_string());
    let mut interpreter = engine();
    interpreter.set_input_json(input).unwrap();
    println!("{}", said(interpreter.eval_rule("data.p.lags".into()).map_err(|error| error.to_string())));
    let compiled = engine().compile_with_entrypoint(&"data.p.lags".into()).unwrap();
    let mut machine = RegoVM::new();
    machine.load_program(Compiler::compile_from_policy(&compiled, &["data.p.lags"]).unwrap());
    machine.set_input(Value::from_json_str(input).unwrap());
    println!("{}", said(machine.execute_entry_point_by_index(0).map_err(|error| error.to_string())));
}
RUST
CARGO_TARGET_DIR="$folder/target" cargo build --quiet --manifest-path "$folder/Cargo.toml"
python3 -m venv "$folder/venv"
# The wheel runs on older Pythons than its metadata asks for.
"$folder/venv/bin/pip" install --quiet --ignore-requires-python opa-golib-python-bindings==0.4.4
"$folder/venv/bin/python" - "$folder/target/debug/loses-a-set" <<'PYTHON'
import json
import subprocess
import sys

from opa_bindings import OpaEngine

rules = {
    "in the head": "package p\n\nlags contains copy.lag if some copy in input.copies\n",
    "in the body": "package p\n\nlags contains lag if {\n\tsome copy in input.copies\n\tlag := copy.lag\n}\n",
}
copies = {"last": [{"lag": 7}, {}], "first": [{}, {"lag": 7}]}
expected = {
    "last, in the head": ["[]", "[7]", "[7]"],
    "first, in the head": ["not an object", "[7]", "[7]"],
    "last, in the body": ["[7]", "[7]", "[7]"],
    "first, in the body": ["[7]", "[7]", "[7]"],
}
for where, rule in rules.items():
    for order, list_of_copies in copies.items():
        given = {"copies": list_of_copies}
        both = subprocess.run([sys.argv[1], rule, json.dumps(given)], capture_output=True, text=True, check=True)
        engine = OpaEngine()
        engine.add_policy("p.rego", rule)
        interpreter, machine = both.stdout.strip().rsplit("\n", 1)
        today = [interpreter, machine, json.dumps(engine.eval_document("p.lags", given))]
        engine.close()
        name = f"{order}, {where}"
        if "not an object" in today[0]:
            today[0] = "not an object"
        print(f"{name}: {' '.join(today)}")
        assert today == expected[name], f"it was {expected[name]}"
PYTHON
