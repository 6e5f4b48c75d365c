//! MySQL and MariaDB, and Aurora that speaks like them.

use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, DriverError, Error, IoError, Opts, OptsBuilder, Row, SslOpts, TlsError, Value};

use rustls::CertificateError;

use super::url::{Parsed, TlsMode};
use crate::verify::attempt::{Attempt, no_name};
use crate::verify::presented::{io_or_tls_reason, reason};
use crate::verify::roots;

/// Whether it takes writes, if that is asked.
pub(super) async fn ask(url: &str, writer: bool) -> Result<Option<bool>, Attempt> {
    let parsed = Parsed::of(url)?;
    let url = parsed.url.replacen("mariadb://", "mysql://", 1);
    let opts = Opts::from_url(&url).map_err(|_| Attempt::Cannot("the URL cannot be read".to_owned()))?;
    // Of a server on this machine the client would look for the socket, which nobody named.
    let plain = OptsBuilder::from_opts(opts).prefer_socket(false).ssl_opts(None::<SslOpts>);
    // The client takes that of the process.
    let _ = rustls::crypto::CryptoProvider::install_default(roots::provider().as_ref().clone());
    let mut conn = match tls(&parsed)? {
        None => Conn::new(plain).await,
        Some(tls) => match Conn::new(plain.clone().ssl_opts(tls.clone())).await {
            Err(Error::Driver(DriverError::NoClientSslFlagFromServer)) if parsed.mode == TlsMode::Prefer => {
                Conn::new(plain).await
            }
            Err(error) if parsed.mode == TlsMode::VerifyCa => match other_name(&error) {
                Some(name) => Conn::new(plain.ssl_opts(tls.with_danger_tls_hostname_override(Some(name)))).await,
                None => Err(error),
            },
            other => other,
        },
    }
    .map_err(|error| refused(&error))?;
    let answered = queries(&mut conn, writer).await.map_err(|error| refused(&error));
    let _ = conn.disconnect().await;
    answered
}

async fn queries(conn: &mut Conn, writer: bool) -> Result<Option<bool>, Error> {
    conn.query_drop("SELECT 1").await?;
    if !writer {
        return Ok(None);
    }
    let row: Option<Row> = conn.query_first("SELECT @@global.read_only, @@global.innodb_read_only").await?;
    let values = row.map(Row::unwrap).unwrap_or_default();
    let locked: Option<Vec<bool>> = values.iter().map(is_on).collect();
    Ok(locked.filter(|locked| locked.len() == 2).map(|locked| !locked.contains(&true)))
}

/// `1` and `ON` of a variable.
fn is_on(value: &Value) -> Option<bool> {
    match value {
        Value::Bytes(text) => match text.to_ascii_uppercase().as_slice() {
            b"0" | b"OFF" => Some(false),
            b"1" | b"ON" => Some(true),
            _ => None,
        },
        Value::Int(number) => Some(*number != 0),
        Value::UInt(number) => Some(*number != 0),
        _ => None,
    }
}

fn tls(parsed: &Parsed) -> Result<Option<SslOpts>, Attempt> {
    let verifying = |opts: SslOpts| -> Result<SslOpts, Attempt> {
        let trusted = parsed.trusted()?.iter().map(|root| root.to_vec().into()).collect();
        Ok(opts.with_root_certs(trusted).with_disable_built_in_roots(true))
    };
    Ok(match parsed.mode {
        TlsMode::Off => None,
        // It wants to have roots even where it asks none of them.
        TlsMode::Prefer | TlsMode::Require => Some(SslOpts::default().with_danger_accept_invalid_certs(true)),
        TlsMode::VerifyCa | TlsMode::VerifyFull => Some(verifying(SslOpts::default())?),
    })
}

/// A name that a certificate is for, where it is trusted and for another one. The client has a setting that lets it pass, and
/// looks for it in a sentence that rustls does not say any more (mysql_async 0.37.1).
fn other_name(error: &Error) -> Option<String> {
    let Error::Io(IoError::Io(error)) = error else { return None };
    let found = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>())?;
    let rustls::Error::InvalidCertificate(CertificateError::NotValidForNameContext { presented, .. }) = found else {
        return None;
    };
    // `DnsName("*.example.com")`
    presented.iter().find_map(|name| Some(name.split('"').nth(1)?.replace('*', "a")))
}

/// Of what a server says only the number: its sentences may repeat what it was sent.
fn refused(error: &Error) -> Attempt {
    match error {
        Error::Server(error) => Attempt::Failed(match error.code {
            1044 | 1045 | 1698 => format!("it refuses the user or the password ({})", error.code),
            1049 => format!("it has no such database ({})", error.code),
            1040 | 1203 | 1226 => format!("it has no room for another connection ({})", error.code),
            1053 => format!("it is going down ({})", error.code),
            code => format!("it answers with the error {code}"),
        }),
        Error::Io(IoError::Io(error)) if error.to_string().contains("lookup address") => no_name(error),
        Error::Io(IoError::Io(error)) => Attempt::Failed(io_or_tls_reason(error)),
        Error::Io(IoError::Tls(TlsError::Tls(error))) => Attempt::Failed(reason(error)),
        Error::Io(IoError::Tls(_)) => Attempt::Failed("TLS failed".to_owned()),
        Error::Driver(DriverError::NoClientSslFlagFromServer) => {
            Attempt::Failed("it has no TLS, which the URL asks for".to_owned())
        }
        Error::Driver(DriverError::ConnectionClosed) => Attempt::Failed("the connection was broken off".to_owned()),
        Error::Driver(DriverError::UnknownAuthPlugin { .. } | DriverError::CleartextPluginDisabled) => {
            Attempt::Failed("no way to log in is one that it and the client know".to_owned())
        }
        Error::Url(_) => Attempt::Cannot("the URL cannot be read".to_owned()),
        _ => Attempt::Failed("what it answers is not what MySQL would".to_owned()),
    }
}
