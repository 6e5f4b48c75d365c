//! Plans that restore recovery points for a test, and what they select.

use aws_sdk_backup::Client;
use aws_sdk_backup::types::{
    KeyValue, ProtectedResourceConditions, RestoreTestingPlanForGet, RestoreTestingPlanForList,
    RestoreTestingSelectionForGet,
};

use super::super::Trouble;
use super::super::read::{list, moment, number, sorted};
use super::RESTORE_TESTING_PLAN;
use crate::model::{Fact, Job, Kind, Place, Rel, Resource, RestoreSelection, RestoreTesting, Shared, Status};

/// Days that a recovery point may be old where nobody chose.
const WINDOW_DAYS: u32 = 30;

/// What only the plan itself tells.
const FROM_WHERE: [&str; 5] = [
    "restore_testing.algorithm",
    "restore_testing.excluded_vaults",
    "restore_testing.included_vaults",
    "restore_testing.point_types",
    "restore_testing.window_days",
];

/// What was found out about one plan.
pub(super) struct Read {
    plan: Result<RestoreTestingPlanForGet, Trouble>,
    selections: Vec<RestoreTestingSelectionForGet>,
    /// Why there may be more selections than these.
    selections_gap: Option<Trouble>,
}

impl Read {
    pub(super) fn troubles(self) -> impl Iterator<Item = Trouble> {
        self.plan.err().into_iter().chain(self.selections_gap)
    }
}

pub(super) async fn read(client: &Client, plan: &RestoreTestingPlanForList) -> Read {
    const PLAN: &str = "backup:GetRestoreTestingPlan";
    const SELECTION: &str = "backup:GetRestoreTestingSelection";
    let name = plan.restore_testing_plan_name();
    let plan = match client.get_restore_testing_plan().restore_testing_plan_name(name).send().await {
        Ok(answer) => answer.restore_testing_plan.ok_or_else(|| Trouble::empty(PLAN)),
        Err(error) => Err(Trouble::new(PLAN, &error)),
    };
    let pages = client.list_restore_testing_selections().restore_testing_plan_name(name).into_paginator();
    let listing = list("backup:ListRestoreTestingSelections", pages.items().send()).await;
    let mut read = Read { plan, selections: Vec::new(), selections_gap: listing.trouble };
    for listed in listing.items {
        let selection = listed.restore_testing_selection_name();
        let call = client.get_restore_testing_selection().restore_testing_plan_name(name);
        let selection = match call.restore_testing_selection_name(selection).send().await {
            Ok(answer) => answer.restore_testing_selection.ok_or_else(|| Trouble::empty(SELECTION)),
            Err(error) => Err(Trouble::new(SELECTION, &error)),
        };
        match selection {
            Ok(selection) => read.selections.push(selection),
            Err(trouble) => read.selections_gap = read.selections_gap.or(Some(trouble)),
        }
    }
    read
}

pub(super) fn normalize(listed: &RestoreTestingPlanForList, read: &Read, place: Place) -> Resource {
    let (arn, name) = (listed.restore_testing_plan_arn(), listed.restore_testing_plan_name());
    let mut resource = Resource::new(Kind::of(RESTORE_TESTING_PLAN), arn, name, place);
    resource.status = Some(Shared::from(Status {
        state: Fact::Absent,
        healthy: Fact::Known(true),
        created_at: moment(Some(listed.creation_time())),
    }));
    resource.job = Some(Shared::from(Job { completed_at: moment(listed.last_execution_time()), ..Job::default() }));
    // The list knows when it runs, too.
    let mut facts = RestoreTesting {
        schedule: listed.schedule_expression().into(),
        // Where nobody chose, the answer says what that comes to.
        timezone: Fact::from_read(
            listed.schedule_expression_timezone().filter(|it| *it != "Etc/UTC").map(str::to_owned),
        ),
        start_window_hours: number(Some(listed.start_window_hours())),
        ..RestoreTesting::default()
    };
    match &read.plan {
        Ok(plan) => from_where(plan, &mut facts),
        Err(trouble) => {
            FROM_WHERE.iter().for_each(|fact| resource.mark_unknown(fact, trouble.to_string()));
        }
    }
    for selection in &read.selections {
        resource.link(Rel::Assumes, Some(selection.iam_role_arn()));
    }
    facts.selections = Fact::Known(read.selections.iter().map(selection).collect());
    if let Some(trouble) = &read.selections_gap {
        resource.mark_unknown("restore_testing.selections", trouble.to_string());
    }
    resource.links.sort();
    resource.links.dedup();
    resource.restore_testing = Some(Shared::from(facts));
    resource
}

/// Which recovery points it takes.
fn from_where(plan: &RestoreTestingPlanForGet, facts: &mut RestoreTesting) {
    let Some(points) = plan.recovery_point_selection() else { return };
    facts.algorithm = Fact::from_known(points.algorithm().map(|it| it.as_str().to_lowercase()));
    facts.included_vaults = Fact::Known(texts(points.include_vaults()));
    facts.excluded_vaults = Fact::Known(texts(points.exclude_vaults()));
    let types: Vec<String> = points.recovery_point_types().iter().map(|it| it.as_str().to_lowercase()).collect();
    facts.point_types = Fact::Known(sorted(types));
    facts.window_days = match points.selection_window_days() {
        // The answer leaves it out.
        0 => Fact::Known(WINDOW_DAYS),
        days => number(Some(days)),
    };
}

fn selection(selection: &RestoreTestingSelectionForGet) -> RestoreSelection {
    let conditions = selection.protected_resource_conditions();
    let pairs = |of: fn(&ProtectedResourceConditions) -> &[KeyValue]| {
        Fact::Known(sorted(conditions.map(of).into_iter().flatten().map(pair)))
    };
    let overrides = selection.restore_metadata_overrides().into_iter().flatten();
    RestoreSelection {
        name: selection.restore_testing_selection_name().into(),
        resource_type: selection.protected_resource_type().into(),
        resources: Fact::Known(texts(selection.protected_resource_arns())),
        tagged: pairs(ProtectedResourceConditions::string_equals),
        not_tagged: pairs(ProtectedResourceConditions::string_not_equals),
        role: selection.iam_role_arn().into(),
        validation_hours: number(Some(selection.validation_window_hours())),
        // What they are set to may tell more than anybody asked for.
        overrides: Fact::Known(sorted(overrides.map(|(name, _)| name.clone()))),
    }
}

fn pair(condition: &KeyValue) -> String {
    let key = condition.key();
    format!("{}={}", key.strip_prefix("aws:ResourceTag/").unwrap_or(key), condition.value())
}

fn texts(list: &[String]) -> Vec<String> {
    sorted(list.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use aws_sdk_backup::primitives::DateTime;
    use aws_sdk_backup::types::{
        RestoreTestingRecoveryPointSelection, RestoreTestingRecoveryPointSelectionAlgorithm,
        RestoreTestingRecoveryPointType,
    };
    use serde_json::json;

    use super::*;
    use crate::collect::aws::TroubleClass;

    const ARN: &str = "arn:aws:backup:us-east-1:111122223333:restore-testing-plan:weekly-1";
    const VAULT: &str = "arn:aws:backup:us-east-1:111122223333:backup-vault:main";
    const ROLE: &str = "arn:aws:iam::111122223333:role/restore";

    fn listed() -> RestoreTestingPlanForList {
        RestoreTestingPlanForList::builder()
            .restore_testing_plan_arn(ARN)
            .restore_testing_plan_name("weekly")
            .schedule_expression("cron(0 5 ? * 1 *)")
            .schedule_expression_timezone("Etc/UTC")
            .start_window_hours(8)
            .creation_time(DateTime::from_secs(1_700_000_000))
            .last_execution_time(DateTime::from_secs(1_700_003_600))
            .build()
            .unwrap()
    }

    #[test]
    fn a_testing_plan_tells_when_it_ran_from_where_it_restores_and_what() {
        let points = RestoreTestingRecoveryPointSelection::builder()
            .algorithm(RestoreTestingRecoveryPointSelectionAlgorithm::LatestWithinWindow)
            .include_vaults(VAULT)
            .recovery_point_types(RestoreTestingRecoveryPointType::Snapshot)
            .recovery_point_types(RestoreTestingRecoveryPointType::Continuous)
            .build();
        let plan = RestoreTestingPlanForGet::builder()
            .restore_testing_plan_arn(ARN)
            .restore_testing_plan_name("weekly")
            .schedule_expression("cron(0 5 ? * 1 *)")
            .start_window_hours(8)
            .creation_time(DateTime::from_secs(1_700_000_000))
            .recovery_point_selection(points);
        let condition = |value: &str| KeyValue::builder().key("aws:ResourceTag/app").value(value).build().unwrap();
        let conditions = ProtectedResourceConditions::builder()
            .string_equals(condition("shop"))
            .string_not_equals(condition("lab"))
            .build();
        let selection = RestoreTestingSelectionForGet::builder()
            .restore_testing_selection_name("databases")
            .restore_testing_plan_name("weekly")
            .creation_time(DateTime::from_secs(1_700_000_000))
            .iam_role_arn(ROLE)
            .protected_resource_type("RDS")
            .protected_resource_arns("*")
            .protected_resource_conditions(conditions)
            .restore_metadata_overrides("dbSubnetGroupName", "canary")
            .validation_window_hours(4);
        let selections = vec![selection.build().unwrap()];
        let read = Read { plan: Ok(plan.build().unwrap()), selections, selections_gap: None };
        let expected = json!({
            "id": ARN, "kind": "aws.backup.restore-testing-plan", "name": "weekly",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "status": {"state": null, "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "job": {"completed_at": "2023-11-14T23:13:20Z"},
            "restore_testing": {
                "schedule": "cron(0 5 ? * 1 *)", "timezone": null, "start_window_hours": 8,
                "algorithm": "latest_within_window", "included_vaults": [VAULT], "excluded_vaults": [],
                "point_types": ["continuous", "snapshot"], "window_days": 30,
                "selections": [{
                    "name": "databases", "resource_type": "RDS", "resources": ["*"], "tagged": ["app=shop"],
                    "not_tagged": ["app=lab"], "role": ROLE, "validation_hours": 4,
                    "overrides": ["dbSubnetGroupName"],
                }],
            },
            "links": [{"rel": "assumes", "to": ROLE}],
            "origin": {"source": ""},
        });
        let resource = normalize(&listed(), &read, Place::new("111122223333", "us-east-1"));
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
    }

    #[test]
    fn a_testing_plan_that_may_not_be_read_stays_with_what_the_list_tells() {
        let denied = |action| Trouble { action, class: TroubleClass::Denied, reason: "AccessDenied".to_owned() };
        let read = Read {
            plan: Err(denied("backup:GetRestoreTestingPlan")),
            selections: Vec::new(),
            selections_gap: Some(denied("backup:ListRestoreTestingSelections")),
        };
        let resource = normalize(&listed(), &read, Place::new("111122223333", "us-east-1"));
        let plan = "backup:GetRestoreTestingPlan denied: AccessDenied";
        let expected = json!({
            "restore_testing": {
                "schedule": "cron(0 5 ? * 1 *)", "timezone": null, "start_window_hours": 8, "selections": [],
            },
            "unknown": {
                "restore_testing.algorithm": plan, "restore_testing.included_vaults": plan,
                "restore_testing.excluded_vaults": plan, "restore_testing.point_types": plan,
                "restore_testing.window_days": plan,
                "restore_testing.selections": "backup:ListRestoreTestingSelections denied: AccessDenied",
            },
        });
        assert_eq!(json!({"restore_testing": resource.restore_testing, "unknown": resource.unknown}), expected);
        assert_eq!(read.troubles().count(), 2);
    }
}
