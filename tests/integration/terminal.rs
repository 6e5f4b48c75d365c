//! The program on a pseudo-terminal: what a person sees, and what only a terminal makes it do. What a pipe gets is in the
//! other transcripts; both have to say the same.

mod pty;

use std::collections::BTreeSet;

use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr as _;

pub(crate) use self::pty::{Seen, seen};
use crate::tool::Tool;

/// Rows and columns.
pub(crate) const SIZES: [(u16, u16); 2] = [(24, 80), (40, 120)];

const DEMO: (&str, &str) =
    (include_str!("../../fixtures/inventories/demo.ndjson"), include_str!("../../fixtures/inventories/demo.yaml"));

/// A folder with an estate, a plan, a configuration, and things that are wrong.
fn folder() -> Tool {
    let policy = include_str!("../../policies/backup/backup_disabled.rego");
    Tool::new()
        .file("estate.ndjson", DEMO.0)
        .file("seaworthy.yaml", DEMO.1)
        .file("plan.json", include_str!("../../fixtures/plans/weaken/plan.json"))
        .file("typo.yaml", "applications:\n  orders-and-payments-of-the-whole-company:\n    tags: {app: orders}\n    patern: pilot-light\n")
        .file("wrong.yaml", "parameters:\n  backup-retention-too-short:\n    min_days: as many as the law of the country asks for, and a few more\n")
        .file("mine/backup/broken.rego", policy.replace("deny contains", "deny contians"))
        .file("own/a/is_off.rego", RULE)
        .file("own/a/is_off_test.rego", TEST)
}

const RULE: &str = r#"# METADATA
# title: Something that has to be on in every account and region is off in this one
# custom:
#   id: is-off
#   severity: {default: low}
#   kinds: [aws.kms.key]
#   remediation:
#     summary: is_on = true
package mine.a.is_off

deny contains {"message": "it is off"} if input.key.rotation == false
"#;

const TEST: &str = r#"package mine.a.is_off_test

import data.mine.a.is_off

test_fail_with_a_name_that_says_at_some_length_what_is_expected_of_the_rule if {
	is_off.deny == {{"message": "it is off, and it should have been switched on"}} with input as {"key": {"rotation": false}}
}
"#;

/// Everything that says something to people.
const COMMANDS: [&str; 32] = [
    "--help",
    "check --help",
    "demo",
    "demo --framework dora",
    "demo --framework nist-800-53-r5 --compact",
    "policy frameworks nis2",
    "demo --quiet",
    "demo --compact",
    "demo --show all",
    "check estate.ndjson",
    "check estate.ndjson --compact --show all",
    "check plan.json",
    "check plan.json --compact",
    "check plan.json --against estate.ndjson --no-config",
    "check plan.json --app nothing-that-is-stated-in-the-configuration-of-this-estate",
    "check estate.ndjson --select something-that-is-no-policy-and-no-area-and-no-framework",
    "check a-file-that-is-not-there-and-has-a-rather-long-name-that-fills-a-line.json",
    "check -f tabel a-file",
    "check estate.ndjson --show nothing-that-is-a-verdict",
    "chek estate.ndjson",
    "policy list",
    "policy list -c typo.yaml",
    "policy list -c wrong.yaml",
    "policy list --policies mine",
    "policy test own",
    "explain no-cross-region-replica",
    "explain no-such-policy-as-this-one-which-has-a-long-name-that-fills-a-line",
    "config check",
    "config check typo.yaml",
    "iam",
    "iam --format cloudformation",
    "iam --format terraform",
];

/// On a terminal of that size, without colour.
fn plain(tool: &Tool, arguments: &str, size: (u16, u16)) -> Seen {
    let mut command = tool.command(arguments);
    command.env("TERM", "xterm-256color").env("NO_COLOR", "1");
    seen(command, size)
}

/// The words of a text. Where a line of a shell goes on is none.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().filter(|word| *word != "\\").collect()
}

/// What the same command says in a pipe, stdout first, and how it ends.
fn piped(tool: &Tool, arguments: &str, columns: u16) -> (Option<i32>, String) {
    let output = tool.command(arguments).env("COLUMNS", columns.to_string()).output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn a_terminal_is_told_what_a_pipe_is_told_and_no_word_is_broken() {
    let tool = folder();
    for size in SIZES {
        for arguments in COMMANDS {
            let seen = plain(&tool, arguments, size);
            let (code, text) = piped(&tool, arguments, size.1);
            assert_eq!(seen.torn(), Vec::<String>::new(), "{arguments} at {size:?}");
            assert_eq!((seen.code, words(&seen.text())), (code, words(&text)), "{arguments} at {size:?}");
        }
    }
}

#[test]
fn every_policy_is_explained_without_a_broken_word() {
    let tool = Tool::new();
    let list = tool.command("policy list --format json").output().unwrap();
    let list: serde_json::Value = serde_json::from_slice(&list.stdout).unwrap();
    for policy in list.as_array().unwrap() {
        let arguments = format!("explain {}", policy["id"].as_str().unwrap());
        assert_eq!(plain(&tool, &arguments, SIZES[0]).torn(), Vec::<String>::new(), "{arguments}");
    }
}

/// The report does not depend on where it goes, only on how wide that is.
#[test]
fn a_table_on_a_terminal_is_the_same_as_in_a_pipe_of_that_width() {
    let tool = folder();
    for size in SIZES {
        for arguments in ["demo", "demo --compact", "check plan.json", "check estate.ndjson --compact --show all"] {
            let piped = piped(&tool, arguments, size.1).1;
            assert_eq!(plain(&tool, arguments, size).text(), piped.trim_end(), "{arguments} at {size:?}");
            let wide = |line: &&str| line.chars().count() > usize::from(size.1) && line.split_whitespace().count() > 1;
            let wide: Vec<_> = piped.lines().filter(wide).collect();
            assert_eq!(wide, Vec::<&str>::new(), "{arguments} at {size:?}");
        }
    }
}

/// Not even a single long word is broken: what a new user sees first fits.
#[test]
fn no_line_of_the_demo_is_wider_than_80_columns() {
    let tool = Tool::new();
    for arguments in ["demo", "demo --compact", "demo --show all"] {
        for (color, has_color) in [("always", true), ("never", false)] {
            let mut command = tool.command(&format!("{arguments} --color {color}"));
            command.env("TERM", "xterm-256color");
            let seen = seen(command, SIZES[0]);
            // Rows that the terminal had to break are one line here.
            let text = seen.text();
            let wide: Vec<_> = text.lines().filter(|line| line.width() > 80).collect();
            assert_eq!((seen.has_color(), wide), (has_color, vec![]), "{arguments} --color {color}");
        }
    }
}

#[test]
fn colour_is_there_where_it_is_wanted_and_changes_no_text() {
    let tool = folder();
    // Variables, arguments, and whether there is colour on a terminal and in a pipe.
    let settings = [
        ("", "", true, false),
        ("NO_COLOR=1", "", false, false),
        ("FORCE_COLOR=1", "", true, true),
        ("CLICOLOR_FORCE=1", "", true, true),
        ("CLICOLOR=0", "", false, false),
        ("FORCE_COLOR=1 NO_COLOR=1", "", false, false),
        ("TERM=dumb", "", false, false),
        ("NO_COLOR=1", " --color always", true, true),
        ("FORCE_COLOR=1", " --color never", false, false),
        ("", " --color never", false, false),
    ];
    for arguments in ["demo", "check plan.json --compact", "policy list -c typo.yaml", "chek", "config chek"] {
        let text = piped(&tool, arguments, 80).1;
        for (variables, flag, on_terminal, in_pipe) in settings {
            let command = || {
                let mut command = tool.command(&format!("{arguments}{flag}"));
                command.env("TERM", "xterm-256color").env("COLUMNS", "80");
                command.envs(variables.split_whitespace().filter_map(|variable| variable.split_once('=')));
                command
            };
            let what = format!("{arguments}{flag} with {variables:?}");
            let seen = seen(command(), SIZES[0]);
            assert_eq!((seen.has_color(), words(&seen.text())), (on_terminal, words(&text)), "{what}");
            let output = command().output().unwrap();
            let output = [output.stdout, output.stderr].concat();
            let piped = Seen::of(output.clone(), None, (24, 200));
            assert_eq!((piped.has_color(), words(&piped.text())), (in_pipe, words(&text)), "{what}, in a pipe");
        }
    }
}

#[test]
fn the_last_screen_has_the_answer_of_a_long_table_and_a_short_one_has_it_once() {
    let tool = folder();
    let screen = plain(&tool, "demo", SIZES[0]).screen();
    let last: Vec<_> = screen.trim_end().lines().rev().take(4).collect();
    assert_snapshot!(last.into_iter().rev().collect::<Vec<_>>().join("\n"), @"
    NOT RECOVERABLE in us-west-2: 12 blockers stand in the way of 2 of 3
    applications
    gate failed: 19 critical and 10 high (--fail-on high), exit 1
    a scan of this estate would exit 1 (gate failed); the demo itself exits 0
    ");
    assert!(plain(&tool, "check plan.json", SIZES[0]).screen().contains("this change"));
    let short = plain(&tool, "demo --quiet", SIZES[0]).screen();
    assert_eq!(short.matches("NOT RECOVERABLE").count(), 1, "{short}");
}

#[test]
fn the_log_has_colour_on_a_terminal_and_breaks_nothing() {
    let tool = folder();
    let mut command = tool.command("demo --quiet -vvv");
    command.env("TERM", "xterm-256color");
    assert_eq!(seen(command, SIZES[1]).code, Some(0));
}

#[test]
fn the_list_of_policies_has_its_titles_below_where_they_do_not_fit_beside() {
    let tool = folder();
    let first = |size| plain(&tool, "policy list", size).text().lines().take(4).collect::<Vec<_>>().join("\n");
    assert_snapshot!(format!("{}\n\n{}", first(SIZES[0]), first((24, 200))), @"
    add-on-missing-in-recovery-region                  medium    compute
        An add-on of a Kubernetes cluster is not in the recovery cluster
    addresses-overlap                                  medium    network
        The addresses of a network overlap with those of its counterpart

    add-on-missing-in-recovery-region                  medium    compute      An add-on of a Kubernetes cluster is not in the recovery cluster
    addresses-overlap                                  medium    network      The addresses of a network overlap with those of its counterpart
    air-gapped-vault-not-shared                        high      backup       The recovery account does not get at a logically air-gapped vault
    alias-without-target-health                        medium    traffic      An alias does not look at the health of what it stands for
    ");
}

#[test]
fn an_error_is_broken_between_words_on_a_terminal_and_is_one_line_in_a_pipe() {
    let tool = folder();
    let arguments = "check estate.ndjson --select something-that-is-no-policy-and-no-area-and-no-framework";
    let lines: BTreeSet<_> =
        piped(&tool, arguments, 80).1.lines().map(|line| line.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(lines, ["error", "help"].map(str::to_owned).into());
    assert_snapshot!(plain(&tool, arguments, SIZES[0]).text(), @"
    error: no policy, area, framework or control is called
      'something-that-is-no-policy-and-no-area-and-no-framework'
    help: seaworthy policy list names ids and areas; --format json adds frameworks
      and their controls
    ");
}

#[test]
fn a_configuration_is_checked_and_what_will_be_used_is_said() {
    let tool = folder();
    assert_snapshot!(tool.run("config check"), @"
    $ seaworthy config check
    seaworthy.yaml is valid
      accounts      111122223333, 444455556666
      regions       us-east-1, us-west-2
      recovery      us-east-1 to us-west-2
      applications  shop (warm-standby, rpo 15m, rto 1h, retention 2w), billing (pilot-light, rpo 1h, rto 4h, retention 5w), analytics (backup-restore, rpo 1d, rto 1d, retention 1w)
      policies      as they are
      gate          fails on high and above
    [exit 0]
    ");
    assert_snapshot!(tool.run("config check typo.yaml"), @"
    $ seaworthy config check typo.yaml
    [stderr]
    error: typo.yaml:4: unknown key 'patern' (did you mean 'pattern'?)
    help: seaworthy schema config describes every key
    [exit 2]
    ");
    assert_snapshot!(tool.run("config check wrong.yaml"), @r#"
    $ seaworthy config check wrong.yaml
    [stderr]
    error: wrong.yaml:3: parameter 'min_days' of policy 'backup-retention-too-short' is "as many as the law of the country asks for, and a few more", but has to be of the type of its default, 7
    help: seaworthy schema config describes every key
    [exit 2]
    "#);
    assert_snapshot!(Tool::new().run("config check"), @"
    $ seaworthy config check
    no configuration file: the defaults are used
      accounts      the caller's own
      regions       every enabled one
      recovery      none, so that nothing can be called recoverable
      applications  none
      policies      as they are
      gate          fails on high and above
    [exit 0]
    ");
    let full = "\
organization: {role-name: audit}
accounts:
  - id: '111122223333'
regions: [us-east-1, us-west-2]
recovery:
  - {from: us-east-1, to: us-west-2, to-account: '111122223333'}
applications:
  shop: {tags: {app: shop}, pattern: pilot-light, rpo: 15m, rto: 1h}
  billing: {names: ['billing-*']}
parameters:
  backup-retention-too-short: {min_days: 14}
severity:
  backup-disabled: critical
gate: {fail-on: medium, strict: true, scope: all}
";
    let two = Tool::new().file("one.yaml", full).file("two.yaml", "gate: {fail-on: never}\n");
    assert_snapshot!(two.run("config check one.yaml two.yaml"), @"
    $ seaworthy config check one.yaml two.yaml
    one.yaml is valid
      accounts      those of the organization by role audit, 111122223333
      regions       us-east-1, us-west-2
      recovery      us-east-1 to us-west-2 of 111122223333
      applications  shop (pilot-light, rpo 15m, rto 1h), billing
      policies      1 parameter and 1 severity set
      gate          fails on medium and above, and on incomplete evidence; of a change all failures count

    two.yaml is valid
      accounts      the caller's own
      regions       every enabled one
      recovery      none, so that nothing can be called recoverable
      applications  none
      policies      as they are
      gate          never fails
    [exit 0]
    ");
}

#[cfg(not(feature = "aws"))]
#[test]
fn what_needs_an_sdk_says_so_without_one() {
    for arguments in ["scan", "collect", "doctor"] {
        assert_snapshot!("no-sdk", plain(&Tool::new(), arguments, SIZES[0]).text());
    }
}
