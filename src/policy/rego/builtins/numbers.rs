//! Arithmetic as OPA has it: decimals are exact where they can be written down.

use regorus::Value;
use regorus::unstable::ArithOp;
use rust_decimal::Decimal;

/// `+`, `-`, `*`, `/` and `%` of two numbers.
pub(in crate::policy::rego) fn arithmetic(op: &ArithOp, one: &Value, two: &Value) -> Result<Value, String> {
    let (Value::Number(a), Value::Number(b)) = (one, two) else {
        return Err(format!("arithmetic is for numbers, and this is {one} and {two}"));
    };
    let is_zero = *two == Value::from(0);

    match op {
        ArithOp::Div | ArithOp::Mod if is_zero => return Err("division by zero".to_owned()),
        ArithOp::Mod if !a.is_integer() || !b.is_integer() => return Err("'%' is for whole numbers".to_owned()),
        _ => {}
    }
    // Two binary fractions seldom add up to the one that is nearest to the decimal sum: 0.1 + 0.2 is not 0.3.
    if !(a.is_integer() && b.is_integer())
        && let (Some(a), Some(b)) = (decimal(one), decimal(two))
    {
        let sum = match op {
            ArithOp::Add => a.checked_add(b),
            ArithOp::Sub => a.checked_sub(b),
            ArithOp::Mul => a.checked_mul(b),
            ArithOp::Div => a.checked_div(b),
            ArithOp::Mod => None,
        };
        if let Some(sum) = sum {
            return Value::from_numeric_string(&sum.normalize().to_string()).map_err(|error| error.to_string());
        }
    }
    let number = match op {
        ArithOp::Add => a.add(b),
        ArithOp::Sub => a.sub(b),
        ArithOp::Mul => a.mul(b),
        ArithOp::Div => a.clone().divide(b),
        ArithOp::Mod => a.clone().modulo(b),
    };
    number.map(Value::Number).map_err(|error| error.to_string())
}

/// A number that was written down as a decimal. One with all the digits that a binary fraction has was computed, and is
/// nearer to the truth as it is.
fn decimal(value: &Value) -> Option<Decimal> {
    let text = value.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.parse().ok().filter(|_| digits <= 15)
}
