//! Plans: when they back up, where they copy to, and what they select.

use aws_sdk_backup::Client;
use aws_sdk_backup::types::{
    BackupPlan, BackupPlansListMember, BackupRule, BackupSelection, ConditionParameter, Conditions, Lifecycle,
};

use super::super::Trouble;
use super::super::read::{list, moment, number, sorted};
use super::{PLAN, SETTINGS};
use crate::collect::selections;
use crate::model::{
    Fact, Kind, Place, Plan, PlanCopy, PlanRule, PlanSelection, Rel, Resource, Shared, Status, TagCondition,
};
use crate::providers::aws::names::Arn;

/// Minutes that a job may wait where nobody chose.
const START_WINDOW: u32 = 480;

/// What was found out about one plan.
pub(super) struct Read {
    plan: Result<BackupPlan, Trouble>,
    selections: Vec<BackupSelection>,
    /// Why there may be more selections than these.
    selections_gap: Option<Trouble>,
}

/// Types of resources that the backup service is switched off for in the region, sorted.
pub(super) async fn switched_off(client: &Client) -> Result<Vec<String>, Trouble> {
    const ACTION: &str = "backup:DescribeRegionSettings";
    match client.describe_region_settings().send().await {
        Ok(answer) => {
            let types = answer.resource_type_opt_in_preference().ok_or_else(|| Trouble::empty(ACTION))?;
            Ok(sorted(types.iter().filter(|(_, on)| !**on).map(|(name, _)| name.as_str())))
        }
        Err(error) => Err(Trouble::new(ACTION, &error)),
    }
}

/// The settings of a region as a resource: they count for every plan there, for those that are only to come, too.
pub(super) fn settings(switched_off: &[String], place: Place) -> Resource {
    let (account, region) = (place.account.text().unwrap_or_default(), place.region.text().unwrap_or_default());
    let id = format!("region-settings/{account}/{region}");
    let mut resource = Resource::new(Kind::of(SETTINGS), id, "region-settings", place);
    resource.tags = Fact::Known(Default::default());
    resource.plan = Some(Shared::from(Plan {
        rules: Fact::Absent,
        selections: Fact::Absent,
        switched_off: Fact::Known(switched_off.to_vec()),
    }));
    resource
}

impl Read {
    pub(super) fn troubles(self) -> impl Iterator<Item = Trouble> {
        self.plan.err().into_iter().chain(self.selections_gap)
    }
}

pub(super) async fn read(client: &Client, plan: &BackupPlansListMember) -> Read {
    const PLAN: &str = "backup:GetBackupPlan";
    const SELECTION: &str = "backup:GetBackupSelection";
    let id = plan.backup_plan_id().unwrap_or_default();
    let plan = match client.get_backup_plan().backup_plan_id(id).send().await {
        Ok(answer) => answer.backup_plan.ok_or_else(|| Trouble::empty(PLAN)),
        Err(error) => Err(Trouble::new(PLAN, &error)),
    };
    let pages = client.list_backup_selections().backup_plan_id(id).into_paginator().items().send();
    let listing = list("backup:ListBackupSelections", pages).await;
    let mut read = Read { plan, selections: Vec::new(), selections_gap: listing.trouble };
    for listed in listing.items {
        let selection = listed.selection_id().unwrap_or_default();
        let answer = client.get_backup_selection().backup_plan_id(id).selection_id(selection).send().await;
        let selection = match answer {
            Ok(answer) => answer.backup_selection.ok_or_else(|| Trouble::empty(SELECTION)),
            Err(error) => Err(Trouble::new(SELECTION, &error)),
        };
        match selection {
            Ok(selection) => read.selections.push(selection),
            Err(trouble) => read.selections_gap = read.selections_gap.or(Some(trouble)),
        }
    }
    read
}

pub(super) fn normalize(
    listed: &BackupPlansListMember,
    read: &Read,
    switched_off: &Result<Vec<String>, Trouble>,
    place: Place,
) -> Resource {
    let id = listed.backup_plan_id().unwrap_or_default();
    let name = listed.backup_plan_name().unwrap_or(id);
    let mut resource = Resource::new(Kind::of(PLAN), listed.backup_plan_arn().unwrap_or(id), name, place);
    resource.status = Some(Shared::from(Status {
        state: Fact::Absent,
        healthy: Fact::Known(true),
        created_at: moment(listed.creation_date()),
    }));
    let mut plan = Plan::default();
    match &read.plan {
        Ok(read) => {
            for rule in read.rules() {
                resource.link(Rel::StoredIn, Some(rule.target_backup_vault_name()));
                resource.link(Rel::StoredIn, rule.target_logically_air_gapped_backup_vault_arn());
                for copy in rule.copy_actions() {
                    resource.link(Rel::CopiesTo, Some(copy.destination_backup_vault_arn()));
                }
            }
            plan.rules = Fact::Known(read.rules().iter().map(rule).collect());
        }
        Err(trouble) => resource.mark_unknown("plan.rules", trouble.to_string()),
    }
    for selection in &read.selections {
        resource.link(Rel::Assumes, Some(selection.iam_role_arn()));
    }
    plan.selections = Fact::Known(read.selections.iter().map(selection).collect());
    if let Some(trouble) = &read.selections_gap {
        resource.mark_unknown("plan.selections", trouble.to_string());
    }
    match switched_off {
        Ok(types) => plan.switched_off = Fact::Known(types.clone()),
        Err(trouble) => resource.mark_unknown("plan.switched_off", trouble.to_string()),
    }
    resource.links.sort();
    resource.links.dedup();
    resource.plan = Some(Shared::from(plan));
    resource
}

fn rule(rule: &BackupRule) -> PlanRule {
    let kept_here = kept(rule.lifecycle());
    let copies = rule.copy_actions().iter().map(|copy| {
        let vault = copy.destination_backup_vault_arn();
        let arn = Arn::parse(vault);
        PlanCopy {
            vault: vault.into(),
            region: Fact::from_known(arn.map(|arn| arn.region.to_owned())),
            account: Fact::from_known(arn.map(|arn| arn.account.to_owned())),
            // A copy that says nothing of it keeps the expiry of its source.
            delete_after_days: if kept(copy.lifecycle()).is_known() { kept(copy.lifecycle()) } else { kept_here },
        }
    });
    PlanRule {
        name: rule.rule_name().into(),
        schedule: Fact::from_read(rule.schedule_expression().map(str::to_owned)),
        start_window_minutes: rule
            .start_window_minutes()
            .map_or(Fact::Known(START_WINDOW), |minutes| number(Some(minutes))),
        timezone: Fact::from_read(rule.schedule_expression_timezone().map(str::to_owned)),
        vault: rule.target_backup_vault_name().into(),
        air_gapped_vault: Fact::from_read(rule.target_logically_air_gapped_backup_vault_arn().map(str::to_owned)),
        delete_after_days: kept_here,
        continuous: Fact::Known(rule.enable_continuous_backup().unwrap_or(false)),
        copies: Fact::Known(copies.collect()),
    }
}

/// Without a number, and with -1, nothing is said: a recovery point is then kept for ever.
fn kept(lifecycle: Option<&Lifecycle>) -> Fact<u32> {
    let days = lifecycle.and_then(|lifecycle| lifecycle.delete_after_days());
    Fact::from_read(days.and_then(|days| u32::try_from(days).ok()).filter(|days| *days > 0))
}

fn selection(selection: &BackupSelection) -> PlanSelection {
    let tags = selection.list_of_tags().iter().map(|tag| {
        let key = tag.condition_key();
        format!("{}={}", key.strip_prefix("aws:ResourceTag/").unwrap_or(key), tag.condition_value())
    });
    PlanSelection {
        name: selection.selection_name().into(),
        resources: Fact::Known(sorted(selection.resources().iter().map(String::as_str))),
        excluded: Fact::Known(sorted(selection.not_resources().iter().map(String::as_str))),
        tags: Fact::Known(sorted(tags)),
        conditional: Fact::Known(selection.conditions().is_some_and(|conditions| all(conditions).next().is_some())),
        conditions: conditions(selection.conditions()),
        role: selection.iam_role_arn().into(),
    }
}

/// The conditions, with what each asks for.
fn all(conditions: &Conditions) -> impl Iterator<Item = (&'static str, &ConditionParameter)> {
    let of_each = [
        ("equals", conditions.string_equals()),
        ("like", conditions.string_like()),
        ("not-equals", conditions.string_not_equals()),
        ("not-like", conditions.string_not_like()),
    ];
    of_each.into_iter().flat_map(|(what, all)| all.iter().map(move |one| (what, one)))
}

fn conditions(conditions: Option<&Conditions>) -> Fact<Vec<TagCondition>> {
    let read = conditions.into_iter().flat_map(all);
    let read = read.map(|(what, one)| selections::condition(what, one.condition_key()?, one.condition_value()?));
    Fact::from_known(read.collect())
}

#[cfg(test)]
mod tests {
    use aws_sdk_backup::primitives::DateTime;
    use aws_sdk_backup::types::{Condition, ConditionType, CopyAction};
    use serde_json::json;

    use super::*;
    use crate::collect::aws::TroubleClass;

    const ARN: &str = "arn:aws:backup:us-east-1:111122223333:backup-plan:1";
    const DR: &str = "arn:aws:backup:us-west-2:444455556666:backup-vault:dr";
    const WEST: &str = "arn:aws:backup:us-west-2:111122223333:backup-vault:dr";
    const GAP: &str = "arn:aws:backup:us-east-1:111122223333:backup-vault:gap";
    const ROLE: &str = "arn:aws:iam::111122223333:role/backup";

    fn listed() -> BackupPlansListMember {
        BackupPlansListMember::builder()
            .backup_plan_id("1")
            .backup_plan_arn(ARN)
            .backup_plan_name("daily")
            .creation_date(DateTime::from_secs(1_700_000_000))
            .build()
    }

    fn parameter(key: &str, value: &str) -> ConditionParameter {
        ConditionParameter::builder().condition_key(key).condition_value(value).build()
    }

    #[test]
    fn a_plan_tells_its_rules_copies_and_selections() {
        let days = |days| Lifecycle::builder().delete_after_days(days).build();
        let copy = CopyAction::builder().destination_backup_vault_arn(DR).lifecycle(days(-1)).build().unwrap();
        let kept_as_source = CopyAction::builder().destination_backup_vault_arn(WEST).build().unwrap();
        let daily = BackupRule::builder()
            .rule_name("daily")
            .target_backup_vault_name("main")
            .target_logically_air_gapped_backup_vault_arn(GAP)
            .schedule_expression("cron(0 5 ? * * *)")
            .lifecycle(days(35))
            .copy_actions(copy)
            .copy_actions(kept_as_source)
            .build()
            .unwrap();
        let continuous = BackupRule::builder()
            .rule_name("continuous")
            .target_backup_vault_name("main")
            .enable_continuous_backup(true)
            .build()
            .unwrap();
        let plan = BackupPlan::builder().backup_plan_name("daily").rules(daily).rules(continuous).build().unwrap();
        let tag = |key: &str| {
            let tag = Condition::builder().condition_type(ConditionType::Stringequals).condition_key(key);
            tag.condition_value("orders").build().unwrap()
        };
        let selection = BackupSelection::builder().iam_role_arn(ROLE);
        let by_tag = selection.clone().selection_name("tagged").list_of_tags(tag("aws:ResourceTag/app"));
        let by_arn = selection
            .selection_name("named")
            .resources("arn:aws:rds:*:*:db:*")
            .not_resources("arn:aws:rds:*:*:db:scratch")
            .conditions(
                Conditions::builder()
                    .string_like(parameter("aws:ResourceTag/app", "shop-*"))
                    .string_not_equals(parameter("aws:ResourceTag/tier", "scratch"))
                    .build(),
            );
        let selections = vec![by_tag.build().unwrap(), by_arn.build().unwrap()];
        let read = Read { plan: Ok(plan), selections, selections_gap: None };
        let expected = json!({
            "id": ARN, "kind": "aws.backup.plan", "name": "daily",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "status": {"state": null, "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "plan": {
                "rules": [
                    {"name": "daily", "schedule": "cron(0 5 ? * * *)", "timezone": null,
                     "start_window_minutes": 480, "vault": "main", "air_gapped_vault": GAP,
                     "delete_after_days": 35, "continuous": false, "copies": [
                        {"vault": DR, "region": "us-west-2", "account": "444455556666", "delete_after_days": 35},
                        {"vault": WEST, "region": "us-west-2", "account": "111122223333", "delete_after_days": 35},
                     ]},
                    {"name": "continuous", "schedule": null, "timezone": null, "start_window_minutes": 480, "vault": "main", "air_gapped_vault": null,
                     "delete_after_days": null, "continuous": true, "copies": []},
                ],
                "selections": [
                    {"name": "tagged", "resources": [], "excluded": [], "tags": ["app=orders"], "conditional": false, "conditions": [],
                     "role": ROLE},
                    {"name": "named", "resources": ["arn:aws:rds:*:*:db:*"],
                     "excluded": ["arn:aws:rds:*:*:db:scratch"], "tags": [], "conditional": true, "role": ROLE,
                     "conditions": [{"what": "like", "key": "app", "value": "shop-*"},
                         {"what": "not-equals", "key": "tier", "value": "scratch"}]},
                ],
                "switched_off": ["DynamoDB"],
            },
            "links": [
                {"rel": "stored-in", "to": GAP},
                {"rel": "stored-in", "to": "main"},
                {"rel": "copies-to", "to": WEST},
                {"rel": "copies-to", "to": DR},
                {"rel": "assumes", "to": ROLE},
            ],
            "origin": {"source": ""},
        });
        let off = Ok(vec!["DynamoDB".to_owned()]);
        let resource = normalize(&listed(), &read, &off, Place::new("111122223333", "us-east-1"));
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
    }

    #[test]
    fn the_settings_of_a_region_are_told_without_a_plan_too() {
        let resource = settings(&["DynamoDB".to_owned()], Place::new("111122223333", "us-east-1"));
        let expected = json!({
            "id": "region-settings/111122223333/us-east-1", "kind": "aws.backup.region-settings",
            "name": "region-settings", "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {},
            "plan": {"rules": null, "selections": null, "switched_off": ["DynamoDB"]},
            "origin": {"source": ""},
        });
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
    }

    #[test]
    fn a_plan_that_may_not_be_read_stays_with_what_was() {
        let denied = |action| Trouble { action, class: TroubleClass::Denied, reason: "AccessDenied".to_owned() };
        let read = Read {
            plan: Err(denied("backup:GetBackupPlan")),
            selections: Vec::new(),
            selections_gap: Some(denied("backup:GetBackupSelection")),
        };
        let expected = json!({
            "id": ARN, "kind": "aws.backup.plan", "name": "daily",
            "place": {"account": "111122223333", "region": "us-east-1"},
            "status": {"state": null, "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
            "plan": {"selections": []},
            "unknown": {
                "plan.rules": "backup:GetBackupPlan denied: AccessDenied",
                "plan.selections": "backup:GetBackupSelection denied: AccessDenied",
                "plan.switched_off": "backup:DescribeRegionSettings denied: AccessDenied",
            },
            "origin": {"source": ""},
        });
        let off = Err(denied("backup:DescribeRegionSettings"));
        let resource = normalize(&listed(), &read, &off, Place::new("111122223333", "us-east-1"));
        assert_eq!(serde_json::to_value(resource).unwrap(), expected);
        assert_eq!(read.troubles().count(), 2);
    }
}
