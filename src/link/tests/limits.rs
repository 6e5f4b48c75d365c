//! What an account is allowed in its recovery region: the region itself, its organization's policies, and quotas.

use super::*;

fn region(name: &str, enabled: bool) -> Value {
    json!({
        "id": format!("arn:aws:account::{ACCOUNT}:region/{name}"), "kind": "aws.account.region", "name": name,
        "place": place(name), "tags": null,
        "status": {"state": if enabled { "opted-in" } else { "not-opted-in" }, "healthy": enabled, "created_at": null},
    })
}

const EAST: &str = "arn:aws:account::111122223333:region/us-east-1";

const MANAGEMENT: &str = "999999999999";

fn organization(accounts: &[&str]) -> Value {
    json!({
        "id": "o-1", "kind": "aws.organizations.organization", "name": "o-1",
        "place": {"account": MANAGEMENT, "region": null}, "tags": null,
        "guard_rail": {"form": "organization", "accounts": accounts, "regions": null},
    })
}

fn policy(accounts: Value, rest: Value) -> Value {
    let mut rule = json!({
        "at": "policy 'regions', statement 1", "regions": ["us-east-1"], "shuts_out_named": false, "services": ["*"],
        "spared": [], "unless": null, "value": "aws:RequestedRegion: us-east-1",
    });
    rule.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    let mut facts = json!({"form": "service-control-policy", "regions": [rule]});
    if !accounts.is_null() {
        facts["accounts"] = accounts;
    }
    json!({
        "id": "p-1", "kind": "aws.organizations.policy", "name": "regions",
        "place": {"account": MANAGEMENT, "region": null}, "tags": null, "guard_rail": facts,
    })
}

#[test]
fn a_policy_that_a_plan_makes_or_changes_says_which_recovery_regions_it_shuts_out_from_now_on() {
    let found = |change: &str, before: Option<Value>, after: Value| {
        let mut after = after;
        after["change"] = json!({"action": change});
        if let Some(before) = before {
            after["before"] = before;
        }
        facts(inventory(vec![after], ALL_SEEN), &paired(), "p-1", &["shut_out"])
    };
    let regions = |regions: Value| json!({"joined": {"shut_out": regions}, "unknown": {}});
    let narrow = || policy(json!([ACCOUNT]), json!({}));
    let wide = || policy(json!([ACCOUNT]), json!({"regions": ["us-east-1", "us-west-2"]}));
    assert_eq!(found("create", None, narrow()), regions(json!(["us-west-2"])));
    assert_eq!(found("create", None, wide()), regions(json!([])));
    assert_eq!(found("update", Some(wide()), narrow()), regions(json!(["us-west-2"])));
    assert_eq!(found("update", Some(narrow()), narrow()), regions(json!([])));
    // Attached to another account, what it said before is new there.
    let both = policy(json!([ACCOUNT, MANAGEMENT]), json!({}));
    assert_eq!(found("update", Some(narrow()), both), regions(json!(["us-west-2"])));
    assert_eq!(found("no-op", None, narrow()), regions(Value::Null));
    // No fail without evidence: what else decides hangs on the request, or the text is not known.
    let reason = "it asks for ArnNotLike aws:PrincipalARN, which depends on the request";
    let asks = policy(json!([ACCOUNT]), json!({"unless": "ArnNotLike aws:PrincipalARN"}));
    assert_eq!(found("create", None, asks), json!({"joined": {}, "unknown": {"joined.shut_out": reason}}));
    let mut silent = narrow();
    silent["guard_rail"].as_object_mut().unwrap().remove("regions");
    silent["unknown"] = json!({"guard_rail.regions": "known only after apply"});
    let unknown = json!({"joined": {}, "unknown": {"joined.shut_out": "known only after apply"}});
    assert_eq!(found("create", None, silent.clone()), unknown);
    let reason = "what it said of regions before is not known";
    let unknown = json!({"joined": {}, "unknown": {"joined.shut_out": reason}});
    assert_eq!(found("update", Some(silent.clone()), narrow()), unknown);
    assert_eq!(found("update", Some(silent), wide()), regions(json!([])));
}

/// The account's own look at its organization was refused, as it is for members.
fn seen(management: &'static str) -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
    let own = [(ACCOUNT, "", "organizations", "skipped"), (MANAGEMENT, "", "organizations", management)];
    ALL_SEEN.iter().copied().chain(own).collect()
}

#[test]
fn a_region_is_needed_where_something_comes_back_from_it() {
    let found = |enabled, more: Vec<Value>| {
        let all = [region("us-east-1", true), region("us-west-2", enabled)].into_iter().chain(more).collect();
        facts(inventory(all, ALL_SEEN), &paired(), EAST, &["counterpart", "needed_in_recovery", "denials"])
    };
    let there = |state: &str, usable: bool| {
        json!({
            "id": "arn:aws:account::111122223333:region/us-west-2", "how": "region", "region": "us-west-2",
            "account": ACCOUNT, "state": state, "usable": usable,
        })
    };
    assert_eq!(
        found(false, vec![orders(&[])]),
        json!({
            "joined": {"counterpart": there("not-opted-in", false), "needed_in_recovery": true, "denials": []},
            "unknown": {},
        })
    );
    assert_eq!(
        found(true, vec![]),
        json!({
            "joined": {"counterpart": there("opted-in", true), "needed_in_recovery": false, "denials": []},
            "unknown": {},
        })
    );
    let rows = [(ACCOUNT, "", "*", "complete"), (ACCOUNT, "us-east-1", "rds", "denied")];
    assert_eq!(
        facts(
            inventory(vec![region("us-east-1", true)], &rows),
            &paired(),
            EAST,
            &["counterpart", "needed_in_recovery"]
        ),
        json!({
            "joined": {"counterpart": null},
            "unknown": {"joined.needed_in_recovery": "autoscaling in 111122223333 · us-east-1 was not collected"},
        })
    );
}

#[test]
fn a_policy_above_the_account_denies_what_comes_back() {
    let found = |policy: Value, management| {
        let all = vec![region("us-east-1", true), orders(&[]), organization(&[ACCOUNT]), policy];
        facts(inventory(all, &seen(management)), &paired(), EAST, &["denials"])
    };
    let denial = |certain: bool, unless: Value| {
        let mut denial = json!({
            "policy": "p-1", "at": "policy 'regions', statement 1", "services": ["rds"],
            "value": "aws:RequestedRegion: us-east-1", "unless": unless,
        });
        if certain {
            denial["certain"] = json!(true);
        }
        json!({"denials": [denial]})
    };
    let above = json!([ACCOUNT]);
    assert_eq!(
        found(policy(above.clone(), json!({})), "complete"),
        json!({"joined": denial(true, Value::Null), "unknown": {}})
    );
    // Some callers are spared: whether those who recover are among them nobody knows.
    let unless = "ArnNotLike aws:PrincipalARN";
    assert_eq!(
        found(policy(above.clone(), json!({"unless": unless})), "complete"),
        json!({
            "joined": denial(false, json!(unless)),
            "unknown": {
                "joined.denials.certain":
                    format!("policy 'regions', statement 1 asks for {unless}, which depends on the request"),
            },
        })
    );
    let none = json!({"joined": {"denials": []}, "unknown": {}});
    for harmless in [
        policy(above.clone(), json!({"spared": ["rds"]})),
        policy(above.clone(), json!({"services": ["bedrock"]})),
        policy(above.clone(), json!({"regions": ["us-east-1", "us-west-*"]})),
        policy(above.clone(), json!({"regions": ["eu-west-1"], "shuts_out_named": true})),
        policy(json!(["222222222222"]), json!({})),
    ] {
        assert_eq!(found(harmless, "complete"), none);
    }
    let named = policy(above, json!({"regions": ["us-west-*"], "shuts_out_named": true}));
    assert_eq!(found(named, "complete"), json!({"joined": denial(true, Value::Null), "unknown": {}}));
}

#[test]
fn no_pass_without_evidence_policies_that_were_not_read_may_deny() {
    let found = |resources: Vec<Value>, management| {
        let all = [region("us-east-1", true), orders(&[])].into_iter().chain(resources).collect();
        facts(inventory(all, &seen(management)), &paired(), EAST, &["denials"])
    };
    let unknown = |reason: &str| json!({"joined": {"denials": []}, "unknown": {"joined.denials": reason}});
    assert_eq!(found(vec![], "complete"), unknown("organizations not asked in 111122223333"));
    let denied = "organizations:List denied in 999999999999";
    assert_eq!(found(vec![organization(&[ACCOUNT])], "denied"), unknown(denied));
    let unattached = policy(Value::Null, json!({}));
    assert_eq!(
        found(vec![organization(&[ACCOUNT]), unattached], "complete"),
        unknown("policy 'regions': the accounts that it is above of are not known")
    );
}

fn quota_of(code: &str, value: u64) -> Value {
    let (service, code) = code.split_once('/').unwrap();
    json!({
        "id": arn("servicequotas", "us-west-2", &format!("{service}/{code}")), "kind": "aws.servicequotas.quota",
        "name": format!("{service}/{code}"), "place": place("us-west-2"), "tags": null,
        "quota": {"service": service, "code": code, "counts": "things", "value": value},
    })
}

fn quota(value: u64) -> Value {
    quota_of("rds/L-7B6409FD", value)
}

#[test]
fn what_comes_back_is_held_against_the_quota_with_what_is_there() {
    let database = |region: &str, number: u64| {
        let name = format!("db-{number}");
        json!({
            "id": arn("rds", region, &format!("db:{name}")), "kind": "aws.rds.instance", "name": name,
            "place": place(region), "tags": {},
        })
    };
    let found = |value: u64, coming: u64, here: u64, rows: &[(&str, &str, &str, &str)]| {
        let coming = (0..coming).map(|number| database("us-east-1", number));
        let here = (0..here).map(|number| database("us-west-2", number));
        let all = coming.chain(here).chain([quota(value)]).collect();
        let id = arn("servicequotas", "us-west-2", "rds/L-7B6409FD");
        facts(inventory(all, rows), &paired(), &id, &["quota_needed"])
    };
    let known = |needed: u64| json!({"joined": {"quota_needed": needed}, "unknown": {}});
    assert_eq!(found(2, 3, 0, ALL_SEEN), known(3));
    assert_eq!(found(5, 3, 0, ALL_SEEN), known(3));
    // Too low, whatever stands in for what; and enough, even if nothing does.
    assert_eq!(found(2, 3, 1, ALL_SEEN), known(3));
    assert_eq!(found(4, 3, 1, ALL_SEEN), known(4));
    let between = "between 3 and 4, as what is there may stand in for what comes or not";
    assert_eq!(found(3, 3, 1, ALL_SEEN), json!({"joined": {}, "unknown": {"joined.quota_needed": between}}));
    let denied = [(ACCOUNT, "us-west-2", "*", "complete"), (ACCOUNT, "us-east-1", "rds", "denied")];
    let reason = "docdb in 111122223333 · us-east-1 was not collected";
    let unknown = found(5, 3, 0, &denied);
    assert_eq!(unknown["joined"], json!({}), "{unknown} {reason}");
    // What was seen is too much already.
    assert_eq!(found(2, 3, 0, &denied), known(3));
}

/// Something in us-east-1, with more facts than that.
fn thing(kind: &str, name: &str, rest: &Value) -> Value {
    let mut thing = json!({
        "id": arn("x", "us-east-1", &format!("{kind}/{name}")), "kind": kind, "name": name, "place": place("us-east-1"),
        "tags": {},
    });
    thing.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    thing
}

/// What the recovery needs of a quota, if these are all that comes back.
fn needed(code: &str, value: u64, things: Vec<Value>) -> Value {
    let id = arn("servicequotas", "us-west-2", code);
    let all = things.into_iter().chain([quota_of(code, value)]).collect();
    let found = facts(inventory(all, ALL_SEEN), &paired(), &id, &["quota_needed"]);
    match &found["joined"]["quota_needed"] {
        Value::Null => found["unknown"]["joined.quota_needed"].clone(),
        known => known.clone(),
    }
}

#[test]
fn load_balancers_are_counted_by_what_they_balance_by() {
    let balancer = |name: &str, traffic: Value| thing("aws.elbv2.load-balancer", name, &json!({"traffic": traffic}));
    let all = || {
        let named = [("a", "application"), ("b", "application"), ("c", "network"), ("d", "gateway")];
        named.map(|(name, by)| balancer(name, json!({"balancer": by}))).to_vec()
    };
    let found = |all: &dyn Fn() -> Vec<Value>| {
        [("L-53DA6B97", 1), ("L-53DA6B97", 2), ("L-69A177A2", 1)]
            .map(|(code, value)| needed(&format!("elasticloadbalancing/{code}"), value, all()))
    };
    assert_eq!(found(&all), [json!(2), json!(2), json!(1)]);
    // One that may be of either is too many for neither, and enough for none.
    let more = || all().into_iter().chain([balancer("e", json!({}))]).collect();
    let between = |least, most| json!(format!("between {least} and {most}, as not all of it counts for sure"));
    assert_eq!(found(&more), [json!(2), between(2, 3), between(1, 2)]);
}

#[test]
fn fargate_counts_the_processors_of_the_tasks_that_are_to_run() {
    let definition = |units: Value| {
        let workload = if units == "unknown" { json!({}) } else { json!({"cpu_units": units}) };
        thing("aws.ecs.task-definition", "api", &json!({"workload": workload}))
    };
    let service = |on: Value, desired: Value| {
        let run = arn("x", "us-east-1", "aws.ecs.task-definition/api");
        let rest = json!({
            "capacity": {"desired": desired}, "workload": {"launch_types": on},
            "links": [{"rel": "runs-from", "to": run}],
        });
        thing("aws.ecs.service", "api", &rest)
    };
    let found = |on: Value, desired: Value, units: Value| {
        let needed = |value| {
            needed("fargate/L-3032A538", value, vec![service(on.clone(), desired.clone()), definition(units.clone())])
        };
        [needed(2), needed(6)]
    };
    let fargate = || json!(["fargate"]);
    // Five tasks of half a processor are three.
    assert_eq!(found(fargate(), json!(5), json!(512)), [json!(3), json!(3)]);
    // Part of them may be on spot, or all of them on machines.
    let between = json!("between 0 and 3, as not all of it counts for sure");
    assert_eq!(found(json!(["fargate", "fargate_spot"]), json!(5), json!(512)), [between.clone(), json!(3)]);
    assert_eq!(found(json!([]), json!(5), json!(512)), [between, json!(3)]);
    for none in [json!(["ec2"]), json!(["fargate_spot"])] {
        assert_eq!(found(none, json!(5), json!(512)), [json!(0), json!(0)]);
    }
    assert_eq!(found(fargate(), Value::Null, json!(512)), [json!(0), json!(0)]);
    let unknown = json!("api: the processor time that a task gets is not known");
    assert_eq!(found(fargate(), json!(5), json!("unknown")), [unknown.clone(), unknown]);
    let pods = needed("fargate/L-3032A538", 6, vec![thing("aws.eks.fargate-profile", "jobs", &json!({}))]);
    assert_eq!(pods, json!("jobs: how many pods run on it is not known"));
}

#[test]
fn functions_count_what_is_reserved_for_them_and_what_has_to_stay_free() {
    let function = |name: &str, capacity: Value| thing("aws.lambda.function", name, &json!({"capacity": capacity}));
    let found = |value, all: &[Value]| needed("lambda/L-B99A9384", value, all.to_vec());
    let [api, jobs, free, unread] = [
        function("api", json!({"max": 50})),
        function("jobs", json!({"max": 20})),
        function("free", json!({"max": null})),
        function("unread", json!({})),
    ];
    assert_eq!(found(100, &[api.clone(), jobs, free.clone()]), json!(170));
    // What is not reserved may be more than any quota.
    assert_eq!(found(100, &[free]), Value::Null);
    assert_eq!(found(100, &[api.clone(), unread.clone()]), json!(150));
    assert_eq!(found(1000, &[api, unread]), json!("unread: its maximum capacity is not known"));
}

#[test]
fn machines_count_against_the_quota_of_their_family() {
    let group = |name: &str, types: Value| {
        thing("aws.autoscaling.group", name, &json!({"capacity": {"desired": 2, "types": types}}))
    };
    let all = || vec![group("web", json!(["m7g.large"])), group("gpu", json!(["g6.xlarge", "g6.2xlarge"]))];
    let found = |code: &str, value| needed(&format!("ec2/{code}"), value, all());
    assert_eq!(
        [found("L-1216C47A", 4), found("L-DB2E81BA", 16), found("L-417A185B", 0)],
        [4, 16, 0].map(|it| json!(it))
    );
    let between = "between 0 and 16, as not all of it counts for sure";
    assert_eq!(found("L-DB2E81BA", 15), json!(between));
}

#[test]
fn a_warning_matters_where_something_is_to_come_back() {
    let found = |region: &str| {
        let plan = "arn:aws:arc-region-switch::111122223333:plan/shop:0123";
        let warning = json!({
            "id": format!("{plan}/quota-warning/{region}/rds/L-7B6409FD"), "kind": "aws.arcregionswitch.quota-warning",
            "name": "rds/L-7B6409FD", "place": place(region), "tags": null,
            "quota_warning": {"service": "rds", "code": "L-7B6409FD", "quota": "DB instances", "too_low": true},
        });
        let id = warning["id"].as_str().unwrap().to_owned();
        facts(inventory(vec![warning], ALL_SEEN), &paired(), &id, &["comes_back_here"])
    };
    let expected = |comes: bool| json!({"joined": {"comes_back_here": comes}, "unknown": {}});
    assert_eq!([found("us-west-2"), found("us-east-1")], [expected(true), expected(false)]);
}
