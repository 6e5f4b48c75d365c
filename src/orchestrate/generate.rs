//! A payload of an application: what the estate shows to take over from what it holds, looked at as any other payload.

use std::collections::BTreeSet;

use super::back::Back;
use super::correct::layered;
use super::drafts::{Draft, Rest};
use super::findings::Findings;
use super::forth::Forth;
use super::json::Node;
use super::layers::layers;
use super::look::Look;
use super::payload::{self, Step};
use super::place::Here;
use super::proofs::{Promoted, proofs};
use super::types::{Machine, PLANNED, PROMOTE, UNPLANNED};
use super::wanted::Wanted;
use super::{failback, failover, values};
use crate::config::Config;
use crate::link::{self, Joiner};
use crate::model::{Inventory, Kind, Resource, Timestamp};
use crate::providers::aws::names::tail;
use crate::result::{Decision, Orchestration, Payload, PayloadStep, Weight};
use crate::text::list;

/// Kinds of which the framework could recover one.
const SERVED: &[&str] = &["aws.rds.instance", "aws.rds.cluster", "aws.elasticache.replication-group"];

/// Makes a payload. The error says what was not said.
pub fn payload(
    mut inventory: Inventory,
    config: &Config,
    now: Timestamp,
    wanted: &Wanted,
) -> Result<Orchestration, String> {
    link::prepare(&mut inventory);
    inventory.sort();
    let joiner = Joiner::new(&inventory, config, now);
    let look = Look::new(&inventory, config, &joiner, None);
    let is_member = |at: usize| look.is_member(at, config, &wanted.application);
    let members: Vec<(usize, &Resource)> = look.all().filter(|(at, _)| is_member(*at)).collect();
    let here = region(config, wanted, &members)?;
    let (mut drafts, mut refused, mut left_out) = match wanted.failback {
        true => back(&look, config, wanted, &here, &members),
        false => forth(&look, config, wanted, &here, &members),
    };
    let mut in_doubt = false;
    for (at, resource) in
        look.all().filter(|(at, it)| !is_member(*at) && SERVED.iter().any(|kind| it.kind == Kind::of(kind)))
    {
        if let (_, Some(reason)) = joiner.applications(at) {
            in_doubt = true;
            left_out.add(resource, format!("not known whether it belongs to an application: {reason}"));
        }
    }
    one_account(&mut drafts, &inventory, &mut refused);
    if !wanted.failback {
        drafts.retain(|draft| {
            let alone = layered([vec![draft.step.clone()]]);
            let fatal = looked_at(&alone, &look, config, wanted, &here)
                .all
                .into_iter()
                .find(|found| found.weight == Weight::Fatal);
            let resource = inventory.resources.get(draft.of);
            if let (Some(fatal), Some(resource)) = (&fatal, resource) {
                refused.add(resource, fatal.message.clone());
            }
            fatal.is_none()
        });
    }
    let steps = layers(drafts, &joiner)
        .into_iter()
        .map(|layer| layer.into_iter().map(|draft| draft.step).collect::<Vec<PayloadStep>>());
    let made = layered(steps);
    let (refused, left_out) = (refused.into_list(), left_out.into_list());
    let findings = match made.layers.is_empty() {
        true => Vec::new(),
        false => looked_at(&made, &look, config, wanted, &here).all,
    };
    let answer = match () {
        () if !refused.is_empty() => Decision::NoGo,
        () if in_doubt || (!wanted.failback && findings.iter().any(|found| found.decides)) => Decision::CannotTell,
        () => Decision::Go,
    };
    let is_written = !made.layers.is_empty() && (refused.is_empty() || wanted.partial);
    let promoted = made.layers.iter().flat_map(|layer| &layer.resources).filter_map(promoted);
    let verify = if is_written { proofs(config, &wanted.application, &here, promoted) } else { Vec::new() };
    Ok(Orchestration { answer, region: here, payload: is_written.then_some(made), refused, left_out, findings, verify })
}

/// What takes writes after a step. Who writes to a cache, nothing tells.
fn promoted(step: &PayloadStep) -> Option<(String, Promoted)> {
    let id = |name: &str| step.parameters.get(name).map(|text| tail(text).to_owned());
    let promoted = match step.resource_type.as_str() {
        PROMOTE => Promoted::Instance(id("RDSInstanceIdentifier")?),
        PLANNED | UNPLANNED => Promoted::Cluster(id("DBClusterIdentifier")?),
        _ => return None,
    };
    Some((step.resource_name.clone(), promoted))
}

/// Where it is to be run.
fn region(config: &Config, wanted: &Wanted, members: &[(usize, &Resource)]) -> Result<String, String> {
    if let Some(region) = &wanted.region {
        return Ok(region.clone());
    }
    let pairs =
        members.iter().filter_map(|(_, it)| config.recovery_from(it.account().unwrap_or_default(), it.region()?));
    let all: BTreeSet<&str> =
        pairs.map(|pair| if wanted.failback { pair.from.as_str() } else { pair.to.as_str() }).collect();
    let name = &wanted.application;
    match all.first() {
        Some(only) if all.len() == 1 => Ok((*only).to_owned()),
        Some(_) => {
            let all: Vec<String> = all.into_iter().map(str::to_owned).collect();
            Err(format!("'{name}' comes back in {}, and a payload is run in one region", list(&all)))
        }
        None => Err(format!("no recovery pair names a region in which '{name}' has something")),
    }
}

type Made = (Vec<Draft>, Rest, Rest);

fn forth<'a>(look: &Look<'a>, config: &Config, wanted: &Wanted, here: &str, members: &[(usize, &'a Resource)]) -> Made {
    let mut forth = Forth {
        look,
        here,
        planned: wanted.planned,
        drafts: Vec::new(),
        refused: Rest::default(),
        left_out: Rest::default(),
    };
    for (at, resource) in members {
        let Some(region) = resource.region() else {
            forth.source(*at, resource);
            continue;
        };
        if region == here {
            continue;
        }
        let pair = config.recovery_from(resource.account().unwrap_or_default(), region);
        match pair {
            Some(pair) if pair.to_account.as_deref().is_some_and(|other| Some(other) != resource.account()) => {
                forth.refused.add(resource, "comes back in another account, and the framework works in one");
            }
            Some(pair) if pair.to != here => forth.left_out.add(resource, format!("comes back in {}", pair.to)),
            // With a region that was asked for, a pair need not be stated.
            None if wanted.region.is_none() || config.recovery.iter().any(|pair| pair.to == region) => {
                forth.left_out.add(resource, format!("no recovery pair names {region}"));
            }
            _ => forth.source(*at, resource),
        }
    }
    (forth.drafts, forth.refused, forth.left_out)
}

fn back<'a>(look: &Look<'a>, config: &Config, wanted: &Wanted, here: &str, members: &[(usize, &'a Resource)]) -> Made {
    let mut left_out = Rest::default();
    let mut made = Vec::new();
    let mut refused = Rest::default();
    for (at, resource) in members.iter().filter(|(_, it)| it.region() == Some(here)) {
        let Some(pair) = config.recovery_from(resource.account().unwrap_or_default(), here) else {
            left_out.add(resource, format!("no recovery pair names {here}"));
            continue;
        };
        let mut back = Back { look, here, there: &pair.to, given: &wanted.given, drafts: made, refused };
        let is_served = back.old(*at, resource);
        (made, refused) = (back.drafts, back.refused);
        if !is_served {
            left_out.add(
                resource,
                match resource.kind.name() {
                    "aws.elasticache.replication-group" => {
                        "a cache is failed back by FAILOVER, run in the other region"
                    }
                    _ => "the framework has no such step",
                },
            );
        }
    }
    (made, refused, left_out)
}

/// The framework works in the account in which it stands.
fn one_account(drafts: &mut Vec<Draft>, inventory: &Inventory, refused: &mut Rest) {
    let first = drafts.iter().filter_map(|draft| draft.account.clone()).min();
    drafts.retain(|draft| {
        let is_first = draft.account == first;
        if let (false, Some(first), Some(resource)) = (is_first, &first, inventory.resources.get(draft.of)) {
            refused.add(resource, format!("not in account {first} as others are, and the framework works in one"));
        }
        is_first
    });
}

/// What is found of a payload that was made.
fn looked_at(made: &Payload, look: &Look<'_>, config: &Config, wanted: &Wanted, region: &str) -> Findings {
    let machine = if wanted.failback { Machine::Failback } else { Machine::Failover };
    let mut out = Findings::default();
    let text = serde_json::to_string_pretty(made).unwrap_or_default();
    let Ok(root) = Node::parse(&text) else { return out };
    let read = payload::read(&root, machine, &None, &mut out);
    let steps: Vec<&Step> = read.iter().flatten().collect();
    let here = Here::of(Some(region), config, machine, &steps);
    for step in steps {
        values::judge(step, &here, &mut out);
        match machine {
            Machine::Failover => failover::check(look, step, region, &mut out),
            Machine::Failback => failback::check(look, step, region, &mut out),
        }
    }
    out.sort();
    out
}
