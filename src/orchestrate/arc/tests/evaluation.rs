//! What Region switch itself says.

use super::estates::{at, estate, switch_plan};
use super::*;

#[test]
fn what_aws_says_stands_beside_what_we_say() {
    let mut made = plan();
    made["arn"] = json!(PLAN);
    made["owner"] = json!(ACCOUNT);
    made["version"] = json!("4");
    let warning = |step: &str, resource: &str, message: &str, active: bool| {
        json!({"step": step, "resource": resource, "message": message, "active": active,
        "updated_at": "2026-11-22T05:00:00Z"})
    };
    let facts = json!({"evaluation": "actionrequired", "warnings": [
        warning("groups", &group(WEST), "The maximum is too low.", true),
        warning("warm", "arn:aws:iam::111122223333:role/x", "The role may not invoke it.", true),
        warning("names", "Z1", "was resolved", false),
    ]});
    let mut resources = estate();
    resources.push(switch_plan(PLAN, &facts));
    let quota = json!({"quota_warning": {"service": "rds", "code": "L-1", "quota": "DB instances", "too_low": true, "state": "pending", "plan": PLAN, "checked_at": null}});
    resources.push(resource(
        "aws.arcregionswitch.quota-warning",
        &format!("{PLAN}/quota-warning/x"),
        Some(WEST),
        &quota,
    ));
    let small = at(&resources, &group(WEST));
    resources[small]["capacity"]["max"] = json!(2);
    let key = at(&resources, &arn("kms", WEST, "key/k"));
    resources[key]["status"]["healthy"] = json!(false);
    let found = look(&json!({"plan": made}), &resources);
    let aws = found.aws.unwrap();
    let told: Vec<(Option<&str>, &str)> =
        aws.warnings.iter().map(|it| (it.step.as_deref(), it.ours.as_str())).collect();
    assert_eq!(
        told,
        [
            (Some("groups"), "the same step has too-small"),
            (Some("warm"), "nothing: 'arn:aws:iam::111122223333:role/x' was not collected"),
        ]
    );
    assert_eq!(aws.quotas, ["DB instances in us-west-2 is too low (pending)"]);
    assert_eq!(
        aws.differences,
        [
            "it evaluated version 3, and this is version 4",
            "5 fatal findings it cannot find, for it does not look at that: key-not-usable",
        ]
    );
    assert_eq!((aws.state.as_deref(), aws.version.as_deref()), (Some("actionrequired"), Some("3")));
    let warns: Vec<&str> =
        found.findings.iter().filter(|it| it.id == "aws-warns").map(|it| it.message.as_str()).collect();
    assert_eq!(warns, ["Region switch warns: The role may not invoke it."]);
    // A plan that passed, of which we know better; and one that was not read.
    let last = resources.len() - 2;
    resources[last] = switch_plan(PLAN, &json!({"evaluated_version": "4"}));
    let found = look(&json!({"plan": made}), &resources).aws.unwrap();
    assert_eq!(
        found.differences,
        [
            "5 fatal findings it cannot find, for it does not look at that: key-not-usable",
            "it passed the plan, and we find too-small: one of both looks at an older state, or at other resources",
        ]
    );
    resources.truncate(last);
    let found = look(&json!({"plan": made}), &resources);
    assert!(found.aws.is_none() && said(&found).contains("unknown evaluation-not-seen /plan/arn"));
}
