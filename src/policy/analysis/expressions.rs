//! What an expression stands for, and what it reads.

use std::collections::BTreeMap;

use regorus::unstable::{AssignOp, BoolOp, Expr, Import, Module, Ref, Rule};

use super::comparisons::Side;
use super::syntax::is_collection;
use super::{Analysis, BodyContext, Meaning, Mistake, Reads, package};

impl<'m> Analysis<'m> {
    pub(super) fn expression(
        &self,
        expression: &'m Expr,
        scope: &mut BodyContext<'m>,
        reads: &mut Reads,
    ) -> Result<Meaning, Mistake> {
        match expression {
            Expr::Var { span, .. } => self.variable(span.text(), scope, reads),
            Expr::RefDot { refr, field, .. } => {
                self.declared(expression)?;
                if let Some(name) = full_name(expression, scope)
                    && self.rules.contains_key(&name)
                {
                    return self.call(&name, &[], scope, reads);
                }
                let meaning = self.expression(refr, scope, reads)?;
                self.step(meaning, Some(field.0.text()), expression, scope, reads)
            }
            Expr::RefBrack { refr, index, .. } => {
                self.declared(expression)?;
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
                    self.consume(meaning.clone(), false, scope, reads);
                    let left = self.expression(lhs, scope, reads)?;
                    self.consume(left.clone(), false, scope, reads);
                    let (left, right) = (side(lhs, &left), side(rhs, &meaning));
                    self.compare(&BoolOp::Eq, left, right, scope)?;
                    return Ok(Meaning::Other);
                }
                if matches!(&meaning, Meaning::Input(nodes) if nodes.iter().all(|node| self.is_leaf(*node))) {
                    self.consume(meaning.clone(), false, scope, reads);
                }
                bind(lhs, meaning, scope);
                Ok(Meaning::Other)
            }
            Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
                let mut inner = BodyContext { sensitive: true, ..scope.clone() };
                self.query(query, &mut inner, reads)?;
                self.read(term, &mut inner, reads)?;
                Ok(Meaning::Other)
            }
            Expr::ObjectCompr { key, value, query, .. } => {
                let mut inner = BodyContext { sensitive: true, ..scope.clone() };
                self.query(query, &mut inner, reads)?;
                self.read(key, &mut inner, reads)?;
                self.read(value, &mut inner, reads)?;
                Ok(Meaning::Other)
            }
            Expr::Membership { key, value, collection, .. } => {
                let elements = self.elements(collection, scope, reads)?;
                if let Some(key) = key {
                    self.read(key, scope, reads)?;
                }
                let meaning = self.expression(value, scope, reads)?;
                self.consume(meaning.clone(), false, scope, reads);
                self.member(side(value, &meaning), collection, &elements, scope)?;
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
            Expr::BoolExpr { op, lhs, rhs, .. } => {
                // A list that is known in part is there, whatever else may be in it.
                let asks_whether_it_is_there = [lhs, rhs].iter().any(|side| matches!(side.as_ref(), Expr::Null { .. }));
                let mut meanings = Vec::with_capacity(2);
                for side in [lhs, rhs] {
                    let meaning = self.expression(side, scope, reads)?;
                    match &meaning {
                        Meaning::Input(nodes) if asks_whether_it_is_there => {
                            nodes.iter().for_each(|node| self.note(*node, scope.sensitive, false, reads));
                        }
                        _ => self.consume(meaning.clone(), false, scope, reads),
                    }
                    meanings.push(meaning);
                }
                if let [left, right] = meanings.as_slice() {
                    self.compare(op, side(lhs, left), side(rhs, right), scope)?;
                }
                Ok(Meaning::Other)
            }
            Expr::BinExpr { lhs, rhs, .. } | Expr::ArithExpr { lhs, rhs, .. } => {
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

    fn variable(&self, name: &str, scope: &mut BodyContext<'m>, reads: &mut Reads) -> Result<Meaning, Mistake> {
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
        scope: &BodyContext<'m>,
        reads: &mut Reads,
    ) -> Result<Meaning, Mistake> {
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
                    return Err(Mistake::Path {
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
        scope: &mut BodyContext<'m>,
        reads: &mut Reads,
    ) -> Result<Meaning, Mistake> {
        let mut arguments = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            arguments.push(self.expression(parameter, scope, reads)?);
        }
        if let Some(name) = full_name(function, scope)
            && self.rules.contains_key(&name)
        {
            return self.call(&name, &arguments, scope, reads);
        }
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
        scope: &BodyContext<'m>,
        reads: &mut Reads,
    ) -> Result<Meaning, Mistake> {
        // Rego has no recursion; the bound holds until regorus itself has refused it.
        if scope.depth > 16 {
            return Ok(Meaning::Other);
        }
        let definitions = self.rules.get(name).map(Vec::as_slice).unwrap_or_default();
        let has_default = definitions.iter().any(|(_, rule)| matches!(rule, Rule::Default { .. }));
        for (module, rule) in definitions {
            let mut inner = BodyContext {
                module,
                package: package(module),
                names: BTreeMap::new(),
                // A default takes the place of what cannot be told, and a set or object is complete only by negation.
                sensitive: scope.sensitive || has_default || is_collection(rule),
                depth: scope.depth + 1,
                checks: scope.checks && arguments.is_empty(),
            };
            self.definition(rule, &mut inner, arguments, reads)?;
        }
        Ok(Meaning::Other)
    }
}

fn side<'a>(expression: &'a Expr, meaning: &'a Meaning) -> Side<'a> {
    Side { expression, meaning }
}

pub(super) fn bind(pattern: &Expr, meaning: Meaning, scope: &mut BodyContext<'_>) {
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
fn full_name(expression: &Expr, scope: &BodyContext<'_>) -> Option<String> {
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
