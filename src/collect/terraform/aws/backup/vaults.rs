//! Backup vaults, and their locks.

use super::super::kms;
use super::super::provider::TYPE;
use super::common::VAULTS;
use super::shares::SHARED_WITH;
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::Parts;
use crate::model::{Access, AccessStatement, Encryption, Fact, Protection, Rel, Resource, Shared, Vault};
use crate::providers::aws::documents::{OF_VAULT, access_statements};

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_backup_vault",
            kind: Some("aws.backup.vault"),
            global_id: "arn",
            names: &["name"],
            facts: &[("encryption.key", "kms_key_arn"), ("protection.force_destroy", "force_destroy")],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(vault),
    },
    Mapping {
        of: Type {
            name: "aws_backup_logically_air_gapped_vault",
            kind: Some("aws.backup.vault"),
            global_id: "arn",
            names: &["name"],
            facts: &[
                ("encryption.key", "encryption_key_arn"),
                ("protection.lock_max_days", "max_retention_days"),
                ("protection.lock_min_days", "min_retention_days"),
            ],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(air_gapped_vault),
    },
    Mapping {
        of: Type {
            name: "aws_backup_vault_lock_configuration",
            kind: None,
            global_id: "backup_vault_arn",
            names: &[],
            facts: &[],
            reads: &["backup_vault_name", "changeable_for_days", "max_retention_days", "min_retention_days"],
            ..TYPE
        },
        maps: Maps::Part(lock, Some(unlock)),
    },
    Mapping {
        of: Type {
            name: "aws_backup_vault_policy",
            kind: None,
            global_id: "backup_vault_arn",
            names: &[],
            facts: &[],
            reads: &["backup_vault_name", "policy"],
            ..TYPE
        },
        maps: Maps::Part(policy, Some(no_policy)),
    },
];

pub(super) const PARTS: &[PartOf] = &[
    PartOf {
        part: "aws_backup_vault_lock_configuration",
        inline: "",
        names: "backup_vault_name",
        of: VAULTS,
        several: false,
        facts: &LOCK,
        clear: part_of::no_lock,
    },
    PartOf {
        part: "aws_backup_vault_policy",
        inline: "",
        names: "backup_vault_name",
        of: VAULTS,
        several: false,
        facts: &[STATEMENTS],
        clear: |vault| vault.access.get_or_insert_default().statements = Fact::Unknown,
    },
];

/// What a policy tells.
const STATEMENTS: &str = "access.statements";

fn vault(attrs: &Attrs<'_>, resource: &mut Resource) {
    let key = match attrs.state("kms_key_arn") {
        State::Unset | State::Null => {
            resource.link(Rel::EncryptedBy, Some("alias/aws/backup"));
            "alias/aws/backup".into()
        }
        _ => kms::encrypted_by(attrs, resource, "kms_key_arn"),
    };
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    let mut protection =
        Protection { force_destroy: attrs.boolean_or("force_destroy", false), ..Protection::default() };
    // A vault that is only made now is locked here or not at all.
    if attrs.has_all_parts() {
        no_lock(&mut protection);
    } else {
        for fact in LOCK {
            resource.mark_unknown(fact, "its lock may be declared elsewhere");
        }
    }
    resource.protection = Some(Shared::from(protection));
    resource.vault = Some(Shared::from(Vault {
        air_gapped: Fact::Known(false),
        approval_team: Fact::Absent,
        source_vault: Fact::Absent,
        shared_with: Fact::Absent,
    }));
    access(attrs, resource);
}

/// A vault that is only made now has its policy here or none.
fn access(attrs: &Attrs<'_>, resource: &mut Resource) {
    let statements = if attrs.has_all_parts() { Fact::Absent } else { Fact::Unknown };
    if statements.is_unknown() {
        resource.mark_unknown(STATEMENTS, "its policy may be declared elsewhere");
    }
    resource.access = Some(Shared::from(Access { statements, grants: Fact::Absent }));
}

fn policy(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    set_policy(
        attrs,
        resources,
        match attrs.text("policy") {
            Fact::Known(text) => access_statements(&text, None, OF_VAULT),
            other => other.map(|_| Vec::new()),
        },
    )
}

fn no_policy(attrs: &Attrs<'_>, resources: &mut Parts) {
    set_policy(attrs, resources, Fact::Absent);
}

fn set_policy(attrs: &Attrs<'_>, resources: &mut Parts, statements: Fact<Vec<AccessStatement>>) -> Vec<usize> {
    part_of::set(attrs, "backup_vault_name", VAULTS, resources, |vault| {
        vault.unknown.remove(STATEMENTS);
        if statements.is_unknown() {
            vault.mark_unknown(STATEMENTS, AFTER_APPLY);
        }
        vault.access.get_or_insert_default().statements = statements;
    })
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
    // Without a word of it, and in versions of the provider that have no word for it, the key is the service's own.
    let key = if attrs.is_set("encryption_key_arn") {
        kms::encrypted_by(attrs, resource, "encryption_key_arn")
    } else {
        Fact::Absent
    };
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    resource.protection = Some(Shared::from(Protection {
        locked: Fact::Known(true),
        lock_mode: "compliance".into(),
        lock_min_days: attrs.number("min_retention_days"),
        lock_max_days: attrs.number("max_retention_days"),
        ..Protection::default()
    }));
    // One that is only made now is shared here or not at all.
    let (team, with) = match attrs.has_all_parts() {
        true => (Fact::Absent, Fact::Known(Vec::new())),
        false => (Fact::Unknown, Fact::Unknown),
    };
    if with.is_unknown() {
        resource.mark_unknown("vault.approval_team", "a team may be given it elsewhere");
        resource.mark_unknown(SHARED_WITH, "it may be shared elsewhere");
    }
    resource.vault = Some(Shared::from(Vault {
        air_gapped: Fact::Known(true),
        approval_team: team,
        source_vault: Fact::Absent,
        shared_with: with,
    }));
    access(attrs, resource);
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
