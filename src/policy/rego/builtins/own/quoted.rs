//! Texts between quotes.

use super::regex::{self, is_settled};

/// A text between quotes, as Go quotes.
pub(super) fn quoted(text: &str) -> Result<String, String> {
    let mut quoted = "\"".to_owned();
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            ' '..='~' => quoted.push(char),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            '\0'..='\u{7f}' => quoted.push_str(&format!("\\x{:02x}", u32::from(char))),
            _ if !is_settled(char.encode_utf8(&mut [0; 4])) => {
                return Err("the text has characters that are too new to be sure of".to_owned());
            }
            _ if regex::compile(r"^[\pL\pM\pN\pP\pS]$")?.is_match(char.encode_utf8(&mut [0; 4])) => quoted.push(char),
            '\u{80}'..='\u{ffff}' => quoted.push_str(&format!("\\u{:04x}", u32::from(char))),
            _ => quoted.push_str(&format!("\\U{:08x}", u32::from(char))),
        }
    }
    quoted.push('"');
    Ok(quoted)
}
