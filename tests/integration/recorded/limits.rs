//! Functions, quotas, offerings and an organization's policies, page by page: moto has one page of functions, few quotas, and
//! nothing of Region switch.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use super::{Recorded, collect, of_service, rows};

const SERVICES: [&str; 5] = ["arcregionswitch", "lambda", "organizations", "rdsofferings", "servicequotas"];

/// As their requests are signed.
const SIGNED: [&str; 5] = ["arc-region-switch", "lambda", "organizations", "rds", "servicequotas"];

#[test]
fn functions_quotas_and_policies_are_read_to_the_last_page() {
    let asked = Arc::new(Mutex::new(BTreeSet::new()));
    let heard = asked.clone();
    let recorded = Recorded::serve_but("limits", move |request| {
        heard.lock().unwrap().insert(request.called());
        // A quota that was never changed has no value of its own.
        let never_changed = request.is_call("GetServiceQuota") && request.parameter("QuotaCode") == Some("L-1194D53C");
        never_changed.then_some((400, "NoSuchResourceException"))
    });
    let lines = collect(&recorded);
    for service in SERVICES {
        insta::assert_snapshot!(format!("{service}-resources"), of_service(&lines, service));
        insta::assert_snapshot!(format!("{service}-coverage"), rows(&lines, service));
    }
    let text = lines.iter().map(ToString::to_string).collect::<String>();
    assert!(!text.contains("canary"), "a value of an environment was kept");
    let asked = asked.lock().unwrap();
    let of = |service: &str| asked.iter().filter(|call| call.starts_with(service)).cloned().collect::<Vec<_>>();
    insta::assert_snapshot!("limits-calls", SIGNED.map(|service| of(service).join("\n")).join("\n"));
}

#[test]
fn a_list_that_fails_midway_and_a_member_of_an_organization_leave_what_they_can() {
    let recorded = Recorded::serve_but("limits", |request| match () {
        () if request.parameter("Marker").is_some() => Some((403, "AccessDeniedException")),
        () if request.parameter("nextToken").is_some() => Some((403, "AccessDeniedException")),
        () if request.is_call("ListPolicies") => Some((400, "AccessDeniedException")),
        () if request.called().ends_with("/configuration") => Some((403, "AccessDeniedException")),
        () if request.is_call("GetAWSDefaultServiceQuota") => Some((403, "AccessDeniedException")),
        () if request.is_call("GetServiceQuota") && request.parameter("QuotaCode") != Some("L-7B6409FD") => {
            Some((400, "NoSuchResourceException"))
        }
        () => None,
    });
    let lines = collect(&recorded);
    for service in SERVICES {
        insta::assert_snapshot!(format!("{service}-resources-midway"), of_service(&lines, service));
        insta::assert_snapshot!(format!("{service}-coverage-midway"), rows(&lines, service));
    }
}
