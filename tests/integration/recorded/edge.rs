//! APIs, distributions, accelerators and routing controls, page by page: moto keeps the domains of APIs apart that both
//! interfaces list, leaves out most of distributions, and has none of the others.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::{KEY, Recorded, collect, of_service, rows};
use crate::live::command;
use crate::tool::Tool;

const SERVICES: [&str; 4] = ["apigateway", "cloudfront", "globalaccelerator", "route53recoverycontrolconfig"];

/// As their requests are signed.
const SIGNED: [&str; 4] = ["apigateway", "cloudfront", "globalaccelerator", "route53-recovery-control-config"];

#[test]
fn edges_and_switches_are_read_to_the_last_page() {
    let asked = Arc::new(Mutex::new(BTreeSet::new()));
    let heard = asked.clone();
    let recorded = Recorded::serve_but("edge", move |request| {
        heard.lock().unwrap().insert(format!("{} {}", request.region, request.called()));
        None
    });
    let lines = collect(&recorded);
    for service in SERVICES {
        insta::assert_snapshot!(format!("{service}-resources"), of_service(&lines, service));
        insta::assert_snapshot!(format!("{service}-coverage"), rows(&lines, service));
    }
    let text = lines.iter().map(ToString::to_string).collect::<String>();
    assert!(!text.contains("canary"), "a header for an origin, what an integration tells, or a comment was kept");
    let asked = asked.lock().unwrap();
    let of = |call: &&String| SIGNED.iter().any(|service| call.contains(&format!(" {service} ")));
    insta::assert_snapshot!("edge-calls", asked.iter().filter(of).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_page_of_groups_that_is_denied_leaves_those_before_it() {
    let recorded = Recorded::serve_but("edge", |request| {
        let groups = request.is_call("ListEndpointGroups") && request.parameter("NextToken").is_some();
        let rules = request.called().ends_with("/safetyrules");
        let tags = request.called().ends_with("/tagging") || request.is_call("ListTagsForResource");
        let second = ["Marker", "position", "nextToken"].iter().any(|token| request.parameter(token).is_some());
        (groups || rules || tags || second).then_some((403, "AccessDeniedException"))
    });
    let lines = collect(&recorded);
    for service in SERVICES {
        insta::assert_snapshot!(format!("{service}-resources-midway"), of_service(&lines, service));
        insta::assert_snapshot!(format!("{service}-coverage-midway"), rows(&lines, service));
    }
}

/// Other partitions have neither of the two services that are asked in us-west-2 only.
#[test]
fn where_there_is_no_such_service_nothing_is_asked() {
    let asked = Arc::new(Mutex::new(BTreeSet::new()));
    let heard = asked.clone();
    let recorded = Recorded::serve_but("edge", move |request| {
        heard.lock().unwrap().insert(request.called());
        None
    });
    let tool = Tool::new().file("seaworthy.yaml", "regions: [cn-north-1]\n");
    let mut command = command(&tool, &recorded.url, KEY, "collect -o estate.ndjson --quiet");
    let done = command.env("AWS_REGION", "cn-north-1").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = std::fs::read_to_string(tool.path().join("estate.ndjson")).unwrap();
    let header: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    for service in ["globalaccelerator", "route53recoverycontrolconfig"] {
        assert!(rows(std::slice::from_ref(&header), service).contains(r#""status": "complete""#), "{service}");
    }
    let asked = asked.lock().unwrap();
    assert!(!asked.iter().any(|call| SIGNED[2..].iter().any(|service| call.starts_with(service))), "{asked:?}");
}
