//! Whether the types of machines are to be had where they are to be started, or where databases are to come back.

use super::index::place;
use super::lookups::{DatabaseTypes, MachineTypes};
use super::place::Recovery;
use super::{Draft, Estate, why};
use crate::model::{Class, Fact, Offering, Resource};

const OFFERING: &str = "joined.offering";

impl<'a> Estate<'a> {
    /// Fills whether the types of what starts machines, or of what a database runs on, are to be had where it is to run. The
    /// counterpart must be there already: it says in which zones.
    pub(super) fn join_offering(&self, resource: &'a Resource, recovery: &Recovery<'a>, draft: &mut Draft) {
        match resource.kind.info().class {
            Class::ScalingGroup | Class::NodeGroup => self.join_machines(resource, recovery, draft),
            // No other service is asked what it offers elsewhere.
            Class::Database if resource.kind.info().service != "rds" => draft.joined.offering = Fact::Absent,
            Class::Database => self.join_databases(resource, recovery, draft),
            _ => {}
        }
    }

    fn join_machines(&self, resource: &'a Resource, recovery: &Recovery<'a>, draft: &mut Draft) {
        let stage = match self.stage(resource, recovery) {
            Ok(Some(stage)) => stage,
            Ok(None) => {
                draft.joined.offering = Fact::Absent;
                return;
            }
            Err(reason) => return draft.mark(OFFERING, reason),
        };
        let types = match resource.capacity.as_deref().map(|capacity| &capacity.types) {
            Some(Fact::Known(types)) if !types.is_empty() => types,
            // They are said by its launch template, whose scaling group is judged.
            Some(Fact::Absent | Fact::Known(_)) => {
                draft.joined.offering = Fact::Absent;
                return;
            }
            _ => return draft.mark(OFFERING, why(resource, "capacity.types")),
        };
        let Some(all) = self.machine_types.get(&(stage.looked_in, stage.region)) else {
            let gap = self.seen.gap(stage.account, stage.region, self.kinds.machine_types);
            let reason =
                gap.map_or_else(|| "the types that its region offers are not known".to_owned(), |gap| gap.sentence());
            return draft.mark(OFFERING, reason);
        };
        let stands = if stage.left.is_empty() {
            Some(resource)
        } else {
            draft.joined.counterpart.known().and_then(|it| self.index.by_id(it.id.text()?)).map(|at| self.index.get(at))
        };
        let zones = stands.and_then(|it| it.redundancy.as_deref()?.zones.known()).filter(|zones| !zones.is_empty());
        let is_offered = |machine: &&String| {
            all.by_type.get(machine.as_str()).is_some_and(|own| {
                zones.is_none_or(|zones| own.iter().any(|own| own.iter().any(|zone| zones.contains(zone))))
            })
        };
        let (offered, missing): (Vec<_>, Vec<_>) = types.iter().partition(is_offered);
        // One that was not read may be offered.
        if let (true, Some(reason)) = (offered.is_empty(), resource.unknown.get("capacity.types")) {
            return draft.mark(OFFERING, reason.clone());
        }
        if offered.is_empty() && all.is_unread {
            return draft.mark(OFFERING, format!("not all types that {} offers are known", stage.region));
        }
        draft.joined.offering = Fact::Known(Offering {
            region: stage.region.into(),
            engine: Fact::Absent,
            zones: zones.cloned().map_or(Fact::Absent, Fact::Known),
            offered: Fact::Known(offered.into_iter().cloned().collect()),
            missing: Fact::Known(missing.into_iter().cloned().collect()),
        });
    }

    /// A database is made anew on one of the types that it runs on, unless a replica runs there already.
    fn join_databases(&self, resource: &'a Resource, recovery: &Recovery<'a>, draft: &mut Draft) {
        let target = match recovery {
            Recovery::At(target) => target,
            Recovery::Nowhere => {
                draft.joined.offering = Fact::Absent;
                return;
            }
            Recovery::Unclear(reason) => return draft.mark(OFFERING, reason.clone()),
        };
        let Some(database) = resource.database.as_deref() else {
            return draft.mark(OFFERING, why(resource, "database.engine"));
        };
        let stands = match &database.cluster {
            // It is asked about with its cluster.
            Fact::Known(_) => Ok(true),
            Fact::Absent => self.runs_there(draft),
            Fact::Unknown => Err(why(resource, "database.cluster")),
        };
        let types = match (stands, resource.capacity.as_deref().map_or(&Fact::Unknown, |capacity| &capacity.types)) {
            (Err(reason), _) => return draft.mark(OFFERING, reason),
            (Ok(false), Fact::Known(types)) if !types.is_empty() => types,
            (Ok(false), Fact::Unknown) => return draft.mark(OFFERING, why(resource, "capacity.types")),
            // What stands in for it has its type already; or it says none, and gets what it needs.
            _ => {
                draft.joined.offering = Fact::Absent;
                return;
            }
        };
        let (engine, version) = match (database.engine.text(), database.engine_version.text()) {
            (Some(engine), Some(version)) => (engine, version),
            (None, _) => return draft.mark(OFFERING, why(resource, "database.engine")),
            (_, None) => return draft.mark(OFFERING, why(resource, "database.engine_version")),
        };
        let (mut offered, mut missing, mut unread) = (Vec::new(), Vec::new(), None);
        for machine in types {
            match self.offers(target.region, machine, (engine, version), resource) {
                Ok(true) => offered.push(machine.clone()),
                Ok(false) => missing.push(machine.clone()),
                Err(reason) => unread = Some(reason),
            }
        }
        let unread = unread.or_else(|| resource.unknown.get("capacity.types").cloned());
        if let (true, Some(reason)) = (offered.is_empty(), unread) {
            return draft.mark(OFFERING, reason);
        }
        draft.joined.offering = Fact::Known(Offering {
            region: target.region.into(),
            engine: format!("{engine} {version}").into(),
            zones: Fact::Absent,
            offered: Fact::Known(offered),
            missing: Fact::Known(missing),
        });
    }

    /// Whether a region offers a type with an engine and version, as it was asked for the database. `Err`: why that is not
    /// known.
    fn offers(
        &self,
        region: &str,
        machine: &str,
        (engine, version): (&str, &str),
        database: &'a Resource,
    ) -> Result<bool, String> {
        let (account, own) = place(database);
        let Some(at) = self.database_types.get(&(account, region, engine, version, machine)) else {
            // It is asked for from where the database is.
            let gap = self.seen.gap(database.account(), own, self.kinds.database_types);
            let not_asked = || format!("whether {region} offers {machine} with {engine} {version} was not asked");
            return Err(gap.map_or_else(not_asked, |gap| gap.sentence()));
        };
        let asked = self.index.get(*at);
        match asked.machine_types.as_deref().map_or(&Fact::Unknown, |facts| &facts.offered) {
            Fact::Known(found) => Ok(!found.is_empty()),
            Fact::Absent => Ok(false),
            Fact::Unknown => Err(why(asked, "machine_types.offered")),
        }
    }

    /// Whether what stands in for a database runs on something already. A cluster may be there without instances. `Err`: why
    /// that is not known.
    fn runs_there(&self, draft: &Draft) -> Result<bool, String> {
        let there = match &draft.joined.counterpart {
            Fact::Known(there) => there.id.text().and_then(|id| self.index.by_id(id)),
            Fact::Absent => return Ok(false),
            Fact::Unknown => {
                let reason = draft.reason("joined.counterpart");
                return Err(reason.map_or_else(|| "its counterpart is not known".to_owned(), str::to_owned));
            }
        };
        let there = there.map(|at| self.index.get(at)).ok_or("what stands in for it was not found")?;
        match there.capacity.as_deref().map_or(&Fact::Unknown, |capacity| &capacity.types) {
            Fact::Known(types) => Ok(!types.is_empty()),
            Fact::Absent => Ok(true),
            Fact::Unknown => Err(format!("{}: {}", there.name, why(there, "capacity.types"))),
        }
    }

    /// The types that each region offers.
    pub(super) fn machine_types(&self) -> MachineTypes<'a> {
        let mut all = MachineTypes::new();
        for at in self.index.of_kind(self.kinds.machine_types).iter().copied() {
            let resource = self.index.get(at);
            let Some(offered) = resource.machine_types.as_deref().and_then(|facts| facts.offered.known()) else {
                continue;
            };
            let of_place = all.entry(place(resource)).or_default();
            for set in offered {
                let (Some(types), Some(zones)) = (set.types.known(), set.zones.known()) else {
                    of_place.is_unread = true;
                    continue;
                };
                types.iter().for_each(|machine| of_place.by_type.entry(machine).or_default().push(zones));
            }
            of_place.is_unread |= resource.unknown.keys().any(|path| path.starts_with("machine_types.offered"));
        }
        all
    }

    /// What was asked for databases, by the account that asked, the region, engine, version and type.
    pub(super) fn database_types(&self) -> DatabaseTypes<'a> {
        let all = self.index.of_kind(self.kinds.database_types).iter().copied();
        let rows = all.filter_map(|at| {
            let resource = self.index.get(at);
            let facts = resource.machine_types.as_deref()?;
            let (engine, version, asked) = (facts.engine.text()?, facts.engine_version.text()?, facts.asked.known()?);
            let (account, region) = place(resource);
            Some(asked.iter().map(move |machine| ((account, region, engine, version, machine.as_str()), at)))
        });
        rows.flatten().collect()
    }
}
