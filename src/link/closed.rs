//! What a plan closes: what a security group let through before it and does not any more, and regions that a policy of an
//! organization shuts out from now on. Where everything runs that is an outage of its day; in a recovery region nobody
//! notices before the failover.

use std::collections::BTreeSet;

use super::edges::At;
use super::index::place;
use super::limits::shuts_out;
use super::passages::{Passage, Side, lets, rules, unread_list, words};
use super::{Draft, Estate, why};
use crate::model::{Action, Fact, FirewallRule, GuardRail, Resource};

const FACT: &str = "joined.closed_rules";
const SHUT_OUT: &str = "joined.shut_out";

impl<'a> Estate<'a> {
    /// Fills what a security group that stays does not let through any more.
    pub(super) fn join_closed(&self, at: At, draft: &mut Draft) {
        let resource = self.index.get(at);
        if resource.kind != self.kinds.security_group {
            return;
        }
        let action = resource.change.as_ref().map(|change| change.action);
        let kept = resource.before.as_deref().filter(|_| matches!(action, Some(Action::Update | Action::Replace)));
        let Some(before) = kept else {
            draft.joined.closed_rules = Fact::Absent;
            return;
        };
        let mut closed = Vec::new();
        for ingress in [true, false] {
            match self.closed(before, resource, ingress) {
                Ok(found) => closed.extend(found),
                Err(reason) => draft.mark(FACT, reason),
            }
        }
        if !closed.is_empty() || !draft.is_marked(FACT) {
            draft.joined.closed_rules = Fact::Known(closed);
        }
    }

    /// Whether a plan deletes the group of that id or name in the place of another.
    fn goes(&self, group: &str, beside: &Resource) -> bool {
        let (account, region) = place(beside);
        self.index.is_gone(group) || self.index.is_name_gone((self.kinds.security_group, account, region, group))
    }

    /// Fills the recovery regions that a policy of an organization shuts out and did not before.
    pub(super) fn join_shut_out(&self, at: At, draft: &mut Draft) {
        let policy = self.index.get(at);
        if policy.kind != self.kinds.organization_policy {
            return;
        }
        let action = policy.change.as_ref().map(|change| change.action);
        if !matches!(action, Some(Action::Create | Action::Update | Action::Replace)) {
            draft.joined.shut_out = Fact::Absent;
            return;
        }
        let of = |side: Option<&'a Resource>| side.and_then(|side| side.guard_rail.as_deref());
        let (was, is) = (of(policy.before.as_deref()), of(Some(policy)));
        let Some(rules) = is.and_then(|is| is.regions.known()) else {
            return draft.mark(SHUT_OUT, why(policy, "guard_rail.regions"));
        };
        // What it did before, it does to others where it is attached anew.
        let accounts = |side: Option<&GuardRail>| side.map(|side| side.accounts.clone());
        let before = was.filter(|_| accounts(was) == accounts(is)).map(|was| &was.regions);
        let had = before.and_then(|before| before.known()).map(Vec::as_slice).unwrap_or_default();
        let was_unread = before.is_some_and(|before| before.is_unknown());
        let mut regions = BTreeSet::new();
        for pair in &self.config.recovery {
            let already = had.iter().any(|rule| shuts_out(rule, &pair.to));
            for rule in rules.iter().filter(|rule| !already && shuts_out(rule, &pair.to)) {
                match rule.unless.text() {
                    Some(unless) => draft.mark(SHUT_OUT, format!("it asks for {unless}, which depends on the request")),
                    None if was_unread => draft.mark(SHUT_OUT, "what it said of regions before is not known"),
                    None => drop(regions.insert(pair.to.clone())),
                }
            }
        }
        if !regions.is_empty() || !draft.is_marked(SHUT_OUT) {
            draft.joined.shut_out = Fact::Known(regions.into_iter().collect());
        }
    }

    /// What it let through before in one direction and does not now, in words; or why that cannot be told.
    fn closed(&self, before: &Resource, now: &Resource, ingress: bool) -> Result<Vec<String>, String> {
        let path = if ingress { "firewall.ingress" } else { "firewall.egress" };
        let (was, is) = (rules(before, ingress), rules(now, ingress));
        // Nothing of them is touched, whatever they are.
        if (was, before.unknown.get(path)) == (is, now.unknown.get(path)) {
            return Ok(Vec::new());
        }
        let was = was.ok_or_else(|| why(before, path))?;
        let is = is.ok_or_else(|| why(now, path))?;
        let mut passages = Vec::new();
        for rule in is {
            passages.extend(self.sides(rule, now)?.into_iter().map(|(_, side)| Passage { rule, side }));
        }
        let mut closed = Vec::new();
        for rule in was {
            for (text, side) in self.sides(rule, before)? {
                // What goes itself comes from nowhere any more.
                if matches!(&side, Side::Named(group) if self.goes(group, before)) {
                    continue;
                }
                let narrowed = ingress && is_everybody(&text) && passages.iter().any(|left| meet(rule, left.rule));
                match lets(&passages, rule, &side) {
                    Some(true) => {}
                    _ if narrowed => {}
                    Some(false) => closed.push(words(rule, ingress, &text)),
                    None => return Err(unread_list(&text)),
                }
            }
        }
        // What is closed here may stand in a rule that nobody has seen.
        match now.unknown.get(path).filter(|_| !closed.is_empty()) {
            Some(reason) => Err(reason.clone()),
            None => Ok(closed),
        }
    }
}

/// Who is let in from everywhere and then only from somewhere is the better for it.
fn is_everybody(side: &str) -> bool {
    matches!(side, "0.0.0.0/0" | "::/0")
}

/// Whether two rules are about some of the same ports.
fn meet(one: &FirewallRule, other: &FirewallRule) -> bool {
    let all = |rule: &FirewallRule| rule.protocol.text() == Some("all");
    let ports = |rule: &FirewallRule| {
        let first = rule.from_port.known().copied().unwrap_or(0);
        (first, rule.to_port.known().copied().unwrap_or(u32::MAX))
    };
    let ((first, last), (from, to)) = (ports(one), ports(other));
    all(one) || all(other) || (one.protocol == other.protocol && first <= to && from <= last)
}
