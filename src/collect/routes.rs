//! What both doors make of the behaviours of an edge.

use indexmap::IndexMap;

use crate::model::{EdgeOrigin, Fact, OriginRoute};

/// The routes of an edge: requests that go to the same place are one. `behaviours` are requests and the name of an origin or
/// a group of them, in the order in which they are tried; `origins` gives the origins of such a name.
pub(crate) fn routes<'b>(
    behaviours: impl IntoIterator<Item = (&'b str, &'b str)>,
    origins: impl Fn(&str) -> Vec<EdgeOrigin>,
) -> Vec<OriginRoute> {
    let mut by_target: IndexMap<&str, Vec<String>> = IndexMap::new();
    for (requests, target) in behaviours {
        by_target.entry(target).or_default().push(requests.to_owned());
    }
    by_target
        .into_iter()
        .map(|(target, requests)| OriginRoute {
            requests: Fact::Known(requests),
            origins: Fact::Known(origins(target)),
        })
        .collect()
}

/// `443`, `8000-8010`. `None`: they are no ports.
pub(crate) fn port_range(from: impl TryInto<u16>, to: impl TryInto<u16>) -> Option<String> {
    let (from, to) = (from.try_into().ok()?, to.try_into().ok()?);
    Some(if from == to { from.to_string() } else { format!("{from}-{to}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_that_go_to_the_same_place_are_one_route() {
        let origin =
            |name: &str| EdgeOrigin { name: name.into(), target: format!("{name}.example.com").as_str().into() };
        let behaviours = [("/api/*", "api"), ("/img/*", "pictures"), ("/v2/*", "api"), ("default", "site")];
        let found = routes(behaviours, |name| match name {
            "site" => vec![origin("site"), origin("spare")],
            name => vec![origin(name)],
        });
        let route = |requests: &[&str], origins: &[&str]| OriginRoute {
            requests: Fact::Known(requests.iter().map(|it| (*it).to_owned()).collect()),
            origins: Fact::Known(origins.iter().map(|it| origin(it)).collect()),
        };
        let expected = vec![
            route(&["/api/*", "/v2/*"], &["api"]),
            route(&["/img/*"], &["pictures"]),
            route(&["default"], &["site", "spare"]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn one_port_is_a_range_too() {
        let found = [port_range(443, 443), port_range(8000, 8010), port_range(-1, 80), port_range(80, 65_536)];
        assert_eq!(found, [Some("443".to_owned()), Some("8000-8010".to_owned()), None, None]);
    }
}
