//! What several kinds of checks have wrong in the same way.

/// Why a kind cannot be meant: the field, and the sentence.
pub(super) type Fault = Option<(&'static str, String)>;

pub(super) fn fault(field: &'static str, message: &str) -> Fault {
    Some((field, message.to_owned()))
}

/// Why a URL cannot be meant. Nothing of it is repeated: it may hold a password.
pub(super) fn url_fault(url: &str) -> Option<String> {
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        return Some("expected a URL that begins with https:// or http://".to_owned());
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Some(
            "a URL must not hold a user or a password, for this file is read by many: put the URL into the \
                     environment, and name the variable as 'url-from'"
                .to_owned(),
        );
    }
    (authority.is_empty() || url.contains(char::is_whitespace)).then(|| "the URL has no host, or a blank".to_owned())
}

/// Why a name is none of an environment variable.
pub(super) fn variable_fault(name: &str) -> Option<String> {
    let first = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if first && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    // What is no name may be the URL itself, which is not to be repeated in a log.
    Some("expected the name of an environment variable, such as 'SHOP_DATABASE_URL', not what is in it".to_owned())
}

/// Why nothing can listen there.
pub(super) fn host_fault(host: &str, port: u16) -> Fault {
    let is_address = host.parse::<std::net::IpAddr>().is_ok();
    if host.is_empty() || host.contains(['/', '@', ' ']) || (host.contains(':') && !is_address) {
        return fault("host", "expected a name or an address alone, without a port");
    }
    if port == 0 { fault("port", "no port is 0") } else { None }
}
