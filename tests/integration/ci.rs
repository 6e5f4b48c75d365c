//! The files that bring the tool into other people's pipelines: the GitHub Action, the GitLab template, the hooks.

mod build;
#[cfg(unix)]
mod install;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::tool::Tool;

fn yaml(name: &str) -> Value {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

/// The long flags in a text.
fn flags(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !(letter.is_ascii_lowercase() || letter == '-'));
    words.filter(|word| word.starts_with("--") && word.len() > 2).map(str::to_owned).collect()
}

#[test]
fn inputs_of_the_action_reach_its_scripts_through_the_environment_only() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_array().unwrap();
    let mut used = BTreeSet::new();
    for step in steps {
        assert_eq!(step["run"].as_str().unwrap().matches("${{").count(), 0, "{}", step["name"]);
        used.extend(step["env"].as_object().unwrap().values().map(|value| value.as_str().unwrap().to_owned()));
        used.extend(step["working-directory"].as_str().map(str::to_owned));
    }
    let declared = action["inputs"].as_object().unwrap().keys().map(|name| format!("${{{{ inputs.{name} }}}}"));
    let others = [
        "github.action_path",
        "github.action_ref",
        "github.token",
        "runner.os }}-${{ runner.arch",
        "runner.temp",
        "steps.install.outputs.binary",
    ];
    let others = others.map(|name| format!("${{{{ {name} }}}}"));
    assert_eq!(used, declared.chain(others).collect());
}

#[test]
fn what_the_pipelines_type_is_what_the_tool_understands() {
    let known = flags(&Tool::new().run("check --help"));
    assert!(flags(&Tool::new().run("report --help")).contains("--compact"));
    let action = yaml("action.yml");
    let gitlab = yaml("templates/gitlab-ci.yml");
    let scripts = [&action["runs"]["steps"][1]["run"], &gitlab["seaworthy"]["script"][1]];
    let own = scripts.map(|script| script.as_str().unwrap()).join("\n");
    assert_eq!(flags(&own).difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());

    for hook in yaml(".pre-commit-hooks.yaml").as_array().unwrap() {
        let entry = hook["entry"].as_str().unwrap().strip_prefix("seaworthy ").unwrap();
        let transcript = Tool::new().run(&format!("{entry} --help"));
        assert!(transcript.ends_with("[exit 0]\n"), "{transcript}");
    }
}

/// Runs the action's second step in a folder with a tool that writes down its arguments, and what else it is told to.
#[cfg(unix)]
fn check(tool: &Tool, does: &str, inputs: &[(&str, &str)]) -> (Option<i32>, String, String) {
    use std::os::unix::fs::PermissionsExt as _;

    let action = yaml("action.yml");
    let binary = tool.path().join("seaworthy");
    // It shows a stored report as well, which must not change what came of it.
    let shows = r#"if [ "$1" = report ]; then printf '%s\n' "$@" > shown; exit 1; fi"#;
    let script = format!("#!/bin/sh\n{shows}\nprintf '%s\\n' \"$@\" > arguments\n{does}\n");
    std::fs::write(&binary, script).unwrap();
    std::fs::set_permissions(&binary, std::fs::Permissions::from_mode(0o755)).unwrap();
    let folder = tool.path().canonicalize().unwrap();
    let status = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", action["runs"]["steps"][1]["run"].as_str().unwrap()])
        .current_dir(&folder)
        .envs(["PLAN", "FAIL_ON", "FORMATS", "WAIVERS", "AGAINST", "SOURCE", "PLANS", "ARGS"].map(|name| (name, "")))
        .envs(inputs.iter().copied())
        .env("BINARY", binary)
        .env("TEMP", &folder)
        .env("GITHUB_WORKSPACE", &folder)
        .env("GITHUB_OUTPUT", folder.join("outputs"))
        .status()
        .unwrap();
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    (status.code(), read("arguments").replace(&*folder.to_string_lossy(), "[folder]"), read("outputs"))
}

#[cfg(unix)]
#[test]
fn the_action_passes_its_inputs_on_as_they_are_and_says_what_came_of_it() {
    let tool = Tool::new();
    let does =
        "echo '{\"summary\": {\"outcomes\": {\"fail\": 3}}}' > seaworthy-report.json; echo {} > out.sarif; exit 1";
    let inputs = [
        ("PLAN", "plan $(touch pwned).json\n\n-rf\n"),
        ("FAIL_ON", "critical"),
        ("FORMATS", "github\n  sarif=out.sarif\n"),
        ("WAIVERS", "my waivers.yaml"),
        ("AGAINST", "estate.ndjson.zst"),
        ("SOURCE", "infra/my shop\nb.json=b\n"),
        ("PLANS", "all plans\n"),
        ("ARGS", "--strict\n--app=\"; exit 0"),
    ];
    let (code, arguments, outputs) = check(&tool, does, &inputs);
    let expected = [
        "check",
        "--format=json=[folder]/seaworthy-report.json",
        "--format=github",
        "--format=sarif=out.sarif",
        "--fail-on=critical",
        "--waivers=my waivers.yaml",
        "--against=estate.ndjson.zst",
        "--source=infra/my shop",
        "--source=b.json=b",
        "--plans=all plans",
        "--strict",
        "--app=\"; exit 0",
        "--",
        "plan $(touch pwned).json",
        "-rf",
    ];
    assert_eq!((code, arguments), (Some(1), expected.join("\n") + "\n"));
    assert_eq!(outputs, "result=failed\nfindings=3\nsarif-file=out.sarif\n");
    assert!(!tool.path().join("pwned").exists());

    // The log shows the findings, unless it does so already.
    let shown = |tool: &Tool| std::fs::read_to_string(tool.path().join("shown")).ok();
    let folder = tool.path().canonicalize().unwrap();
    let expected = format!("report\n{}/seaworthy-report.json\n--format=table\n--compact\n", folder.display());
    assert_eq!(shown(&tool), Some(expected));
    let tool = Tool::new();
    check(&tool, "echo {} > seaworthy-report.json", &[("PLAN", "plan.json"), ("FORMATS", "sarif=a\ntable\n")]);
    assert_eq!(shown(&tool), None);

    // It ends before it writes anything, and what is there is of an earlier run.
    let tool = Tool::new().file("out.sarif", "old").file("seaworthy-report.json", "old");
    let (code, _, outputs) = check(&tool, "exit 2", &[("PLAN", "plan.json"), ("FORMATS", "sarif=out.sarif")]);
    assert_eq!((code, outputs.as_str()), (Some(2), "result=error\nfindings=\nsarif-file=\n"));
}

#[cfg(unix)]
#[test]
fn a_plan_with_nothing_to_judge_passes_and_an_empty_inventory_does_not() {
    let ends = |change: &str| {
        let does = format!("echo '{{\"summary\": {{\"outcomes\": {{}}}}{change}}}' > seaworthy-report.json; exit 3");
        let (code, _, outputs) = check(&Tool::new(), &does, &[("PLAN", "plan.json")]);
        (code, outputs.lines().next().unwrap_or_default().to_owned())
    };
    assert_eq!(ends(r#", "change": {"introduced": 0}"#), (Some(0), "result=nothing".to_owned()));
    assert_eq!(ends(""), (Some(3), "result=nothing".to_owned()));

    // It ended before there was a report.
    let (code, _, _) = check(&Tool::new(), "exit 3", &[("PLAN", "plan.json")]);
    assert_eq!(code, Some(3));

    let gitlab = yaml("templates/gitlab-ci.yml");
    assert_eq!(gitlab["seaworthy"]["allow_failure"], serde_json::json!({"exit_codes": 3}));
}
