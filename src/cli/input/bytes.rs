//! Files and stdin as bytes.

use std::fs::File;
use std::io::{self, BufRead, Read as _, stdin};
use std::path::Path;

use super::InputError;
use crate::model::unpacked;

pub(in crate::cli) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// A file or stdin, and what it is called.
pub(super) fn open(path: &Path) -> (String, io::Result<Box<dyn BufRead + Send>>) {
    match is_stdin(path) {
        true => ("stdin".to_owned(), unpacked(stdin())),
        false => (path.display().to_string(), File::open(path).and_then(unpacked)),
    }
}

/// The bytes of a file or of stdin, and what it is called.
pub(in crate::cli) fn bytes(path: &Path) -> Result<(String, Vec<u8>), InputError> {
    let (file, input) = open(path);
    let mut bytes = Vec::new();
    match input.and_then(|mut input| input.read_to_end(&mut bytes)) {
        Ok(_) => Ok((file, bytes)),
        Err(source) => Err(InputError::Read { file, source }),
    }
}
