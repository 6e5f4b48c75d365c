//! Networks, read as Go reads them.

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};
use regorus::Value;

use super::{Entry, text};

/// Most addresses that a network is written out to.
const MAX_ADDRESSES: u32 = 65_536;

pub(super) const FUNCTIONS: &[Entry] = &[
    ("net.cidr_contains", 2, contains),
    ("net.cidr_contains_matches", 2, contains_matches),
    ("net.cidr_expand", 1, expand),
    ("net.cidr_intersects", 2, intersects),
    ("net.cidr_is_valid", 1, is_valid),
    ("net.cidr_merge", 1, merge),
];

fn parts(cidr: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = cidr.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    let length = length.parse::<u8>().ok().filter(|_| is_number)?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    (length <= most).then_some((address, length))
}

/// A network without the bits of a host. An IPv4 address that is written as IPv6 is IPv4 to Go.
fn network(cidr: &str) -> Result<IpNet, String> {
    let none = || format!("'{cidr}' is no network");
    let (address, length) = parts(cidr).ok_or_else(none)?;
    let net = match (plain(address), address) {
        (IpAddr::V4(v4), IpAddr::V6(_)) => match length.checked_sub(96) {
            Some(length) => Ipv4Net::new(v4, length).map(IpNet::V4),
            None => return Err(format!("'{cidr}' is neither IPv4 nor IPv6")),
        },
        _ => IpNet::new(address, length),
    };
    net.map(|net| net.trunc()).map_err(|_| none())
}

fn plain(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        v4 @ IpAddr::V4(_) => v4,
    }
}

fn is_within(net: &IpNet, other: &str) -> Result<bool, String> {
    match other.parse::<IpAddr>() {
        Ok(address) => Ok(net.contains(&plain(address))),
        Err(_) => Ok(net.contains(&network(other)?)),
    }
}

fn contains(arguments: &[Value]) -> Result<Value, String> {
    let [net, other] = arguments else { return Err("two arguments are needed".to_owned()) };
    let net = network(text(net, "the network")?)?;
    is_within(&net, text(other, "what is in it")?).map(Value::Bool)
}

fn intersects(arguments: &[Value]) -> Result<Value, String> {
    let [one, two] = arguments else { return Err("two arguments are needed".to_owned()) };
    let (one, two) = (network(text(one, "a network")?)?, network(text(two, "a network")?)?);
    Ok(Value::Bool(one.contains(&two) || two.contains(&one)))
}

fn is_valid(arguments: &[Value]) -> Result<Value, String> {
    let [cidr] = arguments else { return Err("one argument is needed".to_owned()) };
    Ok(Value::Bool(parts(text(cidr, "the network")?).is_some()))
}

/// All addresses of a network, those of its ends too.
fn expand(arguments: &[Value]) -> Result<Value, String> {
    let [cidr] = arguments else { return Err("one argument is needed".to_owned()) };
    let net = network(text(cidr, "the network")?)?;
    let bits = u32::from(net.max_prefix_len() - net.prefix_len());
    if 2_u32.checked_pow(bits).is_none_or(|addresses| addresses > MAX_ADDRESSES) {
        return Err(format!("{net} has more than {MAX_ADDRESSES} addresses"));
    }
    // Of an IPv4 network, `hosts` would leave out the ends.
    let last = 2_u32.pow(bits).saturating_sub(1);
    let addresses: BTreeSet<Value> = match net {
        IpNet::V4(net) => {
            let first = u32::from(net.network());
            (0..=last)
                .map(|at| std::net::Ipv4Addr::from(first.saturating_add(at)).to_string())
                .map(Value::from)
                .collect()
        }
        IpNet::V6(net) => {
            let first = u128::from(net.network());
            let address = |at| std::net::Ipv6Addr::from(first.saturating_add(u128::from(at))).to_string();
            (0..=last).map(address).map(Value::from).collect()
        }
    };
    Ok(Value::from(addresses))
}

/// As few networks as there can be for the same addresses.
fn merge(arguments: &[Value]) -> Result<Value, String> {
    let nets: Vec<&Value> = match arguments {
        [Value::Array(nets)] => nets.iter().collect(),
        [Value::Set(nets)] => nets.iter().collect(),
        _ => return Err("an array or a set of networks is needed".to_owned()),
    };
    let mut all = Vec::new();
    for net in nets {
        // OPA gives an address the length that its class had, and leaves the bits of the host.
        let net = text(net, "a network")?;
        if parts(net).is_some_and(|(address, _)| plain(address) != address) {
            return Err(format!("'{net}' is an IPv4 network that is written as IPv6"));
        }
        all.push(network(net)?);
    }
    let is_mixed =
        |net: &IpNet| matches!(net, IpNet::V6(net) if net.contains(&std::net::Ipv4Addr::UNSPECIFIED.to_ipv6_mapped()));
    if all.iter().any(|net| matches!(net, IpNet::V4(_))) && all.iter().any(is_mixed) {
        return Err("an IPv6 network that holds the IPv4 addresses cannot be merged with them".to_owned());
    }
    let merged = IpNet::aggregate(&all).into_iter().map(|net| Value::from(net.to_string()));
    Ok(Value::from(merged.collect::<BTreeSet<_>>()))
}

/// The network of an element: itself, or the first of an array.
fn first(value: &Value) -> Result<&str, String> {
    match value {
        Value::String(_) => text(value, "a network"),
        Value::Array(items) => match items.iter().next() {
            Some(first) => text(first, "the first of an array"),
            None => Err("an array without a network".to_owned()),
        },
        other => Err(format!("a network is a text, or the first of an array, and this is {other}")),
    }
}

/// The networks or addresses of an argument, with the keys that stand for them.
fn keyed(argument: &Value) -> Result<Vec<(Value, &str)>, String> {
    match argument {
        Value::String(net) => Ok(vec![(argument.clone(), net)]),
        Value::Array(nets) => nets.iter().enumerate().map(|(at, net)| Ok((Value::from(at), first(net)?))).collect(),
        Value::Set(nets) => nets.iter().map(|net| Ok((net.clone(), first(net)?))).collect(),
        Value::Object(nets) => nets.iter().map(|(key, net)| Ok((key.clone(), first(net)?))).collect(),
        other => Err(format!("networks are a text or a collection, and this is {other}")),
    }
}

fn contains_matches(arguments: &[Value]) -> Result<Value, String> {
    let [nets, others] = arguments else { return Err("two arguments are needed".to_owned()) };
    let (nets, others) = (keyed(nets)?, keyed(others)?);
    let mut found = BTreeSet::new();
    if nets.len().saturating_mul(others.len()) > super::super::MAX_ITEMS {
        return Err("there would be too much to compare".to_owned());
    }
    for (key, net) in nets {
        let net = network(net)?;
        for (other_key, other) in &others {
            if is_within(&net, other)? {
                found.insert(Value::from(vec![key.clone(), other_key.clone()]));
            }
        }
    }
    Ok(Value::from(found))
}
