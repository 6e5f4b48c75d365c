//! Names of a body, and the places of their values.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;
use regorus::unstable::{AssignOp, Expr, Literal, Module, Query, Ref, Span};

use super::super::plan::{Branch, Definition, Pattern, Slot, Step, Term};
use super::parts::mentions;
use super::{Lowered, Names, at, declared, refused, yes};

/// What is known while one rule is lowered.
pub(super) struct Scope<'n, 'm> {
    pub names: &'n Names<'m>,
    /// The place of the module among all.
    pub at: usize,
    pub module: &'m Module,
    /// What stands below `data` that is no rule.
    pub base: &'n Value,
    layers: Vec<BTreeMap<String, Slot>>,
    /// The names that have a value by now.
    pub bound: BTreeSet<Slot>,
    /// Names that were used before they had one in this statement.
    pub early: Vec<(Slot, Span)>,
    slots: usize,
}

impl<'n, 'm> Scope<'n, 'm> {
    pub(super) fn new(names: &'n Names<'m>, at: usize, module: &'m Module, base: &'n Value) -> Self {
        let (layers, early) = (Vec::new(), Vec::new());
        Self { names, at, module, base, layers, bound: BTreeSet::new(), early, slots: 0 }
    }

    pub(super) fn slot(&mut self) -> Slot {
        self.slots += 1;
        self.slots - 1
    }

    /// A new place that has a value from here on.
    pub(super) fn temporary(&mut self) -> Slot {
        let slot = self.slot();
        self.bound.insert(slot);
        slot
    }

    pub(super) fn local(&self, name: &str) -> Option<Slot> {
        self.layers.iter().rev().find_map(|layer| layer.get(name).copied())
    }

    /// Whether a name stands for something outside of the body.
    fn is_global(&self, name: &str) -> bool {
        let is_rule = || {
            let package = self.names.package(self.module).ok().and_then(|package| self.names.tree.get(package));
            package.is_some_and(|package| package.children.contains_key(name))
        };
        matches!(name, "input" | "data")
            || self.names.imports.get(self.at).is_some_and(|imports| imports.contains_key(name))
            || is_rule()
    }

    pub(super) fn definition(&self, span: &Span, arguments: Vec<Pattern>, branches: Vec<Branch>) -> Definition {
        Definition { at: at(span), slots: self.slots, arguments, branches }
    }

    /// With the names of a function's arguments.
    pub(super) fn with_arguments<T>(
        &mut self,
        arguments: &'m [Ref<Expr>],
        then: impl FnOnce(&mut Self, Vec<Pattern>) -> Lowered<T>,
    ) -> Lowered<T> {
        let mut names = BTreeMap::new();
        for argument in arguments {
            self.declare_pattern(argument, &mut names);
        }
        self.layers.push(names);
        let mut nothing = Vec::new();
        let patterns = arguments.iter().map(|argument| self.pattern(argument, &mut nothing)).collect::<Lowered<_>>()?;
        self.settle()?;
        let result = then(self, patterns);
        self.layers.pop();
        result
    }

    /// A value without a body: that of a default.
    pub(super) fn bare(&mut self, value: &'m Expr) -> Lowered<(Vec<Step>, Term)> {
        self.body(None, &[value], |scope, steps| scope.term(value, steps))
    }

    /// A body with the head that it gives values to.
    pub(super) fn branch(
        &mut self,
        query: Option<&'m Query>,
        keys: &[&'m Expr],
        value: Option<&'m Expr>,
        is_member: bool,
    ) -> Lowered<Branch> {
        let heads: Vec<&Expr> = keys.iter().copied().filter_map(index).chain(value).collect();
        let (body, (keys, value)) = self.body(query, &heads, |scope, steps| {
            let mut terms = Vec::with_capacity(keys.len());
            for key in keys {
                terms.push(match key {
                    Expr::RefDot { field: (span, _), .. } => Term::Constant(Value::from(span.text())),
                    Expr::RefBrack { index, .. } => scope.term(index, steps)?,
                    other => return Err(refused(other.span(), "this is no key".to_owned())),
                });
            }
            Ok((terms, value.map_or_else(|| Ok(yes()), |value| scope.term(value, steps))?))
        })?;
        Ok(Branch { body, keys, is_member, value })
    }

    /// A body, and what is made of its names. `heads` are the expressions of that.
    pub(super) fn body<T>(
        &mut self,
        query: Option<&'m Query>,
        heads: &[&'m Expr],
        then: impl FnOnce(&mut Self, &mut Vec<Step>) -> Lowered<T>,
    ) -> Lowered<(Vec<Step>, T)> {
        query.map_or(Ok(()), declared::assigned_before_use)?;
        let layer = self.declare(query, heads);
        self.layers.push(layer);
        let bound = self.bound.clone();
        let early = std::mem::take(&mut self.early);
        let mut steps = Vec::new();
        if let Some(query) = query {
            self.statements(query, &mut steps)?;
        }
        let made = then(self, &mut steps)?;
        self.settle()?;
        self.early = early;
        self.bound = bound;
        self.layers.pop();
        Ok((steps, made))
    }

    /// With names of `every`, which have their values inside.
    pub(super) fn with_names<T>(
        &mut self,
        names: BTreeMap<String, Slot>,
        then: impl FnOnce(&mut Self) -> Lowered<T>,
    ) -> Lowered<T> {
        let bound = self.bound.clone();
        self.bound.extend(names.values());
        self.layers.push(names);
        let result = then(self);
        self.layers.pop();
        self.bound = bound;
        result
    }

    /// At the end of a statement every name that it used has to have its value.
    pub(super) fn settle(&mut self) -> Lowered<()> {
        self.settle_from(0)
    }

    /// The same for the names that were used since there were so many.
    pub(super) fn settle_from(&mut self, mark: usize) -> Lowered<()> {
        for (slot, span) in self.early.split_off(mark.min(self.early.len())) {
            if !self.bound.contains(&slot) {
                return Err(self.unsafe_name(&span));
            }
        }
        Ok(())
    }

    pub(super) fn unsafe_name(&self, span: &Span) -> crate::policy::PolicyError {
        refused(span, format!("nothing gives '{}' a value", span.text()))
    }

    /// The names that are local to a body: those that it declares, and those that stand for nothing else.
    fn declare(&mut self, query: Option<&'m Query>, heads: &[&'m Expr]) -> BTreeMap<String, Slot> {
        let mut names = BTreeMap::new();
        for statement in query.iter().flat_map(|query| &query.stmts) {
            match &statement.literal {
                Literal::SomeVars { vars, .. } => {
                    for name in vars {
                        let slot = self.slot();
                        names.entry(name.text().to_owned()).or_insert(slot);
                    }
                }
                Literal::SomeIn { key, value, .. } => {
                    key.iter().for_each(|key| self.declare_pattern(key, &mut names));
                    self.declare_pattern(value, &mut names);
                }
                Literal::Expr { expr, .. } => {
                    if let Expr::AssignExpr { op: AssignOp::ColEq, lhs, .. } = expr.as_ref() {
                        self.declare_pattern(lhs, &mut names);
                    }
                }
                _ => {}
            }
        }
        let mut mentioned: Vec<&Span> = Vec::new();
        for statement in query.iter().flat_map(|query| &query.stmts) {
            match &statement.literal {
                Literal::SomeIn { collection, .. } => mentions(collection, &mut mentioned),
                Literal::Expr { expr, .. } => mentions(expr, &mut mentioned),
                Literal::Every { domain, .. } => mentions(domain, &mut mentioned),
                _ => {}
            }
            statement.with_mods.iter().for_each(|with| mentions(&with.r#as, &mut mentioned));
        }
        heads.iter().for_each(|head| mentions(head, &mut mentioned));
        for span in mentioned {
            let name = span.text();
            if name != "_" && !names.contains_key(name) && self.local(name).is_none() && !self.is_global(name) {
                let slot = self.slot();
                names.insert(name.to_owned(), slot);
            }
        }
        names
    }

    fn declare_pattern(&mut self, pattern: &Expr, names: &mut BTreeMap<String, Slot>) {
        let mut spans = Vec::new();
        declared::pattern_names(pattern, &mut spans);
        for span in spans.into_iter().filter(|span| span.text() != "_") {
            let slot = self.slot();
            names.entry(span.text().to_owned()).or_insert(slot);
        }
    }
}

fn index(key: &Expr) -> Option<&Expr> {
    match key {
        Expr::RefBrack { index, .. } => Some(index),
        _ => None,
    }
}
