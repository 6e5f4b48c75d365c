//! What holds of every estate, tried on whole applications out of which things were taken at random.

use std::collections::BTreeSet;

use seaworthy::config::Loaded;
use seaworthy::link::link;
use seaworthy::model::Inventory;
use seaworthy::result::Readiness;
use serde_json::Value;

use super::{PATTERNS, estate, fixture, pipeline_of, ready};
use crate::tool::NOW;

/// The same numbers in every run: a step of splitmix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }
}

/// Policy and resource of each blocker.
fn blockers(ready: &Readiness) -> BTreeSet<(String, String)> {
    let name = |problem: &seaworthy::result::Problem| {
        let resource = problem.resource.as_ref().map_or(String::new(), |resource| resource.id.clone());
        (problem.id.clone(), resource)
    };
    ready.blockers.iter().map(name).collect()
}

/// The application without some of what stands in the recovery region.
fn broken(pattern: &str, dice: &mut Dice) -> Vec<Value> {
    let mut lines = estate(pattern);
    for _ in 0..=dice.below(3) {
        let there: Vec<usize> = (1..lines.len()).filter(|at| lines[*at]["place"]["region"] == "us-west-2").collect();
        let at = there[dice.below(there.len())];
        lines.remove(at);
    }
    lines
}

/// Something more that is to come back is at best no trouble.
#[test]
fn a_resource_more_in_the_lost_region_removes_no_blocker() {
    let mut dice = Dice(1);
    let mut seen = 0;
    for pattern in PATTERNS {
        for round in 0..20 {
            let mut lines = broken(pattern, &mut dice);
            let before = blockers(&ready(pipeline_of(pattern), &lines));
            let here: Vec<Value> =
                lines.iter().skip(1).filter(|line| line["place"]["region"] == "us-east-1").cloned().collect();
            let mut more = here[dice.below(here.len())].clone();
            for key in ["id", "name"] {
                more[key] = format!("{}-more", more[key].as_str().unwrap()).into();
            }
            lines.push(more.clone());
            let after = blockers(&ready(pipeline_of(pattern), &lines));
            let gone: Vec<_> = before.difference(&after).collect();
            assert!(gone.is_empty(), "{pattern}, round {round}, with {}: {gone:?} gone", more["id"]);
            seen += before.len();
        }
    }
    assert!(seen > 20, "{seen} blockers are too few to show anything");
}

/// Facts of a resource that may be taken away: pointer of the facet, name of the fact.
fn facts(resource: &Value) -> Vec<(String, String)> {
    const ENVELOPE: [&str; 8] = ["id", "kind", "name", "place", "tags", "links", "unknown", "origin"];
    let facets = resource.as_object().unwrap().iter().filter(|(name, _)| !ENVELOPE.contains(&name.as_str()));
    let facets = facets.filter_map(|(name, facet)| Some((name, facet.as_object()?)));
    facets.flat_map(|(name, facet)| facet.keys().map(move |fact| (name.clone(), fact.clone()))).collect()
}

/// Line, facet and fact.
type Taken = (usize, String, String);

fn without(lines: &[Value], taken: &[Taken]) -> Vec<Value> {
    let mut lines = lines.to_vec();
    for (at, facet, fact) in taken {
        lines[*at][facet].as_object_mut().unwrap().remove(fact);
        lines[*at]["unknown"][format!("{facet}.{fact}")] = "not authorized".into();
    }
    lines
}

/// Whoever sees more finds no fewer faults: what fails with less evidence fails with more.
#[test]
fn more_evidence_takes_no_blocker_away() {
    let mut dice = Dice(2);
    let (mut seen, mut hidden) = (0, 0);
    for pattern in PATTERNS {
        for round in 0..20 {
            let lines = broken(pattern, &mut dice);
            let all = blockers(&ready(pipeline_of(pattern), &lines));
            let mut taken = Vec::new();
            for _ in 0..160 {
                let at = 1 + dice.below(lines.len() - 1);
                let facts = facts(&lines[at]);
                if !facts.is_empty() {
                    let (facet, fact) = facts[dice.below(facts.len())].clone();
                    taken.push((at, facet, fact));
                }
            }
            let less = |taken: &[Taken]| blockers(&ready(pipeline_of(pattern), &without(&lines, taken)));
            let with_less = less(&taken);
            if !with_less.is_subset(&all) {
                // As few as do it.
                for at in (0..taken.len()).rev() {
                    let fewer: Vec<Taken> = [&taken[..at], &taken[at + 1..]].concat();
                    if !less(&fewer).is_subset(&all) {
                        taken = fewer;
                    }
                }
                let names = taken.iter().map(|(at, facet, fact)| format!("{} {facet}.{fact}", lines[*at]["id"]));
                let names: Vec<String> = names.collect();
                let made_up: Vec<_> = less(&taken).difference(&all).cloned().collect();
                panic!("{pattern}, round {round}: {made_up:?} without {names:#?}, beside {all:#?}");
            }
            seen += all.len();
            hidden += all.len() - with_less.len();
        }
    }
    assert!(seen > 20 && hidden > 2, "{hidden} of {seen} blockers hidden: too few to show anything");
}

/// What an application needs needs nothing more of it, and linking what is linked changes nothing.
#[test]
fn the_closure_of_the_closure_is_the_closure() {
    for pattern in PATTERNS {
        let config = Loaded::parse("seaworthy.yaml", &fixture(&format!("{pattern}.yaml"))).unwrap().config;
        let mut inventory = Inventory::parse(fixture(&format!("{pattern}.ndjson")).as_bytes()).unwrap();
        link(&mut inventory, &config, NOW.parse().unwrap());
        let once = inventory.resources.clone();
        link(&mut inventory, &config, NOW.parse().unwrap());
        assert_eq!(inventory.resources, once, "{pattern}");
        let members = |inventory: &Inventory| -> Vec<String> {
            let has = |resource: &&seaworthy::model::Resource| {
                let names = resource.joined.as_ref().and_then(|joined| joined.applications.known());
                names.is_some_and(|names| !names.is_empty())
            };
            inventory.resources.iter().filter(has).map(|resource| resource.id.clone()).collect()
        };
        let closure = members(&inventory);
        inventory.resources.retain(|resource| closure.contains(&resource.id));
        link(&mut inventory, &config, NOW.parse().unwrap());
        assert_eq!(members(&inventory), closure, "{pattern}");
        assert!(closure.len() > 20, "{pattern}: {} members", closure.len());
    }
}
