//! Whom TLS trusts: the roots of the platform, or those of `SSL_CERT_FILE` and `SSL_CERT_DIR`.

use std::sync::{Arc, LazyLock};

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

/// One provider of cryptography for all checks.
pub(super) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: LazyLock<Arc<CryptoProvider>> =
        LazyLock::new(|| Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
    PROVIDER.clone()
}

/// The certificates of the roots. The error is a sentence.
pub(super) fn certificates() -> Result<&'static [CertificateDer<'static>], String> {
    static FOUND: LazyLock<Result<Vec<CertificateDer<'static>>, String>> = LazyLock::new(|| {
        let found = rustls_native_certs::load_native_certs();
        if found.certs.is_empty() {
            let why = found.errors.first().map(|error| format!(": {error}")).unwrap_or_default();
            return Err(format!(
                "no roots were found that TLS could trust{why} (SSL_CERT_FILE names a file with some)"
            ));
        }
        Ok(found.certs)
    });
    FOUND.as_deref().map_err(Clone::clone)
}

/// Those of a file. The error is a sentence.
pub(super) fn from_file(file: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    let found = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    found.map_err(|_| format!("the certificates in '{file}' cannot be read"))
}

pub(super) fn store(certificates: &[CertificateDer<'static>]) -> RootCertStore {
    let mut store = RootCertStore::empty();
    // Platforms carry roots that are not understood, and need not be.
    store.add_parsable_certificates(certificates.iter().cloned());
    store
}

/// A client that trusts these roots.
pub(super) fn client(certificates: &[CertificateDer<'static>]) -> Result<ClientConfig, rustls::Error> {
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions()?;
    Ok(builder.with_root_certificates(store(certificates)).with_no_client_auth())
}
