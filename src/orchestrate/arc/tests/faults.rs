//! Planted faults.

use super::estates::{at, estate};
use super::*;

const STEPS: &str = "/workflows/0/steps";

fn set(value: &mut Value, pointer: &str, new: Value) {
    *value.pointer_mut(pointer).unwrap() = new;
}

fn take(value: &mut Value, pointer: &str, key: &str) {
    value.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(key);
}

fn add(value: &mut Value, pointer: &str, key: &str, new: Value) {
    value.pointer_mut(pointer).unwrap().as_object_mut().unwrap().insert(key.to_owned(), new);
}

#[test]
fn a_plan_in_which_all_is_well_can_be_executed() {
    let found = look(&plan(), &estate());
    assert_eq!(said(&found), BTreeSet::from([format!("unknown health-check-to-attach {STEPS}/9")]));
    assert_eq!((found.answer, found.workflows, found.steps), (Decision::Go, 3, 29));
    let printed = json!({"plan": plan()});
    assert!(is_plan(&plan().to_string()) && is_plan(&printed.to_string()));
    assert!(!is_plan("{\"StatePayload\": []}") && !is_plan("[]") && !is_plan("{"));
}

#[test]
fn each_fault_of_a_plan_is_one_finding_where_it_stands() {
    type Edit = fn(&mut Value);
    const AURORA: &str = "/workflows/0/steps/1/executionBlockConfiguration/globalAuroraConfig";
    const INNER: &str = "/workflows/0/steps/2/executionBlockConfiguration/parallelConfig/steps";
    const GROUPS: &str = "/workflows/0/steps/3/executionBlockConfiguration/ec2AsgCapacityIncreaseConfig";
    const WARM: &str = "/workflows/0/steps/6/executionBlockConfiguration/customActionLambdaConfig";
    let cases: &[(&str, Edit)] = &[
        ("fatal missing-member ", |it| take(it, "", "name")),
        ("fatal missing-member ", |it| take(it, "", "recoveryApproach")),
        ("fatal unknown-member /primaryRegionn", |it| add(it, "", "primaryRegionn", json!(EAST))),
        ("unknown member-not-known /ofTomorrow", |it| add(it, "", "ofTomorrow", json!(1))),
        ("fatal wrong-type /recoveryTimeObjectiveMinutes", |it| set(it, "/recoveryTimeObjectiveMinutes", json!("60"))),
        ("fatal wrong-form /name", |it| set(it, "/name", json!("shop_1"))),
        ("fatal not-a-value /recoveryApproach", |it| set(it, "/recoveryApproach", json!("ActivePassive"))),
        ("fatal unknown-block-type /workflows/0/steps/6/executionBlockType", |it| {
            set(it, &format!("{STEPS}/6/executionBlockType"), json!("CustomActionLamda"))
        }),
        ("fatal missing-member /workflows/0/steps/6", |it| take(it, &format!("{STEPS}/6"), "executionBlockType")),
        ("fatal missing-member /workflows/0/steps/6/executionBlockConfiguration/customActionLambdaConfig", |it| {
            take(it, WARM, "retryIntervalMinutes")
        }),
        ("fatal other-configuration /workflows/0/steps/6/executionBlockConfiguration", |it| {
            set(it, &format!("{STEPS}/6/executionBlockType"), json!("SSMSendCommand"))
        }),
        ("fatal not-a-value /workflows/0/steps/1/executionBlockConfiguration/globalAuroraConfig/behavior", |it| {
            set(it, &format!("{AURORA}/behavior"), json!("switchover"))
        }),
        ("risk switchover-in-an-outage /workflows/0/steps/1", |it| take(it, AURORA, "ungraceful")),
        (
            "fatal out-of-bounds /workflows/0/steps/0/executionBlockConfiguration/executionApprovalConfig/timeoutMinutes",
            |it| {
                set(
                    it,
                    &format!("{STEPS}/0/executionBlockConfiguration/executionApprovalConfig/timeoutMinutes"),
                    json!(0),
                );
            },
        ),
        (
            "fatal approver-of-other-account /workflows/0/steps/0/executionBlockConfiguration/executionApprovalConfig/approvalRole",
            |it| {
                // Its account was not collected, so that whether it is there is not known besides.
                set(
                    it,
                    &format!("{STEPS}/0/executionBlockConfiguration/executionApprovalConfig/approvalRole"),
                    json!("arn:aws:iam::444455556666:role/approver"),
                );
            },
        ),
        (
            "fatal unfit-share /workflows/0/steps/3/executionBlockConfiguration/ec2AsgCapacityIncreaseConfig/asgs/0/arn",
            |it| {
                set(it, &format!("{GROUPS}/targetPercent"), json!(i64::MAX));
            },
        ),
        (
            "fatal unfit-share /workflows/0/steps/3/executionBlockConfiguration/ec2AsgCapacityIncreaseConfig/asgs/0/arn",
            |it| {
                set(it, &format!("{GROUPS}/targetPercent"), json!(-5));
            },
        ),
        ("fatal region-missing /workflows/0/steps/3/executionBlockConfiguration/ec2AsgCapacityIncreaseConfig", |it| {
            set(it, &format!("{GROUPS}/asgs/0/arn"), json!(group(WEST)))
        }),
        (
            "fatal wrong-region /workflows/0/steps/3/executionBlockConfiguration/ec2AsgCapacityIncreaseConfig/asgs/0/arn",
            |it| set(it, &format!("{GROUPS}/asgs/0/arn"), json!(group("eu-west-1"))),
        ),
        (
            "fatal no-cross-account-role /workflows/0/steps/3/executionBlockConfiguration/ec2AsgCapacityIncreaseConfig/asgs/0/arn",
            |it| {
                set(it, &format!("{GROUPS}/asgs/0/arn"), json!(group(EAST).replace(ACCOUNT, "444455556666")));
            },
        ),
        (
            "fatal role-of-other-account /workflows/0/steps/3/executionBlockConfiguration/ec2AsgCapacityIncreaseConfig/asgs/0/crossAccountRole",
            |it| {
                add(it, &format!("{GROUPS}/asgs/0"), "crossAccountRole", json!("arn:aws:iam::444455556666:role/x"));
            },
        ),
        (
            "fatal wrong-region /workflows/0/steps/2/executionBlockConfiguration/parallelConfig/steps/3/executionBlockConfiguration/neptuneGlobalDatabaseConfig/regionDatabaseClusterArns/us-west-2",
            |it| {
                set(
                    it,
                    &format!(
                        "{INNER}/3/executionBlockConfiguration/neptuneGlobalDatabaseConfig/regionDatabaseClusterArns/us-west-2"
                    ),
                    json!(arn("rds", EAST, "cluster:graph")),
                );
            },
        ),
        (
            "fatal region-missing /workflows/0/steps/2/executionBlockConfiguration/parallelConfig/steps/0/executionBlockConfiguration/rdsPromoteReadReplicaConfig/dbInstanceArnMap",
            |it| {
                take(
                    it,
                    &format!("{INNER}/0/executionBlockConfiguration/rdsPromoteReadReplicaConfig/dbInstanceArnMap"),
                    EAST,
                );
            },
        ),
        (
            "fatal region-missing /workflows/0/steps/8/executionBlockConfiguration/arcRoutingControlConfig/regionAndRoutingControls",
            |it| {
                take(
                    it,
                    &format!("{STEPS}/8/executionBlockConfiguration/arcRoutingControlConfig/regionAndRoutingControls"),
                    EAST,
                );
            },
        ),
        (
            "risk nothing-switched-on /workflows/0/steps/8/executionBlockConfiguration/arcRoutingControlConfig/regionAndRoutingControls/us-west-2",
            |it| {
                set(
                    it,
                    &format!(
                        "{STEPS}/8/executionBlockConfiguration/arcRoutingControlConfig/regionAndRoutingControls/us-west-2/0/state"
                    ),
                    json!("Off"),
                );
            },
        ),
        (
            "risk runs-in-lost-region /workflows/0/steps/6/executionBlockConfiguration/customActionLambdaConfig/regionToRun",
            |it| set(it, &format!("{WARM}/regionToRun"), json!("deactivatingRegion")),
        ),
        ("fatal region-missing /workflows/0/steps/9/executionBlockConfiguration/route53HealthCheckConfig", |it| {
            set(
                it,
                &format!("{STEPS}/9/executionBlockConfiguration/route53HealthCheckConfig/recordSets"),
                json!([{"recordSetIdentifier": "east", "region": EAST}]),
            );
        }),
        (
            "fatal record-not-there /workflows/0/steps/9/executionBlockConfiguration/route53HealthCheckConfig/recordSets/1/recordSetIdentifier",
            |it| {
                set(
                    it,
                    &format!(
                        "{STEPS}/9/executionBlockConfiguration/route53HealthCheckConfig/recordSets/1/recordSetIdentifier"
                    ),
                    json!("wets"),
                );
            },
        ),
        (
            "fatal wrong-region /workflows/0/steps/9/executionBlockConfiguration/route53HealthCheckConfig/recordSets/1",
            |it| {
                set(
                    it,
                    &format!(
                        "{STEPS}/9/executionBlockConfiguration/route53HealthCheckConfig/recordSets/1/recordSetIdentifier"
                    ),
                    json!("east"),
                );
            },
        ),
        ("risk name-twice /workflows/0/steps/7", |it| set(it, &format!("{STEPS}/7/name"), json!("warm"))),
        ("fatal empty-workflow /workflows/2", |it| set(it, "/workflows/2/steps", json!([]))),
        ("fatal block-of-other-workflow /workflows/2/steps/0", |it| {
            set(it, "/workflows/2/workflowTargetAction", json!("activate"))
        }),
        ("fatal region-of-no-plan /primaryRegion", |it| {
            set(it, "/primaryRegion", json!("eu-west-1"));
        }),
        ("fatal alarm-not-there /triggers/0/conditions/0/associatedAlarmName", |it| {
            set(it, "/triggers/0/conditions/0/associatedAlarmName", json!("helath"))
        }),
        ("fatal region-of-no-plan /triggers/0/targetRegion", |it| {
            set(it, "/triggers/0/targetRegion", json!("eu-west-1"))
        }),
        ("risk alarm-in-lost-region /associatedAlarms/health/resourceIdentifier", |it| {
            set(it, "/associatedAlarms/health/resourceIdentifier", json!(arn("cloudwatch", EAST, "alarm:health")));
        }),
        ("risk workflow-of-other-approach /workflows/2", |it| {
            set(
                it,
                "/workflows/2",
                json!({"workflowTargetAction": "deactivate", "workflowTargetRegion": EAST, "steps": [steps()[0]]}),
            );
        }),
        ("risk no-way-back /workflows", |it| {
            it["workflows"].as_array_mut().unwrap().remove(1);
        }),
        ("risk objective-too-long /recoveryTimeObjectiveMinutes", |it| {
            set(it, "/recoveryTimeObjectiveMinutes", json!(61))
        }),
        ("risk no-objective ", |it| take(it, "", "recoveryTimeObjectiveMinutes")),
        ("fatal plan-in-itself /workflows/0/steps/7/executionBlockConfiguration/regionSwitchPlanConfig/arn", |it| {
            add(it, "", "arn", json!(PLAN));
            set(it, &format!("{STEPS}/7/executionBlockConfiguration/regionSwitchPlanConfig/arn"), json!(PLAN));
        }),
        ("fatal parallel-in-parallel /workflows/0/steps/2/executionBlockConfiguration/parallelConfig/steps/4", |it| {
            let inner = step("inner", "Parallel", "parallelConfig", json!({"steps": []}));
            it.pointer_mut(INNER).unwrap().as_array_mut().unwrap().push(inner);
        }),
        ("risk no-primary-region /regions", |it| take(it, "", "primaryRegion")),
        (
            "fatal other-cluster /workflows/0/steps/4/executionBlockConfiguration/ecsCapacityIncreaseConfig/services/1/clusterArn",
            |it| {
                set(
                    it,
                    &format!("{STEPS}/4/executionBlockConfiguration/ecsCapacityIncreaseConfig/services/1/clusterArn"),
                    json!(arn("ecs", EAST, "cluster/shop")),
                );
            },
        ),
        ("risk no-name /workflows/0/steps/7", |it| set(it, &format!("{STEPS}/7/name"), json!(" "))),
        (
            "risk external-id-without-role /workflows/0/steps/3/executionBlockConfiguration/ec2AsgCapacityIncreaseConfig/asgs/0/externalId",
            |it| {
                add(it, &format!("{GROUPS}/asgs/0"), "externalId", json!("x"));
            },
        ),
        (
            "fatal not-there /workflows/0/steps/3/executionBlockConfiguration/ec2AsgCapacityIncreaseConfig/asgs/0/crossAccountRole",
            |it| {
                add(it, &format!("{GROUPS}/asgs/0"), "crossAccountRole", json!(role("of nobody")));
            },
        ),
        (
            "risk timeout-over-objective /workflows/0/steps/0/executionBlockConfiguration/executionApprovalConfig/timeoutMinutes",
            |it| {
                set(
                    it,
                    &format!("{STEPS}/0/executionBlockConfiguration/executionApprovalConfig/timeoutMinutes"),
                    json!(61),
                );
            },
        ),
        ("fatal promoted-twice /workflows/0/steps/10", |it| {
            let mut again = it.pointer(INNER).unwrap()[0].clone();
            again["name"] = json!("again");
            it.pointer_mut(STEPS).unwrap().as_array_mut().unwrap().push(again);
        }),
        ("unknown promoted-twice /workflows/0/steps/10", |it| {
            let mut again = steps()[1].clone();
            again["name"] = json!("again");
            it.pointer_mut(STEPS).unwrap().as_array_mut().unwrap().push(again);
        }),
        ("risk promotion-after-recovery /workflows/2/steps/1", |it| {
            let promote = it.pointer(INNER).unwrap()[0].clone();
            it.pointer_mut("/workflows/2/steps").unwrap().as_array_mut().unwrap().push(promote);
        }),
        ("unknown workflow-twice /workflows/3", |it| {
            let again = it["workflows"][0].clone();
            it["workflows"].as_array_mut().unwrap().push(again);
        }),
        ("unknown workflow-twice /workflows/1", |it| take(it, "/workflows/1", "workflowTargetRegion")),
    ];
    let well = look(&plan(), &estate());
    // What says more than one thing, for one thing more is wrong or not known with it.
    let besides = ["primaryRegionn", "/primaryRegion", "executionApprovalConfig/approvalRole"];
    for (expected, edit) in cases {
        let mut broken = plan();
        edit(&mut broken);
        let found = look(&broken, &estate());
        let more = more(&found, &well);
        let known = |it: &&String| {
            !it.starts_with("unknown ")
                && !it.contains("/arn ")
                && !it.ends_with(" /arn")
                && !it.contains("empty-block")
        };
        let decided: Vec<String> = more.iter().filter(known).cloned().collect();
        match expected.starts_with("unknown") || besides.iter().any(|word| expected.contains(word)) {
            true => assert!(more.contains(&(*expected).to_owned()), "{expected}: {more:?}"),
            false => assert_eq!(decided, [*expected], "{more:?}"),
        }
    }
}

#[test]
fn each_fault_of_the_estate_is_one_finding_and_without_evidence_nobody_can_tell() {
    let inner = |number: usize, rest: &str| {
        format!(
            "{STEPS}/2/executionBlockConfiguration/parallelConfig/steps/{number}/executionBlockConfiguration/{rest}"
        )
    };
    let groups =
        |number: usize| format!("{STEPS}/3/executionBlockConfiguration/ec2AsgCapacityIncreaseConfig/asgs/{number}/arn");
    let aurora = format!("{STEPS}/1/executionBlockConfiguration/globalAuroraConfig");
    let promote = inner(0, "rdsPromoteReadReplicaConfig/dbInstanceArnMap/us-west-2");
    let oracle = inner(1, "rdsSwitchoverReadReplicaConfig/dbInstanceArnMap/us-west-2");
    let west = |name: &str| arn("rds", WEST, name);
    let cases: Vec<(String, String, &str, Value)> = vec![
        (format!("fatal too-small {}", groups(1)), group(WEST), "/capacity/max", json!(2)),
        (format!("fatal launch-suspended {}", groups(1)), group(WEST), "/capacity/suspended", json!(["Launch"])),
        (format!("fatal not-available {}", groups(0)), group(EAST), "/status/healthy", json!(false)),
        (format!("fatal too-small {STEPS}/4/executionBlockConfiguration/ecsCapacityIncreaseConfig/services/1/serviceArn"), arn("ecs", WEST, "service/shop/api"), "/capacity/max", json!(3)),
        (format!("fatal no-instance {aurora}/databaseClusterArns/1"), west("cluster:all-west"), "/redundancy/instances", json!(0)),
        (format!("fatal versions-differ {aurora}/databaseClusterArns/1"), west("cluster:all-west"), "/database/engine_version", json!("16.6")),
        (format!("fatal not-in-step {aurora}/databaseClusterArns/1"), arn("rds", "", "global-cluster:all"), "/global/members/1/status", json!("pending-resync")),
        (format!("fatal nobody-writes {aurora}/globalClusterIdentifier"), arn("rds", "", "global-cluster:all"), "/global/members/0/writer", json!(false)),
        (format!("risk writes-already {aurora}/databaseClusterArns/1"), arn("rds", "", "global-cluster:all"), "/global/members/1/writer", json!(true)),
        (format!("fatal not-a-member {aurora}/databaseClusterArns/1"), arn("rds", "", "global-cluster:all"), "/global/members/1/id", json!(west("cluster:other"))),
        (format!("risk not-in-step {}", inner(3, "neptuneGlobalDatabaseConfig/regionDatabaseClusterArns/us-west-2")), arn("rds", "", "global-cluster:graph"), "/global/members/1/status", json!("pending-resync")),
        (format!("fatal not-replicating {promote}"), west("db:orders-west"), "/replication/healthy", json!(false)),
        (format!("fatal not-a-replica {promote}"), west("db:orders-west"), "/replication/role", json!("none")),
        (format!("fatal other-source {promote}"), west("db:orders-west"), "/replication/source", json!(arn("rds", EAST, "db:books"))),
        (format!("risk other-class {promote}"), west("db:orders-west"), "/capacity/types", json!(["db.t4g.small"])),
        (format!("risk oracle-promotion {promote}"), west("db:orders-west"), "/database/engine", json!("oracle-se2")),
        (format!("fatal engine-not-served {oracle}"), west("db:books-west"), "/database/engine", json!("mysql")),
        (format!("fatal no-backups {oracle}"), west("db:books-west"), "/backup/retention_days", json!(0)),
        (format!("fatal versions-differ {oracle}"), west("db:books-west"), "/database/engine_version", json!("19.2")),
        (format!("fatal option-group-shared {oracle}"), west("db:orders-west"), "/database/option_group", json!("only-books-west")),
        ("fatal source-without-backups /workflows/2/steps/0/executionBlockConfiguration/rdsCreateCrossRegionReadReplicaConfig/dbInstanceArnMap/us-east-1".to_owned(), arn("rds", EAST, "db:orders"), "/backup/enabled", json!(false)),
        ("fatal managed-password /workflows/2/steps/0/executionBlockConfiguration/rdsCreateCrossRegionReadReplicaConfig/dbInstanceArnMap/us-east-1".to_owned(), arn("rds", EAST, "db:orders"), "/database/managed_secret", json!(true)),
        (format!("fatal no-concurrency {STEPS}/6/executionBlockConfiguration/customActionLambdaConfig/lambdas/1/arn"), arn("lambda", WEST, "function:warm"), "/capacity/max", json!(0)),
        ("fatal role-not-trusted /executionRole".to_owned(), role("switch"), "/role/trusted_services", json!(["ec2.amazonaws.com"])),
        ("risk report-in-lost-region /reportConfiguration/reportOutput/0/s3Configuration/bucketPath".to_owned(), "arn:aws:s3:::reports".to_owned(), "/place/region", json!(EAST)),
        (format!("fatal nested-twice {STEPS}/7/executionBlockConfiguration/regionSwitchPlanConfig/arn"), PLAN.replace("abc123", "def456"), "/switch_plan/children", json!(["x"])),
        (format!("fatal child-of-other-regions {STEPS}/7/executionBlockConfiguration/regionSwitchPlanConfig/arn"), PLAN.replace("abc123", "def456"), "/switch_plan/regions", json!(["eu-west-1", WEST])),
        (format!("fatal child-of-other-approach {STEPS}/7/executionBlockConfiguration/regionSwitchPlanConfig/arn"), PLAN.replace("abc123", "def456"), "/switch_plan/approach", json!("activeactive")),
    ];
    let well = look(&plan(), &estate());
    for (expected, id, pointer, new) in &cases {
        let mut resources = estate();
        let position = at(&resources, id);
        set(&mut resources[position], pointer, new.clone());
        let found = look(&plan(), &resources);
        assert_eq!(more(&found, &well), [expected.as_str()]);
        // With the fact itself taken away, nobody can tell: never a pass, and never a fail.
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        if expected.starts_with("fatal") && key.parse::<usize>().is_err() {
            take(&mut resources[position], parent, key);
            let open = look(&plan(), &resources);
            assert_ne!(open.answer, Decision::NoGo, "{expected}");
        }
    }
    // What is not there at all, and what nobody looked for.
    let mut resources = estate();
    let gone = at(&resources, &group(WEST));
    resources.remove(gone);
    assert_eq!(more(&look(&plan(), &resources), &well), [format!("fatal not-there {}", groups(1))]);
    let alone = check(&plan().to_string(), &config(), None, &nobody);
    assert_eq!((said(&alone), alone.answer), (BTreeSet::from(["unknown no-estate ".to_owned()]), Decision::CannotTell));
}

#[test]
fn an_active_active_plan_needs_a_way_out_of_each_region() {
    let mut both = plan();
    set(&mut both, "/recoveryApproach", json!("activeActive"));
    take(&mut both, "", "primaryRegion");
    let only: Vec<Value> = steps().into_iter().filter(|it| it["executionBlockType"] == "Route53HealthCheck").collect();
    set(&mut both, "/workflows", json!([{"workflowTargetAction": "activate", "steps": only}]));
    let found = look(&both, &estate());
    let expected = ["fatal missing-workflow /workflows", "unknown health-check-to-attach /workflows/0/steps/0"];
    assert_eq!(said(&found), expected.map(str::to_owned).into());
    set(
        &mut both,
        "/workflows",
        json!([{"workflowTargetAction": "activate", "steps": only}, {"workflowTargetAction": "deactivate", "steps": only}]),
    );
    let found = look(&both, &estate());
    assert_eq!((said(&found).len(), found.answer), (1, Decision::Go));
}
