//! Snapshots that a service itself copies to another region. What runs says where to, and not whether any has arrived.

use super::super::place::Recovery;
use super::super::{Draft, Estate, why};
use super::elsewhere;
use crate::model::{BackupCopy, DataCopy, Fact, Resource};

const COPIED_TO: &str = "backup.copied_to";
/// Why it is not known whether there is anything to restore from.
const NOT_READ: &str = "whether a snapshot has arrived there is not read";

impl<'a> Estate<'a> {
    /// Adds the copies that its own service makes of the snapshots of a resource.
    pub(super) fn sent_copies(
        &self,
        resource: &Resource,
        recovery: &Recovery<'a>,
        copies: &mut Vec<DataCopy>,
        draft: &mut Draft,
    ) {
        let Some(mechanism) = resource.kind.info().mechanism else { return };
        let copied = resource.backup.as_ref().map_or(&Fact::Unknown, |backup| &backup.copied_to);
        if copied.is_unknown() || resource.unknown.contains_key(COPIED_TO) {
            draft.mark("joined.copies", why(resource, COPIED_TO));
        }
        for copy in copied.known().into_iter().flatten() {
            let (region, account) = (copy.region.text(), resource.account());
            let held = recovery.holds(region, account, false);
            match elsewhere(resource, recovery, region, held) {
                Some(true) => {}
                Some(false) => continue,
                None => {
                    draft.mark("joined.copies", "the region that its snapshots are copied to is not known".to_owned());
                    continue;
                }
            }
            // By design: whether any has arrived is a question for the running estate.
            let by_design = resource.is_declared() || (resource.is_planned() && !was_copied(resource, copy));
            if by_design {
                draft.declared.insert("copies".to_owned());
            } else {
                draft.mark("joined.copies.usable", NOT_READ.to_owned());
            }
            draft.mark("joined.copies.age_minutes", NOT_READ.to_owned());
            copies.push(DataCopy {
                mechanism: mechanism.into(),
                id: Fact::Absent,
                region: copy.region.clone(),
                account: resource.place.account.clone(),
                in_recovery_place: held,
                state: Fact::Absent,
                usable: if by_design { Fact::Known(true) } else { Fact::Unknown },
                age_minutes: Fact::Unknown,
                key: copy.key.clone(),
                opening: Fact::Absent,
            });
        }
    }
}

/// Snapshots may have been copied there before the change already.
fn was_copied(resource: &Resource, copy: &BackupCopy) -> bool {
    let before = resource.before.as_ref().and_then(|before| before.backup.as_ref());
    before.is_some_and(|before| match &before.copied_to {
        Fact::Known(had) => had.iter().any(|had| had.region == copy.region),
        Fact::Absent => false,
        Fact::Unknown => true,
    })
}
