//! One file of Terraform code, read.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::block::{Code, FileProblem};
use super::{hcl, json};

/// Greatest file that is read. Code that people write is far below; what generators write may be some MiB.
const MAX_BYTES: u64 = 16 << 20;

impl Code {
    /// Reads a file. A bad one has a trouble, and no blocks.
    pub(super) fn read(path: &Path) -> Self {
        match text(path) {
            Ok(text) if path.extension().is_some_and(|extension| extension == "json") => json::parse(&text),
            Ok(text) => hcl::parse(&text),
            Err(trouble) => Self { trouble: Some(trouble), ..Self::default() },
        }
    }
}

fn text(path: &Path) -> Result<String, FileProblem> {
    let bytes = bytes(path).map_err(|error| (None, format!("not read: {error}")))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err((None, format!("not read: it is larger than {} MiB", MAX_BYTES >> 20)));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
        (u32::try_from(line).ok(), "not read: it is not UTF-8".to_owned())
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // Opening a pipe would wait for ever.
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
