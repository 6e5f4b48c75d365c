//! AWS Backup: vaults and their locks, plans and what they select, and plans that restore for a test.

use serde_json::Value;

use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs, State};
use crate::collect::terraform::aws::kms;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Finisher, Mapping, Maps};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::{Parts, Target, World};
use crate::model::{Encryption, Fact, Plan, PlanCopy, PlanRule, PlanSelection, Protection, Rel, Resource};
use crate::providers::aws::names::Arn;

const VAULTS: &[&str] = &["aws_backup_vault", "aws_backup_logically_air_gapped_vault"];
const PLANS: &[&str] = &["aws_backup_plan"];
const TESTS: &[&str] = &["aws_backup_restore_testing_plan"];

pub(in crate::collect::terraform) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_backup_vault",
            kind: Some("aws.backup.vault"),
            arn: "arn",
            names: &["name"],
            facts: &[("encryption.key", "kms_key_arn"), ("protection.force_destroy", "force_destroy")],
            reads: &[],
        },
        maps: Maps::Resource(vault),
    },
    Mapping {
        of: Type {
            name: "aws_backup_logically_air_gapped_vault",
            kind: Some("aws.backup.vault"),
            arn: "arn",
            names: &["name"],
            facts: &[
                ("protection.lock_max_days", "max_retention_days"),
                ("protection.lock_min_days", "min_retention_days"),
            ],
            reads: &[],
        },
        maps: Maps::Resource(air_gapped_vault),
    },
    Mapping {
        of: Type {
            name: "aws_backup_vault_lock_configuration",
            kind: None,
            arn: "backup_vault_arn",
            names: &[],
            facts: &[],
            reads: &["backup_vault_name", "changeable_for_days", "max_retention_days", "min_retention_days"],
        },
        maps: Maps::Part(lock, Some(unlock)),
    },
    Mapping {
        of: Type {
            name: "aws_backup_plan",
            kind: Some("aws.backup.plan"),
            arn: "arn",
            names: &["name"],
            facts: &[("plan.rules", "rule")],
            reads: &[
                "rule.copy_action.destination_vault_arn",
                "rule.copy_action.lifecycle.delete_after",
                "rule.enable_continuous_backup",
                "rule.lifecycle.delete_after",
                "rule.rule_name",
                "rule.schedule",
                "rule.target_logically_air_gapped_backup_vault_arn",
                "rule.target_vault_name",
            ],
        },
        maps: Maps::Resource(plan),
    },
    Mapping {
        of: Type {
            name: "aws_backup_region_settings",
            kind: None,
            arn: "",
            names: &[],
            facts: &[],
            reads: &["resource_type_opt_in_preference"],
        },
        maps: Maps::Part(region_settings, None),
    },
    Mapping {
        of: Type {
            name: "aws_backup_selection",
            kind: None,
            arn: "",
            names: &["name"],
            facts: &[],
            reads: &[
                "condition",
                "iam_role_arn",
                "not_resources",
                "plan_id",
                "resources",
                "selection_tag.key",
                "selection_tag.value",
            ],
        },
        maps: Maps::Part(selection, None),
    },
    Mapping {
        of: Type {
            name: "aws_backup_restore_testing_plan",
            kind: Some("aws.backup.restore-testing-plan"),
            arn: "arn",
            names: &["name"],
            facts: &[],
            reads: &[],
        },
        maps: Maps::Resource(restore_test),
    },
    Mapping {
        of: Type {
            name: "aws_backup_restore_testing_selection",
            kind: None,
            arn: "",
            names: &["name"],
            facts: &[],
            reads: &["restore_testing_plan_name"],
        },
        maps: Maps::Part(restore_selection, None),
    },
];

pub(in crate::collect::terraform) const PARTS: &[PartOf] = &[
    PartOf {
        part: "aws_backup_vault_lock_configuration",
        inline: "",
        names: "backup_vault_name",
        of: VAULTS,
        several: false,
        facts: &LOCK,
        clear: part_of::no_lock,
    },
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

pub(in crate::collect::terraform) const FINISHERS: &[Finisher] = &[left_out_settings];

fn vault(attrs: &Attrs<'_>, resource: &mut Resource) {
    let key = match attrs.state("kms_key_arn") {
        State::Unset | State::Null => {
            resource.link(Rel::EncryptedBy, Some("alias/aws/backup"));
            "alias/aws/backup".into()
        }
        _ => kms::encrypted_by(attrs, resource, "kms_key_arn"),
    };
    resource.encryption = Some(Box::new(Encryption { enabled: Fact::Known(true), key }));
    let mut protection =
        Protection { force_destroy: attrs.boolean_or("force_destroy", false), ..Protection::default() };
    // A vault that is only made now is locked here or not at all.
    if attrs.is_created() {
        no_lock(&mut protection);
    } else {
        for fact in LOCK {
            resource.mark_unknown(fact, "its lock may be declared elsewhere");
        }
    }
    resource.protection = Some(Box::new(protection));
}

/// What a lock configuration tells.
const LOCK: [&str; 4] =
    ["protection.locked", "protection.lock_mode", "protection.lock_min_days", "protection.lock_max_days"];

fn no_lock(protection: &mut Protection) {
    protection.locked = Fact::Known(false);
    protection.lock_mode = Fact::Absent;
    protection.lock_min_days = Fact::Absent;
    protection.lock_max_days = Fact::Absent;
}

fn air_gapped_vault(attrs: &Attrs<'_>, resource: &mut Resource) {
    resource.protection = Some(Box::new(Protection {
        locked: Fact::Known(true),
        lock_mode: "compliance".into(),
        lock_min_days: attrs.number("min_retention_days"),
        lock_max_days: attrs.number("max_retention_days"),
        ..Protection::default()
    }));
}

fn lock(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    set_lock(attrs, resources, |protection| {
        protection.locked = Fact::Known(true);
        // Without days to think it over, the lock can be taken off at any time.
        protection.lock_mode = match attrs.number_or("changeable_for_days", 0) {
            Fact::Known(0) => "governance".into(),
            Fact::Known(_) => "compliance".into(),
            _ => Fact::Unknown,
        };
        protection.lock_min_days = attrs.number("min_retention_days");
        protection.lock_max_days = attrs.number("max_retention_days");
    })
}

fn unlock(attrs: &Attrs<'_>, resources: &mut Parts) {
    set_lock(attrs, resources, no_lock);
}

fn set_lock(attrs: &Attrs<'_>, resources: &mut Parts, set: impl Fn(&mut Protection)) -> Vec<usize> {
    let targets = attrs.targets("backup_vault_name", VAULTS);
    if let Some(vault) = targets.single().and_then(|at| resources[at].as_mut()) {
        set(vault.protection.get_or_insert_default());
        vault.unknown.retain(|path, _| !LOCK.contains(&path.as_str()));
    }
    targets.here()
}

fn plan(attrs: &Attrs<'_>, resource: &mut Resource) {
    let rules = match attrs.blocks("rule") {
        Fact::Known(blocks) => {
            Fact::Known(blocks.iter().enumerate().map(|(at, block)| rule(block, at, resource)).collect())
        }
        Fact::Absent => Fact::Known(Vec::new()),
        Fact::Unknown => Fact::Unknown,
    };
    // A plan that is only made now has no selections but those that are made with it.
    let selections = if attrs.is_created() {
        Fact::Known(Vec::new())
    } else {
        resource.mark_unknown("plan.selections", "selections may be declared elsewhere");
        Fact::Unknown
    };
    resource.plan = Some(Box::new(Plan { rules, selections, switched_off: Fact::Absent }));
}

/// Settings of a region that the plan leaves out may switch the service off for what its plans select.
fn left_out_settings(world: &World<'_>, resources: &mut Parts) {
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

/// What the service is switched off for counts for every plan of the region.
fn region_settings(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let types = match attrs.state("resource_type_opt_in_preference") {
        State::Known(Value::Object(types)) if attrs.is_whole("resource_type_opt_in_preference") => {
            let off = types.iter().filter(|(_, on)| crate::collect::terraform::values::boolean(on) == Some(false));
            let mut off: Vec<String> = off.map(|(name, _)| name.clone()).collect();
            off.sort_unstable();
            Fact::Known(off)
        }
        State::Null => Fact::Absent,
        _ => Fact::Unknown,
    };
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
        Some(Target::Here(at, _)) => {
            let place = block.world.place(*at);
            (place.region.clone(), place.account.clone())
        }
        Some(Target::Elsewhere(arn)) => {
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
            State::Known(days) => {
                Fact::from_read(crate::collect::terraform::values::number(days).filter(|days| *days > 0))
            }
            State::Null | State::Unset => Fact::Absent,
            State::Unknown(_) => Fact::Unknown,
        },
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    }
}

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
        State::Known(blocks) => {
            Fact::Known(crate::collect::terraform::values::blocks(blocks).into_iter().any(holds_something))
        }
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
        role,
    };
    let facts = plan.plan.get_or_insert_default();
    let mut selections = std::mem::take(&mut facts.selections).into_known().unwrap_or_default();
    selections.push(selection);
    facts.selections = Fact::Known(selections);
    plans.here()
}

/// Whether a condition asks for anything.
fn holds_something(block: &Value) -> bool {
    let lists = block.as_object().into_iter().flat_map(|block| block.values());
    lists.into_iter().any(|list| !crate::collect::terraform::values::blocks(list).is_empty())
}

/// ARNs and patterns of them; what is managed here by its id.
fn patterns(attrs: &Attrs<'_>, name: &str) -> Fact<Vec<String>> {
    let targets = attrs.all_targets(name, &(attrs.world.estate.registry.resources)());
    let mut ids = targets.ids();
    ids.sort_unstable();
    match targets.unknown {
        Some(_) if attrs.is_set(name) => Fact::Unknown,
        _ => Fact::Known(ids),
    }
}

/// When it last ran is not known from code, and there is nothing else to know of it yet.
fn restore_test(_: &Attrs<'_>, _: &mut Resource) {}

fn restore_selection(attrs: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    attrs.targets("restore_testing_plan_name", TESTS).here()
}
