//! What runs in a recovery region and points into the region that is lost.

use std::collections::BTreeSet;

use super::edges::At;
use super::index::place;
use super::{Draft, Estate, why};
use crate::model::{Class, Fact, HardWired, Kind, Mention, RegistryRule, Rel, Resource};
use crate::providers::aws::names::{Arn, region_of, region_of_own_host};

/// A place: where it stands, what it is, which it is, and its region.
type Found = (String, String, String, String);

impl<'a> Estate<'a> {
    /// Fills what something names in a region for whose loss it is there.
    pub(super) fn join_hard_wired(&self, at: At, draft: &mut Draft) {
        let resource = self.index.get(at);
        if resource.workload.is_none() && resource.kind.info().class != Class::Api {
            return;
        }
        let lost = match self.lost(resource) {
            Ok(lost) => lost,
            Err(reason) => return draft.mark("joined.hard_wired", reason),
        };
        if lost.is_empty() {
            draft.joined.hard_wired = Fact::Absent;
            return;
        }
        let Some(workload) = &resource.workload else { return self.join_calls(resource, &lost, draft) };
        let mut found: BTreeSet<Found> = BTreeSet::new();
        let mut add = |at: &Fact<String>, what: &str, value: &Fact<String>, region: &Fact<String>| {
            if let Some(region) = region.text().filter(|region| lost.contains(region)) {
                let text = |fact: &Fact<String>| fact.text().unwrap_or_default().to_owned();
                found.insert((text(at), what.to_owned(), text(value), region.to_owned()));
            }
        };
        for mention in workload.mentions.known().into_iter().flatten() {
            let what = mention.what.text().unwrap_or_default();
            if what != "region" || chooses_region(mention) || is_of_a_name(mention) {
                add(&mention.at, what, &mention.value, &self.region_of(mention, resource, &lost));
            }
        }
        for image in workload.images.known().into_iter().flatten() {
            add(&image.at, "image", &image.reference, &image.region);
        }
        for log in workload.logs.known().into_iter().flatten() {
            add(&log.at, "log", &log.group, &log.region);
        }
        for link in resource.links.iter().filter(|link| link.rel == Rel::Mounts) {
            let region = self.region_of_volume(resource, &link.to, &lost);
            let own = resource.region().unwrap_or_default();
            let gap = self.seen.gap(resource.account(), own, Kind::of(FILE_SYSTEM)).filter(|_| !region.is_known());
            if let Some(gap) = gap {
                let reason = format!("where the volume {} lies is not known: {}", link.to, gap.sentence());
                draft.mark("joined.hard_wired", reason);
            }
            add(&link.at.as_deref().unwrap_or("volume").into(), "volume", &link.to.as_str().into(), &region);
        }
        // Of code whose text is not known yet, what it refers to is.
        for link in
            resource.links.iter().filter(|link| refers(link.rel) && link.at.as_deref() == Some("container_definitions"))
        {
            let Some(to) = self.index.resolve(resource, link.rel, &link.to).map(|to| self.index.get(to)) else {
                continue;
            };
            // What the provider keeps here, too, has no reference of its own: code makes it out of that of the original.
            let may_be_here = if to.kind == self.kinds.repository {
                !self.is_only_there(to, resource)
            } else {
                let copies = to.replication.as_ref().and_then(|facts| facts.regions.known());
                self.kinds.provider_replicated(to.kind)
                    && copies.is_none_or(|all| all.iter().any(|region| Some(region.as_str()) == resource.region()))
            };
            if may_be_here {
                continue;
            }
            add(&"container definitions".into(), "reference", &to.name.as_str().into(), &to.place.region);
        }
        let one = |(at, what, value, region): Found| HardWired {
            at: Fact::Known(at),
            what: Fact::Known(what),
            value: Fact::Known(value),
            region: Fact::Known(region),
        };
        draft.joined.hard_wired = Fact::Known(found.into_iter().map(one).collect());
        for (path, is_unknown) in [
            ("workload.mentions", workload.mentions.is_unknown()),
            ("workload.images", workload.images.is_unknown()),
            ("workload.logs", workload.logs.is_unknown()),
        ] {
            // A service has none of its own: its definition has.
            if (is_unknown || resource.unknown.contains_key(path))
                && !workload.definition.is_known()
                && !resource.unknown.contains_key("workload.definition")
            {
                draft.mark("joined.hard_wired", why(resource, path));
            }
        }
    }

    /// The same of an API: what it calls. Where the records of an own domain lead is judged of them.
    fn join_calls(&self, api: &'a Resource, lost: &BTreeSet<&'a str>, draft: &mut Draft) {
        let calls = api.links.iter().filter(|link| link.rel == Rel::SendsTo);
        let found = calls.filter_map(|link| {
            let region = match self.index.resolve(api, link.rel, &link.to) {
                Some(to) => self.index.get(to).region(),
                None => region_of(&link.to).or_else(|| region_of_own_host(&link.to)),
            };
            Some(HardWired {
                at: "integration".into(),
                what: if link.to.starts_with("arn:") { "arn" } else { "endpoint" }.into(),
                value: link.to.as_str().into(),
                region: region.filter(|region| lost.contains(region))?.into(),
            })
        });
        draft.joined.hard_wired = Fact::Known(found.collect());
        if let Some(reason) = api.unknown.get("links") {
            draft.mark("joined.hard_wired", reason.clone());
        }
    }

    /// No image of a repository comes to the region of what runs: the registry is known to replicate it elsewhere or
    /// nowhere, and none of its name is here.
    fn is_only_there(&self, repository: &Resource, from: &Resource) -> bool {
        let (account, region) = place(repository);
        let (own, here) = place(from);
        let name = repository.name.as_str();
        if [account, own].iter().any(|it| self.index.by_name(repository.kind, it, here, name).is_some()) {
            return false;
        }
        let registry = self.index.by_name(Kind::of("aws.ecr.registry"), account, region, "registry");
        let registry = registry.and_then(|at| self.index.get(at).registry.as_ref());
        let may_bring = |rule: &RegistryRule| {
            let is_ours = rule.region.known().is_none_or(|to| to == here);
            let begins = |all: &Vec<String>| all.is_empty() || all.iter().any(|prefix| name.starts_with(prefix));
            is_ours && rule.prefixes.known().is_none_or(begins)
        };
        registry.and_then(|it| it.rules.known()).is_some_and(|rules| !rules.iter().any(may_bring))
    }

    /// The regions that are to come back where a resource is.
    pub(super) fn lost(&self, resource: &Resource) -> Result<BTreeSet<&'a str>, String> {
        let Some(own) = resource.region() else {
            return if resource.place.region.is_unknown() && !self.config.recovery.is_empty() {
                Err("its region is not known".to_owned())
            } else {
                Ok(BTreeSet::new())
            };
        };
        let is_here = |account: &Option<String>| {
            account.as_deref().is_none_or(|it| resource.account().is_none_or(|own| own == it))
        };
        let pairs = self.config.recovery.iter().filter(|pair| pair.to == own && pair.from != own);
        let pairs =
            pairs.filter(|pair| is_here(if pair.to_account.is_some() { &pair.to_account } else { &pair.account }));
        Ok(pairs.map(|pair| pair.from.as_str()).collect())
    }

    /// The region of a file system: that of its ARN or of the resource, or that which is lost, where it has that id.
    fn region_of_volume(&self, from: &Resource, id: &str, lost: &BTreeSet<&'a str>) -> Fact<String> {
        if let Some(region) = Arn::parse(id).and_then(|arn| arn.known_region()) {
            return Fact::from(region);
        }
        if let Some(at) = self.index.resolve(from, Rel::Mounts, id) {
            return self.index.get(at).place.region.clone();
        }
        self.lost_region_of(FILE_SYSTEM, id, from, lost)
    }

    /// The one of the regions that are lost in which a resource has that id.
    fn lost_region_of(&self, kind: &str, id: &str, from: &Resource, lost: &BTreeSet<&'a str>) -> Fact<String> {
        let account = place(from).0;
        let is_there = |region: &&&str| self.index.by_name(Kind::of(kind), account, region, id).is_some();
        Fact::from_read(lost.iter().find(is_there).map(|region| (*region).to_owned()))
    }

    /// The region of a place: the one in it, or that of the resource that it names.
    fn region_of(&self, mention: &Mention, from: &Resource, lost: &BTreeSet<&'a str>) -> Fact<String> {
        if mention.region.is_known() {
            return mention.region.clone();
        }
        let value = mention.value.text().unwrap_or_default();
        if let Some(at) = self.index.by_host(value) {
            return self.index.get(at).place.region.clone();
        }
        let word = value.split('-').next().unwrap_or_default();
        let Some((_, kind)) = KINDS_OF_IDS.iter().find(|(prefix, _)| *prefix == word) else { return Fact::Absent };
        self.lost_region_of(kind, value, from, lost)
    }
}

const FILE_SYSTEM: &str = "aws.efs.filesystem";

/// What begins its ids with a word of its own, and lives in one region.
const KINDS_OF_IDS: [(&str, &str); 4] =
    [("fs", FILE_SYSTEM), ("sg", "aws.ec2.security-group"), ("subnet", "aws.ec2.subnet"), ("vpc", "aws.ec2.vpc")];

/// A bare region is where something works only if what names it says so: a second region may be named for good reason.
fn chooses_region(mention: &Mention) -> bool {
    let at = mention.at.text().unwrap_or_default();
    let name = at.rsplit(' ').next().unwrap_or_default().to_uppercase();
    matches!(name.as_str(), "AWS_REGION" | "AWS_DEFAULT_REGION" | "REGION")
}

/// A region in the name of a secret or a parameter says whose it is.
fn is_of_a_name(mention: &Mention) -> bool {
    mention.at.text().is_some_and(|at| at.contains(", secret "))
}

fn refers(rel: Rel) -> bool {
    matches!(rel, Rel::ConnectsTo | Rel::ReadsSecret | Rel::UsesImage | Rel::LogsTo)
}
