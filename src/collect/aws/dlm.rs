//! Data Lifecycle Manager: policies that take snapshots of volumes, and copy them to other regions.

use aws_sdk_dlm::Client;
use aws_sdk_dlm::types::{
    CrossRegionCopyRule, CrossRegionCopyTarget, GettablePolicyStateValues, LifecyclePolicy, LifecyclePolicySummary,
    PolicyDetails, PolicyTypeValues, ResourceTypeValues, RetentionIntervalUnitValues, Schedule, Tag,
};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{moment, number, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client, values};
use crate::collect::actions;
use crate::collect::lifecycles::{self, Taken};
use crate::model::{Fact, Kind, Place, Plan, PlanCopy, PlanRule, PlanSelection, Rel, Resource, Shared, Status};
use crate::providers::aws::names::partition;

const POLICY: &str = "aws.dlm.policy";

pub(crate) struct Dlm;

impl Collector for Dlm {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec =
            Spec { service: "dlm", locality: Locality::Regional, kinds: &[POLICY], actions: actions::DLM };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_dlm);
            let answer = client.get_lifecycle_policies().send().await;
            let listed = answer.map_err(|error| Trouble::new("dlm:GetLifecyclePolicies", &error))?;
            let listed: Vec<_> = listed.policies().iter().filter(|policy| takes_backups(policy)).collect();
            let read = together(listed.iter().map(|policy| details(&client, policy))).await;
            for (listed, read) in listed.into_iter().zip(read) {
                let mut resource = normalize(listed, read.as_ref().ok(), cx.place());
                if let Err(trouble) = read {
                    out.gap_at(&mut resource, &["plan.rules", "plan.selections", "status.created_at"], trouble);
                }
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

/// The others copy what is shared with the account.
fn takes_backups(policy: &LifecyclePolicySummary) -> bool {
    policy.policy_type() != Some(&PolicyTypeValues::EventBasedPolicy)
}

async fn details(client: &Client, policy: &LifecyclePolicySummary) -> Result<LifecyclePolicy, Trouble> {
    const ACTION: &str = "dlm:GetLifecyclePolicy";
    match client.get_lifecycle_policy().policy_id(policy.policy_id().unwrap_or_default()).send().await {
        Ok(answer) => answer.policy.ok_or_else(|| Trouble::empty(ACTION)),
        Err(error) => Err(Trouble::new(ACTION, &error)),
    }
}

/// The ARN of a policy, which lists leave out.
fn arn(place: &Place, id: &str) -> String {
    let (account, region) = (place.account.text().unwrap_or_default(), place.region.text().unwrap_or_default());
    format!("arn:{}:dlm:{region}:{account}:policy/{id}", partition(region))
}

fn normalize(listed: &LifecyclePolicySummary, read: Option<&LifecyclePolicy>, place: Place) -> Resource {
    let id = listed.policy_id().unwrap_or_default();
    let name = listed.description().filter(|name| !name.is_empty()).unwrap_or(id);
    let arn = arn(&place, id);
    let mut resource = Resource::new(Kind::of(POLICY), arn, name, place);
    let tags = listed.tags().into_iter().flatten();
    resource.tags = values::tags(tags.map(|(key, value)| (Some(key.as_str()), Some(value.as_str()))));
    let state = listed.state();
    let is_on = state.map(|state| *state == GettablePolicyStateValues::Enabled);
    resource.status = Some(Shared::from(Status {
        state: Fact::from_known(state.map(|state| state.as_str().to_lowercase())),
        healthy: Fact::from_known(is_on),
        created_at: read.map_or(Fact::Unknown, |read| moment(read.date_created())),
    }));
    let Some(details) = read.and_then(|read| read.policy_details()) else {
        resource.plan = Some(Shared::from(Plan { switched_off: Fact::Absent, ..Plan::default() }));
        return resource;
    };
    resource.link(Rel::Assumes, read.and_then(|read| read.execution_role_arn()));
    let role = Fact::from_read(read.and_then(|read| read.execution_role_arn()).map(str::to_owned));
    resource.plan = Some(Shared::from(Plan {
        rules: Fact::Known(rules(details, &resource.place)),
        selections: Fact::Known(is_on.is_none_or(|on| on).then(|| selection(details, role)).into_iter().collect()),
        switched_off: Fact::Absent,
    }));
    resource
}

/// A policy for all volumes of the region has no schedules, and says what it has of them itself.
fn rules(details: &PolicyDetails, place: &Place) -> Vec<PlanRule> {
    if details.schedules().is_empty() {
        let kept: Fact<u32> = number(details.retain_interval());
        let copies = details.cross_region_copy_targets().iter().map(|to| copy_of_all(to, kept, place)).collect();
        let every =
            details.create_interval().map(|days| format!("rate({days} {})", if days == 1 { "day" } else { "days" }));
        let schedule = Fact::from_known(every);
        return vec![lifecycles::rule("default".into(), Taken { schedule, kept, copies: Fact::Known(copies) })];
    }
    details.schedules().iter().map(|schedule| rule(schedule, place)).collect()
}

fn copy_of_all(to: &CrossRegionCopyTarget, kept: Fact<u32>, place: &Place) -> PlanCopy {
    lifecycles::copy(Fact::from_known(to.target_region().map(str::to_owned)), kept, place)
}

fn rule(schedule: &Schedule, place: &Place) -> PlanRule {
    let create = schedule.create_rule();
    let hours: Fact<u32> = number(create.and_then(|rule| rule.interval()));
    let retain = schedule.retain_rule();
    let interval = retain.and_then(|rule| Some((rule.interval()?, rule.interval_unit()?)));
    let kept = match (interval, retain.and_then(|rule| rule.count())) {
        (Some((interval, unit)), _) => in_days(interval, unit),
        (None, Some(count)) => lifecycles::kept_by_count(number(Some(count)), hours),
        (None, None) => Fact::Unknown,
    };
    let cron = create.and_then(|rule| rule.cron_expression()).map(str::to_owned);
    let schedule_of = cron.map_or_else(|| lifecycles::every(hours), Fact::Known);
    let copies = schedule.cross_region_copy_rules().iter().map(|to| copy(to, place)).collect();
    let name = Fact::from_read(schedule.name().map(str::to_owned));
    lifecycles::rule(name, Taken { schedule: schedule_of, kept, copies: Fact::Known(copies) })
}

fn copy(to: &CrossRegionCopyRule, place: &Place) -> PlanCopy {
    let region = to.target_region().or(to.target()).map(|to| lifecycles::region_of_target(to.to_owned()));
    let retain = to.retain_rule().and_then(|rule| Some((rule.interval()?, rule.interval_unit()?)));
    let kept = retain.map_or(Fact::Absent, |(interval, unit)| in_days(interval, unit));
    lifecycles::copy(Fact::from_known(region), kept, place)
}

fn in_days(interval: i32, unit: &RetentionIntervalUnitValues) -> Fact<u32> {
    lifecycles::in_days(number(Some(interval)), unit.as_str())
}

fn selection(details: &PolicyDetails, role: Fact<String>) -> PlanSelection {
    let tags = details
        .target_tags()
        .iter()
        .map(|tag: &Tag| format!("{}={}", tag.key().unwrap_or_default(), tag.value().unwrap_or_default()))
        .collect();
    let of_volumes = [details.resource_type()].into_iter().flatten().chain(details.resource_types());
    let of_volumes = of_volumes.collect::<Vec<_>>().contains(&&ResourceTypeValues::Volume);
    let left_out = details
        .exclusions()
        .is_some_and(|but| !but.exclude_tags().is_empty() || !but.exclude_volume_types().is_empty());
    lifecycles::selection(Fact::Known(tags), of_volumes, left_out, role)
}

#[cfg(test)]
mod tests {
    use aws_sdk_dlm::primitives::DateTime;
    use aws_sdk_dlm::types::{CreateRule, CrossRegionCopyRetainRule, Exclusions, IntervalUnitValues, RetainRule};
    use serde_json::{Value, json};

    use super::*;

    fn listed(state: GettablePolicyStateValues) -> LifecyclePolicySummary {
        LifecyclePolicySummary::builder().policy_id("policy-1").description("nightly").state(state).build()
    }

    fn policy(details: PolicyDetails) -> LifecyclePolicy {
        LifecyclePolicy::builder()
            .policy_id("policy-1")
            .date_created(DateTime::from_secs(1_700_000_000))
            .execution_role_arn("arn:aws:iam::111122223333:role/dlm")
            .policy_details(details)
            .build()
    }

    fn volumes() -> aws_sdk_dlm::types::builders::PolicyDetailsBuilder {
        PolicyDetails::builder().resource_types(ResourceTypeValues::Volume)
    }

    fn plan(state: GettablePolicyStateValues, details: PolicyDetails) -> Value {
        let read = policy(details);
        let resource = normalize(&listed(state), Some(&read), Place::new("111122223333", "us-east-1"));
        serde_json::to_value(resource.plan).unwrap()
    }

    #[test]
    fn a_policy_is_a_plan_that_selects_by_tag() {
        let day = RetentionIntervalUnitValues::Days;
        let copy = CrossRegionCopyRule::builder()
            .target("us-west-2")
            .encrypted(true)
            .retain_rule(
                CrossRegionCopyRetainRule::builder()
                    .interval(2)
                    .interval_unit(RetentionIntervalUnitValues::Weeks)
                    .build(),
            )
            .build();
        let hours = CreateRule::builder().interval(12).interval_unit(IntervalUnitValues::Hours).build();
        let first = Schedule::builder().name("twice").create_rule(hours);
        let first = first.retain_rule(RetainRule::builder().count(14).build()).cross_region_copy_rules(copy).build();
        let cron = CreateRule::builder().cron_expression("cron(0 5 ? * SUN *)").build();
        let second = Schedule::builder().name("weekly").create_rule(cron);
        let second = second.retain_rule(RetainRule::builder().interval(90).interval_unit(day).build()).build();
        let details = volumes().target_tags(Tag::builder().key("backup").value("yes").build());
        let read = policy(details.schedules(first).schedules(second).build());
        let place = Place::new("111122223333", "us-east-1");
        let resource = normalize(&listed(GettablePolicyStateValues::Enabled), Some(&read), place);
        let rule = |name: &str, schedule: &str, days: u32, copies: Value| {
            json!({
                "name": name, "schedule": schedule, "timezone": null, "start_window_minutes": 60, "vault": null,
                "air_gapped_vault": null, "delete_after_days": days, "continuous": false, "copies": copies,
            })
        };
        assert_eq!(
            serde_json::to_value(resource).unwrap(),
            json!({
                "id": "arn:aws:dlm:us-east-1:111122223333:policy/policy-1", "kind": "aws.dlm.policy", "name": "nightly",
                "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {},
                "status": {"state": "enabled", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
                "plan": {
                    "rules": [
                        rule("twice", "rate(12 hours)", 7, json!([
                            {"vault": null, "region": "us-west-2", "account": "111122223333", "delete_after_days": 14},
                        ])),
                        rule("weekly", "cron(0 5 ? * SUN *)", 90, json!([])),
                    ],
                    "selections": [{
                        "name": null, "resources": null, "excluded": null, "tags": ["backup=yes"], "conditional": false, "conditions": null,
                        "role": "arn:aws:iam::111122223333:role/dlm",
                    }],
                    "switched_off": null,
                },
                "links": [{"rel": "assumes", "to": "arn:aws:iam::111122223333:role/dlm"}],
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn one_for_machines_or_with_exceptions_may_select_any_volume_and_one_that_is_off_selects_none() {
        let on = GettablePolicyStateValues::Enabled;
        let of = |plan: Value| json!([plan["selections"][0]["tags"], plan["selections"][0]["conditional"]]);
        let machines = PolicyDetails::builder().resource_types(ResourceTypeValues::Instance);
        let tag = Tag::builder().key("backup").value("yes").build();
        assert_eq!(of(plan(on.clone(), machines.target_tags(tag).build())), json!([[], true]));
        let all = PolicyDetails::builder().resource_type(ResourceTypeValues::Volume).create_interval(1);
        let all = all
            .retain_interval(7)
            .cross_region_copy_targets(CrossRegionCopyTarget::builder().target_region("us-west-2").build());
        let said = plan(on.clone(), all.clone().build());
        assert_eq!(of(said.clone()), json!([[], false]));
        let rule = &said["rules"][0];
        assert_eq!(
            json!([
                rule["schedule"],
                rule["delete_after_days"],
                rule["copies"][0]["region"],
                rule["copies"][0]["delete_after_days"]
            ]),
            json!(["rate(1 day)", 7, "us-west-2", 7])
        );
        let but = Exclusions::builder().exclude_volume_types("st1").build();
        assert_eq!(of(plan(on, all.exclusions(but).build())), json!([[], true]));
        assert_eq!(plan(GettablePolicyStateValues::Disabled, volumes().build())["selections"], json!([]));
    }
}
