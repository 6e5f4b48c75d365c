//! What machines need to start where they are to run: their images, and what is reserved for them.

use super::edges::At;
use super::images::Stage;
use super::index::place;
use super::keys::CounterpartResult;
use super::lookups::{MachineImages, Reservations};
use super::place::{Recovery, Target};
use super::{Draft, Estate, why};
use crate::model::{Class, Fact, JoinedImage, LaunchImage, Rel, Resource};
use crate::providers::aws::names::parameter_of_image;

const RESERVED: &str = "joined.reserved_instances";

/// How parameters begin that AWS keeps in every region.
const PUBLIC: &str = "/aws/service/";

impl<'a> Estate<'a> {
    /// Every image of a machine, by what it is a copy of and by its name.
    pub(super) fn machine_images(&self) -> MachineImages<'a> {
        let mut images = MachineImages::default();
        for at in self.index.of_kind(self.kinds.machine_image).iter().copied() {
            let resource = self.index.get(at);
            let Some(facts) = &resource.machine_image else { continue };
            if let Some(source) = facts.source.text() {
                images.by_source.entry(source).or_default().push(at);
            }
            if let Some(name) = facts.name.text() {
                images.by_name.entry((place(resource).1, name)).or_default().push(at);
            }
        }
        images
    }

    /// A copy of an image in its recovery place, else one of its name.
    pub(super) fn counterpart_of_image(&self, at: At, target: &Target<'a>) -> CounterpartResult {
        let found = self.copies_of(at, target.region, target.looked_in);
        let best = found.iter().find(|(copy, _)| self.starts(self.index.get(*copy)) == Ok(true)).or(found.first());
        match best {
            Some((copy, how)) => {
                CounterpartResult::one(super::counterparts::as_counterpart(self.index.get(*copy), how))
            }
            None => match self.seen.gap(target.account, target.region, self.kinds.machine_image) {
                Some(gap) => CounterpartResult::unclear(gap.sentence()),
                None => CounterpartResult::none(),
            },
        }
    }

    /// Images of a region that an image was copied to or from, or that are called as it is, and how we know.
    fn copies_of(&self, at: At, region: &str, account: &str) -> Vec<(At, &'static str)> {
        let own = self.index.get(at);
        let facts = own.machine_image.as_deref();
        let source = facts.and_then(|facts| facts.source.text());
        let copies = [own.id.as_str(), own.name.as_str()].into_iter().chain(source);
        let copies = copies.flat_map(|id| self.machine_images.by_source.get(id).into_iter().flatten().copied());
        let original = source.and_then(|id| {
            let named = || self.index.by_name(self.kinds.machine_image, account, region, id);
            self.index.by_id(id).or_else(named)
        });
        let here = |found: &At| *found != at && place(self.index.get(*found)).1 == region;
        let mut found: Vec<(At, &'static str)> =
            copies.chain(original).filter(here).map(|found| (found, "replica")).collect();
        let owners = [account, facts.and_then(|facts| facts.account.text()).unwrap_or(account)];
        let name = facts.and_then(|facts| facts.name.text()).unwrap_or_default();
        let replaced = name.replace(place(own).1, region);
        for (name, how) in [(name, "same-name"), (replaced.as_str(), "region-in-name")] {
            let named = self.machine_images.by_name.get(&(region, name)).into_iter().flatten().copied();
            let owned = |found: &At| owners.contains(&place(self.index.get(*found)).0);
            found.extend(named.filter(here).filter(owned).map(|found| (found, how)));
        }
        found
    }

    /// Where the images are that machines are started from. The counterpart must be there already.
    pub(super) fn launch_images(
        &self,
        resource: &'a Resource,
        stage: &Stage<'_>,
        draft: &mut Draft,
    ) -> Vec<JoinedImage> {
        let starts_machines = matches!(resource.kind.info().class, Class::ScalingGroup | Class::LaunchTemplate);
        let images = match resource.workload.as_deref().map(|workload| &workload.launch_images) {
            Some(Fact::Known(images)) => images.as_slice(),
            Some(Fact::Unknown) if starts_machines => {
                draft.mark("joined.images", why(resource, "workload.launch_images"));
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        if let Some(reason) = resource.unknown.get("workload.launch_images") {
            draft.mark("joined.images", reason.clone());
        }
        let mut joined = Vec::new();
        for image in images {
            let Some(reference) = image.reference.text() else {
                if image.reference.is_unknown() {
                    draft.mark("joined.images", why(resource, "workload.launch_images.reference"));
                }
                continue;
            };
            let parameter = parameter_of_image(reference);
            if parameter.is_some_and(|name| name.starts_with(PUBLIC)) {
                continue;
            }
            let found = match parameter {
                Some(name) => self.parameter_of_image(name, stage),
                None if stage.left.is_empty() => self.is_here(resource, image),
                None => self.is_there(resource, reference, image, stage, draft),
            };
            if let Err(reason) = &found {
                draft.mark("joined.images.found", reason.clone());
            }
            joined.push(JoinedImage {
                at: image.at.clone(),
                reference: image.reference.clone(),
                repository: Fact::Absent,
                digest: Fact::Absent,
                found: found.map_or(Fact::Unknown, Fact::Known),
                region: stage.region.into(),
                account: Fact::from_known(stage.account.map(str::to_owned)),
            });
        }
        joined
    }

    /// What waits where it is to run starts from what is there.
    fn is_here(&self, resource: &'a Resource, image: &LaunchImage) -> Result<bool, String> {
        let own = image.reference.text().and_then(|id| self.index.resolve(resource, Rel::UsesImage, id));
        match (own.map(|at| self.index.get(at)), &image.available) {
            (_, Fact::Known(false)) => Ok(false),
            (Some(own), _) => self.starts(own),
            (None, Fact::Known(true)) => Ok(true),
            _ => Err(why(resource, "workload.launch_images.available")),
        }
    }

    /// Whether machines can be started from an image: it is available, and so are the snapshots of its disks and their keys.
    /// `Err`: why that is not known.
    fn starts(&self, image: &'a Resource) -> Result<bool, String> {
        if image.is_declared() {
            return Ok(true);
        }
        match image.status.as_deref().map_or(&Fact::Unknown, |status| &status.healthy) {
            Fact::Known(true) => {}
            Fact::Known(false) | Fact::Absent => return Ok(false),
            Fact::Unknown => return Err(format!("{}: {}", image.name, why(image, "status.healthy"))),
        }
        let unread = || format!("{}: {}", image.name, why(image, "machine_image.snapshots"));
        let known = image.machine_image.as_deref().and_then(|facts| facts.snapshots.known());
        let mut doubt = None;
        for snapshot in known.ok_or_else(unread)? {
            match snapshot.state.known().map(String::as_str) {
                Some("completed") => {}
                None if snapshot.state.is_unknown() => doubt = Some(unread()),
                // It is not among those that are there, or not whole yet.
                _ => return Ok(false),
            }
            match snapshot.key.text().map(|key| self.key_usable(image, key)) {
                Some((Fact::Known(false), _)) => return Ok(false),
                Some((Fact::Unknown, reason)) => doubt = doubt.or(Some(reason.unwrap_or_else(unread))),
                _ => {}
            }
        }
        doubt.map_or(Ok(true), Err)
    }

    fn is_there(
        &self,
        resource: &'a Resource,
        reference: &str,
        image: &LaunchImage,
        stage: &Stage<'_>,
        draft: &Draft,
    ) -> Result<bool, String> {
        let named = || self.index.by_name(self.kinds.machine_image, place(resource).0, place(resource).1, reference);
        let own = self.index.by_id(reference).or_else(named);
        // Without the image itself, copies still say what they were made from.
        let copies = match own {
            Some(at) => self.copies_of(at, stage.region, stage.looked_in),
            None => {
                let copies = self.machine_images.by_source.get(reference).into_iter().flatten().copied();
                copies.filter(|at| place(self.index.get(*at)).1 == stage.region).map(|at| (at, "replica")).collect()
            }
        };
        let starts: Vec<_> = copies.iter().map(|(at, _)| self.starts(self.index.get(*at))).collect();
        if starts.contains(&Ok(true)) || self.counterpart_starts(draft) {
            return Ok(true);
        }
        if let Some(doubt) = starts.into_iter().find_map(Result::err) {
            return Err(doubt);
        }
        if let Some(gap) = self.seen.gap(stage.account, stage.region, self.kinds.machine_image) {
            return Err(gap.sentence());
        }
        // Those of other accounts are looked at only where something starts from them.
        match own {
            Some(_) => Ok(false),
            None => match (image.account.text(), resource.account()) {
                (Some(owner), Some(account)) if owner != account => {
                    Err(format!("what other images account {owner} shares in {} was not read", stage.region))
                }
                _ => Err(format!("{reference} was not found, and what it was called is not known")),
            },
        }
    }

    /// What stands in for it starts from images that are all there.
    fn counterpart_starts(&self, draft: &Draft) -> bool {
        let there = draft.joined.counterpart.known().and_then(|it| self.index.by_id(it.id.text()?));
        // One that is not known may be the one that is gone.
        let there = there.map(|at| self.index.get(at)).filter(|it| !it.unknown.contains_key("workload.launch_images"));
        let images = there.and_then(|it| Some((it, it.workload.as_deref()?.launch_images.known()?)));
        images.is_some_and(|(of, all)| !all.is_empty() && all.iter().all(|image| self.is_here(of, image) == Ok(true)))
    }

    /// A parameter names the image when a machine starts. Its value is never read.
    fn parameter_of_image(&self, name: &str, stage: &Stage<'_>) -> Result<bool, String> {
        match self.index.by_name(self.kinds.parameter, stage.looked_in, stage.region, name) {
            Some(_) => Err(format!("which image the parameter {name} names in {} is not read", stage.region)),
            None => match self.seen.gap(stage.account, stage.region, self.kinds.parameter) {
                Some(gap) => Err(gap.sentence()),
                None => Ok(false),
            },
        }
    }

    /// Fills how many machines are kept free for what comes back.
    pub(super) fn join_reserved(&self, resource: &'a Resource, recovery: &Recovery<'a>, draft: &mut Draft) {
        if resource.kind.info().class != Class::ScalingGroup {
            return;
        }
        let target = match recovery {
            Recovery::At(target) => target,
            Recovery::Nowhere => {
                draft.joined.reserved_instances = Fact::Absent;
                return;
            }
            Recovery::Unclear(reason) => return draft.mark(RESERVED, reason.clone()),
        };
        let Some(Fact::Known(types)) = resource.capacity.as_deref().map(|capacity| &capacity.types) else {
            return draft.mark(RESERVED, why(resource, "capacity.types"));
        };
        let free = self.reservations.get(&(target.looked_in, target.region)).into_iter().flatten();
        let free = free.filter(|(machine, _)| types.iter().any(|one| one == machine)).map(|(_, free)| free);
        draft.joined.reserved_instances = Fact::Known(free.fold(0, |sum, free| sum.saturating_add(*free)));
        if let Some(gap) = self.seen.more(target.account, target.region, self.kinds.reservation) {
            draft.mark(RESERVED, gap.sentence());
        }
    }

    /// What is reserved and free, by place.
    pub(super) fn reservations(&self) -> Reservations<'a> {
        let mut all = Reservations::new();
        for at in self.index.of_kind(self.kinds.reservation).iter().copied() {
            let resource = self.index.get(at);
            let facts = resource.reservation.as_deref();
            let free = facts.and_then(|it| Some((it.machine.text()?, *it.free.known()?)));
            all.entry(place(resource)).or_default().extend(free);
        }
        all
    }
}
