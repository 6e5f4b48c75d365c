//! Layouts of Go's `time`: the moment 2006-01-02 15:04:05 -0700, written as others shall be.

use jiff::Zoned;
use jiff::civil::Weekday;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// As `Weekday::to_sunday_zero_offset` counts.
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// What the library has names for.
const NAMED: &[(&str, &str)] = &[
    ("ANSIC", "Mon Jan _2 15:04:05 2006"),
    ("UnixDate", "Mon Jan _2 15:04:05 MST 2006"),
    ("RubyDate", "Mon Jan 02 15:04:05 -0700 2006"),
    ("RFC822", "02 Jan 06 15:04 MST"),
    ("RFC822Z", "02 Jan 06 15:04 -0700"),
    ("RFC850", "Monday, 02-Jan-06 15:04:05 MST"),
    ("RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"),
    ("RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"),
    ("RFC3339", "2006-01-02T15:04:05Z07:00"),
    ("RFC3339Nano", RFC3339_NANO),
];
pub(super) const RFC3339_NANO: &str = "2006-01-02T15:04:05.999999999Z07:00";

/// Part of a layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    /// Number, how many digits, and what fills them up.
    Number(Field, usize, char),
    Month {
        is_long: bool,
    },
    Weekday {
        is_long: bool,
    },
    Year,
    ShortYear,
    /// `PM` or `pm`
    Half {
        is_upper: bool,
    },
    /// `MST`
    Zone,
    Offset(Offset),
    /// Separator, digits; `is_cut`: without zeros at the end.
    Fraction {
        separator: char,
        digits: usize,
        is_cut: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Field {
    Month,
    Day,
    YearDay,
    Hour,
    Hour12,
    Minute,
    Second,
}

/// How an offset from UTC is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Offset {
    /// `Z` for UTC itself.
    pub has_z: bool,
    pub has_colon: bool,
    pub has_minutes: bool,
    pub has_seconds: bool,
}

/// What is written in a layout as it is, with what it means; the first that fits counts.
const WORDS: &[(&str, Part<'static>)] = &[
    ("January", Part::Month { is_long: true }),
    ("Jan", Part::Month { is_long: false }),
    ("Monday", Part::Weekday { is_long: true }),
    ("Mon", Part::Weekday { is_long: false }),
    ("MST", Part::Zone),
    ("01", Part::Number(Field::Month, 2, '0')),
    ("02", Part::Number(Field::Day, 2, '0')),
    ("03", Part::Number(Field::Hour12, 2, '0')),
    ("04", Part::Number(Field::Minute, 2, '0')),
    ("05", Part::Number(Field::Second, 2, '0')),
    ("06", Part::ShortYear),
    ("002", Part::Number(Field::YearDay, 3, '0')),
    ("15", Part::Number(Field::Hour, 2, '0')),
    ("1", Part::Number(Field::Month, 1, '0')),
    ("2006", Part::Year),
    ("2", Part::Number(Field::Day, 1, '0')),
    ("__2", Part::Number(Field::YearDay, 3, ' ')),
    ("_2", Part::Number(Field::Day, 2, ' ')),
    ("3", Part::Number(Field::Hour12, 1, '0')),
    ("4", Part::Number(Field::Minute, 1, '0')),
    ("5", Part::Number(Field::Second, 1, '0')),
    ("PM", Part::Half { is_upper: true }),
    ("pm", Part::Half { is_upper: false }),
    ("-070000", offset(false, false, true, true)),
    ("-07:00:00", offset(false, true, true, true)),
    ("-0700", offset(false, false, true, false)),
    ("-07:00", offset(false, true, true, false)),
    ("-07", offset(false, false, false, false)),
    ("Z070000", offset(true, false, true, true)),
    ("Z07:00:00", offset(true, true, true, true)),
    ("Z0700", offset(true, false, true, false)),
    ("Z07:00", offset(true, true, true, false)),
    ("Z07", offset(true, false, false, false)),
];

const fn offset(has_z: bool, has_colon: bool, has_minutes: bool, has_seconds: bool) -> Part<'static> {
    Part::Offset(Offset { has_z, has_colon, has_minutes, has_seconds })
}

/// The parts of a layout, or of the one that has this name.
pub(super) fn parts(layout: &str) -> Vec<Part<'_>> {
    let layout = NAMED.iter().find(|(name, _)| *name == layout).map_or(layout, |(_, layout)| *layout);
    let (mut parts, mut begin, mut at) = (Vec::new(), 0, 0);
    while let Some(rest) = layout.get(at..).filter(|rest| !rest.is_empty()) {
        match part(rest) {
            Some((part, length)) => {
                if begin < at {
                    parts.push(Part::Text(layout.get(begin..at).unwrap_or_default()));
                }
                parts.push(part);
                at += length;
                begin = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    if begin < at {
        parts.push(Part::Text(layout.get(begin..at).unwrap_or_default()));
    }
    parts
}

fn part(rest: &str) -> Option<(Part<'static>, usize)> {
    if let Some(separator @ ('.' | ',')) = rest.chars().next() {
        let digit = rest.chars().nth(1).filter(|digit| matches!(digit, '0' | '9'))?;
        let digits = rest.chars().skip(1).take_while(|char| *char == digit).count();
        let is_end = !rest.chars().nth(digits + 1).is_some_and(|char| char.is_ascii_digit());
        return is_end.then_some((Part::Fraction { separator, digits, is_cut: digit == '9' }, digits + 1));
    }
    // `_2006` is a year behind a line.
    if rest.starts_with("_2006") {
        return None;
    }
    let (word, part) = WORDS.iter().find(|(word, _)| {
        let behind = rest.strip_prefix(word);
        // `Month` and `Janus` are words of their own.
        behind.is_some_and(|behind| {
            !matches!(*word, "Jan" | "Mon") || !behind.starts_with(|c: char| c.is_ascii_lowercase())
        })
    })?;
    Some((*part, word.len()))
}

pub(super) fn format(time: &Zoned, layout: &str) -> Result<String, String> {
    let mut made = String::new();
    for part in parts(layout) {
        made.push_str(&match part {
            Part::Text(text) => text.to_owned(),
            Part::Number(field, width, fill) => {
                let number = match field {
                    Field::Month => i32::from(time.month()),
                    Field::Day => i32::from(time.day()),
                    Field::YearDay => i32::from(time.day_of_year()),
                    Field::Hour => i32::from(time.hour()),
                    Field::Hour12 => (i32::from(time.hour()) + 11) % 12 + 1,
                    Field::Minute => i32::from(time.minute()),
                    Field::Second => i32::from(time.second()),
                };
                if fill == '0' { format!("{number:0width$}") } else { format!("{number:width$}") }
            }
            Part::Month { is_long } => {
                let month = usize::try_from(time.month() - 1).ok().and_then(|month| MONTHS.get(month));
                shortened(month.copied(), is_long)
            }
            Part::Weekday { is_long } => shortened(Some(weekday(time.weekday())), is_long),
            Part::Year if time.year() < 0 => return Err("the year is before the first".to_owned()),
            Part::Year => format!("{:04}", time.year()),
            Part::ShortYear => format!("{:02}", time.year().rem_euclid(100)),
            Part::Half { is_upper } => match (time.hour() >= 12, is_upper) {
                (true, true) => "PM".to_owned(),
                (true, false) => "pm".to_owned(),
                (false, true) => "AM".to_owned(),
                (false, false) => "am".to_owned(),
            },
            Part::Zone => time.time_zone().to_offset_info(time.timestamp()).abbreviation().to_owned(),
            Part::Offset(offset) => offset.write(time.offset().seconds()),
            Part::Fraction { digits, .. } if digits > 9 => return Err("a second has nine digits".to_owned()),
            Part::Fraction { separator, digits, is_cut } => {
                let nanoseconds = format!("{:09}", time.subsec_nanosecond());
                let shown = nanoseconds.get(..digits).unwrap_or_default();
                let shown = if is_cut { shown.trim_end_matches('0') } else { shown };
                if shown.is_empty() { String::new() } else { format!("{separator}{shown}") }
            }
        });
    }
    Ok(made)
}

pub(super) fn weekday(day: Weekday) -> &'static str {
    usize::try_from(day.to_sunday_zero_offset()).ok().and_then(|day| DAYS.get(day)).copied().unwrap_or_default()
}

fn shortened(name: Option<&str>, is_long: bool) -> String {
    let name = name.unwrap_or_default();
    if is_long { name.to_owned() } else { name.chars().take(3).collect() }
}

impl Offset {
    fn write(self, seconds: i32) -> String {
        if self.has_z && seconds == 0 {
            return "Z".to_owned();
        }
        let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
        let colon = if self.has_colon { ":" } else { "" };
        let mut made = format!("{sign}{:02}", seconds / 3600);
        if self.has_minutes {
            made += &format!("{colon}{:02}", seconds / 60 % 60);
        }
        if self.has_seconds {
            made += &format!("{colon}{:02}", seconds % 60);
        }
        made
    }
}

/// The number of the month whose name a text begins with, and what is behind.
pub(super) fn month_of(text: &str, is_long: bool) -> Option<(i8, &str)> {
    name_of(text, &MONTHS, is_long).and_then(|(at, rest)| Some((i8::try_from(at + 1).ok()?, rest)))
}

/// What is behind the name of a day: which one it is, Go does not look at.
pub(super) fn behind_day(text: &str, is_long: bool) -> Option<&str> {
    name_of(text, &DAYS, is_long).map(|(_, rest)| rest)
}

fn name_of<'a>(text: &'a str, names: &[&str], is_long: bool) -> Option<(usize, &'a str)> {
    names.iter().enumerate().find_map(|(at, name)| {
        let length = if is_long { name.len() } else { 3 };
        let (begin, rest) = text.split_at_checked(length)?;
        begin.eq_ignore_ascii_case(name.get(..length)?).then_some((at, rest))
    })
}
