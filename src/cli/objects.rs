//! A record that is kept in object storage.

use super::error::Error;
use crate::drill::DrillError;

#[cfg(feature = "aws")]
mod with {
    use super::*;
    use crate::cli::wait::wait;
    use crate::collect::aws::objects;

    fn unread(bucket: &str, key: &str, why: String) -> Error {
        Error::usage(
            format!("the record s3://{bucket}/{key} cannot be used: {why}"),
            "it needs s3:GetObject and s3:PutObject on that object, and s3:ListBucket on its bucket",
        )
    }

    /// Why it was not added.
    enum Failed {
        Storage(String),
        Drill(DrillError),
    }

    impl From<String> for Failed {
        fn from(why: String) -> Self {
            Self::Storage(why)
        }
    }

    pub(in crate::cli) fn read(bucket: &str, key: &str) -> Result<Option<(String, Option<String>)>, Error> {
        wait(objects::read(bucket, key))?.map_err(|why| unread(bucket, key, why))
    }

    pub(in crate::cli) fn append<T>(
        bucket: &str,
        key: &str,
        make: impl Fn(&str) -> Result<(String, T), DrillError>,
    ) -> Result<T, Error> {
        let made = wait(objects::replace(bucket, key, |text| make(text).map_err(Failed::Drill)))?;
        made.map_err(|failed| match failed {
            Failed::Drill(error) => error.into(),
            Failed::Storage(why) => unread(bucket, key, why),
        })
    }
}

#[cfg(not(feature = "aws"))]
mod with {
    use super::*;

    pub(in crate::cli) fn read(_: &str, _: &str) -> Result<Option<(String, Option<String>)>, Error> {
        Err(Error::NoAws)
    }

    pub(in crate::cli) fn append<T>(
        _: &str,
        _: &str,
        _: impl Fn(&str) -> Result<(String, T), DrillError>,
    ) -> Result<T, Error> {
        Err(Error::NoAws)
    }
}

pub(super) use with::{append, read};
