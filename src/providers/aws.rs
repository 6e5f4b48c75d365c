//! AWS.

pub(crate) mod apigateway;
pub(crate) mod documents;
pub(crate) mod eks;
pub(crate) mod forms;
pub(crate) mod lambda;
pub(crate) mod names;
pub(crate) mod quotas;
pub(crate) mod schedule;
