//! Steps that lead requests elsewhere: records and the switches of ARC.

use super::super::findings::Findings;
use super::super::json::Node;
use super::super::look::{Found, why};
use super::at::{At, there};
use crate::model::{Fact, Kind, Resource};
use crate::providers::aws::names::tail;
use crate::text::{count, list};

const RECORD: &str = "aws.route53.record";
const CONTROL: &str = "aws.route53recoverycontrolconfig.routing-control";

pub(super) fn records(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    let (Some((zone, zone_at)), Some((name, name_at))) = (at.step.text("hostedZoneId"), at.step.text("recordName"))
    else {
        return;
    };
    let wanted = name.trim_end_matches('.').to_ascii_lowercase();
    match at.look.find("aws.route53.zone", None, zone) {
        Found::At(..) => {}
        Found::Nowhere => {
            return out.fatal(
                "not-there",
                &zone_at,
                format!("there is no zone '{zone}': the step fails"),
                "name the zone of the record",
            );
        }
        Found::Perhaps(why) => {
            return out.open(
                "not-seen",
                &zone_at,
                format!("whether there is a zone '{zone}' is not known: {why}"),
                "collect it, or grant what was denied",
            );
        }
    }
    let is_it = |it: &Resource| {
        it.kind == Kind::of(RECORD)
            && it
                .dns
                .as_deref()
                .is_some_and(|dns| dns.zone.text().map(tail) == Some(tail(zone)) && dns.name.text() == Some(&wanted))
    };
    let found: Vec<(usize, &Resource)> = at.look.all().filter(|(_, it)| is_it(it)).collect();
    if found.is_empty() {
        match at.look.more(Kind::of(RECORD), None) {
            Some(gap) => out.open(
                "not-seen",
                &name_at,
                format!("whether there are records of '{name}' is not known: {gap}"),
                "collect them",
            ),
            None => out.fatal(
                "not-there",
                &name_at,
                format!("there is no record '{name}' in zone {zone}: the step switches nothing"),
                "name the records that are there",
            ),
        }
        return;
    }
    sets(at, &found, out);
    gates(at, &found, out);
}

/// The sets that are named are there, and lead where they are said to.
fn sets(at: &At<'_, '_, '_, '_>, found: &[(usize, &Resource)], out: &mut Findings) {
    let sets = at.step.list("recordSets");
    if sets.is_empty() && found.len() < 2 {
        let message = "there is one record of that name: with it out, nothing is answered";
        return out.fatal("one-record", &at.step.spot, message, "add a record for the other region");
    }
    for set in sets {
        let (Some(node), Some(region)) = (set.get("recordSetIdentifier"), set.get("region").and_then(Node::text))
        else {
            continue;
        };
        let id = node.text().unwrap_or_default();
        let own = found.iter().filter(|(_, it)| it.dns.as_deref().and_then(|dns| dns.set_id.text()) == Some(id));
        let mut own = own.peekable();
        if own.peek().is_none() {
            let known: Vec<String> =
                found.iter().filter_map(|(_, it)| Some(it.dns.as_deref()?.set_id.text()?.to_owned())).collect();
            let remedy = if known.is_empty() {
                "give the records identifiers".to_owned()
            } else {
                format!("there are {}", list(&known))
            };
            out.fatal(
                "record-not-there",
                &at.spot(node),
                format!("no record of that name has the identifier '{id}'"),
                remedy,
            );
        }
        for (position, _) in own {
            let targets = at.look.joins(*position).joined.targets;
            let regions: Vec<&str> =
                targets.known().into_iter().flatten().filter_map(|target| target.region.text()).collect();
            if let Some(other) = regions.first().filter(|_| regions.iter().all(|own| *own != region)) {
                let message = format!(
                    "the record '{id}' leads to {other}, and stands here for {region}: requests go the wrong way"
                );
                out.fatal("wrong-region", &at.spot(set), message, format!("name the record that leads to {region}"));
            }
        }
    }
}

/// A step of this type changes health checks that Region switch makes: where no record asks them, nothing changes.
fn gates(at: &At<'_, '_, '_, '_>, found: &[(usize, &Resource)], out: &mut Findings) {
    let spot = &at.step.spot;
    let gate =
        |it: &Resource| it.dns.as_deref().map_or(Fact::Unknown, |dns| dns.health_check.as_ref().map(String::clone));
    let bare: Vec<&&Resource> = found.iter().map(|(_, it)| it).filter(|it| gate(it).is_absent()).collect();
    let is_made = at.plan.text("arn").is_some();
    if let (Some(first), true) = (bare.first(), is_made) {
        let message = format!(
            "{} of that name asks no health check: the step changes nothing for it",
            count(bare.len(), "record")
        );
        out.fatal(
            "no-health-check",
            spot,
            message,
            format!("attach the health check of Region switch to '{}'", first.name),
        );
        return;
    }
    if let Some((_, unknown)) = found.iter().find(|(_, it)| gate(it).is_unknown()) {
        let message =
            format!("which health check '{}' asks is not known: {}", unknown.name, why(unknown, "dns.health_check"));
        return out.open("fact-not-known", spot, message, "collect it");
    }
    let message = match is_made {
        true => {
            "whether the health checks of the records are those that Region switch made is not known: no inventory says whose they are"
        }
        false => {
            "Region switch makes health checks of its own once the plan is there, and only records that ask them are switched"
        }
    };
    let remedy = "compare them with aws arc-region-switch list-route53-health-checks, and attach those";
    out.doubt("health-check-to-attach", spot, message, remedy);
}

pub(super) fn controls(at: &At<'_, '_, '_, '_>, out: &mut Findings) {
    for (region, node) in at.step.by_region("regionAndRoutingControls") {
        let states = node.list().unwrap_or_default();
        for node in states.iter().filter_map(|state| state.get("routingControlArn")) {
            let spot = at.spot(node);
            there(at.look, at.plan, CONTROL, node.text().unwrap_or_default(), &spot, out);
        }
        let is_on = |state: &Node| state.get("state").and_then(Node::text) == Some("On");
        if !states.is_empty() && !states.iter().any(is_on) && at.workflow.action == "activate" {
            let message =
                format!("where {region} is activated, no control is switched on: nothing leads requests there");
            out.risk("nothing-switched-on", &at.spot(node), message, "switch the control of the region on");
        }
    }
}
