//! What stands in for a subnet: in the network that stands in for its own, the one that is called so but for region and zone,
//! else the one for the same kind of traffic, each in the same position among the zones.

use std::collections::BTreeSet;

use super::super::Estate;
use super::super::edges::At;
use super::super::place::Target;
use super::stand_in::{StandIn, without_region};
use crate::model::{Rel, Resource};
use crate::providers::aws::names::short;

impl<'a> Estate<'a> {
    /// Searches the network that stands in for a subnet's own.
    pub(super) fn counterpart_of_subnet(&self, at: At, target: &Target<'a>) -> StandIn {
        let Some(network) = self.index.to(at, Rel::InNetwork).next() else {
            return StandIn::Unclear("its network was not found".to_owned());
        };
        let there = match self.stand_in(network, target) {
            StandIn::There(there, _) => there,
            other => return other,
        };
        let subnet = self.index.get(at);
        let (own, others) = (self.subnets_of(network), self.subnets_of(there));
        let all_there = others;
        let nothing = || match self.seen.more(target.account, target.region, subnet.kind) {
            Some(gap) => StandIn::Unclear(gap.sentence()),
            None => StandIn::Nowhere,
        };
        if let Some((_, role @ Some(_))) = own.iter().find(|(own, _)| *own == at) {
            let alike = |all: &[(At, Option<String>)]| -> Vec<At> {
                all.iter().filter(|(_, other)| other == role).map(|(other, _)| *other).collect()
            };
            let others = alike(others);
            if !others.is_empty() {
                // The name of one whose zone is not known does not tell either: it may be one of these.
                let unplaced = |all: &[(At, Option<String>)]| {
                    all.iter().map(|(other, _)| self.index.get(*other)).find(|other| zone(other).is_none())
                };
                let (unplaced, own) = (unplaced(own).or_else(|| unplaced(all_there)), alike(own));
                if let (Some(other), false) = (unplaced, own.len() == 1 && others.len() == 1) {
                    return StandIn::Unclear(format!("the zone of {} is not known", other.name));
                }
                return match self.in_position(at, &own, &others) {
                    Ok(Some(found)) => StandIn::There(found, self.how_subnet(subnet, found)),
                    Ok(None) => nothing(),
                    Err(reason) => StandIn::Unclear(reason),
                };
            }
        }
        // Called otherwise, or not called at all: what it is for tells, if there is one for that in a zone.
        let traffic = self.traffic_of(at);
        let alike = |all: &[(At, Option<String>)]| -> Vec<At> {
            all.iter().map(|(other, _)| *other).filter(|other| self.traffic_of(*other) == traffic).collect()
        };
        // One of which that is not known may be for it.
        let open = others.iter().find(|(other, _)| self.traffic_of(*other).is_none()).filter(|_| traffic.is_some());
        if let Some((other, _)) = open {
            let name = &self.index.get(*other).name;
            return StandIn::Unclear(format!("where the traffic of {name} goes is not known"));
        }
        let (own, others) = (alike(own), alike(others));
        if others.is_empty() {
            return nothing();
        }
        if traffic.is_none() {
            return StandIn::Unclear("none there is called so, and where its traffic goes is not known".to_owned());
        }
        let several = "several subnets of a zone are alike, and their names do not say which stands in for which";
        if self.several_in_a_zone(&own) || self.several_in_a_zone(&others) {
            return StandIn::Unclear(several.to_owned());
        }
        match self.in_position(at, &own, &others) {
            Ok(Some(found)) => StandIn::There(found, "same-zone"),
            Ok(None) => nothing(),
            Err(reason) => StandIn::Unclear(reason),
        }
    }

    fn subnets_of(&self, network: At) -> &[(At, Option<String>)] {
        self.subnets.get(&network).map(Vec::as_slice).unwrap_or_default()
    }

    fn how_subnet(&self, subnet: &Resource, found: At) -> &'static str {
        if called(self.index.get(found)) == called(subnet) { "same-name" } else { "region-in-name" }
    }

    /// Of the others the one that stands where it does: in the zone of the same position, and in that by its addresses.
    fn in_position(&self, at: At, own: &[At], others: &[At]) -> Result<Option<At>, String> {
        if let ([_], [only]) = (own, others) {
            return Ok(Some(*only));
        }
        let ranked = |all: &[At]| -> Result<Vec<(usize, usize, At)>, String> {
            let mut placed = Vec::new();
            for at in all {
                let subnet = self.index.get(*at);
                let zone = zone(subnet).ok_or_else(|| format!("the zone of {} is not known", subnet.name))?;
                let cidr = subnet.network.as_ref().and_then(|it| it.cidrs.known()?.first());
                let address = cidr.and_then(|text| text.parse::<ipnet::IpNet>().ok());
                placed.push((zone, address, &subnet.id, *at));
            }
            placed.sort_unstable();
            let zones: BTreeSet<&str> = placed.iter().map(|(zone, ..)| *zone).collect();
            let (mut ranked, mut rank) = (Vec::new(), 0);
            for (number, (zone, .., at)) in placed.iter().enumerate() {
                let is_first =
                    number.checked_sub(1).and_then(|before| placed.get(before)).is_none_or(|it| it.0 != *zone);
                rank = if is_first { 0 } else { rank + 1 };
                ranked.push((zones.iter().position(|it| it == zone).unwrap_or_default(), rank, *at));
            }
            Ok(ranked)
        };
        let (own, others) = (ranked(own)?, ranked(others)?);
        let Some((zone, rank, _)) = own.into_iter().find(|(.., it)| *it == at) else { return Ok(None) };
        Ok(others.into_iter().find(|it| (it.0, it.1) == (zone, rank)).map(|(.., found)| found))
    }

    fn several_in_a_zone(&self, all: &[At]) -> bool {
        let mut seen = BTreeSet::new();
        all.iter().filter_map(|at| zone(self.index.get(*at))).any(|zone| !seen.insert(zone))
    }

    /// Where what leaves a subnet goes by default; empty: nowhere.
    fn traffic_of(&self, at: At) -> Option<&'a str> {
        let table = self.index.get(self.index.to(at, Rel::RoutedBy).next()?);
        let routes = table.routing.as_ref()?.routes.known()?;
        if table.unknown.contains_key("routing.routes") {
            return None;
        }
        match routes.iter().find(|route| route.destination.text() == Some("0.0.0.0/0")) {
            Some(route) => route.via.text(),
            None => Some(""),
        }
    }
}

fn zone(subnet: &Resource) -> Option<&str> {
    subnet.redundancy.as_ref()?.zones.known()?.first().map(String::as_str)
}

/// What people call it: by its tag, or in code.
fn called(subnet: &Resource) -> Option<&str> {
    let tag = subnet.tags.known().and_then(|tags| tags.get("Name")).map(String::as_str);
    tag.filter(|name| !name.is_empty())
        .or_else(|| Some(subnet.name.as_str()).filter(|name| !name.starts_with("subnet-")))
}

/// Its name without region and zone: `shop-private` of `shop-private-us-east-1a` and of `shop_private_b`. None: it has no
/// name, or one that says no more than where it is.
pub(in crate::link) fn role(subnet: &Resource) -> Option<String> {
    let mut bare = called(subnet)?.to_lowercase().replace(['_', '.', ' ', '/'], "-");
    let region = subnet.region().unwrap_or_default();
    let zone = zone(subnet).unwrap_or_default();
    let letter = zone.strip_prefix(region).filter(|letter| !letter.is_empty() && !region.is_empty());
    let ids = subnet.redundancy.as_ref().and_then(|it| it.zone_ids.known()).into_iter().flatten();
    for spelt in ids.cloned().chain(
        letter
            .into_iter()
            .flat_map(|letter| [zone.to_owned(), zone.replace('-', ""), format!("{}{letter}", short(region))]),
    ) {
        bare = bare.replace(&spelt, "");
    }
    let bare = without_region(&bare, region);
    let is_zone = |word: &&str| {
        letter.is_some_and(|letter| *word == letter || word.strip_prefix("az") == Some(letter))
            || letter.is_some_and(|letter| {
                word.strip_suffix(letter)
                    .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty())
            })
    };
    let words: Vec<&str> = bare.split('-').filter(|word| !word.is_empty() && !is_zone(word)).collect();
    (!words.is_empty()).then(|| words.join("-"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_name_of_a_subnet_without_region_and_zone_says_what_it_is_for() {
        let role =
            |name: &str, region: &str, zone: &str, id: &str| {
                role(&serde_json::from_value(json!({
                "id": "arn:aws:ec2:r:111122223333:subnet/subnet-1", "kind": "aws.ec2.subnet", "name": "subnet-1",
                "place": {"account": "111122223333", "region": region}, "tags": {"Name": name},
                "redundancy": {"zones": [zone], "zone_ids": [id]},
            })).unwrap())
            };
        let cases = [
            ("shop-private-us-east-1a", "us-east-1", "us-east-1a", "use1-az4", Some("shop-private")),
            ("shop-private-us-west-2b", "us-west-2", "us-west-2b", "usw2-az1", Some("shop-private")),
            ("us-east-1 Shop Private A", "us-east-1", "us-east-1a", "use1-az4", Some("shop-private")),
            ("shop_private_use1-az4", "us-east-1", "us-east-1a", "use1-az4", Some("shop-private")),
            ("shop-private-1a", "us-east-1", "us-east-1a", "use1-az4", Some("shop-private")),
            ("shop-private-use1a", "us-east-1", "us-east-1a", "use1-az4", Some("shop-private")),
            ("private-1", "us-east-1", "us-east-1a", "use1-az4", Some("private-1")),
            ("us-east-1a", "us-east-1", "us-east-1a", "use1-az4", None),
            ("", "us-east-1", "us-east-1a", "use1-az4", None),
        ];
        for (name, region, zone, id, expected) in cases {
            assert_eq!(role(name, region, zone, id).as_deref(), expected, "{name}");
        }
    }
}
