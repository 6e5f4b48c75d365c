#!/usr/bin/env python3
"""Asks the real OPA what rules come to, and writes its answers down for the tests.

    python3 tests/opa/record.py            writes tests/opa/cases.json
    python3 tests/opa/record.py --check    fails if OPA would answer otherwise today

Needs opa-golib-python-bindings (PyPI), which holds OPA itself. Its metadata asks for a newer Python than it needs:
pip install --ignore-requires-python opa-golib-python-bindings==0.4.4
"""
import argparse
import json
import pathlib
import sys

from opa_bindings import OpaEngine, OpaError, OpaUndefinedError

HERE = pathlib.Path(__file__).parent


def ask(case):
    """What OPA says: {"value": …}, "undefined", {"refused": …} or {"error": …}."""
    engine = OpaEngine()
    try:
        for path, text in case["modules"].items():
            engine.add_policy(path, text)
        if case.get("data"):
            engine.add_data(case["data"])
        return {"value": engine.eval_document(case["rule"].removeprefix("data."), case.get("input"))}
    except OpaUndefinedError:
        return "undefined"
    except OpaError as error:
        text = str(error)
        kind = "refused" if text.startswith(("prepare", "compile", "parse")) else "error"
        return {kind: " ".join(text.split())[:160]}
    finally:
        engine.close()


def module(text):
    return {"p.rego": text}


def cases():
    sys.path.insert(0, str(HERE))
    import questions

    for name, case in questions.all_cases():
        yield {"name": name, **case}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--cases", default=HERE / "cases.json", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.check:
        wrong = 0
        for case in json.loads(arguments.cases.read_text()):
            today = ask(case)
            if today != case["opa"]:
                wrong += 1
                print(f"{case['name']}: recorded {case['opa']}, today {today}")
        return 1 if wrong else 0
    answered = [{**case, "opa": ask(case)} for case in cases()]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False, sort_keys=True) for case in answered)
    arguments.cases.write_text(f"[\n{lines}\n]\n")
    print(f"{len(answered)} cases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
