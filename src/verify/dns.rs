//! A name leads where it should, as DNS answers it: no file of hosts, no search domain and no cache of ours.

use std::net::SocketAddr;
use std::str::FromStr as _;

use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RecordType};
use hickory_resolver::{Resolver, TokioResolver};

use super::attempt::{Attempt, Cx};
use crate::config::OneOrMany;
use crate::config::checks::{DnsCheck, RecordKind, server_address};
use crate::text::clip;

/// So many characters of an answer are shown.
const SHOWN: usize = 300;

pub(super) async fn ask(check: &DnsCheck, cx: &Cx<'_>) -> Attempt {
    let whole = format!("{}.", check.name.trim_end_matches('.'));
    let Ok(name) = Name::from_str(&whole) else {
        return Attempt::Cannot(format!("'{}' is no name that DNS could answer", check.name));
    };
    let server = match check.server.as_deref().map(|server| server_address(server).ok_or(server)) {
        Some(Err(server)) => return Attempt::Cannot(format!("'{server}' is no address of a server")),
        Some(Ok(server)) => Some(server),
        None => None,
    };
    let resolver = match resolver(server, cx) {
        Ok(resolver) => resolver,
        Err(_) => return Attempt::Cannot("this system has no resolver that could be asked".to_owned()),
    };
    match resolver.lookup(name, record_type(check.kind)).await {
        Ok(answer) => {
            let wanted = record_type(check.kind);
            let own = answer.answers().iter().filter(|record| record.record_type() == wanted);
            judge(check, own.map(|record| record.data.to_string()).collect())
        }
        Err(error) => nothing(check, &error),
    }
}

fn resolver(server: Option<SocketAddr>, cx: &Cx<'_>) -> Result<TokioResolver, NetError> {
    let mut builder = match server {
        Some(server) => {
            let mut named = NameServerConfig::udp_and_tcp(server.ip());
            named.connections.iter_mut().for_each(|connection| connection.port = server.port());
            let config = ResolverConfig::from_parts(None, Vec::new(), vec![named]);
            Resolver::builder_with_config(config, TokioRuntimeProvider::default())
        }
        None => Resolver::builder_tokio()?,
    };
    let options = builder.options_mut();
    options.use_hosts_file = ResolveHosts::Never;
    options.cache_size = 0;
    options.attempts = 1;
    options.timeout = (cx.limit / 2).min(options.timeout);
    builder.build()
}

fn record_type(kind: RecordKind) -> RecordType {
    match kind {
        RecordKind::A => RecordType::A,
        RecordKind::Aaaa => RecordType::AAAA,
        RecordKind::Caa => RecordType::CAA,
        RecordKind::Cname => RecordType::CNAME,
        RecordKind::Mx => RecordType::MX,
        RecordKind::Ns => RecordType::NS,
        RecordKind::Ptr => RecordType::PTR,
        RecordKind::Soa => RecordType::SOA,
        RecordKind::Srv => RecordType::SRV,
        RecordKind::Txt => RecordType::TXT,
    }
}

/// As it is compared: names have no case and need no dot at their end, addresses have several forms, texts have neither.
fn plain(kind: RecordKind, text: &str) -> String {
    match kind {
        RecordKind::Txt | RecordKind::Caa => text.to_owned(),
        _ => match text.parse::<std::net::IpAddr>() {
            Ok(address) => address.to_string(),
            Err(_) => text.trim_end_matches('.').to_ascii_lowercase(),
        },
    }
}

fn judge(check: &DnsCheck, mut answers: Vec<String>) -> Attempt {
    answers.iter_mut().for_each(|answer| *answer = plain(check.kind, answer));
    answers.sort();
    let said = clip(&answers.join(", "), SHOWN).into_owned();
    let values = |list: &Option<OneOrMany>| -> Vec<String> {
        list.iter().flat_map(|list| list.as_slice()).map(|text| plain(check.kind, text)).collect()
    };
    let (contains, mut equals, not) = (values(&check.contains), values(&check.equals), values(&check.not));
    equals.sort();
    if let Some(old) = not.iter().find(|old| answers.contains(old)) {
        return Attempt::Failed(format!("it still answers {old}: {said}"));
    }
    if let Some(missing) = contains.iter().find(|wanted| !answers.contains(wanted)) {
        return Attempt::Failed(format!("it answers {said}, without {missing}"));
    }
    if check.equals.is_some() && equals != answers {
        return Attempt::Failed(format!("it answers {said}, not {}", equals.join(", ")));
    }
    Attempt::Passed(format!("it answers {said}"))
}

/// That there is nothing is an answer; that nobody answers is none.
fn nothing(check: &DnsCheck, error: &NetError) -> Attempt {
    let code = match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => none.response_code,
        NetError::Dns(DnsError::ResponseCode(code)) => *code,
        NetError::Timeout => return Attempt::CannotNow("no server of DNS answers in time".to_owned()),
        _ => return Attempt::CannotNow("no server of DNS could be asked".to_owned()),
    };
    match code {
        ResponseCode::NXDomain => Attempt::Failed("there is no such name".to_owned()),
        ResponseCode::NoError => Attempt::Failed(format!("the name has no record of type {}", check.kind.word())),
        other => Attempt::CannotNow(format!("the server of DNS answers no records, but {other}")),
    }
}
