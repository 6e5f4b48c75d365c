//! Fingerprints of texts, to tell quickly whether the same was seen before.

use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher, RandomState};
use std::sync::LazyLock;

use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128_with_seed};

/// Of a value: two values that differ have two. 128 bits with a seed that nobody knows before the run, so that no names
/// can be chosen to share one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Print(u128);

/// A table by fingerprint.
pub(crate) type HashMap<T> = std::collections::HashMap<Print, T, BuildHasherDefault<AsItIs>>;

/// A table by texts that others wrote, who cannot know the seed; far quicker than the table of the standard library.
pub(crate) type ByText<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<OfText>>;

static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));

impl Print {
    /// Of a text that stands for nothing else.
    pub(crate) fn of(kind: u8, bytes: &[u8]) -> Self {
        Self(xxh3_128_with_seed(bytes, SEED.wrapping_add(kind.into())))
    }

    /// Of this one followed by another, at a position.
    pub(crate) fn then(self, position: u64, other: Self) -> Self {
        let mut bytes = [0; 40];
        bytes[..16].copy_from_slice(&self.0.to_ne_bytes());
        bytes[16..32].copy_from_slice(&other.0.to_ne_bytes());
        bytes[32..].copy_from_slice(&position.to_ne_bytes());
        Self::of(b'+', &bytes)
    }
}

/// A fingerprint is spread well enough already.
#[derive(Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut part = [0; 8];
            part[..chunk.len()].copy_from_slice(chunk);
            self.0 ^= u64::from_ne_bytes(part);
        }
    }
}

/// Of texts, and of what holds several.
pub(crate) struct OfText(u64);

impl Default for OfText {
    fn default() -> Self {
        Self(*SEED)
    }
}

impl Hasher for OfText {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    /// The end of a text: what comes next is another.
    fn write_u8(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
}
