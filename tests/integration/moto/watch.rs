//! What goes over the wire between the tool and moto: what is called, and what is denied or broken off.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::{Value, json};

use super::server::Moto;
use crate::live::{live, report};
use crate::tool::Tool;

pub(super) const KEY: (&str, &str) = ("testing", "testing");

pub(super) const CONFIG: &str = "\
regions: [us-east-1]
recovery:
  - {from: us-east-1, to: us-west-2}
applications:
  shop: {tags: {app: shop}, pattern: pilot-light}
";

/// Whether it is permitted to be asked of a service by Cloud Control, which asks it in the name of the caller.
pub(super) fn is_behind(action: &str) -> bool {
    ["dsql:", "redshift-serverless:", "redshift:"].iter().any(|service| action.starts_with(service))
}

/// The estate of seed_wire.py. Rules are for all who ask, so that only one test at a time has it.
pub(super) struct Watched(MutexGuard<'static, Moto>);

/// What came of one look at it.
pub(super) struct Seen {
    /// By id.
    pub(super) resources: BTreeMap<String, Value>,
    pub(super) coverage: Vec<Value>,
    /// Calls to everything but STS, in their order.
    pub(super) calls: Vec<Value>,
    /// By policy and id of the resource.
    pub(super) verdicts: BTreeMap<(String, String), BTreeSet<String>>,
}

impl Watched {
    pub(super) fn new() -> Self {
        static MOTO: OnceLock<Mutex<Moto>> = OnceLock::new();
        let moto = MOTO.get_or_init(|| {
            let moto = Moto::start();
            moto.run("seed_wire.py");
            Mutex::new(moto)
        });
        Self(moto.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs a command under these rules, and gives what it called.
    pub(super) fn called(&self, tool: &Tool, arguments: &str, rules: &Value) -> (Option<i32>, Vec<Value>) {
        self.ask("PUT", &rules.to_string());
        let done = live(tool, &self.0.url, KEY, arguments);
        let calls: Vec<Value> = serde_json::from_str(&self.ask("GET", "")).unwrap();
        let is_read = |call: &Value| !action(call).starts_with("sts:");
        (done.status.code(), calls.into_iter().filter(is_read).collect())
    }

    /// Collects under these rules, and judges.
    pub(super) fn look(&self, rules: &Value) -> Seen {
        let tool = Tool::new().file("seaworthy.yaml", CONFIG);
        let (exit, calls) = self.called(&tool, "collect -o estate.ndjson", rules);
        assert_eq!(exit, Some(0), "{rules}");
        let text = std::fs::read_to_string(tool.path().join("estate.ndjson")).unwrap();
        let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let head = lines.next().unwrap();
        let resources = lines.map(|line| (line["id"].as_str().unwrap().to_owned(), line)).collect();
        tool.command("check estate.ndjson -f json=out.json --show all").output().unwrap();
        let mut verdicts: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for verdict in report(&tool)["verdicts"].as_array().unwrap() {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let key = (text(&verdict["policy"]), text(&verdict["resource"]["id"]));
            verdicts.entry(key).or_default().insert(text(&verdict["verdict"]));
        }
        Seen { resources, coverage: head["coverage"].as_array().unwrap().clone(), calls, verdicts }
    }

    fn ask(&self, method: &str, body: &str) -> String {
        let host = self.0.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        let length = body.len();
        write!(stream, "{method} /watch HTTP/1.0\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }
}

pub(super) fn action(call: &Value) -> &str {
    call["action"].as_str().unwrap()
}

/// Every action that is called.
pub(super) fn actions(calls: &[Value]) -> BTreeSet<&str> {
    calls.iter().map(action).collect()
}

/// The actions in groups, in each at most one of a collector: what one collector is denied is no other's business.
pub(super) fn groups(actions: &BTreeSet<&str>) -> Vec<BTreeSet<String>> {
    let mut groups: Vec<BTreeSet<String>> = Vec::new();
    let mut next: BTreeMap<&str, usize> = BTreeMap::new();
    for action in actions {
        let service = match action.split(':').next().unwrap() {
            // The collector of ECS asks it.
            "application-autoscaling" => "ecs",
            service => service,
        };
        let at = next.entry(service).or_default();
        if groups.len() <= *at {
            groups.push(BTreeSet::new());
        }
        groups[*at].insert((*action).to_owned());
        *at += 1;
    }
    groups
}

/// A rule against these actions, one thing a page.
pub(super) fn without(rule: &str, actions: &BTreeSet<String>) -> Value {
    json!({"answers": true, "small_pages": true, rule: actions})
}
