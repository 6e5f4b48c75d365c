//! `.tf.json` files. Lines come from where the values stand in the text.

use indexmap::IndexMap;
use serde_json::value::RawValue;

use super::expression::Gives;
use crate::collect::source::block::{Block, Code, FileProblem, LineIndex};
use crate::model::Extent;

/// Blocks in blocks that are looked at. Terraform's own nest less.
const MAX_DEPTH: usize = 16;

pub(super) fn parse(text: &str) -> Code {
    let root: &RawValue = match serde_json::from_str(text) {
        Ok(root) => root,
        Err(error) => return Code { trouble: Some(trouble(&error)), ..Code::default() },
    };
    let reader = Reader { text, lines: LineIndex::of(text) };
    let mut blocks = Vec::new();
    for (word, value) in members(root) {
        let prefix = match word.as_str() {
            "resource" => "",
            "data" => "data.",
            "module" | "output" => {
                let named = members(value).into_iter();
                blocks.extend(named.map(|(name, body)| reader.block(format!("{word}.{name}"), body)));
                continue;
            }
            "locals" => {
                for (name, value) in members(value) {
                    let mut block = Block { address: format!("local.{name}"), ..Block::default() };
                    if let Some(gives) = gives(value, MAX_DEPTH) {
                        block.give("value", gives);
                    }
                    blocks.push(block);
                }
                continue;
            }
            _ => continue,
        };
        for (kind, named) in members(value) {
            let named = members(named).into_iter();
            blocks.extend(named.map(|(name, body)| reader.block(format!("{prefix}{kind}.{name}"), body)));
        }
    }
    Code { blocks, ..Code::default() }
}

/// The line of an error, and what it says beside.
pub(super) fn trouble(error: &serde_json::Error) -> FileProblem {
    let text = error.to_string();
    let problem = text.rsplit_once(" at line ").map_or(text.as_str(), |(problem, _)| problem);
    (u32::try_from(error.line()).ok(), format!("not read: {problem}"))
}

struct Reader<'a> {
    text: &'a str,
    lines: LineIndex<'a>,
}

impl Reader<'_> {
    fn block(&self, address: String, body: &RawValue) -> Block {
        let mut block = Block { address, extent: self.extent(body), ..Block::default() };
        let source = members(body).into_iter().find(|(name, _)| name == "source");
        block.source = source.and_then(|(_, source)| serde_json::from_str(source.get()).ok());
        self.body(body, "", MAX_DEPTH, &mut block);
        block
    }

    fn body(&self, body: &RawValue, path: &str, depth: usize, block: &mut Block) {
        for (name, value) in members(body) {
            let path = format!("{path}{name}");
            if let Some(gives) = gives(value, MAX_DEPTH) {
                block.give(&path, gives);
            }
            if let Some(variable) = variable(value) {
                block.variables.entry(path.clone()).or_insert(variable);
            }
            if depth > 0 {
                self.body(value, &format!("{path}."), depth - 1, block);
            }
            block.lines.entry(path).or_insert_with(|| self.extent(value));
        }
    }

    /// A raw value is a piece of the text, so its place is the distance of their addresses.
    fn extent(&self, value: &RawValue) -> Extent {
        let start = (value.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.lines.extent(start..start + value.get().len())
    }
}

/// Members of an object, or of all objects in a list: Terraform takes either wherever a block may repeat.
fn members(value: &RawValue) -> Vec<(String, &RawValue)> {
    if let Ok(members) = serde_json::from_str::<IndexMap<String, &RawValue>>(value.get()) {
        return members.into_iter().collect();
    }
    let list = serde_json::from_str::<Vec<&RawValue>>(value.get()).unwrap_or_default();
    let objects = list.into_iter().filter_map(|one| serde_json::from_str::<IndexMap<_, _>>(one.get()).ok());
    objects.flatten().collect()
}

/// `x` of `"${var.x}"`.
fn variable(value: &RawValue) -> Option<String> {
    let name = value.get().strip_prefix("\"${var.")?.strip_suffix("}\"")?;
    name.chars().all(|letter| letter.is_alphanumeric() || "_-".contains(letter)).then(|| name.to_owned())
}

/// What a text gives, or the texts of a list.
fn gives(value: &RawValue, depth: usize) -> Option<Gives> {
    match value.get().as_bytes().first()? {
        b'"' => Some(Gives::of_text(&serde_json::from_str::<String>(value.get()).ok()?)),
        b'[' if depth > 0 => {
            let items = serde_json::from_str::<Vec<&RawValue>>(value.get()).ok()?;
            let all: Option<Vec<_>> = items.iter().map(|item| gives(item, depth - 1)).collect();
            Some(Gives::all(all?, true))
        }
        _ => None,
    }
}
