//! Bounds on the text of a policy, looked at before it is parsed: a parser goes down as deep as a text is nested, and
//! regorus' takes twice as long for each level of brackets.

/// Of `[` and `{`.
const MAX_BRACKETS: usize = 12;
/// Of `(`.
const MAX_PARENTHESES: usize = 96;
/// Of one expression, in words and signs.
const MAX_LENGTH: usize = 1000;

/// The line and the reason, if the text is out of bounds.
pub(crate) fn exceeded(text: &str) -> Option<(u32, String)> {
    let mut scan = Scan { line: 1, ..Scan::default() };
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\n' => scan.new_line(),
            '#' => while chars.next_if(|char| *char != '\n').is_some() {},
            '"' | '`' => {
                scan.word("\"");
                while let Some(inner) = chars.next() {
                    match inner {
                        '\\' if char == '"' => drop(chars.next()),
                        '\n' => scan.line += 1,
                        _ if inner == char => break,
                        _ => {}
                    }
                }
            }
            _ if char.is_alphanumeric() || char == '_' => {
                let mut word = char.to_string();
                while let Some(more) = chars.next_if(|char| char.is_alphanumeric() || *char == '_') {
                    word.push(more);
                }
                scan.word(&word);
            }
            _ if char.is_whitespace() => {}
            sign => scan.sign(sign),
        }
        if let Some(message) = scan.message() {
            return Some((scan.line, message));
        }
    }
    None
}

#[derive(Default)]
struct Scan {
    line: u32,
    brackets: usize,
    parentheses: usize,
    /// Words and signs of the expression.
    length: usize,
    is_first_of_line: bool,
    /// What stands before needs something after it.
    is_open: bool,
}

impl Scan {
    fn new_line(&mut self) {
        self.line += 1;
        self.is_first_of_line = true;
    }

    fn word(&mut self, word: &str) {
        let joins = word == "in";
        if std::mem::take(&mut self.is_first_of_line) && !self.is_open && !joins {
            self.length = 0;
        }
        self.is_open = joins;
        self.length += 1;
    }

    fn sign(&mut self, sign: char) {
        let is_first = std::mem::take(&mut self.is_first_of_line);
        match sign {
            '[' | '{' => self.brackets += 1,
            ']' | '}' => self.brackets = self.brackets.saturating_sub(1),
            '(' => self.parentheses += 1,
            ')' => self.parentheses = self.parentheses.saturating_sub(1),
            _ => {}
        }
        match sign {
            ';' | ',' | '{' | '}' => self.length = 0,
            // A statement may begin with a bracket, and may go on with one.
            '(' if is_first && !self.is_open => self.length = 0,
            _ => self.length += 1,
        }
        self.is_open = !matches!(sign, ')' | ']' | '}');
    }

    fn message(&self) -> Option<String> {
        if self.brackets > MAX_BRACKETS {
            return Some(format!(
                "brackets are nested more than {MAX_BRACKETS} deep: give an inner part a name of its own"
            ));
        }
        if self.parentheses > MAX_PARENTHESES {
            return Some(format!(
                "calls are nested more than {MAX_PARENTHESES} deep: give an inner part a name of its own"
            ));
        }
        let is_long = self.length > MAX_LENGTH;
        is_long.then(|| "the expression is too long: give parts of it names of their own".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nested_too_deeply_or_too_long_is_told_by_its_line() {
        let line = |text: &str| exceeded(text).map(|(line, _)| line);
        assert_eq!(line(&format!("a := {}1{}", "[".repeat(12), "]".repeat(12))), None);
        assert_eq!(line(&format!("\na := {}", "[\n".repeat(13))), Some(14));
        assert_eq!(line(&format!("a := {}", "f(".repeat(97))), Some(1));
        assert_eq!(line(&format!("a := 1{}", "\n+ 1".repeat(600))), Some(500));
        assert_eq!(line(&format!("a := 1{}", " +\n1".repeat(600))), Some(499));
        assert_eq!(line(&"a if input.x == 1\n".repeat(5000)), None);
        assert_eq!(line(&format!("a := [{}]", "1,\n".repeat(5000))), None);
        assert_eq!(
            line(&format!("# {}\na := \"{}\"\nb := `{}`", "[".repeat(50), "[\\\"".repeat(50), "[".repeat(50))),
            None
        );
    }
}
