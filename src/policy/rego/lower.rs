//! From regorus' syntax tree to a plan that can be run, or to the reason why not: a name that is nowhere, a rule that
//! needs itself, a builtin that there is not.

mod calls;
mod common;
mod declared;
mod names;
mod order;
mod parts;
mod recursion;
mod scope;
mod statements;
mod terms;

use regorus::Value;
use regorus::unstable::{Expr, Module, Rule as Syntax, RuleBody, RuleHead};

use super::plan::{Branch, Definition, Pattern, Program, Rule, RuleKind};
use common::{Lowered, at, refused, yes};
pub(super) use names::Names;
use scope::Scope;

/// Lowers all rules of the modules. `base` is what stands below `data` besides them.
pub(crate) fn lower(modules: &[&Module], base: &Value) -> Lowered<Program> {
    let names = Names::new(modules)?;
    let mut rules: Vec<Rule> = names.rules.iter().map(names::RuleName::empty).collect();
    for (at, module) in modules.iter().enumerate() {
        for syntax in &module.policy {
            let head = names.head(module, syntax)?;
            let mut scope = Scope::new(&names, at, module, base);
            match syntax.as_ref() {
                Syntax::Spec { head: syntax, bodies, .. } => {
                    let definitions = definitions(&mut scope, syntax, bodies, &head.keys)?;
                    if let Some(rule) = rules.get_mut(head.rule) {
                        rule.definitions.extend(definitions);
                    }
                }
                Syntax::Default { args, value, span, .. } => {
                    let default = scope.with_arguments(args, |scope, arguments| {
                        let (body, value) = scope.bare(value)?;
                        let branch = Branch { body, keys: Vec::new(), is_member: false, value };
                        Ok(scope.definition(span, arguments, vec![branch]))
                    })?;
                    if let Some(rule) = rules.get_mut(head.rule) {
                        if matches!(rule.kind, RuleKind::Set | RuleKind::Object) {
                            return Err(refused(span, "a default is for a rule with one value".to_owned()));
                        }
                        if rule.default.replace(default).is_some() {
                            return Err(refused(span, "there is a default already".to_owned()));
                        }
                    }
                }
            }
        }
    }
    let program = Program { rules, tree: names.tree };
    recursion::check(&program)?;
    Ok(program)
}

/// The definitions of a rule: each body that is no `else` begins one.
fn definitions<'m>(
    scope: &mut Scope<'_, 'm>,
    head: &'m RuleHead,
    bodies: &'m [RuleBody],
    keys: &[&'m Expr],
) -> Lowered<Vec<Definition>> {
    let (arguments, assign, key, span): (&[_], _, _, _) = match head {
        RuleHead::Compr { assign, span, .. } => (&[], assign.as_ref(), None, span),
        RuleHead::Set { key, span, .. } => (&[], None, key.as_ref(), span),
        RuleHead::Func { args, assign, span, .. } => (args, assign.as_ref(), None, span),
    };
    let value = key.or(assign.map(|assign| &assign.value)).map(AsRef::as_ref);
    bodies.iter().try_for_each(|body| declared::not_redeclared(arguments, &body.query))?;
    scope.with_arguments(arguments, |scope, arguments| {
        let mut all: Vec<(Vec<Pattern>, Vec<Branch>)> = Vec::new();
        if bodies.is_empty() {
            all.push((arguments.clone(), vec![scope.branch(None, keys, value, key.is_some())?]));
        }
        for body in bodies {
            let own = body.assign.as_ref().map(|assign| assign.value.as_ref());
            let value = if body.is_else { own } else { own.or(value) };
            let branch = scope.branch(Some(&body.query), keys, value, key.is_some())?;
            match all.last_mut().filter(|_| body.is_else) {
                Some((_, branches)) => branches.push(branch),
                None => all.push((arguments.clone(), vec![branch])),
            }
        }
        Ok(all.into_iter().map(|(arguments, branches)| scope.definition(span, arguments, branches)).collect())
    })
}
