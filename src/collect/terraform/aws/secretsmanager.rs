//! Secrets, and their replicas in other regions.

use super::{kms, replicas};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{Encryption, Fact, Protection, Rel, Resource, Shared};

const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_secretsmanager_secret",
        kind: Some("aws.secretsmanager.secret"),
        arn: "arn",
        names: &["name"],
        facts: &[
            ("encryption.key", "kms_key_id"),
            ("protection.recovery_window_days", "recovery_window_in_days"),
            ("replication.regions", "replica"),
        ],
        reads: &["replica.region"],
    },
    maps: Maps::Resource(secret),
}];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

fn secret(attrs: &Attrs<'_>, resource: &mut Resource) {
    resource.protection = Some(Shared::from(Protection {
        recovery_window_days: attrs.number_or("recovery_window_in_days", 30),
        ..Protection::default()
    }));
    let key = match attrs.state("kms_key_id") {
        State::Null | State::Unset => {
            resource.link(Rel::EncryptedBy, Some("alias/aws/secretsmanager"));
            "alias/aws/secretsmanager".into()
        }
        _ => kms::encrypted_by(attrs, resource, "kms_key_id"),
    };
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    resource.replication = Some(Shared::from(replicas::declared(attrs, "region")));
}
