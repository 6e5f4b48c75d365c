//! A plan of an application, as the estate shows it, looked at as any other plan.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::json;

use super::super::back::Given;
use super::super::drafts::Rest;
use super::super::findings::Findings;
use super::super::json::Node;
use super::super::look::Look;
use super::super::proofs::{Promoted, proofs};
use super::super::wanted::Wanted;
use super::blocks::{APPROVAL, AURORA, CONTROL, DNS, PARALLEL, PROMOTE, SWITCHOVER};
use super::check::{Ready, check};
use super::makers::{Draft, Makers, When};
use super::plan::{self, Plan, Step};
use super::settings::{ALARM, approach, known, missing, name, objective, settled};
use crate::config::{Config, RecoveryPair};
use crate::link::{self, Joiner};
use crate::model::{Inventory, Resource, Timestamp};
use crate::providers::aws::names::{region_of, tail};
use crate::result::{
    Decision, MadePlan, NotOrchestrated, PayloadFinding, PlanPreflight, SwitchPlan, SwitchStep, SwitchWorkflow, Weight,
};
use crate::text::list;

/// What is told of a value that the service does not take.
const GIVEN_WRONGLY: &[&str] = &["not-a-value", "out-of-bounds", "wrong-form", "wrong-type"];
/// What is not in a plan that lacks one of them.
const SETTING: &str = "setting of the plan";
const NOT_MADE: &[&str] = &[
    "CustomActionLambda, SSMSendCommand and ARCRegionSwitchPlan are not made: no inventory says which function, document or plan brings back what",
    "EKSResourceScaling is not made: it names what runs inside of clusters",
];

/// Makes a plan. The error says what was not said.
pub fn plan(
    mut inventory: Inventory,
    config: &Config,
    now: Timestamp,
    wanted: &Wanted,
    ready: Ready<'_>,
) -> Result<MadePlan, String> {
    known(&wanted.given)?;
    link::prepare(&mut inventory);
    inventory.sort();
    let told;
    let (made, parts) = {
        let joiner = Joiner::new(&inventory, config, now);
        let look = Look::new(&inventory, config, &joiner, None);
        let is_member = |at: usize| look.is_member(at, config, &wanted.application);
        let members: Vec<(usize, &Resource)> = look.all().filter(|(at, _)| is_member(*at)).collect();
        let pair = pair(config, wanted, &members)?;
        let mut rest = Rest::default();
        let drafts = drafts(&look, config, wanted, &pair, &members, &mut rest);
        told = ready(std::slice::from_ref(&wanted.application), &pair.to);
        let layers = layers(&drafts.0, &look, &told);
        ((pair, drafts), (layers, rest))
    };
    let ((pair, (drafts, mut refused, left_out)), (layers, doubtful)) = (made, parts);
    let mut drafts: Vec<(u32, Draft)> = layers.into_iter().zip(drafts).collect();
    drafts.sort_by(|(one, first), (other, second)| {
        (one, !first.first, &first.step.name).cmp(&(other, !second.first, &second.step.name))
    });
    let missing = missing(config, wanted);
    let whole = |drafts: &[(u32, Draft)]| assemble(config, wanted, &pair, drafts);
    let look = |plan: &SwitchPlan| {
        let text = serde_json::to_string_pretty(plan).unwrap_or_default();
        check(&text, config, Some((inventory.clone(), now)), &|_, _| told.clone())
    };
    // What is fatal of one step is refused, and the rest is looked at again.
    loop {
        let fatal = fatal(&look(&whole(&drafts)));
        let before = drafts.len();
        drafts.retain(|(_, draft)| {
            let found = fatal.get(&draft.step.name);
            if let (Some(message), Some(resource)) = (found, inventory.resources.get(draft.of)) {
                refused.add(resource, message.clone());
            }
            found.is_none()
        });
        if drafts.len() == before {
            break;
        }
    }
    let made = whole(&drafts);
    let found = look(&made);
    let is_empty = drafts.is_empty();
    let mut refused = refused.into_list();
    if !missing.is_empty() && !is_empty {
        let why = "not told by the estate; give it by --set NAME=VALUE".to_owned();
        refused.insert(0, NotOrchestrated { what: SETTING.to_owned(), why, names: missing.clone() });
    }
    let wrong = found
        .findings
        .iter()
        .filter(|found| found.weight == Weight::Fatal && found.step.is_none() && GIVEN_WRONGLY.contains(&found.id));
    let wrong: Vec<&PayloadFinding> = wrong.filter(|_| missing.is_empty()).collect();
    refused.extend(wrong.iter().map(|found| NotOrchestrated {
        what: SETTING.to_owned(),
        why: found.message.clone(),
        names: vec![tail(&found.pointer).to_owned()],
    }));
    let lacks_nothing = missing.is_empty() && wrong.is_empty();
    let mut left_out = left_out.into_list();
    left_out.extend(doubtful.into_list());
    let answer = match () {
        () if !refused.is_empty() => Decision::NoGo,
        () if is_empty => Decision::Go,
        () => found.answer,
    };
    let is_written = !is_empty && lacks_nothing && (refused.is_empty() || wanted.partial);
    // Of what is missing the look would say the same again.
    let findings = if is_empty {
        Vec::new()
    } else {
        found.findings.into_iter().filter(|found| missing.is_empty() || found.step.is_some()).collect()
    };
    let verify = match is_written {
        true => proofs(config, &wanted.application, &pair.to, promoted(&made, config, &pair.to)),
        false => Vec::new(),
    };
    Ok(MadePlan {
        answer,
        region: pair.to.clone(),
        verify,
        plan: is_written.then_some(made),
        refused,
        left_out,
        findings,
        uncovered: found.uncovered,
        notes: NOT_MADE.iter().map(|note| (*note).to_owned()).collect(),
    })
}

/// What takes writes after the steps that activate a region.
fn promoted(made: &SwitchPlan, config: &Config, to: &str) -> Vec<(String, Promoted)> {
    let node = serde_json::to_string(made).ok().and_then(|text| Node::parse(&text).ok());
    let plan = node.as_ref().map(|node| plan::read(node, config, &mut Findings::default()));
    let of = |step: &Step<'_>| {
        let id = |arn: &str| tail(arn).to_owned();
        let promoted = if step.is(AURORA) {
            let arn = step.named().into_iter().find(|named| region_of(named.text) == Some(to))?;
            Promoted::Cluster(id(arn.text))
        } else if step.is(PROMOTE) || step.is(SWITCHOVER) {
            let (_, arn) = step.by_region("dbInstanceArnMap").into_iter().find(|(region, _)| *region == to)?;
            Promoted::Instance(id(arn.text()?))
        } else {
            return None;
        };
        Some((step.spot.step.clone()?, promoted))
    };
    let steps = plan.iter().flat_map(Plan::steps);
    steps.filter(|(workflow, _)| workflow.activates(to)).filter_map(|(_, step)| of(step)).collect()
}

/// The two regions of the plan.
fn pair(config: &Config, wanted: &Wanted, members: &[(usize, &Resource)]) -> Result<RecoveryPair, String> {
    let of = |it: &Resource| config.recovery_from(it.account().unwrap_or_default(), it.region()?).cloned();
    let all: Vec<RecoveryPair> = members
        .iter()
        .filter_map(|(_, it)| of(it))
        .filter(|pair| wanted.region.as_ref().is_none_or(|to| *to == pair.to))
        .collect();
    let ways: BTreeSet<(&str, &str)> = all.iter().map(|pair| (pair.from.as_str(), pair.to.as_str())).collect();
    let name = &wanted.application;
    match (all.first(), ways.len()) {
        (Some(pair), 1) => Ok(pair.clone()),
        (Some(_), _) => {
            let ways: Vec<String> = ways.iter().map(|(from, to)| format!("{from} to {to}")).collect();
            Err(format!("'{name}' comes back by {}, and a plan has two regions", list(&ways)))
        }
        (None, _) => Err(format!(
            "no recovery pair names a region in which '{name}' has something{}",
            wanted.region.as_ref().map(|to| format!(" that comes back in {to}")).unwrap_or_default()
        )),
    }
}

type Drafts = (Vec<Draft>, Rest, Rest);

fn drafts<'a>(
    look: &Look<'a>,
    config: &Config,
    wanted: &Wanted,
    pair: &RecoveryPair,
    members: &[(usize, &'a Resource)],
    doubtful: &mut Rest,
) -> Drafts {
    let mut makers = Makers {
        look,
        from: &pair.from,
        to: &pair.to,
        is_active_active: approach(config, wanted).is_some_and(|approach| approach == "activeActive"),
        drafts: Vec::new(),
        refused: Rest::default(),
        left_out: Rest::default(),
        records: BTreeMap::new(),
    };
    for (at, resource) in members {
        match resource.region() {
            Some(region) if region == pair.to => {}
            Some(region) if region != pair.from => makers
                .left_out
                .add(resource, format!("is in {region}, and the plan is for {} and {}", pair.from, pair.to)),
            _ => makers.source(*at, resource),
        }
    }
    makers.finish_records();
    let is_member = |at: usize| members.iter().any(|(own, _)| *own == at);
    for (at, resource) in
        look.all().filter(|(at, it)| !is_member(*at) && (it.kind.info().is_stateful() || it.kind.info().is_compute()))
    {
        if let (_, Some(reason)) = look.joiner.applications(at) {
            doubtful.add(resource, format!("not known whether it belongs to an application: {reason}"));
        }
    }
    (makers.drafts, makers.refused, makers.left_out)
}

/// The layer of each draft in the sequence of the recovery. What leads requests goes last.
fn layers(drafts: &[Draft], look: &Look<'_>, ready: &[crate::result::Readiness]) -> Vec<u32> {
    let layer = |draft: &Draft| {
        let id = &look.resources.get(draft.of)?.id;
        let mut steps = ready.iter().flat_map(|ready| &ready.steps);
        steps.find(|step| step.resource.id == *id).map(|step| step.layer)
    };
    let leads = |draft: &Draft| [DNS, CONTROL].contains(&draft.step.execution_block_type.as_str());
    drafts.iter().map(|draft| if leads(draft) { u32::MAX } else { layer(draft).unwrap_or(u32::MAX - 1) }).collect()
}

/// Messages of what is fatal, by the name of the step.
fn fatal(found: &PlanPreflight) -> BTreeMap<String, String> {
    let fatal = found.findings.iter().filter(|found| found.weight == Weight::Fatal);
    // The first one that is told of a step is the reason.
    fatal.rev().filter_map(|found| Some((found.step.clone()?, found.message.clone()))).collect()
}

fn assemble(config: &Config, wanted: &Wanted, pair: &RecoveryPair, drafts: &[(u32, Draft)]) -> SwitchPlan {
    let approach = approach(config, wanted).unwrap_or_else(|| "activePassive".to_owned());
    let is_active_active = approach == "activeActive";
    let application = &wanted.application;
    let steps = |whens: &[When], with_approval: bool| {
        let own: Vec<&(u32, Draft)> = drafts.iter().filter(|(_, draft)| whens.contains(&draft.when)).collect();
        let mut steps: Vec<SwitchStep> = match wanted.given.get("approvalRole").filter(|_| with_approval) {
            Some(role) => vec![approval(role, &wanted.given)],
            None => Vec::new(),
        };
        let mut groups: BTreeMap<(u32, bool), Vec<SwitchStep>> = BTreeMap::new();
        for (layer, draft) in own {
            groups.entry((*layer, !draft.first)).or_default().push(settled(&draft.step, &draft.name, &wanted.given));
        }
        let count = groups.len();
        for (number, group) in (1..).zip(groups.into_values()) {
            match <[SwitchStep; 1]>::try_from(group) {
                Ok([one]) => steps.push(one),
                Err(many) => steps.push(parallel(number, count, many)),
            }
        }
        steps
    };
    let workflow = |action: &str, region: Option<&str>, what: String, steps: Vec<SwitchStep>| {
        (!steps.is_empty()).then(|| SwitchWorkflow {
            workflow_target_action: action.to_owned(),
            workflow_target_region: region.map(str::to_owned),
            workflow_description: what,
            steps,
        })
    };
    let activate = [When::Activate, When::Both];
    let workflows = match is_active_active {
        true => vec![
            workflow("activate", None, format!("Takes a region into {application} again."), steps(&activate, true)),
            workflow(
                "deactivate",
                None,
                format!("Takes a region out of {application}."),
                steps(&[When::Both, When::Deactivate], true),
            ),
        ],
        false => vec![
            workflow(
                "activate",
                Some(&pair.to),
                format!("Brings {application} back in {}.", pair.to),
                steps(&activate, true),
            ),
            workflow(
                "activate",
                Some(&pair.from),
                format!("Brings {application} back to {}.", pair.from),
                steps(&activate, true),
            ),
            workflow(
                "postRecovery",
                None,
                format!("Makes replicas of {application} for the next time."),
                steps(&[When::Afterwards], false),
            ),
        ],
    };
    let alarms = wanted.given.iter().filter_map(|(key, arn)| {
        let name = key.strip_prefix(ALARM)?;
        Some((name.to_owned(), json!({"resourceIdentifier": arn, "alarmType": "applicationHealth"})))
    });
    SwitchPlan {
        name: name(wanted).unwrap_or_default(),
        description: format!("Recovery of {application}, made by seaworthy."),
        execution_role: wanted.given.get("executionRole").cloned().unwrap_or_default(),
        regions: vec![pair.from.clone(), pair.to.clone()],
        recovery_approach: approach,
        primary_region: (!is_active_active).then(|| pair.from.clone()),
        recovery_time_objective_minutes: objective(config, wanted)
            .rto
            .map(|rto| rto.in_minutes())
            .filter(|minutes| (1..=10_080).contains(minutes)),
        associated_alarms: alarms.collect(),
        workflows: workflows.into_iter().flatten().collect(),
    }
}

fn parallel(number: usize, of: usize, steps: Vec<SwitchStep>) -> SwitchStep {
    let configuration = json!({"steps": steps});
    SwitchStep {
        name: format!("side by side {number} of {of}"),
        execution_block_type: PARALLEL.to_owned(),
        execution_block_configuration: IndexMap::from([("parallelConfig".to_owned(), configuration)]),
    }
}

fn approval(role: &str, given: &Given) -> SwitchStep {
    let step = SwitchStep {
        name: "approve".to_owned(),
        execution_block_type: APPROVAL.to_owned(),
        execution_block_configuration: IndexMap::from([(
            "executionApprovalConfig".to_owned(),
            json!({"approvalRole": role}),
        )]),
    };
    settled(&step, "approve", given)
}
