//! What of the rescue itself is lost: what somebody says is needed to recover, in the region that is to be recovered from.

use std::collections::BTreeSet;

use super::order::Order;
use super::problems::Problems;
use super::view::View;
use crate::config::region_trouble;
use crate::model::{Fact, Resource, Severity};
use crate::providers::aws::names::Arn;
use crate::result::{Outcome, Problem};

const ID: &str = "rescue-in-lost-region";

/// Adds a risk for each that is lost, and a question for each of which nobody knows.
pub(super) fn add(view: &View<'_>, order: &Order, problems: &mut Problems) {
    let lost: BTreeSet<&str> =
        order.at.iter().filter_map(|at| view.resource(*at).region()).filter(|region| *region != view.to).collect();
    for named in view.statement.rescue.iter().filter(|_| !lost.is_empty()) {
        match place(view, named) {
            Ok((Some(region), found)) if lost.contains(region) => match found.map(|it| stands_in(view, it)) {
                Some(Ok(true)) => {}
                Some(Err(why)) => problems.unknowns.push(problem(
                    view,
                    Outcome::Unknown,
                    format!("'{named}', which the rescue needs, is in {region}, and whether something stands in for it is not known: {why}"),
                    found,
                )),
                Some(Ok(false)) | None => problems.risks.push(problem(
                    view,
                    Outcome::Fail,
                    format!("'{named}', which the rescue needs, is in {region}, which is lost"),
                    found,
                )),
            },
            Ok(_) => {}
            Err(why) => {
                let message = format!("where '{named}' is, which the rescue needs, is not known: {why}");
                problems.unknowns.push(problem(view, Outcome::Unknown, message, None));
            }
        }
    }
}

/// Its region, if it is in one; and what it is, if it was seen.
fn place<'v>(view: &'v View<'_>, named: &'v str) -> Result<(Option<&'v str>, Option<&'v Resource>), String> {
    let by_id = view.wiring.by_id.get(named).map(|at| view.resource(*at)).filter(|it| !it.is_deleted());
    let mut by_name = view.inventory.resources.iter().filter(|it| it.name == named && !it.is_deleted());
    let found = match (by_id, by_name.next(), by_name.next()) {
        (Some(found), ..) | (None, Some(found), None) => Some(found),
        (None, Some(_), Some(_)) => return Err("several are called so: name its ARN".to_owned()),
        (None, None, _) => None,
    };
    let arn = Arn::parse(named);
    match (found, arn) {
        (Some(found), _) if found.place.region.is_unknown() => Err("its region is not known".to_owned()),
        (Some(found), _) => Ok((found.region(), Some(found))),
        // A bucket is in a region of which its ARN says nothing.
        (None, Some(arn)) if arn.service != "s3" => match arn.known_region() {
            Some(region) => region_trouble(region).map_or(Ok((Some(region), None)), Err),
            None => Ok((None, None)),
        },
        (None, _) => Err("it was not seen".to_owned()),
    }
}

/// Something takes its place where the application comes back.
fn stands_in(view: &View<'_>, resource: &Resource) -> Result<bool, String> {
    let joined = resource.joined.as_deref();
    match joined.map_or(&Fact::Unknown, |joined| &joined.counterpart) {
        Fact::Known(counterpart) => {
            let region = counterpart.region.text().ok_or("its region is not known")?;
            Ok(region == view.to)
        }
        Fact::Absent => Ok(false),
        Fact::Unknown => {
            let why = resource.unknown.iter().find(|(path, _)| path.starts_with("joined.counterpart"));
            Err(why.map_or("nobody looked", |(_, why)| why.as_str()).to_owned())
        }
    }
}

fn problem(view: &View<'_>, outcome: Outcome, message: String, about: Option<&Resource>) -> Problem {
    let of = about.map_or(message.as_str(), |it| it.id.as_str());
    Problem {
        id: ID.to_owned(),
        outcome,
        severity: Severity::High,
        blocker: false,
        fingerprint: format!("{ID}:{}:{}:{of}", view.application, view.to),
        resource: about.map(Into::into),
        step: None,
        behind: Vec::new(),
        fix: format!("one in {}, or in a third region, that the rescue takes in its place", view.to),
        cli: None,
        waived_by: None,
        missing: Vec::new(),
        message,
    }
}
