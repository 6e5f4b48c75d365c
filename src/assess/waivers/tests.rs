use std::collections::BTreeSet;

use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::config::{Application, Span, WaiverRules};
use crate::model::{Fact, Joined, Kind, Location, Place};
use crate::policy::Source;

const TODAY: Date = date(2026, 11, 22);

fn policies() -> PolicySet {
    let policy = |id: &str, more: &str| Source {
        path: format!("policies/backup/{}.rego", id.replace('-', "_")),
        text: format!(
            "# METADATA\n# title: T\n# description: D\n# custom:\n#   id: {id}\n#   severity: high\n#   kinds: [aws.rds.instance]\n\
             {more}package seaworthy.backup.{}\n\ndeny contains finding if {{\n\tinput.backup.enabled == false\n\
             \tfinding := {{\"message\": \"m\", \"fact\": \"backup.enabled\"}}\n}}\n",
            id.replace('-', "_")
        ),
        built_in: false,
    };
    PolicySet::from_sources(vec![
        policy("backup-disabled", "#   aliases: [no-backup]\n"),
        policy("single-zone", ""),
        policy("key-deleted", "#   waivable: false\n"),
    ])
    .unwrap()
}

fn config(rules: WaiverRules) -> Config {
    let applications = [("orders".to_owned(), Application::default())].into();
    Config { waivers: rules, applications, ..Config::default() }
}

fn instance() -> Resource {
    let arn = "arn:aws:rds:us-east-1:111122223333:db:orders";
    let place = Place::new("111122223333", "us-east-1");
    let mut resource = Resource::new(Kind::of("aws.rds.instance"), arn, "orders", place);
    resource.tags = Fact::Known(crate::model::Tags::from([("env".to_owned(), "prod".to_owned())]).into());
    resource.origin.address = Some("module.db[0].aws_db_instance.orders[\"a\"]".to_owned());
    let applications = Fact::Known(vec!["orders".to_owned()]);
    resource.joined = Some(Arc::new(Joined { applications, ..Joined::default() }));
    resource
}

/// A waiver of backup-disabled with this match and expiry.
fn waiver(matching: &str, expires: &str) -> String {
    format!("- policy: backup-disabled\n  match: {matching}\n  reason: r\n  owner: o\n  expires: {expires}\n")
}

#[test]
fn a_waiver_is_read_and_found() {
    let (config, policies) = (config(WaiverRules::default()), policies());
    let mut set = WaiverSet::new(&config, &policies, TODAY);
    let text = r#"# Accepted risks
- policy: [single-zone, no-backup]
  match:
    arn: arn:aws:rds:*:111122223333:db:ord?rs
    address: module.db.aws_db_instance.orders
    tags: {env: [prod, stage]}
    account: "111122223333"
    region: us-*
    application: orders
  reason: it is rebuilt every night
  owner: team-db
  ticket: OPS-1
  expires: 2027-01-31
  compensating-control: nightly rebuild
"#;
    set.parse("waivers.yaml", text).unwrap();
    let expected = WaiverRef {
        attests: false,
        reason: "it is rebuilt every night".to_owned(),
        owner: "team-db".to_owned(),
        ticket: Some("OPS-1".to_owned()),
        compensating_control: Some("nightly rebuild".to_owned()),
        expires: Some(date(2027, 1, 31)),
        expired: false,
        from: "waivers.yaml:2".to_owned(),
    };
    assert_eq!(set.matching("backup-disabled", &instance()), Some(expected));
    assert_eq!(set.matching("key-deleted", &instance()), None);
    assert_eq!(set.upkeep(&policies, true), Upkeep::default());
}

#[test]
fn every_selector_must_match_and_what_is_unknown_matches_nothing() {
    let (config, policies) = (config(WaiverRules::default()), policies());
    let covers = |matching: &str, resource: &Resource| {
        let mut set = WaiverSet::new(&config, &policies, TODAY);
        set.parse("w", &waiver(matching, "2026-12-31")).unwrap();
        set.matching("backup-disabled", resource).is_some()
    };
    let blank = Resource::new(Kind::of("aws.rds.instance"), "aws_db_instance.x", "x", Place::default());
    let selectors = [
        "{arn: \"*\"}",
        "{address: \"*orders*\"}",
        "{address: 'module.db[0].aws_db_instance.orders[\"a\"]'}",
        "{tags: {env: prod}}",
        "{account: '111122223333'}",
        "{region: us-east-1}",
        "{application: '*'}",
    ];
    for selector in selectors {
        assert!(covers(selector, &instance()), "{selector}");
        assert!(!covers(selector, &blank), "{selector}");
    }
    assert!(covers("{all: true}", &blank));
    let others = [
        "{arn: \"*:orders-2\"}",
        "{address: aws_db_instance.orders}",
        "{tags: {env: prod, team: a}}",
        "{region: us-east-1, account: '999999999999'}",
    ];
    for selector in others {
        assert!(!covers(selector, &instance()), "{selector}");
    }
}

#[test]
fn mistakes_are_named_with_their_line() {
    let (config, policies) = (config(WaiverRules::default()), policies());
    let error = |text: &str| WaiverSet::new(&config, &policies, TODAY).parse("w.yaml", text).unwrap_err().to_string();
    let good = waiver("{all: true}", "2026-12-31");
    let cases = [
        good.replace("owner", "onwer"),
        good.replace("  owner: o\n", ""),
        good.replace("reason: r", "reason: ' '"),
        good.replace("2026-12-31", "31.12.2026"),
        good.replace("2026-12-31", "2027-05-22"),
        good.replace("{all: true}", "{}"),
        good.replace("{all: true}", "{all: true, region: eu-west-1}"),
        good.replace("{all: true}", "{account: 12345}"),
        good.replace("{all: true}", "{account: '12345'}"),
        good.replace("{all: true}", "{arm: x}"),
        good.replace("{all: true}", "{application: ordres}"),
        good.replace("{all: true}", "{address: ''}"),
        good.replace("backup-disabled", "[single-zone, backup-disbled]"),
        good.replace("backup-disabled", "key-deleted"),
        good.replace("backup-disabled", "[]"),
        format!("{good}{}", waiver("{all: true}", "2026-12-01").replace("backup-disabled", "no-backup")),
        format!("{good}  owner: p\n"),
        "policy: x".to_owned(),
    ];
    insta::assert_snapshot!(cases.map(|text| error(&text)).join("\n"), @r"
    w.yaml:4: unknown key 'onwer' (did you mean 'owner'?)
    w.yaml:4: the key 'owner' is missing
    w.yaml:3: 'reason' is empty
    w.yaml:5: '31.12.2026' is no date: expected year, month and day, as in 2027-01-31
    w.yaml:5: it may last until 2027-05-21 (180d from today), not until 2027-05-22
    w.yaml:2: 'match' is empty: give a selector, or 'all: true' for every resource
    w.yaml:2: 'all: true' stands beside other selectors
    w.yaml:2: expected a text or a list of texts; numbers need quotes
    w.yaml:2: '12345' is no account id: expected twelve digits
    w.yaml:2: unknown key 'arm' (did you mean 'arn'?)
    w.yaml:2: unknown application 'ordres' (did you mean 'orders'?)
    w.yaml:2: 'address' is empty
    w.yaml:1: unknown policy 'backup-disbled' (did you mean 'backup-disabled'?)
    w.yaml:1: policy 'key-deleted' cannot be waived
    w.yaml:1: 'policy' is empty
    w.yaml:6: 'no-backup' is waived on line 1 already, with the same match
    w.yaml:6: the key 'owner' stands here twice
    w.yaml:1: expected a list
    ");
    let missing = WaiverSet::new(&config, &policies, TODAY).load(Path::new("no/such.yaml")).unwrap_err();
    assert_eq!(missing.to_string(), "cannot read the waivers 'no/such.yaml': No such file or directory (os error 2)");
    assert_eq!(WaiverSet::new(&config, &policies, TODAY).parse("w.yaml", "# none yet\n").ok(), Some(()));
}

#[test]
fn an_expired_waiver_comes_back_and_a_running_one_goes_first() {
    let (config, policies) = (config(WaiverRules::default()), policies());
    let mut set = WaiverSet::new(&config, &policies, TODAY);
    set.parse("w.yaml", &waiver("{region: us-east-1}", "2026-11-21")).unwrap();
    let reference = |expires, expired| WaiverRef {
        attests: false,
        reason: "r".to_owned(),
        owner: "o".to_owned(),
        ticket: None,
        compensating_control: None,
        expires: Some(expires),
        expired,
        from: "w.yaml:1".to_owned(),
    };
    assert_eq!(set.matching("backup-disabled", &instance()), Some(reference(date(2026, 11, 21), true)));
    set.parse("w.yaml", &waiver("{all: true}", "2026-11-22")).unwrap();
    assert_eq!(set.matching("backup-disabled", &instance()), Some(reference(TODAY, false)));
    let notices =
        ["1 waiver is over and does not count: w.yaml:1 (2026-11-21)", "1 waiver expires soon: w.yaml:1 (2026-11-22)"];
    let notices = notices.map(Notice::warning).into();
    assert_eq!(set.upkeep(&policies, true), Upkeep { notices, trouble: None });
}

#[test]
fn a_waiver_that_matches_nothing_is_told_and_may_fail_the_gate() {
    let mut rules = WaiverRules { warn_before: Span::days(1), ..WaiverRules::default() };
    let policies = policies();
    let text = waiver("{region: eu-west-1}", "2026-12-31") + &waiver("{region: eu-west-2}", "2026-12-31");
    let config = config(rules.clone());
    let mut set = WaiverSet::new(&config, &policies, TODAY);
    set.parse("w.yaml", &text).unwrap();
    assert_eq!(set.matching("backup-disabled", &instance()), None);
    let sentence = "2 waivers match nothing: w.yaml:1, w.yaml:6".to_owned();
    let expected = Upkeep { notices: vec![Notice::warning(sentence.clone())], trouble: None };
    assert_eq!(set.upkeep(&policies, true), expected);
    // A plan sees a part of the estate only.
    assert_eq!(set.upkeep(&policies, false), Upkeep::default());

    rules.unmatched = Unmatched::Fail;
    let config = self::config(rules);
    let mut set = WaiverSet::new(&config, &policies, TODAY);
    set.parse("w.yaml", &text).unwrap();
    assert_eq!(set.upkeep(&policies, true), Upkeep { trouble: Some(sentence), ..expected });

    // What is not judged has nothing to match.
    let mut judged = self::policies();
    judged.retain(|policy| policy.id() == "single-zone");
    assert_eq!(set.upkeep(&judged, true), Upkeep::default());
}

#[test]
fn waivers_in_the_code_follow_the_same_rules() {
    let policies = policies();
    let inline = |line, policy: &str, until, ticket: Option<&str>| InlineWaiver {
        stack: None,
        location: Location { file: "main.tf".to_owned(), line, extent: None, related: None },
        addresses: BTreeSet::from(["module.db".to_owned()]),
        policies: vec![policy.to_owned()],
        until,
        reason: "r".to_owned(),
        ticket: ticket.map(str::to_owned),
        owner: None,
    };
    let until = date(2027, 1, 31);
    let all = vec![
        inline(1, "no-backup", until, None),
        inline(2, "backup-disabled", until, Some("OPS-1")),
        inline(3, "key-deleted", until, Some("OPS-1")),
        inline(4, "single-zon", until, Some("OPS-1")),
        inline(5, "single-zone", date(2030, 1, 1), Some("OPS-1")),
    ];
    let run = |rule| {
        let config = config(WaiverRules { inline: rule, ..WaiverRules::default() });
        let mut set = WaiverSet::new(&config, &policies, TODAY);
        let notices: Vec<_> = set.add_inline(all.clone()).into_iter().map(|notice| notice.text).collect();
        (notices, set.matching("backup-disabled", &instance()).map(|waiver| (waiver.from, waiver.ticket)))
    };
    let no_effect = |line: u32, why: &str| format!("main.tf:{line}: the waiver has no effect: {why}");
    let denied = "the configuration says 'waivers: {inline: deny}'";
    assert_eq!(run(Inline::Deny), ((1..=5).map(|line| no_effect(line, denied)).collect(), None));
    let bad = [
        no_effect(3, "policy 'key-deleted' cannot be waived"),
        no_effect(4, "unknown policy 'single-zon' (did you mean 'single-zone'?)"),
        no_effect(5, "it may last until 2027-05-21 (180d from today), not until 2030-01-01"),
    ];
    assert_eq!(run(Inline::Allow), (bad.to_vec(), Some(("main.tf:1".to_owned(), None))));
    let ticket = "'ticket=' is missing, and the configuration says 'waivers: {inline: require-ticket}'";
    assert_eq!(
        run(Inline::RequireTicket),
        ([&[no_effect(1, ticket)], bad.as_slice()].concat(), Some(("main.tf:2".to_owned(), Some("OPS-1".to_owned()))))
    );
}

/// Run with `SEAWORTHY_BLESS=1` to write the file anew.
#[test]
fn the_schema_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/schema/waivers-v1.json");
    let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    if std::env::var_os("SEAWORTHY_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn an_attestation_answers_for_what_is_unknown_and_for_no_failure() {
    let (config, policies) = (config(WaiverRules::default()), policies());
    let mut set = WaiverSet::new(&config, &policies, TODAY);
    let attest = |expires| waiver("{all: true}", expires).replace("  match", "  effect: attest\n  match");
    set.parse("w", &(attest("2026-12-31") + &waiver("{region: us-east-1}", "2026-12-30"))).unwrap();
    let found = |found: Option<WaiverRef>| found.map(|found| (found.attests, found.from));
    assert_eq!(found(set.attesting("backup-disabled", &instance())), Some((true, "w:1".to_owned())));
    assert_eq!(found(set.matching("backup-disabled", &instance())), Some((false, "w:7".to_owned())));
    let twice = set.parse("w", &(attest("2026-12-31") + &attest("2026-12-30"))).unwrap_err();
    assert_eq!(twice.to_string(), "w:7: 'backup-disabled' is attested on line 1 already, with the same match");
    let wrong = set.parse("w", &attest("2026-12-31").replace("attest", "trust")).unwrap_err();
    assert_eq!(wrong.to_string(), "w:2: 'trust' is not allowed here (expected waive, attest)");
}
