//! What is asked wrongly, and what a configuration cannot mean.

use insta::assert_snapshot;
use seaworthy::config::Loaded;

use super::tool;
use crate::tool::Tool;

#[test]
fn what_is_wrong_in_a_check_is_said_with_its_line() {
    let cases = [
        "{name: '', tcp: {host: a, port: 1}}",
        "{name: a}",
        "{name: a, tcp: {host: a, port: 1}, http: {url: 'http://a'}}",
        "{name: a, htp: {url: 'http://a'}}",
        "{name: a, within: 0s, tcp: {host: a, port: 1}}",
        "{name: a, every: 0s, tcp: {host: a, port: 1}}",
        "{name: a, within: soon, tcp: {host: a, port: 1}}",
        "{name: a, only-in: [us-wset-2], tcp: {host: a, port: 1}}",
        "{name: a, http: {}}",
        "{name: a, http: {url: 'https://canary:canary@a/'}}",
        "{name: a, http: {url: 'ftp://canary'}}",
        "{name: a, http: {url: 'http://a', url-from: A}}",
        "{name: a, http: {url-from: 'https://canary'}}",
        "{name: a, http: {url: 'http://a', status: 20}}",
        "{name: a, http: {url: 'http://a', status: fine}}",
        "{name: a, http: {url: 'http://a', method: POST}}",
        "{name: a, http: {url: 'http://a', method: HEAD, contains: x}}",
        "{name: a, http: {url: 'http://a.{regions}.b'}}",
        "{name: a, tcp: {host: 'a:1', port: 1}}",
        "{name: a, tcp: {host: a, port: 0}}",
        "{name: a, tcp: {host: a, port: 70000}}",
        "{name: a, tls: {port: 443}}",
        "{name: a, dns: {name: 'http://a'}}",
        "{name: a, dns: {name: a, type: B}}",
        "{name: a, dns: {name: a, contains: x, equals: z}}",
        "{name: a, dns: {name: a, not: []}}",
        "{name: a, dns: {name: a, server: ns.example.com}}",
        "{name: a, database: {url-from: 'postgres://u:canary@h/d'}}",
        "{name: a, database: {url: 'postgres://u:canary@h/d'}}",
        "{name: a, secret: {secret: ''}}",
        "{name: a, secret: {secret: a, region: us-wset-2}}",
        "{name: a, role: {role: shop, actions: ['s3:GetObject']}}",
        "{name: a, role: {role: 'arn:aws:iam::111122223333:role/shop', actions: []}}",
        "{name: a, role: {role: 'arn:aws:iam::111122223333:role/shop', actions: ['s3:*']}}",
        "{name: a, writer: {}}",
        "{name: a, writer: {cluster: a, instance: b}}",
        "{name: a, tcp: {host: a, port: 1}}\n      - {name: a, tcp: {host: b, port: 1}}",
    ];
    let said = cases.map(|check| {
        let text = format!("applications:\n  shop:\n    names: [shop]\n    checks:\n      - {check}\n");
        let error = Loaded::parse("s.yaml", &text).unwrap_err().to_string();
        assert!(!error.contains("canary"), "{error}");
        format!("{error}\n")
    });
    assert_snapshot!("faults", said.concat());
    // An answer may well be JSON.
    let fine = "applications:\n  shop:\n    names: [shop]\n    checks:\n      - {name: a, http: {url: 'http://a', contains: '{\"up\": {region}'}}\n";
    assert!(Loaded::parse("s.yaml", fine).is_ok());
}

#[test]
fn what_would_be_contacted_is_said_without_contacting_it() {
    let tool = tool(&[
        "{name: front, http: {url: 'https://shop.{region}.example.com/health?key=canary'}}".to_owned(),
        "{name: port, within: 90s, tcp: {host: 'fe80::1', port: 5432}}".to_owned(),
        "{name: certificate, tls: {host: shop.example.com, name: www.example.com}}".to_owned(),
        "{name: alias, dns: {name: shop.example.com, type: CNAME, server: 10.0.0.2}}".to_owned(),
        "{name: orders, database: {url-from: ORDERS_URL, writer: true}}".to_owned(),
        "{name: key, secret: {secret: shop/orders, region: us-west-2}}".to_owned(),
        "{name: task, role: {role: 'arn:aws:iam::111122223333:role/shop', actions: ['s3:GetObject', 'kms:Decrypt']}}"
            .to_owned(),
        "{name: writer, writer: {cluster: 'orders-{region}'}}".to_owned(),
        "{name: east, only-in: [us-east-1], tcp: {host: a, port: 1}}".to_owned(),
    ]);
    assert_snapshot!("list", tool.run("verify shop --list"));
    assert_snapshot!("list-json", tool.run("verify shop --list --only east --only writer --to us-east-1 -f json"));
    let said = [
        "verify shop --list -f junit",
        "verify shpo",
        "verify shop --only frnot",
        "verify shop --only east",
        "verify shop --to us-wset-2",
        "verify shop --within soon",
        "verify",
    ];
    assert_snapshot!("help", tool.run("verify --help"));
    assert_snapshot!("wrong", said.map(|arguments| tool.run(arguments)).join("\n"));
}

#[test]
fn without_checks_or_without_one_region_nothing_is_asked() {
    let application = "applications:\n  shop:\n    names: [shop]\n";
    let checks =
        "    checks:\n      - {name: key, secret: {secret: a}}\n      - {name: port, tcp: {host: a, port: 1}}\n";
    let two = "recovery: [{from: us-east-1, to: us-west-2}, {from: eu-west-1, to: eu-central-1}]\n";
    let said = [
        Tool::new().file("seaworthy.yaml", application).run("verify shop"),
        Tool::new().file("seaworthy.yaml", format!("{application}{checks}")).run("verify shop"),
        Tool::new().file("seaworthy.yaml", format!("{two}{application}{checks}")).run("verify shop"),
        Tool::new().file("seaworthy.yaml", format!("{two}{application}{checks}")).run("verify shop --list --only port"),
        Tool::new()
            .file("seaworthy.yaml", format!("{two}{application}    regions: [eu-west-1]\n{checks}"))
            .run("verify shop --list"),
    ];
    assert_snapshot!("no-checks", said.join("\n"));
}
