"""Writes src/orchestrate/arc/shapes.json: what botocore's model of ARC Region switch says of a plan, without its words.

    pip install botocore && python tests/support/region_switch_shapes.py

Kept are, of each shape that a plan can hold: its type, members, which of them are required, values, patterns and bounds.
"""

import gzip
import json
import pathlib

import botocore

MODEL = pathlib.Path(botocore.__file__).parent / "data/arc-region-switch/2022-07-26/service-2.json.gz"
OUT = pathlib.Path(__file__).parents[2] / "src/orchestrate/arc/shapes.json"
# What is written by hand or by `create-plan --generate-cli-skeleton`, and what `get-plan` prints.
ROOTS = ["CreatePlanRequest", "Plan"]
KEPT = ["type", "required", "enum", "pattern", "min", "max", "union"]


def reduced(shape):
    kept = {key: shape[key] for key in KEPT if key in shape}
    if "members" in shape:
        kept["members"] = {name: member["shape"] for name, member in shape["members"].items()}
    for part in ("member", "key", "value"):
        if part in shape:
            kept[part] = shape[part]["shape"]
    return kept


def main():
    shapes = json.load(gzip.open(MODEL))["shapes"]
    found, waiting = {}, list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = shape = reduced(shapes[name])
        waiting += shape.get("members", {}).values()
        waiting += [shape[part] for part in ("member", "key", "value") if part in shape]
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(found[name])}" for name in sorted(found))
    OUT.write_text(f'{{\n  "made_of": "botocore {botocore.__version__}",\n  "shapes": {{\n{lines}\n  }}\n}}\n')


if __name__ == "__main__":
    main()
