//! Applications whose selectors match nothing, and those that ask different things of one resource.

use std::collections::{BTreeMap, BTreeSet};

use super::{Sight, is_known};
use crate::config::{Application, Loaded};
use crate::link::applications::is_called;
use crate::model::{Fact, Notice, Pattern, Resource};
use crate::text::{count, did_you_mean, wildcard};

/// A selector that matches nothing.
struct Miss {
    /// Where it stands, below the application.
    path: Vec<String>,
    text: String,
    /// ` (did you mean 'shop'?)`, or nothing.
    hint: String,
}

pub(super) fn notices(seen: &Sight<'_>, loaded: &Loaded) -> Vec<Notice> {
    let mut notices = Vec::new();
    let members = seen.resources.iter().filter_map(|resource| resource.joined.as_ref()?.applications.known()).flatten();
    let with_members: BTreeSet<&str> = members.map(String::as_str).collect();
    let any_in_doubt = seen.resources.iter().any(|resource| resource.unknown.contains_key("joined.applications"));
    for (name, application) in &loaded.config.applications {
        let state = match with_members.contains(name.as_str()) {
            true => Members::Some,
            false if any_in_doubt => Members::Perhaps,
            false => Members::None,
        };
        notices.extend(selectors(seen, loaded, name, application, state));
    }
    notices.extend(conflicts(seen, loaded));
    notices
}

fn selectors(seen: &Sight<'_>, loaded: &Loaded, name: &str, application: &Application, state: Members) -> Vec<Notice> {
    let misses = misses(seen, application);
    if misses.is_empty() && state == Members::None {
        let several = [
            !application.tags.is_empty(),
            !application.names.is_empty(),
            !application.accounts.is_empty(),
            !application.regions.is_empty(),
        ];
        let together = several.iter().filter(|given| **given).count() > 1 || application.tags.len() > 1;
        let text = format!("application '{name}' matches no resource");
        let text = if together { format!("{text}: each selector matches some, but none matches all") } else { text };
        return vec![level(seen, loaded, &["applications", name], &text)];
    }
    misses
        .into_iter()
        // What was not read may match. A typo is a typo all the same.
        .filter(|miss| state != Members::Perhaps || !miss.hint.is_empty())
        .map(|miss| {
            let lead = match state {
                Members::None => format!("application '{name}' matches no resource: "),
                Members::Perhaps => format!("application '{name}' matches no resource for certain: "),
                Members::Some => format!("application '{name}': "),
            };
            let path: Vec<&str> =
                ["applications", name].into_iter().chain(miss.path.iter().map(String::as_str)).collect();
            level(seen, loaded, &path, &format!("{lead}{}{}", miss.text, miss.hint))
        })
        .collect()
}

/// Whether an application has any resource.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Members {
    None,
    Perhaps,
    Some,
}

/// What a workspace does not have may be in another one.
fn level(seen: &Sight<'_>, loaded: &Loaded, path: &[&str], text: &str) -> Notice {
    if seen.is_part { loaded.note_at(path, text) } else { loaded.warning_at(path, text) }
}

fn misses(seen: &Sight<'_>, application: &Application) -> Vec<Miss> {
    let mut misses = Vec::new();
    for (tag, values) in &application.tags {
        misses.extend(missed_tag(seen, tag, values.as_slice()));
    }
    for (at, pattern) in application.names.iter().enumerate() {
        if !seen.resources.iter().any(|resource| is_called(resource, pattern)) {
            let names = || seen.resources.iter().flat_map(|resource| names_of(resource));
            let hint = if pattern.contains(['*', '?']) { String::new() } else { did_you_mean(pattern, names()) };
            let path = vec!["names".to_owned(), at.to_string()];
            misses.push(Miss { path, text: format!("nothing is called '{pattern}'"), hint });
        }
    }
    for (at, account) in application.accounts.iter().enumerate() {
        if !seen.accounts.contains(account.as_str()) {
            let hint = seen.nearest_account(account);
            let path = vec!["accounts".to_owned(), at.to_string()];
            misses.push(Miss { path, text: format!("nothing of account {account} was seen"), hint });
        }
    }
    for (at, region) in application.regions.iter().enumerate() {
        if !seen.regions.contains(region.as_str()) && is_known(region) {
            let path = vec!["regions".to_owned(), at.to_string()];
            misses.push(Miss { path, text: format!("nothing of region {region} was seen"), hint: String::new() });
        }
    }
    misses
}

fn missed_tag(seen: &Sight<'_>, tag: &str, values: &[String]) -> Vec<Miss> {
    let tags = || seen.resources.iter().filter_map(|resource| resource.tags.known());
    let found: BTreeSet<&str> = tags().filter_map(|tags| tags.get(tag)).map(String::as_str).collect();
    let path = || vec!["tags".to_owned(), tag.to_owned()];
    if found.is_empty() {
        let names: BTreeSet<&str> = tags().flat_map(|tags| tags.keys()).map(String::as_str).collect();
        return vec![Miss { path: path(), text: format!("nothing has a tag '{tag}'"), hint: did_you_mean(tag, names) }];
    }
    let missed = values.iter().filter(|value| !found.iter().any(|have| wildcard::matches(value, have)));
    missed
        .map(|value| Miss {
            path: path(),
            text: format!("nothing has the tag {tag}={value}"),
            hint: did_you_mean(value, found.iter().copied()),
        })
        .collect()
}

fn names_of(resource: &Resource) -> impl Iterator<Item = &str> {
    [resource.name.as_str(), resource.id.as_str()].into_iter().chain(resource.origin.address.as_deref())
}

/// Resources of several applications with different patterns, by those applications: whose word counts.
fn conflicts(seen: &Sight<'_>, loaded: &Loaded) -> Vec<Notice> {
    let mut groups: BTreeMap<&[String], Vec<&Resource>> = BTreeMap::new();
    for resource in &seen.resources {
        if let Some(Fact::Known(names)) = resource.joined.as_ref().map(|joined| &joined.applications)
            && names.len() > 1
        {
            groups.entry(names).or_default().push(resource);
        }
    }
    let pattern = |name: &String| loaded.config.applications.get(name)?.pattern;
    let mut notices = Vec::new();
    for (names, resources) in groups {
        let stated: Vec<(&String, Pattern)> = names.iter().filter_map(|name| Some((name, pattern(name)?))).collect();
        let Some((winner, most)) = stated.iter().max_by_key(|(_, pattern)| *pattern) else { continue };
        if stated.iter().all(|(_, pattern)| pattern == most) {
            continue;
        }
        // Rather a database than its subnets.
        let named = |resource: &&&Resource| (!resource.kind.info().is_stateful(), resource.name.clone());
        let Some(first) = resources.iter().min_by_key(named).map(|resource| &resource.name) else { continue };
        let more = match resources.len() - 1 {
            0 => format!("'{first}' belongs"),
            more => format!("'{first}' and {} belong", count(more, "more resource")),
        };
        let asked: Vec<_> = stated.iter().map(|(name, pattern)| format!("'{name}' ({})", pattern.word())).collect();
        let text = format!(
            "{more} to {}: pattern and severities are those of '{winner}', the more demanding",
            asked.join(" and ")
        );
        notices.push(loaded.note_at(&["applications", winner, "pattern"], &text));
    }
    notices
}
