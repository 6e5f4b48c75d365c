//! Waiting for work that waits for others.

use super::error::Error;

/// Does it, and gives what it comes to. Whatever still waits for an answer on a thread of its own by then is not waited for.
pub(super) fn wait<T>(work: impl Future<Output = T>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::Runtime)?;
    let made = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(made)
}
