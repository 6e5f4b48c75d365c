//! Builtins of OPA that regorus lacks, or answers otherwise.

use regorus::Value;
use regorus::unstable::BUILTINS;

/// The answer, or why there is none.
pub(super) type Function = fn(&[Value]) -> Result<Value, String>;

/// Name, number of arguments, function.
static OWN: &[(&str, usize, Function)] =
    &[("count", 1, count), ("glob.match", 3, glob_match), ("print", 1, |_| Ok(Value::Bool(true)))];

pub(super) fn find(name: &str) -> Option<(&'static str, usize, Function)> {
    OWN.iter().find(|(own, ..)| *own == name).copied()
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    OWN.iter().map(|(name, ..)| *name).filter(|name| !BUILTINS.contains_key(name))
}

fn text<'a>(value: &'a Value, what: &str) -> Result<&'a str, String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(format!("{what} has to be a text, and is {other}")),
    }
}

/// Characters of a text: regorus counts its UTF-16 units.
fn count(arguments: &[Value]) -> Result<Value, String> {
    let count = match arguments {
        [Value::String(text)] => text.chars().count(),
        [Value::Array(items)] => items.iter().count(),
        [Value::Set(members)] => members.len(),
        [Value::Object(members)] => members.len(),
        [other, ..] => return Err(format!("only a text or a collection has a count, and this is {other}")),
        [] => 0,
    };
    Ok(Value::from(count))
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
    let pattern = glob_to_regex(text(pattern, "the pattern")?, &delimiters)?;
    let regex = regex::Regex::new(&pattern).map_err(|error| error.to_string())?;
    Ok(Value::Bool(regex.is_match(text(name, "what is matched")?)))
}

/// `*` is anything but a delimiter, `**` anything, `?` one character that is none.
fn glob_to_regex(glob: &str, delimiters: &str) -> Result<String, String> {
    let other = if delimiters.is_empty() {
        "(?s:.)".to_owned()
    } else {
        format!("[^{}]", delimiters.chars().map(|one| regex::escape(&one.to_string())).collect::<String>())
    };
    let mut regex = "^".to_owned();
    let (mut chars, mut depth) = (glob.chars().peekable(), 0_usize);
    while let Some(char) = chars.next() {
        match char {
            '*' if chars.peek() == Some(&'*') => {
                while chars.next_if_eq(&'*').is_some() {}
                regex.push_str("(?s:.*)");
            }
            '*' => regex.push_str(&format!("{other}*")),
            '?' => regex.push_str(&other),
            '\\' => regex.push_str(&regex::escape(&chars.next().ok_or("the pattern ends in '\\'")?.to_string())),
            '{' => {
                depth += 1;
                regex.push_str("(?:");
            }
            '}' if depth > 0 => {
                depth -= 1;
                regex.push(')');
            }
            ',' if depth > 0 => regex.push('|'),
            '[' => {
                regex.push('[');
                if chars.next_if_eq(&'!').is_some() {
                    regex.push('^');
                }
                loop {
                    match chars.next().ok_or("'[' without ']' in the pattern")? {
                        ']' => break,
                        '-' => regex.push('-'),
                        one => regex.push_str(&regex::escape(&one.to_string())),
                    }
                }
                regex.push(']');
            }
            one => regex.push_str(&regex::escape(&one.to_string())),
        }
    }
    if depth > 0 {
        return Err("'{' without '}' in the pattern".to_owned());
    }
    Ok(regex + "$")
}
