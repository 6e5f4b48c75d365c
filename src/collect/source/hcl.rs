//! `.tf` files: blocks, lines and waivers, by the spans that hcl-edit keeps.

use std::collections::BTreeSet;
use std::ops::Range;

use hcl_edit::expr::Expression;
use hcl_edit::structure::{self, Body, Structure};
use hcl_edit::{Decorate as _, RawString, Span as _};

use super::expression::{self, reference};
use super::waiver::{self, MARK};
use crate::collect::source::block::{Block, Code, LineIndex, Word};
use crate::model::Extent;

pub(super) fn parse(text: &str) -> Code {
    let mut reader = Reader { lines: LineIndex::of(text), code: Code::default(), read: BTreeSet::new() };
    match hcl_edit::parser::parse_body(text) {
        Ok(body) => body.iter().for_each(|structure| reader.top(structure)),
        Err(error) => {
            let line = u32::try_from(error.location().line()).ok();
            reader.code.trouble = Some((line, format!("not read: {}", one_line(error.message()))));
            return reader.code;
        }
    }
    reader.strays(text);
    reader.code
}

struct Reader<'a> {
    lines: LineIndex<'a>,
    code: Code,
    /// Lines of the waivers that were read.
    read: BTreeSet<u32>,
}

impl Reader<'_> {
    fn top(&mut self, structure: &Structure) {
        let Structure::Block(from) = structure else { return };
        match from.ident.as_str() {
            "provider" => return self.provider(from),
            "locals" => return self.locals(&from.body),
            _ => {}
        }
        let labels: Vec<&str> = from.labels.iter().map(structure::BlockLabel::as_str).collect();
        let address = match (from.ident.as_str(), labels.as_slice()) {
            ("resource", [kind, name]) => format!("{kind}.{name}"),
            ("data", [kind, name]) => format!("data.{kind}.{name}"),
            ("module", [name]) => format!("module.{name}"),
            ("output", [name]) => return self.output(name, from),
            _ => return,
        };
        let mut block = Block { address, extent: self.extent(structure.span(), 1), ..Block::default() };
        if let Some(Expression::String(source)) = from.body.get_attribute("source").map(|source| &source.value) {
            block.source = Some(source.value().to_owned());
        }
        let line = block.extent.line;
        self.waivers(structure, line, &mut block);
        self.body(&from.body, "", line, &mut block);
        self.code.blocks.push(block);
    }

    /// Of a provider only where it works counts: credentials stand there too.
    fn provider(&mut self, from: &structure::Block) {
        let Some(name) = from.labels.first().map(structure::BlockLabel::as_str) else { return };
        let of = |attribute: &str| word(&from.body.get_attribute(attribute)?.value);
        let address = match of("alias") {
            Some(Word::Text(alias)) => format!("provider.{name}.{alias}"),
            _ => format!("provider.{name}"),
        };
        self.code.blocks.push(Block { address, word: of("region"), ..Block::default() });
    }

    /// Of locals what they are, as far as they are texts or plain references, and what they hand on.
    fn locals(&mut self, body: &Body) {
        for attribute in body.attributes() {
            let word = word(&attribute.value).filter(|word| !matches!(word, Word::Text(text) if text.len() > 64));
            let mut block = Block { address: format!("local.{}", attribute.key.as_str()), word, ..Block::default() };
            block.give("value", expression::of(&attribute.value));
            self.code.blocks.push(block);
        }
    }

    /// Of an output only what it hands on counts: nothing is found in it, and no waiver stands on it.
    fn output(&mut self, name: &str, from: &structure::Block) {
        let mut block = Block { address: format!("output.{name}"), ..Block::default() };
        if let Some(value) = from.body.get_attribute("value") {
            block.give("value", expression::of(&value.value));
            self.code.blocks.push(block);
        }
    }

    fn body(&mut self, body: &Body, path: &str, above: u32, block: &mut Block) {
        for structure in body {
            let span = match structure {
                // An attribute of a block on one line has no span of its own, and its name and value have.
                Structure::Attribute(attribute) => attribute.span().or_else(|| {
                    let (name, value) = (attribute.key.span()?, attribute.value.span());
                    Some(name.start..value.map_or(name.end, |value| value.end))
                }),
                Structure::Block(_) => structure.span(),
            };
            let extent = self.extent(span, above);
            let line = extent.line;
            self.waivers(structure, line, block);
            match structure {
                Structure::Attribute(attribute) => {
                    let path = format!("{path}{}", attribute.key.as_str());
                    block.give(&path, expression::of(&attribute.value));
                    if let Some(variable) = variable(&attribute.value) {
                        block.variables.entry(path.clone()).or_insert_with(|| variable.to_owned());
                    }
                    block.lines.entry(path).or_insert(extent);
                }
                Structure::Block(inner) => {
                    let (name, content) = generated(inner).unwrap_or((inner.ident.as_str(), &inner.body));
                    let path = format!("{path}{name}");
                    if inner.has_ident("dynamic") {
                        block.dynamic.insert(path.clone());
                    }
                    self.body(content, &format!("{path}."), line, block);
                    block.lines.entry(path).or_insert(extent);
                }
            }
        }
    }

    /// Waivers in the comment directly above a structure, and in the one at the end of its line.
    fn waivers(&mut self, structure: &Structure, line: u32, block: &mut Block) {
        let decor = structure.decor();
        let text = |raw: Option<&RawString>| raw.map(|raw| raw.to_string()).unwrap_or_default();
        let above = text(decor.prefix());
        // The last line of the prefix is the indent of the structure itself.
        let above = above.lines().rev().skip(usize::from(!above.ends_with('\n')));
        for (comment, line) in above.take_while(|line| !line.trim().is_empty()).zip((1..line).rev()) {
            self.waiver(comment, line, block);
        }
        if let Structure::Block(inner) = structure {
            self.waiver(&text(inner.body.decor().prefix()), line, block);
        }
        let last = structure.span().map_or(line, |span| self.lines.at(span.end));
        self.waiver(&text(decor.suffix()), last, block);
    }

    fn waiver(&mut self, comment: &str, line: u32, block: &mut Block) {
        match waiver::parse(comment, line) {
            None => return,
            Some(Ok(waiver)) => block.waivers.push(waiver),
            Some(Err(problem)) => self.code.bad_waivers.push((Some(line), problem)),
        }
        self.read.insert(line);
    }

    /// A waiver that nobody reads would mislead its author.
    fn strays(&mut self, text: &str) {
        let marked = (1..).zip(text.lines()).filter(|(_, line)| line.contains(MARK));
        self.code.bad_waivers.extend(marked.filter(|(line, _)| !self.read.contains(line)).map(|(line, _)| {
            let text = "the waiver has no effect: it is neither directly above a resource, module or attribute, nor at the \
                        end of its line";
            (Some(line), text.to_owned())
        }));
    }

    /// Without a span, the whole of a line.
    fn extent(&self, span: Option<Range<usize>>, line: u32) -> Extent {
        let line = Extent { line, column: 1, end_line: line, end_column: 2 };
        span.map_or(line, |span| self.lines.extent(span))
    }
}

/// A text, or a plain reference to a local or a variable.
fn word(expression: &Expression) -> Option<Word> {
    if let Expression::String(text) = expression {
        return Some(Word::Text(text.value().to_owned()));
    }
    let (root, name) = reference(expression).filter(|(root, _)| matches!(*root, "local" | "var"))?;
    Some(Word::Reference(format!("{root}.{name}")))
}

/// The name and the content of the blocks that a `dynamic` block makes.
fn generated(block: &structure::Block) -> Option<(&str, &Body)> {
    let [name] = block.labels.as_slice() else { return None };
    let content = block.body.get_blocks("content").next().filter(|_| block.has_ident("dynamic"))?;
    Some((name.as_str(), &content.body))
}

/// `x` of `var.x`.
fn variable(expression: &Expression) -> Option<&str> {
    reference(expression).filter(|(root, _)| *root == "var").map(|(_, name)| name)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_outputs_and_locals_what_they_hand_on_is_kept() {
        let code = parse("output \"a\" {\n  value = lower(x.y.arn)\n}\nlocals {\n  b = x.y.arn\n}\n");
        let block = |address: &str, value: &str, word: Option<Word>| {
            let gives = [("value".to_owned(), Some(expression::of(&value.parse().unwrap())))].into();
            Block { address: address.to_owned(), gives, word, ..Block::default() }
        };
        assert_eq!(code.blocks, [block("output.a", "lower(x.y.arn)", None), block("local.b", "x.y.arn", None)]);
    }

    #[test]
    fn an_attribute_of_blocks_that_repeat_gives_nothing_that_is_known() {
        let code = parse("resource \"a\" \"b\" {\n  c {\n    d = x.y\n  }\n  c {\n    d = x.z\n  }\n}\n");
        assert_eq!(code.blocks[0].gives, [("c.d".to_owned(), None)].into());
        let code = parse("resource \"a\" \"b\" {\n  c {\n    d = x.y\n  }\n  c {\n    d = lower(x.z)\n  }\n}\n");
        assert_eq!(code.blocks[0].gives, [("c.d".to_owned(), Some(expression::Gives::Derived))].into());
    }
}
