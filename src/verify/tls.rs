//! A certificate is for the name, leads to a root that is trusted, and is valid for long enough. The handshake takes whatever
//! is presented, so that each of the three is told by itself; nothing is sent over the connection.

use std::sync::Arc;
use std::time::Duration;

use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error};
use tokio_rustls::TlsConnector;

use super::attempt::{Attempt, Cx, connect};
use super::presented::{Presented, io_or_tls_reason, reason};
use super::roots;
use crate::config::Span;
use crate::config::checks::TlsCheck;
use crate::model::Timestamp;
use crate::text::{clip, duration, list};

/// So many names of a certificate are listed.
const NAMED: usize = 5;

pub(super) async fn ask(check: &TlsCheck, cx: &Cx<'_>) -> Attempt {
    let name = check.name.as_ref().unwrap_or(&check.host);
    let Ok(server) = ServerName::try_from(name.clone()) else {
        return Attempt::Cannot(format!("'{name}' is no name that a certificate could be for"));
    };
    let trusted = match roots::certificates() {
        Ok(trusted) => trusted,
        Err(why) => return Attempt::Cannot(why),
    };
    let stream = match connect(&check.host, check.port).await {
        Ok(stream) => stream,
        Err(attempt) => return attempt,
    };
    let presented = Arc::new(Presented::default());
    let config = match presented.clone().client() {
        Ok(config) => config,
        Err(error) => return Attempt::Cannot(error.to_string()),
    };
    let connected = TlsConnector::from(Arc::new(config)).connect(server.clone(), stream).await;
    let refused = connected.err().map(|error| io_or_tls_reason(&error));
    let Some(chain) = presented.take() else {
        return Attempt::Failed(refused.unwrap_or_else(|| "it presents no certificate".to_owned()));
    };
    match judge(&chain, &server, trusted, cx.now, check.valid_for) {
        Ok(left) => match refused {
            Some(why) => Attempt::Failed(why),
            None => Attempt::Passed(format!("its certificate is for {name}, trusted, and valid for {left} more")),
        },
        Err(faults) => Attempt::Failed(faults.join("; ")),
    }
}

/// How long it is valid, or a sentence for each thing that is wrong.
fn judge(
    chain: &[CertificateDer<'static>],
    server: &ServerName<'_>,
    trusted: &[CertificateDer<'static>],
    now: Timestamp,
    valid_for: Span,
) -> Result<String, Vec<String>> {
    let unread = || vec!["its certificate cannot be read".to_owned()];
    let leaf = chain.first().ok_or_else(unread)?;
    let parsed = ParsedCertificate::try_from(leaf).map_err(|_| unread())?;
    let (_, read) = x509_parser::parse_x509_certificate(leaf).map_err(|_| unread())?;
    let (from, until) = (read.validity().not_before.timestamp(), read.validity().not_after.timestamp());
    let mut faults = Vec::new();
    if let Err(error) = verify_server_name(&parsed, server) {
        let presented = match &error {
            Error::InvalidCertificate(CertificateError::NotValidForNameContext { presented, .. }) => {
                presented.as_slice()
            }
            _ => &[],
        };
        // `DnsName("a.example.com")`
        let names = presented.iter().map(|name| name.split('"').nth(1).unwrap_or(name));
        let mut names: Vec<String> = names.map(|name| clip(name, 100).into_owned()).collect();
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        if more > 0 {
            names.push(format!("{more} more"));
        }
        let names = if names.is_empty() { "no name".to_owned() } else { list(&names) };
        faults.push(format!("its certificate is for {names}, not for {}", server.to_str()));
    }
    let second = now.as_second();
    let span = |seconds: i64| duration(u64::try_from(seconds).unwrap_or_default());
    let left = until - second;
    if second < from {
        faults.push(format!("its certificate is not valid before {} from now", span(from - second)));
    } else if left <= 0 {
        faults.push(format!("its certificate has expired, {} ago", span(-left)));
    } else if u64::try_from(left).is_ok_and(|left| left < valid_for.seconds) {
        let wanted = duration(valid_for.seconds);
        faults.push(format!("its certificate is valid for {} more, and {wanted} are wanted", span(left)));
    }
    // What has expired may be trusted all the same; both are told.
    let moment = u64::try_from(second.clamp(from, until.max(from))).unwrap_or_default();
    let moment = UnixTime::since_unix_epoch(Duration::from_secs(moment));
    let algorithms = roots::provider().signature_verification_algorithms.all;
    let rest = chain.get(1..).unwrap_or_default();
    let roots = roots::store(trusted);
    if let Err(error) = verify_server_cert_signed_by_trust_anchor(&parsed, &roots, rest, moment, algorithms) {
        faults.push(reason(&error));
    }
    if faults.is_empty() { Ok(span(left)) } else { Err(faults) }
}
