//! What a plan says twice: workflows of which nobody can tell which one is run, and steps that promote what was promoted.

use std::collections::BTreeMap;

use super::super::findings::Findings;
use super::blocks::{AURORA, DOCUMENTS, NEPTUNE, PROMOTE, SWITCHOVER};
use super::plan::{Plan, Step};

/// Databases that take over, those of RDS first: of these a second promotion is refused.
const PROMOTING: &[&str] = &[PROMOTE, SWITCHOVER, AURORA, DOCUMENTS, NEPTUNE];

pub(super) fn check(plan: &Plan<'_>, out: &mut Findings) {
    workflows(plan, out);
    for workflow in &plan.workflows {
        let mut promoted = BTreeMap::new();
        let promoting = |step: &&Step<'_>| PROMOTING.iter().any(|name| step.is(name));
        for step in workflow.steps.iter().filter(promoting) {
            if workflow.action == "postRecovery" {
                let message = "what it promotes has taken over by then: it is run after the recovery";
                out.risk("promotion-after-recovery", &step.spot, message, "move it into the workflow that activates");
            }
            again(step, &mut promoted, out);
        }
    }
}

/// A region is activated, or deactivated, by one workflow: its own, or that of both.
fn workflows(plan: &Plan<'_>, out: &mut Findings) {
    for action in ["activate", "deactivate", "postRecovery"] {
        for region in &plan.regions {
            let mut all = plan.workflows.iter().filter(|it| it.action == action && it.is_for(region));
            let (Some(first), Some(second)) = (all.next(), all.next()) else { continue };
            let message = format!(
                "another workflow, in line {}, is '{action}' for {region}, too: which one is run there is not known",
                first.spot.line
            );
            out.open(
                "workflow-twice",
                &second.spot,
                message,
                "give each its 'workflowTargetRegion', or leave one of them",
            );
        }
    }
}

fn again<'n>(step: &Step<'n>, promoted: &mut BTreeMap<&'n str, String>, out: &mut Findings) {
    let global = step.text("globalClusterIdentifier").map(|(name, _)| name);
    let named: Vec<&str> = global.map_or_else(|| step.named().iter().map(|it| it.text).collect(), |name| vec![name]);
    let own = step.spot.step.clone().unwrap_or_default();
    let earlier = named.iter().find_map(|name| promoted.get(name));
    if let Some(earlier) = earlier {
        let message = format!("'{earlier}' of this workflow promotes the same");
        let remedy = "take one of them out";
        match step.is(PROMOTE) || step.is(SWITCHOVER) {
            true => {
                let message =
                    format!("{message}: what is no replica any more is refused, and the execution stops there");
                out.fatal("promoted-twice", &step.spot, message, remedy);
            }
            false => {
                let message = format!("{message}: whether that stops the execution is not known");
                out.open("promoted-twice", &step.spot, message, remedy);
            }
        }
    }
    for name in named {
        promoted.entry(name).or_insert_with(|| own.clone());
    }
}
