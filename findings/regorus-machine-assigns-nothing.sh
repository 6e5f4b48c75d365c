#!/usr/bin/env bash
# regorus 0.14.1 (crates.io): its virtual machine goes on where `:=` gives a name to something that is undefined. OPA 1.20.2
# (PyPI opa-golib-python-bindings 0.4.4) and regorus' interpreter end there: the rule is undefined, the comprehension empty.
# As long as no later statement uses the name, the machine's rule is true, and its comprehension has an element. Without
# `:=` (`input.age`), or with a statement that uses the name (`age >= 0`), all three agree.
#
# Seen on 2026-11-29 with the input {}, in the order interpreter, machine, OPA:
#   a name that is not used: undefined true undefined
#   a name that is used: undefined undefined undefined
#   no name: undefined undefined undefined
#   a comprehension: [] [1] []
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat > "$folder/Cargo.toml" <<'TOML'
[package]
name = "assigns-nothing"
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
    println!("{}", said(interpreter.eval_rule("data.p.ages".into()).map_err(|error| error.to_string())));
    let compiled = engine().compile_with_entrypoint(&"data.p.ages".into()).unwrap();
    let mut machine = RegoVM::new();
    machine.load_program(Compiler::compile_from_policy(&compiled, &["data.p.ages"]).unwrap());
    machine.set_input(Value::from_json_str(input).unwrap());
    println!("{}", said(machine.execute_entry_point_by_index(0).map_err(|error| error.to_string())));
}
RUST
CARGO_TARGET_DIR="$folder/target" cargo build --quiet --manifest-path "$folder/Cargo.toml"
python3 -m venv "$folder/venv"
# The wheel runs on older Pythons than its metadata asks for.
"$folder/venv/bin/pip" install --quiet --ignore-requires-python opa-golib-python-bindings==0.4.4
"$folder/venv/bin/python" - "$folder/target/debug/assigns-nothing" <<'PYTHON'
import json
import subprocess
import sys

from opa_bindings import OpaEngine
from opa_bindings.engine import OpaUndefinedError

rules = {
    "a name that is not used": "ages if age := input.age",
    "a name that is used": "ages if {\n\tage := input.age\n\tage >= 0\n}",
    "no name": "ages if input.age",
    "a comprehension": "ages := [1 | age := input.age]",
}
expected = {
    "a name that is not used": ["undefined", "true", "undefined"],
    "a name that is used": ["undefined", "undefined", "undefined"],
    "no name": ["undefined", "undefined", "undefined"],
    "a comprehension": ["[]", "[1]", "[]"],
}
for name, rule in rules.items():
    text = f"package p\n\n{rule}\n"
    both = subprocess.run([sys.argv[1], text, "{}"], capture_output=True, text=True, check=True)
    engine = OpaEngine()
    engine.add_policy("p.rego", text)
    try:
        said = json.dumps(engine.eval_document("p.ages", {}))
    except OpaUndefinedError:
        said = "undefined"
    engine.close()
    today = [*both.stdout.splitlines(), said]
    today = [word.replace('"<undefined>"', "undefined") for word in today]
    print(f"{name}: {' '.join(today)}")
    assert today == expected[name], f"it was {expected[name]}"
PYTHON
