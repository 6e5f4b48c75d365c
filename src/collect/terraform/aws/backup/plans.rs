//! Backup plans, and their rules.

use super::super::provider::TYPE;
use super::common::VAULTS;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::values;
use crate::collect::terraform::world::Referent;
use crate::model::{Fact, Plan, PlanCopy, PlanRule, Rel, Resource, Shared};
use crate::providers::aws::names::Arn;

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_backup_plan",
        kind: Some("aws.backup.plan"),
        global_id: "arn",
        names: &["name"],
        facts: &[("plan.rules", "rule")],
        reads: &[
            "rule.copy_action.destination_vault_arn",
            "rule.copy_action.lifecycle.delete_after",
            "rule.enable_continuous_backup",
            "rule.lifecycle.delete_after",
            "rule.rule_name",
            "rule.schedule",
            "rule.schedule_expression_timezone",
            "rule.start_window",
            "rule.target_logically_air_gapped_backup_vault_arn",
            "rule.target_vault_name",
        ],
        ..TYPE
    },
    maps: Maps::Resource(plan),
}];

fn plan(attrs: &Attrs<'_>, resource: &mut Resource) {
    let rules = match attrs.blocks("rule") {
        Fact::Known(blocks) => {
            Fact::Known(blocks.iter().enumerate().map(|(at, block)| rule(block, at, resource)).collect())
        }
        Fact::Absent => Fact::Known(Vec::new()),
        Fact::Unknown => Fact::Unknown,
    };
    // A plan that is only made now has no selections but those that are made with it.
    let selections = if attrs.has_all_parts() {
        Fact::Known(Vec::new())
    } else {
        resource.mark_unknown("plan.selections", "selections may be declared elsewhere");
        Fact::Unknown
    };
    resource.plan = Some(Shared::from(Plan { rules, selections, switched_off: Fact::Absent }));
}

fn rule(block: &Attrs<'_>, at: usize, resource: &mut Resource) -> PlanRule {
    let path = format!("plan.rules.{at}");
    let vault = block.targets("target_vault_name", VAULTS);
    let name = match (block.text("target_vault_name"), vault.single()) {
        (Fact::Unknown, Some(vault)) => Attrs::new(block.world, vault).text("name"),
        (name, _) => name,
    };
    block.link_to(resource, Rel::StoredIn, &format!("{path}.vault"), vault);
    let air_gapped = block.targets("target_logically_air_gapped_backup_vault_arn", VAULTS);
    let air_gapped = block.link_to(resource, Rel::StoredIn, &format!("{path}.air_gapped_vault"), air_gapped);
    let kept = delete_after(block);
    let copies = match block.blocks("copy_action") {
        Fact::Known(copies) => {
            let copy = |(number, copy)| copy_action(copy, kept, &format!("{path}.copies.{number}"), resource);
            Fact::Known(copies.iter().enumerate().map(copy).collect())
        }
        Fact::Absent => Fact::Known(Vec::new()),
        Fact::Unknown => Fact::Unknown,
    };
    PlanRule {
        name: block.text("rule_name"),
        schedule: block.text("schedule"),
        start_window_minutes: block.number_or("start_window", 60),
        timezone: block.text("schedule_expression_timezone"),
        vault: name,
        air_gapped_vault: air_gapped,
        delete_after_days: kept,
        continuous: block.boolean_or("enable_continuous_backup", false),
        copies,
    }
}

/// `kept`: how long the rule keeps what is copied.
fn copy_action(block: &Attrs<'_>, kept: Fact<u32>, path: &str, resource: &mut Resource) -> PlanCopy {
    let targets = block.targets("destination_vault_arn", VAULTS);
    let (region, account) = match targets.found.first() {
        _ if targets.unknown.is_some() => (Fact::Unknown, Fact::Unknown),
        Some(Referent::Here(at, _)) => {
            let place = block.world.place(*at);
            (place.region.clone(), place.account.clone())
        }
        Some(Referent::Elsewhere(arn)) => {
            let arn = Arn::parse(arn);
            let part = |part: Option<&str>| Fact::from_known(part.map(str::to_owned));
            (part(arn.map(|arn| arn.region)), part(arn.map(|arn| arn.account)))
        }
        None => (Fact::Unknown, Fact::Unknown),
    };
    PlanCopy {
        vault: block.link_to(resource, Rel::CopiesTo, &format!("{path}.vault"), targets),
        region,
        account,
        delete_after_days: match delete_after(block) {
            Fact::Absent => kept,
            days => days,
        },
    }
}

/// Absent: nothing is said. A recovery point is then kept for ever, a copy as long as what it is a copy of.
fn delete_after(block: &Attrs<'_>) -> Fact<u32> {
    match block.block("lifecycle") {
        // The provider writes 0 or -1 for what is not set.
        Fact::Known(lifecycle) => match lifecycle.state("delete_after") {
            State::Known(days) => Fact::from_read(values::number(days).filter(|days| *days > 0)),
            State::Null | State::Unset => Fact::Absent,
            State::Unknown(_) => Fact::Unknown,
        },
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    }
}
