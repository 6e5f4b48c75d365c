//! Which applications there are, how much they hold, and what holds data and belongs to none.

use std::collections::BTreeSet;

use crate::config::{Application, Config, Objective, Span};
use crate::link::{self, Joiner};
use crate::model::{Inventory, Resource, Timestamp};
use crate::result::{ApplicationSize, Applications, Unassigned};

/// What belongs to which application. What is deleted belongs to none any more.
pub fn applications(mut inventory: Inventory, config: &Config, now: Timestamp) -> Applications {
    link::prepare(&mut inventory);
    inventory.sort();
    let joiner = Joiner::new(&inventory, config, now);
    let named = config.applications.iter().map(|(name, application)| size(name, application, &config.defaults));
    let mut found = Applications { applications: named.collect(), unassigned: Vec::new() };
    let mut places = vec![BTreeSet::new(); found.applications.len()];
    for (at, resource) in inventory.resources.iter().enumerate().filter(|(_, resource)| !resource.is_deleted()) {
        let (numbers, perhaps) = joiner.applications(at);
        for number in numbers.iter().copied().map(usize::from) {
            let Some(own) = found.applications.get_mut(number) else { continue };
            own.resources += 1;
            own.stateful += usize::from(resource.kind.info().is_stateful());
            own.shared += usize::from(numbers.len() > 1);
            *own.kinds.entry(resource.kind.name().to_owned()).or_default() += 1;
            places[number].extend(place(resource));
        }
        if numbers.is_empty() && resource.kind.info().is_stateful() {
            found.unassigned.push(Unassigned { resource: resource.into(), perhaps });
        }
    }
    for (own, places) in found.applications.iter_mut().zip(places) {
        own.places = places.into_iter().collect();
    }
    found
}

/// An application of which nothing was found yet.
fn size(name: &str, application: &Application, defaults: &Objective) -> ApplicationSize {
    let asked = application.objective().or(defaults);
    let span = |span: Option<Span>| span.map(|span| span.to_string());
    ApplicationSize {
        name: name.to_owned(),
        pattern: asked.pattern.map(|pattern| pattern.word().to_owned()),
        rpo: span(asked.rpo),
        rto: span(asked.rto),
        retention: span(asked.retention),
        ..ApplicationSize::default()
    }
}

/// What lives once an account has no region.
fn place(resource: &Resource) -> Option<String> {
    match (resource.account(), resource.region()) {
        (Some(account), Some(region)) => Some(format!("{account} {region}")),
        (Some(place), None) | (None, Some(place)) => Some(place.to_owned()),
        (None, None) => None,
    }
}
