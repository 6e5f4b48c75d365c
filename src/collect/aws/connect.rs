//! How AWS is talked to: one HTTP client for everything, retries and time-outs. Endpoints and credentials come from the
//! SDK's own environment variables and files.

use std::num::NonZeroU32;
use std::time::Duration;

use aws_config::profile::ProfileSet;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig, meta::region::RegionProviderChain};
use aws_runtime::env_config::{EnvConfigValue, file::EnvConfigFiles};
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_types::os_shim_internal::{Env, Fs};

use super::error::Environment;

/// Asked when neither the environment nor a profile names a region.
const FALLBACK_REGION: &str = "us-east-1";

/// The caller's own configuration.
pub(super) async fn base() -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(http_client())
        .region(RegionProviderChain::default_provider().or_else(FALLBACK_REGION))
        .retry_config(
            RetryConfig::standard()
                .with_max_attempts(max_attempts().await)
                .with_initial_backoff(Duration::from_millis(200))
                .with_max_backoff(Duration::from_secs(5)),
        )
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(Duration::from_millis(3_100))
                .read_timeout(Duration::from_secs(30))
                .operation_attempt_timeout(Duration::from_secs(40))
                .operation_timeout(Duration::from_secs(90))
                .build(),
        )
        .load()
        .await
}

/// How often a call is tried: AWS_MAX_ATTEMPTS, or `max_attempts` of the profile. The SDK reads both by itself, but ends the
/// process where one is no number or 0, and takes 3 where none is set: too few for a scan, which asks a lot at once.
async fn max_attempts() -> u32 {
    EnvConfigValue::new()
        .env("AWS_MAX_ATTEMPTS")
        .profile("max_attempts")
        .validate(&Env::real(), profiles().await.as_ref(), str::parse::<NonZeroU32>)
        .ok()
        .flatten()
        .map_or(6, NonZeroU32::get)
}

/// What the SDK's files say. `None`: they cannot be read.
async fn profiles() -> Option<ProfileSet> {
    aws_config::profile::load(&Fs::real(), &Env::real(), &EnvConfigFiles::default(), None).await.ok()
}

/// The same configuration for another region.
pub(super) fn in_region(config: &SdkConfig, region: &str) -> SdkConfig {
    config.to_builder().region(Region::new(region.to_owned())).build()
}

/// The region that a configuration asks.
pub(super) fn region(config: &SdkConfig) -> &str {
    config.region().map_or(FALLBACK_REGION, AsRef::as_ref)
}

/// Where credentials and endpoint come from. It is asked only where they do not work.
pub(super) async fn environment(config: &SdkConfig) -> Environment {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let names = |profiles: ProfileSet| {
        let mut names: Vec<_> = profiles.profiles().map(str::to_owned).collect();
        names.sort();
        names
    };
    Environment {
        profile: variable("AWS_PROFILE"),
        profiles: profiles().await.map(names),
        region: region(config).to_owned(),
        endpoint: variable("AWS_ENDPOINT_URL"),
    }
}

/// One pool of connections: without it, every SDK client would make its own. Proxies are taken from the environment,
/// which the SDK's default client does not do.
pub(super) fn http_client() -> SharedHttpClient {
    Builder::new().build_with_connector_fn(|settings, components| {
        let mut connector = Connector::builder().proxy_config(ProxyConfig::from_env());
        if let Some(settings) = settings {
            connector = connector.connector_settings(settings.clone());
        }
        connector.set_sleep_impl(components.and_then(|components| components.sleep_impl()));
        connector.tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build()
    })
}
