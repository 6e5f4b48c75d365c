//! What an expression of the code gives of what it refers to: all of it, one of it, or something made of it.

use std::collections::{BTreeMap, BTreeSet};

use hcl_edit::expr::{Expression, ForExpr, Object, ObjectKey, Traversal, TraversalOperator};
use hcl_edit::template::Element;

/// What an expression gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gives {
    /// Made of what it refers to, and none of it: `replace(aws_kms_key.k.arn, …)`.
    Derived,
    /// What it refers to.
    These(These),
    /// An object, by the names of its parts.
    Object(BTreeMap<String, Self>),
}

/// What an expression refers to and hands on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct These {
    /// As the code names them, with `[*]` for every one: `aws_subnet.private[*].id`. A text is in quotes.
    pub references: BTreeSet<String>,
    pub share: Share,
    form: Form,
    /// It stands for each of several things in turn, as in a loop: an index is one of each of them.
    is_each: bool,
}

/// How much of what it refers to an expression gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Share {
    #[default]
    All,
    /// One of several, by a condition or an index.
    One,
    /// Some of it, and perhaps nothing, by a filter.
    Some,
}

/// What may follow an expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// A reference: whatever follows it follows the reference.
    #[default]
    Reference,
    /// Several things of one kind: what is asked of it is asked of each.
    List,
    /// A list whose items are their own keys.
    Set,
    /// An object of parts that have nothing in common.
    Object,
}

/// A name, an index or a splat that follows an expression.
enum Step {
    Attribute(String),
    /// All of a list.
    All,
    /// Each of a list: what follows is asked of it. <https://developer.hashicorp.com/terraform/language/expressions/splat>
    Each,
    /// As it is written.
    Index(String),
    /// One that is worked out.
    Computed,
}

/// References of one expression that are kept. One with more is not understood.
const MAX_REFERENCES: usize = 256;

/// Functions that give back a list of all that they are given.
const GATHER: &[&str] = &[
    "compact",
    "concat",
    "distinct",
    "flatten",
    "nonsensitive",
    "one",
    "sensitive",
    "sort",
    "tolist",
    "tomap",
    "values",
];

/// Functions that give back the first of what they are given that will do.
const CHOOSE: &[&str] = &["coalesce", "coalescelist", "try"];

/// The variables of the loops around an expression. `None`: the key of a loop.
type Loops<'e> = [(&'e str, Option<Gives>)];

impl These {
    fn reference(name: &str) -> Self {
        Self { references: [name.to_owned()].into(), ..Self::default() }
    }

    fn is_text(&self) -> bool {
        self.references.iter().all(|reference| reference.starts_with('"'))
    }

    /// It is a set, so that in a `for_each` the values are the keys.
    pub(crate) fn is_set(&self) -> bool {
        self.form == Form::Set
    }

    fn then(mut self, step: Step) -> Option<Self> {
        if self.form == Form::Object {
            return None;
        }
        let ending = match (step, self.form) {
            (Step::Attribute(name), _) => format!(".{name}"),
            (Step::All, _) => "[*]".to_owned(),
            (Step::Each, _) => {
                self.is_each = true;
                "[*]".to_owned()
            }
            (Step::Index(key), Form::Reference) if self.is_each => format!("[{key}]"),
            (Step::Index(key), Form::Reference) => {
                self.references = self.references.into_iter().map(|reference| at_index(reference, &key)).collect();
                return Some(self);
            }
            (Step::Computed, Form::Reference) => {
                self.share = self.share.max(Share::One);
                "[*]".to_owned()
            }
            (Step::Index(_) | Step::Computed, _) => {
                self.share = self.share.max(Share::One);
                String::new()
            }
        };
        let follow = |reference: String| match (reference.ends_with("[*]"), ending.as_str()) {
            // A list of lists is as good as one list.
            (true, "[*]") => reference,
            _ => reference + &ending,
        };
        self.references = self.references.into_iter().map(follow).collect();
        Some(self)
    }
}

/// `a.b[*].id` at an index is `a.b[0].id`.
fn at_index(reference: String, key: &str) -> String {
    match reference.rsplit_once("[*]") {
        Some((before, after)) => format!("{before}[{key}]{after}"),
        None => format!("{reference}[{key}]"),
    }
}

impl Gives {
    /// What the text of a `.tf.json` file gives.
    pub(super) fn of_text(text: &str) -> Self {
        match hcl_edit::parser::parse_template(text) {
            Ok(template) => of_template(&template.iter().collect::<Vec<_>>(), &[]),
            Err(_) => Self::Derived,
        }
    }

    /// What a part of it gives, by the rest of a reference that leads to it: `[0].id`. `None`: which part is not clear.
    pub(crate) fn part<'s>(self, rest: impl Iterator<Item = (&'s str, Option<&'s str>)>) -> Option<These> {
        let steps = rest.flat_map(|(name, key)| {
            let name = (!name.is_empty()).then(|| Step::Attribute(name.to_owned()));
            let key = key.map(|key| if key == "*" { Step::All } else { Step::Index(key.to_owned()) });
            name.into_iter().chain(key)
        });
        match steps.fold(self, Self::then).flat() {
            Self::These(these) => Some(these),
            Self::Derived | Self::Object(_) => None,
        }
    }

    /// An object by what is in it, whatever it is called.
    fn flat(self) -> Self {
        match self {
            Self::Object(parts) => Self::all(parts.into_values(), false),
            other => other,
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::Derived => 1,
            Self::These(these) => these.references.len(),
            Self::Object(parts) => parts.values().map(Self::size).sum(),
        }
    }

    /// All that several expressions give.
    pub(super) fn all(parts: impl IntoIterator<Item = Self>, of_one_kind: bool) -> Self {
        let form = if of_one_kind { Form::List } else { Form::Object };
        // What is made of sets has keys of its own.
        let plain = |form: Form| if form == Form::Set { Form::List } else { form };
        let mut all = These { form, ..These::default() };
        for part in parts {
            let Self::These(part) = part.flat() else { return Self::Derived };
            all.references.extend(part.references);
            all.share = all.share.max(part.share);
            all.form = all.form.max(plain(part.form));
        }
        if all.references.len() > MAX_REFERENCES { Self::Derived } else { Self::These(all) }
    }

    /// One of what several expressions give. A text counts for nothing: if it were that, the value would be known.
    fn choice(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut parts: Vec<_> =
            parts.into_iter().filter(|part| !matches!(part, Self::These(these) if these.is_text())).collect();
        if parts.len() == 1 {
            return parts.remove(0);
        }
        Self::all(parts, true).at_most(Share::One)
    }

    fn at_most(self, share: Share) -> Self {
        match self {
            Self::These(these) => Self::These(These { share: these.share.max(share), ..these }),
            Self::Object(parts) if share == Share::All => Self::Object(parts),
            Self::Object(_) => self.flat().at_most(share),
            Self::Derived => self,
        }
    }

    fn is_each(&self) -> bool {
        matches!(self, Self::These(these) if these.is_each)
    }

    fn with_each(mut self, is_each: bool) -> Self {
        if let Self::These(these) = &mut self {
            these.is_each = is_each;
        }
        self
    }

    fn into_set(mut self) -> Self {
        if let Self::These(these) = &mut self
            && these.form == Form::List
        {
            these.form = Form::Set;
        }
        self
    }

    fn then(self, step: Step) -> Self {
        match self {
            Self::These(these) => these.then(step).map_or(Self::Derived, Self::These),
            Self::Object(mut parts) => match step {
                Step::Attribute(name) => parts.remove(&name).unwrap_or(Self::Derived),
                Step::Index(key) => unquoted(&key).and_then(|key| parts.remove(&key)).unwrap_or(Self::Derived),
                // Each of its parts is asked, if they are of one kind.
                Step::All | Step::Each | Step::Computed => {
                    let is_nested = parts.values().any(|part| matches!(part, Self::Object(_)));
                    if is_nested { Self::Derived } else { Self::all(parts.into_values(), true).then(step) }
                }
            },
            Self::Derived => self,
        }
    }
}

/// What an expression gives.
pub(super) fn of(value: &Expression) -> Gives {
    gives(value, &[])
}

fn gives(value: &Expression, loops: &Loops<'_>) -> Gives {
    let each = |value: &Expression| gives(value, loops);
    match value {
        Expression::Array(items) => Gives::all(items.iter().map(each), true),
        Expression::Object(items) => of_object(items, loops),
        Expression::Parenthesis(inner) => each(inner.inner()),
        Expression::Conditional(choice) => Gives::choice([each(&choice.true_expr), each(&choice.false_expr)]),
        Expression::FuncCall(call) => {
            let first = || call.args.get(0).map_or(Gives::Derived, each);
            match call.name.name.as_str() {
                _ if !call.name.namespace.is_empty() => Gives::Derived,
                "element" => first().then(call.args.get(1).map_or(Step::Computed, at)),
                "slice" => first().at_most(Share::Some),
                "toset" => Gives::all(call.args.iter().map(each), true).into_set(),
                name if GATHER.contains(&name) => Gives::all(call.args.iter().map(each), true),
                name if CHOOSE.contains(&name) => Gives::choice(call.args.iter().map(each)),
                _ => Gives::Derived,
            }
        }
        Expression::ForExpr(each) => of_loop(each, loops),
        Expression::Variable(name) => of_variable(name.as_str(), loops),
        Expression::Traversal(traversal) => of_traversal(traversal, loops),
        Expression::String(text) if text.is_empty() => Gives::These(These::default()),
        Expression::String(text) => Gives::These(These::reference(&quoted(text.as_str()))),
        Expression::StringTemplate(template) => of_template(&template.iter().collect::<Vec<_>>(), loops),
        Expression::HeredocTemplate(heredoc) => of_template(&heredoc.template.iter().collect::<Vec<_>>(), loops),
        Expression::UnaryOp(_) | Expression::BinaryOp(_) => Gives::Derived,
        Expression::Null(_) | Expression::Bool(_) | Expression::Number(_) => Gives::These(These::default()),
    }
}

/// What a text is made of is none of it, unless there is nothing else in the text.
fn of_template(elements: &[&Element], loops: &Loops<'_>) -> Gives {
    match elements {
        [Element::Interpolation(only)] => gives(&only.expr, loops),
        [] => Gives::These(These::default()),
        _ if elements.iter().all(|element| matches!(element, Element::Literal(_))) => {
            Gives::These(These::reference("\"\""))
        }
        _ => Gives::Derived,
    }
}

fn of_object(items: &Object, loops: &Loops<'_>) -> Gives {
    let key = |key: &ObjectKey| match key {
        ObjectKey::Ident(name) => Some(name.as_str().to_owned()),
        ObjectKey::Expression(Expression::String(text)) => Some(text.as_str().to_owned()),
        ObjectKey::Expression(_) => None,
    };
    let parts = || items.iter().map(|(_, value)| gives(value.expr(), loops));
    let keys: Option<Vec<String>> = items.iter().map(|(name, _)| key(name)).collect();
    match keys {
        Some(keys) => {
            let object = Gives::Object(keys.into_iter().zip(parts()).collect());
            if object.size() > MAX_REFERENCES { Gives::Derived } else { object }
        }
        None => Gives::all(parts(), false),
    }
}

fn of_variable(name: &str, loops: &Loops<'_>) -> Gives {
    match loops.iter().rev().find(|(known, _)| *known == name) {
        Some((_, value)) => value.clone().unwrap_or(Gives::Derived),
        None => Gives::These(These::reference(name)),
    }
}

fn of_loop(each: &ForExpr, loops: &Loops<'_>) -> Gives {
    let intro = &each.intro;
    let item = gives(&intro.collection_expr, loops).then(Step::Each);
    let mut inner = loops.to_vec();
    inner.extend(intro.key_var.iter().map(|key| (key.as_str(), None)));
    inner.push((intro.value_var.as_str(), Some(item)));
    let share = if each.cond.is_some() { Share::Some } else { Share::All };
    Gives::all([gives(&each.value_expr, &inner)], true).at_most(share)
}

fn of_traversal(traversal: &Traversal, loops: &Loops<'_>) -> Gives {
    let step = |operator: &TraversalOperator| match operator {
        TraversalOperator::AttrSplat(_) => Step::All,
        TraversalOperator::FullSplat(_) => Step::Each,
        TraversalOperator::GetAttr(name) => Step::Attribute(name.as_str().to_owned()),
        TraversalOperator::LegacyIndex(index) => Step::Index(index.to_string()),
        TraversalOperator::Index(index) => at(index),
    };
    let steps = traversal.operators.iter().map(|operator| step(operator.value()));
    let base = gives(&traversal.expr, loops);
    let is_each = base.is_each();
    steps.fold(base, Gives::then).with_each(is_each)
}

fn at(index: &Expression) -> Step {
    match index {
        Expression::Number(number) => Step::Index(number.to_string()),
        Expression::String(text) => Step::Index(quoted(text.as_str())),
        _ => own_key(index).map_or(Step::Computed, |key| Step::Index(key.to_owned())),
    }
}

fn unquoted(key: &str) -> Option<String> {
    serde_json::from_str(key).ok()
}

/// As keys are written in addresses.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The index is the block's own, of its `for_each` or its `count`.
fn own_key(index: &Expression) -> Option<&'static str> {
    match reference(index)? {
        ("each", "key") => Some("each.key"),
        ("each", "value") => Some("each.value"),
        ("count", "index") => Some("count.index"),
        _ => None,
    }
}

/// `var` and `x` of `var.x`.
pub(super) fn reference(expression: &Expression) -> Option<(&str, &str)> {
    let traversal = expression.as_traversal()?;
    let [operator] = traversal.operators.as_slice() else { return None };
    let TraversalOperator::GetAttr(name) = operator.value() else { return None };
    Some((traversal.expr.as_variable()?.as_str(), name.as_str()))
}

#[cfg(test)]
mod tests;
