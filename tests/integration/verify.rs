//! `verify`: the checks of an application, against servers of every kind on this machine.

#[cfg(feature = "aws")]
mod aws;
mod certificates;
mod faults;
mod servers;

use std::time::{Duration, Instant};

use insta::assert_snapshot;
use seaworthy::result::Verified;
use serde_json::{Value, json};

use crate::tool::Tool;
use certificates::Authority;
use servers::{Answer, Port};

/// The checks, one a line in the form of YAML.
fn tool(checks: &[String]) -> Tool {
    let checks: String = checks.iter().map(|check| format!("      - {check}\n")).collect();
    let text = format!(
        "recovery: [{{from: us-east-1, to: us-west-2}}]\napplications:\n  shop:\n    names: [shop]\n    checks:\n{checks}"
    );
    Tool::new().file("seaworthy.yaml", text)
}

/// Without what differs from run to run.
fn redacted(transcript: &str, ports: &[(Port, &str)]) -> String {
    let mut text = transcript.to_owned();
    for (port, name) in ports {
        text = text.replace(&port.0.to_string(), name);
    }
    let took = regex::Regex::new(r"in \d+\.\ds").unwrap();
    took.replace_all(&text, "in [time]").into_owned()
}

fn run(tool: &Tool, arguments: &str, variables: &[(&str, &str)]) -> String {
    let output = tool.command(arguments).envs(variables.iter().copied()).output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    assert!(!said.contains("canary"), "something secret is shown: {said}");
    format!("$ seaworthy {arguments}\n{said}[exit {}]\n", output.status.code().unwrap())
}

/// With times, tries and the version in their places.
fn document(tool: &Tool, arguments: &str) -> Value {
    let output = tool.command(arguments).output().unwrap();
    let mut document: Value = serde_json::from_slice(&output.stdout).unwrap();
    // Whoever keeps it as a record reads it again.
    let read: Verified = serde_json::from_slice(&output.stdout).unwrap();
    let mut again = serde_json::to_value(read).unwrap();
    (again["seaworthy"], again["version"]) = (json!("verified"), json!(1));
    assert_eq!(again, document);
    document["tool_version"] = json!("[version]");
    document["seconds"] = json!("[time]");
    document["checks"].as_array_mut().unwrap().iter_mut().for_each(|check| check["seconds"] = json!("[time]"));
    document["exit"] = json!(output.status.code());
    document
}

#[test]
fn pages_answer_as_they_should_or_not() {
    let http = servers::http(|path| match path {
        "/health" => Answer::of(200, "", "all is well"),
        "/broken" => Answer::of(503, "", "canary-page"),
        // What it was asked with stands in it.
        "/echo" => Answer::of(200, "", "you asked with canary-of-the-query"),
        "/moved" => Answer::of(302, "Location: https://canary@elsewhere.example.com/x?canary=1\r\n", ""),
        "/hostile" => Answer::of(200, "", "\u{1b}[2J\u{1b}[31mall\u{202e} is well ##[error]"),
        _ => Answer::of(404, "", ""),
    });
    let endless = servers::endless("all is well ");
    let authority = Authority::new();
    let https = servers::https(authority.server(&["localhost"]), "secure");
    let tool = tool(&[
        format!("{{name: health, http: {{url: 'http://127.0.0.1:{http}/health?canary=1', contains: is well}}}}"),
        format!("{{name: head, http: {{url: 'http://127.0.0.1:{http}/health', method: HEAD}}}}"),
        format!("{{name: broken, http: {{url: 'http://127.0.0.1:{http}/broken'}}}}"),
        format!("{{name: expected, http: {{url: 'http://127.0.0.1:{http}/broken', status: [401, 503]}}}}"),
        format!("{{name: moved, http: {{url: 'http://127.0.0.1:{http}/moved'}}}}"),
        format!("{{name: hostile, http: {{url: 'http://127.0.0.1:{http}/hostile', contains: all's well}}}}"),
        format!("{{name: secure, http: {{url: 'https://localhost:{https}/', contains: secure}}}}"),
        format!("{{name: other name, http: {{url: 'https://127.0.0.1:{https}/'}}}}"),
        "{name: hidden, http: {url-from: SHOP_URL}}".to_owned(),
        "{name: echo, http: {url-from: ECHO_URL, contains: all is well}}".to_owned(),
        "{name: hidden way, http: {url-from: MOVED_URL}}".to_owned(),
        format!("{{name: endless, http: {{url: 'http://127.0.0.1:{endless}/', contains: all is well}}, within: 5s}}"),
        "{name: refused, http: {url: 'http://127.0.0.1:1/'}}".to_owned(),
    ])
    .file("ca.pem", authority.pem());
    let hidden = format!("http://user:canary@127.0.0.1:{http}/health");
    let [echo, moved] =
        ["echo?canary-of-the-query", "moved?canary"].map(|path| format!("http://127.0.0.1:{http}/{path}"));
    let variables = [("SSL_CERT_FILE", "ca.pem"), ("SHOP_URL", &*hidden), ("ECHO_URL", &*echo), ("MOVED_URL", &*moved)];
    let said = run(&tool, "verify shop --once", &variables);
    assert_snapshot!("pages", redacted(&said, &[(http, "[http]"), (https, "[https]"), (endless, "[endless]")]));
    // Whom nobody trusts.
    let said = run(&tool, "verify shop --once --only secure", &[("SSL_CERT_FILE", "seaworthy.yaml")]);
    assert_snapshot!("no-roots", redacted(&said, &[(https, "[https]")]));
}

#[test]
fn a_proxy_of_the_environment_is_used() {
    let proxy = servers::proxy();
    let tool = tool(&["{name: front, http: {url: 'http://shop.invalid/'}}".to_owned()]);
    let proxy = format!("http://127.0.0.1:{proxy}");
    let said = run(&tool, "verify shop --once -q", &[("HTTP_PROXY", &proxy)]);
    assert_eq!(said, "$ seaworthy verify shop --once -q\nVERIFIED for shop in us-west-2: its check passed\n[exit 0]\n");
    let said = run(&tool, "verify shop --once -q", &[("HTTP_PROXY", &proxy), ("NO_PROXY", "shop.invalid")]);
    // What it is then depends on the resolver of the machine.
    assert!(!said.contains("VERIFIED"), "{said}");
    // A proxy that is down says nothing of the page.
    let said = run(&tool, "verify shop --once", &[("HTTP_PROXY", "http://127.0.0.1:1")]);
    assert_snapshot!("proxy-down", redacted(&said, &[]));
    let said = run(&tool, "verify shop --once", &[("ALL_PROXY", "socks5://user:canary@127.0.0.1:1")]);
    assert_snapshot!("proxy-socks", redacted(&said, &[]));
}

#[test]
fn a_certificate_is_for_the_name_trusted_and_valid_or_each_is_told() {
    let authority = Authority::new();
    let stranger = Authority::called("a stranger");
    let half_an_hour = Duration::from_secs(1_800);
    let at = |by: &Authority, names: &[&str], from: (i32, u8, u8), until: (i32, u8, u8)| {
        let day = |(year, month, day)| rcgen::date_time_ymd(year, month, day);
        servers::https(
            by.dated(names, |it| {
                it.not_before = day(from) + half_an_hour;
                it.not_after = day(until) + half_an_hour;
            }),
            "",
        )
    };
    let name = ["shop.example.com"];
    let good = at(&authority, &name, (2026, 11, 1), (2027, 2, 1));
    let short = at(&authority, &name, (2026, 11, 1), (2026, 11, 28));
    let old = at(&authority, &name, (2026, 10, 1), (2026, 11, 20));
    let early = at(&authority, &name, (2026, 12, 1), (2027, 12, 1));
    let wrong = at(&stranger, &["a.example.com", "*.b.example.com"], (2026, 11, 1), (2026, 11, 23));
    let of_authority = authority.dated(&name, |it| it.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained));
    let of_authority = servers::https(of_authority, "");
    let plain = servers::http(|_| Answer::of(200, "", ""));
    let check = |name: &str, port: Port, more: &str| {
        format!("{{name: {name}, tls: {{host: 127.0.0.1, port: {port}, name: shop.example.com{more}}}}}")
    };
    let tool = tool(&[
        check("good", good, ""),
        check("longer", good, ", valid-for: 90d"),
        check("short", short, ""),
        check("enough", short, ", valid-for: 3d"),
        check("old", old, ""),
        check("early", early, ""),
        check("all of it", wrong, ""),
        check("authority", of_authority, ""),
        check("plain", plain, ""),
        "{name: closed, tls: {host: localhost, port: 1}}".to_owned(),
        format!("{{name: open, tcp: {{host: localhost, port: {good}}}}}"),
        "{name: shut, tcp: {host: 127.0.0.1, port: 1}}".to_owned(),
    ])
    .file("ca.pem", authority.pem());
    let said = run(&tool, "verify shop --once", &[("SSL_CERT_FILE", "ca.pem")]);
    let ports = [
        (good, "[good]"),
        (short, "[short]"),
        (old, "[old]"),
        (early, "[early]"),
        (wrong, "[wrong]"),
        (of_authority, "[authority]"),
        (plain, "[plain]"),
    ];
    assert_snapshot!("certificates", redacted(&said, &ports));
}

#[test]
fn a_name_leads_where_it_should_or_not() {
    let dns = servers::dns(|name, kind| match (name, kind) {
        ("shop.us-west-2.example.com", 1) => Ok(vec![vec![10, 0, 0, 1], vec![10, 0, 0, 2]]),
        ("shop.example.com", 5) => Ok(vec![b"\x04West\x07example\x03com\x00".to_vec()]),
        ("shop.example.com", 16) => Ok(vec![b"\x0e\x1b[31mowned##[x".to_vec()]),
        ("broken.example.com", _) => Err(2),
        ("empty.example.com", _) => Ok(Vec::new()),
        _ => Err(3),
    });
    let check = |name: &str, asked: &str| format!("{{name: {name}, dns: {{server: '127.0.0.1:{dns}', {asked}}}}}");
    let tool = tool(&[
        check("any", "name: 'shop.{region}.example.com'"),
        check("some", "name: 'shop.{region}.example.com', contains: 10.0.0.2, not: 10.9.9.9"),
        check("not all", "name: 'shop.{region}.example.com', equals: [10.0.0.1]"),
        check("all", "name: 'shop.{region}.example.com', equals: [10.0.0.2, 10.0.0.1]"),
        check("missing", "name: 'shop.{region}.example.com', contains: [10.0.0.1, 10.0.0.3]"),
        check("still old", "name: 'shop.{region}.example.com', not: [10.0.0.2]"),
        check("alias", "name: shop.example.com, type: CNAME, equals: west.example.com."),
        check("text", "name: shop.example.com, type: TXT, contains: fine"),
        check("no name", "name: nobody.example.com"),
        check("no record", "name: empty.example.com, type: AAAA"),
        check("broken", "name: broken.example.com"),
    ]);
    assert_snapshot!("names", redacted(&run(&tool, "verify shop --once", &[]), &[(dns, "[dns]")]));
}

#[test]
fn databases_answer_and_nothing_of_their_urls_is_told() {
    let writer = servers::postgres("f", None);
    let replica = servers::postgres("t", None);
    let angry = servers::postgres("f", Some("28P01"));
    let mysql = servers::mysql(["0", "0"], None);
    let locked = servers::mysql(["0", "1"], None);
    let refuses = servers::mysql(["0", "0"], Some(1045));
    let urls = [
        ("WRITER", format!("postgres://app:canary-password@127.0.0.1:{writer}/shop?canary-option=1")),
        ("PLAIN", format!("postgres://app:canary-password@127.0.0.1:{writer}/shop")),
        ("REPLICA", format!("postgresql://app:canary-password@127.0.0.1:{replica}/shop?sslmode=disable")),
        ("ANGRY", format!("postgres://app:canary-password@127.0.0.1:{angry}/shop")),
        ("MYSQL", format!("mysql://app:canary-password@127.0.0.1:{mysql}/shop")),
        ("LOCKED", format!("mariadb://app:canary-password@127.0.0.1:{locked}/shop?ssl-mode=DISABLED")),
        ("REFUSES", format!("mysql://app:canary-password@127.0.0.1:{refuses}/shop")),
        ("SECURE", format!("mysql://app:canary-password@127.0.0.1:{mysql}/shop?ssl-mode=REQUIRED")),
        ("SECURE_TOO", format!("postgres://app:canary-password@127.0.0.1:{writer}/shop?sslmode=require")),
        ("OTHER", "canary-password".to_owned()),
        ("EMPTY", String::new()),
    ];
    let check =
        |name: &str, more: &str| format!("{{name: {}, database: {{url-from: {name}{more}}}}}", name.to_lowercase());
    let tool = tool(&[
        check("WRITER", ""),
        check("PLAIN", ", writer: true"),
        check("REPLICA", ", writer: true"),
        "{name: replica as wanted, database: {url-from: REPLICA, writer: false}}".to_owned(),
        check("ANGRY", ""),
        check("MYSQL", ", writer: true"),
        check("LOCKED", ", writer: true"),
        check("REFUSES", ""),
        check("SECURE", ""),
        check("SECURE_TOO", ""),
        check("OTHER", ""),
        check("EMPTY", ""),
        check("UNSET", ""),
    ]);
    let variables: Vec<(&str, &str)> = urls.iter().map(|(name, url)| (*name, url.as_str())).collect();
    assert_snapshot!("databases", redacted(&run(&tool, "verify shop --once", &variables), &[]));
}

#[test]
fn a_check_is_tried_until_the_server_is_up() {
    let port = servers::free();
    let tool = tool(&[
        format!("{{name: front, within: 20s, every: 1s, http: {{url: 'http://127.0.0.1:{port}/'}}}}"),
        "{name: east, only-in: [us-east-1], tcp: {host: localhost, port: 1}}".to_owned(),
    ]);
    let late = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(1_500));
        servers::http_at(port, |_| Answer::of(200, "", ""));
    });
    let mut found = document(&tool, "verify shop -f json");
    late.join().unwrap();
    assert!(found["checks"][0]["tries"].as_u64().unwrap() >= 2, "{found}");
    found["checks"][0]["tries"] = json!("[tries]");
    assert_eq!(
        found,
        json!({
            "seaworthy": "verified", "version": 1, "tool_version": "[version]", "application": "shop",
            "region": "us-west-2", "started": crate::tool::NOW, "seconds": "[time]", "answer": "verified",
            "sentence": "VERIFIED for shop in us-west-2: its check passed",
            "checks": [
                {"name": "front", "kind": "http", "target": format!("http://127.0.0.1:{port}/"), "outcome": "passed",
                 "tries": "[tries]", "seconds": "[time]", "seen": "it answers 200"},
                {"name": "east", "kind": "tcp", "target": "localhost:1", "outcome": "skipped", "tries": 0,
                 "seconds": "[time]", "seen": "it is for us-east-1 only"},
            ],
            "exit": 0,
        })
    );
}

/// Of a check, and of all of them together.
#[test]
fn the_time_is_kept_within_a_second() {
    let silent = servers::silent();
    let tool = tool(&[
        format!("{{name: silent, within: 2s, http: {{url: 'http://127.0.0.1:{silent}/'}}}}"),
        "{name: closed, within: 2s, tcp: {host: 127.0.0.1, port: 1}}".to_owned(),
        format!("{{name: mute, within: 1h, tls: {{host: localhost, port: {silent}}}}}"),
        "{name: last, tcp: {host: 127.0.0.1, port: 1}}".to_owned(),
    ])
    .file("ca.pem", Authority::new().pem());
    let start = Instant::now();
    let said = run(&tool, "verify shop --within 6s", &[("SSL_CERT_FILE", "ca.pem")]);
    let took = start.elapsed();
    assert!(took >= Duration::from_secs(5) && took < Duration::from_secs(7), "{took:?}");
    let tries = regex::Regex::new(r"\d+ (try|tries)").unwrap();
    let said = tries.replace_all(&said, "[tries]").into_owned();
    assert_snapshot!("deadline", redacted(&said, &[(silent, "[silent]")]));
}

#[cfg(unix)]
#[test]
fn interrupted_it_gives_what_it_has() {
    let http = servers::http(|_| Answer::of(200, "", ""));
    let tool = tool(&[
        format!("{{name: front, http: {{url: 'http://127.0.0.1:{http}/'}}}}"),
        "{name: closed, within: 5m, tcp: {host: 127.0.0.1, port: 1}}".to_owned(),
        "{name: last, tcp: {host: 127.0.0.1, port: 1}}".to_owned(),
    ]);
    let mut command = tool.command("verify shop -f junit");
    let child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(1_500));
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    let time = regex::Regex::new(r#"time="[0-9.]+""#).unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_snapshot!("interrupted", time.replace_all(&said, "time=\"[time]\""));
    assert_eq!(output.status.code(), Some(4));
}
