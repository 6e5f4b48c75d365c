//! Expressions. Whatever goes through a collection becomes a step before the statement, so that the term itself has one
//! value at most.

use std::sync::Arc;

use regorus::Value;
use regorus::unstable::{AssignOp, Expr, Query, Ref, Span};

use super::super::plan::{Collected, Comprehension, Pattern, RuleKind, Step, Term, TreeId};
use super::scope::Scope;
use super::{Lowered, names, refused};

impl<'m> Scope<'_, 'm> {
    /// What gives the expression its value.
    pub(super) fn term(&mut self, expression: &'m Expr, steps: &mut Vec<Step>) -> Lowered<Term> {
        Ok(match expression {
            Expr::String { value, .. }
            | Expr::RawString { value, .. }
            | Expr::Number { value, .. }
            | Expr::Bool { value, .. }
            | Expr::Null { value, .. } => Term::Constant(value.clone()),
            Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => return self.reference(expression, steps),
            Expr::Array { items, .. } => Term::Array(self.terms(items, steps)?),
            Expr::Set { items, .. } => Term::Set(self.terms(items, steps)?),
            Expr::Object { fields, .. } => {
                let mut members = Vec::with_capacity(fields.len());
                for (_, key, value) in fields {
                    members.push((self.term(key, steps)?, self.term(value, steps)?));
                }
                Term::Object(members)
            }
            Expr::ArrayCompr { term, query, .. } => self.comprehension(Collected::Array, None, term, query)?,
            Expr::SetCompr { term, query, .. } => self.comprehension(Collected::Set, None, term, query)?,
            Expr::ObjectCompr { key, value, query, .. } => {
                self.comprehension(Collected::Object, Some(key), value, query)?
            }
            Expr::Call { span, fcn, params, .. } => self.call(span, fcn, params, steps)?,
            // Regorus takes all of what follows: -x + 1 would be -(x + 1).
            Expr::UnaryExpr { expr, span, .. }
                if is_compound(expr) || is_in_brackets(expr) || expr.span().text().starts_with('-') =>
            {
                return Err(refused(span, "this minus is for one value: write '0 - …' in brackets".to_owned()));
            }
            Expr::UnaryExpr { expr, .. } => Term::Negative(Box::new(self.term(expr, steps)?)),
            Expr::BinExpr { op, lhs, rhs, .. } => Term::Sets(op.clone(), self.both(lhs, rhs, steps)?),
            Expr::BoolExpr { op, lhs, rhs, .. } => Term::Compare(op.clone(), self.both(lhs, rhs, steps)?),
            Expr::ArithExpr { op, lhs, rhs, .. } => Term::Arithmetic(op.clone(), self.both(lhs, rhs, steps)?),
            Expr::Membership { key, value, collection, .. } => {
                let key = match key {
                    Some(key) => Some(Box::new(self.term(key, steps)?)),
                    None => None,
                };
                let value = Box::new(self.term(value, steps)?);
                Term::In { key, value, over: Box::new(self.term(collection, steps)?) }
            }
            Expr::AssignExpr { span, op, .. } => {
                let sign = if *op == AssignOp::ColEq { ":=" } else { "=" };
                return Err(refused(span, format!("'{sign}' is a statement, and not a part of one")));
            }
        })
    }

    pub(super) fn terms(&mut self, items: &'m [Ref<Expr>], steps: &mut Vec<Step>) -> Lowered<Vec<Term>> {
        items.iter().map(|item| self.term(item, steps)).collect()
    }

    fn both(&mut self, lhs: &'m Expr, rhs: &'m Expr, steps: &mut Vec<Step>) -> Lowered<Box<(Term, Term)>> {
        Ok(Box::new((self.term(lhs, steps)?, self.term(rhs, steps)?)))
    }

    /// What a value is taken apart by. Names that have no value yet get one.
    pub(super) fn pattern(&mut self, expression: &'m Expr, steps: &mut Vec<Step>) -> Lowered<Pattern> {
        Ok(match expression {
            Expr::Var { span, .. } if span.text() == "_" => Pattern::Any,
            Expr::Var { span, .. } => match self.local(span.text()) {
                Some(slot) => {
                    self.bound.insert(slot);
                    Pattern::Name(slot)
                }
                None => Pattern::Value(Box::new(self.term(expression, steps)?)),
            },
            Expr::Array { items, .. } => {
                Pattern::Array(items.iter().map(|item| self.pattern(item, steps)).collect::<Lowered<_>>()?)
            }
            Expr::Object { fields, .. } => {
                let mut members = Vec::with_capacity(fields.len());
                for (_, key, value) in fields {
                    let Term::Constant(key) = self.term(key, steps)? else {
                        return Err(refused(key.span(), "a key of a pattern has to be a literal".to_owned()));
                    };
                    members.push((key, self.pattern(value, steps)?));
                }
                Pattern::Object(members)
            }
            other => Pattern::Value(Box::new(self.term(other, steps)?)),
        })
    }

    fn comprehension(
        &mut self,
        kind: Collected,
        key: Option<&'m Expr>,
        value: &'m Expr,
        query: &'m Query,
    ) -> Lowered<Term> {
        let heads: Vec<&Expr> = key.into_iter().chain([value]).collect();
        let (body, (key, value)) = self.body(Some(query), &heads, |scope, steps| {
            let key = key.map(|key| scope.term(key, steps)).transpose()?;
            Ok((key, scope.term(value, steps)?))
        })?;
        Ok(Term::Comprehension(Arc::new(Comprehension { kind, body, key, value })))
    }

    /// `a.b[c].d`
    fn reference(&mut self, expression: &'m Expr, steps: &mut Vec<Step>) -> Lowered<Term> {
        let mark = self.early.len();
        let mut keys: Vec<&'m Expr> = Vec::new();
        let mut head = expression;
        while let Expr::RefDot { refr, .. } | Expr::RefBrack { refr, .. } = head {
            keys.push(head);
            head = refr;
        }
        keys.reverse();
        let Expr::Var { span, .. } = head else {
            let head = self.term(head, steps)?;
            return self.steps_down(head, &keys, mark, steps);
        };
        let name = span.text();
        if let Some(slot) = self.local(name) {
            if !self.bound.contains(&slot) {
                self.early.push((slot, span.clone()));
            }
            return self.steps_down(Term::Name(slot), &keys, mark, steps);
        }
        match name {
            "_" => return Err(refused(span, "'_' has no value here".to_owned())),
            "input" => return self.steps_down(Term::Input, &keys, mark, steps),
            "data" => return self.data(0, &keys, span, steps),
            _ => {}
        }
        if let Some(import) = self.names.imports.get(self.at).and_then(|imports| imports.get(name)) {
            let mut path: Vec<&'m Expr> = Vec::new();
            let mut head = import.path;
            while let Expr::RefDot { refr, .. } | Expr::RefBrack { refr, .. } = head {
                path.push(head);
                head = refr;
            }
            path.reverse();
            path.extend(keys);
            return match head.span().text() {
                "input" => self.steps_down(Term::Input, &path, mark, steps),
                _ => self.data(0, &path, span, steps),
            };
        }
        let package = self.names.package(self.module)?;
        match self.names.tree.get(package).and_then(|package| package.children.get(name)) {
            Some(below) => self.data(*below, &keys, span, steps),
            None => Err(self.unsafe_name(span)),
        }
    }

    /// A reference below `data`: a rule, a package, or a file of data.
    fn data(&mut self, from: TreeId, keys: &[&'m Expr], span: &Span, steps: &mut Vec<Step>) -> Lowered<Term> {
        let mark = self.early.len();
        let mut at = from;
        let mut rest = keys;
        loop {
            let Some(tree) = self.names.tree.get(at) else { return Ok(Term::Base) };
            if let Some(rule) = tree.rule {
                if let Some(RuleKind::Function(_)) = self.names.rules.get(rule).map(|rule| rule.kind) {
                    return Err(refused(span, format!("'{}' is a function: call it", tree.path.join("."))));
                }
                return self.steps_down(Term::Rule(rule), rest, mark, steps);
            }
            let Some((first, after)) = rest.split_first() else { return Ok(Term::Tree(at)) };
            let Some(name) = constant(first) else { return self.steps_down(Term::Tree(at), rest, mark, steps) };
            match tree.children.get(&name) {
                Some(below) => (at, rest) = (*below, after),
                None => {
                    let path = tree.path.clone();
                    self.is_in_base(&path, rest, span)?;
                    let down = |of, name: &String| {
                        Term::Step(Box::new(of), Box::new(Term::Constant(Value::from(name.as_str()))))
                    };
                    let base = path.iter().fold(Term::Base, down);
                    return self.steps_down(base, rest, mark, steps);
                }
            }
        }
    }

    /// A name below `data` that is nowhere would be undefined for ever.
    fn is_in_base(&self, path: &[String], keys: &[&'m Expr], span: &Span) -> Lowered<()> {
        let mut at = Some(self.base.clone());
        for name in path {
            at = at.and_then(|at| member(&at, name));
        }
        let mut named = path.to_vec();
        for key in keys {
            let Some(name) = constant(key) else { return Ok(()) };
            let known: Vec<String> = at.iter().flat_map(member_names).collect();
            at = at.and_then(|at| if matches!(at, Value::Object(_)) { member(&at, &name) } else { Some(at) });
            named.push(name.clone());
            if at.is_none() && !self.names.put.iter().any(|put| named.starts_with(put) || put.starts_with(&named)) {
                let tree = path.iter().try_fold(0, |at, name| self.names.tree.get(at)?.children.get(name).copied());
                let rules = tree.filter(|_| named.len() == path.len() + 1).and_then(|tree| self.names.tree.get(tree));
                let rules = rules.into_iter().flat_map(|tree| tree.children.keys());
                let hint = crate::text::did_you_mean(&name, known.iter().chain(rules).map(String::as_str));
                return Err(refused(span, format!("'data.{}' is nowhere{hint}", named.join("."))));
            }
        }
        Ok(())
    }

    /// The rest of a reference. A key that has no value yet goes through what is there.
    fn steps_down(&mut self, head: Term, keys: &[&'m Expr], mark: usize, steps: &mut Vec<Step>) -> Lowered<Term> {
        let mut of = head;
        for key in keys {
            let index = match key {
                Expr::RefDot { field: (span, _), .. } => {
                    of = Term::Step(Box::new(of), Box::new(Term::Constant(Value::from(span.text()))));
                    continue;
                }
                Expr::RefBrack { index, .. } => index.as_ref(),
                other => return Err(refused(other.span(), "this is no key".to_owned())),
            };
            if self.is_open(index) {
                self.settle_from(mark)?;
                let key = self.pattern(index, steps)?;
                let slot = self.temporary();
                steps.push(Step::Each { key, value: Pattern::Name(slot), over: of });
                of = Term::Name(slot);
            } else {
                of = Term::Step(Box::new(of), Box::new(self.term(index, steps)?));
            }
        }
        Ok(of)
    }

    /// Whether a key has names without a value.
    fn is_open(&self, index: &Expr) -> bool {
        match index {
            Expr::Var { span, .. } => {
                span.text() == "_" || self.local(span.text()).is_some_and(|slot| !self.bound.contains(&slot))
            }
            Expr::Array { items, .. } => items.iter().any(|item| self.is_open(item)),
            Expr::Object { fields, .. } => fields.iter().any(|(_, _, value)| self.is_open(value)),
            _ => false,
        }
    }
}

/// `-(1)`
fn is_in_brackets(expression: &Expr) -> bool {
    let span = expression.span();
    let before = span.source.contents().get(..span.start as usize).unwrap_or_default();
    before.trim_end().ends_with('(')
}

const fn is_compound(expression: &Expr) -> bool {
    matches!(
        expression,
        Expr::ArithExpr { .. }
            | Expr::BinExpr { .. }
            | Expr::BoolExpr { .. }
            | Expr::Membership { .. }
            | Expr::UnaryExpr { .. }
    )
}

/// The name of a key that is no variable and no computed one.
fn constant(key: &Expr) -> Option<String> {
    match key {
        Expr::RefDot { field: (span, _), .. } => Some(span.text().to_owned()),
        Expr::RefBrack { index, .. } => names::text(index),
        _ => None,
    }
}

fn member(of: &Value, name: &str) -> Option<Value> {
    match of {
        Value::Object(members) => members.get(&Value::from(name)).cloned(),
        _ => None,
    }
}

fn member_names(of: &Value) -> Vec<String> {
    match of {
        Value::Object(members) => {
            let text = |key: &Value| if let Value::String(text) = key { Some(text.to_string()) } else { None };
            members.keys().filter_map(text).collect()
        }
        _ => Vec::new(),
    }
}
