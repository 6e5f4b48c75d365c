//! Whom vaults are shared with.

use super::super::provider::TYPE;
use super::common::VAULTS;
use crate::collect::terraform::attrs::{AFTER_APPLY, Attrs};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps};
use crate::collect::terraform::part_of::PartOf;
use crate::collect::terraform::world::Parts;
use crate::model::Fact;

const SHARES: &[&str] = &["aws_ram_resource_share"];

const PRINCIPALS: &[&str] = &["aws_ram_principal_association"];

/// Whom a vault is shared with.
pub(super) const SHARED_WITH: &str = "vault.shared_with";

pub(super) const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_ram_resource_share",
            kind: None,
            global_id: "arn",
            names: &["id"],
            facts: &[],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Part(|_, _| Vec::new(), None),
    },
    Mapping {
        of: Type {
            name: "aws_ram_principal_association",
            kind: None,
            global_id: "",
            names: &["id"],
            facts: &[],
            reads: &["principal", "resource_share_arn"],
            ..TYPE
        },
        maps: Maps::Part(|_, _| Vec::new(), None),
    },
    Mapping {
        of: Type {
            name: "aws_ram_resource_association",
            kind: None,
            global_id: "",
            names: &["id"],
            facts: &[],
            reads: &["resource_arn", "resource_share_arn"],
            ..TYPE
        },
        maps: Maps::Part(shared, None),
    },
];

pub(super) const PARTS: &[PartOf] = &[
    // A vault may be in several shares, so that those that are known stay.
    PartOf {
        part: "aws_ram_resource_association",
        inline: "",
        names: "resource_arn",
        of: VAULTS,
        several: true,
        facts: &[SHARED_WITH],
        clear: |vault| {
            if let Some(facts) = vault.vault.as_mut().filter(|it| it.shared_with == Fact::Known(Vec::new())) {
                facts.shared_with = Fact::Unknown;
            }
        },
    },
];

/// Something is put into a share: a vault, if it is one.
fn shared(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let vaults = attrs.targets("resource_arn", VAULTS);
    if let Some(vault) = vaults.single().and_then(|at| resources[at].as_mut()) {
        let (with, is_whole) = principals(attrs);
        let facts = vault.vault.get_or_insert_default();
        let mut all = std::mem::take(&mut facts.shared_with).into_known().unwrap_or_default();
        all.extend(with);
        all.sort_unstable();
        all.dedup();
        facts.shared_with = Fact::Known(all);
        if !is_whole {
            vault.mark_unknown(SHARED_WITH, AFTER_APPLY);
        }
    }
    vaults.here()
}

/// Whom the share of an association is for, and whether that is all.
fn principals(association: &Attrs<'_>) -> (Vec<String>, bool) {
    let share = association.targets("resource_share_arn", SHARES);
    let (mut found, mut is_whole) = (Vec::new(), share.unknown.is_none());
    for principal in association.world.of_type(PRINCIPALS) {
        let principal = Attrs::new(association.world, principal);
        let of = principal.targets("resource_share_arn", SHARES);
        let is_of_it = !of.ids().is_empty() && of.ids() == share.ids();
        match principal.text("principal") {
            Fact::Known(with) if is_of_it => found.push(with),
            Fact::Known(_) | Fact::Absent => is_whole &= of.unknown.is_none(),
            Fact::Unknown => is_whole = false,
        }
    }
    (found, is_whole)
}
