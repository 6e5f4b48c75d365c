//! Waivers: somebody answers for a failed policy, or for what nobody could look at, for a while. They are read from
//! `waivers.yaml`, and from comments in the code where the configuration allows it. A waiver that is over, or that
//! matches nothing, says so.

mod file;
mod rules;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;
use schemars::Schema;

pub use file::WaiverError;
use file::{Effect, Match, Written};

use crate::collect::source::InlineWaiver;
use crate::config::{Config, Inline, Unmatched};
use crate::model::{Location, Notice, Resource};
use crate::policy::PolicySet;
use crate::result::WaiverRef;
use crate::text;
use rules::Rules;

/// Where waivers are looked for.
pub const FILE: &str = "waivers.yaml";

/// The waivers of a run.
#[derive(Debug)]
pub struct WaiverSet<'a> {
    rules: Rules<'a>,
    waivers: Vec<Waiver>,
}

/// A waiver that follows the rules.
#[derive(Debug)]
struct Waiver {
    /// Ids of policies, as they are called today.
    policies: Vec<String>,
    covers: Covers,
    reference: WaiverRef,
    /// It matched a failed policy, or one without an answer.
    used: AtomicBool,
}

/// What a waiver stands on.
#[derive(Debug)]
enum Covers {
    Matching(Match),
    Code(InlineWaiver),
}

/// What there is to say of the waivers after a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upkeep {
    /// For the report.
    pub notices: Vec<Notice>,
    /// Why the gate fails, if the configuration does not put up with waivers that match nothing.
    pub trouble: Option<String>,
}

impl<'a> WaiverSet<'a> {
    /// No waivers yet. `policies` are all that there are, before any are left out of the run.
    pub fn new(config: &'a Config, policies: &'a PolicySet, today: Date) -> Self {
        Self { rules: Rules { config, policies, today }, waivers: Vec::new() }
    }

    /// Adds those of a file. It is all or nothing: a mistake in it may be about what was meant to count.
    pub fn load(&mut self, path: &Path) -> Result<(), WaiverError> {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|source| WaiverError::Read { file: file.clone(), source })?;
        self.parse(&file, &text)
    }

    /// Adds those in the text of the file of that name.
    pub fn parse(&mut self, file: &str, text: &str) -> Result<(), WaiverError> {
        for written in file::read(&self.rules, file, text)? {
            self.waivers.push(self.waiver(written));
        }
        Ok(())
    }

    /// Adds those in the code. One that may not count has no effect, and a notice says why.
    pub fn add_inline(&mut self, waivers: Vec<InlineWaiver>) -> Vec<Notice> {
        let mut notices = Vec::new();
        for inline in waivers {
            match self.inline(&inline) {
                Ok(waiver) => self.waivers.push(waiver),
                Err(why) => {
                    let Location { file, line, .. } = &inline.location;
                    notices.push(Notice::warning(format!("{file}:{line}: the waiver has no effect: {why}")));
                }
            }
        }
        notices
    }

    /// The waiver of a failed policy on a resource, if there is one; rather one that counts than one that is over.
    pub fn matching(&self, policy: &str, resource: &Resource) -> Option<WaiverRef> {
        self.find(policy, resource, false)
    }

    /// Who answers for a policy on a resource that has no answer of its own.
    pub fn attesting(&self, policy: &str, resource: &Resource) -> Option<WaiverRef> {
        self.find(policy, resource, true)
    }

    fn find(&self, policy: &str, resource: &Resource, attests: bool) -> Option<WaiverRef> {
        let matching = self.waivers.iter().filter(|waiver| {
            waiver.reference.attests == attests
                && waiver.policies.iter().any(|id| id == policy)
                && match &waiver.covers {
                    Covers::Matching(matching) => matching.covers(resource),
                    Covers::Code(inline) => inline.covers(resource),
                }
        });
        let matching = matching.inspect(|waiver| waiver.used.store(true, Ordering::Relaxed));
        let found = matching.map(|waiver| &waiver.reference).min_by_key(|reference| reference.expired);
        found.cloned()
    }

    /// What there is to say after the run: waivers that match nothing, that are over, and that soon will be. Of those
    /// of a file only a run over the `whole_estate` can say that they match nothing.
    pub fn upkeep(&self, judged: &PolicySet, whole_estate: bool) -> Upkeep {
        let used = |waiver: &&Waiver| waiver.used.load(Ordering::Relaxed);
        let could_match = |waiver: &&Waiver| {
            (whole_estate || matches!(waiver.covers, Covers::Code(_)))
                && waiver.policies.iter().all(|id| judged.find(id).is_some())
        };
        let list = |wanted: &dyn Fn(&&Waiver) -> bool| -> Vec<&WaiverRef> {
            self.waivers.iter().filter(wanted).map(|waiver| &waiver.reference).collect()
        };
        let unmatched = list(&|waiver| !used(waiver) && could_match(waiver));
        let expired = list(&|waiver| used(waiver) && waiver.reference.expired);
        let soon = self.rules.after(self.rules.config.waivers.warn_before);
        let expiring =
            list(&|waiver| !waiver.reference.expired && waiver.reference.expires.is_some_and(|date| date <= soon));

        let unmatched = sentence(&unmatched, ("matches nothing", "match nothing"), |waiver| waiver.from.clone());
        let with_date = |waiver: &WaiverRef| {
            let date = waiver.expires.map(|date| format!(" ({date})")).unwrap_or_default();
            format!("{}{date}", waiver.from)
        };
        let expired = sentence(&expired, ("is over and does not count", "are over and do not count"), with_date);
        let expiring = sentence(&expiring, ("expires soon", "expire soon"), with_date);
        let fails = self.rules.config.waivers.unmatched == Unmatched::Fail;
        Upkeep {
            trouble: unmatched.clone().filter(|_| fails),
            notices: [unmatched, expired, expiring].into_iter().flatten().map(Notice::warning).collect(),
        }
    }

    fn waiver(&self, written: Written) -> Waiver {
        let reference = WaiverRef {
            reason: written.reason,
            owner: written.owner,
            ticket: written.ticket,
            compensating_control: written.compensating_control,
            attests: written.effect == Effect::Attest,
            expires: Some(written.expires),
            expired: written.expires < self.rules.today,
            from: written.from,
        };
        Waiver { policies: written.policies, covers: Covers::Matching(written.matching), reference, used: false.into() }
    }

    fn inline(&self, inline: &InlineWaiver) -> Result<Waiver, String> {
        match self.rules.config.waivers.inline {
            Inline::Deny => return Err("the configuration says 'waivers: {inline: deny}'".to_owned()),
            Inline::RequireTicket if inline.ticket.is_none() => {
                return Err(
                    "'ticket=' is missing, and the configuration says 'waivers: {inline: require-ticket}'".to_owned()
                );
            }
            Inline::RequireTicket | Inline::Allow => {}
        }
        let policies = inline.policies.iter().map(|id| self.rules.policy(id)).collect::<Result<_, _>>()?;
        self.rules.horizon(inline.until)?;
        let reference = WaiverRef {
            reason: inline.reason.clone(),
            owner: inline.owner.clone().unwrap_or_default(),
            ticket: inline.ticket.clone(),
            compensating_control: None,
            attests: false,
            expires: Some(inline.until),
            expired: inline.until < self.rules.today,
            from: format!("{}:{}", inline.location.file, inline.location.line),
        };
        Ok(Waiver { policies, covers: Covers::Code(inline.clone()), reference, used: false.into() })
    }
}

/// `2 waivers match nothing: waivers.yaml:3, main.tf:7`.
fn sentence(waivers: &[&WaiverRef], (one, many): (&str, &str), name: impl Fn(&WaiverRef) -> String) -> Option<String> {
    let names: Vec<_> = waivers.iter().map(|waiver| name(waiver)).collect();
    let says = if waivers.len() == 1 { one } else { many };
    (!names.is_empty()).then(|| format!("{} {says}: {}", text::count(names.len(), "waiver"), names.join(", ")))
}

/// The JSON schema of the file.
pub fn schema() -> Schema {
    file::schema()
}
