#!/usr/bin/env python3
"""Runs policies and their tests under the real OPA: reads {"policies": {path: text}, "parameters", "resources": {id: input}}
on stdin, prints {"tests": {path: value}, "verdicts": {package: {id: [arises, applies, fails]}}}."""
import json
import sys

from opa_bindings import OpaEngine


def tests(document, path):
    for name, value in document.items():
        if name.startswith("test_"):
            yield f"{path}.{name}", value
        elif isinstance(value, dict):
            yield from tests(value, f"{path}.{name}")


def main():
    asked = json.load(sys.stdin)
    engine = OpaEngine()
    for path, text in asked["policies"].items():
        engine.add_policy(path, text)
    engine.add_data({"parameters": asked["parameters"]})
    verdicts = {}
    for name, resource in asked["resources"].items():
        for area, policies in engine.eval_document("seaworthy", resource).items():
            for policy, rules in policies.items():
                if "deny" in rules and not policy.endswith("_test"):
                    said = [rules.get("arises"), rules.get("applies"), bool(rules["deny"])]
                    verdicts.setdefault(f"{area}.{policy}", {})[name] = said
    results = dict(tests(engine.eval_document("seaworthy", {}), "data.seaworthy"))
    json.dump({"tests": results, "verdicts": verdicts}, sys.stdout)


main()
