//! Redshift Serverless namespaces.

use super::iam::ASSUMED;
use super::kms;
use super::provider::TYPE;
use crate::collect::stores;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::model::{Fact, Rel, Resource};

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
    let key = kms::of_customer(attrs, resource, "kms_key_id");
    let managed_secret = attrs.boolean_or("manage_admin_password", false);
    stores::serverless_warehouse(resource, Fact::Unknown, key, managed_secret);
    // The provider (5.100) has no attribute for it.
    resource.mark_unknown("backup.copied_to", "the copying of its snapshots may be declared elsewhere");
    for role in attrs.all_targets("iam_roles", ASSUMED).ids() {
        resource.link(Rel::Assumes, Some(role));
    }
}
