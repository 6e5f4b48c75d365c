use std::collections::BTreeMap;

use super::*;
use crate::config::Loaded;
use crate::model::{Drills, Fact, Place, Resource, Shared, Timestamp};
use crate::result::{Checked, Decision, Drill, DrillKind, DrillLoss, DrillNote, DrillOutcome, DrillState, DrillStep};

const STARTED: &str = r#"{"drill":"shop-1","at":"2026-01-10T09:00:00Z","by":"anna","note":"exercise","event":"started","application":"shop","recovery_region":"us-west-2","kind":"exercise","lost_at":"2026-01-10T08:55:00Z","rto_seconds":3600,"rpo_seconds":900,"readiness":"go","sequence":[{"number":1,"layer":1,"id":"arn:aws:kms:us-east-1:1:key/k","name":"k","state":"ready"},{"number":2,"layer":2,"id":"arn:aws:rds:us-east-1:1:db:orders","name":"orders","state":"to-promote","holds_data":true}]}"#;

fn at(time: &str) -> Timestamp {
    format!("2026-01-10T{time}Z").parse().unwrap()
}

fn line(time: &str, rest: &str) -> String {
    format!(r#"{{"drill":"shop-1","at":"{}",{rest}}}"#, at(time))
}

fn record(lines: &[String]) -> String {
    std::iter::once(STARTED.to_owned()).chain(lines.iter().cloned()).collect::<Vec<_>>().join("\n")
}

fn orders(state: &str, more: &str) -> String {
    format!(r#""event":"step","step":"arn:aws:rds:us-east-1:1:db:orders","state":"{state}"{more}"#)
}

fn step(number: u32, layer: u32, id: &str, name: &str) -> DrillStep {
    DrillStep {
        number: Some(number),
        layer: Some(layer),
        id: Some(id.to_owned()),
        name: name.to_owned(),
        holds_data: false,
        was_ready: false,
        state: DrillState::Open,
        begun_at: None,
        ended_at: None,
        newest_data: None,
    }
}

#[test]
fn a_record_is_read_back_as_what_happened() {
    let lines = [
        line("09:05:00", &orders("begun", "")),
        line("09:10:00", &orders("failed", r#","recorded_at":"2026-01-10T10:00:00Z","note":"no quota""#)),
        line("09:12:00", &orders("begun", "")),
        line("09:20:00", &orders("done", "")),
        line("09:21:00", r#""event":"step","step":"warm the cache","state":"done""#),
        line("09:22:00", r#""event":"noted","note":"customers are told","by":"ben""#),
        line("09:26:00", &orders("done", r#","newest_data":"2026-01-10T08:50:00Z""#)),
        line("09:30:00", r#""event":"stopped","outcome":"passed","recovered_at":"2026-01-10T09:25:00Z""#),
    ];
    // A blank line, the end of lines as Windows has it, and no end of the last line are no faults.
    let text = format!("\u{feff}{}", record(&lines).replacen('\n', "\r\n\r\n", 1));
    let orders = "arn:aws:rds:us-east-1:1:db:orders";
    let note = |time: &str, by: Option<&str>, step: Option<&str>, text: &str| DrillNote {
        at: at(time),
        by: by.map(str::to_owned),
        step: step.map(str::to_owned),
        text: text.to_owned(),
    };
    let expected = Drill {
        id: "shop-1".to_owned(),
        application: "shop".to_owned(),
        recovery_region: "us-west-2".to_owned(),
        kind: DrillKind::Exercise,
        lost_at: at("08:55:00"),
        started_at: at("09:00:00"),
        stopped_at: Some(at("09:30:00")),
        outcome: Some(DrillOutcome::Passed),
        recovered_at: Some(at("09:25:00")),
        rto_seconds: Some(3_600),
        rpo_seconds: Some(900),
        readiness: Some(Decision::Go),
        has_sequence: true,
        steps: vec![
            DrillStep { was_ready: true, ..step(1, 1, "arn:aws:kms:us-east-1:1:key/k", "k") },
            DrillStep {
                holds_data: true,
                state: DrillState::Done,
                begun_at: Some(at("09:05:00")),
                // That somebody looked at the data later does not make the step longer.
                ended_at: Some(at("09:20:00")),
                newest_data: Some(at("08:50:00")),
                ..step(2, 2, orders, "orders")
            },
            DrillStep {
                number: None,
                layer: None,
                id: None,
                state: DrillState::Done,
                ended_at: Some(at("09:21:00")),
                ..step(0, 0, "", "warm the cache")
            },
        ],
        checked: None,
        notes: vec![
            note("09:00:00", Some("anna"), None, "exercise"),
            note("09:10:00", None, Some("orders"), "no quota"),
            note("09:22:00", Some("ben"), None, "customers are told"),
        ],
    };
    let found = drills("drills.ndjson", &text).unwrap();
    assert_eq!(found, [expected]);
    let measured =
        |drill: &Drill| (drill.recovered_seconds(), drill.loss(), drill.steps[1].seconds(), drill.steps[2].seconds());
    let loss = DrillLoss { seconds: 300, whole: true };
    assert_eq!(measured(&found[0]), (Some(1_800), Some(loss), Some(900), None));
    assert_eq!(found[0].open_steps().count(), 0);
}

#[test]
fn what_checks_said_is_kept() {
    let lines = [line("09:24:00", r#""event":"checked","decision":"no-go","not_passed":["login"]"#)];
    let found = drills("drills.ndjson", &record(&lines)).unwrap();
    let expected = Checked { at: at("09:24:00"), decision: Decision::NoGo, not_passed: vec!["login".to_owned()] };
    assert_eq!(found[0].checked, Some(expected));
}

#[test]
fn a_line_that_cannot_be_right_is_named() {
    let over = || line("09:30:00", r#""event":"stopped","outcome":"failed""#);
    let passed = |back: &str| {
        line("09:30:00", &format!(r#""event":"stopped","outcome":"passed","recovered_at":"{}""#, at(back)))
    };
    let cases: [(&str, Vec<String>, &str); 16] = [
        ("a step failed", vec![line("09:10:00", &orders("failed", "")), passed("09:30:00")], "3: step 'orders' failed"),
        (
            "a step was done later",
            vec![line("09:20:00", &orders("done", "")), passed("09:10:00")],
            "3: it was not back before its step 'orders' was done at 2026-01-10T09:20:00Z",
        ),
        (
            "checks did not pass",
            vec![
                line("09:20:00", r#""event":"checked","decision":"no-go","not_passed":["login"]"#),
                passed("09:30:00"),
            ],
            "3: its last checks did not pass: login",
        ),
        (
            "begun before the loss",
            vec![STARTED.replace("shop-1", "shop-2").replace("T08:55:00Z", "T09:55:00Z")],
            "2: it cannot have begun at 2026-01-10T09:00:00Z: the region was lost at 2026-01-10T09:55:00Z",
        ),
        ("no JSON", vec!["{".to_owned()], "2: this is no entry: EOF while parsing an object"),
        (
            "of a newer version",
            vec![line("09:05:00", r#""event":"rewound""#)],
            "2: this is no entry: unknown variant `rewound`, expected one of `started`, `step`, `checked`, `noted`, `stopped`",
        ),
        (
            "a member that nobody reads",
            vec![line("09:10:00", &orders("done", r#","newest":"2026-01-10T08:50:00Z""#))],
            "2: this is no entry: there is no member 'newest'",
        ),
        (
            "one of the sequence",
            vec![STARTED.replace("shop-1", "shop-2").replace(r#""layer":1"#, r#""layer":1,"holds":"data""#)],
            "2: this is no entry: there is no member 'holds'",
        ),
        (
            "one twice",
            vec![line("09:10:00", &orders("done", r#","state":"failed""#))],
            "2: this is no entry: duplicate field `state`",
        ),
        ("twice", vec![STARTED.to_owned()], "2: drill 'shop-1' has been started above"),
        (
            "another",
            vec![line("09:05:00", r#""event":"noted""#).replace("shop-1", "shop-2")],
            "2: drill 'shop-2' has not been started above",
        ),
        (
            "after the end",
            vec![over(), line("09:31:00", &orders("done", ""))],
            "3: drill 'shop-1' was over at 2026-01-10T09:30:00Z",
        ),
        (
            "before the loss",
            vec![line("08:54:59", &orders("done", ""))],
            "2: 2026-01-10T08:54:59Z is before 2026-01-10T08:55:00Z, when the region was lost",
        ),
        (
            "done before it was begun",
            vec![line("09:10:00", &orders("begun", "")), line("09:09:00", &orders("done", ""))],
            "3: 'orders' cannot have ended at 2026-01-10T09:09:00Z: it was begun at 2026-01-10T09:10:00Z",
        ),
        (
            "data that arrived after the loss",
            vec![line("09:10:00", &orders("done", r#","newest_data":"2026-01-10T08:56:00Z""#))],
            "2: data of 2026-01-10T08:56:00Z does not show what was lost at 2026-01-10T08:55:00Z: name the newest that is not later",
        ),
        (
            "back after it was over",
            vec![line("09:10:00", r#""event":"stopped","outcome":"passed","recovered_at":"2026-01-10T09:11:00Z""#)],
            "2: it was not back at 2026-01-10T09:11:00Z, which is not between its loss and 2026-01-10T09:10:00Z",
        ),
    ];
    for (name, lines, expected) in cases {
        let error = drills("drills.ndjson", &record(&lines)).unwrap_err().to_string();
        assert_eq!(error, format!("drills.ndjson:{expected}"), "{name}");
    }
}

/// Steps that nobody planned are found as fast as the others.
#[test]
fn as_many_steps_as_lines_are_read() {
    let own = |number: usize| line("09:10:00", &format!(r#""event":"step","step":"step {number}","state":"done""#));
    let lines: Vec<String> = (0..20_000).chain(0..20_000).map(own).collect();
    let found = drills("x", &record(&lines)).unwrap().remove(0);
    assert_eq!((found.steps.len(), found.steps[20_001].name.as_str()), (20_002, "step 19999"));
}

#[test]
fn ids_are_unlike_each_other() {
    let found = drills("x", STARTED).unwrap();
    assert_eq!(next_id(&found, "shop", at("09:00:00")), "shop-20260110T090000Z");
    let same = STARTED.replace("shop-1", "shop-20260110T090000Z");
    assert_eq!(next_id(&drills("x", &same).unwrap(), "shop", at("09:00:00")), "shop-20260110T090000Z-2");
}

#[test]
fn a_step_is_found_by_whatever_people_call_it() {
    let mut drill = drills("x", STARTED).unwrap().remove(0);
    let orders = "arn:aws:rds:us-east-1:1:db:orders";
    for called in ["2", "orders", orders, "db:orders"] {
        assert_eq!(super::step(&drill, called, false).unwrap(), orders, "{called}");
    }
    let refused = |drill: &Drill, called: &str| {
        let error = super::step(drill, called, false).unwrap_err();
        (error.to_string(), error.help().unwrap())
    };
    let (error, help) = refused(&drill, "order");
    assert_eq!(error, "the drill has no step 'order' (did you mean 'orders'?)");
    assert_eq!(
        help,
        "number, name or id of a step as 'seaworthy drill show' lists them; --new adds one that is not among them"
    );
    assert_eq!(super::step(&drill, "warm the cache", true).unwrap(), "warm the cache");
    drill.steps.push(step(3, 2, "arn:aws:s3:::orders", "orders"));
    let (error, help) = refused(&drill, "orders");
    assert_eq!(error, "several steps are called 'orders'");
    assert_eq!(help, format!("name one: 2 ({orders}) and 3 (arn:aws:s3:::orders)"));
    // Without a sequence nothing can be misspelt.
    drill.has_sequence = false;
    assert_eq!(super::step(&drill, "order", false).unwrap(), "order");
}

#[test]
fn an_entry_is_only_ever_added_and_never_makes_the_record_unreadable() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("drills.ndjson");
    // An editor took the end of the last line away.
    std::fs::write(&file, STARTED).unwrap();
    let noted = |time: &str| Entry {
        drill: "shop-1".to_owned(),
        at: at(time),
        recorded_at: None,
        by: None,
        note: Some("a \"quoted\" line\nand one more".to_owned()),
        what: What::Noted,
    };
    let seen = append(&file, |drills| Ok((noted("09:10:00"), drills.len()))).unwrap();
    assert_eq!(seen, 1);
    let expected = format!(
        "{STARTED}\n{}\n",
        r#"{"drill":"shop-1","at":"2026-01-10T09:10:00Z","note":"a \"quoted\" line\nand one more","event":"noted"}"#
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), expected);
    let error = append(&file, |_| Ok((noted("08:00:00"), ()))).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.help().as_deref()),
        (
            "2026-01-10T08:00:00Z is before 2026-01-10T08:55:00Z, when the region was lost",
            Some("seaworthy drill show tells what is recorded")
        )
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), expected);
    assert_eq!(read(&folder.path().join("none")).unwrap(), None);
}

/// Many at once: each entry is a line of its own, and only one drill is started.
#[test]
fn people_who_write_at_the_same_time_do_not_lose_anything() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("drills.ndjson");
    let start = &|number: usize| {
        append(&file, |drills| {
            if !drills.is_empty() {
                return Err(DrillError::refused("one is running", ""));
            }
            let entry: Entry = serde_json::from_str(STARTED).unwrap();
            Ok((Entry { note: Some(number.to_string()), ..entry }, ()))
        })
    };
    let started = std::thread::scope(|scope| {
        let all: Vec<_> = (0..16).map(|number| scope.spawn(move || start(number).is_ok())).collect();
        all.into_iter().map(|thread| thread.join().unwrap()).filter(|started| *started).count()
    });
    assert_eq!(started, 1);
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 1);
}

fn facts(text: Option<&str>, now: &str) -> Vec<Resource> {
    let config = "recovery:\n  - {from: us-east-1, to: us-west-2}\napplications:\n  shop: {names: [x]}\n";
    let config = Loaded::parse("seaworthy.yaml", config).unwrap().config;
    let book = Book::new("drills.ndjson".to_owned(), text, true).unwrap();
    resources(&book, &config, now.parse().unwrap())
}

fn resource(drills: Drills, unknown: &[(&str, &str)]) -> Resource {
    let place = Place { account: Fact::Absent, region: "us-west-2".into() };
    let kind = crate::model::Kind::of("application.drills");
    let mut resource = Resource::new(kind, "drills:shop:us-west-2", "shop", place);
    resource.tags = Fact::Absent;
    resource.unknown =
        unknown.iter().map(|(fact, why)| (format!("drills.{fact}"), (*why).to_owned())).collect::<BTreeMap<_, _>>();
    let drills = Drills { application: "shop".into(), record: "drills.ndjson".into(), ..drills };
    resource.drills = Some(Shared::from(drills));
    resource
}

#[test]
fn the_newest_drill_that_passed_is_what_counts() {
    let lines = [
        line("09:20:00", &orders("done", r#","newest_data":"2026-01-10T08:50:00Z""#)),
        line("09:30:00", r#""event":"stopped","outcome":"passed","recovered_at":"2026-01-10T09:25:00Z""#),
        STARTED.replace("shop-1", "shop-2").replace("2026-01-10T", "2026-01-12T"),
        r#"{"drill":"shop-2","at":"2026-01-12T09:30:00Z","event":"stopped","outcome":"failed"}"#.to_owned(),
        STARTED.replace("shop-1", "shop-3").replace("2026-01-10T", "2026-01-13T"),
        r#"{"drill":"shop-3","at":"2026-01-13T09:30:00Z","event":"stopped","outcome":"called-off"}"#.to_owned(),
        // One that runs, one of another region and one of another application show nothing of this one.
        STARTED.replace("shop-1", "shop-4").replace("2026-01-10T", "2026-01-14T"),
        STARTED.replace("shop-1", "shop-5").replace("us-west-2", "eu-west-1"),
        r#"{"drill":"shop-5","at":"2026-01-13T10:30:00Z","event":"stopped","outcome":"passed"}"#.to_owned(),
        STARTED.replace("shop-1", "other-1").replace(r#""application":"shop""#, r#""application":"other""#),
        r#"{"drill":"other-1","at":"2026-01-13T10:30:00Z","event":"stopped","outcome":"passed"}"#.to_owned(),
    ];
    let expected = Drills {
        newest_outcome: "failed".into(),
        newest_days: Fact::Known(2.0),
        passed_at: Fact::Known(at("09:30:00")),
        passed_days: Fact::Known(4.0),
        recovered_seconds: Fact::Known(1_800),
        lost_seconds: Fact::Known(300),
        lost_at_least_seconds: Fact::Known(300),
        ..Drills::default()
    };
    assert_eq!(facts(Some(&record(&lines)), "2026-01-14T09:30:00Z"), [resource(expected, &[])]);
}

#[test]
fn what_the_record_does_not_show_is_unknown_or_absent() {
    let none = Drills {
        newest_outcome: Fact::Absent,
        newest_days: Fact::Absent,
        passed_at: Fact::Absent,
        passed_days: Fact::Absent,
        recovered_seconds: Fact::Absent,
        lost_seconds: Fact::Absent,
        lost_at_least_seconds: Fact::Absent,
        ..Drills::default()
    };
    let now = "2026-01-14T09:30:00Z";
    let other = STARTED.replace(r#""application":"shop""#, r#""application":"other""#);
    assert_eq!(facts(Some(&other), now), [resource(none, &[])]);
    let all = |why: &'static str| {
        let names = ["newest_outcome", "newest_days", "passed_days", "passed_at"];
        let more = ["recovered_seconds", "lost_seconds", "lost_at_least_seconds"];
        names.into_iter().chain(more).map(|name| (name, why)).collect::<Vec<_>>()
    };
    let missing = all("there is no record of drills (drills.ndjson)");
    assert_eq!(facts(None, now), [resource(Drills::default(), &missing)]);
    // Written by a clock that is ahead, or by somebody who is.
    let over = line("09:30:00", r#""event":"stopped","outcome":"passed","recovered_at":"2026-01-10T09:25:00Z""#);
    let later = all("drill 'shop-1' ends after the clock of this run");
    assert_eq!(
        facts(Some(&record(std::slice::from_ref(&over))), "2026-01-10T09:29:00Z"),
        [resource(Drills::default(), &later)]
    );
    let passed = |lost: Fact<u64>| Drills {
        newest_outcome: "passed".into(),
        newest_days: Fact::Known(1.0),
        passed_at: Fact::Known(at("09:30:00")),
        passed_days: Fact::Known(1.0),
        recovered_seconds: Fact::Known(1_800),
        lost_at_least_seconds: lost,
        ..Drills::default()
    };
    let day = "2026-01-11T09:30:00Z";
    let unlooked = [("lost_seconds", "drill 'shop-1': nobody noted how new the data was that came back")];
    assert_eq!(facts(Some(&record(std::slice::from_ref(&over))), day), [resource(passed(Fact::Absent), &unlooked)]);
    let more =
        r#"{"number":3,"layer":2,"id":"arn:aws:s3:::assets","name":"assets","state":"to-restore","holds_data":true}]"#;
    let looked = line("09:20:00", &orders("done", r#","newest_data":"2026-01-10T08:50:00Z""#));
    let text = record(&[looked.clone(), over.clone()]).replacen("}]}", &format!("}},{more}}}"), 1);
    let partly = [("lost_seconds", "drill 'shop-1': nobody noted how new the data of assets was")];
    assert_eq!(facts(Some(&text), day), [resource(passed(Fact::Known(300)), &partly)]);
    let (head, _) = STARTED.split_once(r#","sequence""#).unwrap();
    let text = format!("{head}}}\n{looked}\n{over}");
    let without = [(
        "lost_seconds",
        "drill 'shop-1': it was started without the sequence, so that nobody knows what else holds data",
    )];
    assert_eq!(facts(Some(&text), day), [resource(passed(Fact::Known(300)), &without)]);
    let text = record(&[over.replace(r#","recovered_at":"2026-01-10T09:25:00Z""#, "")]);
    let back = Drills { recovered_seconds: Fact::Unknown, ..passed(Fact::Absent) };
    let silent = [("recovered_seconds", "drill 'shop-1' does not say when the application was back"), unlooked[0]];
    assert_eq!(facts(Some(&text), day), [resource(back, &silent)]);
}

#[test]
fn the_region_is_the_only_one_or_has_to_be_named() {
    let target = |yaml: &str| {
        let config = Loaded::parse("seaworthy.yaml", yaml).unwrap().config;
        target(&config).map_err(|error| (error.to_string(), error.help().unwrap()))
    };
    let two = "recovery:\n  - {from: us-east-1, to: us-west-2}\n  - {from: us-east-2, to: us-west-2}\n";
    assert_eq!(target(two).unwrap(), "us-west-2");
    let several = "recovery:\n  - {from: us-east-1, to: us-west-2}\n  - {from: eu-west-1, to: eu-central-1}\n";
    let error = ("it may be recovered in several regions".to_owned(), "--to eu-central-1 or --to us-west-2".to_owned());
    assert_eq!(target(several).unwrap_err(), error);
    let help = "--to REGION, or a pair of regions in seaworthy.yaml, under 'recovery'";
    let error = ("it is not said in which region it is recovered".to_owned(), help.to_owned());
    assert_eq!(target("regions: [us-east-1]\n").unwrap_err(), error);
}
