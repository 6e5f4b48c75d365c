//! Live scans of an AWS that this project did not write, through the real binary.

mod artifacts;
mod doors;
mod drills;
mod edge;
mod machines;
mod narrowed;
mod organization;
pub(crate) mod server;
mod three_gaps;
mod watch;
mod wire;

use std::collections::BTreeMap;
use std::process::Output;
use std::sync::OnceLock;

use serde_json::Value;

use crate::live::{command, coverage, live, report, verdicts};
use crate::recorded::Recorded;
use crate::tool::Tool;
use server::Moto;

/// The estate of seed_estate.py, made once; its server ends with the tests.
struct Estate {
    moto: Moto,
    /// Names by account id, which moto makes up.
    names: BTreeMap<String, String>,
}

fn estate() -> &'static Estate {
    static ESTATE: OnceLock<Estate> = OnceLock::new();
    ESTATE.get_or_init(|| {
        let moto = Moto::start();
        let accounts: BTreeMap<String, String> = serde_json::from_str(&moto.run("seed_estate.py")).unwrap();
        Estate { moto, names: accounts.into_iter().map(|(name, id)| (id, name)).collect() }
    })
}

const CONFIG: &str = "\
organization:
  role-name: seaworthy
  management-account: skip
accounts:
  - id: '333344445555'
    role: arn:aws:iam::333344445555:role/seaworthy
    external-id: from-outside
regions: [us-east-1, us-west-2, eu-west-1]
recovery:
  - {from: us-east-1, to: us-west-2}
applications:
  shop:
    tags: {app: shop}
    pattern: pilot-light
    rpo: 15m
    retention: 7d
  billing:
    tags: {app: billing}
    pattern: backup-restore
";

fn scan(tool: &Tool, endpoint: &str, key: (&str, &str), arguments: &str) -> Output {
    live(tool, endpoint, key, &format!("scan {arguments}"))
}

#[test]
fn an_organization_and_an_account_by_role_over_three_regions() {
    let estate = estate();
    let tool = Tool::new().file("seaworthy.yaml", CONFIG);
    let done = scan(&tool, &estate.moto.url, ("testing", "testing"), "-f json=out.json --show all");
    let errors = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{errors}");
    let report = report(&tool);
    let all = verdicts(&report, &estate.names);
    let (load, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|line| line.contains(": load-"));
    insta::assert_snapshot!("organization-verdicts", rest.join("\n"));
    insta::assert_snapshot!("organization-coverage", coverage(&report, &estate.names).join("\n"));

    // 255 databases are three pages, and all of them are judged alike.
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for line in load {
        *kinds.entry(line.split(": load-").next().unwrap().to_owned()).or_default() += 1;
    }
    insta::assert_snapshot!(
        "organization-load",
        kinds.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect::<Vec<_>>().join("\n")
    );
    let canary = std::fs::read_to_string(tool.path().join("out.json")).unwrap();
    assert!(!canary.contains("canary"), "a password is in the report");
}

#[test]
fn what_is_collected_now_can_be_checked_later() {
    let estate = estate();
    let tool = Tool::new().file("seaworthy.yaml", CONFIG);
    let collected = live(&tool, &estate.moto.url, ("testing", "testing"), "collect -o estate.ndjson.zst");
    assert_eq!(collected.status.code(), Some(0), "{}", String::from_utf8_lossy(&collected.stderr));
    let scanned = scan(&tool, &estate.moto.url, ("testing", "testing"), "-f json=out.json --show all");
    assert_eq!(scanned.status.code(), Some(1));
    let live = verdicts(&report(&tool), &estate.names);
    let checked = tool.command("check estate.ndjson.zst -f json=out.json --show all").output().unwrap();
    assert_eq!(checked.status.code(), Some(1));
    assert_eq!(verdicts(&report(&tool), &estate.names), live);
}

/// An endpoint of their own for three services, which answers 500 to everything: so does moto where it has no service.
#[test]
fn a_service_that_fails_altogether_leaves_unknown_what_was_searched_in_it() {
    let estate = estate();
    let broken = Recorded::serve_but("none", |_| Some((500, "InternalFailure")));
    let tool = Tool::new().file("seaworthy.yaml", CONFIG);
    let scan = |overridden: &[&str]| {
        let arguments = "scan --account 333344445555 --region us-east-1 -f json=out.json --show all";
        let mut command = command(&tool, &estate.moto.url, ("testing", "testing"), arguments);
        let done = command.envs(overridden.iter().map(|name| (*name, &broken.url))).output().unwrap();
        (done.status.code().unwrap(), report(&tool))
    };
    let (healthy_exit, healthy) = scan(&[]);
    let (exit, failed) = scan(&["AWS_ENDPOINT_URL_BACKUP", "AWS_ENDPOINT_URL_ELASTICACHE", "AWS_ENDPOINT_URL_KMS"]);
    // Nothing fails by ignorance, and nothing passes by it.
    assert_eq!((healthy_exit, exit), (1, 0));
    insta::assert_snapshot!("failed-coverage", coverage(&failed, &estate.names).join("\n"));
    insta::assert_snapshot!("failed-verdicts", verdicts(&failed, &estate.names).join("\n"));
    insta::assert_snapshot!("not-failed-verdicts", verdicts(&healthy, &estate.names).join("\n"));
}

/// A user who may read databases only, with moto checking every signature and policy.
fn guarded() -> &'static (Moto, String, String) {
    static GUARDED: OnceLock<(Moto, String, String)> = OnceLock::new();
    GUARDED.get_or_init(|| {
        let moto = Moto::start();
        let key: Value = serde_json::from_str(&moto.run("seed_denied.py")).unwrap();
        (moto, key["id"].as_str().unwrap().to_owned(), key["secret"].as_str().unwrap().to_owned())
    })
}

const NARROW: &str = "\
regions: [us-east-1]
recovery:
  - {from: us-east-1, to: us-west-2}
accounts:
  - id: '123456789012'
  - id: '444455556666'
    role: arn:aws:iam::444455556666:role/locked
";

#[test]
fn the_doctor_says_what_is_denied_and_what_grants_it() {
    let (moto, id, secret) = guarded();
    let tool = Tool::new().file("seaworthy.yaml", NARROW);
    let done = live(&tool, &moto.url, (id, secret), "doctor");
    let said = String::from_utf8_lossy(&done.stdout);
    insta::assert_snapshot!("doctor", format!("{said}[exit {}]", done.status.code().unwrap()));
}

#[test]
fn the_doctor_ends_with_4_where_an_account_cannot_be_read() {
    let config = "regions: [us-east-1]\naccounts:\n  - id: '777777777777'\n";
    let tool = Tool::new().file("seaworthy.yaml", config);
    let done = live(&tool, &estate().moto.url, ("testing", "testing"), "doctor");
    let said = String::from_utf8_lossy(&done.stdout);
    insta::assert_snapshot!("doctor-no-role", format!("{said}[exit {}]", done.status.code().unwrap()));
}

#[test]
fn a_profile_that_is_not_there_is_named_with_those_that_are() {
    let tool = Tool::new().file(".aws/config", "[default]\n[profile prod]\nregion = us-east-1\n");
    let said = ["scan --no-config", "doctor --no-config"].map(|arguments| {
        let mut command = tool.command(arguments);
        command.env("HOME", tool.path()).env("AWS_PROFILE", "prdo").env("AWS_EC2_METADATA_DISABLED", "true");
        let done = command.output().unwrap();
        format!("{}[exit {}]", String::from_utf8_lossy(&done.stderr), done.status.code().unwrap())
    });
    insta::assert_snapshot!("wrong-profile", said.join("\n"));
}

#[test]
fn what_is_denied_is_unknown_and_said() {
    let (moto, id, secret) = guarded();
    let tool = Tool::new().file("seaworthy.yaml", NARROW);
    let done = scan(&tool, &moto.url, (id, secret), "-f json=out.json --show all");
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    let report = report(&tool);
    insta::assert_snapshot!("denied-coverage", coverage(&report, &BTreeMap::new()).join("\n"));
    let mine = [("123456789012".to_owned(), "mine".to_owned())].into();
    insta::assert_snapshot!("denied-verdicts", verdicts(&report, &mine).join("\n"));
}

/// Progress comes and goes, the report stands alone, and no word is broken.
#[cfg(unix)]
#[test]
fn a_terminal_shows_progress_and_then_only_what_a_pipe_is_told() {
    use crate::terminal::{SIZES, Seen, seen};

    let (moto, id, secret) = guarded();
    let tool = Tool::new().file("seaworthy.yaml", NARROW);
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let cases = [
        ("doctor", "ask"),
        ("collect -o estate.ndjson", "lists"),
        ("scan", "lists"),
        ("scan --compact", "lists"),
        ("scan --account nobody", ""),
    ];
    for (arguments, progress) in cases {
        // What a width does to words is a matter of the report, not of what was asked.
        for size in SIZES.into_iter().take(if arguments == "scan" { SIZES.len() } else { 1 }) {
            let run = |term: &str| {
                let mut command = command(&tool, &moto.url, (id, secret), arguments);
                command.env("TERM", term).env("NO_COLOR", "1").env("COLUMNS", size.1.to_string());
                command
            };
            let both = || {
                let done = run("dumb").output().unwrap();
                let piped = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
                (seen(run("xterm-256color"), size), done.status.code(), piped)
            };
            // On a busy machine a call may time out in one of two runs. What is told otherwise on a terminal is so each time.
            let same =
                |(seen, code, piped): &(Seen, _, String)| (seen.code, words(&seen.text())) == (*code, words(piped));
            let mut runs = std::iter::repeat_with(both);
            let (seen, code, piped) = runs.by_ref().take(2).find(same).or_else(|| runs.next()).unwrap();
            assert_eq!(seen.torn(), Vec::<String>::new(), "{arguments} at {size:?}");
            assert_eq!((seen.code, words(&seen.text())), (code, words(&piped)), "{arguments} at {size:?}");
            assert!(String::from_utf8_lossy(&seen.bytes).contains(progress), "{arguments} at {size:?}");
            assert!(!piped.contains("trying every action"), "{arguments}: {piped}");
        }
    }
}

#[test]
fn wrong_credentials_are_named_as_such() {
    let (moto, _, _) = guarded();
    let done = scan(&Tool::new(), &moto.url, ("AKIAWRONGWRONGWRONG0", "wrong"), "--region us-east-1");
    let errors = String::from_utf8_lossy(&done.stderr).replace(&moto.url, "[endpoint]");
    insta::assert_snapshot!("wrong-credentials", format!("{errors}[exit {}]", done.status.code().unwrap()));
}

#[test]
fn an_unreachable_endpoint_is_named_as_such() {
    let done = scan(&Tool::new(), "http://127.0.0.1:9", ("testing", "testing"), "--region us-east-1");
    let errors = String::from_utf8_lossy(&done.stderr);
    insta::assert_snapshot!("unreachable-endpoint", format!("{errors}[exit {}]", done.status.code().unwrap()));
}
