//! Secrets, and their replicas in other regions.

use super::lambda::function_of;
use super::provider::TYPE;
use super::{kms, replicas};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::Parts;
use crate::model::{Encryption, Fact, Protection, Rel, Replication, Resource, Secret, SecretReplica, Shared};
use crate::providers::aws::lambda::unqualified;

/// What encrypts a secret, or a replica of one, where nobody chose a key.
const OWN_KEY: &str = "alias/aws/secretsmanager";

const SECRETS: &[&str] = &["aws_secretsmanager_secret"];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_secretsmanager_secret",
            kind: Some("aws.secretsmanager.secret"),
            global_id: "arn",
            names: &["name"],
            facts: &[
                ("encryption.key", "kms_key_id"),
                ("protection.recovery_window_days", "recovery_window_in_days"),
                ("replication.regions", "replica"),
                ("secret.replicas", "replica"),
            ],
            reads: &["replica.kms_key_id", "replica.region", "replica.status", "replica.status_message"],
            ..TYPE
        },
        maps: Maps::Resource(secret),
    },
    Mapping {
        of: Type {
            name: "aws_secretsmanager_secret_rotation",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["rotation_lambda_arn", "secret_id"],
            ..TYPE
        },
        maps: Maps::Part(rotation, Some(no_rotation)),
    },
];

const PARTS: &[PartOf] = &[PartOf {
    part: "aws_secretsmanager_secret_rotation",
    inline: "",
    names: "secret_id",
    of: SECRETS,
    several: false,
    facts: &["secret.rotated", "secret.rotation_function"],
    clear: |secret| set_rotation(secret, Fact::Unknown, Fact::Unknown),
}];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[PARTS], finishers: &[], comparers: &[] };

fn secret(attrs: &Attrs<'_>, resource: &mut Resource) {
    resource.protection = Some(Shared::from(Protection {
        recovery_window_days: attrs.number_or("recovery_window_in_days", 30),
        ..Protection::default()
    }));
    let key = match attrs.state("kms_key_id") {
        State::Null | State::Unset => {
            resource.link(Rel::EncryptedBy, Some(OWN_KEY));
            OWN_KEY.into()
        }
        _ => kms::encrypted_by(attrs, resource, "kms_key_id"),
    };
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    // A replica is made with its primary, and is no resource of the code.
    resource.replication = Some(Shared::from(Replication {
        source: Fact::Absent,
        cross_region: Fact::Known(false),
        ..replicas::declared(attrs, "region")
    }));
    let replicas = match attrs.blocks_if_set("replica") {
        Fact::Known(blocks) => {
            let mut replicas: Vec<_> = blocks.iter().map(replica).collect();
            replicas.sort_by(|a, b| a.region.cmp(&b.region));
            // One without a region may be any.
            if replicas.iter().all(|replica| replica.region.is_known()) { Fact::Known(replicas) } else { Fact::Unknown }
        }
        Fact::Absent => Fact::Known(Vec::new()),
        Fact::Unknown => Fact::Unknown,
    };
    resource.secret = Some(Shared::from(Secret {
        primary_region: Fact::Absent,
        replicas,
        // What a service makes for itself is not made by code.
        owner: Fact::Absent,
        deletion_date: Fact::Absent,
        ..Secret::default()
    }));
    if attrs.has_all_parts() {
        set_rotation(resource, Fact::Known(false), Fact::Absent);
    } else {
        for fact in ["secret.rotated", "secret.rotation_function"] {
            resource.mark_unknown(fact, "its rotation may be declared elsewhere");
        }
    }
}

fn replica(block: &Attrs<'_>) -> SecretReplica {
    // The provider writes an empty text where the service says nothing.
    let told = |fact: Fact<String>| if fact.is_absent() { Fact::Unknown } else { fact };
    let status = told(block.text("status"));
    SecretReplica {
        region: block.text("region"),
        reason: if status.is_known() { block.text("status_message") } else { Fact::Unknown },
        status: status.map(|status| match status.as_str() {
            "InSync" => "in_sync".to_owned(),
            "InProgress" => "in_progress".to_owned(),
            other => other.to_lowercase(),
        }),
        key: match block.state("kms_key_id") {
            State::Null | State::Unset => OWN_KEY.into(),
            _ => kms::named(block, "kms_key_id"),
        },
    }
}

fn set_rotation(secret: &mut Resource, rotated: Fact<bool>, function: Fact<String>) {
    let facts = secret.secret.get_or_insert_default();
    (facts.rotated, facts.rotation_function) = (rotated, function);
}

fn part(attrs: &Attrs<'_>, secrets: &mut Parts, rotated: bool, function: Fact<String>) -> Vec<usize> {
    part_of::set(attrs, "secret_id", SECRETS, secrets, |secret| {
        for fact in ["secret.rotated", "secret.rotation_function"] {
            secret.unknown.remove(fact);
        }
        if function.is_unknown() {
            secret.mark_unknown("secret.rotation_function", "known only after apply");
        }
        set_rotation(secret, Fact::Known(rotated), function);
    })
}

/// A function that is made with it has no ARN yet, but the code names it.
fn rotation(attrs: &Attrs<'_>, secrets: &mut Parts) -> Vec<usize> {
    let function = function_of(attrs, "rotation_lambda_arn").id();
    part_of::set(attrs, "secret_id", SECRETS, secrets, |secret| {
        secret.link(Rel::RotatedBy, function.as_deref().map(unqualified));
    });
    part(attrs, secrets, true, attrs.text_if_set("rotation_lambda_arn"))
}

fn no_rotation(attrs: &Attrs<'_>, secrets: &mut Parts) {
    part(attrs, secrets, false, Fact::Absent);
}
