//! Texts that were taken away because they are secret.

use std::collections::BTreeSet;

/// Texts that Terraform marks. What a name alone tells is not looked for elsewhere: `secret_id: orders` names a database,
/// too.
#[derive(Default)]
pub(super) struct Taken(pub(super) BTreeSet<String>);

impl Taken {
    /// Terraform marks it. A plain word is no secret that could be told from others: users are called `postgres`, and so
    /// are engines.
    pub(super) fn marked(&mut self, text: &str) {
        let is_word = text.bytes().all(|byte| byte.is_ascii_lowercase())
            || (text.len() < 12
                && text.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_' | b'.')));
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() < 8;
        if text.len() >= 3 && !is_word && !is_number {
            self.0.insert(text.to_owned());
        }
    }
}
