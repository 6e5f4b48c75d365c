//! Patterns of Go's RE2, written anew for the `regex` crate, which reads some of them otherwise.

use std::iter::Peekable;
use std::str::Chars;

/// Why a pattern is not written anew.
#[derive(Debug)]
pub(super) enum Refusal {
    /// RE2 does not take it either.
    Invalid(String),
    /// RE2 may take it, and what it means there is not sure.
    Unsure(String),
}

impl Refusal {
    pub(super) fn message(self) -> String {
        match self {
            Self::Invalid(message) | Self::Unsure(message) => message,
        }
    }
}

const CATEGORIES: &[&str] = &[
    "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi",
    "Po", "Ps", "S", "Sc", "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs", "Greek", "Latin", "Cyrillic", "Han", "Arabic",
    "Hebrew", "Hiragana", "Katakana", "Hangul", "Thai",
];
const CLASSES: &[&str] = &[
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word",
    "xdigit",
];
/// Most repetitions that RE2 counts.
const MAX_REPEAT: u32 = 1000;

/// A pattern for the `regex` crate.
pub(super) fn translate(pattern: &str) -> Result<String, Refusal> {
    Translation { chars: pattern.chars().peekable(), made: String::new(), repeats: 1, depth: 0 }.run()
}

struct Translation<'a> {
    chars: Peekable<Chars<'a>>,
    made: String,
    /// All counts multiplied.
    repeats: u32,
    depth: usize,
}

fn invalid<T>(message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Invalid(message.into()))
}

fn unsure<T>(message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::Unsure(message.into()))
}

fn literal(char: char) -> String {
    format!("\\x{{{:X}}}", u32::from(char))
}

/// What stood before, which a repetition would repeat.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nothing,
    Term,
    Repetition,
    /// Flags, of which a repetition is taken for one of what is before them.
    Flags,
}

impl Translation<'_> {
    fn run(mut self) -> Result<String, Refusal> {
        let mut before = Before::Nothing;
        while let Some(char) = self.chars.next() {
            before = match char {
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.group()?,
                ')' => {
                    self.depth = match self.depth.checked_sub(1) {
                        Some(depth) => depth,
                        None => return invalid("')' without '('"),
                    };
                    self.made.push(')');
                    Before::Term
                }
                '|' => {
                    self.made.push('|');
                    Before::Nothing
                }
                '^' | '$' | '.' => {
                    self.made.push(char);
                    Before::Term
                }
                '*' | '+' | '?' => self.repetition(&char.to_string(), before)?,
                '{' => match self.counts() {
                    Some((counts, least, most)) => {
                        if least > MAX_REPEAT || most.is_some_and(|most| most > MAX_REPEAT || most < least) {
                            return invalid(format!("'{counts}' is no count of repetitions"));
                        }
                        if most == Some(0) {
                            return unsure(format!("'{counts}' repeats nothing"));
                        }
                        self.repeats = self.repeats.saturating_mul(most.unwrap_or(least).max(1));
                        let done = self.repetition(&counts, before)?;
                        if self.repeats > MAX_REPEAT {
                            return unsure("the pattern repeats too much");
                        }
                        done
                    }
                    None => {
                        self.made.push_str(&literal('{'));
                        Before::Term
                    }
                },
                other => {
                    self.made.push_str(&if other.is_ascii_alphanumeric() { other.to_string() } else { literal(other) });
                    Before::Term
                }
            };
        }
        if self.depth > 0 { invalid("'(' without ')'") } else { Ok(self.made) }
    }

    fn repetition(&mut self, sign: &str, before: Before) -> Result<Before, Refusal> {
        match before {
            Before::Nothing => return invalid(format!("'{sign}' repeats nothing")),
            Before::Flags => return unsure(format!("'{sign}' behind flags")),
            Before::Repetition => return invalid(format!("'{sign}' repeats a repetition")),
            Before::Term => {}
        }
        self.made.push_str(sign);
        if self.chars.next_if_eq(&'?').is_some() {
            self.made.push('?');
        }
        Ok(Before::Repetition)
    }

    /// `{2}`, `{2,}` and `{2,3}`; anything else is text.
    fn counts(&mut self) -> Option<(String, u32, Option<u32>)> {
        let mut ahead = self.chars.clone();
        let inner: String = ahead.by_ref().take_while(|char| *char != '}').collect();
        // What is not closed would take all that is left, and it is no count.
        if inner.len() > 20 || !self.chars.clone().any(|char| char == '}') {
            return None;
        }
        let number = |text: &str| {
            let is_plain = text == "0" || !text.starts_with('0');
            let is_number = is_plain && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| text.parse().unwrap_or(u32::MAX))
        };
        let (least, most) = match inner.split_once(',') {
            None => (number(&inner)?, Some(number(&inner)?)),
            Some((least, "")) => (number(least)?, None),
            Some((least, most)) => (number(least)?, Some(number(most)?)),
        };
        self.chars = ahead;
        Some((format!("{{{inner}}}"), least, most))
    }

    fn group(&mut self) -> Result<Before, Refusal> {
        if self.chars.next_if_eq(&'?').is_none() {
            self.made.push('(');
            self.depth += 1;
            return Ok(Before::Nothing);
        }
        let mut ahead = self.chars.clone();
        let start = (ahead.next(), ahead.next());
        if matches!(start, (Some('P'), Some('<')))
            || matches!(start, (Some('<'), Some(char)) if char != '=' && char != '!')
        {
            let name: String =
                self.chars.by_ref().skip_while(|char| *char != '<').skip(1).take_while(|c| *c != '>').collect();
            let is_name = |char: char| char.is_ascii_alphanumeric() || char == '_';
            if name.is_empty() || !name.chars().all(is_name) {
                return invalid("a group has a name that is none");
            }
            if name.starts_with(|char: char| char.is_ascii_digit()) {
                return unsure("a group has a name that begins with a digit");
            }
            self.made.push_str(&format!("(?P<{name}>"));
            self.depth += 1;
            return Ok(Before::Nothing);
        }
        let flags: String = std::iter::from_fn(|| self.chars.next_if(|char| "imsU-".contains(*char))).collect();
        let is_plain = flags.matches('-').count() <= 1 && !flags.ends_with('-');
        match self.chars.next() {
            Some(':') if is_plain => {
                self.made.push_str(&format!("(?{flags}:"));
                self.depth += 1;
                Ok(Before::Nothing)
            }
            Some(')') if is_plain => {
                if !flags.is_empty() {
                    self.made.push_str(&format!("(?{flags})"));
                }
                Ok(Before::Flags)
            }
            _ if is_plain => invalid("'(?' with what RE2 has not"),
            _ => unsure("'(?' with what RE2 may not have"),
        }
    }

    /// What a letter behind `\` stands for as a set of characters.
    fn set(&mut self, letter: char) -> Result<Option<String>, Refusal> {
        Ok(Some(match letter {
            'd' => "[0-9]".to_owned(),
            'D' => "[^0-9]".to_owned(),
            's' => r"[\t\n\x0C\r\x20]".to_owned(),
            'S' => r"[^\t\n\x0C\r\x20]".to_owned(),
            'w' => "[0-9A-Za-z_]".to_owned(),
            'W' => "[^0-9A-Za-z_]".to_owned(),
            'p' | 'P' => {
                let name = match self.chars.next() {
                    Some('{') => self.chars.by_ref().take_while(|char| *char != '}').collect(),
                    Some(letter) => letter.to_string(),
                    None => return invalid("the pattern ends in '\\p'"),
                };
                if !CATEGORIES.contains(&name.as_str()) {
                    return unsure(format!("'\\{letter}{{{name}}}' is not understood"));
                }
                format!("\\{letter}{{{name}}}")
            }
            _ => return Ok(None),
        }))
    }

    fn escape(&mut self) -> Result<Before, Refusal> {
        let Some(char) = self.chars.next() else { return invalid("the pattern ends in '\\'") };
        if let Some(set) = self.set(char)? {
            self.made.push_str(&set);
            return Ok(Before::Term);
        }
        match char {
            'A' | 'z' => self.made.push_str(&format!("\\{char}")),
            'b' => self.made.push_str(r"(?-u:\b)"),
            'B' | 'C' | 'Q' => return unsure(format!("'\\{char}' is not supported")),
            other => {
                let char = self.character(other)?;
                self.made.push_str(&literal(char));
            }
        }
        Ok(Before::Term)
    }

    /// The one character that an escape stands for.
    fn character(&mut self, letter: char) -> Result<char, Refusal> {
        Ok(match letter {
            'a' => '\u{7}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            'x' => {
                let digits: String = match self.chars.next_if_eq(&'{') {
                    Some(_) => self.chars.by_ref().take_while(|char| *char != '}').collect(),
                    None => match self.chars.by_ref().take(2).collect::<String>() {
                        digits if digits.len() == 2 => digits,
                        digits => return invalid(format!("'\\x{digits}' is no character")),
                    },
                };
                let is_hex = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                let code = u32::from_str_radix(&digits, 16).ok().filter(|_| is_hex);
                match code.and_then(char::from_u32) {
                    Some(char) => char,
                    None => return unsure(format!("'\\x{digits}' is no character")),
                }
            }
            '0'..='9' => return unsure(format!("'\\{letter}' is not supported")),
            'E' => return unsure("'\\E' is not supported"),
            other if other.is_ascii() && !other.is_ascii_alphanumeric() => other,
            other => return invalid(format!("'\\{other}' is nothing")),
        })
    }

    /// `[…]`: whatever it holds is written with escapes, so that nothing in it means more.
    fn class(&mut self) -> Result<Before, Refusal> {
        self.made.push('[');
        if self.chars.next_if_eq(&'^').is_some() {
            self.made.push('^');
        }
        let mut is_first = true;
        loop {
            let Some(char) = self.chars.next() else { return invalid("'[' without ']'") };
            match char {
                ']' if !is_first => break,
                '[' if self.chars.peek() == Some(&':') => {
                    let mut ahead = self.chars.clone();
                    ahead.next();
                    let rest: String = ahead.collect();
                    if let Some((name, _)) = rest.split_once(":]") {
                        let (plain, not) = name.strip_prefix('^').map_or((name, ""), |name| (name, "^"));
                        if !CLASSES.contains(&plain) {
                            return invalid(format!("'[:{name}:]' is no class"));
                        }
                        self.made.push_str(&format!("[:{not}{plain}:]"));
                        let _ = self.chars.by_ref().nth(name.len() + 2);
                    } else {
                        self.range(char)?;
                    }
                }
                '\\' => {
                    let Some(letter) = self.chars.next() else { return invalid("'[' without ']'") };
                    match self.set(letter)? {
                        Some(set) => self.made.push_str(&set),
                        None => {
                            let low = self.character(letter)?;
                            self.range(low)?;
                        }
                    }
                }
                other => self.range(other)?,
            }
            is_first = false;
        }
        self.made.push(']');
        Ok(Before::Term)
    }

    /// One character of a class, or a range that begins with it.
    fn range(&mut self, low: char) -> Result<(), Refusal> {
        self.made.push_str(&literal(low));
        let mut ahead = self.chars.clone();
        if ahead.next() != Some('-') || ahead.peek().is_none_or(|char| *char == ']') {
            return Ok(());
        }
        self.chars.next();
        let high = match self.chars.next() {
            Some('\\') => match self.chars.next() {
                Some(letter) => self.character(letter)?,
                None => return invalid("'[' without ']'"),
            },
            Some(char) => char,
            None => return invalid("'[' without ']'"),
        };
        if high < low {
            return invalid(format!("'{low}-{high}' is no range"));
        }
        self.made.push('-');
        self.made.push_str(&literal(high));
        Ok(())
    }
}
