//! Values of parameters, and whether they can be right.

use super::findings::{Findings, Spot};
use super::imports::Got;
use super::payload::{Given, Step};
use super::place::Here;
use super::types::{SECONDARY, What};
use crate::config::region_trouble;
use crate::providers::aws::names::{Arn, tail};

/// Whether the values of a step can be right, as far as that is told without an estate.
pub(super) fn judge(step: &Step, here: &Here, out: &mut Findings) {
    let Some(kind) = step.kind else { return };
    for given in &step.parameters {
        let (Some(what), Got::Known(text)) = (kind.what(&given.name), &given.value) else { continue };
        if text.is_empty() && what != What::Switch {
            let message = format!("'{}' is empty: the step fails, and the run hangs", given.name);
            out.fatal("empty-value", &given.spot, message, "write its value");
            continue;
        }
        one(given, what, text, kind.name == SECONDARY, here, out);
    }
}

fn one(given: &Given, what: What, text: &str, is_secondary: bool, here: &Here, out: &mut Findings) {
    let (name, at) = (given.name.as_str(), &given.spot);
    match what {
        What::Text => {}
        What::Id if text.contains(':') => {
            let message =
                format!("'{name}' is an ARN where the identifier alone is read: the step fails, and the run hangs");
            out.fatal("arn-instead-of-id", at, message, format!("write '{}'", tail(text)));
        }
        What::Id => {}
        What::ClusterHere | What::ClusterThere => cluster(name, text, what == What::ClusterHere, at, here, out),
        What::RegionHere | What::RegionThere => region(name, text, what == What::RegionHere, at, here, out),
        What::Switch => switch(name, text, is_secondary, at, out),
        What::Number => {
            let number = text.trim().parse::<i64>().ok();
            if number.is_none()
                || (name == "MonitoringInterval" && !matches!(number, Some(0 | 1 | 5 | 10 | 15 | 30 | 60)))
            {
                let wanted = if name == "MonitoringInterval" { "0, 1, 5, 10, 15, 30 or 60" } else { "a whole number" };
                out.fatal(
                    "not-a-number",
                    at,
                    format!("'{name}' is not {wanted}: the step fails, and the run hangs"),
                    format!("write {wanted}, in quotes"),
                );
            }
        }
        What::Key => {
            let Some(arn) = Arn::parse(text) else { return };
            wrong_region(name, arn.region, true, at, here, out);
            if let Some(own) = here.account.as_deref().filter(|own| *own != arn.account) {
                let message = format!(
                    "'{name}' is a key of account {}, and the framework may use those of {own} only",
                    arn.account
                );
                out.fatal("key-of-another-account", at, message, "name a key of the own account");
            }
        }
        What::SecurityGroup => {
            if !text.starts_with("sg-") || text.contains([',', ' ', '[']) {
                let message = format!(
                    "'{name}' is not the id of one security group: the framework makes a list of one of it, and the step fails"
                );
                out.fatal("not-one-security-group", at, message, "write one id: sg-…");
            }
        }
        What::MonitoringRole => {
            if !text.ends_with(":role/rds-monitoring-role") {
                let message = format!(
                    "'{name}' is not rds-monitoring-role, the only one that the framework may pass on: the step fails, after what was there is deleted"
                );
                out.fatal(
                    "other-monitoring-role",
                    at,
                    message,
                    "name the ARN of the role rds-monitoring-role, at its root path",
                );
            }
        }
    }
}

fn cluster(name: &str, text: &str, is_here: bool, at: &Spot, here: &Here, out: &mut Findings) {
    match Arn::parse(text) {
        Some(arn) if arn.service == "rds" && arn.resource.starts_with("cluster:") => {
            wrong_region(name, arn.region, is_here, at, here, out)
        }
        _ => {
            let message = format!("'{name}' is not the ARN of a cluster: the step fails, and the run hangs");
            out.fatal("id-instead-of-arn", at, message, "write arn:aws:rds:REGION:ACCOUNT:cluster:NAME");
        }
    }
}

fn region(name: &str, text: &str, is_here: bool, at: &Spot, here: &Here, out: &mut Findings) {
    match region_trouble(text) {
        Some(trouble) => out.fatal("no-region", at, format!("'{name}': {trouble}"), "write the name of a region"),
        None => wrong_region(name, text, is_here, at, here, out),
    }
}

/// What is to be here is elsewhere, or the other way round.
fn wrong_region(name: &str, region: &str, is_here: bool, at: &Spot, here: &Here, out: &mut Findings) {
    let Some(own) = here.region.as_deref() else { return };
    if (own == region) != is_here {
        let (says, remedy) = match is_here {
            true => {
                (format!("'{name}' is in {region}, and the payload is run in {own}"), format!("name what is in {own}"))
            }
            false => (
                format!("'{name}' is in {own} itself, in which the payload is run"),
                format!("name what is in another region than {own}"),
            ),
        };
        out.fatal("wrong-region", at, format!("{says}: the step fails, and the run hangs"), remedy);
    }
}

fn switch(name: &str, text: &str, is_secondary: bool, at: &Spot, out: &mut Findings) {
    if ["false", "no", "0", "off", "none", "null"].contains(&text.trim().to_ascii_lowercase().as_str()) {
        out.risk(
            "false-means-true",
            at,
            format!("'{name}' is '{text}', which the framework takes for true: any text but the empty one is"),
            "write \"\" for false",
        );
    } else if is_secondary && name == "DeletionProtection" && !text.is_empty() {
        let message = "the new cluster is protected against deletion: the next failback, which deletes it, fails once it has detached it";
        out.risk(
            "next-failback-blocked",
            at,
            message,
            "write \"\", or take the protection off before the next failback",
        );
    }
}
