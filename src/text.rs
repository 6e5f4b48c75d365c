//! Small helpers about words, used by every layer that talks to people.

pub(crate) mod wildcard;

use std::borrow::Cow;

/// The candidate nearest to what was typed, if one is near enough to be meant.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(typed, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().max(typed.len()) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

/// ` (did you mean 'x'?)`, or nothing.
pub fn did_you_mean<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(typed, candidates).map(|name| format!(" (did you mean '{name}'?)")).unwrap_or_default()
}

/// `1 resource`, `2 resources`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// A provider's word for a state, as people write it: `pending deletion` of `pendingdeletion`. `lib/text.rego` does the
/// same for the messages of policies.
pub fn state(word: &str) -> Cow<'_, str> {
    match word {
        "pendingdeletion" => Cow::Borrowed("pending deletion"),
        "pendingreplicadeletion" => Cow::Borrowed("pending replica deletion"),
        "pendingimport" => Cow::Borrowed("pending import"),
        _ if word.contains('_') && !word.contains(char::is_whitespace) => Cow::Owned(word.replace('_', " ")),
        _ => Cow::Borrowed(word),
    }
}

/// `12,345`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The first of many names: `a, b and 7 more`.
pub fn some(names: &[String], most: usize) -> String {
    let shown = names.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// `40 seconds`, `15 minutes`, `5 hours 52 minutes`, `2 days 1 hour`: at most two units, rounded down.
pub fn duration(seconds: u64) -> String {
    let two = |number: u64, unit: &str, rest: u64, smaller: &str| {
        let said = |number: u64, unit: &str| count(usize::try_from(number).unwrap_or(usize::MAX), unit);
        if rest == 0 { said(number, unit) } else { format!("{} {}", said(number, unit), said(rest, smaller)) }
    };
    match seconds {
        60 => two(1, "minute", 0, ""),
        0..120 => two(seconds, "second", 0, ""),
        120..3_600 => two(seconds / 60, "minute", seconds % 60, "second"),
        3_600..172_800 if seconds != 86_400 => two(seconds / 3_600, "hour", seconds % 3_600 / 60, "minute"),
        _ => two(seconds / 86_400, "day", seconds % 86_400 / 3_600, "hour"),
    }
}

/// Names and tags are written by others. On a terminal or in a comment, control characters and those that turn the
/// direction of text could make it look like something else, so they are written as escapes. So are the commands that
/// build servers look for in the middle of a line of a log, `##[` and `##vso[`.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains("##") && !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("##", r"#\u{23}");
    let mut clean = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hostile(c) { clean.extend(c.escape_default()) } else { clean.push(c) }
    }
    Cow::Owned(clean)
}

/// The same of a text of several lines. None of them begins as a command that build servers look for.
pub fn clean_lines(text: &str) -> String {
    let clean_line = |line: &str| {
        let line = clean(line);
        if line.trim_start().starts_with("::") { line.replacen("::", r"\u{3a}:", 1) } else { line.into_owned() }
    };
    text.split('\n').map(clean_line).collect::<Vec<_>>().join("\n")
}

/// Control characters, line separators, marks and overrides of direction, invisible characters and tags.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The first sentence of a paragraph, on one line.
pub fn first_sentence(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = line.match_indices(". ").find(|(at, _)| {
        let next = line[at + 2..].chars().next();
        next.is_some_and(char::is_uppercase) && !line[..*at].ends_with("e.g") && !line[..*at].ends_with("i.e")
    });
    match end {
        Some((at, _)) => line[..=at].to_owned(),
        None => line,
    }
}

/// At most so many characters; what is cut says so.
pub fn clip(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let end = text.char_indices().nth(most.saturating_sub(1)).map_or(0, |(at, _)| at);
            Cow::Owned(format!("{}…", &text[..end]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_typos_and_leaves_strangers_alone() {
        assert_eq!(nearest("regoins", ["regions", "accounts"]), Some("regions"));
        assert_eq!(nearest("zebra", ["regions", "accounts"]), None);
    }

    /// Names in errors are written by others, too: no line of them moves the cursor or is a command of a build server.
    #[test]
    fn lines_of_an_error_are_harmless() {
        let text = "drill '\u{1b}[31m\n::error::x' was\n  ::warning::y";
        assert_eq!(clean_lines(text), "drill '\\u{1b}[31m\n\\u{3a}:error::x' was\n  \\u{3a}:warning::y");
        assert_eq!(clean_lines("a: b\nc::d"), "a: b\nc::d");
    }

    #[test]
    fn of_many_names_the_first_are_said() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(some(&names, 3), "a, b, c");
        assert_eq!(some(&names, 1), "a and 2 more");
    }

    #[test]
    fn counts_read_well() {
        assert_eq!(count(1, "policy"), "1 policy");
        assert_eq!(count(3, "policy"), "3 policies");
        assert_eq!(count(0, "key"), "0 keys");
        assert_eq!(count(2, "resource"), "2 resources");
    }

    #[test]
    fn durations_are_told_in_whole_units() {
        let seconds = [0, 1, 60, 119, 150, 3_600, 7_199, 21_120, 86_400, 176_400, 864_000];
        let told = [
            "0 seconds",
            "1 second",
            "1 minute",
            "119 seconds",
            "2 minutes 30 seconds",
            "1 hour",
            "1 hour 59 minutes",
            "5 hours 52 minutes",
            "1 day",
            "2 days 1 hour",
            "10 days",
        ];
        assert_eq!(seconds.map(duration), told);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn what_could_deceive_is_escaped() {
        assert_eq!(clean("orders-db · 全角"), Cow::Borrowed("orders-db · 全角"));
        assert_eq!(clean("a\u{1b}[31m\r\nb\0\u{202e}c\u{9b}"), r"a\u{1b}[31m\r\nb\u{0}\u{202e}c\u{9b}");
    }

    #[test]
    fn the_first_sentence_ends_where_the_next_begins() {
        assert_eq!(first_sentence("It has\nno backup. So it is lost."), "It has no backup.");
        assert_eq!(first_sentence("Use e.g. A or B, v1.2. or so"), "Use e.g. A or B, v1.2. or so");
    }

    #[test]
    fn what_is_clipped_says_so() {
        assert_eq!(clip("全角データ", 5), "全角データ");
        assert_eq!(clip("全角データ!", 5), "全角デー…");
    }
}
