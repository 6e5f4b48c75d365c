//! Statements, and what `not` and `with` make of them.

use std::collections::BTreeMap;

use regorus::Value;
use regorus::unstable::{AssignOp, BinOp, BoolOp, Expr, Literal, LiteralStmt, Query, Ref, Span, WithModifier};

use super::super::plan::{Pattern, Replaced, Step, Term};
use super::scope::Scope;
use super::{Lowered, declared, names, refused};
use crate::policy::rego::lower::parts::{mentions, parts};

/// A statement, or a part of one that stands for itself: `[a, 1] = [2, b]` is two.
#[derive(Clone, Copy)]
enum Item<'m> {
    Whole(&'m LiteralStmt),
    Pair(&'m Expr, &'m Expr, &'m LiteralStmt),
}

impl<'m> Scope<'_, 'm> {
    /// All statements of a body, in an order in which they can be run.
    pub(super) fn statements(&mut self, query: &'m Query, steps: &mut Vec<Step>) -> Lowered<()> {
        if let Some(Literal::Expr { expr, .. }) = query.stmts.first().map(|statement| &statement.literal)
            && begins_with_union(expr)
        {
            let message = "what begins like this is a comprehension to OPA: give the union a name with ':='";
            return Err(refused(expr.span(), message.to_owned()));
        }
        let mut rest: Vec<Item<'m>> = Vec::new();
        for statement in &query.stmts {
            match &statement.literal {
                Literal::Expr { expr, .. } => match expr.as_ref() {
                    Expr::AssignExpr { op, lhs, rhs, .. } => {
                        declared::may_be_same(lhs, rhs)?;
                        match op {
                            AssignOp::Eq => split(lhs, rhs, statement, &mut rest),
                            AssignOp::ColEq => rest.push(Item::Whole(statement)),
                        }
                    }
                    _ => rest.push(Item::Whole(statement)),
                },
                _ => rest.push(Item::Whole(statement)),
            }
        }
        while !rest.is_empty() {
            let ready = rest.iter().position(|item| self.item_lacks(*item).is_none());
            let Some(at) = ready else {
                let lacking = rest.iter().find_map(|item| self.item_lacks(*item));
                return Err(lacking.map_or_else(
                    || refused(&query.span, "these statements have no order".to_owned()),
                    |span| self.unsafe_name(span),
                ));
            };
            let item = rest.remove(at);
            let (Item::Whole(statement) | Item::Pair(.., statement)) = item;
            if statement.with_mods.is_empty() {
                self.item(item, steps)?;
            } else {
                let what = self.replaced(&statement.with_mods, steps)?;
                let mut body = Vec::new();
                self.item(item, &mut body)?;
                steps.push(Step::With { what, body });
            }
            self.settle()?;
        }
        Ok(())
    }

    fn item_lacks(&self, item: Item<'m>) -> Option<&'m Span> {
        match item {
            Item::Whole(statement) => self.lacks(statement),
            Item::Pair(left, right, _) => self.unify_lacks(left, right),
        }
    }

    fn item(&mut self, item: Item<'m>, steps: &mut Vec<Step>) -> Lowered<()> {
        let statement = match item {
            Item::Pair(left, right, _) => {
                let (pattern, value) =
                    if self.side_lacks(left, right).is_none() { (left, right) } else { (right, left) };
                return self.assign(pattern, value, steps);
            }
            Item::Whole(statement) => statement,
        };
        match &statement.literal {
            Literal::SomeVars { .. } => Ok(()),
            Literal::SomeIn { key, value, collection, .. } => {
                let over = self.term(collection, steps)?;
                let key = key.as_ref().map_or(Ok(Pattern::Any), |key| self.pattern(key, steps))?;
                let value = self.pattern(value, steps)?;
                steps.push(Step::Each { key, value, over });
                Ok(())
            }
            Literal::Expr { expr, .. } => match expr.as_ref() {
                Expr::AssignExpr { lhs, rhs, .. } => self.assign(lhs, rhs, steps),
                Expr::Call { .. } if self.gives_last(expr) => self.call_into(expr, steps),
                expr => {
                    let term = self.term(expr, steps)?;
                    steps.push(Step::Holds(term));
                    Ok(())
                }
            },
            Literal::NotExpr { expr, .. } => self.not(expr, steps),
            Literal::Every { key, value, domain, query, .. } => {
                let over = self.term(domain, steps)?;
                let mut names = BTreeMap::new();
                let mut name = |scope: &mut Self, text: &str| {
                    if text == "_" {
                        return Pattern::Any;
                    }
                    let slot = scope.slot();
                    names.insert(text.to_owned(), slot);
                    Pattern::Name(slot)
                };
                let key = key.as_ref().map_or(Pattern::Any, |key| name(self, key.text()));
                let value = name(self, value.text());
                let (body, ()) = self.with_names(names, |scope| scope.body(Some(query), &[], |_, _| Ok(())))?;
                steps.push(Step::Every { key, value, over, body });
                Ok(())
            }
        }
    }

    fn assign(&mut self, pattern: &'m Expr, value: &'m Expr, steps: &mut Vec<Step>) -> Lowered<()> {
        let value = self.term(value, steps)?;
        self.settle()?;
        let pattern = self.pattern(pattern, steps)?;
        steps.push(Step::Unify(pattern, value));
        Ok(())
    }

    /// `not e`. OPA takes operands and arguments out of it: `not input.x > 1` does not hold where there is no `input.x`.
    /// A file that imports `future.keywords.not` has it the other way.
    fn not(&mut self, expression: &'m Expr, steps: &mut Vec<Step>) -> Lowered<()> {
        let mut spans = Vec::new();
        mentions(expression, &mut spans);
        if let Some(span) = spans.into_iter().find(|span| match self.local(span.text()) {
            Some(slot) => !self.bound.contains(&slot),
            None => span.text() == "_",
        }) {
            return Err(self.unsafe_name(span));
        }
        let mut body = Vec::new();
        let term = if self.names.negates_all.get(self.at).copied().unwrap_or_default() {
            self.term(expression, &mut body)?
        } else {
            self.negated(expression, steps, &mut body)?
        };
        body.push(Step::Holds(term));
        steps.push(Step::Not(body));
        Ok(())
    }

    /// What stays behind `not`; the operands go before it.
    fn negated(&mut self, expression: &'m Expr, before: &mut Vec<Step>, body: &mut Vec<Step>) -> Lowered<Term> {
        let sides = |scope: &mut Self, lhs: &'m Expr, rhs: &'m Expr, before: &mut Vec<Step>, body: &mut Vec<Step>| {
            let mut side = |expression: &'m Expr| match expression {
                Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => {
                    scope.negated(expression, before, body)
                }
                other => scope.taken_out(other, before),
            };
            Ok::<_, crate::policy::PolicyError>(Box::new((side(lhs)?, side(rhs)?)))
        };
        match expression {
            // An equality is a unification, which OPA leaves as it is.
            Expr::BoolExpr { op: BoolOp::Eq, lhs, rhs, .. } | Expr::AssignExpr { lhs, rhs, .. } => {
                Ok(Term::Compare(BoolOp::Eq, sides(self, lhs, rhs, before, body)?))
            }
            Expr::RefDot { .. } | Expr::RefBrack { .. } | Expr::Var { .. } => {
                let mut at = expression;
                let mut indexes = Vec::new();
                while let Expr::RefDot { refr, .. } | Expr::RefBrack { refr, .. } = at {
                    if let Expr::RefBrack { index, .. } = at {
                        indexes.push(index.as_ref());
                    }
                    at = refr;
                }
                if indexes.iter().any(|index| !self.is_plain(index)) {
                    // The value of an index is taken out; the rest of the reference stays.
                    for index in indexes {
                        if !self.is_plain(index) {
                            let value = self.term(index, before)?;
                            before.push(Step::Unify(Pattern::Any, value));
                        }
                    }
                }
                self.term(expression, body)
            }
            Expr::ArrayCompr { .. } | Expr::SetCompr { .. } | Expr::ObjectCompr { .. } => self.term(expression, body),
            Expr::Call { .. }
            | Expr::BoolExpr { .. }
            | Expr::ArithExpr { .. }
            | Expr::BinExpr { .. }
            | Expr::UnaryExpr { .. }
            | Expr::Membership { .. }
            | Expr::Array { .. }
            | Expr::Set { .. }
            | Expr::Object { .. } => {
                // Each operand has to have a value before, and then has the same inside.
                let mut operands = Vec::new();
                parts(expression, &mut |part| operands.push(part));
                for operand in operands {
                    if !self.is_plain(operand) {
                        let value = self.taken_out(operand, before)?;
                        before.push(Step::Unify(Pattern::Any, value));
                    }
                }
                self.term(expression, body)
            }
            other => self.term(other, body),
        }
    }

    /// It has its value at once, or can be looked at only inside.
    fn is_plain(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Var { span, .. } => self.local(span.text()).is_some() || span.text() == "input",
            Expr::String { .. }
            | Expr::RawString { .. }
            | Expr::Number { .. }
            | Expr::Bool { .. }
            | Expr::Null { .. }
            | Expr::ArrayCompr { .. }
            | Expr::SetCompr { .. }
            | Expr::ObjectCompr { .. } => true,
            _ => false,
        }
    }

    fn taken_out(&mut self, expression: &'m Expr, before: &mut Vec<Step>) -> Lowered<Term> {
        let term = self.term(expression, before)?;
        if matches!(term, Term::Constant(_) | Term::Name(_)) {
            return Ok(term);
        }
        let slot = self.temporary();
        before.push(Step::Unify(Pattern::Name(slot), term));
        Ok(Term::Name(slot))
    }

    fn replaced(&mut self, with: &'m [WithModifier], steps: &mut Vec<Step>) -> Lowered<Vec<(Replaced, Term)>> {
        with.iter()
            .map(|with| {
                let refuse = || {
                    refused(
                        &with.span,
                        "'with' replaces parts of 'input' and 'data' and whole rules, and no functions".to_owned(),
                    )
                };
                let path = names::constant_path(&with.refr).ok_or_else(refuse)?;
                let imports = self.names.imports.get(self.at);
                let path: Vec<String> = match path.split_first() {
                    Some((first, rest)) => {
                        match imports.and_then(|imports| imports.get(first.as_str())).map(|import| import.path) {
                            Some(import) => {
                                names::constant_path(import).into_iter().flatten().chain(rest.iter().cloned()).collect()
                            }
                            None => path,
                        }
                    }
                    None => path,
                };
                let values = |path: &[String]| path.iter().map(|name| Value::from(name.as_str())).collect();
                let replaced = match path.split_first() {
                    Some((first, rest)) if first == "input" => Replaced::Input(values(rest)),
                    Some((first, rest)) if first == "data" => self.replaced_data(rest).ok_or_else(refuse)?,
                    _ => return Err(refuse()),
                };
                Ok((replaced, self.term(&with.r#as, steps)?))
            })
            .collect()
    }

    fn replaced_data(&self, path: &[String]) -> Option<Replaced> {
        let mut at = 0;
        for (depth, name) in path.iter().enumerate() {
            let Some(below) = self.names.tree.get(at)?.children.get(name) else {
                return Some(Replaced::Base(path.iter().map(|name| Value::from(name.as_str())).collect()));
            };
            at = *below;
            if let Some(rule) = self.names.tree.get(at)?.rule {
                let kind = self.names.rules.get(rule)?.kind;
                let is_function = matches!(kind, super::RuleKind::Function(_));
                return (depth + 1 == path.len() && !is_function).then_some(Replaced::Rule(rule));
            }
        }
        None
    }
}

/// Lists of one length are the same if their items are.
fn split<'m>(left: &'m Expr, right: &'m Expr, statement: &'m LiteralStmt, into: &mut Vec<Item<'m>>) {
    match (left, right) {
        (Expr::Array { items: left, .. }, Expr::Array { items: right, .. }) if left.len() == right.len() => {
            left.iter().zip(right).for_each(|(left, right)| split(left, right, statement, into));
        }
        // Objects are the same if they have the same keys, and the same under each.
        (Expr::Object { fields: one, .. }, Expr::Object { fields: two, .. }) => match pairs(one, two) {
            Some(pairs) => pairs.into_iter().for_each(|(left, right)| split(left, right, statement, into)),
            None => into.push(Item::Pair(left, right, statement)),
        },
        _ => into.push(Item::Pair(left, right, statement)),
    }
}

/// `{a | b}`, where `a | b` was meant as the union of two sets.
fn begins_with_union(expression: &Expr) -> bool {
    match expression {
        Expr::BinExpr { op: BinOp::Union, .. } => true,
        Expr::BinExpr { lhs, .. } | Expr::BoolExpr { lhs, .. } | Expr::ArithExpr { lhs, .. } => begins_with_union(lhs),
        _ => false,
    }
}

type Field = (Span, Ref<Expr>, Ref<Expr>);

/// The values under the same keys, if both have the same texts as keys.
fn pairs<'m>(one: &'m [Field], two: &'m [Field]) -> Option<Vec<(&'m Expr, &'m Expr)>> {
    let keyed = |fields: &'m [Field]| -> Option<BTreeMap<String, &'m Expr>> {
        fields.iter().map(|(_, key, value)| Some((names::text(key)?, value.as_ref()))).collect()
    };
    let (left, right) = (keyed(one)?, keyed(two)?);
    let same = left.len() == one.len() && right.len() == two.len() && left.keys().eq(right.keys());
    same.then(|| left.into_values().zip(right.into_values()).collect())
}
