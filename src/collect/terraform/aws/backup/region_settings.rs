//! What AWS Backup is switched off for in a region.

use serde_json::Value;

use super::super::provider::TYPE;
use super::common::PLANS;
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::values;
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Fact, Plan, Resource, Shared};

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_backup_region_settings",
        kind: Some("aws.backup.region-settings"),
        global_id: "",
        names: &[],
        facts: &[("plan.switched_off", "resource_type_opt_in_preference")],
        reads: &[],
        ..TYPE
    },
    maps: Maps::Both(settings, region_settings),
}];

/// The settings by themselves: they count for the plans of other stacks, too.
fn settings(attrs: &Attrs<'_>, resource: &mut Resource) {
    // There is one in each region of an account.
    resource.name = "region-settings".to_owned();
    let switched_off = switched_off(attrs);
    resource.plan = Some(Shared::from(Plan { rules: Fact::Absent, selections: Fact::Absent, switched_off }));
}

/// The types of resources that the service is switched off for. Absent: the code does not say.
fn switched_off(attrs: &Attrs<'_>) -> Fact<Vec<String>> {
    match attrs.state("resource_type_opt_in_preference") {
        State::Known(Value::Object(types)) if attrs.is_whole("resource_type_opt_in_preference") => {
            let off = types.iter().filter(|(_, on)| values::boolean(on) == Some(false));
            let mut off: Vec<String> = off.map(|(name, _)| name.clone()).collect();
            off.sort_unstable();
            Fact::Known(off)
        }
        State::Null => Fact::Absent,
        _ => Fact::Unknown,
    }
}

/// What the service is switched off for counts for every plan of the region.
fn region_settings(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let types = switched_off(attrs);
    let mut touched = Vec::new();
    for plan in attrs.world.of_type(PLANS) {
        let is_here = attrs.world.means(attrs.at, plan, "");
        let Some(resource) = resources[plan].as_mut().filter(|_| is_here != Some(false)) else { continue };
        let (types, reason) = match is_here {
            Some(_) => (types.clone(), AFTER_APPLY),
            None => (Fact::Unknown, "whether the settings of a region are those of its own is not known"),
        };
        if types.is_unknown() {
            resource.mark_unknown("plan.switched_off", reason);
        }
        resource.plan.get_or_insert_default().switched_off = types;
        touched.push(plan);
    }
    touched
}

/// Settings of a region that the plan leaves out may switch the service off for what its plans select.
pub(super) fn left_out(world: &World<'_>, resources: &mut Parts) {
    for at in world.of_type(&["aws_backup_region_settings"]) {
        let instance = world.instance(at);
        if !instance.left_out {
            continue;
        }
        for plan in world.of_type(PLANS) {
            let Some(resource) = resources[plan].as_mut().filter(|_| world.means(at, plan, "") != Some(false)) else {
                continue;
            };
            resource.plan.get_or_insert_default().switched_off = Fact::Unknown;
            let reason = format!("the plan is not complete, and leaves out {}", instance.address);
            resource.mark_unknown("plan.switched_off", reason);
        }
    }
}
