//! Files and stdin as bytes.

use std::fs::File;
use std::io::{BufReader, stdin};
use std::path::Path;

use super::InputError;
use crate::model::read_all;

pub(in crate::cli) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// The bytes of a file or of stdin, and what it is called.
pub(in crate::cli) fn bytes(path: &Path) -> Result<(String, Vec<u8>), InputError> {
    let (file, bytes) = if is_stdin(path) {
        ("stdin".to_owned(), read_all(BufReader::new(stdin().lock())))
    } else {
        (path.display().to_string(), File::open(path).and_then(|file| read_all(BufReader::new(file))))
    };
    match bytes {
        Ok(bytes) => Ok((file, bytes)),
        Err(source) => Err(InputError::Read { file, source }),
    }
}
