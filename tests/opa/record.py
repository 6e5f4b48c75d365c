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


def ask(file, case):
    """What OPA says: {"value": …}, "undefined", {"refused": …} or {"error": …}."""
    engine = OpaEngine()
    try:
        for path, (shared, text) in case["modules"].items():
            engine.add_policy(path, file["texts"][shared] + text)
        engine.add_data(file["data"])
        return {"value": engine.eval_document(case["rule"].removeprefix("data."), file["input"])}
    except OpaUndefinedError:
        return "undefined"
    except OpaError as error:
        text = str(error)
        kind = "refused" if text.startswith(("prepare", "compile", "parse")) else "error"
        return {kind: " ".join(text.split())[:160]}
    finally:
        engine.close()


def same(answer):
    """The words of a refusal come in any order."""
    return list(answer) if isinstance(answer, dict) and "value" not in answer else answer


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the answers on record")
    arguments = parser.parse_args()
    cases = HERE / "cases.json"
    if arguments.check:
        file = json.loads(cases.read_text())
        changed = 0
        for case in file["cases"]:
            today = ask(file, case)
            if same(today) != same(case["opa"]):
                changed += 1
                print(f"{case['name']}: on record {case['opa']}, today {today}")
        print(f"{len(file['cases'])} cases, {changed} otherwise than on record")
        return 1 if changed else 0
    sys.path.insert(0, str(HERE))
    import questions

    file = {"texts": questions.TEXTS, "input": questions.INPUT, "data": questions.DATA}
    answered = [{"name": name, **case, "opa": ask(file, case)} for name, case in questions.all_cases()]
    line = lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True)
    head = ",\n".join(f"{line(key)}: {line(value)}" for key, value in file.items())
    cases.write_text(f"{{\n{head},\n\"cases\": [\n" + ",\n".join(map(line, answered)) + "\n]}\n")
    print(f"{len(answered)} cases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
