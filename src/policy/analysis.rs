//! What a rule reads: the paths of the input that decide it, found in the syntax tree before anything is evaluated.
//!
//! Two kinds of reading matter for the derivation of verdicts. Anything read can keep a rule from firing while it is
//! unknown. What is read *sensitively* (under `not`, in a comprehension, in `every`, with `object.get`, a whole list, or
//! by a rule with several definitions) can also make it fire by ignorance.

mod syntax;

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{AssignOp, Expr, Import, Literal, LiteralStmt, Module, Query, Ref, Rule, RuleBody, RuleHead};

use super::schema::{Nodes, Schema};
use syntax::is_collection;
pub(crate) use syntax::{local_names, package, rule_name, text_of};

/// What a rule reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reads {
    /// Every node that is read, with what is above it, and below it if it is read whole.
    pub all: Nodes,
    /// Those of them whose absence could make the rule fire.
    pub sensitive: Nodes,
    /// The deepest nodes that are read, to be named when they are unknown.
    pub named: BTreeSet<usize>,
    /// It calls builtin functions, which can fail on what they are given.
    pub calls_builtins: bool,
}

impl Reads {
    pub(crate) fn extend(&mut self, other: &Self) {
        self.all.extend(&other.all);
        self.sensitive.extend(&other.sensitive);
        self.named.extend(&other.named);
        self.calls_builtins |= other.calls_builtins;
    }
}

/// A path that is not in the model.
#[derive(Debug)]
pub(crate) struct BadPath {
    pub line: u32,
    pub file: String,
    pub path: String,
    pub nearest: Option<String>,
}

/// Finds what rules read, over all modules that they may call.
pub(crate) struct Analysis<'m> {
    schema: &'m Schema,
    /// Definitions by full name: `data.seaworthy.lib.text.join`.
    rules: BTreeMap<String, Vec<(&'m Module, &'m Rule)>>,
}

/// What a name stands for within a body.
#[derive(Clone, Debug)]
enum Meaning {
    /// Nodes of the input.
    Input(Vec<usize>),
    /// Something computed.
    Other,
}

#[derive(Clone)]
struct Scope<'m> {
    module: &'m Module,
    package: String,
    names: BTreeMap<String, Meaning>,
    sensitive: bool,
    depth: usize,
}

impl<'m> Analysis<'m> {
    pub(crate) fn new(schema: &'m Schema, modules: impl IntoIterator<Item = &'m Module>) -> Self {
        let mut rules: BTreeMap<String, Vec<(&Module, &Rule)>> = BTreeMap::new();
        for module in modules {
            let package = package(module);
            for rule in &module.policy {
                rules.entry(format!("{package}.{}", rule_name(rule))).or_default().push((module, rule));
            }
        }
        Self { schema, rules }
    }

    /// What one definition of a rule reads.
    pub(crate) fn rule(&self, module: &'m Module, rule: &'m Rule) -> Result<Reads, BadPath> {
        let mut reads = Reads::default();
        self.definition(rule, &mut Self::scope(module), &[], &mut reads)?;
        Ok(reads)
    }

    /// What one statement of a body reads. It must not use names of the body.
    pub(crate) fn statement(&self, module: &'m Module, statement: &'m LiteralStmt) -> Result<Reads, BadPath> {
        let mut reads = Reads::default();
        self.literal(statement, &mut Self::scope(module), &mut reads)?;
        Ok(reads)
    }

    fn scope(module: &'m Module) -> Scope<'m> {
        Scope { module, package: package(module), names: BTreeMap::new(), sensitive: false, depth: 0 }
    }

    fn definition(
        &self,
        rule: &'m Rule,
        scope: &mut Scope<'m>,
        arguments: &[Meaning],
        reads: &mut Reads,
    ) -> Result<(), BadPath> {
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
        scope: &mut Scope<'m>,
        reads: &mut Reads,
    ) -> Result<(), BadPath> {
        self.query(&body.query, scope, reads)?;
        if let Some(assign) = &body.assign {
            self.read(&assign.value, scope, reads)?;
        }
        self.head(head, scope, reads)
    }

    fn head(&self, head: &'m RuleHead, scope: &mut Scope<'m>, reads: &mut Reads) -> Result<(), BadPath> {
        let value = match head {
            RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. } => {
                assign.as_ref().map(|assign| &assign.value)
            }
            RuleHead::Set { key, .. } => key.as_ref(),
        };
        value.map_or(Ok(()), |value| self.read(value, scope, reads))
    }

    fn query(&self, query: &'m Query, scope: &mut Scope<'m>, reads: &mut Reads) -> Result<(), BadPath> {
        query.stmts.iter().try_for_each(|statement| self.literal(statement, scope, reads))
    }

    fn literal(&self, statement: &'m LiteralStmt, scope: &mut Scope<'m>, reads: &mut Reads) -> Result<(), BadPath> {
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
                let mut negated = Scope { sensitive: true, ..scope.clone() };
                self.read(expr, &mut negated, reads)
            }
            Literal::Every { key, value, domain, query, .. } => {
                let mut inner = Scope { sensitive: true, ..scope.clone() };
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
    fn elements(&self, collection: &'m Expr, scope: &mut Scope<'m>, reads: &mut Reads) -> Result<Meaning, BadPath> {
        let meaning = self.expression(collection, scope, reads)?;
        let Meaning::Input(nodes) = &meaning else { return Ok(Meaning::Other) };
        for node in nodes {
            self.note(*node, scope.sensitive, false, reads);
        }
        let elements: Vec<_> = nodes.iter().filter_map(|node| self.schema.nodes[*node].element).collect();
        Ok(if elements.is_empty() { Meaning::Other } else { Meaning::Input(elements) })
    }

    /// Reads the value of an expression.
    fn read(&self, expression: &'m Expr, scope: &mut Scope<'m>, reads: &mut Reads) -> Result<(), BadPath> {
        let meaning = self.expression(expression, scope, reads)?;
        self.consume(meaning, false, scope, reads);
        Ok(())
    }

    fn consume(&self, meaning: Meaning, sensitive: bool, scope: &Scope<'m>, reads: &mut Reads) {
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

    fn expression(&self, expression: &'m Expr, scope: &mut Scope<'m>, reads: &mut Reads) -> Result<Meaning, BadPath> {
        match expression {
            Expr::Var { span, .. } => self.variable(span.text(), scope, reads),
            Expr::RefDot { refr, field, .. } => {
                if let Some(name) = full_name(expression, scope)
                    && self.rules.contains_key(&name)
                {
                    return self.call(&name, &[], scope, reads);
                }
                let meaning = self.expression(refr, scope, reads)?;
                self.step(meaning, Some(field.0.text()), expression, scope, reads)
            }
            Expr::RefBrack { refr, index, .. } => {
                let meaning = self.expression(refr, scope, reads)?;
                let name = match index.as_ref() {
                    Expr::String { value, .. } | Expr::RawString { value, .. } => {
                        value.as_string().ok().map(|text| text.to_string())
                    }
                    other => {
                        self.read(other, scope, reads)?;
                        None
                    }
                };
                self.step(meaning, name.as_deref(), expression, scope, reads)
            }
            Expr::Call { fcn, params, .. } => self.function(fcn, params, scope, reads),
            Expr::AssignExpr { op, lhs, rhs, .. } => {
                let meaning = self.expression(rhs, scope, reads)?;
                if *op == AssignOp::Eq {
                    self.consume(meaning, false, scope, reads);
                    self.read(lhs, scope, reads)?;
                    return Ok(Meaning::Other);
                }
                if matches!(&meaning, Meaning::Input(nodes) if nodes.iter().all(|node| self.is_leaf(*node))) {
                    self.consume(meaning.clone(), false, scope, reads);
                }
                bind(lhs, meaning, scope);
                Ok(Meaning::Other)
            }
            Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
                let mut inner = Scope { sensitive: true, ..scope.clone() };
                self.query(query, &mut inner, reads)?;
                self.read(term, &mut inner, reads)?;
                Ok(Meaning::Other)
            }
            Expr::ObjectCompr { key, value, query, .. } => {
                let mut inner = Scope { sensitive: true, ..scope.clone() };
                self.query(query, &mut inner, reads)?;
                self.read(key, &mut inner, reads)?;
                self.read(value, &mut inner, reads)?;
                Ok(Meaning::Other)
            }
            Expr::Membership { key, value, collection, .. } => {
                self.elements(collection, scope, reads)?;
                if let Some(key) = key {
                    self.read(key, scope, reads)?;
                }
                self.read(value, scope, reads)?;
                Ok(Meaning::Other)
            }
            Expr::Array { items, .. } | Expr::Set { items, .. } => {
                items.iter().try_for_each(|item| self.read(item, scope, reads))?;
                Ok(Meaning::Other)
            }
            Expr::Object { fields, .. } => {
                for (_, key, value) in fields {
                    self.read(key, scope, reads)?;
                    self.read(value, scope, reads)?;
                }
                Ok(Meaning::Other)
            }
            Expr::UnaryExpr { expr, .. } => {
                self.read(expr, scope, reads)?;
                Ok(Meaning::Other)
            }
            Expr::BinExpr { lhs, rhs, .. } | Expr::BoolExpr { lhs, rhs, .. } | Expr::ArithExpr { lhs, rhs, .. } => {
                self.read(lhs, scope, reads)?;
                self.read(rhs, scope, reads)?;
                Ok(Meaning::Other)
            }
            _ => Ok(Meaning::Other),
        }
    }

    fn is_leaf(&self, node: usize) -> bool {
        let node = &self.schema.nodes[node];
        node.children.is_empty() && node.element.is_none()
    }

    fn variable(&self, name: &str, scope: &mut Scope<'m>, reads: &mut Reads) -> Result<Meaning, BadPath> {
        if name == "input" {
            return Ok(Meaning::Input(vec![0]));
        }
        if let Some(meaning) = scope.names.get(name) {
            return Ok(meaning.clone());
        }
        let full = format!("{}.{name}", scope.package);
        if self.rules.contains_key(&full) {
            return self.call(&full, &[], scope, reads);
        }
        match imported(scope.module, name) {
            Some(import) => self.expression(&import.refr, scope, reads),
            None => Ok(Meaning::Other),
        }
    }

    /// One step down a reference.
    fn step(
        &self,
        meaning: Meaning,
        name: Option<&str>,
        expression: &Expr,
        scope: &Scope<'m>,
        reads: &mut Reads,
    ) -> Result<Meaning, BadPath> {
        let Meaning::Input(nodes) = meaning else { return Ok(Meaning::Other) };
        let mut next = Vec::new();
        for at in nodes {
            let node = &self.schema.nodes[at];
            match (name, node.element) {
                (None, Some(element)) => {
                    self.note(at, scope.sensitive, false, reads);
                    next.push(element);
                }
                (Some(name), None) if node.children.contains_key(name) => next.push(node.children[name]),
                (Some(name), None) if !node.open && (at == 0 || !node.children.is_empty()) => {
                    let path = if node.path.is_empty() { name.to_owned() } else { format!("{}.{name}", node.path) };
                    let nearest = crate::text::nearest(name, node.children.keys().map(String::as_str));
                    return Err(BadPath {
                        line: expression.span().line,
                        file: expression.span().source.get_path().clone(),
                        nearest: nearest.map(|near| path.strip_suffix(name).unwrap_or_default().to_owned() + near),
                        path,
                    });
                }
                // A name that is computed, or below a map with names of its own: the whole node is read.
                _ => self.note(at, scope.sensitive, true, reads),
            }
        }
        Ok(if next.is_empty() { Meaning::Other } else { Meaning::Input(next) })
    }

    fn function(
        &self,
        function: &'m Expr,
        parameters: &'m [Ref<Expr>],
        scope: &mut Scope<'m>,
        reads: &mut Reads,
    ) -> Result<Meaning, BadPath> {
        let mut arguments = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            arguments.push(self.expression(parameter, scope, reads)?);
        }
        if let Some(name) = full_name(function, scope)
            && self.rules.contains_key(&name)
        {
            return self.call(&name, &arguments, scope, reads);
        }
        reads.calls_builtins |= function.span().text() != "sprintf";
        // A builtin reads what it is given. `object.get` is the one that has an answer where there is nothing.
        let answers_absence = function.span().text() == "object.get";
        if answers_absence
            && let [Meaning::Input(nodes), ..] = arguments.as_slice()
            && let Some(Expr::String { value, .. }) = parameters.get(1).map(AsRef::as_ref)
            && let Ok(name) = value.as_string()
        {
            let child = |node: &usize| self.schema.child(*node, name);
            if let Some(children) = nodes.iter().map(child).collect::<Option<Vec<_>>>() {
                self.consume(Meaning::Input(children), true, scope, reads);
                return Ok(Meaning::Other);
            }
        }
        for argument in arguments {
            match argument {
                // How many there are does not depend on what each of them is.
                Meaning::Input(nodes) if function.span().text() == "count" => {
                    nodes.iter().for_each(|node| self.note(*node, true, false, reads));
                }
                other => self.consume(other, answers_absence, scope, reads),
            }
        }
        Ok(Meaning::Other)
    }

    fn call(
        &self,
        name: &str,
        arguments: &[Meaning],
        scope: &Scope<'m>,
        reads: &mut Reads,
    ) -> Result<Meaning, BadPath> {
        // Rego has no recursion; the bound holds until regorus itself has refused it.
        if scope.depth > 16 {
            return Ok(Meaning::Other);
        }
        let definitions = self.rules.get(name).map(Vec::as_slice).unwrap_or_default();
        let has_default = definitions.iter().any(|(_, rule)| matches!(rule, Rule::Default { .. }));
        for (module, rule) in definitions {
            let mut inner = Scope {
                module,
                package: package(module),
                names: BTreeMap::new(),
                // A default takes the place of what cannot be told, and a set or object is complete only by negation.
                sensitive: scope.sensitive || has_default || is_collection(rule),
                depth: scope.depth + 1,
            };
            self.definition(rule, &mut inner, arguments, reads)?;
        }
        Ok(Meaning::Other)
    }
}

fn bind(pattern: &Expr, meaning: Meaning, scope: &mut Scope<'_>) {
    match pattern {
        Expr::Var { span, .. } => {
            scope.names.insert(span.text().to_owned(), meaning);
        }
        Expr::Array { items, .. } => items.iter().for_each(|item| bind(item, Meaning::Other, scope)),
        Expr::Object { fields, .. } => fields.iter().for_each(|(_, _, value)| bind(value, Meaning::Other, scope)),
        _ => {}
    }
}

/// The full name of what a reference names outside of the body: a rule of this package, or of an imported one.
fn full_name(expression: &Expr, scope: &Scope<'_>) -> Option<String> {
    let text = expression.span().text();
    let (first, rest) = text.split_once('.').map_or((text, None), |(first, rest)| (first, Some(rest)));
    if first == "data" {
        return Some(text.to_owned());
    }
    match (imported(scope.module, first), rest) {
        (Some(import), Some(rest)) => Some(format!("{}.{rest}", import.refr.span().text())),
        (Some(import), None) => Some(import.refr.span().text().to_owned()),
        (None, Some(_)) => None,
        (None, None) => Some(format!("{}.{text}", scope.package)),
    }
}

/// The import that brings a name.
fn imported<'m>(module: &'m Module, name: &str) -> Option<&'m Import> {
    module.imports.iter().find(|import| {
        let path = import.refr.span().text();
        let last = || path.rsplit('.').next().unwrap_or(path);
        import.r#as.as_ref().map_or_else(last, |alias| alias.text()) == name
    })
}
