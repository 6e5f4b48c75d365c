//! The kinds of checks: what each of them asks, what can be wrong with it, and what of it may be shown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::faults::{Fault, fault, host_fault, url_fault, variable_fault};
use crate::config::{OneOrMany, Span};

/// Stands for the region in which a check is made, in every text of it.
pub(crate) const REGION: &str = "{region}";

/// A page answers. Redirects are not followed: they are the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct HttpCheck {
    /// `https://shop.{region}.example.com/health`. It must not hold a user or a password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The environment variable that holds the URL, where it is a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_from: Option<String>,
    /// What it may answer: `200`, or `[200, 401]`. Default: 200 to 299.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Statuses>,
    /// A text that has to be in the first MiB of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contains: Option<String>,
    /// How it is asked. Nothing else is, since checks change nothing.
    pub method: HttpMethod,
}

/// How a page is asked.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum HttpMethod {
    #[default]
    #[serde(rename = "GET")]
    Get,
    #[serde(rename = "HEAD")]
    Head,
}

/// One status of HTTP, or a list of them.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a status such as 200, or a list of them")]
pub enum Statuses {
    One(u16),
    Many(Vec<u16>),
}

impl Statuses {
    /// As a list in any case.
    pub fn as_slice(&self) -> &[u16] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// A port takes connections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TcpCheck {
    /// A name or an address.
    pub host: String,
    /// The port.
    pub port: u16,
}

/// A certificate is for the name, is trusted, and is valid for long enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TlsCheck {
    /// A name or an address.
    pub host: String,
    /// The port. Default: 443.
    #[serde(default = "https")]
    pub port: u16,
    /// The name that the certificate has to be for. Default: the host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How long it has to be valid from now on. Default: 14d.
    #[serde(default = "fortnight")]
    pub valid_for: Span,
}

fn https() -> u16 {
    443
}

fn fortnight() -> Span {
    Span::days(14)
}

/// A name leads where it should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DnsCheck {
    /// The whole name; no search domain is tried.
    pub name: String,
    /// The type of the records. Default: A.
    #[serde(default, rename = "type")]
    pub kind: RecordKind,
    /// All of these have to be among the answers. Without it, any answer will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<OneOrMany>,
    /// The answers have to be these, and no others, in any order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equals: Option<OneOrMany>,
    /// None of these may be among the answers: what the name led to before the failover, say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not: Option<OneOrMany>,
    /// The server that is asked, an address with or without a port. Default: those of the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
}

/// The type of DNS records.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordKind {
    #[default]
    A,
    Aaaa,
    Caa,
    Cname,
    Mx,
    Ns,
    Ptr,
    Soa,
    Srv,
    Txt,
}

impl RecordKind {
    /// `CNAME`.
    pub fn word(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Caa => "CAA",
            Self::Cname => "CNAME",
            Self::Mx => "MX",
            Self::Ns => "NS",
            Self::Ptr => "PTR",
            Self::Soa => "SOA",
            Self::Srv => "SRV",
            Self::Txt => "TXT",
        }
    }
}

/// A database answers `SELECT 1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DatabaseCheck {
    /// The environment variable that holds its URL: `postgres://user:password@host/name` or `mysql://…`.
    pub url_from: String,
    /// Whether it has to take writes (`true`) or has to be a replica (`false`). Default: it is not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writer: Option<bool>,
}

/// A secret of Secrets Manager is there, and its key can be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SecretCheck {
    /// Its name, or its ARN.
    pub secret: String,
    /// Where it is. Default: the region of its ARN, else that of the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// A role of IAM may do what it has to, as IAM simulates it with `aws:RequestedRegion` as the region of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RoleCheck {
    /// ARN of the role.
    pub role: String,
    /// What it has to be allowed: `s3:GetObject`.
    pub actions: Vec<String>,
    /// ARNs of what it has to be allowed that on. Default: on anything.
    #[serde(default)]
    pub resources: Vec<String>,
}

/// A database of RDS or Aurora takes writes, as the API of RDS says. One of the three is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WriterCheck {
    /// Identifier of a cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// Identifier of an instance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Identifier of a global cluster: the member in the region of the run has to be the one that takes writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub global_cluster: Option<String>,
}

impl HttpCheck {
    /// The URL as far as it may be shown.
    pub(crate) fn target(&self) -> String {
        match (&self.url, &self.url_from) {
            (Some(url), _) => shown(url),
            (None, Some(name)) => format!("the URL in {name}"),
            (None, None) => String::new(),
        }
    }

    pub(super) fn fault(&self) -> Fault {
        match (&self.url, &self.url_from) {
            (Some(_), Some(_)) => return fault("url-from", "'url' and 'url-from' cannot both be meant"),
            (None, None) => return fault("url", "the key 'url' is missing (or 'url-from', where it is a secret)"),
            (Some(url), None) => {
                if let Some(why) = url_fault(url) {
                    return fault("url", &why);
                }
            }
            (None, Some(name)) => {
                if let Some(why) = variable_fault(name) {
                    return fault("url-from", &why);
                }
            }
        }
        let statuses = self.status.as_ref().map(Statuses::as_slice);
        if statuses.is_some_and(|all| all.is_empty() || all.iter().any(|status| !(100..600).contains(status))) {
            return fault("status", "expected statuses from 100 to 599, at least one");
        }
        if self.contains.is_some() && self.method == HttpMethod::Head {
            return fault("contains", "a HEAD has no text that could contain it: leave out the method");
        }
        None
    }
}

impl TcpCheck {
    pub(crate) fn target(&self) -> String {
        address(&self.host, self.port)
    }

    pub(super) fn fault(&self) -> Fault {
        host_fault(&self.host, self.port)
    }
}

impl TlsCheck {
    pub(crate) fn target(&self) -> String {
        let name = self.name.as_ref().map(|name| format!(" as {name}")).unwrap_or_default();
        format!("{}{name}", address(&self.host, self.port))
    }

    pub(super) fn fault(&self) -> Fault {
        host_fault(&self.host, self.port)
    }
}

impl DnsCheck {
    pub(crate) fn target(&self) -> String {
        let server = self.server.as_ref().map(|server| format!(" of {server}")).unwrap_or_default();
        format!("{} {}{server}", self.kind.word(), self.name)
    }

    pub(super) fn fault(&self) -> Fault {
        if self.name.is_empty() || self.name.contains(char::is_whitespace) || self.name.contains("://") {
            return fault("name", &format!("'{}' is no name: expected one like 'shop.example.com'", self.name));
        }
        if self.contains.is_some() && self.equals.is_some() {
            return fault("contains", "'contains' and 'equals' cannot both be meant");
        }
        let lists = [("contains", &self.contains), ("equals", &self.equals), ("not", &self.not)];
        if let Some((field, _)) = lists.iter().find(|(_, it)| it.as_ref().is_some_and(|it| it.as_slice().is_empty())) {
            return fault(field, "expected at least one");
        }
        let server = self.server.as_deref().filter(|server| !server.contains(REGION));
        server.filter(|server| server_address(server).is_none()).and_then(|server| {
            fault("server", &format!("'{server}' is no address: expected one like '10.0.0.2' or '10.0.0.2:53'"))
        })
    }
}

/// The address of a server, and its port.
pub(crate) fn server_address(text: &str) -> Option<std::net::SocketAddr> {
    let alone = || text.parse().ok().map(|ip: std::net::IpAddr| std::net::SocketAddr::new(ip, 53));
    text.parse().ok().or_else(alone)
}

impl DatabaseCheck {
    pub(crate) fn target(&self) -> String {
        format!("the URL in {}", self.url_from)
    }

    pub(super) fn fault(&self) -> Fault {
        variable_fault(&self.url_from).and_then(|why| fault("url-from", &why))
    }
}

impl SecretCheck {
    pub(crate) fn target(&self) -> String {
        let region = self.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
        format!("{}{region}", self.secret)
    }

    pub(super) fn fault(&self) -> Fault {
        if self.secret.is_empty() {
            return fault("secret", "the name of a secret cannot be empty");
        }
        let region = self.region.as_deref().filter(|region| *region != REGION);
        region.and_then(crate::config::region_trouble).and_then(|why| fault("region", &why))
    }
}

impl RoleCheck {
    pub(crate) fn target(&self) -> String {
        format!("{} to {}", self.role, self.actions.join(", "))
    }

    pub(super) fn fault(&self) -> Fault {
        let parts: Vec<&str> = self.role.splitn(6, ':').collect();
        if !matches!(parts.as_slice(), ["arn", _, "iam", "", _, name] if name.starts_with("role/")) {
            let example = "arn:aws:iam::111122223333:role/shop";
            return fault("role", &format!("'{}' is no role ARN: expected one like '{example}'", self.role));
        }
        if self.actions.is_empty() {
            return fault("actions", "expected at least one action, such as 's3:GetObject'");
        }
        // IAM simulates whole actions only.
        let wrong = |action: &&String| {
            let whole = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            action.split_once(':').is_none_or(|(service, name)| !whole(service) || !whole(name))
        };
        let wrong = self.actions.iter().find(wrong);
        wrong.and_then(|action| fault("actions", &format!("'{action}' is no action: expected one like 's3:GetObject'")))
    }
}

impl WriterCheck {
    pub(crate) fn target(&self) -> String {
        let named =
            [("cluster", &self.cluster), ("instance", &self.instance), ("global cluster", &self.global_cluster)];
        named.iter().find_map(|(word, name)| Some(format!("{word} {}", name.as_ref()?))).unwrap_or_default()
    }

    pub(super) fn fault(&self) -> Fault {
        let named = [&self.cluster, &self.instance, &self.global_cluster];
        if named.iter().filter(|name| name.as_ref().is_some_and(|name| !name.is_empty())).count() == 1 {
            return None;
        }
        fault("cluster", "expected one of 'cluster', 'instance' and 'global-cluster'")
    }
}

/// `host:443`, `[::1]:443`.
fn address(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// A URL without what may be secret in it: user, password, query and fragment.
pub(crate) fn shown(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let cut = if end < url.len() { "?…" } else { "" };
    let url = &url[..end];
    let (scheme, rest) = url.split_once("://").map_or(("", url), |(scheme, rest)| (scheme, rest));
    // `//user:password@host/path`, as redirects have it, too.
    let (slashes, rest) = rest.strip_prefix("//").map_or(("", rest), |rest| ("//", rest));
    let path = rest.find('/').unwrap_or(rest.len());
    let host = rest[..path].rsplit('@').next().unwrap_or_default();
    let colon = if scheme.is_empty() { "" } else { "://" };
    format!("{scheme}{colon}{slashes}{host}{}{cut}", &rest[path..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_secret_in_a_url_is_not_shown() {
        let cases = [
            ("https://user:pw@shop.example.com/a/b?token=1#x", "https://shop.example.com/a/b?…"),
            ("//user:pw@shop.example.com/a", "//shop.example.com/a"),
            ("/login?next=1", "/login?…"),
            ("shop.example.com:443", "shop.example.com:443"),
        ];
        for (url, expected) in cases {
            assert_eq!(shown(url), expected, "{url}");
        }
    }
}
