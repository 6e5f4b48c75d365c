//! What a resource refers to and that is not there: what the plan takes away, and what is not among all that was listed
//! where it would have to be.

use std::collections::HashSet;

use super::edges::At;
use super::index::place;
use super::said::Said;
use super::seen::Gap;
use super::{Draft, Estate, Index};
use crate::model::{Class, Fact, GoneReference, Kind, Rel, Resource};
use crate::providers::aws::forms::may_mean;
use crate::providers::aws::names::{Arn, tail};

const GONE: &str = "joined.gone";

/// What says what a resource refers to.
const SAID_IN: [&str; 5] = ["links", "network", "network.security_groups", "network.subnets", "workload"];

/// A reference that leads to nothing that is known.
#[derive(Debug)]
pub struct Loose<'a> {
    /// What it would be.
    pub rel: Rel,
    /// As it is written.
    pub text: &'a str,
    /// What says so.
    pub said: Said<'a>,
    /// What kind of thing is meant, where the text tells.
    pub kind: Option<Kind>,
    /// It is not there. `Err`: that cannot be told, and why.
    pub gone: Result<(), String>,
}

/// References that can be left behind when what they name goes, and of which no other fact says so: images, keys, roles,
/// vaults, what a record leads to and what gates it. What a resource is a part of takes it along, and a network or a group
/// of subnets that is in use cannot go.
pub(super) fn can_be_left(class: Class, rel: Rel) -> bool {
    match rel {
        Rel::InSubnet | Rel::FilteredBy | Rel::RoutedBy | Rel::RunsOn => true,
        Rel::Mounts | Rel::Consumes | Rel::ReachedBy | Rel::ShowsCertificate | Rel::ReadsSecret => true,
        Rel::LogsTo | Rel::RotatedBy => true,
        Rel::RunsFrom => class != Class::ScalingGroup,
        Rel::SendsTo | Rel::GatedBy => class != Class::DnsRecord,
        Rel::MemberOf => class == Class::EventSource,
        _ => false,
    }
}

impl<'a> Estate<'a> {
    /// Fills what a resource refers to and that is not there.
    pub(super) fn join_gone(&self, at: At, draft: &mut Draft) {
        let resource = self.index.get(at);
        let info = resource.kind.info();
        if !info.edges.iter().any(|(rel, _)| can_be_left(info.class, *rel)) {
            draft.joined.gone = Fact::Absent;
            return;
        }
        let mut gone = Vec::new();
        for loose in self.loose(resource, |rel| can_be_left(info.class, rel)) {
            match (loose.kind, loose.gone) {
                (Some(kind), Ok(())) => gone.push(GoneReference {
                    rel: loose.rel.word().into(),
                    class: loose.rel.class().word().into(),
                    what: kind.info().title.into(),
                    id: loose.text.into(),
                    at: Fact::from_read(loose.said.part.map(str::to_owned)),
                }),
                (Some(_), Err(reason)) => draft.mark(GONE, reason),
                // Nothing is read of what it would be.
                (None, _) => {}
            }
        }
        // What was not read may refer to more. What code does not say refers to nothing in it.
        let unread = SAID_IN.iter().find_map(|path| resource.unknown.get(*path));
        if let Some(reason) = unread.filter(|_| !resource.is_declared()) {
            draft.mark(GONE, reason.clone());
        }
        // Links and facts may say the same.
        gone.sort_by(|one, other| (&one.rel, &one.id, &one.at).cmp(&(&other.rel, &other.id, &other.at)));
        gone.dedup_by(|one, other| (&one.rel, &one.id) == (&other.rel, &other.id));
        draft.joined.gone = Fact::Known(gone);
    }

    /// References of these types that lead to nothing that is known.
    pub(super) fn loose(&self, resource: &'a Resource, is_meant: impl Fn(Rel) -> bool) -> Vec<Loose<'a>> {
        let mut found = Vec::new();
        Index::references(resource, &mut |rel, text, said| {
            // What a function writes to is made when it is called.
            let is_made = rel == Rel::LogsTo;
            if is_meant(rel) && !is_made && self.index.resolve(resource, rel, text).is_none() {
                let (kind, gone) = self.leads_nowhere(resource, rel, text);
                found.push(Loose { rel, text, said, kind, gone });
            }
        });
        let logs = resource.workload.iter().filter_map(|workload| workload.logs.known()).flatten();
        for log in logs.filter(|log| is_meant(Rel::LogsTo) && log.creates == Fact::Known(false)) {
            let (Some(region), Some(text)) = (log.region.text(), log.group.text()) else { continue };
            let named = (self.kinds.log_group, place(resource).0, region, text);
            if self.index.by_name_from(resource, named).is_none() {
                let gone = self.not_listed(self.kinds.log_group, resource.account(), region, text);
                let said = Said { part: log.at.text(), ..Said::declared("workload.logs") };
                found.push(Loose { rel: Rel::LogsTo, text, said, kind: Some(self.kinds.log_group), gone });
            }
        }
        found
    }

    /// The kind that a text can only mean that leads to nothing, and whether it is not there.
    fn leads_nowhere(&self, from: &'a Resource, rel: Rel, text: &'a str) -> (Option<Kind>, Result<(), String>) {
        let all = from.kind.info().targets(rel).iter().filter(|kind| may_mean(kind, text));
        let kinds: Vec<Kind> = all.map(|kind| Kind::of(kind)).collect();
        let Some(first) = kinds.first().copied() else {
            return (None, Err("nothing is read of what it names".to_owned()));
        };
        let arn = Arn::parse(text);
        let (account, region) = match arn {
            Some(arn) => (arn.known_account(), arn.region),
            None => (from.account(), from.region().unwrap_or_default()),
        };
        // The other end of a peering is in an account and a region of its own.
        let is_anywhere = arn.is_none() && from.kind.info().class == Class::NetworkConnection;
        // Of a name that several kinds may have, each of them may be meant.
        let gone = kinds.iter().try_for_each(|kind| match region {
            "" if !kind.info().global => Err(format!("where {text} would be is not known")),
            _ if is_anywhere && rel == Rel::InNetwork => Err(format!("where {text} would be is not known")),
            _ => self.not_listed(*kind, account, region, text),
        });
        let was = |kind: &Kind| self.index.is_name_gone((*kind, account.unwrap_or(place(from).0), region, tail(text)));
        match self.index.is_gone(text) || kinds.iter().any(was) {
            true => (Some(first), Ok(())),
            false => (Some(first), gone),
        }
    }

    /// What was not found in a place is not there. `Err`: not everything of that kind was listed, and why.
    fn not_listed(&self, kind: Kind, account: Option<&str>, region: &str, text: &str) -> Result<(), String> {
        if let Some(gap) = self.seen.gap(account, region, kind).map(Gap::sentence) {
            return Err(gap);
        }
        // What another account shares is listed here, and belongs there.
        match self.ids.get_or_init(|| self.unique_ids()).contains(tail(text)) {
            true => Err(format!("{text} is there, in another place")),
            false => Ok(()),
        }
    }

    /// The ids of what has one that no other place gives out.
    fn unique_ids(&self) -> HashSet<String> {
        let has_one = |resource: &&Resource| resource.kind.info().service == "ec2" && !resource.is_deleted();
        self.resources.iter().filter(has_one).map(|resource| tail(&resource.id).to_owned()).collect()
    }
}
