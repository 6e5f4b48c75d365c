//! Names that a body declares and mentions.

use std::collections::BTreeSet;

use regorus::unstable::{AssignOp, Expr, Literal, LiteralStmt, Query, Ref, Span};

use super::{Lowered, names, refused};
use crate::policy::rego::lower::parts::parts;

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
pub(super) fn names_only(target: &Expr) -> Lowered<()> {
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

pub(super) fn statement_mentions<'e>(statement: &'e LiteralStmt, into: &mut Vec<&'e Span>) {
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
pub(super) fn declared(query: &Query) -> BTreeSet<&str> {
    query.stmts.iter().flat_map(declared_by).map(Span::text).collect()
}

pub(super) fn declared_by(statement: &LiteralStmt) -> Vec<&Span> {
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

pub(super) fn query_mentions<'e>(query: &'e Query, into: &mut Vec<&'e Span>) {
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

pub(super) fn all_mentions<'e>(expression: &'e Expr, into: &mut Vec<&'e Span>) {
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
