//! Ranges of addresses of either family.

use std::net::{Ipv4Addr, Ipv6Addr};

/// A range of addresses, as an address and the number of its first bits that all of them share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Range {
    first: u128,
    bits: u32,
    /// Bits of an address of its family: 32 or 128.
    length: u32,
}

impl Range {
    /// `10.0.0.0/16`, `fd00::/8`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/')?;
        let bits: u32 = bits.parse().ok()?;
        let fourth = address.parse::<Ipv4Addr>().ok().map(|address| (u128::from(u32::from(address)), 32));
        let (first, length) = fourth.or_else(|| Some((u128::from(address.parse::<Ipv6Addr>().ok()?), 128)))?;
        (bits <= length).then(|| Self { first, bits, length }.masked())
    }

    fn masked(self) -> Self {
        let rest = self.length - self.bits;
        // All bits of a number cannot be shifted out of it.
        let first = if rest >= u128::BITS { 0 } else { self.first >> rest << rest };
        Self { first, ..self }
    }

    /// It has every address of the other one.
    pub(super) fn holds(self, other: Self) -> bool {
        self.length == other.length && self.bits <= other.bits && Self { first: other.first, ..self }.masked() == self
    }

    /// They share an address.
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.holds(other) || other.holds(self)
    }

    /// The range that stands in `to` where this one stands in `from`, if those two are of one size.
    pub(super) fn moved(self, from: Self, to: Self) -> Option<Self> {
        let fits = from.holds(self) && (from.bits, from.length) == (to.bits, to.length);
        fits.then(|| Self { first: to.first | (self.first ^ from.first), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> Range {
        Range::parse(text).unwrap()
    }

    #[test]
    fn ranges_hold_overlap_and_move() {
        assert!(range("0.0.0.0/0").holds(range("10.0.0.0/16")));
        assert!(!range("0.0.0.0/0").holds(range("fd00::/8")));
        assert!(range("::/0").holds(range("fd00::/8")));
        assert!(!range("10.0.0.0/16").holds(range("10.0.0.0/8")));
        assert!(range("10.0.0.0/16").overlaps(range("10.0.0.0/8")));
        assert!(!range("10.0.0.0/16").overlaps(range("10.1.0.0/16")));
        let moved = range("10.0.7.0/24").moved(range("10.0.0.0/16"), range("10.50.0.0/16"));
        assert_eq!(moved, Some(range("10.50.7.0/24")));
        assert_eq!(range("10.0.7.0/24").moved(range("10.0.0.0/16"), range("10.50.0.0/17")), None);
        assert_eq!(range("10.9.7.0/24").moved(range("10.0.0.0/16"), range("10.50.0.0/16")), None);
        assert_eq!(range("10.0.7.9/24"), range("10.0.7.0/24"));
        assert_eq!([Range::parse("10.0.0.0"), Range::parse("10.0.0.0/33"), Range::parse("x/8")], [None; 3]);
    }
}
