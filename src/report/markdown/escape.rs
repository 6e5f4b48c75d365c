//! Text that others wrote, as Markdown that shows it and does nothing else.
//!
//! Whatever Markdown, HTML or GitHub could read as more than a letter becomes a character reference. That holds inside
//! of HTML, of a table's cell and of a line alike, where a backslash would not.

use std::fmt::Write as _;

use crate::text::{clean, clip};

/// Longest value, in characters.
const LONGEST: usize = 600;

/// A value within a line.
pub(super) fn inline(text: &str) -> String {
    let clean = clean(text);
    let text = clip(&clean, LONGEST);
    let mut escaped = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at..]);
        match c {
            // A mention, a mail address or the number of an issue becomes a link after references were read.
            '@' | '#' => {
                let _ = write!(escaped, "&#{};&#8203;", u32::from(c));
            }
            '&' | '<' | '>' | '"' | '\'' | '`' | '*' | '[' | ']' | '|' | '\\' | '~' | '!' | '$' | '^' | '{' | '}' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            ':' if after.starts_with("://") => escaped.push_str("&#58;"),
            '.' if before.to_ascii_lowercase().ends_with("www") => escaped.push_str("&#46;"),
            // `_this_` is emphasis, and `aws_db_instance` is none.
            '_' if !before.ends_with(char::is_alphanumeric) => escaped.push_str("&#95;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Lines within a table's cell.
pub(super) fn lines(text: &str) -> String {
    text.split('\n').map(inline).collect::<Vec<_>>().join("<br>")
}

/// A block of code that nothing within it can end; nothing, if there is no code.
pub(super) fn fenced(code: &str) -> String {
    if code.trim().is_empty() {
        return String::new();
    }
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let code: Vec<_> = code.trim_end().lines().map(clean).collect();
    format!("{fence}hcl\n{}\n{fence}\n", code.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_as_more_than_letters() {
        assert_eq!(inline("aws_db_instance.orders-db"), "aws_db_instance.orders-db");
        assert_eq!(inline("a|b `c` *d* _e_"), "a&#124;b &#96;c&#96; &#42;d&#42; &#95;e_");
        assert_eq!(inline("@team #1 a@b.c"), "&#64;&#8203;team &#35;&#8203;1 a&#64;&#8203;b.c");
        assert_eq!(inline("[x](http://evil) www.evil"), "&#91;x&#93;(http&#58;//evil) www&#46;evil");
        assert_eq!(inline("</details><!-- -->\n# h"), "&#60;/details&#62;&#60;&#33;-- --&#62;&#92;n&#35;&#8203; h");
    }

    #[test]
    fn a_fence_is_longer_than_any_within() {
        assert_eq!(fenced("a\n````\nb\u{1b}\n"), "`````hcl\na\n````\nb\\u{1b}\n`````\n");
        assert_eq!(fenced(" "), "");
    }
}
