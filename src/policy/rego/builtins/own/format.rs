//! `sprintf`: what Go would write, its marks for what does not fit included, or an error where that is not sure.

use regorus::Value;

use super::{Entry, quoted, text};
use crate::policy::rego::builtins::MAX_TEXT;
use crate::policy::rego::builtins::order::{members, sorted};
use crate::policy::rego::builtins::own::common::number;

pub(super) const FUNCTIONS: &[Entry] = &[("sprintf", 2, sprintf)];

/// Widest that one value may be written.
const MAX_WIDTH: usize = 10_000;

/// What stands between `%` and the verb.
#[derive(Default)]
struct Flags {
    minus: bool,
    plus: bool,
    zero: bool,
    space: bool,
    width: usize,
    precision: Option<usize>,
}

fn sprintf(arguments: &[Value]) -> Result<Value, String> {
    let [format, Value::Array(values)] = arguments else {
        return Err("a text and an array are needed".to_owned());
    };
    let (mut made, mut values) = (String::new(), values.iter());
    let mut chars = text(format, "the format")?.chars().peekable();
    while let Some(char) = chars.next() {
        if char != '%' {
            made.push(char);
            continue;
        }
        if chars.next_if_eq(&'%').is_some() {
            made.push('%');
            continue;
        }
        let mut flags = Flags::default();
        while let Some(flag) = chars.next_if(|char| "-+0 ".contains(*char)) {
            match flag {
                '-' => flags.minus = true,
                '+' => flags.plus = true,
                '0' => flags.zero = true,
                _ => flags.space = true,
            }
        }
        flags.width = digits(&mut chars)?.unwrap_or(0);
        if chars.next_if_eq(&'.').is_some() {
            flags.precision = Some(digits(&mut chars)?.unwrap_or(0));
        }
        let verb = chars.next().ok_or("the format ends in '%'")?;
        if !verb.is_ascii_alphabetic() || "Tpw".contains(verb) {
            return Err(format!("'%{verb}' is not understood"));
        }
        match values.next() {
            Some(value) => made.push_str(&flags.write(verb, value)?),
            None => made.push_str(&format!("%!{verb}(MISSING)")),
        }
        if made.len() > MAX_TEXT {
            return Err("the text would be too long".to_owned());
        }
    }
    let over = values.map(typed).collect::<Result<Vec<_>, _>>()?;
    if !over.is_empty() {
        made.push_str(&format!("%!(EXTRA {})", over.join(", ")));
    }
    Ok(Value::from(made))
}

fn digits(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<Option<usize>, String> {
    let mut digits = String::new();
    while let Some(digit) = chars.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    match digits.parse() {
        _ if digits.is_empty() => Ok(None),
        Ok(number) if number <= MAX_WIDTH => Ok(Some(number)),
        _ => Err(format!("a width of {digits} is too much")),
    }
}

impl Flags {
    /// Go's mark for a value that the verb is not for.
    fn mark(&self, verb: char, value: &Value) -> Result<String, String> {
        let verbs = match value {
            Value::Number(number) if number.is_integer() => "vdboOxXcqU",
            Value::Number(_) => "veEfFgGbxX",
            _ => "vsxXq",
        };
        let is_plain = !(self.minus || self.plus || self.zero || self.space) && self.width == 0;
        if verbs.contains(verb) || !is_plain || self.precision.is_some() {
            return Err(format!("'%{verb}' does not fit {value}"));
        }
        Ok(format!("%!{verb}({})", typed(value)?))
    }

    fn write(&self, verb: char, value: &Value) -> Result<String, String> {
        self.fitting(verb, value).or_else(|_| self.mark(verb, value))
    }

    fn fitting(&self, verb: char, value: &Value) -> Result<String, String> {
        let misfit = || format!("'%{verb}' does not fit {value}");
        match value {
            Value::Number(whole) if whole.is_integer() => self.whole(verb, &number(value)?).ok_or_else(misfit),
            Value::Number(number) => self.fraction(verb, number.as_f64().ok_or_else(misfit)?).ok_or_else(misfit),
            _ if self.plus || self.space => Err(misfit()),
            _ => {
                let mut text = match value {
                    Value::String(text) => text.to_string(),
                    other => term(other)?,
                };
                if let Some(precision) = self.precision {
                    text = text.chars().take(precision).collect();
                }
                match verb {
                    'v' | 's' => {}
                    'q' => text = quoted(&text)?,
                    'x' | 'X' if self.precision.is_none() => {
                        text = super::common::hex(text.as_bytes());
                        if verb == 'X' {
                            text.make_ascii_uppercase();
                        }
                    }
                    _ => return Err(misfit()),
                }
                Ok(self.pad(&text))
            }
        }
    }

    fn whole(&self, verb: char, decimal: &str) -> Option<String> {
        let (is_negative, digits) = match decimal.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, decimal),
        };
        let small = || digits.parse::<u128>().ok();
        let mut digits = match verb {
            'v' if !self.plus && !self.space => digits.to_owned(),
            'd' => digits.to_owned(),
            'x' => format!("{:x}", small()?),
            'X' => format!("{:X}", small()?),
            'o' => format!("{:o}", small()?),
            'b' => format!("{:b}", small()?),
            _ => return None,
        };
        let sign = match () {
            () if is_negative => "-",
            () if self.plus => "+",
            () if self.space => " ",
            () => "",
        };
        if self.precision.is_some() && decimal.parse::<i64>().is_err() {
            return None;
        }
        let wanted = match self.precision {
            Some(precision) => {
                if precision == 0 && digits == "0" {
                    return (sign.is_empty()).then(|| " ".repeat(self.width));
                }
                precision
            }
            None if self.zero && !self.minus => self.width.saturating_sub(sign.len()),
            None => 0,
        };
        if digits.len() < wanted {
            digits = "0".repeat(wanted - digits.len()) + &digits;
        }
        Some(Self { zero: false, ..*self }.pad(&(sign.to_owned() + &digits)))
    }

    fn fraction(&self, verb: char, number: f64) -> Option<String> {
        let digits = match verb {
            'f' | 'F' => format!("{:.*}", self.precision.unwrap_or(6), number.abs()),
            'v' if self.precision.is_none() && !self.plus && !self.space => shortest(number.abs()),
            _ => return None,
        };
        let sign = match () {
            () if number < 0.0 => "-",
            () if self.plus => "+",
            () if self.space => " ",
            () => "",
        };
        if self.zero && !self.minus && !sign.is_empty() {
            let zeros = self.width.saturating_sub(digits.len() + 1);
            return Some(format!("{sign}{}{digits}", "0".repeat(zeros)));
        }
        Some(self.pad(&(sign.to_owned() + &digits)))
    }

    fn pad(&self, text: &str) -> String {
        let room = self.width.saturating_sub(text.chars().count());
        match () {
            () if self.minus => text.to_owned() + &" ".repeat(room),
            () if self.zero => "0".repeat(room) + text,
            () => " ".repeat(room) + text,
        }
    }
}

/// A value with the type that it has in Go: `int64=3`.
fn typed(value: &Value) -> Result<String, String> {
    Ok(match value {
        Value::Number(whole) if whole.as_i64().is_some() => format!("int64={}", number(value)?),
        Value::Number(fraction) if !fraction.is_integer() => {
            format!("float64={}", shortest(fraction.as_f64().ok_or("the number is too great")?))
        }
        Value::Number(_) => return Err(format!("how OPA would write {value} is not sure")),
        Value::String(text) => format!("string={text}"),
        other => format!("string={}", term(other)?),
    })
}

/// Go's `%g`: as few digits as tell the number from all others.
fn shortest(number: f64) -> String {
    let scientific = format!("{number:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    match exponent.parse::<i32>() {
        Ok(exponent) if (-4..6).contains(&exponent) => number.to_string(),
        Ok(exponent) => format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs()),
        Err(_) => scientific,
    }
}

/// A value as Rego writes it.
fn term(value: &Value) -> Result<String, String> {
    let mut made = String::new();
    write_term(value, &mut made)?;
    Ok(made)
}

fn write_term(value: &Value, made: &mut String) -> Result<(), String> {
    if made.len() > MAX_TEXT {
        return Err("the text would be too long".to_owned());
    }
    let mut list = |open, items: &[&Value], close| -> Result<(), String> {
        made.push(open);
        for (at, item) in items.iter().enumerate() {
            made.push_str(if at > 0 { ", " } else { "" });
            write_term(item, made)?;
        }
        made.push(close);
        Ok(())
    };
    match value {
        Value::Array(items) => list('[', &items.iter().collect::<Vec<_>>(), ']'),
        Value::Set(set) if set.is_empty() => {
            made.push_str("set()");
            Ok(())
        }
        Value::Set(_) => list('{', &sorted(value), '}'),
        Value::Object(_) => {
            made.push('{');
            for (at, (key, value)) in members(value).into_iter().enumerate() {
                made.push_str(if at > 0 { ", " } else { "" });
                write_term(key, made)?;
                made.push_str(": ");
                write_term(value, made)?;
            }
            made.push('}');
            Ok(())
        }
        scalar => {
            match scalar {
                Value::String(text) => made.push_str(&quoted(text)?),
                Value::Number(_) => made.push_str(&number(scalar)?),
                other => made.push_str(&format!("{other}")),
            }
            Ok(())
        }
    }
}
