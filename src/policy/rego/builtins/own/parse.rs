//! Moments and durations read as Go reads them.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::layout::{Field, Offset, Part, behind_day, month_of, parts};

/// What is left to be read.
struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn digit(&self, at: usize) -> bool {
        self.0.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
    }

    fn skip(&mut self, bytes: usize) {
        self.0 = self.0.get(bytes..).unwrap_or_default();
    }

    fn take(&mut self, digits: usize) -> Option<i64> {
        let number = (0..digits).all(|at| self.digit(at)).then(|| self.0.get(..digits)?.parse().ok())??;
        self.skip(digits);
        Some(number)
    }

    /// One or two digits, or two if it has to be two.
    fn number(&mut self, is_fixed: bool) -> Option<i64> {
        let digits = if is_fixed || self.digit(1) { 2 } else { 1 };
        self.take(digits)
    }

    /// A separator and digits: nanoseconds.
    fn fraction(&mut self, digits: usize) -> Option<i64> {
        let is_separated = self.0.starts_with(['.', ',']);
        let text =
            self.0.get(1..=digits).filter(|text| is_separated && text.bytes().all(|byte| byte.is_ascii_digit()))?;
        let nanoseconds = format!("{:0<9}", text.get(..text.len().min(9))?).parse().ok()?;
        self.skip(digits + 1);
        Some(nanoseconds)
    }

    fn digits_behind_separator(&self) -> usize {
        if self.0.starts_with(['.', ',']) { (1..).take_while(|at| self.digit(*at)).count() } else { 0 }
    }

    /// The text of a layout; any number of blanks is as good as another.
    fn text(&mut self, mut text: &str) -> Option<()> {
        while let Some(char) = text.chars().next() {
            if char == ' ' {
                if !self.0.is_empty() && !self.0.starts_with(' ') {
                    return None;
                }
                text = text.trim_start_matches(' ');
                self.0 = self.0.trim_start_matches(' ');
            } else {
                self.0 = self.0.strip_prefix(char)?;
                text = text.get(char.len_utf8()..)?;
            }
        }
        Some(())
    }

    /// Seconds from UTC.
    fn offset(&mut self, offset: Offset) -> Option<i64> {
        if offset.has_z && self.0.starts_with('Z') {
            self.skip(1);
            return Some(0);
        }
        let sign = if self.0.starts_with('-') { -1 } else { 1 };
        self.0 = self.0.strip_prefix(['+', '-'])?;
        let mut part = |is_there: bool, has_colon: bool, most: i64| {
            if !is_there {
                return Some(0);
            }
            if has_colon {
                self.0 = self.0.strip_prefix(':')?;
            }
            self.number(true).filter(|number| *number <= most)
        };
        let hours = part(true, false, 24)?;
        let minutes = part(offset.has_minutes, offset.has_colon, 60)?;
        let seconds = part(offset.has_seconds, offset.has_colon, 60)?;
        Some(sign * (hours * 3600 + minutes * 60 + seconds))
    }
}

/// Nanoseconds since 1970.
pub(super) fn moment(layout: &str, value: &str) -> Result<i64, String> {
    read(layout, value).ok_or_else(|| format!("'{value}' is no time as in '{layout}', or not one that is sure"))
}

fn read(layout: &str, value: &str) -> Option<i64> {
    let mut rest = Reader(value);
    let (mut year, mut month, mut day) = (0, 1, 1);
    let (mut hour, mut minute, mut second, mut nanosecond, mut offset) = (0, 0, 0, 0, 0);
    let mut is_afternoon = None;
    let parts = parts(layout);
    for (at, part) in parts.iter().enumerate() {
        match *part {
            Part::Text(text) => rest.text(text)?,
            Part::Year => year = rest.take(4)?,
            Part::ShortYear => year = rest.take(2).map(|year| if year >= 69 { 1900 + year } else { 2000 + year })?,
            Part::Month { is_long } => {
                let (number, behind) = month_of(rest.0, is_long)?;
                (month, rest.0) = (i64::from(number), behind);
            }
            Part::Weekday { is_long } => rest.0 = behind_day(rest.0, is_long)?,
            Part::Half { is_upper } => {
                let text = rest.0.get(..2)?;
                is_afternoon = Some(match (text, is_upper) {
                    ("PM", true) | ("pm", false) => true,
                    ("AM", true) | ("am", false) => false,
                    _ => return None,
                });
                rest.skip(2);
            }
            Part::Zone => {
                // Other abbreviations are UTC under another name to Go, unless it finds them in the place where it runs.
                rest.0 = rest.0.strip_prefix("UTC")?;
            }
            Part::Offset(how) => offset = rest.offset(how)?,
            Part::Fraction { digits, is_cut: false, .. } => nanosecond = rest.fraction(digits)?,
            Part::Fraction { is_cut: true, .. } => match rest.digits_behind_separator() {
                0 => {}
                digits => nanosecond = rest.fraction(digits)?,
            },
            Part::Number(Field::YearDay, ..) => return None,
            Part::Number(field, width, fill) => {
                if fill == ' ' && rest.0.starts_with(' ') {
                    rest.skip(1);
                }
                let is_fixed = width == 2 && fill == '0' && field != Field::Hour;
                let number = rest.number(is_fixed)?;
                match field {
                    Field::Month => month = number,
                    Field::Day => day = number,
                    Field::Hour => hour = number,
                    Field::Hour12 => hour = Some(number).filter(|hour| *hour <= 12)?,
                    Field::Minute => minute = number,
                    _ => {
                        second = number;
                        let is_next = matches!(parts.get(at + 1), Some(Part::Fraction { .. }));
                        let digits = rest.digits_behind_separator();
                        if digits > 0 && !is_next {
                            nanosecond = rest.fraction(digits)?;
                        }
                    }
                }
            }
        }
    }
    if !rest.0.is_empty() {
        return None;
    }
    hour = match is_afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let seconds = Some(second).filter(|second| *second < 60)?;
    let time = Time::new(
        hour.try_into().ok()?,
        minute.try_into().ok()?,
        seconds.try_into().ok()?,
        nanosecond.try_into().ok()?,
    );
    let moment = date.to_datetime(time.ok()?).to_zoned(TimeZone::UTC).ok()?.timestamp().as_nanosecond();
    i64::try_from(moment - i128::from(offset) * 1_000_000_000).ok()
}

/// Nanoseconds of `1h30m`. OPA has days, weeks and years beside what Go has.
pub(super) fn duration(text: &str) -> Option<i64> {
    let (is_negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut sum: u64 = 0;
    while !rest.is_empty() {
        let (number, behind) =
            rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len()));
        let (name, after) =
            behind.split_at(behind.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(behind.len()));
        let second: u64 = 1_000_000_000;
        let unit: u64 = match name {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => second,
            "m" => 60 * second,
            "h" => 3_600 * second,
            "d" => 86_400 * second,
            "w" => 7 * 86_400 * second,
            "y" => 365 * 86_400 * second,
            _ => return None,
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && part.is_empty()) || part.contains('.') || part.len() > 15 {
            return None;
        }
        // OPA takes days and what is longer apart in some other way.
        if matches!(name, "d" | "w" | "y") && !part.is_empty() {
            return None;
        }
        let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let fraction: u64 = if part.is_empty() { 0 } else { part.parse().ok()? };
        let scale = (0..part.len()).fold(1.0, |scale: f64, _| scale * 10.0);
        let exact = u128::from(fraction) * u128::from(unit) / 10_u128.pow(u32::try_from(part.len()).ok()?);
        // Go multiplies as floats; where that is not the plain answer, neither is sure.
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let floating = (fraction as f64 * (unit as f64 / scale)) as u64;
        sum = sum.checked_add(whole.checked_mul(unit)?)?.checked_add(floating)?;
        if u128::from(floating) != exact || sum > 1 << 63 {
            return None;
        }
        rest = after;
    }
    let sum = i128::from(sum);
    i64::try_from(if is_negative { -sum } else { sum }).ok()
}
