//! From work that may fail to what a page was promised.

use anyhow::Result;
use app::desk::{Failure, Pending};
use std::future::Future;

/// The whole chain of causes goes along, for the log.
pub fn pending<'a, T>(work: impl Future<Output = Result<T>> + Send + 'a) -> Pending<'a, T> {
    Box::pin(async move { work.await.map_err(|error| Failure(format!("{error:#}"))) })
}
