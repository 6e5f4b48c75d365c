//! A look at a plan before it is executed.

use super::super::findings::{Findings, Spot, Weighed};
use super::super::json::Node;
use super::super::look::Look;
use super::blocks::{ASG, AURORA, CUSTOM, DNS, DOCUMENTS, ECS, EKS, NEPTUNE, PROMOTE};
use super::plan::Plan;
use super::{cover, estate, evaluation, form, plan, repeated, shapes};
use crate::config::Config;
use crate::link::{self, Joiner};
use crate::model::{Inventory, Timestamp};
use crate::result::{Evaluation, PlanPreflight, Readiness, Uncovered};
use crate::text::list;

/// The readiness of applications in a region, for whoever looks at a plan: nothing where it cannot be told.
pub type Ready<'r> = &'r dyn Fn(&[String], &str) -> Vec<Readiness>;

const NOT_LOOKED_AT: &str = "what the role of the plan may do, whether roles of other accounts trust it, who may approve a step, what runs inside of Kubernetes clusters, documents and machines of \
     Systems Manager, and the code of functions";

/// It has the shape of a plan: what `create-plan` is given, or what `get-plan` prints.
pub fn is_plan(text: &str) -> bool {
    Node::parse(text).is_ok_and(|root| {
        let node = root.get("plan").unwrap_or(&root);
        let has = |keys: &[&str]| node.get_loosely(keys).is_some();
        root.get_loosely(&["StatePayload"]).is_none()
            && (has(&["workflows"]) || (has(&["recoveryApproach", "executionRole"]) && has(&["regions"])))
    })
}

/// Looks at a plan. Without an estate, nothing is known of what it names.
pub fn check(text: &str, config: &Config, estate: Option<(Inventory, Timestamp)>, ready: Ready<'_>) -> PlanPreflight {
    let mut out = Findings::default();
    let root = match Node::parse(text) {
        Ok(root) => root,
        Err((line, why)) => {
            let at = Spot { pointer: String::new(), line, step: None };
            out.fatal("no-json", &at, format!("it cannot be read as JSON: {why}"), "mend it there");
            return finish(None, out, Vec::new(), None);
        }
    };
    let printed = root.get("plan");
    let node = printed.unwrap_or(&root);
    shapes::check(
        node,
        if printed.is_some() || node.get("owner").is_some() { shapes::GET } else { shapes::CREATE },
        &mut out,
    );
    let plan = plan::read(node, config, &mut out);
    form::check(&plan, config, &mut out);
    repeated::check(&plan, &mut out);
    let (mut uncovered, mut aws) = (Vec::new(), None);
    match estate {
        None => out.open(
            "no-estate",
            &Spot { pointer: node.pointer.clone(), line: node.line, step: None },
            "no estate was looked at: whether what it names is there is not known",
            "give an inventory (--estate FILE), or let it be collected",
        ),
        Some((mut inventory, now)) => {
            link::prepare(&mut inventory);
            inventory.sort();
            let joiner = Joiner::new(&inventory, config, now);
            let look = Look::new(&inventory, config, &joiner, plan.account());
            (uncovered, aws) = in_estate(&plan, &look, config, now, ready, &mut out);
        }
    }
    out.sort();
    finish(Some(&plan), out, uncovered, aws)
}

fn in_estate(
    plan: &Plan<'_>,
    look: &Look<'_>,
    config: &Config,
    now: Timestamp,
    ready: Ready<'_>,
    out: &mut Findings,
) -> (Vec<Uncovered>, Option<Evaluation>) {
    estate::check(plan, look, out);
    let names: Vec<&str> = config.applications.keys().map(String::as_str).collect();
    let applications = cover::applications(plan, look, &names);
    let mut uncovered = Vec::new();
    if applications.is_empty() {
        let message =
            "nothing that the plan names belongs to an application of the configuration: what it lacks is not known";
        out.doubt("no-application", &plan.spot("workflows"), message, "say in seaworthy.yaml what belongs to it");
    }
    let comes_back = |to: &str| config.recovery.iter().any(|pair| pair.to == to);
    let to: Vec<&str> =
        plan.regions.iter().copied().filter(|to| plan.primary() != Some(to) && comes_back(to)).collect();
    if to.is_empty() && !applications.is_empty() {
        let message = "no recovery pair of the configuration leads to a region that the plan activates: what it lacks is not known";
        out.doubt(
            "recovery-not-known",
            &plan.spot("workflows"),
            message,
            "say in seaworthy.yaml, under 'recovery', what comes back where",
        );
    }
    for to in to.into_iter().filter(|_| !applications.is_empty()) {
        let found = ready(&applications, to);
        if found.is_empty() {
            let message = format!(
                "what of {} comes back in {to}, and whether a step is missing, cannot be told",
                list(&applications)
            );
            out.doubt("recovery-not-known", &plan.spot("workflows"), message, "see seaworthy ready");
        }
        uncovered.extend(cover::check(plan, look, &found, out));
    }
    objective(plan, config, &applications, out);
    (uncovered, evaluation::beside(plan, look, now, out))
}

/// The time that the plan allows itself, against that of its applications.
fn objective(plan: &Plan<'_>, config: &Config, applications: &[String], out: &mut Findings) {
    let asked = applications
        .iter()
        .filter_map(|name| Some((name, config.applications.get(name)?.objective().or(&config.defaults).rto?)));
    let Some((name, asked)) = asked.min_by_key(|(_, rto)| *rto) else { return };
    let asked = asked.in_minutes();
    let node = plan.node.get("recoveryTimeObjectiveMinutes");
    let own = node.and_then(Node::number);
    let at = plan.spot("recoveryTimeObjectiveMinutes");
    match own {
        Some(own) if own > asked => {
            let message = format!("the plan may take {own} min, and '{name}' has to be back after {asked} min");
            out.risk("objective-too-long", &at, message, format!("set it to {asked} or less"));
        }
        Some(_) => {}
        // What it is instead was said.
        None if node.is_some() => {}
        None => {
            let message = format!(
                "the plan has no recovery time objective, and '{name}' has one of {asked} min: an execution that takes longer is not told"
            );
            out.risk("no-objective", &at, message, format!("add 'recoveryTimeObjectiveMinutes': {asked}"));
        }
    }
}

fn finish(plan: Option<&Plan<'_>>, out: Findings, uncovered: Vec<Uncovered>, aws: Option<Evaluation>) -> PlanPreflight {
    let Weighed { answer, fatal, risks, unknown } = out.weighed();
    let text = |key: &str| plan.and_then(|plan| plan.text(key)).map(str::to_owned);
    PlanPreflight {
        answer,
        target: "region-switch",
        name: text("name"),
        arn: text("arn"),
        regions: plan.map(|plan| plan.regions.iter().map(|region| (*region).to_owned()).collect()).unwrap_or_default(),
        primary_region: text("primaryRegion"),
        workflows: plan.map_or(0, |plan| plan.workflows.len()),
        steps: plan.map_or(0, |plan| plan.steps().count()),
        fatal,
        risks,
        unknown,
        findings: out.all,
        uncovered,
        aws,
        notes: plan.map(notes).unwrap_or_default(),
        not_looked_at: NOT_LOOKED_AT,
    }
}

/// What is so of Region switch, whatever the plan says.
fn notes(plan: &Plan<'_>) -> Vec<&'static str> {
    let has = |wanted: &[&str]| plan.steps().any(|(_, step)| wanted.iter().any(|name| step.is(name)));
    let all = [
        (
            plan.steps().next().is_some(),
            "an execution stops at a step that fails and waits for somebody; one that completed with exceptions is no success",
        ),
        (
            has(&[ASG, ECS, EKS]),
            "it asks for capacity and does not guarantee it: only what is reserved is sure to be had",
        ),
        (has(&[AURORA, DOCUMENTS, NEPTUNE]), "executed ungracefully, what was not replicated is lost"),
        (has(&[PROMOTE]), "a promoted instance has no replica, and clients find it under another name"),
        (has(&[DNS]), "only records that ask the health checks which Region switch makes are switched"),
        (has(CUSTOM), "what functions, documents and other plans do is not looked at"),
    ];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, text)| text).collect()
}
