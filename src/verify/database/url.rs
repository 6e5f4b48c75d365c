//! What the URL of a database says of TLS, as the clients of the databases themselves read it.

use rustls::pki_types::CertificateDer;

use crate::verify::attempt::Attempt;
use crate::verify::roots;

/// How much TLS is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TlsMode {
    Off,
    /// Where the server has it.
    Prefer,
    /// Whatever its certificate is.
    Require,
    /// The certificate has to be trusted.
    VerifyCa,
    /// And to be for the host.
    VerifyFull,
}

/// A URL without what it says of TLS, and that.
#[derive(Debug)]
pub(super) struct Parsed {
    pub url: String,
    pub mode: TlsMode,
    /// A file with roots.
    pub roots: Option<String>,
}

impl Parsed {
    /// Both `sslmode` of PostgreSQL and `ssl-mode` of MySQL, in any spelling of the words. Without a word, TLS is preferred.
    pub(super) fn of(url: &str) -> Result<Self, Attempt> {
        let (bare, query) = url.split_once('?').unwrap_or((url, ""));
        let (mut mode, mut roots, mut rest) = (TlsMode::Prefer, None, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let key: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
            match key.to_ascii_lowercase().as_str() {
                "sslmode" => {
                    let value = value.to_ascii_lowercase().replace('_', "-");
                    mode = match value.as_str() {
                        "disable" | "disabled" => TlsMode::Off,
                        "allow" | "prefer" | "preferred" => TlsMode::Prefer,
                        "require" | "required" => TlsMode::Require,
                        "verify-ca" => TlsMode::VerifyCa,
                        "verify-full" | "verify-identity" => TlsMode::VerifyFull,
                        _ => {
                            return Err(Attempt::Cannot("the mode of TLS in the URL is none that is known".to_owned()));
                        }
                    };
                }
                "sslrootcert" | "sslca" => roots = Some(value.to_owned()).filter(|value| value != "system"),
                _ => rest.push(pair),
            }
        }
        // As libpq has it: with roots of its own, what is required is verified, too.
        if mode == TlsMode::Require && roots.is_some() {
            mode = TlsMode::VerifyCa;
        }
        let url = if rest.is_empty() { bare.to_owned() } else { format!("{bare}?{}", rest.join("&")) };
        Ok(Self { url, mode, roots })
    }

    /// Whom it trusts.
    pub(super) fn trusted(&self) -> Result<Vec<CertificateDer<'static>>, Attempt> {
        let found = match &self.roots {
            Some(file) => roots::from_file(file),
            None => roots::certificates().map(<[_]>::to_vec),
        };
        found.map_err(Attempt::Cannot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_url_says_of_tls_is_taken_out_of_it() {
        let read = |url: &str| {
            let parsed = Parsed::of(url).unwrap();
            (parsed.url, parsed.mode, parsed.roots)
        };
        let url = "postgres://u:p@h/db";
        assert_eq!(read(url), (url.to_owned(), TlsMode::Prefer, None));
        let full = read("postgres://u:p@h/db?sslmode=verify-full&connect_timeout=3&sslrootcert=rds.pem");
        let bare = "postgres://u:p@h/db?connect_timeout=3".to_owned();
        assert_eq!(full, (bare, TlsMode::VerifyFull, Some("rds.pem".to_owned())));
        let mysql = read("mysql://u:p@h/db?ssl-mode=VERIFY_IDENTITY");
        assert_eq!(mysql, ("mysql://u:p@h/db".to_owned(), TlsMode::VerifyFull, None));
        assert_eq!(read("mysql://h/db?sslMode=REQUIRED&ssl-ca=x").1, TlsMode::VerifyCa);
        let error = Parsed::of("postgres://u:canary@h/db?sslmode=maybe").unwrap_err();
        assert_eq!(error, Attempt::Cannot("the mode of TLS in the URL is none that is known".to_owned()));
    }
}
