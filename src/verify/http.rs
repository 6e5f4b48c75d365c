//! A page answers with the status, and the text, that it should. Redirects are told and not followed: they may lead to a host
//! that nobody named.

use std::io::Read;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{Response, header::LOCATION};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Body, Error, Timeout};

use super::attempt::{Attempt, Cx, io_reason, no_name, variable};
use super::presented::{io_or_tls_reason, of_tls, reason};
use super::{proxy, roots};
use crate::config::checks::{HttpCheck, HttpMethod, Statuses, shown};
use crate::text::clip;

/// So much of an answer is searched.
const SEARCHED: u64 = 1 << 20;

/// So many characters of an answer are shown where the text is not in it.
const SHOWN: usize = 80;

pub(super) async fn ask(check: &HttpCheck, cx: &Cx<'_>) -> Attempt {
    let url = match (&check.url, &check.url_from) {
        (Some(url), _) => url.clone(),
        (None, Some(name)) => match variable(name) {
            Ok(url) => url,
            Err(attempt) => return attempt,
        },
        (None, None) => return Attempt::Cannot("no URL is given".to_owned()),
    };
    let (check, limit) = (check.clone(), cx.limit);
    // The client waits on a thread of its own.
    let asked = tokio::task::spawn_blocking(move || try_once(&check, &url, limit)).await;
    asked.unwrap_or_else(|_| Attempt::Cannot("the client broke".to_owned()))
}

fn try_once(check: &HttpCheck, url: &str, limit: Duration) -> Attempt {
    let mut tls = TlsConfig::builder().unversioned_rustls_crypto_provider(roots::provider());
    if url.starts_with("https:") {
        match roots::certificates() {
            Ok(found) => {
                let found: Vec<_> = found.iter().map(|one| Certificate::from_der(one).to_owned()).collect();
                tls = tls.root_certs(RootCerts::new_with_certs(&found));
            }
            Err(why) => return Attempt::Cannot(why),
        }
    }
    let proxy = match proxy::of(url, |name| std::env::var(name).ok()) {
        Ok(proxy) => proxy,
        Err(attempt) => return attempt,
    };
    let is_direct = proxy.is_none();
    let config = Config::builder()
        .tls_config(tls.build())
        .proxy(proxy)
        .timeout_global(Some(limit))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("seaworthy/", env!("CARGO_PKG_VERSION")))
        .build();
    let agent = config.new_agent();
    let answer = match check.method {
        HttpMethod::Get => agent.get(url).call(),
        HttpMethod::Head => agent.head(url).call(),
    };
    match answer {
        Ok(answer) => judge(check, answer),
        Err(error) if !is_direct && is_of_the_way(&error) => {
            Attempt::CannotNow("the proxy of the environment does not answer, or does not lead there".to_owned())
        }
        Err(error) => refused(&error),
    }
}

/// What fails before the other side is reached says of a proxy what it would say of the page.
fn is_of_the_way(error: &Error) -> bool {
    match error {
        Error::Io(error) => of_tls(error).is_none(),
        Error::HostNotFound | Error::ConnectionFailed | Error::Timeout(_) => true,
        _ => false,
    }
}

fn judge(check: &HttpCheck, mut answer: Response<Body>) -> Attempt {
    let status = answer.status().as_u16();
    let wanted = check.status.as_ref().map(Statuses::as_slice);
    if !wanted.map_or_else(|| (200..300).contains(&status), |all| all.contains(&status)) {
        let to = answer.headers().get(LOCATION).filter(|_| answer.status().is_redirection() && check.url.is_some());
        let to = to
            .map(|to| format!(", to {} (redirects are not followed)", shown(&String::from_utf8_lossy(to.as_bytes()))));
        let wanted = wanted.map_or_else(
            || "200 to 299".to_owned(),
            |all| all.iter().map(u16::to_string).collect::<Vec<_>>().join(" or "),
        );
        return Attempt::Failed(format!("it answers {status}{}, not {wanted}", to.unwrap_or_default()));
    }
    let Some(text) = &check.contains else { return Attempt::Passed(format!("it answers {status}")) };
    let (found, ended) = read_until(text, answer.body_mut().as_reader());
    match ended {
        Ok(true) => Attempt::Passed(format!("it answers {status}, with '{text}'")),
        Err(error) => Attempt::Failed(format!(
            "it answers {status}, and up to where its text broke off there is no '{text}': {}",
            io_reason(&error)
        )),
        Ok(false) if found.is_empty() => Attempt::Failed(format!("it answers {status}, with no text")),
        // A page may repeat what it was asked with.
        Ok(false) if check.url.is_none() => Attempt::Failed(format!("it answers {status}, without '{text}'")),
        Ok(false) => {
            let begin = clip(String::from_utf8_lossy(&found).trim(), SHOWN).into_owned();
            Attempt::Failed(format!("it answers {status}, without '{text}'; the text begins: {begin}"))
        }
    }
}

/// Reads until the text is there: a page that never ends may hold it all the same.
fn read_until(text: &str, page: impl Read) -> (Vec<u8>, std::io::Result<bool>) {
    let (mut found, mut piece) = (Vec::new(), [0; 8_192]);
    let mut page = page.take(SEARCHED);
    loop {
        let read = match page.read(&mut piece) {
            Ok(0) => return (found, Ok(false)),
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return (found, Err(error)),
        };
        // It may stand across two pieces.
        let from = found.len().saturating_sub(text.len());
        found.extend(piece.iter().take(read));
        if found.get(from..).is_some_and(|new| String::from_utf8_lossy(new).contains(text)) {
            return (found, Ok(true));
        }
    }
}

/// Nothing of the URL is repeated, which may be a secret.
fn refused(error: &Error) -> Attempt {
    match error {
        Error::HostNotFound => Attempt::Failed("the name leads nowhere from here".to_owned()),
        Error::Timeout(Timeout::Resolve) => {
            Attempt::CannotNow("the name could not be asked for: the resolver does not answer".to_owned())
        }
        Error::Timeout(_) => Attempt::Failed("there was no answer in time".to_owned()),
        Error::Io(error) if error.to_string().contains("lookup address") => no_name(error),
        Error::Io(error) => Attempt::Failed(io_or_tls_reason(error)),
        Error::Rustls(error) => Attempt::Failed(reason(error)),
        Error::ConnectionFailed => Attempt::Failed("no connection came about".to_owned()),
        Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => {
            Attempt::CannotNow("the proxy of the environment does not lead there".to_owned())
        }
        Error::BadUri(_) | Error::Http(_) => Attempt::Cannot("the URL cannot be read".to_owned()),
        Error::Protocol(_) => Attempt::Failed("what it answers is no HTTP".to_owned()),
        Error::LargeResponseHeader(..) => Attempt::Failed("the header of its answer is too large".to_owned()),
        _ => Attempt::Failed("it could not be asked".to_owned()),
    }
}
