//! Schedules as AWS Backup has them: `cron(minute hour day month weekday year)`, where Sunday is 1, and `rate(2 hours)`.

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;
use croner::Direction;
use croner::parser::{CronParser, Seconds, Year};

use crate::model::Timestamp;

/// How far ahead is looked. A schedule that runs less often than that is as good as none.
const DAYS: i64 = 400;

/// Runs that are looked at: the service takes none that is closer than an hour.
const RUNS: usize = 20_000;

/// The longest time between two runs of a schedule in its time zone, minutes, from a moment on: when clocks are put back, a day
/// has an hour more. As many as are looked at if there are no two. None: it is not understood.
pub(crate) fn longest_gap(expression: &str, zone: Option<&str>, from: Timestamp) -> Option<u64> {
    let (word, inner) = expression.trim().strip_suffix(')')?.split_once('(')?;
    match word {
        "rate" => rate(inner),
        "cron" => {
            let zone: Tz = zone.unwrap_or("UTC").parse().ok()?;
            cron(inner, DateTime::from_timestamp(from.as_second(), 0)?.with_timezone(&zone))
        }
        _ => None,
    }
}

fn rate(inner: &str) -> Option<u64> {
    let (number, unit) = inner.trim().split_once(' ')?;
    let minutes = match unit.trim().trim_end_matches('s') {
        "minute" => 1,
        "hour" => 60,
        "day" => 1_440,
        _ => return None,
    };
    number.parse::<u64>().ok().filter(|number| *number > 0)?.checked_mul(minutes)
}

/// The greatest value of each field.
const LAST: [u32; 6] = [59, 23, 31, 12, 7, 2199];

/// A field as the parser takes it: it knows no `5/15`, which is every 15 from 5 on, and finds no day for a weekday `L`, which
/// is Saturday.
fn written_out(field: &str, last: u32) -> String {
    let item = |item: &str| match item.split_once('/') {
        Some((start, step)) if start.bytes().all(|byte| byte.is_ascii_digit()) => format!("{start}-{last}/{step}"),
        _ if item == "L" && last == 7 => "7".to_owned(),
        _ => item.to_owned(),
    };
    field.split(',').map(item).collect::<Vec<_>>().join(",")
}

fn cron(inner: &str, from: DateTime<Tz>) -> Option<u64> {
    let fields: Vec<&str> = inner.split_whitespace().collect();
    if fields.len() != LAST.len() {
        return None;
    }
    let fields: Vec<String> = fields.into_iter().zip(LAST).map(|(field, last)| written_out(field, last)).collect();
    let parser =
        CronParser::builder().seconds(Seconds::Required).year(Year::Required).alternative_weekdays(true).build();
    let pattern = parser.parse(&format!("0 {}", fields.join(" "))).ok()?;
    let end = from + TimeDelta::days(DAYS);
    let runs: Vec<_> = pattern.iter_from(from, Direction::Forward).take(RUNS).take_while(|run| *run < end).collect();
    let gaps = runs.windows(2).filter_map(|pair| u64::try_from((*pair.get(1)? - *pair.first()?).num_minutes()).ok());
    // One that ends in between does not run any more.
    let is_over =
        runs.len() < RUNS && runs.last().is_none_or(|last| pattern.find_next_occurrence(last, false).is_err());
    gaps.max().filter(|_| !is_over).or_else(|| u64::try_from(TimeDelta::days(DAYS).num_minutes()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(expression: &str, zone: Option<&str>) -> Option<u64> {
        longest_gap(expression, zone, "2026-01-01T00:00:00Z".parse().unwrap())
    }

    #[test]
    fn the_longest_gap_counts() {
        let (hour, day) = (60, 1_440);
        let cases = [
            ("cron(0 5 ? * * *)", Some(day)),
            ("cron(0 5 * * ? *)", Some(day)),
            ("cron(0 0/12 * * ? *)", Some(12 * hour)),
            ("cron(0 */6 * * ? *)", Some(6 * hour)),
            ("cron(0 1/4 * * ? *)", Some(4 * hour)),
            ("cron(0 3/5 * * ? *)", Some(5 * hour)),
            ("cron(0 5 1/10 * ? *)", Some(10 * day)),
            ("cron(0 8,20 ? * * *)", Some(12 * hour)),
            ("cron(0 8,11 ? * * *)", Some(21 * hour)),
            ("cron(0 5 ? * 1 *)", Some(7 * day)),
            ("cron(0 5 ? * L *)", Some(7 * day)),
            ("cron(0 5 ? * MON-FRI *)", Some(3 * day)),
            ("cron(0 5 1 * ? *)", Some(31 * day)),
            ("cron(0 5 L * ? *)", Some(31 * day)),
            ("cron(0 5 ? * 6#1 *)", Some(35 * day)),
            ("cron(0 5 ? * 2#1 *)", Some(35 * day)),
            ("cron(0 5 1 1,7 ? *)", Some(184 * day)),
            ("cron(0 5 1 1 ? 2026)", Some(400 * day)),
            ("cron(0 5 31 2 ? *)", Some(400 * day)),
            ("cron(0 5 ? * * 2026)", Some(400 * day)),
            ("rate(1 hour)", Some(hour)),
            ("rate(12 hours)", Some(12 * hour)),
            ("rate(1 day)", Some(day)),
            ("rate(0 days)", None),
            ("rate(1 week)", None),
            ("cron(0 5 * *)", None),
            ("cron(0 25 ? * * *)", None),
            ("cron(0 22 ? * FRI-MON *)", None),
            ("every day", None),
            ("", None),
        ];
        assert_eq!(cases.map(|(expression, _)| gap(expression, None)), cases.map(|(_, expected)| expected));
    }

    /// `tests/support/schedules.py` asks another reader; `tests/integration/schedules.rs` holds the file to it.
    #[test]
    fn somebody_else_reads_schedules_alike() {
        let mut rows = csv::Reader::from_reader(include_bytes!("../../../fixtures/schedules.csv").as_slice());
        let zones: Vec<String> = rows.headers().unwrap().iter().skip(1).map(str::to_owned).collect();
        let (mut asked, mut differing) = (0, Vec::new());
        for row in rows.records().map(Result::unwrap) {
            let differs = |(zone, theirs): (&String, &str)| {
                let own = gap(&row[0], Some(zone)).map_or("none".to_owned(), |minutes| minutes.to_string());
                asked += 1;
                (own != theirs).then(|| format!("{} {zone}: {own}, they say {theirs}", &row[0]))
            };
            differing.extend(zones.iter().zip(row.iter().skip(1)).filter_map(differs));
        }
        assert_eq!((asked, zones.len()), (365, 5));
        insta::assert_snapshot!(differing.join("\n"), @"
        cron(0 * * * ? *) America/New_York: 60, they say 120
        cron(0 * * * ? *) Europe/Berlin: 60, they say 120
        cron(20 * ? * * *) America/New_York: 60, they say 120
        cron(20 * ? * * *) Europe/Berlin: 60, they say 120
        cron(0 */2 * * ? *) Australia/Lord_Howe: 210, they say 150
        cron(0 1/4 * * ? *) America/New_York: 240, they say 300
        cron(0 5 ? * L *) UTC: 10080, they say Exception
        cron(0 5 ? * L *) America/New_York: 10140, they say Exception
        cron(0 5 ? * L *) Europe/Berlin: 10140, they say Exception
        cron(0 5 ? * L *) Asia/Kolkata: 10080, they say Exception
        cron(0 5 ? * L *) Australia/Lord_Howe: 10110, they say Exception
        cron(0 5 1/10 * ? *) UTC: 14400, they say ValueError
        cron(0 5 1/10 * ? *) America/New_York: 14400, they say ValueError
        cron(0 5 1/10 * ? *) Europe/Berlin: 14460, they say ValueError
        cron(0 5 1/10 * ? *) Asia/Kolkata: 14400, they say ValueError
        cron(0 5 1/10 * ? *) Australia/Lord_Howe: 14430, they say ValueError
        cron(0 5 */10 * ? *) UTC: 14400, they say ValueError
        cron(0 5 */10 * ? *) America/New_York: 14400, they say ValueError
        cron(0 5 */10 * ? *) Europe/Berlin: 14460, they say ValueError
        cron(0 5 */10 * ? *) Asia/Kolkata: 14400, they say ValueError
        cron(0 5 */10 * ? *) Australia/Lord_Howe: 14430, they say ValueError
        cron(0 5 31 * ? *) UTC: 87840, they say ValueError
        cron(0 5 31 * ? *) America/New_York: 87900, they say ValueError
        cron(0 5 31 * ? *) Europe/Berlin: 87900, they say ValueError
        cron(0 5 31 * ? *) Asia/Kolkata: 87840, they say ValueError
        cron(0 5 31 * ? *) Australia/Lord_Howe: 87870, they say ValueError
        cron(0 5 30 * ? *) UTC: 84960, they say ValueError
        cron(0 5 30 * ? *) America/New_York: 84900, they say ValueError
        cron(0 5 30 * ? *) Europe/Berlin: 84900, they say ValueError
        cron(0 5 30 * ? *) Asia/Kolkata: 84960, they say ValueError
        cron(0 5 30 * ? *) Australia/Lord_Howe: 84960, they say ValueError
        cron(0 5 29 2 ? *) UTC: 576000, they say ValueError
        cron(0 5 29 2 ? *) America/New_York: 576000, they say ValueError
        cron(0 5 29 2 ? *) Europe/Berlin: 576000, they say ValueError
        cron(0 5 29 2 ? *) Asia/Kolkata: 576000, they say ValueError
        cron(0 5 29 2 ? *) Australia/Lord_Howe: 576000, they say ValueError
        cron(0 5 LW * ? *) UTC: 46080, they say ValueError
        cron(0 5 LW * ? *) America/New_York: 46080, they say ValueError
        cron(0 5 LW * ? *) Europe/Berlin: 46080, they say ValueError
        cron(0 5 LW * ? *) Asia/Kolkata: 46080, they say ValueError
        cron(0 5 LW * ? *) Australia/Lord_Howe: 46080, they say ValueError
        cron(0 5 1 * ? 2026) UTC: 576000, they say 44640
        cron(0 5 1 * ? 2026) America/New_York: 576000, they say 44700
        cron(0 5 1 * ? 2026) Europe/Berlin: 576000, they say 44700
        cron(0 5 1 * ? 2026) Asia/Kolkata: 576000, they say 44640
        cron(0 5 1 * ? 2026) Australia/Lord_Howe: 576000, they say 44640
        cron(0 5 1 1 ? 2026/2) UTC: 576000, they say None
        cron(0 5 1 1 ? 2026/2) America/New_York: 576000, they say None
        cron(0 5 1 1 ? 2026/2) Europe/Berlin: 576000, they say None
        cron(0 5 1 1 ? 2026/2) Asia/Kolkata: 576000, they say None
        cron(0 5 1 1 ? 2026/2) Australia/Lord_Howe: 576000, they say None
        ");
    }

    #[test]
    fn a_day_on_which_clocks_are_put_back_is_longer() {
        let daily = |zone| gap("cron(0 5 ? * * *)", zone);
        let zones = ["America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "Nowhere/Land"];
        assert_eq!(zones.map(|zone| daily(Some(zone))), [Some(1_500), Some(1_440), Some(1_470), None]);
    }
}
