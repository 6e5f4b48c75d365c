#!/usr/bin/env bash
# OPA 1.20.2 (PyPI opa-golib-python-bindings 0.4.4, which holds OPA's Go library): between -1 and 0, floor() goes up and
# ceil() goes past nought: floor(-0.5) is 0 and ceil(-0.5) is 1. Below -1 both are right, and so is round(). A rule that
# rounds a difference, such as a lag minus an objective, is one off there.
#
# Seen on 2026-11-28:
#   ceil(-0.999) = 1, ceil(-0.5) = 1, ceil(-1.5) = -1, floor(-0.5) = 0, floor(-1.5) = -2, round(-0.5) = -1
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# The wheel runs on older Pythons than its metadata asks for.
"$folder/venv/bin/pip" install --quiet --ignore-requires-python opa-golib-python-bindings==0.4.4
"$folder/venv/bin/python" - <<'PYTHON'
from opa_bindings import OpaEngine

seen = {
    "ceil(-0.999)": 1, "ceil(-0.5)": 1, "ceil(-1.5)": -1,
    "floor(-0.5)": 0, "floor(-1.5)": -2, "round(-0.5)": -1,
}
for expression, value in seen.items():
    engine = OpaEngine()
    engine.add_policy("p.rego", f"package p\n\nr := {expression}\n")
    today = engine.eval_document("p.r", {})
    print(f"{expression} = {today}")
    assert today == value, f"it was {value}"
    engine.close()
PYTHON
