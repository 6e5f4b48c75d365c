//! What names a key.

use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::world::{Referent, Referents};

/// What names a key.
pub(in super::super) const KEYS: &[&str] =
    &["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_replica_external_key", "aws_kms_alias"];

/// A key and not an alias.
pub(super) const REAL_KEYS: &[&str] =
    &["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_replica_external_key"];

/// The keys that aliases stand for.
pub(super) fn follow_aliases(attrs: &Attrs<'_>, targets: Referents) -> Referents {
    let mut followed = Referents { unknown: targets.unknown, ..Referents::default() };
    for target in targets.found {
        match target {
            Referent::Here(at, _) if attrs.world.instance(at).kind.name == "aws_kms_alias" => {
                let of_alias = Attrs::new(attrs.world, at).targets("target_key_id", REAL_KEYS);
                followed.found.extend(of_alias.found);
                followed.unknown = followed.unknown.or(of_alias.unknown);
            }
            other => followed.found.push(other),
        }
    }
    followed
}
