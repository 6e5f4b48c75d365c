//! `glob.…` as OPA has it. Where its library has peculiarities, the pattern is refused.

use regorus::Value;

use super::{Entry, regex, text};

pub(super) const FUNCTIONS: &[Entry] = &[("glob.match", 3, glob_match), ("glob.quote_meta", 1, quote_meta)];

fn quote_meta(arguments: &[Value]) -> Result<Value, String> {
    let [value] = arguments else { return Err("one argument is needed".to_owned()) };
    let mut quoted = String::new();
    for char in text(value, "the argument")?.chars() {
        if "*?\\[]{}".contains(char) {
            quoted.push('\\');
        }
        quoted.push(char);
    }
    Ok(Value::from(quoted))
}

/// Regorus lets `*` go over a delimiter.
fn glob_match(arguments: &[Value]) -> Result<Value, String> {
    let [pattern, delimiters, name] = arguments else { return Err("three arguments are needed".to_owned()) };
    let delimiters = match delimiters {
        Value::Null => String::new(),
        Value::Array(items) => {
            let mut all = String::new();
            for item in items.iter() {
                let one = text(item, "a delimiter")?;
                if one.chars().count() != 1 {
                    return Err("a delimiter is one character".to_owned());
                }
                all.push_str(one);
            }
            if all.is_empty() { ".".to_owned() } else { all }
        }
        other => return Err(format!("the delimiters have to be a list, and are {other}")),
    };
    let (pattern, name) = (text(pattern, "the pattern")?, text(name, "what is matched")?);
    if is_odd(pattern, name) {
        return Err(format!("whether '{pattern}' matches '{name}' for OPA is not sure"));
    }
    Ok(Value::Bool(regex::compile(&Glob::new(pattern, &delimiters).into_regex()?)?.is_match(name)))
}

/// What the library that OPA has puts together wrongly.
fn is_odd(pattern: &str, name: &str) -> bool {
    let is_odd = ["***", "*?", "?*", "{,", ",,", ",}"].iter().any(|odd| pattern.contains(odd));
    // It takes bytes for characters, or looks for one where there is nothing.
    let is_single = pattern.contains(['?', '[', '{']) && !(pattern.is_ascii() && name.is_ascii());
    let is_nothing = name.is_empty() && pattern.contains(['?', '[']);
    // It lets what is before the first '*' and what is behind the last be the same characters.
    let does_overlap =
        pattern.split_once('*').zip(pattern.rsplit_once('*')).is_some_and(|((before, _), (_, behind))| {
            name.starts_with(before) && name.ends_with(behind) && name.len() < before.len() + behind.len()
        });
    is_odd || is_single || is_nothing || does_overlap
}

struct Glob<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
    /// One character that is no delimiter.
    other: String,
}

impl<'a> Glob<'a> {
    fn new(pattern: &'a str, delimiters: &str) -> Self {
        let escaped: String = delimiters.chars().map(|one| ::regex::escape(&one.to_string())).collect();
        let other = if delimiters.is_empty() { "(?s:.)".to_owned() } else { format!("[^{escaped}]") };
        Self { chars: pattern.chars().peekable(), other }
    }

    /// `*` is anything but a delimiter, `**` anything, `?` one character that is none.
    fn into_regex(mut self) -> Result<String, String> {
        let mut regex = "^".to_owned();
        let (mut is_open, mut is_wild, mut has_choice, mut has_beside) = (false, false, false, false);
        while let Some(char) = self.chars.next() {
            has_beside |= !is_open && char != '{';
            is_wild |= char == '*';
            match char {
                '*' if self.chars.peek() == Some(&'*') => {
                    while self.chars.next_if_eq(&'*').is_some() {}
                    regex.push_str("(?s:.*)");
                }
                '*' => regex.push_str(&format!("{}*", self.other)),
                '?' => regex.push_str(&self.other),
                '\\' => {
                    let next = self.chars.next().ok_or("the pattern ends in '\\'")?;
                    regex.push_str(&::regex::escape(&next.to_string()));
                }
                '{' if is_open => return Err("'{' within '{' in the pattern".to_owned()),
                '{' => {
                    has_beside |= has_choice;
                    (is_open, has_choice) = (true, true);
                    regex.push_str("(?:");
                }
                '}' if is_open => {
                    if regex.ends_with("(?:") {
                        return Err("'{}' in the pattern".to_owned());
                    }
                    is_open = false;
                    regex.push(')');
                }
                ',' if is_open => regex.push('|'),
                '[' => self.class(&mut regex)?,
                one => regex.push_str(&::regex::escape(&one.to_string())),
            }
        }
        match () {
            () if is_open => Err("'{' without '}' in the pattern".to_owned()),
            () if is_wild && has_choice && has_beside => {
                Err("'*' and '{' with something beside it in the pattern".to_owned())
            }
            () => Ok(regex + "$"),
        }
    }

    /// `[abc]` or `[a-z]`, `!` for any other.
    fn class(&mut self, regex: &mut String) -> Result<(), String> {
        regex.push('[');
        if self.chars.next_if_eq(&'!').is_some() {
            regex.push('^');
        }
        if !self.chars.clone().any(|char| char == ']') {
            return Err("'[' without ']' in the pattern".to_owned());
        }
        let inner: String = self.chars.by_ref().take_while(|char| *char != ']').collect();
        let chars: Vec<char> = inner.chars().collect();
        let escaped = |char: &char| ::regex::escape(&char.to_string());
        match chars.as_slice() {
            [low, '-', high] if low <= high && !inner.contains('\\') => {
                regex.push_str(&format!("{}-{}", escaped(low), escaped(high)));
            }
            [] => return Err("'[]' in the pattern".to_owned()),
            _ if inner.contains(['-', '\\', '[', '!', '^', '&', '~']) => {
                return Err(format!("'[{inner}]' in the pattern"));
            }
            all => all.iter().for_each(|char| regex.push_str(&escaped(char))),
        }
        regex.push(']');
        Ok(())
    }
}
