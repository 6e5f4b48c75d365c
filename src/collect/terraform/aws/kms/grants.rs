//! What is granted of keys.

use super::named::{KEYS, follow_aliases};
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::world::Parts;
use crate::model::{AccessGrant, Fact};
use crate::providers::aws::documents::OF_KEY;

/// What was granted of a key.
pub(super) const GRANTS: &str = "access.grants";

/// A grant, of which what a restore needs is kept. Services and people grant at any time, so that those of the code are never
/// known to be all.
pub(super) fn grant(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let operations = attrs.list("operations");
    let gives = |operations: Vec<String>| {
        let gives = |action: &&str| operations.iter().any(|it| it == action.trim_start_matches("kms:"));
        let mut actions: Vec<String> = OF_KEY.iter().copied().filter(gives).map(str::to_owned).collect();
        actions.sort_unstable();
        actions
    };
    let constrained = match attrs.blocks_if_set("constraints") {
        Fact::Known(_) => Fact::Known(true),
        Fact::Absent => Fact::Known(false),
        Fact::Unknown => Fact::Unknown,
    };
    let roles = attrs.targets("grantee_principal", &["aws_iam_role"]);
    let grantee = match (&roles.unknown, roles.ids().into_iter().next()) {
        (None, id) => Fact::from_known(id),
        (Some(_), _) => Fact::Unknown,
    };
    let grant = AccessGrant { grantee, actions: operations.map(gives), constrained };
    let targets = follow_aliases(attrs, attrs.targets("key_id", KEYS));
    if let Some(key) = targets.single().and_then(|at| resources[at].as_mut()) {
        if grant.actions != Fact::Known(Vec::new()) {
            let access = key.access.get_or_insert_default();
            let mut grants = std::mem::take(&mut access.grants).into_known().unwrap_or_default();
            grants.push(grant);
            access.grants = Fact::Known(grants);
        }
        key.mark_unknown(GRANTS, "others may be granted at any time");
    }
    targets.here()
}
