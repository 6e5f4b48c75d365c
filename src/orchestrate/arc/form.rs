//! What a plan says by itself, without an estate: whether its parts fit each other.

use std::collections::BTreeSet;

use super::super::findings::{Findings, Spot};
use super::super::json::Node;
use super::blocks::{
    APPROVAL, ASG, AURORA, CONTROL, CUSTOM, DNS, DOCUMENTS, ECS, EKS, LAMBDA, NEPTUNE, PARALLEL, PROMOTE, REPLICATE,
    SWITCHOVER,
};
use super::plan::{Named, Plan, Step, Workflow};
use crate::config::Config;
use crate::providers::aws::names::Arn;
use crate::text::list;

pub(super) fn check(plan: &Plan<'_>, config: &Config, out: &mut Findings) {
    regions(plan, config, out);
    workflows(plan, out);
    plan.workflows.iter().for_each(|workflow| step_names(workflow, out));
    for (workflow, step) in plan.steps() {
        block(plan, workflow, step, out);
        timeout(plan, step, out);
        step.configuration.into_iter().for_each(|node| lonely_ids(node, step.spot.step.as_deref(), out));
        step.named().iter().for_each(|named| place(plan, named, out));
    }
    alarms(plan, out);
}

fn regions(plan: &Plan<'_>, config: &Config, out: &mut Findings) {
    let at = plan.spot("regions");
    let all: Vec<String> = plan.regions.iter().map(|region| (*region).to_owned()).collect();
    if let [one, other] = plan.regions.as_slice() {
        if one == other {
            let message = format!("both regions of the plan are {one}: there is nothing to switch to");
            return out.fatal("one-region-twice", &at, message, "name two regions");
        }
        let is_pair = |from: &str, to: &str| config.recovery.iter().any(|pair| pair.from == from && pair.to == to);
        if !config.recovery.is_empty() && !is_pair(one, other) && !is_pair(other, one) {
            let pairs: Vec<String> =
                config.recovery.iter().map(|pair| format!("{} to {}", pair.from, pair.to)).collect();
            let message =
                format!("the plan switches between {}, and the recovery pairs are {}", list(&all), list(&pairs));
            out.fatal("other-regions", &at, message, "bring the plan and 'recovery' of seaworthy.yaml together");
        } else if let Some(primary) = plan.primary().filter(|primary| plan.regions.contains(primary))
            && !config.recovery.is_empty()
            && plan.other(primary).is_some_and(|other| !is_pair(primary, other))
        {
            let message = format!(
                "{primary} is the primary region of the plan, and a recovery region of the pairs: the plan leads the other way"
            );
            out.risk(
                "primary-is-recovery-region",
                &plan.spot("primaryRegion"),
                message,
                "name the other one, or turn the pair round",
            );
        }
    }
    match plan.primary() {
        Some(primary) if !plan.regions.contains(&primary) => {
            let message = format!("the primary region {primary} is none of the plan: {}", list(&all));
            out.fatal("region-of-no-plan", &plan.spot("primaryRegion"), message, "name one of its regions");
        }
        _ if plan.text("recoveryApproach") == Some("activePassive") && plan.text("primaryRegion").is_none() => {
            let message =
                "which region is the primary one is not said: nobody can tell which one takes over from which";
            out.risk("no-primary-region", &plan.spot("regions"), message, "add 'primaryRegion'");
        }
        _ => {}
    }
}

/// Which actions a plan needs for which region.
fn workflows(plan: &Plan<'_>, out: &mut Findings) {
    let at = plan.spot("workflows");
    for workflow in &plan.workflows {
        if workflow.steps.is_empty() {
            let message = format!("the workflow '{}' has no steps: it succeeds and does nothing", workflow.action);
            out.fatal("empty-workflow", &workflow.spot, message, "add its steps, or take it out");
        }
        if let Some(region) = workflow.region.filter(|region| !plan.regions.contains(region)) {
            let message = format!("the workflow is for {region}, which is no region of the plan");
            out.fatal("region-of-no-plan", &workflow.spot, message, "name a region of the plan");
        }
        if workflow.action == "deactivate" && plan.text("recoveryApproach") == Some("activePassive") {
            let message = "a plan that is active/passive activates the other region, and never deactivates one: nobody runs this workflow";
            out.risk(
                "workflow-of-other-approach",
                &workflow.spot,
                message,
                "take it out, or make the plan activeActive",
            );
        }
    }
    let has = |action: &str, region: &str| {
        let mut all = plan.workflows.iter().filter(|workflow| workflow.action == action);
        all.any(|workflow| workflow.is_for(region))
    };
    for region in &plan.regions {
        let is_primary = plan.primary() == Some(region);
        if !has("activate", region) {
            let message = format!("no workflow activates {region}");
            let remedy = format!("add a workflow 'activate' for {region}");
            match is_primary {
                true => out.risk("no-way-back", &at, format!("{message}: there is no way back"), remedy),
                false => {
                    out.fatal("missing-workflow", &at, format!("{message}: the plan cannot be executed for it"), remedy)
                }
            }
        }
        if plan.is_active_active() && !has("deactivate", region) {
            let message = format!("no workflow deactivates {region}: of an active/active plan it cannot be left");
            out.fatal("missing-workflow", &at, message, format!("add a workflow 'deactivate' for {region}"));
        }
    }
}

/// By its name people find a step that waits or failed.
fn step_names(workflow: &Workflow<'_>, out: &mut Findings) {
    let mut known = BTreeSet::new();
    for step in &workflow.steps {
        let Some(name) = step.spot.step.as_deref() else { continue };
        if !known.insert(name) {
            let message = "another step of the workflow has the same name: nobody can tell which one waits or failed";
            out.risk("name-twice", &step.spot, message, "give each step a name of its own");
        }
        if name.trim().is_empty() {
            let message = "the step has no name: nobody can tell which one waits or failed";
            out.risk("no-name", &step.spot, message, "name it after what it does");
        }
    }
}

/// What a type of steps needs that its shape does not say.
fn block(plan: &Plan<'_>, workflow: &Workflow<'_>, step: &Step<'_>, out: &mut Findings) {
    let (Some(kind), Some(configuration)) = (step.kind, step.configuration) else { return };
    let both = |texts: Vec<&str>, what: &str, out: &mut Findings| {
        let found: BTreeSet<&str> = texts.iter().filter_map(|text| Arn::parse(text)?.known_region()).collect();
        let strange =
            texts.iter().any(|text| Arn::parse(text).is_none()) || found.iter().any(|one| !plan.regions.contains(one));
        for region in plan.regions.iter().filter(|region| !found.contains(*region) && !strange) {
            let message = format!("none of its {what} is in {region}: it cannot be switched to or from there");
            out.fatal("region-missing", &step.at(configuration), message, format!("add the one in {region}"));
        }
    };
    let texts = |items: &'static str, key: &'static str| -> Vec<&str> {
        step.list(items)
            .iter()
            .filter_map(|item| if key.is_empty() { item.text() } else { item.get(key)?.text() })
            .collect()
    };
    match kind.name {
        ASG => both(texts("asgs", "arn"), "groups", out),
        ECS => {
            both(texts("services", "serviceArn"), "services", out);
            step.list("services").iter().for_each(|item| cluster_of(step, item, out));
        }
        EKS => {
            both(texts("eksClusters", "clusterArn"), "clusters", out);
            if step.list("scalingResources").is_empty() {
                out.fatal(
                    "nothing-to-scale",
                    &step.spot,
                    "it names nothing that runs in the clusters: there is nothing to scale",
                    "add 'scalingResources'",
                );
            }
        }
        AURORA | DOCUMENTS | NEPTUNE => {
            if kind.name != NEPTUNE {
                both(texts("databaseClusterArns", ""), "clusters", out);
            }
            let falls_back = configuration.get("ungraceful").is_some();
            if step.text("behavior").is_some_and(|(text, _)| text == "switchoverOnly") && !falls_back {
                let message = "it is a switchover only, also where the plan is executed ungracefully: it needs the primary region in good health, and \
                     fails in an outage";
                out.risk("switchover-in-an-outage", &step.spot, message, "add 'ungraceful' with 'failover'");
            }
        }
        PROMOTE | REPLICATE | SWITCHOVER => {
            keys(plan, step, "dbInstanceArnMap", out);
            if plan.is_active_active() && kind.name != SWITCHOVER {
                let message = format!("{} is for active/passive plans only: the call is refused", kind.name);
                out.fatal(
                    "block-of-other-approach",
                    &step.spot,
                    message,
                    "make the plan activePassive, or take the step out",
                );
            }
            if kind.name == REPLICATE && workflow.action != "postRecovery" {
                let message =
                    format!("a replica is made after the recovery, and the workflow is '{}'", workflow.action);
                out.fatal("block-of-other-workflow", &step.spot, message, "move it into a workflow 'postRecovery'");
            }
        }
        CONTROL => keys(plan, step, "regionAndRoutingControls", out),
        DNS => records(plan, step, configuration, out),
        LAMBDA => runs_where(plan, step, out),
        APPROVAL => approver(plan, step, out),
        PARALLEL if configuration.get("steps").and_then(Node::list).is_some_and(<[Node]>::is_empty) => {
            out.risk("empty-block", &step.spot, "the parallel block has no steps", "add them, or take it out");
        }
        _ => {}
    }
}

/// `cluster/NAME` beside `service/NAME/SERVICE`, of one region and account.
fn cluster_of(step: &Step<'_>, item: &Node, out: &mut Findings) {
    let arn = |key| Some((item.get(key)?, Arn::parse(item.get(key)?.text()?)?));
    let (Some((node, cluster)), Some((_, service))) = (arn("clusterArn"), arn("serviceArn")) else { return };
    let named = service.resource.strip_prefix("service/").and_then(|rest| Some(rest.split_once('/')?.0));
    let place = |arn: &Arn<'_>| (arn.known_region().map(str::to_owned), arn.known_account().map(str::to_owned));
    let is_named = named.is_none_or(|named| cluster.resource.strip_prefix("cluster/") == Some(named));
    if place(&cluster) != place(&service) || !is_named {
        let message = "the service is not in this cluster: its ARN names another one, and the step fails";
        out.fatal("other-cluster", &step.at(node), message, "name the cluster of the service");
    }
}

/// A step that may take longer than the whole plan.
fn timeout(plan: &Plan<'_>, step: &Step<'_>, out: &mut Findings) {
    let (Some(node), Some(objective)) = (
        step.configuration.and_then(|it| it.get("timeoutMinutes")),
        plan.node.get("recoveryTimeObjectiveMinutes").and_then(Node::number),
    ) else {
        return;
    };
    if let Some(own) = node.number().filter(|own| *own > objective) {
        let message = format!("the step may take {own} min, and the whole plan is to take {objective}");
        out.risk("timeout-over-objective", &step.at(node), message, format!("set it to {objective} or less"));
    }
}

/// Each region of the plan has to be among the keys.
fn keys(plan: &Plan<'_>, step: &Step<'_>, key: &str, out: &mut Findings) {
    let given = step.by_region(key);
    let Some(node) = step.configuration.and_then(|it| it.get(key)) else { return };
    for region in plan.regions.iter().filter(|region| !given.iter().any(|(own, _)| own == *region)) {
        let message = format!("'{key}' has nothing for {region}: the step fails where that is activated");
        out.fatal("region-missing", &step.at(node), message, format!("add what is in {region}"));
    }
    for (region, node) in given.iter().filter(|(region, _)| !plan.regions.contains(region)) {
        let message = format!("'{key}' has something for {region}, which is no region of the plan");
        out.fatal("region-of-no-plan", &step.at(node), message, "name a region of the plan");
    }
}

fn records(plan: &Plan<'_>, step: &Step<'_>, configuration: &Node, out: &mut Findings) {
    let sets = step.list("recordSets");
    let told: Vec<&str> = sets.iter().filter_map(|set| set.get("region")?.text()).collect();
    for region in plan.regions.iter().filter(|region| !sets.is_empty() && !told.contains(*region)) {
        let message = format!("no record set is for {region}: requests cannot be led there, or away from there");
        out.fatal("region-missing", &step.at(configuration), message, format!("add the record set of {region}"));
    }
}

/// Code that runs in the region that is lost does not run.
fn runs_where(plan: &Plan<'_>, step: &Step<'_>, out: &mut Findings) {
    let Some((place, at)) = step.text("regionToRun") else { return };
    let skipped = step.configuration.is_some_and(|it| it.get("ungraceful").is_some());
    if ["deactivatingRegion", "inactiveRegion"].contains(&place) && !skipped {
        let message =
            "it runs in the region that is left: where that is lost it cannot run, and the execution stops there";
        out.risk("runs-in-lost-region", &at, message, "add 'ungraceful' with 'skip', or run it in the other region");
    }
    let regions: Vec<&str> =
        step.list("lambdas").iter().filter_map(|it| Arn::parse(it.get("arn")?.text()?)?.known_region()).collect();
    for region in plan.regions.iter().filter(|region| !regions.is_empty() && !regions.contains(*region)) {
        let message = format!("none of its functions is in {region}: it does not run where it has to run there");
        out.risk("region-missing", &step.spot, message, format!("add the function in {region}"));
    }
}

/// Only roles of the account of the plan may approve.
fn approver(plan: &Plan<'_>, step: &Step<'_>, out: &mut Findings) {
    let Some((role, at)) = step.text("approvalRole") else { return };
    match Arn::parse(role) {
        Some(arn) if arn.service == "iam" && arn.resource.starts_with("role/") => {
            if let Some(own) = plan.account().filter(|own| *own != arn.account) {
                let message =
                    format!("the approver is of account {}, and the plan of {own}: nobody can approve", arn.account);
                out.fatal("approver-of-other-account", &at, message, format!("name a role of {own}"));
            }
        }
        _ => out.fatal(
            "id-instead-of-arn",
            &at,
            format!("'{role}' is not the ARN of a role"),
            "write arn:aws:iam::ACCOUNT:role/NAME",
        ),
    }
}

/// An external id belongs to a role.
fn lonely_ids(node: &Node, step: Option<&str>, out: &mut Findings) {
    if let (Some(id), None) = (node.get("externalId"), node.get("crossAccountRole")) {
        let message = "an external id without a role: there is nobody that it is shown to";
        out.risk("external-id-without-role", &Spot::of(id, step), message, "add 'crossAccountRole', or take it out");
    }
    // Steps in a parallel block are looked at by themselves.
    let inner = node.map().unwrap_or_default().iter().filter(|(key, _)| key != "steps").map(|(_, member)| member);
    inner.chain(node.list().unwrap_or_default()).for_each(|inner| lonely_ids(inner, step, out));
}

/// Partition, region and account of an ARN, against those of the plan.
fn place(plan: &Plan<'_>, named: &Named<'_>, out: &mut Findings) {
    let (Some(arn), at) = (Arn::parse(named.text), &named.spot) else { return };
    let partition = plan.text("executionRole").and_then(Arn::parse).map(|role| role.partition);
    if let Some(own) = partition.filter(|own| *own != arn.partition) {
        let message = format!("'{}' is of partition {}, and the role of the plan of {own}", named.text, arn.partition);
        return out.fatal("other-partition", at, message, "name what is in the partition of the plan");
    }
    if let Some(region) = arn.known_region() {
        let all: Vec<String> = plan.regions.iter().map(|region| (*region).to_owned()).collect();
        match named.region {
            _ if !plan.regions.contains(&region)
                && !plan.regions.is_empty()
                && arn.service != "route53-recovery-control" =>
            {
                let message = format!("'{}' is in {region}, and the plan switches between {}", named.text, list(&all));
                out.fatal("wrong-region", at, message, "name what is in a region of the plan");
            }
            Some(said) if said != region => {
                let message = format!("'{}' is in {region}, and stands under {said}: the step fails there", named.text);
                out.fatal("wrong-region", at, message, format!("name what is in {said}"));
            }
            _ => {}
        }
    }
    let (Some(own), Some(account)) = (plan.account(), arn.known_account()) else { return };
    let role = named.role.and_then(|node| Some((node, Arn::parse(node.text()?)?)));
    match role {
        None if account != own => {
            let message = format!(
                "'{}' is of account {account}, and the plan of {own}: without a role there Region switch does not get at it",
                named.text
            );
            out.fatal(
                "no-cross-account-role",
                at,
                message,
                format!("add 'crossAccountRole', a role of {account} that trusts the plan's"),
            );
        }
        Some((node, role)) if role.account != account => {
            let message = format!("the role is of account {}, and '{}' of {account}", role.account, named.text);
            let at = Spot::of(node, at.step.as_deref());
            out.fatal("role-of-other-account", &at, message, format!("name a role of {account}"));
        }
        _ => {}
    }
}

/// Alarms that are lost with the region that they watch, and triggers that wait for what is not there.
fn alarms(plan: &Plan<'_>, out: &mut Findings) {
    let alarms = plan.node.get("associatedAlarms").and_then(Node::map).unwrap_or_default();
    for (name, alarm) in alarms {
        lonely_ids(alarm, None, out);
        let Some(node) = alarm.get("resourceIdentifier") else { continue };
        let region = node.text().and_then(|text| Arn::parse(text)?.known_region());
        if let Some(region) = region.filter(|region| plan.primary() == Some(*region)) {
            let message = format!("the alarm '{name}' is in {region}: where that is lost, it may tell nothing");
            out.risk(
                "alarm-in-lost-region",
                &Spot::of(node, None),
                message,
                "watch the application from the other region, too",
            );
        }
    }
    for trigger in plan.node.get("triggers").and_then(Node::list).unwrap_or_default() {
        let target = trigger.get("targetRegion");
        if let Some(node) = target.filter(|node| node.text().is_some_and(|text| !plan.regions.contains(&text))) {
            let message =
                format!("the trigger is for {}, which is no region of the plan", node.text().unwrap_or_default());
            out.fatal("region-of-no-plan", &Spot::of(node, None), message, "name a region of the plan");
        }
        for condition in trigger.get("conditions").and_then(Node::list).unwrap_or_default() {
            let Some(node) = condition.get("associatedAlarmName") else { continue };
            let name = node.text().unwrap_or_default();
            if !alarms.iter().any(|(own, _)| own == name) {
                let message = format!("the trigger waits for '{name}', which is no alarm of the plan: it never fires");
                out.fatal("alarm-not-there", &Spot::of(node, None), message, "add it to 'associatedAlarms'");
            }
        }
    }
}

/// Steps of which nobody but who wrote them knows what they do.
pub(super) fn custom_steps(plan: &Plan<'_>) -> usize {
    plan.steps().filter(|(_, step)| CUSTOM.iter().any(|name| step.is(name))).count()
}
