//! A rule that needs itself has no value.

use super::super::plan::{Definition, Pattern, Program, RuleId, RuleKind, Step, Term, TreeId};
use super::Lowered;
use crate::policy::PolicyError;
use crate::policy::rego::at::At;

/// Refuses rules and functions that need themselves, straight or by others.
pub(super) fn check(program: &Program) -> Lowered<()> {
    let needs: Vec<Vec<RuleId>> = (0..program.rules.len()).map(|rule| needs(program, rule)).collect();
    let mut state = vec![State::New; needs.len()];
    for rule in 0..needs.len() {
        let mut path = Vec::new();
        if let Some(circle) = visit(rule, &needs, &mut state, &mut path) {
            let name = |rule: &RuleId| program.rules.get(*rule).map_or("", |rule| rule.name.as_str());
            let names: Vec<_> = circle.iter().map(name).collect();
            let first = circle.first().and_then(|rule| program.rules.get(*rule));
            let at = first.and_then(|rule| rule.definitions.first()).map(|definition| definition.at.clone());
            let At { file, line } = at.unwrap_or_else(|| At { file: String::new(), line: 0 });
            return Err(PolicyError::Refused {
                file,
                line,
                message: format!("a rule cannot need itself: {}", names.join(" → ")),
            });
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Depth first, without recursion of its own: a chain of rules may be long.
fn visit(from: RuleId, needs: &[Vec<RuleId>], state: &mut [State], path: &mut Vec<RuleId>) -> Option<Vec<RuleId>> {
    if state.get(from) != Some(&State::New) {
        return None;
    }
    let mut open: Vec<(RuleId, usize)> = vec![(from, 0)];
    path.push(from);
    *state.get_mut(from)? = State::Open;
    while let Some((rule, at)) = open.last_mut() {
        let next = needs.get(*rule).and_then(|needs| needs.get(*at)).copied();
        *at += 1;
        match next {
            Some(next) => match state.get(next).copied() {
                Some(State::New) => {
                    *state.get_mut(next)? = State::Open;
                    path.push(next);
                    open.push((next, 0));
                }
                Some(State::Open) => {
                    let start = path.iter().position(|rule| *rule == next).unwrap_or(0);
                    let mut circle: Vec<_> = path.iter().skip(start).copied().collect();
                    circle.push(next);
                    return Some(circle);
                }
                _ => {}
            },
            None => {
                *state.get_mut(*rule)? = State::Done;
                path.pop();
                open.pop();
            }
        }
    }
    None
}

/// The rules that a rule needs.
fn needs(program: &Program, rule: RuleId) -> Vec<RuleId> {
    let mut found = NeededRules { program, rules: Vec::new() };
    if let Some(rule) = program.rules.get(rule) {
        rule.definitions.iter().chain(&rule.default).for_each(|definition| found.definition(definition));
    }
    found.rules
}

struct NeededRules<'p> {
    program: &'p Program,
    rules: Vec<RuleId>,
}

impl NeededRules<'_> {
    fn definition(&mut self, definition: &Definition) {
        definition.arguments.iter().for_each(|argument| self.pattern(argument));
        for branch in &definition.branches {
            self.steps(&branch.body);
            branch.keys.iter().for_each(|key| self.term(key));
            self.term(&branch.value);
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Holds(term) => self.term(term),
                Step::Unify(pattern, term) | Step::Walk { to: pattern, over: term } => {
                    self.pattern(pattern);
                    self.term(term);
                }
                Step::Each { key, value, over } => {
                    self.pattern(key);
                    self.pattern(value);
                    self.term(over);
                }
                Step::Not(body) => self.steps(body),
                Step::Every { over, body, .. } => {
                    self.term(over);
                    self.steps(body);
                }
                Step::With { what, body } => {
                    what.iter().for_each(|(_, term)| self.term(term));
                    self.steps(body);
                }
            }
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::Any | Pattern::Name(_) => {}
            Pattern::Array(items) => items.iter().for_each(|item| self.pattern(item)),
            Pattern::Object(members) => members.iter().for_each(|(_, member)| self.pattern(member)),
            Pattern::Value(term) => self.term(term),
        }
    }

    fn term(&mut self, term: &Term) {
        match term {
            Term::Constant(_) | Term::Name(_) | Term::Input | Term::Base => {}
            Term::Rule(rule) => self.rules.push(*rule),
            Term::Tree(tree) => self.tree(*tree),
            Term::Array(items) | Term::Set(items) | Term::Builtin(_, items) => {
                items.iter().for_each(|item| self.term(item));
            }
            Term::Call(rule, items) => {
                self.rules.push(*rule);
                items.iter().for_each(|item| self.term(item));
            }
            Term::Object(members) => members.iter().for_each(|(key, value)| {
                self.term(key);
                self.term(value);
            }),
            Term::Comprehension(comprehension) => {
                self.steps(&comprehension.body);
                comprehension.key.iter().for_each(|key| self.term(key));
                self.term(&comprehension.value);
            }
            Term::Step(of, key) => {
                self.term(of);
                self.term(key);
            }
            Term::Compare(_, sides) | Term::Arithmetic(_, sides) | Term::Sets(_, sides) => {
                self.term(&sides.0);
                self.term(&sides.1);
            }
            Term::Negative(of) => self.term(of),
            Term::In { key, value, over } => {
                key.iter().for_each(|key| self.term(key));
                self.term(value);
                self.term(over);
            }
        }
    }

    fn tree(&mut self, tree: TreeId) {
        let Some(tree) = self.program.tree.get(tree) else { return };
        let is_function = |rule: &RuleId| {
            self.program.rules.get(*rule).is_some_and(|rule| matches!(rule.kind, RuleKind::Function(_)))
        };
        self.rules.extend(tree.rule.filter(|rule| !is_function(rule)));
        tree.children.values().for_each(|child| self.tree(*child));
    }
}
