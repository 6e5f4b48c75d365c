//! Switches by which people send requests elsewhere: which of them no rule keeps from being off all at once.

use std::collections::BTreeSet;

use super::super::edges::At;
use super::super::{Draft, Estate, why};
use crate::model::{Fact, Rel};

impl<'a> Estate<'a> {
    /// Fills the controls of a panel that no assertion is about.
    pub(super) fn join_controls(&self, at: At, draft: &mut Draft) {
        const FACT: &str = "joined.unguarded_controls";
        let panel = self.index.get(at);
        let of_panel = || self.index.from(at, Rel::MemberOf).map(|part| self.index.get(part));
        let mut guarded = BTreeSet::new();
        for rule in of_panel().filter(|part| part.kind == self.kinds.safety_rule) {
            let facts = rule.switch.as_ref();
            let of_form = facts.map_or(&Fact::Unknown, |facts| &facts.rule);
            let controls = facts.map_or(&Fact::Unknown, |facts| &facts.controls);
            match (of_form.text(), controls) {
                (Some("assertion"), Fact::Known(controls)) => {
                    guarded.extend(controls.iter().filter_map(|control| self.index.by_id(control)));
                }
                (Some("gating"), _) => {}
                _ => draft.mark(FACT, why(rule, "switch.controls")),
            }
        }
        let controls = self.index.from(at, Rel::MemberOf);
        let controls = controls.filter(|part| self.index.get(*part).kind == self.kinds.routing_control);
        let mut left: Vec<String> =
            controls.filter(|part| !guarded.contains(part)).map(|part| self.index.get(part).id.clone()).collect();
        left.sort_unstable();
        draft.joined.unguarded_controls = Fact::Known(left);
        for kind in [self.kinds.safety_rule, self.kinds.routing_control] {
            if let Some(gap) = self.seen.gap(panel.account(), "", kind) {
                draft.mark(FACT, gap.sentence());
            }
        }
    }
}
