//! Handshakes that take whatever certificate is presented, or any that is trusted, whatever its name; and why one failed.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::attempt::io_reason;
use super::roots;

/// Keeps what is presented. What was signed is verified in any case: whoever shows a certificate has its key.
#[derive(Debug, Default)]
pub(super) struct Presented {
    chain: Mutex<Option<Vec<CertificateDer<'static>>>>,
    /// Its chain has to lead to one of these.
    trusted: Option<RootCertStore>,
}

impl Presented {
    pub(super) fn trusting(roots: &[CertificateDer<'static>]) -> Self {
        Self { chain: Mutex::default(), trusted: Some(roots::store(roots)) }
    }

    /// A client that takes it.
    pub(super) fn client(self: Arc<Self>) -> Result<ClientConfig, Error> {
        let builder = ClientConfig::builder_with_provider(roots::provider()).with_safe_default_protocol_versions()?;
        Ok(builder.dangerous().with_custom_certificate_verifier(self).with_no_client_auth())
    }

    pub(super) fn take(&self) -> Option<Vec<CertificateDer<'static>>> {
        self.chain.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl ServerCertVerifier for Presented {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        rest: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if let Some(trusted) = &self.trusted {
            let parsed = ParsedCertificate::try_from(leaf)?;
            let algorithms = roots::provider().signature_verification_algorithms.all;
            verify_server_cert_signed_by_trust_anchor(&parsed, trusted, rest, now, algorithms)?;
        }
        let chain = std::iter::once(leaf).chain(rest).map(|one| one.clone().into_owned()).collect();
        *self.chain.lock().unwrap_or_else(PoisonError::into_inner) = Some(chain);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let provider = roots::provider();
        rustls::crypto::verify_tls12_signature(message, leaf, signed, &provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let provider = roots::provider();
        rustls::crypto::verify_tls13_signature(message, leaf, signed, &provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        roots::provider().signature_verification_algorithms.supported_schemes()
    }
}

/// Where it is TLS that did not come about, and not the connection.
pub(super) fn of_tls(error: &std::io::Error) -> Option<&Error> {
    error.get_ref()?.downcast_ref()
}

/// Why a connection with TLS did not come about.
pub(super) fn io_or_tls_reason(error: &std::io::Error) -> String {
    of_tls(error).map_or_else(|| io_reason(error), reason)
}

/// Why a handshake failed, in words that hold nothing that the other side sent.
pub(super) fn reason(error: &Error) -> String {
    match error {
        Error::InvalidCertificate(error) => match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "a certificate of its chain has expired".to_owned()
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "a certificate of its chain is not valid yet".to_owned()
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "its certificate is for another name".to_owned()
            }
            CertificateError::Revoked => "its certificate is revoked".to_owned(),
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                "its certificate leads to no root that is trusted here".to_owned()
            }
            CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
                "its certificate is not for servers".to_owned()
            }
            CertificateError::BadEncoding | CertificateError::UnhandledCriticalExtension => {
                "its certificate holds what is not understood".to_owned()
            }
            // The library has no word of its own for it, and tells it as it prints its values.
            CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
                "its certificate is that of an authority, such as one that signed itself, and not that of a server"
                    .to_owned()
            }
            CertificateError::Other(_) => "its certificate is not taken".to_owned(),
            other => format!("its certificate is not taken: {other}"),
        },
        Error::AlertReceived(alert) => format!("it refuses TLS: {alert:?}"),
        Error::InvalidMessage(_) => "what it answers is no TLS".to_owned(),
        Error::PeerIncompatible(_) | Error::PeerMisbehaved(_) => "its TLS is none that is understood".to_owned(),
        other => format!("TLS failed: {other}"),
    }
}
