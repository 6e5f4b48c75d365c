//! PostgreSQL, and Aurora that speaks like it.

use std::error::Error as _;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_postgres::{Client, Config, Error, SimpleQueryMessage};
use tokio_rustls::TlsConnector;

use super::url::{Parsed, TlsMode};
use crate::text::clip;
use crate::verify::attempt::{Attempt, io_reason, no_name};
use crate::verify::presented::{Presented, io_or_tls_reason};
use crate::verify::roots;

/// Whether it takes writes, if that is asked.
pub(super) async fn ask(url: &str, writer: bool, limit: Duration) -> Result<Option<bool>, Attempt> {
    let parsed = Parsed::of(url)?;
    let config: Result<Config, _> = parsed.url.parse();
    let mut config = config.map_err(|_| Attempt::Cannot("the URL cannot be read".to_owned()))?;
    let tls = tls(&parsed)?;
    config.connect_timeout(limit).application_name("seaworthy").ssl_mode(match parsed.mode {
        TlsMode::Off => SslMode::Disable,
        TlsMode::Prefer => SslMode::Prefer,
        _ => SslMode::Require,
    });
    let (client, connection) = config.connect(tls).await.map_err(|error| refused(&error))?;
    // It ends with the client.
    let driver = tokio::spawn(connection);
    let answered = queries(&client, writer).await;
    drop(client);
    let _ = driver.await;
    answered
}

async fn queries(client: &Client, writer: bool) -> Result<Option<bool>, Attempt> {
    client.simple_query("SELECT 1").await.map_err(|error| refused(&error))?;
    if !writer {
        return Ok(None);
    }
    let rows = client.simple_query("SELECT pg_is_in_recovery()").await.map_err(|error| refused(&error))?;
    let value = rows.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    Ok(value.and_then(|value| match value {
        "f" => Some(true),
        "t" => Some(false),
        _ => None,
    }))
}

fn tls(parsed: &Parsed) -> Result<Tls, Attempt> {
    let config = match parsed.mode {
        TlsMode::Off | TlsMode::Prefer | TlsMode::Require => Arc::new(Presented::default()).client(),
        TlsMode::VerifyCa => Arc::new(Presented::trusting(&parsed.trusted()?)).client(),
        TlsMode::VerifyFull => roots::client(&parsed.trusted()?),
    };
    config.map(|config| Tls(Arc::new(config))).map_err(|error| Attempt::Cannot(error.to_string()))
}

/// Of what a server says only the code: its sentences may repeat what it was sent.
fn refused(error: &Error) -> Attempt {
    if let Some(code) = error.code() {
        let code = clip(code.code(), 8);
        return Attempt::Failed(match code.get(..2) {
            Some("28") => format!("it refuses the user or the password ({code})"),
            Some("3D") => format!("it has no such database ({code})"),
            Some("57") => format!("it is starting up or going down ({code})"),
            Some("53") => format!("it has no room for another connection ({code})"),
            _ => format!("it answers with the error {code}"),
        });
    }
    let mut source = error.source();
    while let Some(found) = source {
        if let Some(error) = found.downcast_ref::<io::Error>() {
            if error.to_string().contains("lookup address") {
                return no_name(error);
            }
            return Attempt::Failed(io_or_tls_reason(error));
        }
        source = found.source();
    }
    match error.to_string().as_str() {
        "invalid configuration" => Attempt::Cannot("the URL lacks something: a user, a password or a host".to_owned()),
        "authentication error" => Attempt::Failed("no way to log in is one that it and the client know".to_owned()),
        "error performing TLS handshake" => Attempt::Failed("it has no TLS, which the URL asks for".to_owned()),
        "connection closed" => Attempt::Failed("the connection was broken off".to_owned()),
        "error connecting to server" | "timeout waiting for server" => {
            Attempt::Failed(io_reason(&io::ErrorKind::TimedOut.into()))
        }
        _ => Attempt::Failed("what it answers is not what PostgreSQL would".to_owned()),
    }
}

/// TLS by rustls, as the client of PostgreSQL wants it.
#[derive(Clone)]
struct Tls(Arc<ClientConfig>);

/// The same for a host.
struct TlsTo(Arc<ClientConfig>, ServerName<'static>);

struct Encrypted<S>(tokio_rustls::client::TlsStream<S>);

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> MakeTlsConnect<S> for Tls {
    type Stream = Encrypted<S>;
    type TlsConnect = TlsTo;
    type Error = io::Error;

    fn make_tls_connect(&mut self, host: &str) -> io::Result<TlsTo> {
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|_| io::Error::other("the host has no name that a certificate could be for"))?;
        Ok(TlsTo(self.0.clone(), name))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> TlsConnect<S> for TlsTo {
    type Stream = Encrypted<S>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Encrypted<S>>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        Box::pin(async move { TlsConnector::from(self.0).connect(self.1, stream).await.map(Encrypted) })
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream for Encrypted<S> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Encrypted<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, into)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Encrypted<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
