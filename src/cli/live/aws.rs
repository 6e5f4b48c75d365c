//! Asking AWS, and showing how far that is.

use super::super::{Global, PlaceArgs};
use super::progress;
use crate::collect::aws::{CollectOptions, collect};
use crate::config::Config;
use crate::error::Error;
use crate::model::Inventory;

/// Collects the estate of the configuration, as far as these places go.
pub(super) fn inventory(global: &Global, config: &Config, places: &PlaceArgs) -> Result<Inventory, Error> {
    let options = CollectOptions {
        accounts: places.account.clone(),
        regions: places.region.clone(),
        ..CollectOptions::new(global.now())
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::Runtime)?;
    Ok(runtime.block_on(collect(config, &options, progress::watch(global.quiet)))?)
}
