//! What names stand for outside of a body: packages, rules, imports.

use std::collections::BTreeMap;

use regorus::Value;
use regorus::unstable::{Expr, Import, Module, Rule as Syntax, RuleHead, Span};

use super::super::plan::{Rule, RuleId, RuleKind, Tree, TreeId};
use super::{Lowered, refused};

/// The rules and packages of a bundle.
pub(in crate::policy::rego) struct Names<'m> {
    pub tree: Vec<Tree>,
    pub rules: Vec<RuleName>,
    /// For each module, what its imports bring.
    pub imports: Vec<BTreeMap<&'m str, Imported<'m>>>,
    /// Names below `data` that some `with` puts there.
    pub put: Vec<Vec<String>>,
    /// For each module, whether it imports `future.keywords.not`.
    pub negates_all: Vec<bool>,
}

pub(in crate::policy::rego) struct RuleName {
    name: String,
    pub kind: RuleKind,
}

impl RuleName {
    pub(super) fn empty(&self) -> Rule {
        Rule { name: self.name.clone(), kind: self.kind, definitions: Vec::new(), default: None }
    }
}

#[derive(Clone, Copy)]
pub(in crate::policy::rego) struct Imported<'m> {
    pub path: &'m Expr,
}

/// Where the head of a rule belongs.
pub(super) struct Head<'m> {
    pub rule: RuleId,
    /// The keys behind the name of an object.
    pub keys: Vec<&'m Expr>,
}

/// A head, taken apart: the name up to the first part that is computed, and the rest.
struct SplitHead<'m> {
    path: Vec<(String, &'m Expr)>,
    rest: Vec<&'m Expr>,
}

impl<'m> Names<'m> {
    pub(super) fn new(modules: &[&'m Module]) -> Lowered<Self> {
        let mut names = Self {
            tree: vec![Tree::default()],
            rules: Vec::new(),
            put: modules.iter().flat_map(|module| put(module)).collect(),
            imports: modules.iter().map(|module| imports(module)).collect::<Lowered<_>>()?,
            negates_all: modules.iter().map(|module| negates_all(module)).collect::<Lowered<_>>()?,
        };
        // Objects first: what is defined below the name of one is a member of it.
        for module in modules {
            for syntax in &module.policy {
                let parts = parts(syntax)?;
                if !parts.rest.is_empty() {
                    names.add(module, syntax, parts.path.len())?;
                }
            }
        }
        for module in modules {
            for syntax in &module.policy {
                let parts = parts(syntax)?;
                if names.object_above(module, &parts)?.is_none() {
                    names.add(module, syntax, parts.path.len())?;
                }
            }
        }
        Ok(names)
    }

    /// Where a rule of the module belongs.
    pub(super) fn head(&self, module: &Module, syntax: &'m Syntax) -> Lowered<Head<'m>> {
        let parts = parts(syntax)?;
        let mut at = self.package(module)?;
        for (depth, (name, _)) in parts.path.iter().enumerate() {
            let Some(below) = self.tree.get(at).and_then(|tree| tree.children.get(name)) else { break };
            at = *below;
            if let Some(rule) = self.tree.get(at).and_then(|tree| tree.rule) {
                let constant = parts.path.iter().skip(depth + 1).map(|(_, key)| *key);
                return Ok(Head { rule, keys: constant.chain(parts.rest.iter().copied()).collect() });
            }
        }
        Err(refused(syntax.span(), "this rule is nowhere".to_owned()))
    }

    fn object_above(&self, module: &Module, parts: &SplitHead<'_>) -> Lowered<Option<RuleId>> {
        let mut at = self.package(module)?;
        for (name, _) in parts.path.iter().take(parts.path.len().saturating_sub(1)) {
            let Some(below) = self.tree.get(at).and_then(|tree| tree.children.get(name)) else { return Ok(None) };
            at = *below;
            if let Some(rule) = self.tree.get(at).and_then(|tree| tree.rule) {
                return Ok(Some(rule));
            }
        }
        Ok(None)
    }

    /// The package of a module.
    pub(super) fn package(&self, module: &Module) -> Lowered<TreeId> {
        let mut at = 0;
        for name in constant_path(&module.package.refr).unwrap_or_default() {
            match self.tree.get(at).and_then(|tree| tree.children.get(&name)) {
                Some(below) => at = *below,
                None => return Ok(0),
            }
        }
        Ok(at)
    }

    fn add(&mut self, module: &Module, syntax: &'m Syntax, length: usize) -> Lowered<()> {
        let parts = parts(syntax)?;
        let span = syntax.span();
        let package = constant_path(&module.package.refr)
            .ok_or_else(|| refused(&module.package.span, "the name of a package has no computed parts".to_owned()))?;
        let path: Vec<_> =
            package.into_iter().chain(parts.path.into_iter().map(|(name, _)| name).take(length)).collect();
        let kind = kind(syntax, !parts.rest.is_empty(), span)?;
        let mut at = 0;
        for (depth, name) in path.iter().enumerate() {
            at = match self.tree.get(at).and_then(|tree| tree.children.get(name)) {
                Some(below) => *below,
                None => {
                    let below = self.tree.len();
                    let path = path.iter().take(depth + 1).cloned().collect();
                    self.tree.push(Tree { path, ..Tree::default() });
                    if let Some(tree) = self.tree.get_mut(at) {
                        tree.children.insert(name.clone(), below);
                    }
                    below
                }
            };
            let is_rule = self.tree.get(at).is_some_and(|tree| tree.rule.is_some());
            if is_rule && depth + 1 < path.len() {
                return Err(refused(span, format!("'{name}' is a rule and a part of a name")));
            }
        }
        let name = format!("data.{}", path.join("."));
        let Some(tree) = self.tree.get_mut(at) else { return Ok(()) };
        if !tree.children.is_empty() {
            return Err(refused(span, format!("'{name}' is a rule and a part of a name")));
        }
        match (tree.rule, kind) {
            (None, kind) => {
                tree.rule = Some(self.rules.len());
                self.rules.push(RuleName { name, kind: kind.unwrap_or(RuleKind::Complete) });
            }
            (Some(rule), Some(kind)) => {
                let known = self.rules.get(rule).map(|rule| rule.kind);
                // A default comes before the definitions, and says nothing of the kind.
                if known != Some(kind) {
                    return Err(refused(span, format!("'{name}' is defined as two kinds of rule")));
                }
            }
            (Some(_), None) => {}
        }
        Ok(())
    }
}

/// The kind of rule that a definition makes. A default alone says only that there is one value.
fn kind(syntax: &Syntax, has_keys: bool, span: &Span) -> Lowered<Option<RuleKind>> {
    Ok(match syntax {
        Syntax::Spec { head: RuleHead::Func { args, .. }, .. } if !has_keys => Some(RuleKind::Function(args.len())),
        Syntax::Spec { head: RuleHead::Func { .. }, .. } => {
            return Err(refused(span, "the name of a function has no computed parts".to_owned()));
        }
        Syntax::Spec { head: RuleHead::Set { key: Some(key), refr, .. }, .. } => {
            // Rego v0: `a[x]` without `contains` was a set.
            let contents = key.span().source.contents();
            let between = contents.get(refr.span().end as usize..key.span().start as usize).unwrap_or_default();
            if !between.contains("contains") {
                let message = "this is Rego v0 for a set: write 'contains', or give the key a value with ':='";
                return Err(refused(span, message.to_owned()));
            }
            Some(if has_keys { RuleKind::Object } else { RuleKind::Set })
        }
        Syntax::Spec { head: RuleHead::Set { .. }, .. } => {
            return Err(refused(span, "this rule has no value: write ':= true' or 'if'".to_owned()));
        }
        Syntax::Spec { .. } => Some(if has_keys { RuleKind::Object } else { RuleKind::Complete }),
        Syntax::Default { args, .. } if args.is_empty() => Some(RuleKind::Complete),
        Syntax::Default { args, .. } => Some(RuleKind::Function(args.len())),
    })
}

fn parts(syntax: &Syntax) -> Lowered<SplitHead<'_>> {
    let head = match syntax {
        Syntax::Spec { head, .. } => match head {
            RuleHead::Compr { refr, .. } | RuleHead::Set { refr, .. } | RuleHead::Func { refr, .. } => refr,
        },
        Syntax::Default { refr, .. } => refr,
    };
    let mut parts = SplitHead { path: Vec::new(), rest: Vec::new() };
    let mut steps = Vec::new();
    let mut at: &Expr = head;
    loop {
        match at {
            Expr::RefDot { refr, .. } => {
                steps.push(at);
                at = refr;
            }
            Expr::RefBrack { refr, .. } => {
                steps.push(at);
                at = refr;
            }
            Expr::Var { span, .. } => {
                parts.path.push((span.text().to_owned(), at));
                break;
            }
            other => return Err(refused(other.span(), "a rule needs a name".to_owned())),
        }
    }
    for step in steps.into_iter().rev() {
        match (step, parts.rest.is_empty()) {
            (Expr::RefDot { field: (span, _), .. }, true) => parts.path.push((span.text().to_owned(), step)),
            (Expr::RefBrack { index, .. }, true) => match text(index) {
                Some(name) => parts.path.push((name, step)),
                None => parts.rest.push(step),
            },
            _ => parts.rest.push(step),
        }
    }
    Ok(parts)
}

/// The text of a string literal.
pub(super) fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::String { value, .. } | Expr::RawString { value, .. } => match value {
            Value::String(text) => Some(text.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// `a.b["c"]`
pub(super) fn constant_path(expression: &Expr) -> Option<Vec<String>> {
    match expression {
        Expr::Var { span, .. } => Some(vec![span.text().to_owned()]),
        Expr::RefDot { refr, field: (span, _), .. } => {
            let mut path = constant_path(refr)?;
            path.push(span.text().to_owned());
            Some(path)
        }
        Expr::RefBrack { refr, index, .. } => {
            let mut path = constant_path(refr)?;
            path.push(text(index)?);
            Some(path)
        }
        _ => None,
    }
}

fn imports(module: &Module) -> Lowered<BTreeMap<&str, Imported<'_>>> {
    let mut all = BTreeMap::new();
    for import in &module.imports {
        let Import { refr, r#as, span } = import;
        let path = constant_path(refr).unwrap_or_default();
        match path.first().map(String::as_str) {
            Some("rego" | "future") => continue,
            Some("data" | "input") => {}
            _ => return Err(refused(span, "only 'data' and 'input' can be imported".to_owned())),
        }
        let last = match refr.as_ref() {
            Expr::Var { span, .. } => span.text(),
            Expr::RefDot { field: (span, _), .. } => span.text(),
            Expr::RefBrack { index, .. } => index.span().text(),
            _ => continue,
        };
        all.insert(r#as.as_ref().map_or(last, Span::text), Imported { path: refr });
    }
    Ok(all)
}

/// What the statements of a module put below `data` by `with`.
fn put(module: &Module) -> Vec<Vec<String>> {
    let bodies = module.policy.iter().flat_map(|rule| match rule.as_ref() {
        Syntax::Spec { bodies, .. } => bodies.as_slice(),
        Syntax::Default { .. } => &[],
    });
    let with = bodies.flat_map(|body| &body.query.stmts).flat_map(|statement| &statement.with_mods);
    let below = |path: Vec<String>| (path.first()? == "data").then(|| path.get(1..).unwrap_or_default().to_vec());
    with.filter_map(|with| below(constant_path(&with.refr)?)).collect()
}

/// Whether `not` is about all of what follows it. Regorus takes the import, whatever it names, and forgets it.
fn negates_all(module: &Module) -> Lowered<bool> {
    const KNOWN: [&str; 5] = ["contains", "every", "if", "in", "not"];
    let mut found = false;
    for (at, line) in module.package.span.source.contents().lines().enumerate() {
        let Some(name) = line.trim().strip_prefix("import future.keywords.") else { continue };
        let name = name.split([' ', '#']).next().unwrap_or_default();
        if !KNOWN.contains(&name) {
            let hint = crate::text::did_you_mean(name, KNOWN);
            return Err(crate::policy::PolicyError::Refused {
                file: module.package.span.source.get_path().clone(),
                line: u32::try_from(at + 1).unwrap_or(u32::MAX),
                message: format!("'future.keywords.{name}' is not understood{hint}"),
            });
        }
        found |= name == "not";
    }
    Ok(found)
}
