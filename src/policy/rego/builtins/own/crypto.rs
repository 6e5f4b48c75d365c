//! Digests.

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use md5::Md5;
use regorus::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use super::{Entry, text};
use crate::policy::rego::builtins::own::common::hex;

pub(super) const FUNCTIONS: &[Entry] = &[
    ("crypto.md5", 1, digest::<Md5>),
    ("crypto.sha1", 1, digest::<Sha1>),
    ("crypto.sha256", 1, digest::<Sha256>),
    ("crypto.hmac.equal", 2, equal),
    ("crypto.hmac.md5", 2, keyed::<Hmac<Md5>>),
    ("crypto.hmac.sha1", 2, keyed::<Hmac<Sha1>>),
    ("crypto.hmac.sha256", 2, keyed::<Hmac<Sha256>>),
    ("crypto.hmac.sha512", 2, keyed::<Hmac<Sha512>>),
];

fn digest<D: Digest>(arguments: &[Value]) -> Result<Value, String> {
    let [value] = arguments else { return Err("one argument is needed".to_owned()) };
    Ok(Value::from(hex(&D::digest(text(value, "what is digested")?))))
}

/// Only texts: whether two digests are the same.
fn equal(arguments: &[Value]) -> Result<Value, String> {
    let [one, two] = arguments else { return Err("two arguments are needed".to_owned()) };
    Ok(Value::Bool(text(one, "a digest")? == text(two, "a digest")?))
}

fn keyed<M: Mac + KeyInit>(arguments: &[Value]) -> Result<Value, String> {
    let [value, key] = arguments else { return Err("two arguments are needed".to_owned()) };
    let (value, key) = (text(value, "what is digested")?, text(key, "the key")?);
    let mut mac = <M as Mac>::new_from_slice(key.as_bytes()).map_err(|error| error.to_string())?;
    mac.update(value.as_bytes());
    Ok(Value::from(hex(&mac.finalize().into_bytes())))
}
