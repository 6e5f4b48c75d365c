//! `time.…` as Go counts and writes.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use regorus::Value;

use super::{Entry, layout, parse, text};

pub(super) const FUNCTIONS: &[Entry] = &[
    ("time.add_date", 4, add_date),
    ("time.clock", 1, |arguments| {
        let (time, _) = only(arguments)?;
        Ok(list([time.hour(), time.minute(), time.second()]))
    }),
    ("time.date", 1, |arguments| {
        let (time, _) = only(arguments)?;
        Ok(list([time.year(), i16::from(time.month()), i16::from(time.day())]))
    }),
    ("time.diff", 2, diff),
    ("time.format", 1, |arguments| {
        let (time, layout) = only(arguments)?;
        let layout = layout.filter(|layout| !layout.is_empty()).unwrap_or(layout::RFC3339_NANO);
        layout::format(&time, layout).map(Value::from)
    }),
    ("time.parse_duration_ns", 1, |arguments| {
        let [value] = arguments else { return Err("one argument is needed".to_owned()) };
        let value = text(value, "the duration")?;
        parse::duration(value)
            .map(Value::from)
            .ok_or_else(|| format!("'{value}' is no duration, or not one that is sure"))
    }),
    ("time.parse_ns", 2, |arguments| {
        let [layout, value] = arguments else { return Err("two arguments are needed".to_owned()) };
        parse::moment(text(layout, "the layout")?, text(value, "the time")?).map(Value::from)
    }),
    ("time.parse_rfc3339_ns", 1, |arguments| {
        let [value] = arguments else { return Err("one argument is needed".to_owned()) };
        parse::moment("RFC3339", text(value, "the time")?).map(Value::from)
    }),
    ("time.weekday", 1, |arguments| Ok(Value::from(layout::weekday(only(arguments)?.0.weekday())))),
];

fn list(numbers: impl IntoIterator<Item = impl Into<i64>>) -> Value {
    Value::from(numbers.into_iter().map(|number| Value::from(number.into())).collect::<Vec<_>>())
}

fn only(arguments: &[Value]) -> Result<(Zoned, Option<&str>), String> {
    let [value] = arguments else { return Err("one argument is needed".to_owned()) };
    moment(value)
}

/// Nanoseconds since 1970, or an array of them, a time zone, and a layout.
fn moment(value: &Value) -> Result<(Zoned, Option<&str>), String> {
    let none = || format!("a time is a number, or an array of a number and a time zone, and this is {value}");
    let parts: Vec<&Value> = match value {
        Value::Array(parts) => parts.iter().collect(),
        value => vec![value],
    };
    let (nanoseconds, zone, layout) = match (value, parts.as_slice()) {
        (Value::Number(_), [number]) => (number, "UTC", None),
        (_, [number, Value::String(zone)]) => (number, zone.as_ref(), None),
        (_, [number, Value::String(zone), Value::String(layout)]) => (number, zone.as_ref(), Some(layout.as_ref())),
        _ => return Err(none()),
    };
    let nanoseconds = match nanoseconds {
        Value::Number(number) => number.as_i64().ok_or_else(none)?,
        _ => return Err(none()),
    };
    let zone = match zone {
        "" | "UTC" => TimeZone::UTC,
        name => {
            let zone = TimeZone::get(name).ok().filter(|zone| zone.iana_name() == Some(name));
            zone.ok_or_else(|| format!("there is no time zone '{name}'"))?
        }
    };
    let timestamp = Timestamp::from_nanosecond(i128::from(nanoseconds)).map_err(|error| error.to_string())?;
    Ok((timestamp.to_zoned(zone), layout))
}

/// What is over the end of a month goes into the next: 29 February and a year is 1 March.
fn add_date(arguments: &[Value]) -> Result<Value, String> {
    let [start @ Value::Number(_), years, months, days] = arguments else {
        return Err("four numbers are needed".to_owned());
    };
    let whole = |value: &Value| match value {
        Value::Number(number) => number.as_i64().and_then(|number| i32::try_from(number).ok()),
        _ => None,
    };
    let (Some(years), Some(months), Some(days)) = (whole(years), whole(months), whole(days)) else {
        return Err("years, months and days have to be whole numbers, and not too large".to_owned());
    };
    let (start, _) = moment(start)?;
    let over = || "the time is too far away".to_owned();
    let month = (i64::from(start.year()) + i64::from(years)) * 12 + i64::from(start.month()) - 1 + i64::from(months);
    let year = i16::try_from(month.div_euclid(12)).map_err(|_| over())?;
    let month = i8::try_from(month.rem_euclid(12) + 1).map_err(|_| over())?;
    let first = Date::new(year, month, 1).map_err(|_| over())?;
    let days = i64::from(days) + i64::from(start.day()) - 1;
    let span = jiff::Span::new().try_days(days).map_err(|_| over())?;
    let date = first.checked_add(span).map_err(|_| over())?;
    let moment = date.to_datetime(start.time()).to_zoned(TimeZone::UTC).map_err(|_| over())?;
    i64::try_from(moment.timestamp().as_nanosecond()).map(Value::from).map_err(|_| over())
}

/// Years, months, days, hours, minutes and seconds between two moments, in the time zone of the first.
fn diff(arguments: &[Value]) -> Result<Value, String> {
    let [one, two] = arguments else { return Err("two arguments are needed".to_owned()) };
    let (one, two) = (moment(one)?.0, moment(two)?.0);
    let two = two.with_time_zone(one.time_zone().clone());
    let (from, to) = if one.timestamp() > two.timestamp() { (two, one) } else { (one, two) };
    let mut years = i64::from(to.year()) - i64::from(from.year());
    let part = |part: fn(&Zoned) -> i8| i64::from(part(&to)) - i64::from(part(&from));
    let (mut months, mut days) = (part(Zoned::month), part(Zoned::day));
    let (mut hours, mut minutes, mut seconds) = (part(Zoned::hour), part(Zoned::minute), part(Zoned::second));
    if seconds < 0 {
        seconds += 60;
        minutes -= 1;
    }
    if minutes < 0 {
        minutes += 60;
        hours -= 1;
    }
    if hours < 0 {
        hours += 24;
        days -= 1;
    }
    if days < 0 {
        days += i64::from(from.date().days_in_month());
        months -= 1;
    }
    if months < 0 {
        months += 12;
        years -= 1;
    }
    Ok(list([years, months, days, hours, minutes, seconds]))
}
