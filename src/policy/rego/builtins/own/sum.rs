//! Sums as OPA has them: of floats with 64 bits, so that some are not what they would be in decimals.

use regorus::Value;
use regorus::unstable::ArithOp;

use crate::policy::rego::builtins::arithmetic;

/// A number that is not 0, as 64 bits and a power of two.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Float {
    is_negative: bool,
    bits: u64,
    exponent: i32,
}

/// The sum, if OPA has the same.
pub(super) fn sum(numbers: &[&Value]) -> Result<Value, String> {
    let add = |so_far: Value, one: &&Value| arithmetic(&ArithOp::Add, &so_far, one);
    let sum = numbers.iter().try_fold(Value::from(0), add)?;
    if numbers.iter().all(|value| matches!(value, Value::Number(number) if number.is_integer())) {
        return Ok(sum);
    }
    let rounded = numbers.iter().try_fold(None, |so_far, one| match (so_far, Float::of(one)?) {
        (None, one) => Some(one),
        (so_far, None) => Some(so_far),
        (Some(so_far), Some(one)) => so_far.add(one),
    });
    if rounded.is_some() && rounded == Float::of(&sum) {
        Ok(sum)
    } else {
        Err(format!("for OPA, the sum of these fractions is not just {sum}"))
    }
}

impl Float {
    /// The float that is nearest to a number of not too many digits, or that it is 0.
    fn of(value: &Value) -> Option<Option<Self>> {
        let text = value.to_string();
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text.as_str()), |text| (true, text));
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{part}");
        if digits.len() > 16 {
            return None;
        }
        let number: u128 = digits.parse().ok()?;
        if number == 0 {
            return Some(None);
        }
        let shift = number.leading_zeros();
        let divisor = 10_u128.checked_pow(u32::try_from(part.len()).ok()?)?;
        let number = number << shift;
        let is_more = !number.is_multiple_of(divisor);
        Some(Some(Self::round(is_negative, number / divisor, is_more, -i32::try_from(shift).ok()?)))
    }

    /// To the nearest of 64 bits, or to the even one of two; `is_more`: there are further bits, too small to be here.
    fn round(is_negative: bool, number: u128, is_more: bool, exponent: i32) -> Self {
        let over = 64_u32.saturating_sub(number.leading_zeros());
        let cut = number & ((1 << over) - 1);
        let (mut kept, half) = (number >> over, (1_u128 << over) >> 1);
        if over > 0 && (cut > half || cut == half && (is_more || kept & 1 == 1)) {
            kept += 1;
        }
        let mut exponent = exponent.saturating_add_unsigned(over);
        // All ones become a one more, and what has fewer bits gets all of them.
        if kept >> 64 > 0 {
            (kept, exponent) = (kept >> 1, exponent.saturating_add(1));
        }
        let bits = u64::try_from(kept).unwrap_or(u64::MAX);
        let room = bits.leading_zeros();
        Self { is_negative, bits: bits << room, exponent: exponent.saturating_sub_unsigned(room) }
    }

    /// The sum, or `None` of 0: nothing is sure of numbers that are too far from one another.
    fn add(self, other: Self) -> Option<Option<Self>> {
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let apart = u32::try_from(large.exponent.checked_sub(small.exponent)?).ok().filter(|apart| *apart < 60)?;
        let signed = |float: Self, shift: u32| {
            let number = i128::from(float.bits) << shift;
            if float.is_negative { -number } else { number }
        };
        let sum = signed(large, apart) + signed(small, 0);
        let sum = (sum != 0).then(|| Self::round(sum < 0, sum.unsigned_abs(), false, small.exponent));
        Some(sum)
    }
}
