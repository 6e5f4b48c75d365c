//! As much of CBOR as recorded answers need, which are kept in JSON: services that speak nothing else are asked in it.

use serde_json::Value;

/// A body. Moments are numbers whose name ends in `At` or `Time`.
pub(super) fn encode(value: &Value) -> Vec<u8> {
    let mut body = Vec::new();
    put(value, &mut body);
    body
}

fn put(value: &Value, body: &mut Vec<u8>) {
    match value {
        Value::Null => body.push(0xf6),
        Value::Bool(value) => body.push(if *value { 0xf5 } else { 0xf4 }),
        Value::Number(number) => head(0, number.as_u64().unwrap(), body),
        Value::String(text) => put_text(text, body),
        Value::Array(items) => {
            head(4, items.len() as u64, body);
            items.iter().for_each(|item| put(item, body));
        }
        Value::Object(members) => {
            head(5, members.len() as u64, body);
            for (name, value) in members {
                put_text(name, body);
                if (name.ends_with("At") || name.ends_with("Time")) && value.is_number() {
                    head(6, 1, body);
                }
                put(value, body);
            }
        }
    }
}

fn put_text(text: &str, body: &mut Vec<u8>) {
    head(3, text.len() as u64, body);
    body.extend(text.as_bytes());
}

fn head(major: u8, number: u64, body: &mut Vec<u8>) {
    match u8::try_from(number) {
        Ok(small @ 0..24) => body.push(major << 5 | small),
        _ => {
            body.push(major << 5 | 26);
            body.extend(u32::try_from(number).unwrap().to_be_bytes());
        }
    }
}

/// The texts of a request, which is a map of texts and numbers.
pub(super) fn texts(mut body: &[u8]) -> Vec<(String, String)> {
    let mut items = Vec::new();
    body.split_off_first();
    while let Some(text) = take(&mut body) {
        items.push(text);
    }
    items.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
}

/// The next text or number. None: it was the last.
fn take(body: &mut &[u8]) -> Option<String> {
    let first = *body.split_off_first()?;
    let number = match first & 31 {
        small @ 0..24 => usize::from(small),
        24 => usize::from(*body.split_off_first()?),
        25 => usize::from(u16::from_be_bytes(body.split_off(..2)?.try_into().ok()?)),
        _ => return None,
    };
    match first >> 5 {
        0 => Some(number.to_string()),
        3 => String::from_utf8(body.split_off(..number)?.to_vec()).ok(),
        _ => None,
    }
}
