//! The bytes of a file as text, and what kind of file it is.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::collect::terraform::error::TerraformError;

/// The text of a plan or state: UTF-8 or UTF-16, with or without a byte order mark. PowerShell writes the latter.
pub(super) fn decode(bytes: Vec<u8>, name: &str) -> Result<String, TerraformError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(TerraformError::Binary { name: name.to_owned() });
    }
    let encoding = encoding(&bytes);
    if encoding == UTF_8 {
        // A mark is rare, and to take it off costs one move of the text.
        let mut bytes = bytes;
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        return String::from_utf8(bytes).map_err(|error| TerraformError::Encoding {
            encoding: UTF_8.name(),
            offset: Some(error.utf8_error().valid_up_to()),
        });
    }
    let (text, malformed) = encoding.decode_with_bom_removal(&bytes);
    if malformed {
        return Err(TerraformError::Encoding { encoding: encoding.name(), offset: None });
    }
    Ok(text.into_owned())
}

/// A byte order mark says it; else JSON begins with an ASCII character, so that a zero byte beside it does.
fn encoding(bytes: &[u8]) -> &'static Encoding {
    match *bytes {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        [0, first, ..] if first != 0 => UTF_16BE,
        [first, 0, ..] if first != 0 => UTF_16LE,
        _ => UTF_8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        decode(bytes.to_vec(), "plan.json").unwrap()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        assert_eq!(decoded("{\"ä\"}".as_bytes()), "{\"ä\"}");
        assert_eq!(decoded("\u{feff}{\"ä\"}".as_bytes()), "{\"ä\"}");
        assert_eq!(decoded(b"\xff\xfe{\0\"\0\xe4\0\"\0}\0"), "{\"ä\"}");
        assert_eq!(decoded(b"\xfe\xff\0{\0\"\0\xe4\0\"\0}"), "{\"ä\"}");
        assert_eq!(decoded(b"{\0\"\0\xe4\0\"\0}\0"), "{\"ä\"}");
        assert_eq!(decoded(b"\0{\0\"\0\xe4\0\"\0}"), "{\"ä\"}");
        assert_eq!(decoded(b""), "");
    }

    #[test]
    fn what_is_no_text_says_so() {
        let error = |bytes: &[u8]| decode(bytes.to_vec(), "tf.plan").unwrap_err().to_string();
        assert_eq!(
            error(b"PK\x03\x04\x14\0"),
            "this is a binary plan: give the output of `terraform show -json tf.plan` (or `tofu show -json tf.plan`)"
        );
        assert_eq!(error(b"{\"a\": \"\xe4\"}"), "it is not UTF-8: byte 7 is wrong");
        assert_eq!(error(b"\xff\xfe{\0\0\xd8}\0"), "it is not UTF-16LE");
    }
}
