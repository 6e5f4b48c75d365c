//! The proxy of the environment: that of the scheme, else `ALL_PROXY`, but for the hosts of `NO_PROXY`, as curl takes them.
//! The client's own reading takes the first that is set whatever the scheme, and leaves out those that it cannot read.

use ureq::http::Uri;
use ureq::{Proxy, ProxyProtocol};

use super::attempt::Attempt;

/// The proxy that leads to it. None: it is asked directly.
pub(super) fn of(url: &str, variable: impl Fn(&str) -> Option<String>) -> Result<Option<Proxy>, Attempt> {
    let uri: Uri = url.parse().map_err(|_| Attempt::Cannot("the URL cannot be read".to_owned()))?;
    let own = if uri.scheme_str() == Some("https") { "HTTPS_PROXY" } else { "HTTP_PROXY" };
    let either = |name: &str| {
        let lower = name.to_ascii_lowercase();
        variable(&lower).or_else(|| variable(name)).filter(|text| !text.trim().is_empty())
    };
    let Some((name, text)) = [own, "ALL_PROXY"].into_iter().find_map(|name| Some((name, either(name)?))) else {
        return Ok(None);
    };
    // It may hold a password, so that nothing of it is shown.
    let unfit = |_| Attempt::Cannot(format!("the proxy that {name} names cannot be read"));
    let named = Proxy::new(text.trim()).map_err(unfit)?;
    if !matches!(named.protocol(), ProxyProtocol::Http | ProxyProtocol::Https) {
        return Err(Attempt::Cannot(format!("{name} names a SOCKS proxy, and only HTTP proxies are spoken to")));
    }
    let mut proxy = Proxy::builder(named.protocol()).host(named.host()).port(named.port());
    if let Some(user) = named.username() {
        proxy = proxy.username(user);
    }
    if let Some(password) = named.password() {
        proxy = proxy.password(password);
    }
    for host in either("NO_PROXY").unwrap_or_default().split(',').map(str::trim).filter(|host| !host.is_empty()) {
        // A name means the hosts below it, too.
        proxy = proxy.no_proxy(host).no_proxy(&format!(".{}", host.trim_start_matches(['*', '.'])));
    }
    let proxy = proxy.build().map_err(unfit)?;
    Ok(Some(proxy).filter(|proxy| !proxy.is_no_proxy(&uri)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The proxy's address, or why there is none.
    fn found(url: &str, variables: &[(&str, &str)]) -> Result<Option<String>, String> {
        let of = of(url, |name| {
            let own = variables.iter().find(|(own, _)| *own == name);
            own.map(|(_, value)| (*value).to_owned())
        });
        of.map(|proxy| proxy.map(|proxy| format!("{}:{}", proxy.host(), proxy.port())))
            .map_err(|attempt| attempt.seen().to_owned())
    }

    #[test]
    fn the_proxy_is_that_of_the_scheme_else_that_of_all() {
        let all = [("HTTPS_PROXY", "http://tls:1"), ("http_proxy", "plain:2"), ("ALL_PROXY", "http://all:3")];
        let by = |host: &str| Ok(Some(host.to_owned()));
        assert_eq!(found("https://shop.example.com/", &all), by("tls:1"));
        assert_eq!(found("http://shop.example.com/", &all), by("plain:2"));
        assert_eq!(found("http://shop.example.com/", &[all[0], all[2]]), by("all:3"));
        assert_eq!(found("http://shop.example.com/", &[all[0], ("HTTP_PROXY", " ")]), Ok(None));
        let none = |hosts| [all[0], ("NO_PROXY", hosts)];
        assert_eq!(found("https://shop.example.com/", &none("localhost, example.com")), Ok(None));
        assert_eq!(found("https://shop.example.com/", &none(".example.com")), Ok(None));
        assert_eq!(found("https://shop.example.com/", &none("*")), Ok(None));
        assert_eq!(found("https://shop.example.com/", &none("le.com,other.com")), by("tls:1"));
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_told_without_its_password() {
        let cannot = |value| found("https://shop.example.com/", &[("HTTPS_PROXY", value)]).unwrap_err();
        assert_eq!(cannot("http://user:canary@:x y"), "the proxy that HTTPS_PROXY names cannot be read");
        assert_eq!(
            cannot("socks5://user:canary@proxy:1080"),
            "HTTPS_PROXY names a SOCKS proxy, and only HTTP proxies are spoken to"
        );
        assert_eq!(found("https://[/", &[]).unwrap_err(), "the URL cannot be read");
    }
}
