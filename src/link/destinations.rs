//! The vaults that a backup plan writes to: whether they are there, and what their locks take.

use super::edges::At;
use super::index::place;
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::model::{Class, Destination, Fact, Resource};
use crate::providers::aws::names::Arn;

const RULES: &str = "plan.rules";
/// The vaults that rules write to, in the place of the plan, and those that they copy to. If the one fact is unknown,
/// the other may still be known.
const OWN: &str = "joined.vaults";
const COPIES: &str = "joined.copy_vaults";

impl<'a> Estate<'a> {
    /// Fills the vaults of a backup plan.
    pub(super) fn join_destinations(&self, at: At, draft: &mut Draft) {
        let plan = self.index.get(at);
        if plan.kind.info().class != Class::BackupPlan {
            draft.joined.vaults = Fact::Absent;
            draft.joined.copy_vaults = Fact::Absent;
            return;
        }
        let rules = plan.plan.as_ref().and_then(|facts| facts.rules.known());
        if rules.is_none() || plan.unknown.contains_key(RULES) {
            draft.mark(OWN, why(plan, RULES));
            draft.mark(COPIES, why(plan, RULES));
        }
        let Some(rules) = rules else { return };
        let (mut own, mut copies) = (Vec::new(), Vec::new());
        for (number, rule) in rules.iter().enumerate() {
            let path = format!("{RULES}.{number}");
            let mut add = |vault, fact: &str| {
                let mut destination = Destination {
                    rule: rule.name.clone(),
                    region: plan.place.region.clone(),
                    account: Fact::Absent,
                    delete_after_days: rule.delete_after_days,
                    ..Destination::default()
                };
                self.look_at(plan, vault, &format!("{path}.{fact}"), OWN, &mut destination, draft);
                own.push(destination);
            };
            // A policy of volumes has no vaults: what it takes lies in its region, and in those that it copies to.
            if !rule.vault.is_absent() {
                add(&rule.vault, "vault");
            }
            if rule.air_gapped_vault.is_known() {
                add(&rule.air_gapped_vault, "air_gapped_vault");
            }
            if rule.copies.is_unknown() {
                draft.mark(COPIES, why(plan, &format!("{path}.copies")));
            }
            for (number, copy) in rule.copies.known().into_iter().flatten().enumerate() {
                let mut destination = Destination {
                    rule: rule.name.clone(),
                    region: copy.region.clone(),
                    account: copy.account.clone(),
                    delete_after_days: copy.delete_after_days,
                    ..Destination::default()
                };
                if copy.vault.is_absent() {
                    copies.push(Destination {
                        vault: Fact::Absent,
                        exists: Fact::Known(true),
                        lock_min_days: Fact::Absent,
                        lock_max_days: Fact::Absent,
                        ..destination
                    });
                    continue;
                }
                let path = format!("{path}.copies.{number}.vault");
                self.look_at(plan, &copy.vault, &path, COPIES, &mut destination, draft);
                copies.push(destination);
            }
        }
        draft.joined.vaults = Fact::Known(own);
        draft.joined.copy_vaults = Fact::Known(copies);
    }

    /// Looks for a vault, and at its lock. `path`: the fact of the plan that names it; `list`: where it is joined.
    fn look_at(
        &self,
        plan: &Resource,
        vault: &Fact<String>,
        path: &str,
        list: &str,
        destination: &mut Destination,
        draft: &mut Draft,
    ) {
        destination.vault = vault.clone();
        let found = vault.text().map(|name| self.find_vault(plan, name, destination));
        let (min, max, reason) = match found {
            Some(Ok(Some(vault))) => {
                destination.vault = Fact::Known(vault.id.clone());
                destination.exists = Fact::Known(true);
                let lock = vault.protection.as_deref();
                let bounds = lock.map(|lock| (lock.lock_min_days, lock.lock_max_days));
                let (min, max) = bounds.unwrap_or_default();
                (
                    min,
                    max,
                    why(vault, if min.is_unknown() { "protection.lock_min_days" } else { "protection.lock_max_days" }),
                )
            }
            Some(Ok(None)) => {
                destination.exists = Fact::Known(false);
                (Fact::Absent, Fact::Absent, String::new())
            }
            Some(Err(reason)) => (Fact::Unknown, Fact::Unknown, reason),
            None => (Fact::Unknown, Fact::Unknown, why(plan, path)),
        };
        destination.lock_min_days = min;
        destination.lock_max_days = max;
        let unknown = [
            ("vault", destination.vault.is_unknown()),
            ("exists", destination.exists.is_unknown()),
            ("lock_min_days", min.is_unknown()),
            ("lock_max_days", max.is_unknown()),
        ];
        for (fact, _) in unknown.into_iter().filter(|(_, is_unknown)| *is_unknown) {
            draft.mark(format!("{list}.{fact}"), reason.clone());
        }
    }

    /// The vault of that id, or of that name in the place of the destination. `Ok(None)`: it is not there.
    pub(super) fn find_vault(
        &self,
        plan: &Resource,
        name: &str,
        destination: &Destination,
    ) -> Result<Option<&'a Resource>, String> {
        let arn = Arn::parse(name);
        let region = arn.map_or(destination.region.text(), |arn| arn.known_region());
        let account = arn.map_or(destination.account.text().or(plan.account()), |arn| arn.known_account());
        // Of a plan whose account nobody knows, that is its own all the same.
        let looked_in = account.unwrap_or_else(|| if arn.is_none() { place(plan).0 } else { "" });
        let by_name = || self.index.by_name_from(plan, (self.kinds.vault, looked_in, region?, name));
        if let Some(at) = self.index.by_id(name).or_else(by_name) {
            return Ok(Some(self.index.get(at)));
        }
        if self.index.is_gone(name) {
            return Ok(None);
        }
        match region {
            Some(region) => match self.seen.gap(account, region, self.kinds.vault).map(Gap::sentence) {
                Some(reason) => Err(reason),
                None => Ok(None),
            },
            None => Err(format!("where the vault '{name}' is, is not known")),
        }
    }
}
