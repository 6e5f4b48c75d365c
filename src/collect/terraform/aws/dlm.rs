//! Policies of Data Lifecycle Manager, which are backup plans of volumes.

use super::provider::TYPE;
use crate::collect::lifecycles::{self, Taken};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::values;
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Fact, Plan, PlanCopy, PlanRule, PlanSelection, Rel, Resource, Shared};

const POLICIES: &[&str] = &["aws_dlm_lifecycle_policy"];

const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_dlm_lifecycle_policy",
        kind: Some("aws.dlm.policy"),
        global_id: "arn",
        names: &["description"],
        unique: "id",
        facts: &[("plan.rules", "policy_details"), ("plan.selections", "policy_details")],
        reads: &[
            "execution_role_arn",
            "policy_details.policy_type",
            "policy_details.resource_types",
            "policy_details.schedule.create_rule.cron_expression",
            "policy_details.schedule.create_rule.interval",
            "policy_details.schedule.cross_region_copy_rule.retain_rule.interval",
            "policy_details.schedule.cross_region_copy_rule.retain_rule.interval_unit",
            "policy_details.schedule.cross_region_copy_rule.target",
            "policy_details.schedule.name",
            "policy_details.schedule.retain_rule.count",
            "policy_details.schedule.retain_rule.interval",
            "policy_details.schedule.retain_rule.interval_unit",
            "policy_details.target_tags",
            "state",
        ],
        ..TYPE
    },
    maps: Maps::Resource(policy),
}];

pub(super) const SERVICE: Service =
    Service { types: &[TYPES], parts: &[], finishers: &[only_those_that_take], comparers: &[] };

fn policy(attrs: &Attrs<'_>, resource: &mut Resource) {
    let role = attrs.link(resource, Rel::Assumes, "plan.selections", "execution_role_arn", &["aws_iam_role"]);
    let is_on = attrs.text_or("state", "ENABLED").map(|state| state == "ENABLED");
    let mut plan = Plan { switched_off: Fact::Absent, ..Plan::default() };
    if let Fact::Known(details) = attrs.block("policy_details") {
        plan.rules = match details.blocks("schedule") {
            Fact::Known(blocks) => Fact::Known(blocks.iter().map(|block| rule(block, resource)).collect()),
            Fact::Absent => Fact::Known(Vec::new()),
            Fact::Unknown => Fact::Unknown,
        };
        plan.selections = match is_on {
            Fact::Known(false) => Fact::Known(Vec::new()),
            _ => Fact::Known(vec![selection(&details, role)]),
        };
    }
    if is_on.is_unknown() {
        resource.mark_unknown("plan.selections", "whether it is on is not known");
    }
    resource.plan = Some(Shared::from(plan));
}

fn rule(block: &Attrs<'_>, resource: &Resource) -> PlanRule {
    let create = block.block("create_rule").into_known();
    let hours = create.as_ref().map_or(Fact::Unknown, |create| number(create, "interval"));
    let cron = create.as_ref().map_or(Fact::Absent, |create| create.text_if_set("cron_expression"));
    let copies = match block.blocks("cross_region_copy_rule") {
        Fact::Known(copies) => Fact::Known(copies.iter().map(|copy| copy_rule(copy, resource)).collect()),
        Fact::Absent => Fact::Known(Vec::new()),
        Fact::Unknown => Fact::Unknown,
    };
    let kept = block.block("retain_rule").into_known().map_or(Fact::Unknown, |retain| match kept(&retain) {
        Fact::Absent => lifecycles::kept_by_count(number(&retain, "count"), hours),
        days => days,
    });
    let schedule = if cron.is_absent() { lifecycles::every(hours) } else { cron };
    lifecycles::rule(block.text("name"), Taken { schedule, kept, copies })
}

fn copy_rule(block: &Attrs<'_>, resource: &Resource) -> PlanCopy {
    let kept = match block.block("retain_rule") {
        Fact::Known(retain) => kept(&retain),
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    };
    lifecycles::copy(block.text("target").map(lifecycles::region_of_target), kept, &resource.place)
}

/// Absent: it is no interval that says so.
fn kept(retain: &Attrs<'_>) -> Fact<u32> {
    match retain.text_if_set("interval_unit") {
        Fact::Known(unit) if !unit.is_empty() => lifecycles::in_days(number(retain, "interval"), &unit),
        Fact::Unknown => Fact::Unknown,
        _ => Fact::Absent,
    }
}

/// The provider writes 0 for what is not set.
fn number(block: &Attrs<'_>, name: &str) -> Fact<u32> {
    match block.number(name) {
        Fact::Known(0) => Fact::Unknown,
        number => number,
    }
}

fn selection(details: &Attrs<'_>, role: Fact<String>) -> PlanSelection {
    let tags = match details.state("target_tags") {
        State::Known(tags) => {
            let pairs = tags.as_object().into_iter().flatten();
            let pair = |(key, value): (&String, _)| values::text(value).map(|value| format!("{key}={value}"));
            Fact::from_known(pairs.map(pair).collect::<Option<Vec<_>>>())
        }
        State::Null | State::Unset => Fact::Absent,
        State::Unknown(_) => Fact::Unknown,
    };
    let of_volumes = details.list("resource_types").known().is_some_and(|types| types.iter().any(|it| it == "VOLUME"));
    lifecycles::selection(tags, of_volumes, false, role)
}

/// The others copy what is shared with the account.
fn only_those_that_take(world: &World<'_>, resources: &mut Parts) {
    for at in world.of_type(POLICIES) {
        let details = Attrs::new(world, at).block("policy_details").into_known();
        let of = details.map_or(Fact::Unknown, |details| details.text("policy_type"));
        resources[at] = resources[at].take().filter(|_| of.text() != Some("EVENT_BASED_POLICY"));
    }
}
