//! Redshift Serverless namespaces.

use super::iam::ASSUMED;
use super::kms;
use super::provider::TYPE;
use crate::collect::caches::unreplicated;
use crate::collect::stores;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{Capacity, Database, Encryption, Fact, Protection, Redundancy, Rel, Resource, Shared};

const TYPES: &[Mapping] = &[Mapping {
    of: Type {
        name: "aws_redshiftserverless_namespace",
        kind: Some("aws.redshiftserverless.namespace"),
        global_id: "arn",
        names: &["namespace_name"],
        facts: &[("database.managed_secret", "manage_admin_password"), ("encryption.key", "kms_key_id")],
        reads: &["iam_roles"],
        ..TYPE
    },
    maps: Maps::Resource(namespace),
}];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

fn namespace(attrs: &Attrs<'_>, resource: &mut Resource) {
    // The provider (5.100) has no attribute for it.
    resource.backup = Some(Shared::from(stores::serverless_warehouse_backup(Fact::Unknown)));
    resource.mark_unknown("backup.copied_to", "the copying of its snapshots may be declared elsewhere");
    resource.replication = Some(Shared::from(unreplicated()));
    let key = kms::of_customer(attrs, resource, "kms_key_id");
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    resource.redundancy = Some(Shared::from(Redundancy { multi_zone: Fact::Known(true), ..Redundancy::default() }));
    resource.protection = Some(Shared::from(Protection { deletion_protection: Fact::Absent, ..Protection::default() }));
    resource.capacity = Some(Shared::from(Capacity { types: Fact::Absent, ..Capacity::default() }));
    resource.database = Some(Shared::from(Database {
        engine: "redshift".into(),
        engine_version: Fact::Absent,
        subnet_group: Fact::Absent,
        parameter_group: Fact::Absent,
        endpoints: Fact::Known(Vec::new()),
        managed_secret: attrs.boolean_or("manage_admin_password", false),
        ..stores::warehouse("serverless")
    }));
    for role in attrs.all_targets("iam_roles", ASSUMED).ids() {
        resource.link(Rel::Assumes, Some(role));
    }
}
