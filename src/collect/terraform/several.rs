//! Several plans in one file: `terragrunt show --all -json` prints a plan a line.

use serde_json::value::RawValue;

use super::text;
use crate::collect::terraform::error::TerraformError;
use crate::collect::terraform::parts::Document;

/// The documents of a file, each by itself, if it holds several plans. Anything else stays as it is: whoever reads it
/// says best what is wrong with it.
pub fn documents(bytes: Vec<u8>, name: &str) -> Result<Vec<Vec<u8>>, TerraformError> {
    let text = text::decode(bytes, name)?;
    match plans(&text) {
        Some(plans) => Ok(plans.into_iter().map(|plan| plan.get().as_bytes().to_vec()).collect()),
        None => Ok(vec![text.into_bytes()]),
    }
}

/// Whether a text holds several plans.
pub(super) fn are_plans(text: &str) -> bool {
    plans(text).is_some()
}

fn plans(text: &str) -> Option<Vec<&RawValue>> {
    // Between two documents a bracket is followed by another one, which it never is within one, texts aside: nearly all
    // files need not be gone through.
    let mut brackets = text.match_indices('}').map(|(at, _)| &text[at + 1..]);
    if !brackets.any(|rest| rest.trim_ascii_start().starts_with('{')) {
        return None;
    }
    let found = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let found = found.collect::<Result<Vec<_>, _>>().ok().filter(|found| found.len() > 1)?;
    found.iter().all(|one| is_plan(one)).then_some(found)
}

fn is_plan(one: &RawValue) -> bool {
    serde_json::from_str::<Document<'_>>(one.get()).is_ok_and(|document| document.level.is_none() && document.is_plan())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let documents = documents(text.as_bytes().to_vec(), "plan.json").unwrap();
        documents.into_iter().map(|one| String::from_utf8(one).unwrap()).collect()
    }

    #[test]
    fn only_a_file_of_plans_is_taken_apart() {
        let (one, two) = (r#"{"resource_changes": []}"#, r#"{"planned_values": {}}"#);
        assert_eq!(split(&format!("{one}\n{two}\n")), [one, two]);
        let whole = [
            one.to_owned(),
            format!("{one}\n{{\"version\": 4, \"resources\": []}}"),
            format!("{one}\n{{\"resource_changes\": ["),
            r#"{"@level": "info"} {"@level": "info", "planned_values": {}}"#.to_owned(),
            String::new(),
            r#"{"planned_values": {"a": "}{"}, "b": "} {"}"#.to_owned(),
        ];
        for text in whole {
            assert_eq!(split(&text), std::slice::from_ref(&text));
        }
    }
}
