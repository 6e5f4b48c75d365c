//! Plans that restore for a test, and what they select.

use serde_json::Value;

use super::super::provider::TYPE;
use super::common::VAULTS;
use super::selections::patterns;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::PartOf;
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, Rel, Resource, RestoreSelection, RestoreTesting, Shared};

const TESTS: &[&str] = &["aws_backup_restore_testing_plan"];

/// What the parts of a plan tell.
const SELECTIONS: &str = "restore_testing.selections";

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_backup_restore_testing_plan",
            kind: Some("aws.backup.restore-testing-plan"),
            global_id: "arn",
            names: &["name"],
            facts: &[
                ("restore_testing.algorithm", "recovery_point_selection.algorithm"),
                ("restore_testing.excluded_vaults", "recovery_point_selection.exclude_vaults"),
                ("restore_testing.included_vaults", "recovery_point_selection.include_vaults"),
                ("restore_testing.point_types", "recovery_point_selection.recovery_point_types"),
                ("restore_testing.schedule", "schedule_expression"),
                ("restore_testing.start_window_hours", "start_window_hours"),
                ("restore_testing.timezone", "schedule_expression_timezone"),
                ("restore_testing.window_days", "recovery_point_selection.selection_window_days"),
            ],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(restore_test),
    },
    Mapping {
        of: Type {
            name: "aws_backup_restore_testing_selection",
            kind: None,
            global_id: "",
            names: &["name"],
            facts: &[],
            reads: &[
                "iam_role_arn",
                "protected_resource_arns",
                "protected_resource_conditions.string_equals.key",
                "protected_resource_conditions.string_equals.value",
                "protected_resource_conditions.string_not_equals.key",
                "protected_resource_conditions.string_not_equals.value",
                "protected_resource_type",
                "restore_metadata_overrides",
                "restore_testing_plan_name",
                "validation_window_hours",
            ],
            ..TYPE
        },
        maps: Maps::Part(restore_selection, None),
    },
];

pub(super) const PARTS: &[PartOf] = &[
    // A plan may have several, so that those that are known stay.
    PartOf {
        part: "aws_backup_restore_testing_selection",
        inline: "",
        names: "restore_testing_plan_name",
        of: TESTS,
        several: true,
        facts: &[SELECTIONS],
        clear: |plan| {
            if let Some(facts) = plan.restore_testing.as_mut().filter(|it| it.selections == Fact::Known(Vec::new())) {
                facts.selections = Fact::Unknown;
            }
        },
    },
];

/// When it last ran is not known from code.
fn restore_test(attrs: &Attrs<'_>, resource: &mut Resource) {
    let mut facts = RestoreTesting {
        schedule: attrs.text("schedule_expression"),
        timezone: attrs.text_if_set("schedule_expression_timezone"),
        start_window_hours: attrs.number_or("start_window_hours", 24),
        ..RestoreTesting::default()
    };
    if let Fact::Known(points) = attrs.block("recovery_point_selection") {
        facts.algorithm = points.text("algorithm").map(|text| text.to_lowercase());
        facts.included_vaults = vaults(&points, "include_vaults");
        facts.excluded_vaults = vaults(&points, "exclude_vaults");
        let types = points.list("recovery_point_types");
        facts.point_types = types.map(|types| types.iter().map(|it| it.to_lowercase()).collect());
        facts.window_days = points.number_or("selection_window_days", 30);
    }
    // A plan that is only made now has no selections but those that are made with it.
    facts.selections = if attrs.has_all_parts() {
        Fact::Known(Vec::new())
    } else {
        resource.mark_unknown(SELECTIONS, "selections may be declared elsewhere");
        Fact::Unknown
    };
    resource.restore_testing = Some(Shared::from(facts));
}

/// ARNs and patterns of them; what is managed here by its id.
fn vaults(points: &Attrs<'_>, name: &str) -> Fact<Vec<String>> {
    if points.state(name) == State::Unset {
        return Fact::Known(Vec::new());
    }
    let targets = points.all_targets(name, VAULTS);
    let mut ids = targets.ids();
    ids.sort_unstable();
    if targets.unknown.is_some() { Fact::Unknown } else { Fact::Known(ids) }
}

fn restore_selection(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let plans = attrs.targets("restore_testing_plan_name", TESTS);
    let Some(plan) = plans.single().and_then(|at| resources[at].as_mut()) else { return plans.here() };
    let role = attrs.link_to(plan, Rel::Assumes, "", attrs.targets("iam_role_arn", &["aws_iam_role"]));
    let (tagged, not_tagged) = match attrs.block_if_set("protected_resource_conditions") {
        Fact::Known(conditions) => (pairs(&conditions, "string_equals"), pairs(&conditions, "string_not_equals")),
        Fact::Absent => (Fact::Known(Vec::new()), Fact::Known(Vec::new())),
        Fact::Unknown => (Fact::Unknown, Fact::Unknown),
    };
    let overrides = match attrs.state("restore_metadata_overrides") {
        // What they are set to may tell more than anybody asked for.
        State::Known(Value::Object(all)) => Fact::Known(all.keys().cloned().collect()),
        State::Null | State::Unset => Fact::Known(Vec::new()),
        _ => Fact::Unknown,
    };
    let selection = RestoreSelection {
        name: attrs.text("name"),
        resource_type: attrs.text("protected_resource_type"),
        resources: patterns(attrs, "protected_resource_arns"),
        tagged,
        not_tagged,
        role,
        validation_hours: attrs.number_or("validation_window_hours", 0),
        overrides,
    };
    let facts = plan.restore_testing.get_or_insert_default();
    let mut selections = std::mem::take(&mut facts.selections).into_known().unwrap_or_default();
    selections.push(selection);
    facts.selections = Fact::Known(selections);
    plans.here()
}

/// `key=value` of the conditions of that name.
fn pairs(conditions: &Attrs<'_>, name: &str) -> Fact<Vec<String>> {
    match conditions.blocks_if_set(name) {
        Fact::Known(blocks) => {
            let pair = |tag: &Attrs<'_>| {
                let key = tag.text("key").into_known()?;
                let key = key.strip_prefix("aws:ResourceTag/").unwrap_or(&key);
                Some(format!("{key}={}", tag.text("value").into_known()?))
            };
            let pairs: Option<std::collections::BTreeSet<String>> = blocks.iter().map(pair).collect();
            Fact::from_known(pairs).map(|pairs| pairs.into_iter().collect())
        }
        Fact::Absent => Fact::Known(Vec::new()),
        Fact::Unknown => Fact::Unknown,
    }
}
