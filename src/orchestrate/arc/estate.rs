//! What has to hold of an estate before a plan is executed.

use std::collections::{BTreeMap, BTreeSet};

use super::super::findings::{Findings, Spot};
use super::super::json::Node;
use super::super::look::{Look, open, why};
use super::at::{At, there};
use super::blocks::{
    APPROVAL, ASG, AURORA, CHILD, CONTROL, DNS, DOCUMENTS, ECS, EKS, LAMBDA, MAPPING, NEPTUNE, PROMOTE, PROVISIONED,
    REPLICATE, SERVERLESS, SSM, SWITCHOVER,
};
use super::plan::Plan;
use super::{dns, global, instances, scaling};
use crate::model::{Fact, Kind};

/// What takes on the role of a plan.
const SERVICE: &str = "arc-region-switch.amazonaws.com";

pub(super) fn check(plan: &Plan<'_>, look: &Look<'_>, out: &mut Findings) {
    role(plan, look, out);
    report(plan, look, out);
    let mut found = Findings::default();
    for (workflow, step) in plan.steps() {
        let at = At { plan, workflow, step, look };
        block(&at, &mut found);
        roles(&at, &mut found);
    }
    // Workflows for one region and for the other say the same of what both name.
    let mut said = BTreeSet::new();
    found.all.retain(|found| said.insert((found.id, found.step.clone(), found.message.clone())));
    out.all.append(&mut found.all);
}

fn block(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    let Some(kind) = at.step.kind else { return };
    match kind.name {
        ASG => scaling::groups(at, out),
        ECS => scaling::services(at, out),
        EKS => scaling::clusters(at, out),
        LAMBDA => scaling::functions(at, out),
        MAPPING => scaling::mappings(at, out),
        AURORA => global::check(at, &global::AURORA_KINDS, out),
        DOCUMENTS => global::check(at, &global::DOCUMENT_KINDS, out),
        NEPTUNE => global::check(at, &global::NEPTUNE_KINDS, out),
        SERVERLESS | PROVISIONED => global::scaled(at, out),
        PROMOTE => instances::promoted(at, out),
        SWITCHOVER => instances::switched(at, out),
        REPLICATE => instances::replicated(at, out),
        DNS => dns::records(at, out),
        CONTROL => dns::controls(at, out),
        APPROVAL => approver(at, out),
        CHILD => child(at, out),
        SSM => out.doubt(
            "not-in-the-inventory",
            &at.step.spot,
            "whether its document and its machines are there is not known: the inventory has none",
            "look at them in Systems Manager, in both regions",
        ),
        _ => {}
    }
}

/// The role that Region switch takes on.
fn role(plan: &Plan<'_>, look: &Look<'_>, out: &mut Findings) {
    let Some(arn) = plan.text("executionRole") else { return };
    let at = plan.spot("executionRole");
    let Some((_, role)) = there(look, plan, "aws.iam.role", arn, &at, out) else { return };
    match role.role.as_deref().and_then(|role| role.trusted_services.known()) {
        Some(services) if services.iter().any(|service| service == SERVICE) => {}
        Some(_) => {
            let message = format!("'{}' does not trust {SERVICE}: the plan cannot be executed", role.name);
            out.fatal("role-not-trusted", &at, message, "let the service take it on in the trust policy");
        }
        None => open(role, "role.trusted_services", "who may take on the role", &at, out),
    }
}

/// The roles by which Region switch gets at what belongs to other accounts.
fn roles(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    let named = at.step.named();
    let roles: BTreeMap<&str, &Node> = named.iter().filter_map(|it| Some((it.role?.text()?, it.role?))).collect();
    for (arn, node) in roles {
        there(at.look, at.plan, "aws.iam.role", arn, &at.spot(node), out);
    }
}

fn approver(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    let Some((arn, spot)) = at.step.text("approvalRole") else { return };
    there(at.look, at.plan, "aws.iam.role", arn, &spot, out);
}

/// Where the report of an execution is to be written.
fn report(plan: &Plan<'_>, look: &Look<'_>, out: &mut Findings) {
    let outputs =
        plan.node.get("reportConfiguration").and_then(|it| it.get("reportOutput")?.list()).unwrap_or_default();
    for node in outputs.iter().filter_map(|it| it.get("s3Configuration")?.get("bucketPath")) {
        let path = node.text().unwrap_or_default();
        let path = path.strip_prefix("s3://").unwrap_or(path);
        let bucket = path.split_once('/').map_or(path, |(bucket, _)| bucket);
        let at = Spot::of(node, None);
        let found = look.all().find(|(_, it)| it.kind == Kind::of("aws.s3.bucket") && it.name == bucket);
        match found.and_then(|(_, bucket)| bucket.region()) {
            Some(region) if plan.primary() == Some(region) => {
                let message = format!(
                    "the reports go to '{bucket}' in {region}: where that is lost, the report of its loss is not written"
                );
                out.risk("report-in-lost-region", &at, message, "write them to a bucket in the other region");
            }
            Some(_) => {}
            None => out.doubt(
                "report-bucket-not-seen",
                &at,
                format!("where the bucket '{bucket}' is, is not known: it was not seen"),
                "collect the buckets of its account",
            ),
        }
    }
}

/// A plan in a plan: one level, the same regions, the same approach.
fn child(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    let Some((arn, spot)) = at.step.text("arn") else { return };
    if at.plan.text("arn") == Some(arn) {
        return out.fatal("plan-in-itself", &spot, "the plan runs itself", "name another plan");
    }
    let Some((_, child)) = there(at.look, at.plan, "aws.arcregionswitch.plan", arn, &spot, out) else { return };
    let Some(facts) = child.switch_plan.as_deref() else { return };
    let name = &child.name;
    match &facts.children {
        Fact::Known(children) if !children.is_empty() => {
            let message = format!("'{name}' runs plans itself, and plans nest one level only: the step is refused");
            out.fatal("nested-twice", &spot, message, "name the inner plans in this one");
        }
        Fact::Unknown => {
            out.open(
                "fact-not-known",
                &spot,
                format!("whether '{name}' runs plans itself is not known: {}", why(child, "switch_plan.children")),
                "collect it again",
            );
        }
        _ => {}
    }
    if facts.regions.is_unknown() || facts.approach.is_unknown() {
        let message = format!("between which regions '{name}' switches, or how, is not known");
        out.open("fact-not-known", &spot, message, "collect it again");
    }
    if let Some(regions) = facts.regions.known() {
        let mut own: Vec<&str> = at.plan.regions.clone();
        own.sort_unstable();
        if *regions != own {
            let message = format!(
                "'{name}' switches between {}, and this plan between {}",
                regions.join(" and "),
                own.join(" and ")
            );
            out.fatal("child-of-other-regions", &spot, message, "name a plan of the same regions");
        }
    }
    if let (Some(own), Some(other)) = (at.plan.text("recoveryApproach"), facts.approach.text())
        && !own.eq_ignore_ascii_case(other)
    {
        let message = format!("'{name}' is {other}, and this plan {own}");
        out.fatal("child-of-other-approach", &spot, message, "name a plan of the same approach");
    }
}
