//! Images and log groups of what runs: whether they are where it is to run.

use std::sync::OnceLock;

use super::edges::At;
use super::index::place;
use super::lookups::{ImageTags, Registries};
use super::place::Recovery;
use super::seen::Gap;
use super::{Draft, Estate, why};
use crate::model::{Fact, JoinedImage, JoinedLog, Kind, Resource, RunImage, StoredImage};

const IMAGES: &str = "joined.images";
const LOGS: &str = "joined.logs";
const TAGS: &str = "joined.tags_that_differ";

/// Where a workload is to run.
pub(super) struct Stage<'e> {
    /// The region that it leaves. Empty: it waits there already.
    pub(super) left: &'e str,
    pub(super) region: &'e str,
    pub(super) account: Option<&'e str>,
    /// The account under which names are looked for.
    pub(super) looked_in: &'e str,
}

impl<'a> Estate<'a> {
    /// Every repository, with its tags not looked at yet.
    pub(super) fn registries(&self) -> Registries {
        let repositories = self.index.of_kind(Kind::of("aws.ecr.repository"));
        Registries { tags: repositories.iter().map(|at| (*at, OnceLock::new())).collect() }
    }

    /// Where what runs is to run: in its recovery place, or, where it waits in one for others, where it is. `None`: it is
    /// to come back nowhere.
    pub(super) fn stage<'e>(
        &'e self,
        resource: &'e Resource,
        recovery: &'e Recovery<'a>,
    ) -> Result<Option<Stage<'e>>, &'e str> {
        let (account, region) = place(resource);
        match recovery {
            Recovery::At(target) => Ok(Some(Stage {
                left: region,
                region: target.region,
                account: target.account,
                looked_in: target.looked_in,
            })),
            Recovery::Unclear(reason) => Err(reason),
            Recovery::Nowhere => match self.is_recovery_side(resource) {
                Fact::Known(true) => {
                    Ok(Some(Stage { left: "", region, account: resource.account(), looked_in: account }))
                }
                Fact::Unknown => Err("its place is not known"),
                Fact::Known(false) | Fact::Absent => Ok(None),
            },
        }
    }

    /// Fills where the images of what runs are.
    pub(super) fn join_images(&self, resource: &'a Resource, recovery: &Recovery<'a>, draft: &mut Draft) {
        let Some(workload) = &resource.workload else { return };
        let stage = match self.stage(resource, recovery) {
            Ok(Some(stage)) => stage,
            Ok(None) => {
                draft.joined.images = Fact::Known(Vec::new());
                return;
            }
            Err(reason) => return draft.mark(IMAGES, reason),
        };
        let images = match &workload.images {
            Fact::Known(images) => images.as_slice(),
            Fact::Absent => &[],
            Fact::Unknown => return draft.mark(IMAGES, why(resource, "workload.images")),
        };
        let mut joined = Vec::new();
        for image in images.iter().filter(|image| !image.region.is_absent() && !image.repository.is_absent()) {
            let (image, reason) = self.image(image, &stage);
            if let Some(reason) = reason {
                draft.mark(format!("{IMAGES}.found"), reason);
            }
            joined.push(image);
        }
        joined.extend(self.launch_images(resource, &stage, draft));
        draft.joined.images = Fact::Known(joined);
        if let Some(reason) = resource.unknown.get("workload.images") {
            draft.mark(IMAGES, reason.clone());
        }
    }

    /// One image, where it would be pulled from; and why it is not known whether it is there.
    fn image(&self, image: &RunImage, stage: &Stage<'_>) -> (JoinedImage, Option<String>) {
        let mut joined = JoinedImage {
            at: image.at.clone(),
            reference: image.reference.clone(),
            repository: image.repository.clone(),
            digest: image.digest.clone(),
            found: Fact::Unknown,
            region: Fact::Unknown,
            account: Fact::Unknown,
        };
        let (Some(account), Some(region), Some(name)) =
            (image.account.text(), image.region.text(), image.repository.text())
        else {
            return (joined, Some("the registry of an image is not known".to_owned()));
        };
        let own = self.index.by_name(self.kinds.repository, account, region, name);
        let mut doubt = None;
        if let (false, Some(tag)) = (image.digest.is_known(), image.tag.text()) {
            joined.digest = match own.map(|own| self.digest(own, tag)) {
                Some(Ok(digest)) => Fact::from_read(digest.map(str::to_owned)),
                Some(Err(reason)) => {
                    doubt = Some(reason);
                    Fact::Unknown
                }
                None => match self.seen.gap(Some(account), region, self.kinds.repository) {
                    Some(gap) => {
                        doubt = Some(gap.sentence());
                        Fact::Unknown
                    }
                    None => Fact::Absent,
                },
            };
        }
        // A registry of a region that is not lost stays where it is. Else the account that it is shared from has another
        // one there, and so has the account that the workload comes back in.
        let places = if region == stage.left {
            [Some((Some(account), account, stage.region)), Some((stage.account, stage.looked_in, stage.region))]
        } else {
            [Some((Some(account), account, region)), None]
        };
        let mut is_missing = true;
        for (known, looked_in, there) in places.into_iter().flatten() {
            let (found, reason) = self.is_in(known, looked_in, there, image, &joined.digest, name);
            if joined.region.is_unknown() || found == Fact::Known(true) {
                (joined.region, joined.account) = (there.into(), Fact::from_known(known.map(str::to_owned)));
            }
            if found == Fact::Known(true) {
                joined.found = found;
                return (joined, None);
            }
            is_missing &= found == Fact::Known(false);
            doubt = reason.or(doubt);
        }
        if is_missing {
            joined.found = Fact::Known(false);
            return (joined, None);
        }
        (joined, doubt.or(Some("which image is meant is not known".to_owned())))
    }

    /// Whether an image is in the repository of that name in one place.
    fn is_in(
        &self,
        account: Option<&str>,
        looked_in: &str,
        region: &str,
        image: &RunImage,
        digest: &Fact<String>,
        name: &str,
    ) -> (Fact<bool>, Option<String>) {
        let Some(at) = self.index.by_name(self.kinds.repository, looked_in, region, name) else {
            return match self.seen.gap(account, region, self.kinds.repository) {
                Some(gap) => (Fact::Unknown, Some(gap.sentence())),
                None => (Fact::Known(false), None),
            };
        };
        let repository = self.index.get(at);
        let is_there = match (digest, image.tag.text()) {
            (Fact::Known(digest), _) => has(images(repository), digest),
            // Its own registry does not have the tag any more: whatever has it there is all that can be meant.
            (Fact::Absent, Some(tag)) => matches!(self.digest(at, tag), Ok(Some(_))),
            _ => return (Fact::Unknown, None),
        };
        match (is_there, unread(repository)) {
            (true, _) => (Fact::Known(true), None),
            (false, None) => (Fact::Known(false), None),
            (false, Some(reason)) => (Fact::Unknown, Some(reason)),
        }
    }

    /// The digest of a tag. `Err`: why it is not known whether the repository has the tag.
    fn digest(&self, repository: At, tag: &str) -> Result<Option<&'a str>, String> {
        let found = self.tagged(repository, tag);
        match (found, unread(self.index.get(repository))) {
            (None, Some(reason)) => Err(reason),
            (found, _) => Ok(found),
        }
    }

    /// The digest of a tag, as far as the images of the repository are known.
    fn tagged(&self, repository: At, tag: &str) -> Option<&'a str> {
        let tags = self.tags(repository);
        let by_tag = |entry: &(u32, u32)| self.tag(repository, *entry).map_or("", |(tag, _)| tag).cmp(tag);
        let at = tags.binary_search_by(by_tag).ok()?;
        self.tag(repository, *tags.get(at)?).map(|(_, digest)| digest)
    }

    fn tags(&self, repository: At) -> &[(u32, u32)] {
        let Some(tags) = self.registries.tags.get(&repository) else { return &[] };
        tags.get_or_init(|| {
            let images = images(self.index.get(repository));
            let of_image = |(at, image): (u32, &StoredImage)| {
                let count = image.tags.known().map_or(0, Vec::len);
                (0..u32::try_from(count).unwrap_or(u32::MAX)).map(move |tag| (at, tag))
            };
            let mut tags: ImageTags = (0..).zip(images).flat_map(of_image).collect();
            tags.sort_by_key(|entry| self.tag(repository, *entry));
            tags
        })
    }

    /// A tag and the digest of its image.
    fn tag(&self, repository: At, (image, tag): (u32, u32)) -> Option<(&'a str, &'a str)> {
        let image = images(self.index.get(repository)).get(image as usize)?;
        Some((image.tags.known()?.get(tag as usize)?, image.digest.text()?))
    }

    /// Fills the tags of a repository that mean another image in its counterpart, which must be there already.
    pub(super) fn join_tags(&self, at: At, draft: &mut Draft) {
        let resource = self.index.get(at);
        if resource.kind != self.kinds.repository {
            return;
        }
        let there = match &draft.joined.counterpart {
            Fact::Known(there) => there.id.text().and_then(|id| self.index.by_id(id)),
            Fact::Absent => {
                draft.joined.tags_that_differ = Fact::Known(Vec::new());
                return;
            }
            Fact::Unknown => None,
        };
        let Some(there) = there else {
            let reason = draft.reason("joined.counterpart").unwrap_or("its counterpart is not known").to_owned();
            return draft.mark(TAGS, reason);
        };
        let other = self.index.get(there);
        if let Some(reason) = unread(resource).or_else(|| unread(other)) {
            draft.mark(TAGS, reason);
        }
        let own = self.tags(at).iter().filter_map(|entry| self.tag(at, *entry));
        let differs = |(tag, digest): &(&str, &str)| self.tagged(there, tag).is_some_and(|other| other != *digest);
        let differing: Vec<String> = own.filter(differs).map(|(tag, _)| tag.to_owned()).collect();
        if !differing.is_empty() || unread(resource).or_else(|| unread(other)).is_none() {
            draft.joined.tags_that_differ = Fact::Known(differing);
        }
    }

    /// Fills where the log groups of what runs are.
    pub(super) fn join_logs(&self, resource: &'a Resource, recovery: &Recovery<'a>, draft: &mut Draft) {
        let Some(workload) = &resource.workload else { return };
        let stage = match self.stage(resource, recovery) {
            Ok(None) => {
                draft.joined.logs = Fact::Known(Vec::new());
                return;
            }
            other => other,
        };
        let logs = match &workload.logs {
            Fact::Known(logs) => logs.as_slice(),
            Fact::Absent => &[],
            Fact::Unknown => return draft.mark(LOGS, why(resource, "workload.logs")),
        };
        let stage = match stage {
            Ok(stage) => stage,
            Err(_) if logs.iter().all(|log| log.creates == Fact::Known(true)) => None,
            Err(reason) => return draft.mark(LOGS, reason),
        };
        let mut joined = Vec::with_capacity(logs.len());
        for log in logs {
            let mut entry = JoinedLog {
                at: log.at.clone(),
                group: log.group.clone(),
                found: Fact::Unknown,
                creates: log.creates,
                region: Fact::Unknown,
            };
            let region = log.region.text().zip(stage.as_ref());
            let region = region.map(|(region, stage)| if region == stage.left { stage.region } else { region });
            entry.region = region.map_or(Fact::Unknown, Fact::from);
            // Whoever makes the group itself has it wherever it waits.
            if log.creates == Fact::Known(true) {
                entry.found = Fact::Absent;
            } else if let (Some(stage), Some(region), Some(group)) = (&stage, region, log.group.text()) {
                entry.found = match self.index.by_name(self.kinds.log_group, stage.looked_in, region, group) {
                    Some(_) => Fact::Known(true),
                    None => match self.gap_of_log_group(resource, group, (stage.account, region)) {
                        Some(gap) => {
                            draft.mark(format!("{LOGS}.found"), gap.sentence());
                            Fact::Unknown
                        }
                        None => Fact::Known(false),
                    },
                };
            } else {
                draft.mark(format!("{LOGS}.found"), "the log group or its region is not known");
            }
            joined.push(entry);
        }
        draft.joined.logs = Fact::Known(joined);
        if let Some(reason) = resource.unknown.get("workload.logs") {
            draft.mark(LOGS, reason.clone());
        }
    }

    /// Why a log group may be in a place where it was not found. One that nothing manages where it is used may not be managed
    /// there either.
    fn gap_of_log_group(&self, user: &Resource, group: &str, there: (Option<&'a str>, &'a str)) -> Option<Gap<'_>> {
        let (kind, (account, region)) = (self.kinds.log_group, place(user));
        match self.index.by_name(kind, account, region, group) {
            Some(_) => self.seen.more(there.0, there.1, kind),
            None => self.seen.gap(there.0, there.1, kind),
        }
    }
}

/// The images of a repository that are known.
fn images(repository: &Resource) -> &[StoredImage] {
    let facts = repository.repository.as_deref();
    facts.and_then(|facts| facts.images.known()).map(Vec::as_slice).unwrap_or_default()
}

/// Why a repository may have images that are not known.
fn unread(repository: &Resource) -> Option<String> {
    let is_known = repository.repository.as_deref().is_some_and(|facts| facts.images.is_known());
    // Of an image whose digest or tags are not known, too, nobody knows whether it is the one.
    let gap = repository.unknown.keys().find(|path| path.starts_with("repository.images"));
    match gap {
        Some(path) => Some(why(repository, path)),
        None => (!is_known).then(|| why(repository, "repository.images")),
    }
}

/// Images are sorted by digest. An inventory that somebody wrote by hand may have them in another order.
fn has(images: &[StoredImage], digest: &str) -> bool {
    let by_digest = |image: &StoredImage| image.digest.text().unwrap_or_default().cmp(digest);
    images.binary_search_by(by_digest).is_ok() || images.iter().any(|image| image.digest.text() == Some(digest))
}
