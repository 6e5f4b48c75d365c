//! What regorus' syntax tree says, in the words of the analysis.

use std::collections::BTreeSet;

use regorus::unstable::{Expr, Literal, Module, Query, Rule, RuleHead, Span};

pub(super) fn is_collection(rule: &Rule) -> bool {
    matches!(rule, Rule::Spec { head: RuleHead::Set { .. }, .. })
}

/// `data.a.b` of `package a.b`.
pub(crate) fn package(module: &Module) -> String {
    format!("data.{}", module.package.refr.span().text())
}

/// The name in a rule's head.
pub(crate) fn rule_name(rule: &Rule) -> &str {
    let refr = match rule {
        Rule::Spec {
            head: RuleHead::Compr { refr, .. } | RuleHead::Set { refr, .. } | RuleHead::Func { refr, .. },
            ..
        } => refr,
        Rule::Default { refr, .. } => refr,
    };
    let text = refr.span().text();
    text.split(['.', '[', '(']).next().unwrap_or(text).trim()
}

/// The source text of a span. The lexer's spans of strings leave the quotes out, so they are taken in again.
pub(crate) fn text_of(span: &Span) -> &str {
    let contents = span.source.contents();
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    let quote = |at: usize| matches!(contents.as_bytes().get(at), Some(b'"' | b'`'));
    if start > 0 && quote(start - 1) {
        start -= 1;
    }
    if quote(end) {
        end += 1;
    }
    contents.get(start..end).unwrap_or_default()
}

/// Policy id and name of `data.parameters["backup-off"].min_days`.
pub(super) fn parameter(span: &Span) -> Option<(&str, &str)> {
    let rest = span.text().strip_prefix("data.parameters")?;
    let (id, rest) = step(rest)?;
    let (name, rest) = step(rest)?;
    rest.is_empty().then_some((id, name))
}

/// The name of a reference's next step, in either form, and what follows it.
fn step(text: &str) -> Option<(&str, &str)> {
    if let Some(rest) = text.strip_prefix("[\"") {
        return rest.split_once("\"]");
    }
    let rest = text.strip_prefix('.')?;
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    Some(rest.split_at(end))
}

/// The names that a body makes for itself.
pub(crate) fn local_names(query: &Query) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut scope_names = |expression: &Expr| collect_pattern(expression, &mut names);
    for statement in &query.stmts {
        match &statement.literal {
            Literal::SomeIn { key, value, .. } => {
                key.iter().for_each(|key| scope_names(key));
                scope_names(value);
            }
            Literal::Expr { expr, .. } => {
                if let Expr::AssignExpr { lhs, .. } = expr.as_ref() {
                    scope_names(lhs);
                }
            }
            _ => {}
        }
    }
    for statement in &query.stmts {
        if let Literal::SomeVars { vars, .. } = &statement.literal {
            names.extend(vars.iter().map(|name| name.text().to_owned()));
        }
    }
    names
}

fn collect_pattern(pattern: &Expr, names: &mut BTreeSet<String>) {
    match pattern {
        Expr::Var { span, .. } => {
            names.insert(span.text().to_owned());
        }
        Expr::Array { items, .. } => items.iter().for_each(|item| collect_pattern(item, names)),
        Expr::Object { fields, .. } => fields.iter().for_each(|(_, _, value)| collect_pattern(value, names)),
        _ => {}
    }
}
