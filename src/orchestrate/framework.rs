//! The framework itself, where a payload is to be run: its functions, and their way to the services that they call. Its
//! templates name the functions (`aws-samples/aws-cross-region-dr-databases`), put all of them into two subnets with one
//! security group, and run the two below in every step.

use super::findings::{Findings, Spot};
use super::look::{Look, open};
use super::payload::Step;
use super::types::{CACHE, Machine, SECONDARY};
use crate::link::Reached;
use crate::model::{Fact, Kind, Resource};
use crate::text::{list, some};

const FUNCTION: &str = "aws.lambda.function";
const PREFIX: &str = "dr-orchestrator-";
/// Reads parameters, whether they import something or not.
const IMPORTS: &str = "dr-orchestrator-lambda-get-exports-value";
/// Lets the next layer begin.
const SUCCESS: &str = "dr-orchestrator-lambda-send-success-token";

/// So many names are told.
const NAMED: usize = 3;

/// What is to be run, and where.
pub(super) struct Run<'r> {
    pub machine: Machine,
    pub region: &'r str,
    pub steps: &'r [&'r Step],
    /// A parameter imports something.
    pub imports: bool,
    pub spot: &'r Spot,
}

pub(super) fn check(look: &Look<'_>, run: &Run<'_>, out: &mut Findings) {
    let is_own =
        |it: &Resource| it.kind == Kind::of(FUNCTION) && it.region() == Some(run.region) && it.name.starts_with(PREFIX);
    let functions: Vec<(usize, &Resource)> =
        look.all().filter(|(_, it)| is_own(it) && look.is_of_account(it)).collect();
    if !all_there(look, run, &functions, out) {
        return;
    }
    in_order(run, &functions, out);
    // All of them stand in the same subnets, but for what somebody has changed.
    let stands = |it: &Resource| it.network.as_deref().map(|it| (it.subnets.clone(), it.security_groups.clone()));
    let mut places = Vec::new();
    for (at, function) in functions {
        let place = stands(function);
        if places.contains(&place) {
            continue;
        }
        places.push(place);
        room(look, run, function, out);
        for (service, is_near) in services(run) {
            reached(look, run, (at, function), (service, is_near), out);
        }
    }
}

fn all_there(look: &Look<'_>, run: &Run<'_>, functions: &[(usize, &Resource)], out: &mut Findings) -> bool {
    let is_there = |name: &str| functions.iter().any(|(_, it)| it.name == name);
    let mut missing: Vec<String> =
        [IMPORTS, SUCCESS].into_iter().filter(|name| !is_there(name)).map(|name| format!("'{name}'")).collect();
    if functions.iter().all(|(_, it)| [IMPORTS, SUCCESS].contains(&it.name.as_str())) {
        missing.push("those that do a step".to_owned());
    }
    if missing.is_empty() {
        return true;
    }
    let region = run.region;
    match look.more(Kind::of(FUNCTION), Some(region)) {
        Some(gap) => {
            let message = format!("whether the functions of the framework are in {region} is not known: {gap}");
            out.open("framework-not-seen", run.spot, message, "collect Lambda there, or grant what was denied");
        }
        None => {
            let message = format!(
                "functions of the framework are not in {region}: {}; {} cannot be run there",
                list(&missing),
                run.machine.name()
            );
            let remedy = "deploy its stacks there, too: they reserve 71 concurrent executions of the account, of which 100 stay \
                          unreserved";
            out.fatal("framework-not-there", run.spot, message, remedy);
        }
    }
    false
}

/// A function that is not active fails on the first call, and nothing calls a second time.
fn in_order(run: &Run<'_>, functions: &[(usize, &Resource)], out: &mut Findings) {
    let names = |is_it: &dyn Fn(&Resource) -> bool| -> Vec<String> {
        functions.iter().filter(|(_, it)| is_it(it)).map(|(_, it)| format!("'{}'", it.name)).collect()
    };
    let healthy = |it: &Resource| it.status.as_deref().map_or(Fact::Unknown, |status| status.healthy);
    let most = |it: &Resource| it.capacity.as_deref().map_or(Fact::Unknown, |capacity| capacity.max);
    let down = names(&|it| healthy(it) == Fact::Known(false));
    if !down.is_empty() {
        let message = format!("functions of the framework are not active: {}; the run hangs", some(&down, NAMED));
        out.fatal("function-not-active", run.spot, message, "invoke each once, or update it");
    }
    let stopped = names(&|it| most(it) == Fact::Known(0));
    if !stopped.is_empty() {
        let message = format!("functions of the framework have a concurrency of 0: {}", some(&stopped, NAMED));
        out.fatal("no-concurrency", run.spot, message, "reserve what its templates reserve");
    }
    let unread = names(&|it| !healthy(it).is_known() || most(it).is_unknown());
    if !unread.is_empty() {
        let message = format!("whether functions of the framework can be run is not known: {}", some(&unread, NAMED));
        out.open(
            "fact-not-known",
            run.spot,
            message,
            "grant lambda:GetFunctionConfiguration and GetFunctionConcurrency",
        );
    }
}

/// A subnet without a free address takes no function in.
fn room(look: &Look<'_>, run: &Run<'_>, function: &Resource, out: &mut Findings) {
    let named = function.network.as_deref().and_then(|it| it.subnets.known()).into_iter().flatten();
    for id in named {
        let Some((_, subnet)) = look.wanted("aws.ec2.subnet", Some(run.region), id, run.spot, out) else { continue };
        match subnet.network.as_deref().map_or(Fact::Unknown, |it| it.free_addresses) {
            Fact::Known(0) => {
                let message = format!("subnet '{}' of the framework has no free address", subnet.name);
                out.fatal("no-free-address", run.spot, message, "free some, or give its functions other subnets");
            }
            Fact::Known(_) => {}
            Fact::Absent | Fact::Unknown => {
                open(subnet, "network.free_addresses", "the number of free addresses", run.spot, out);
            }
        }
    }
}

/// What the functions call, as endpoints name it, and whether it is in their own region.
fn services(run: &Run<'_>) -> Vec<(&'static str, bool)> {
    let has = |wanted: &str| run.steps.iter().any(|step| step.kind.is_some_and(|kind| kind.name == wanted));
    let of_databases = run.steps.iter().any(|step| step.kind.is_some_and(|kind| kind.name != CACHE));
    let all = [
        ("states", true, true),
        ("cloudformation", true, run.imports),
        ("rds", true, of_databases),
        ("elasticache", true, has(CACHE)),
        // A global cluster is made in the other region, where no endpoint leads.
        ("rds", false, has(SECONDARY)),
    ];
    all.into_iter().filter(|(.., is_called)| *is_called).map(|(service, is_near, _)| (service, is_near)).collect()
}

fn reached(
    look: &Look<'_>,
    run: &Run<'_>,
    (at, function): (usize, &Resource),
    (service, is_near): (&str, bool),
    out: &mut Findings,
) {
    let there = if is_near { String::new() } else { " of the other region".to_owned() };
    match look.joiner.reaches(at, service, is_near) {
        Reached::Yes => {}
        Reached::No(why) => {
            let message = format!("'{}' does not get to {service}{there}: {why}", function.name);
            let remedy = match is_near {
                true => format!("an interface endpoint for {service} with private names, or a way out of its subnets"),
                false => "a way out of its subnets, by a NAT gateway".to_owned(),
            };
            out.fatal("service-not-reached", run.spot, message, remedy);
        }
        Reached::Unclear(why) => {
            let message = format!("whether '{}' gets to {service}{there} is not known: {why}", function.name);
            out.open("fact-not-known", run.spot, message, "collect the network of that region");
        }
    }
}
