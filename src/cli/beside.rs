//! Files that are found where the configuration is.

use std::path::{Path, PathBuf};

use crate::config::Loaded;

/// The file of that name beside the configuration, or in the current folder where there is no configuration, if it is there.
pub(super) fn beside(loaded: &Loaded, name: &str) -> Option<PathBuf> {
    Some(next_to(loaded, name)).filter(|file| file.is_file())
}

/// The file of that name beside the configuration, or in the current folder where there is no configuration.
pub(super) fn next_to(loaded: &Loaded, name: &str) -> PathBuf {
    let folder = loaded.file.as_deref().and_then(|file| Path::new(file).parent()).unwrap_or(Path::new(""));
    folder.join(name)
}
