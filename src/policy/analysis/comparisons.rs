//! Comparisons that come out the same whatever the input is: of a boolean with a text, or with a word that the fact
//! never is. Rego takes them without a word, and a rule that never fires looks like a pass.

use regorus::unstable::{BoolOp, Expr, Span};

use super::syntax::{parameter, text_of};
use super::{Analysis, BodyContext, Meaning, Mistake};
use crate::policy::schema::Types;
use crate::text::did_you_mean;

/// One side of a comparison.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub expression: &'a Expr,
    pub meaning: &'a Meaning,
}

impl<'m> Analysis<'m> {
    /// Whether two sides can be equal at all.
    pub(super) fn compare(
        &self,
        op: &BoolOp,
        left: Side<'_>,
        right: Side<'_>,
        scope: &BodyContext<'m>,
    ) -> Result<(), Mistake> {
        let is_equality = matches!(op, BoolOp::Eq | BoolOp::Ne);
        let sign = match op {
            BoolOp::Lt => "<",
            BoolOp::Le => "<=",
            BoolOp::Eq => "==",
            BoolOp::Ge => ">=",
            BoolOp::Gt => ">",
            BoolOp::Ne => "!=",
        };
        let written = |left: &str, right: &str| format!("'{left} {sign} {right}'");
        self.check(left, right, is_equality, scope, written)
    }

    /// Whether something can be among some items.
    pub(super) fn member(
        &self,
        value: Side<'_>,
        collection: &'m Expr,
        elements: &Meaning,
        scope: &BodyContext<'m>,
    ) -> Result<(), Mistake> {
        let whole = text_of(collection.span());
        if let Expr::Array { items, .. } | Expr::Set { items, .. } = collection {
            return items.iter().try_for_each(|item| {
                let item = Side { expression: item, meaning: &Meaning::Other };
                self.check(value, item, true, scope, |left, right| format!("'{left} in …{right}…'"))
            });
        }
        let elements = Side { expression: collection, meaning: elements };
        if matches!(elements.meaning, Meaning::Other) {
            return Ok(());
        }
        self.check(value, elements, true, scope, |left, _| format!("'{left} in {whole}'"))
    }

    fn check(
        &self,
        left: Side<'_>,
        right: Side<'_>,
        is_equality: bool,
        scope: &BodyContext<'m>,
        written: impl Fn(&str, &str) -> String,
    ) -> Result<(), Mistake> {
        if !scope.checks {
            return Ok(());
        }
        let (Some(first), Some(second)) = (self.types(left), self.types(right)) else { return Ok(()) };
        let span = left.expression.span();
        let written = || written(text_of(left.expression.span()), text_of(right.expression.span()));
        if !first.meets(second) {
            let text =
                format!("{} compares {first} with {second}: it comes out the same for every resource", written());
            return Err(mistake(span, text));
        }
        let words = self.words(left).map(|words| (words, right)).or_else(|| Some((self.words(right)?, left)));
        let Some((words, other)) = words.filter(|_| is_equality) else { return Ok(()) };
        let (Expr::String { value, .. } | Expr::RawString { value, .. }) = other.expression else { return Ok(()) };
        match value.as_string() {
            Ok(word) if !words.contains(&&**word) => {
                let hint = did_you_mean(word, words.iter().copied());
                let hint = if hint.is_empty() { format!(": it is one of {}", words.join(", ")) } else { hint };
                Err(mistake(span, format!("{} compares with what the fact never is{hint}", written())))
            }
            _ => Ok(()),
        }
    }

    /// The types that a side can have; `None`: any.
    fn types(&self, side: Side<'_>) -> Option<Types> {
        if let Meaning::Input(nodes) = side.meaning {
            let types = nodes.iter().map(|node| self.schema.nodes[*node].types);
            return types.reduce(Types::or).filter(|types| *types != Types::ANY);
        }
        Some(match side.expression {
            Expr::String { .. } | Expr::RawString { .. } => Types::TEXT,
            Expr::Number { .. } => Types::NUMBER,
            Expr::Bool { .. } => Types::BOOLEAN,
            Expr::Null { .. } => Types::NULL,
            Expr::Array { .. } | Expr::ArrayCompr { .. } => Types::LIST,
            Expr::Set { .. } | Expr::SetCompr { .. } => Types::SET,
            Expr::Object { .. } | Expr::ObjectCompr { .. } => Types::OBJECT,
            Expr::Call { fcn, .. } => match fcn.span().text() {
                "count" | "abs" | "ceil" | "floor" | "round" | "to_number" => Types::NUMBER,
                "lower" | "upper" | "sprintf" | "concat" | "replace" | "substring" | "trim_space" => Types::TEXT,
                "startswith" | "endswith" | "contains" | "regex.match" | "glob.match" => Types::BOOLEAN,
                _ => return None,
            },
            other => {
                let (id, name) = parameter(other.span())?;
                Types::of(self.own.filter(|own| own.id == id)?.parameters.get(name).map(|own| &own.default)?)
            }
        })
    }

    /// The words that a side can be, if they are all known.
    fn words(&self, side: Side<'_>) -> Option<Vec<&str>> {
        let Meaning::Input(nodes) = side.meaning else { return None };
        let nodes = nodes.iter().map(|node| &self.schema.nodes[*node]);
        let words: Vec<&str> = nodes.clone().flat_map(|node| &node.words).map(String::as_str).collect();
        nodes.clone().all(|node| !node.words.is_empty()).then_some(words)
    }

    /// A parameter that the header does not declare is never there, and a rule that needs it never fires.
    pub(super) fn declared(&self, expression: &Expr) -> Result<(), Mistake> {
        let Some(own) = self.own else { return Ok(()) };
        let Some((id, name)) = parameter(expression.span()) else { return Ok(()) };
        let span = expression.span();
        if id != own.id {
            let hint = did_you_mean(id, [own.id.as_str()]);
            let text = format!("'{id}' is not this policy, and the parameters of another one are not for it{hint}");
            return if hint.is_empty() { Ok(()) } else { Err(mistake(span, text)) };
        }
        if own.parameters.contains_key(name) {
            return Ok(());
        }
        let hint = did_you_mean(name, own.parameters.keys().map(String::as_str));
        Err(mistake(span, format!("the header declares no parameter '{name}'{hint}")))
    }
}

fn mistake(span: &Span, message: String) -> Mistake {
    Mistake::Nonsense { file: span.source.get_path().clone(), line: span.line, message }
}
