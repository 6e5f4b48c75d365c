//! Writing results: to stdout, or to a file that is whole or not there at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use thiserror::Error;

/// A result that could not be written.
#[derive(Debug, Error)]
#[error("cannot write '{target}': {source}")]
pub struct OutputError {
    target: String,
    source: io::Error,
}

/// A place for a result. It is opened before the work starts, so that a wrong path costs no scan.
#[derive(Debug)]
pub struct Output {
    target: String,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    Stdout,
    /// Something that cannot be replaced: a device or a pipe.
    Stream(File),
    /// Written beside the file, and then renamed to it.
    Beside {
        temporary: NamedTempFile,
        file: PathBuf,
    },
}

impl Output {
    /// Opens a file; `None` and `-` are stdout.
    pub fn open(path: Option<&Path>) -> Result<Self, OutputError> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Self { target: "stdout".to_owned(), sink: Sink::Stdout });
        };
        let target = path.display().to_string();
        match Sink::open(path) {
            Ok(sink) => Ok(Self { target, sink }),
            Err(source) => Err(OutputError { target, source }),
        }
    }

    /// Writes it. Until [`finish`](Self::finish) the file is as it was before.
    pub fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), OutputError> {
        let written = match &mut self.sink {
            Sink::Stdout => buffered(io::stdout().lock(), write).or_else(|error| match error.kind() {
                // The reader has seen enough: `seaworthy check … | head` is no error.
                io::ErrorKind::BrokenPipe => Ok(()),
                _ => Err(error),
            }),
            Sink::Stream(file) => buffered(file, write),
            Sink::Beside { temporary, .. } => buffered(temporary, write),
        };
        written.map_err(|source| OutputError { target: self.target.clone(), source })
    }

    /// Puts the file in its place.
    pub fn finish(self) -> Result<(), OutputError> {
        match self.sink {
            Sink::Stdout | Sink::Stream(_) => Ok(()),
            Sink::Beside { temporary, file } => match temporary.persist(file) {
                Ok(_) => Ok(()),
                Err(error) => Err(OutputError { target: self.target, source: error.error }),
            },
        }
    }
}

impl Sink {
    fn open(path: &Path) -> io::Result<Self> {
        let before = fs::metadata(path).ok();
        match &before {
            Some(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Some(there) if there.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
            Some(there) if !there.is_file() => return Ok(Self::Stream(File::options().write(true).open(path)?)),
            _ => {}
        }
        // What a symbolic link points to is replaced, not the link.
        let file = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "there is no such folder"));
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".seaworthy-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary = builder.tempfile_in(folder).map_err(|error| error.kind())?;
        if let Some(there) = before {
            temporary.as_file().set_permissions(there.permissions())?;
        }
        Ok(Self::Beside { temporary, file })
    }
}

fn buffered(out: impl Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    write(&mut out)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        fs::write(&path, "before").unwrap();

        let mut failed = Output::open(Some(&path)).unwrap();
        let error = failed.write(|out| {
            out.write_all(b"half")?;
            Err(io::Error::other("the disk is full"))
        });
        drop(failed);
        assert_eq!(error.unwrap_err().to_string(), format!("cannot write '{}': the disk is full", path.display()));
        assert_eq!(
            (fs::read_to_string(&path).unwrap(), names(folder.path())),
            ("before".into(), vec!["out.json".into()])
        );

        let mut written = Output::open(Some(&path)).unwrap();
        written.write(|out| out.write_all(b"after")).unwrap();
        written.finish().unwrap();
        assert_eq!(
            (fs::read_to_string(&path).unwrap(), names(folder.path())),
            ("after".into(), vec!["out.json".into()])
        );
    }

    #[test]
    fn what_cannot_be_written_is_known_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let error = Output::open(Some(&folder.path().join("missing/out.json"))).unwrap_err();
        assert!(error.to_string().ends_with("missing/out.json': there is no such folder"), "{error}");
        let error = Output::open(Some(folder.path())).unwrap_err();
        assert!(error.to_string().ends_with("': is a directory"), "{error}");
    }
}
