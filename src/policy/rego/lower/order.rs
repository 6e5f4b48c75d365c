//! The order of statements: Rego has none, so each comes where all that it needs has a value.

use std::collections::BTreeSet;

use regorus::unstable::{AssignOp, Expr, Literal, LiteralStmt, Query, Ref, Span};

use super::super::plan::Slot;
use super::scope::{Scope, parts};
use super::{Lowered, names, refused};

/// What an expression needs a value of, and what it gives one to.
#[derive(Default)]
pub(super) struct Uses<'e> {
    pub needs: Vec<(Slot, &'e Span)>,
    pub gives: BTreeSet<Slot>,
}

impl<'m> Scope<'_, 'm> {
    /// Whether all that a statement needs has a value by now; else the first name that has none.
    pub(super) fn lacks(&self, statement: &'m LiteralStmt) -> Option<&'m Span> {
        let mut uses = Uses::default();
        match &statement.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn { key, value, collection, .. } => {
                self.uses(collection, &mut uses);
                key.iter().for_each(|key| self.uses_pattern(key, &mut uses));
                self.uses_pattern(value, &mut uses);
            }
            Literal::Expr { expr, .. } => match expr.as_ref() {
                Expr::AssignExpr { op: AssignOp::ColEq, lhs, rhs, .. } => {
                    self.uses(rhs, &mut uses);
                    self.uses_pattern(lhs, &mut uses);
                }
                Expr::AssignExpr { lhs, rhs, .. } => return self.unify_lacks(lhs, rhs),
                Expr::Call { params, .. } if self.gives_last(expr) => {
                    let (last, rest) = params.split_last().map_or((None, &[][..]), |(last, rest)| (Some(last), rest));
                    rest.iter().for_each(|one| self.uses(one, &mut uses));
                    last.iter().for_each(|last| self.uses_pattern(last, &mut uses));
                }
                expr => self.uses(expr, &mut uses),
            },
            Literal::NotExpr { expr, .. } => self.needs_all(expr, &mut uses),
            Literal::Every { domain, query, key, value, .. } => {
                self.uses(domain, &mut uses);
                let mut inner = Uses::default();
                self.needs_of_query(query, &mut inner);
                let own = |span: &&Span| {
                    span.text() == value.text() || key.as_ref().is_some_and(|key| key.text() == span.text())
                };
                uses.needs.extend(inner.needs.into_iter().filter(|(_, span)| !own(span)));
            }
        }
        statement.with_mods.iter().for_each(|with| self.uses(&with.r#as, &mut uses));
        self.first_lacking(&uses)
    }

    fn first_lacking<'e>(&self, uses: &Uses<'e>) -> Option<&'e Span> {
        let lacking = |slot: &Slot| !self.bound.contains(slot) && !uses.gives.contains(slot);
        uses.needs.iter().find(|(slot, _)| lacking(slot)).map(|(_, span)| *span)
    }

    /// What `a = b` lacks: one of the sides has to have its value, the other may be taken apart.
    pub(super) fn unify_lacks(&self, left: &'m Expr, right: &'m Expr) -> Option<&'m Span> {
        self.side_lacks(left, right)?;
        self.side_lacks(right, left)
    }

    /// What is lacking to take `pattern` apart by the value of `value`.
    pub(super) fn side_lacks(&self, pattern: &'m Expr, value: &'m Expr) -> Option<&'m Span> {
        let mut uses = Uses::default();
        self.uses(value, &mut uses);
        let given = std::mem::take(&mut uses.gives);
        self.uses_pattern(pattern, &mut uses);
        // What the pattern gives is no help for the value that it is taken from.
        let pattern_gives = std::mem::replace(&mut uses.gives, given);
        let mut of_value = Uses::default();
        self.uses(value, &mut of_value);
        self.first_lacking(&of_value).or_else(|| {
            uses.gives.extend(pattern_gives);
            self.first_lacking(&uses)
        })
    }

    /// The uses of an expression for its value.
    fn uses<'e>(&self, expression: &'e Expr, uses: &mut Uses<'e>) {
        match expression {
            Expr::Var { span, .. } if span.text() == "_" => uses.needs.push((Slot::MAX, span)),
            Expr::Var { span, .. } => uses.needs.extend(self.local(span.text()).map(|slot| (slot, span))),
            Expr::RefBrack { refr, index, .. } => {
                self.uses(refr, uses);
                self.uses_pattern(index, uses);
            }
            Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
                self.needs_all(term, uses);
                self.needs_of_query(query, uses);
            }
            Expr::ObjectCompr { key, value, query, .. } => {
                self.needs_all(key, uses);
                self.needs_all(value, uses);
                self.needs_of_query(query, uses);
            }
            other => parts(other, &mut |part| self.uses(part, uses)),
        }
    }

    /// The uses of an expression that a value is taken apart by.
    fn uses_pattern<'e>(&self, pattern: &'e Expr, uses: &mut Uses<'e>) {
        match pattern {
            Expr::Var { span, .. } => uses.gives.extend(self.local(span.text())),
            Expr::Array { items, .. } => items.iter().for_each(|item| self.uses_pattern(item, uses)),
            Expr::Object { fields, .. } => fields.iter().for_each(|(_, key, value)| {
                self.uses(key, uses);
                self.uses_pattern(value, uses);
            }),
            other => self.uses(other, uses),
        }
    }

    /// Every name of this body in an expression, also in the bodies in it.
    fn needs_all<'e>(&self, expression: &'e Expr, uses: &mut Uses<'e>) {
        let mut spans = Vec::new();
        all_mentions(expression, &mut spans);
        uses.needs.extend(spans.into_iter().filter_map(|span| Some((self.local(span.text())?, span))));
    }

    fn needs_of_query<'e>(&self, query: &'e Query, uses: &mut Uses<'e>) {
        let mut spans = Vec::new();
        query_mentions(query, &mut spans);
        let declared = declared(query);
        let outer = spans.into_iter().filter(|span| !declared.contains(span.text()));
        uses.needs.extend(outer.filter_map(|span| Some((self.local(span.text())?, span))));
    }
}

/// A name that `:=` gives a value to stands for something else above that, as far as a reader can tell: OPA refuses it.
pub(super) fn assigned_before_use(query: &Query) -> Lowered<()> {
    let mut above: Vec<&Span> = Vec::new();
    let mut declared = BTreeSet::new();
    for statement in &query.stmts {
        let mut own = Vec::new();
        statement_mentions(statement, &mut own);
        for span in declared_by(statement).into_iter().filter(|span| span.text() != "_") {
            if !declared.insert(span.text()) {
                return Err(refused(span, format!("'{}' is declared twice in one body", span.text())));
            }
        }
        if let Literal::Expr { expr, .. } = &statement.literal
            && let Expr::AssignExpr { op: AssignOp::ColEq, lhs, .. } = expr.as_ref()
        {
            names_only(lhs)?;
        }
        for span in declared_by(statement).into_iter().filter(|span| span.text() != "_") {
            if let Some(used) = above.iter().find(|used| used.text() == span.text()) {
                let name = span.text();
                let how = match &statement.literal {
                    Literal::Expr { .. } => ":=",
                    _ => "some",
                };
                return Err(refused(used, format!("'{name}' is used above its '{how}' in line {}", span.line)));
            }
        }
        above.extend(own);
    }
    Ok(())
}

/// What `:=` gives a value to is a name, or a list or an object of names.
fn names_only(target: &Expr) -> Lowered<()> {
    match target {
        Expr::Var { .. } => Ok(()),
        Expr::Array { items, .. } => items.iter().try_for_each(|item| names_only(item)),
        Expr::Object { fields, .. } => fields.iter().try_for_each(|(_, _, value)| names_only(value)),
        Expr::Call { span, .. } => Err(refused(span, "a call cannot be given a value".to_owned())),
        other => {
            let text = other.span().text();
            Err(refused(other.span(), format!("'{text}' cannot be given a value: compare it with '=='")))
        }
    }
}

/// A body may not declare the names of a function's arguments anew.
pub(super) fn not_redeclared(arguments: &[Ref<Expr>], query: &Query) -> Lowered<()> {
    let mut names = Vec::new();
    arguments.iter().for_each(|argument| pattern_names(argument, &mut names));
    let of_body = query.stmts.iter().flat_map(declared_by);
    match of_body.filter(|span| span.text() != "_").find(|span| names.iter().any(|name| name.text() == span.text())) {
        Some(span) => Err(refused(span, format!("'{}' is an argument already", span.text()))),
        None => Ok(()),
    }
}

/// Whether two expressions may have the same value, as far as it can be seen: lists of different lengths never have.
pub(super) fn may_be_same(left: &Expr, right: &Expr) -> Lowered<()> {
    let never = || Err(refused(left.span(), "the two sides can never be the same".to_owned()));
    let is_literal = |expression: &Expr| {
        matches!(
            expression,
            Expr::String { .. } | Expr::RawString { .. } | Expr::Number { .. } | Expr::Bool { .. } | Expr::Null { .. }
        )
    };
    match (left, right) {
        (Expr::Array { items: one, .. }, Expr::Array { items: two, .. }) if one.len() == two.len() => {
            one.iter().zip(two).try_for_each(|(one, two)| may_be_same(one, two))
        }
        (Expr::Array { .. }, Expr::Array { .. } | Expr::Object { .. }) | (Expr::Object { .. }, Expr::Array { .. }) => {
            never()
        }
        (Expr::Object { fields: one, .. }, Expr::Object { fields: two, .. }) => {
            let keys = |fields: &[(Span, Ref<Expr>, Ref<Expr>)]| -> Option<BTreeSet<String>> {
                fields.iter().map(|(_, key, _)| names::text(key)).collect()
            };
            match (keys(one), keys(two)) {
                (Some(one), Some(two)) if one != two => never(),
                _ => Ok(()),
            }
        }
        (Expr::Array { .. } | Expr::Object { .. }, literal) | (literal, Expr::Array { .. } | Expr::Object { .. })
            if is_literal(literal) =>
        {
            never()
        }
        _ => Ok(()),
    }
}

fn statement_mentions<'e>(statement: &'e LiteralStmt, into: &mut Vec<&'e Span>) {
    match &statement.literal {
        Literal::SomeVars { .. } => {}
        Literal::SomeIn { collection, .. } => all_mentions(collection, into),
        Literal::Expr { expr, .. } => match expr.as_ref() {
            Expr::AssignExpr { op: AssignOp::ColEq, rhs, .. } => all_mentions(rhs, into),
            expr => all_mentions(expr, into),
        },
        Literal::NotExpr { expr, .. } => all_mentions(expr, into),
        Literal::Every { domain, .. } => all_mentions(domain, into),
    }
    statement.with_mods.iter().for_each(|with| all_mentions(&with.r#as, into));
}

/// The names that a body declares.
fn declared(query: &Query) -> BTreeSet<&str> {
    query.stmts.iter().flat_map(declared_by).map(Span::text).collect()
}

fn declared_by(statement: &LiteralStmt) -> Vec<&Span> {
    let mut spans = Vec::new();
    match &statement.literal {
        Literal::SomeVars { vars, .. } => spans.extend(vars.iter()),
        Literal::SomeIn { key, value, .. } => {
            key.iter().for_each(|key| pattern_names(key, &mut spans));
            pattern_names(value, &mut spans);
        }
        Literal::Expr { expr, .. } => {
            if let Expr::AssignExpr { op: AssignOp::ColEq, lhs, .. } = expr.as_ref() {
                pattern_names(lhs, &mut spans);
            }
        }
        _ => {}
    }
    spans
}

/// The names that a pattern takes values to.
pub(super) fn pattern_names<'e>(pattern: &'e Expr, into: &mut Vec<&'e Span>) {
    match pattern {
        Expr::Var { span, .. } => into.push(span),
        Expr::Array { items, .. } => items.iter().for_each(|item| pattern_names(item, into)),
        Expr::Object { fields, .. } => fields.iter().for_each(|(_, _, value)| pattern_names(value, into)),
        _ => {}
    }
}

fn query_mentions<'e>(query: &'e Query, into: &mut Vec<&'e Span>) {
    for statement in &query.stmts {
        match &statement.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn { key, value, collection, .. } => {
                key.iter().for_each(|key| all_mentions(key, into));
                all_mentions(value, into);
                all_mentions(collection, into);
            }
            Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => all_mentions(expr, into),
            Literal::Every { domain, query, key, value, .. } => {
                all_mentions(domain, into);
                let mut inner = Vec::new();
                query_mentions(query, &mut inner);
                let own = |span: &&Span| {
                    span.text() == value.text() || key.as_ref().is_some_and(|key| key.text() == span.text())
                };
                into.extend(inner.into_iter().filter(|span| !own(span)));
            }
        }
        statement.with_mods.iter().for_each(|with| all_mentions(&with.r#as, into));
    }
}

fn all_mentions<'e>(expression: &'e Expr, into: &mut Vec<&'e Span>) {
    let mut nested = |query: &'e Query, terms: &[&'e Expr]| {
        let mut inner = Vec::new();
        query_mentions(query, &mut inner);
        terms.iter().for_each(|term| all_mentions(term, &mut inner));
        let declared = declared(query);
        into.extend(inner.into_iter().filter(|span| !declared.contains(span.text())));
    };
    match expression {
        Expr::Var { span, .. } => into.push(span),
        Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => nested(query, &[term]),
        Expr::ObjectCompr { key, value, query, .. } => nested(query, &[key, value]),
        other => parts(other, &mut |part| all_mentions(part, into)),
    }
}
