//! Places that a text names: what is kept of environments, commands and user data, which may hold secrets. Only what has the
//! shape of a host, an ARN, an id or a region is kept; users, passwords, paths and queries are not.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Fact, Mention};
pub(crate) use crate::providers::aws::names::region_of_host;
use crate::providers::aws::names::{self, Arn};

/// Longer texts are read this far. User data has at most 16 KiB, a task definition 64.
const READ: usize = 256 * 1024;

/// Places kept of one text.
const KEPT: usize = 200;

/// Words in the name of a value that say that it is a host.
const HOST_WORDS: [&str; 12] =
    ["addr", "broker", "cluster", "domain", "dsn", "endpoint", "host", "node", "origin", "server", "uri", "url"];

/// Every place that a text names, sorted. `at` says where the text stands: `container api, environment DB_HOST`.
pub(crate) fn mentions(text: &str, at: &str) -> Vec<Mention> {
    let end = text.floor_char_boundary(READ.min(text.len()));
    let text = without_users(&text[..end]);
    let mut found = BTreeSet::new();
    let mut rest = text.clone();
    // What was taken is blanked, so that the region in an endpoint is not found a second time.
    for (pattern, what) in PATTERNS.iter() {
        let Some(pattern) = pattern else { continue };
        for one in pattern.find_iter(&rest) {
            let value = one.as_str().trim_end_matches(['.', ':', '/', '-', ',']);
            if *what != "region" || names::known_partition(value).is_some() {
                found.insert((*what, tidy(what, value)));
            }
        }
        rest = pattern.replace_all(&rest, " ").into_owned();
    }
    found.extend(hosts(&text, at).map(|host| ("host", host)));
    found
        .into_iter()
        .take(KEPT)
        .map(|(what, value)| Mention {
            at: at.into(),
            what: what.into(),
            region: Fact::from_read(region(what, &value)),
            value: Fact::Known(value),
        })
        .collect()
}

/// In the order in which they are looked for.
static PATTERNS: LazyLock<[(Option<Regex>, &str); 4]> = LazyLock::new(|| {
    let hosts = r"amazonaws\.com(?:\.cn)?|amazonaws\.eu|on\.aws|api\.aws|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov";
    let ids = "ami|eni|fs|fsap|i|igw|lt|nat|pcx|rtb|sg|snap|subnet|tgw|vol|vpc|vpce";
    [
        (r"arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{0,12}:[A-Za-z0-9_/:.+=@*-]+".to_owned(), "arn"),
        (format!(r"(?i)\b(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+(?:{hosts})\b"), "endpoint"),
        (format!(r"\b(?:{ids})-(?:[0-9a-f]{{17}}|[0-9a-f]{{8}})\b"), "id"),
        (r"\b[a-z]{2,4}(?:-[a-z]+){1,2}-[0-9]\b".to_owned(), "region"),
    ]
    .map(|(pattern, what)| (Regex::new(&pattern).ok(), what))
});

/// Hosts are written in any case, and case does not matter in them.
fn tidy(what: &str, value: &str) -> String {
    if what == "endpoint" { value.to_lowercase() } else { value.to_owned() }
}

/// The text without users and passwords in front of hosts.
fn without_users(text: &str) -> String {
    static USERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"://[^\s/?#"'<>]*@"#).ok());
    USERS.as_ref().map_or_else(String::new, |users| users.replace_all(text, "://").into_owned())
}

/// Hosts that are not the provider's: of addresses with a scheme, and the whole value where its name says that it is one.
fn hosts<'a>(text: &'a str, at: &'a str) -> impl Iterator<Item = String> + 'a {
    let of_addresses = text.split("://").skip(1);
    let name = at.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let whole = HOST_WORDS.iter().any(|word| name.contains(word)).then_some(text);
    let whole = whole.into_iter().flat_map(|text| text.split([',', ';', ' ']));
    of_addresses.chain(whole).filter_map(|text| {
        let authority = text.trim().split(['/', '?', '#', ' ', '"', '\'', ',', '\n']).next()?;
        let host = authority.split(':').next()?.trim_end_matches('.').to_lowercase();
        (is_host(&host) && names::service_of_host(&host).is_none() && !host.ends_with(".aws")).then_some(host)
    })
}

fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let Some((rest, last)) = text.rsplit_once('.') else { return false };
    text.len() <= 253
        && rest.split('.').all(label)
        && (2..=24).contains(&last.len())
        && last.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The region that a place names.
fn region(what: &str, value: &str) -> Option<String> {
    match what {
        "region" => Some(value.to_owned()),
        "arn" => Arn::parse(value)?.known_region().map(str::to_owned),
        "endpoint" => region_of_host(value).map(str::to_owned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, at: &str) -> Vec<(String, String, Option<String>)> {
        let text_of = |fact: &Fact<String>| fact.text().unwrap_or_default().to_owned();
        let one = |it: Mention| (text_of(&it.what), text_of(&it.value), it.region.into_known());
        mentions(text, at).into_iter().map(one).collect()
    }

    #[test]
    fn places_are_found_and_nothing_else_is_kept() {
        let east = Some("us-east-1");
        let db = "orders.abc123.us-east-1.rds.amazonaws.com";
        type Place<'p> = (&'p str, &'p str, Option<&'p str>);
        let cases: &[(&str, &str, &[Place<'_>])] = &[
            (
                "environment DATABASE_URL",
                &format!("postgres://app:hunter2@{db}:5432/orders?sslmode=require"),
                &[("endpoint", db, east)],
            ),
            ("environment DB_HOST", "Orders.ABC123.us-east-1.RDS.amazonaws.com", &[("endpoint", db, east)]),
            (
                "environment REDIS",
                "master.shop.x1.use1.cache.amazonaws.com:6379",
                &[("endpoint", "master.shop.x1.use1.cache.amazonaws.com", east)],
            ),
            ("environment AWS_REGION", "us-east-1", &[("region", "us-east-1", east)]),
            ("environment NOTHING", "us-east-9 hunter2 postgres", &[]),
            (
                "environment SECRET",
                "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop/db-AbCdEf:password::",
                &[("arn", "arn:aws:secretsmanager:us-east-1:111122223333:secret:shop/db-AbCdEf:password", east)],
            ),
            (
                "command",
                "run --region eu-west-1 --subnet subnet-0123456789abcdef0 s3://b https://user:pw@db.shop.internal/x",
                &[
                    ("host", "db.shop.internal", None),
                    ("id", "subnet-0123456789abcdef0", None),
                    ("region", "eu-west-1", Some("eu-west-1")),
                ],
            ),
            ("environment DB_HOST", "db.shop.internal", &[("host", "db.shop.internal", None)]),
            // What is called a token is no host, whatever its shape.
            ("environment API_TOKEN", "abc.def.ghi", &[]),
            (
                "environment BROKERS",
                "b-1.q.x.c2.kafka.us-east-1.amazonaws.com:9092,b-2.q.x.c2.kafka.us-east-1.amazonaws.com:9092",
                &[
                    ("endpoint", "b-1.q.x.c2.kafka.us-east-1.amazonaws.com", east),
                    ("endpoint", "b-2.q.x.c2.kafka.us-east-1.amazonaws.com", east),
                ],
            ),
            (
                "environment A",
                "https://a.lambda-url.us-east-1.on.aws/ https://s3-us-west-2.amazonaws.com/b",
                &[
                    ("endpoint", "a.lambda-url.us-east-1.on.aws", east),
                    ("endpoint", "s3-us-west-2.amazonaws.com", Some("us-west-2")),
                ],
            ),
        ];
        for (at, text, expected) in cases {
            let expected: Vec<_> = expected
                .iter()
                .map(|(what, value, region)| ((*what).to_owned(), (*value).to_owned(), region.map(str::to_owned)))
                .collect();
            assert_eq!(found(text, at), expected, "{at}: {text}");
        }
    }

    #[test]
    fn a_long_text_is_read_to_a_bound_and_never_cut_within_a_letter() {
        let text = format!("{}ü us-east-1", "ä".repeat(READ));
        assert_eq!(found(&text, "user data"), []);
    }
}
