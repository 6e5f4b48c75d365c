//! One try of a check, and what it is given.

use std::time::Duration;

#[cfg(feature = "aws")]
use crate::collect::aws::Probe;
use crate::model::Timestamp;

/// What came of one try: a sentence without a full stop, which may hold what a server sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    Passed(String),
    /// Something else than was wanted was seen.
    Failed(String),
    /// It could not be made now; the next try may be.
    CannotNow(String),
    /// It cannot be made at all in this run.
    Cannot(String),
}

impl Attempt {
    pub(super) fn seen(&self) -> &str {
        match self {
            Self::Passed(seen) | Self::Failed(seen) | Self::CannotNow(seen) | Self::Cannot(seen) => seen,
        }
    }
}

/// What a try is given.
pub(super) struct Cx<'a> {
    /// The longest that it may take.
    pub limit: Duration,
    /// The clock of the run, as it is by now.
    pub now: Timestamp,
    /// Where the application is to be up.
    #[cfg_attr(not(feature = "aws"), expect(dead_code, reason = "only AWS has regions"))]
    pub region: Option<&'a str>,
    /// The account that took over, where it is another one.
    #[cfg_attr(not(feature = "aws"), expect(dead_code, reason = "only AWS has accounts"))]
    pub account: Option<&'a str>,
    #[cfg(feature = "aws")]
    pub probe: Option<&'a Probe<'a>>,
}

/// What a variable of the environment holds.
pub(super) fn variable(name: &str) -> Result<String, Attempt> {
    match std::env::var(name) {
        Ok(value) if !value.trim().is_empty() => Ok(value.trim().to_owned()),
        Ok(_) => Err(Attempt::Cannot(format!("the environment variable {name} is empty"))),
        Err(std::env::VarError::NotPresent) => {
            Err(Attempt::Cannot(format!("the environment variable {name} is not set")))
        }
        Err(std::env::VarError::NotUnicode(_)) => {
            Err(Attempt::Cannot(format!("the environment variable {name} is no text")))
        }
    }
}

/// Why a connection did not come about, in words that are the same on every system.
pub(super) fn io_reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::ConnectionRefused => "the connection was refused".to_owned(),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
            "the connection was broken off".to_owned()
        }
        ErrorKind::UnexpectedEof => "the connection ended early".to_owned(),
        ErrorKind::TimedOut | ErrorKind::WouldBlock => "there was no answer in time".to_owned(),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => "there is no way to it from here".to_owned(),
        _ => error.to_string(),
    }
}

/// The addresses of a host. A resolver that does not answer says nothing of the host.
pub(super) async fn addresses(host: &str, port: u16) -> Result<Vec<std::net::SocketAddr>, Attempt> {
    match tokio::net::lookup_host((host, port)).await {
        Ok(found) => {
            let found: Vec<_> = found.collect();
            if found.is_empty() { Err(Attempt::Failed("the name has no address".to_owned())) } else { Ok(found) }
        }
        Err(error) => Err(no_name(&error)),
    }
}

/// Why a name was not resolved.
pub(super) fn no_name(error: &std::io::Error) -> Attempt {
    if error.to_string().contains("emporary failure") {
        return Attempt::CannotNow("the name could not be asked for: the resolver does not answer".to_owned());
    }
    Attempt::Failed("the name leads nowhere from here".to_owned())
}

/// A connection to the first address that takes one.
pub(super) async fn connect(host: &str, port: u16) -> Result<tokio::net::TcpStream, Attempt> {
    let mut last = String::new();
    for address in addresses(host, port).await? {
        match tokio::net::TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = io_reason(&error),
        }
    }
    Err(Attempt::Failed(last))
}
