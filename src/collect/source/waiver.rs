//! Inline waivers: `# seaworthy:ignore[policy-id] until=2027-01-31 reason="…" ticket=OPS-1 owner=…`.

use jiff::civil::Date;

use crate::text::did_you_mean;

/// What every inline waiver begins with, after `#` or `//`.
pub(super) const MARK: &str = "seaworthy:";

const KEYS: [&str; 4] = ["until", "reason", "ticket", "owner"];

/// An inline waiver as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inline {
    pub line: u32,
    pub policies: Vec<String>,
    pub until: Date,
    pub reason: String,
    pub ticket: Option<String>,
    pub owner: Option<String>,
}

/// Reads a comment. None: it is no waiver. An error says what was expected.
pub(super) fn parse(comment: &str, line: u32) -> Option<Result<Inline, String>> {
    let text = comment.trim().trim_start_matches(['#', '/']).trim_start();
    let order = text.strip_prefix(MARK)?;
    Some(read(order, line).map_err(|problem| {
        format!(
            "{problem}; expected 'seaworthy:ignore[policy-id] until=2027-01-31 reason=\"…\"', \
             and ticket= and owner= if there are any"
        )
    }))
}

fn read(order: &str, line: u32) -> Result<Inline, String> {
    let rest = order.strip_prefix("ignore[").ok_or("no 'ignore[' follows 'seaworthy:'")?;
    let (policies, rest) = rest.split_once(']').ok_or("the ']' after the policy ids is missing")?;
    let policies: Vec<_> = policies.split(',').map(|policy| policy.trim().to_owned()).collect();
    if policies.iter().any(String::is_empty) {
        return Err("a policy id is missing between '[' and ']'".to_owned());
    }
    let [mut until, mut reason, mut ticket, mut owner] = [const { None::<String> }; 4];
    for pair in pairs(rest) {
        let (key, value) = pair?;
        let slot = match key {
            "until" => &mut until,
            "reason" => &mut reason,
            "ticket" => &mut ticket,
            "owner" => &mut owner,
            _ => return Err(format!("unknown key '{key}'{}", did_you_mean(key, KEYS))),
        };
        if value.trim().is_empty() {
            return Err(format!("'{key}' is empty"));
        }
        if slot.replace(value).is_some() {
            return Err(format!("'{key}' is given twice"));
        }
    }
    let until = until.ok_or("'until' is missing")?;
    Ok(Inline {
        line,
        policies,
        until: until.parse().map_err(|_| format!("'{until}' is no date"))?,
        reason: reason.ok_or("'reason' is missing")?,
        ticket,
        owner,
    })
}

/// `key=word` and `key="some words"`.
fn pairs(text: &str) -> impl Iterator<Item = Result<(&str, String), String>> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let word = rest.split_whitespace().next().unwrap_or(rest);
        let Some((key, value)) = rest.split_once('=').filter(|(key, _)| !key.contains(char::is_whitespace)) else {
            rest = "";
            return Some(Err(format!("'{word}' is not of the form key=value")));
        };
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => match quoted.split_once('"') {
                Some((value, after)) => (value, after),
                None => {
                    rest = "";
                    return Some(Err(format!("the closing quote of '{key}' is missing")));
                }
            },
            None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        rest = after.trim();
        Some(Ok((key, value.to_owned())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waiver_is_read_whole() {
        let text = r##"// seaworthy:ignore[backup-disabled, single-zone] reason="moves = soon" until=2027-01-31 ticket=OPS-1 owner=team-db"##;
        assert_eq!(
            parse(text, 7),
            Some(Ok(Inline {
                line: 7,
                policies: vec!["backup-disabled".to_owned(), "single-zone".to_owned()],
                until: jiff::civil::date(2027, 1, 31),
                reason: "moves = soon".to_owned(),
                ticket: Some("OPS-1".to_owned()),
                owner: Some("team-db".to_owned()),
            }))
        );
        assert_eq!(parse("# a comment on seaworthy:ignore[x]", 1), None);
    }

    #[test]
    fn what_is_malformed_says_what_was_expected() {
        let cases = [
            ("# seaworthy:ignroe[x]", "no 'ignore[' follows 'seaworthy:'"),
            ("# seaworthy:ignore[x until=2027-01-31", "the ']' after the policy ids is missing"),
            ("# seaworthy:ignore[]", "a policy id is missing between '[' and ']'"),
            ("# seaworthy:ignore[x]", "'until' is missing"),
            ("# seaworthy:ignore[x] until=2027-02-30 reason=r", "'2027-02-30' is no date"),
            ("# seaworthy:ignore[x] until=2027-02-01", "'reason' is missing"),
            ("# seaworthy:ignore[x] util=2027-02-01", "unknown key 'util' (did you mean 'until'?)"),
            ("# seaworthy:ignore[x] reason=\"half", "the closing quote of 'reason' is missing"),
            ("# seaworthy:ignore[x] because I say so = true", "'because' is not of the form key=value"),
            ("# seaworthy:ignore[x] reason=a reason=b", "'reason' is given twice"),
            ("# seaworthy:ignore[x] reason=\" \"", "'reason' is empty"),
        ];
        for (text, problem) in cases {
            let expected = format!(
                "{problem}; expected 'seaworthy:ignore[policy-id] until=2027-01-31 reason=\"…\"', and ticket= and owner= \
                 if there are any"
            );
            assert_eq!(parse(text, 1), Some(Err(expected)));
        }
    }
}
