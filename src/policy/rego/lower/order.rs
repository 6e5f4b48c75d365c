//! The order of statements: Rego has none, so each comes where all that it needs has a value.

use std::collections::BTreeSet;

use regorus::unstable::{AssignOp, Expr, Literal, LiteralStmt, Query, Span};

use super::super::plan::Slot;
use super::declared::{all_mentions, declared, query_mentions};
use super::scope::Scope;
use crate::policy::rego::lower::parts::parts;

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
