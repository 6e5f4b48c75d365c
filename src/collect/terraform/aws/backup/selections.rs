//! What backup plans select.

use serde_json::Value;

use super::super::provider::TYPE;
use super::common::PLANS;
use crate::collect::selections::condition;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::PartOf;
use crate::collect::terraform::values;
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, PlanSelection, Rel, TagCondition};

pub(super) const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_backup_selection",
        kind: None,
        global_id: "",
        names: &["name"],
        facts: &[],
        reads: &[
            "condition.string_equals.key",
            "condition.string_equals.value",
            "condition.string_like.key",
            "condition.string_like.value",
            "condition.string_not_equals.key",
            "condition.string_not_equals.value",
            "condition.string_not_like.key",
            "condition.string_not_like.value",
            "iam_role_arn",
            "not_resources",
            "plan_id",
            "resources",
            "selection_tag.key",
            "selection_tag.value",
        ],
        ..TYPE
    },
    maps: Maps::Part(selection, None),
}];

pub(super) const PARTS: &[PartOf] = &[
    // A plan may have several, so that those that are known stay.
    PartOf {
        part: "aws_backup_selection",
        inline: "",
        names: "plan_id",
        of: PLANS,
        several: true,
        facts: &["plan.selections"],
        clear: |plan| {
            if let Some(facts) = plan.plan.as_mut().filter(|plan| plan.selections == Fact::Known(Vec::new())) {
                facts.selections = Fact::Unknown;
            }
        },
    },
];

fn selection(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let plans = attrs.targets("plan_id", PLANS);
    let Some(plan) = plans.single().and_then(|at| resources[at].as_mut()) else { return plans.here() };
    let tags = match attrs.blocks("selection_tag") {
        Fact::Known(tags) => {
            let pair = |tag: &Attrs<'_>| {
                let key = tag.text("key").into_known()?;
                let key = key.strip_prefix("aws:ResourceTag/").unwrap_or(&key);
                Some(format!("{key}={}", tag.text("value").into_known()?))
            };
            let tags: Option<std::collections::BTreeSet<String>> = tags.iter().map(pair).collect();
            Fact::from_known(tags).map(|tags| tags.into_iter().collect())
        }
        Fact::Absent => Fact::Known(Vec::new()),
        Fact::Unknown => Fact::Unknown,
    };
    let conditional = match attrs.state("condition") {
        State::Known(_) if !attrs.is_whole("condition") => Fact::Unknown,
        // The provider writes a block with four empty lists where there is none.
        State::Known(blocks) => Fact::Known(values::blocks(blocks).into_iter().any(holds_something)),
        State::Null | State::Unset => Fact::Known(false),
        State::Unknown(_) => Fact::Unknown,
    };
    let role = attrs.link_to(plan, Rel::Assumes, "", attrs.targets("iam_role_arn", &["aws_iam_role"]));
    let selection = PlanSelection {
        name: attrs.text("name"),
        resources: patterns(attrs, "resources"),
        excluded: patterns(attrs, "not_resources"),
        tags,
        conditional,
        conditions: conditions(attrs),
        role,
    };
    let facts = plan.plan.get_or_insert_default();
    let mut selections = std::mem::take(&mut facts.selections).into_known().unwrap_or_default();
    selections.push(selection);
    facts.selections = Fact::Known(selections);
    plans.here()
}

fn conditions(attrs: &Attrs<'_>) -> Fact<Vec<TagCondition>> {
    const SORTS: [(&str, &str); 4] = [
        ("string_equals", "equals"),
        ("string_like", "like"),
        ("string_not_equals", "not-equals"),
        ("string_not_like", "not-like"),
    ];
    let mut all = Vec::new();
    for block in match attrs.blocks_if_set("condition") {
        Fact::Known(blocks) => blocks,
        Fact::Absent => Vec::new(),
        Fact::Unknown => return Fact::Unknown,
    } {
        for (name, what) in SORTS {
            let asked = match block.blocks_if_set(name) {
                Fact::Known(asked) => asked,
                Fact::Absent => continue,
                Fact::Unknown => return Fact::Unknown,
            };
            for one in asked {
                let pair = one.text("key").into_known().zip(one.text("value").into_known());
                let Some(read) = pair.and_then(|(key, value)| condition(what, &key, &value)) else {
                    return Fact::Unknown;
                };
                all.push(read);
            }
        }
    }
    Fact::Known(all)
}

/// Whether a condition asks for anything.
fn holds_something(block: &Value) -> bool {
    let lists = block.as_object().into_iter().flat_map(|block| block.values());
    lists.into_iter().any(|list| !values::blocks(list).is_empty())
}

/// ARNs and patterns of them; what is managed here by its id.
pub(super) fn patterns(attrs: &Attrs<'_>, name: &str) -> Fact<Vec<String>> {
    let targets = attrs.all_targets(name, &attrs.world.stack.types.resources());
    let mut ids = targets.ids();
    ids.sort_unstable();
    match targets.unknown {
        Some(_) if attrs.is_set(name) => Fact::Unknown,
        _ => Fact::Known(ids),
    }
}
