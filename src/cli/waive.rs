//! `--waivers` and `--baseline`: which failures are answered for.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::assess::baseline::{self, Baseline};
use crate::assess::waivers;
use crate::config::Loaded;
use crate::error::Error;

#[derive(Debug, Default, Args)]
pub(super) struct WaiveArgs {
    /// Waivers [default: waivers.yaml beside the configuration or here, if it is there]
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// Let no waiver and no baseline count
    #[arg(long)]
    pub no_waivers: bool,
    /// Known failures, which do not count [default: seaworthy-baseline.json, likewise]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

impl WaiveArgs {
    /// The file of waivers, if there is one or one was named.
    pub(super) fn waivers_file(&self, loaded: &Loaded) -> Option<PathBuf> {
        if self.no_waivers {
            return None;
        }
        self.waivers.clone().or_else(|| beside(loaded, waivers::FILE))
    }

    /// The file of the baseline, if there is one or one was named.
    pub(super) fn baseline_file(&self, loaded: &Loaded) -> Option<PathBuf> {
        self.baseline.clone().or_else(|| beside(loaded, baseline::FILE))
    }

    /// The known failures.
    pub(super) fn baseline(&self, loaded: &Loaded) -> Result<Baseline, Error> {
        match self.baseline_file(loaded).filter(|_| !self.no_waivers) {
            Some(file) => Ok(Baseline::load(&file)?),
            None => Ok(Baseline::default()),
        }
    }
}

/// The file of that name beside the configuration, or in the current folder where there is no configuration.
fn beside(loaded: &Loaded, name: &str) -> Option<PathBuf> {
    let folder = loaded.file.as_deref().and_then(|file| Path::new(file).parent()).unwrap_or(Path::new(""));
    Some(folder.join(name)).filter(|file| file.is_file())
}
