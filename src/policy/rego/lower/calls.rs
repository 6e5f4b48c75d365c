//! Calls: of functions of the bundle, of builtins, and of operators by their names.

use std::sync::Arc;

use regorus::unstable::{ArithOp, BinOp, BoolOp, Expr, Ref, Span};

use super::super::builtins::{self, Builtin};
use super::super::plan::{Pattern, RuleId, RuleKind, Step, Term};
use super::scope::Scope;
use super::{Lowered, at, names, refused, yes};
use crate::policy::PolicyError;
use crate::text::count;

/// What a call calls.
enum Callee {
    Rule(RuleId, usize),
    Builtin(String, usize),
    Infix(Infix),
}

impl Callee {
    const fn arguments(&self) -> usize {
        match self {
            Self::Rule(_, arguments) | Self::Builtin(_, arguments) => *arguments,
            Self::Infix(_) => 2,
        }
    }
}

/// An operator by its name: `plus(1, 2)`.
enum Infix {
    Arithmetic(ArithOp),
    Compare(BoolOp),
    Sets(BinOp),
}

impl Infix {
    fn find(name: &str) -> Option<Self> {
        Some(match name {
            "plus" => Self::Arithmetic(ArithOp::Add),
            "minus" => Self::Arithmetic(ArithOp::Sub),
            "mul" => Self::Arithmetic(ArithOp::Mul),
            "div" => Self::Arithmetic(ArithOp::Div),
            "rem" => Self::Arithmetic(ArithOp::Mod),
            "equal" => Self::Compare(BoolOp::Eq),
            "neq" => Self::Compare(BoolOp::Ne),
            "lt" => Self::Compare(BoolOp::Lt),
            "lte" => Self::Compare(BoolOp::Le),
            "gt" => Self::Compare(BoolOp::Gt),
            "gte" => Self::Compare(BoolOp::Ge),
            "and" => Self::Sets(BinOp::Intersection),
            "or" => Self::Sets(BinOp::Union),
            _ => return None,
        })
    }

    fn of(self, sides: Box<(Term, Term)>) -> Term {
        match self {
            Self::Arithmetic(op) => Term::Arithmetic(op, sides),
            Self::Compare(op) => Term::Compare(op, sides),
            Self::Sets(op) => Term::Sets(op, sides),
        }
    }
}

impl<'m> Scope<'_, 'm> {
    fn callee(&self, function: &Expr) -> Lowered<Callee> {
        let span = function.span();
        let Some(path) = names::constant_path(function) else {
            return Err(refused(span, "what is called has to have a name".to_owned()));
        };
        let name = path.join(".");
        let full: Option<Vec<String>> = path.split_first().and_then(|(first, rest)| {
            let import = self.names.imports.get(self.at).and_then(|imports| imports.get(first.as_str()));
            let head = match import {
                Some(import) => names::constant_path(import.path)?.split_first().map(|(_, rest)| rest.to_vec())?,
                None if first == "data" => Vec::new(),
                None => {
                    let package = self.names.package(self.module).ok()?;
                    let package = self.names.tree.get(package)?;
                    package.children.get(first.as_str())?;
                    package.path.iter().cloned().chain([first.clone()]).collect()
                }
            };
            Some(head.into_iter().chain(rest.iter().cloned()).collect())
        });
        if let Some(full) = full {
            let tree = full.iter().try_fold(0, |at, name| self.names.tree.get(at)?.children.get(name).copied());
            let rule = tree.and_then(|tree| self.names.tree.get(tree)?.rule);
            return match rule.and_then(|rule| Some((rule, self.names.rules.get(rule)?.kind))) {
                Some((rule, RuleKind::Function(arguments))) => Ok(Callee::Rule(rule, arguments)),
                Some(_) => Err(refused(span, format!("'{name}' is a rule without arguments: it cannot be called"))),
                None => Err(refused(span, format!("the function '{name}' is nowhere"))),
            };
        }
        if let Some(infix) = Infix::find(&name) {
            return Ok(Callee::Infix(infix));
        }
        if builtins::IMPURE.contains(&name.as_str()) {
            return Err(PolicyError::Impure { path: span.source.get_path().clone(), line: span.line, name });
        }
        match builtins::arity(&name) {
            Some(arguments) => Ok(Callee::Builtin(name, arguments)),
            None => {
                let hint = crate::text::did_you_mean(&name, builtins::names());
                Err(refused(span, format!("there is no function '{name}'{hint}")))
            }
        }
    }

    /// Whether the last argument of a call is what its value is taken apart by.
    pub(super) fn gives_last(&self, call: &Expr) -> bool {
        let Expr::Call { fcn, params, .. } = call else { return false };
        match self.callee(fcn) {
            Ok(Callee::Builtin(name, _)) if name == "print" => false,
            Ok(callee) => params.len() == callee.arguments() + 1,
            Err(_) => false,
        }
    }

    /// `f(x, y)` where `f` has one argument: `y` is its value.
    pub(super) fn call_into(&mut self, call: &'m Expr, steps: &mut Vec<Step>) -> Lowered<()> {
        let Expr::Call { span, fcn, params, .. } = call else { return Ok(()) };
        let Some((last, rest)) = params.split_last() else { return Ok(()) };
        let mark = self.early.len();
        if let Callee::Builtin(name, _) = self.callee(fcn)?
            && name == "walk"
            && let [over] = rest
        {
            let over = self.term(over, steps)?;
            self.settle_from(mark)?;
            let to = self.pattern(last, steps)?;
            steps.push(Step::Walk { to, over });
            return Ok(());
        }
        let value = self.call(span, fcn, rest, steps)?;
        self.settle_from(mark)?;
        let pattern = self.pattern(last, steps)?;
        steps.push(Step::Unify(pattern, value));
        Ok(())
    }

    pub(super) fn call(
        &mut self,
        span: &Span,
        function: &'m Expr,
        parameters: &'m [Ref<Expr>],
        steps: &mut Vec<Step>,
    ) -> Lowered<Term> {
        let callee = self.callee(function)?;
        let wanted = callee.arguments();
        let takes_any = matches!(&callee, Callee::Builtin(name, _) if name == "print");
        if parameters.len() != wanted && !takes_any {
            let name = function.span().text();
            return Err(refused(
                span,
                format!("'{name}' takes {}, and gets {}", count(wanted, "argument"), parameters.len()),
            ));
        }
        let mark = self.early.len();
        let arguments = self.terms(parameters, steps)?;
        match callee {
            Callee::Rule(rule, _) => Ok(Term::Call(rule, arguments)),
            Callee::Builtin(name, _) if name == "walk" => {
                let Some(over) = arguments.into_iter().next() else { return Ok(yes()) };
                self.settle_from(mark)?;
                let slot = self.temporary();
                steps.push(Step::Walk { to: Pattern::Name(slot), over });
                Ok(Term::Name(slot))
            }
            Callee::Builtin(name, _) if name == "print" => Ok(yes()),
            Callee::Infix(infix) => {
                let mut sides = arguments.into_iter();
                let (Some(one), Some(two)) = (sides.next(), sides.next()) else { return Ok(yes()) };
                Ok(infix.of(Box::new((one, two))))
            }
            Callee::Builtin(name, _) => {
                let builtin = Builtin::new(&name, span, parameters, at(span));
                let builtin = builtin.ok_or_else(|| refused(span, format!("there is no function '{name}'")))?;
                Ok(Term::Builtin(Arc::new(builtin), arguments))
            }
        }
    }
}
