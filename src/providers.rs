//! What a provider's words mean: names, documents. No other stage takes them apart.

pub(crate) mod aws;
