//! What a rule reads: the paths of the input that decide it, found in the syntax tree before anything is evaluated.
//!
//! Two kinds of reading matter for the derivation of verdicts. Anything read can keep a rule from firing while it is
//! unknown. What is read *sensitively* (under `not`, in a comprehension, in `every`, with `object.get`, a whole list, or
//! by a rule with several definitions) can also make it fire by ignorance.

mod comparisons;
mod expressions;
mod state;
mod syntax;

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Literal, LiteralStmt, Module, Query, Rule, RuleBody, RuleHead};

use super::header::Custom;
use super::schema::{Nodes, Schema};
use expressions::bind;
pub(crate) use state::{Analysis, Mistake, Reads};
use state::{BodyContext, Meaning};
pub(crate) use syntax::{local_names, package, rule_name, text_of};

impl<'m> Analysis<'m> {
    pub(crate) fn new(
        schema: &'m Schema,
        own: Option<&'m Custom>,
        modules: impl IntoIterator<Item = &'m Module>,
    ) -> Self {
        let mut rules: BTreeMap<String, Vec<(&Module, &Rule)>> = BTreeMap::new();
        for module in modules {
            let package = package(module);
            for rule in &module.policy {
                rules.entry(format!("{package}.{}", rule_name(rule))).or_default().push((module, rule));
            }
        }
        Self { schema, own, rules }
    }

    /// What one definition of a rule reads.
    pub(crate) fn rule(&self, module: &'m Module, rule: &'m Rule) -> Result<Reads, Mistake> {
        let mut reads = Reads::default();
        self.definition(rule, &mut Self::scope(module), &[], &mut reads)?;
        Ok(reads)
    }

    /// What statements of a body read. They must use no names of the body but those that they make themselves.
    pub(crate) fn statements(&self, module: &'m Module, statements: &[&'m LiteralStmt]) -> Result<Reads, Mistake> {
        let (mut scope, mut reads) = (Self::scope(module), Reads::default());
        statements.iter().try_for_each(|statement| self.literal(statement, &mut scope, &mut reads))?;
        Ok(reads)
    }

    fn scope(module: &'m Module) -> BodyContext<'m> {
        BodyContext {
            module,
            package: package(module),
            names: BTreeMap::new(),
            sensitive: false,
            depth: 0,
            checks: true,
        }
    }

    fn definition(
        &self,
        rule: &'m Rule,
        scope: &mut BodyContext<'m>,
        arguments: &[Meaning],
        reads: &mut Reads,
    ) -> Result<(), Mistake> {
        let Rule::Spec { head, bodies, .. } = rule else { return Ok(()) };
        if let RuleHead::Func { args, .. } = head {
            for (at, argument) in args.iter().enumerate() {
                let meaning = arguments.get(at).cloned().unwrap_or(Meaning::Other);
                match argument.as_ref() {
                    Expr::Var { span, .. } => {
                        scope.names.insert(span.text().to_owned(), meaning);
                    }
                    _ => self.consume(meaning, true, scope, reads),
                }
            }
        }
        // A later `else` is reached where the body before it is not true, for whatever reason.
        scope.sensitive |= bodies.iter().any(|body| body.is_else);
        for body in bodies {
            self.body(body, head, &mut scope.clone(), reads)?;
        }
        if bodies.is_empty() {
            self.head(head, scope, reads)?;
        }
        Ok(())
    }

    fn body(
        &self,
        body: &'m RuleBody,
        head: &'m RuleHead,
        scope: &mut BodyContext<'m>,
        reads: &mut Reads,
    ) -> Result<(), Mistake> {
        self.conditions(&body.query, head, scope, reads)?;
        if let Some(assign) = &body.assign {
            self.read(&assign.value, scope, reads)?;
        }
        self.head(head, scope, reads)
    }

    fn head(&self, head: &'m RuleHead, scope: &mut BodyContext<'m>, reads: &mut Reads) -> Result<(), Mistake> {
        let value = match head {
            RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. } => {
                assign.as_ref().map(|assign| &assign.value)
            }
            RuleHead::Set { key, .. } => key.as_ref(),
        };
        value.map_or(Ok(()), |value| self.read(value, scope, reads))
    }

    /// The statements of a body. What makes up the finding decides nothing.
    fn conditions(
        &self,
        query: &'m Query,
        head: &'m RuleHead,
        scope: &mut BodyContext<'m>,
        reads: &mut Reads,
    ) -> Result<(), Mistake> {
        let finding = finding(head);
        for statement in &query.stmts {
            let mut part = Reads::default();
            self.literal(statement, scope, &mut part)?;
            let is_finding = finding.is_some() && assigned(statement) == finding;
            part.deciding = if is_finding { BTreeSet::new() } else { part.named.clone() };
            reads.extend(&part);
        }
        Ok(())
    }

    fn query(&self, query: &'m Query, scope: &mut BodyContext<'m>, reads: &mut Reads) -> Result<(), Mistake> {
        query.stmts.iter().try_for_each(|statement| self.literal(statement, scope, reads))
    }

    fn literal(
        &self,
        statement: &'m LiteralStmt,
        scope: &mut BodyContext<'m>,
        reads: &mut Reads,
    ) -> Result<(), Mistake> {
        match &statement.literal {
            Literal::SomeVars { vars, .. } => {
                for name in vars {
                    scope.names.insert(name.text().to_owned(), Meaning::Other);
                }
                Ok(())
            }
            Literal::SomeIn { key, value, collection, .. } => {
                let meaning = self.elements(collection, scope, reads)?;
                if let Some(key) = key {
                    bind(key, Meaning::Other, scope);
                }
                bind(value, meaning, scope);
                Ok(())
            }
            Literal::Expr { expr, .. } => self.read(expr, scope, reads),
            Literal::NotExpr { expr, .. } => {
                let mut negated = BodyContext { sensitive: true, ..scope.clone() };
                self.read(expr, &mut negated, reads)
            }
            Literal::Every { key, value, domain, query, .. } => {
                let mut inner = BodyContext { sensitive: true, ..scope.clone() };
                let meaning = self.elements(domain, &mut inner, reads)?;
                if let Some(key) = key {
                    inner.names.insert(key.text().to_owned(), Meaning::Other);
                }
                inner.names.insert(value.text().to_owned(), meaning);
                self.query(query, &mut inner, reads)
            }
        }
    }

    /// The elements of a collection that is gone through.
    fn elements(
        &self,
        collection: &'m Expr,
        scope: &mut BodyContext<'m>,
        reads: &mut Reads,
    ) -> Result<Meaning, Mistake> {
        let meaning = self.expression(collection, scope, reads)?;
        let Meaning::Input(nodes) = &meaning else { return Ok(Meaning::Other) };
        for node in nodes {
            self.note(*node, scope.sensitive, false, reads);
        }
        let elements: Vec<_> = nodes.iter().filter_map(|node| self.schema.nodes[*node].element).collect();
        Ok(if elements.is_empty() { Meaning::Other } else { Meaning::Input(elements) })
    }

    /// Reads the value of an expression.
    fn read(&self, expression: &'m Expr, scope: &mut BodyContext<'m>, reads: &mut Reads) -> Result<(), Mistake> {
        let meaning = self.expression(expression, scope, reads)?;
        self.consume(meaning, false, scope, reads);
        Ok(())
    }

    fn consume(&self, meaning: Meaning, sensitive: bool, scope: &BodyContext<'m>, reads: &mut Reads) {
        if let Meaning::Input(nodes) = meaning {
            for node in nodes {
                // A list that is used whole may be known in part only, and then its length says too little.
                let whole_list = self.schema.nodes[node].element.is_some();
                self.note(node, sensitive || scope.sensitive || whole_list, true, reads);
            }
        }
    }

    fn note(&self, node: usize, sensitive: bool, whole: bool, reads: &mut Reads) {
        let mut nodes = Nodes::default();
        self.schema.up(node, &mut nodes);
        if whole {
            self.schema.down(node, &mut nodes);
        }
        reads.all.extend(&nodes);
        if sensitive {
            reads.sensitive.extend(&nodes);
        }
        reads.named.insert(node);
    }
}

/// The text of what a rule gives: `finding` of `deny contains finding`.
pub(crate) fn finding(head: &RuleHead) -> Option<&str> {
    match head {
        RuleHead::Set { key: Some(key), .. } => Some(text_of(key.span())),
        _ => None,
    }
}

/// What a statement gives a name to: `age` of `age := …`.
pub(crate) fn assigned(statement: &LiteralStmt) -> Option<&str> {
    match &statement.literal {
        Literal::Expr { expr, .. } => match expr.as_ref() {
            Expr::AssignExpr { lhs, .. } => Some(text_of(lhs.span())),
            _ => None,
        },
        _ => None,
    }
}
