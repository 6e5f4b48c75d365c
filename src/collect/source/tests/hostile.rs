use proptest::prelude::*;

use super::super::file::Code;
use super::super::{hcl, json};

const HCL: &str = r##"# seaworthy:ignore[a] until=2027-01-01 reason="é"
resource "aws_db_instance" "orders" {
  for_each = { for k, v in var.x : k => v if v != null }
  name     = "${var.a}-%{ if true }x%{ endif }" // seaworthy:ignore[b] until=2027-01-01 reason=r
  text     = <<-EOT
    # not a comment
  EOT
  timeouts { create = "1h" }
}
module "m" {
  source = "./m"
}
"##;

const JSON: &str = r#"{"resource": {"aws_db_instance": {"a": [{"x": "${var.y}", "b": {"c": [1, {"d": null}]}}]}},
"module": [{"m": {"source": "./m"}}]}"#;

/// Every line that is given is one of the text.
fn lines_exist(code: &Code, text: &str) -> bool {
    let last = u32::try_from(1 + text.matches('\n').count()).unwrap();
    let waivers = code.blocks.iter().flat_map(|block| block.waivers.iter().map(|waiver| waiver.line));
    let lines = code.blocks.iter().flat_map(|block| block.lines.values().copied().chain([block.line]));
    let troubles = code.trouble.iter().chain(&code.bad_waivers).filter_map(|(line, _)| *line);
    waivers.chain(lines).chain(troubles).all(|line| (1..=last).contains(&line))
}

/// A text with a piece taken out and another put in.
fn damaged(text: &'static str) -> impl Strategy<Value = String> {
    (0..text.len(), 0..40usize, "[\\PC\n\"${}\\[\\]#/<]{0,8}").prop_map(move |(at, length, put)| {
        let cut = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        format!("{}{put}{}", &text[..cut(at)], &text[cut(at + length)..])
    })
}

proptest! {
    #[test]
    fn whatever_stands_in_a_file_the_lines_are_its_own(text in damaged(HCL), other in damaged(JSON), any in "\\PC{0,80}") {
        for text in [&text, &other, &any] {
            prop_assert!(lines_exist(&hcl::parse(text), text), "{text}");
            prop_assert!(lines_exist(&json::parse(text), text), "{text}");
        }
    }
}
