//! A policy made ready to be asked: compiled by regorus' virtual machine, or evaluated by its interpreter where the
//! machine cannot compile it. A policy is compiled once a run; every worker thread has a machine of its own for it.

use super::Policy;
use super::PolicyError;
use super::PolicySet;
use super::engine::{data, syntax};
use super::rules::Question;
use regorus::Engine;
use regorus::Value;
use regorus::rvm::Program;
use regorus::rvm::RegoVM;
use serde_json::Value as Json;
use std::sync::Arc;

/// Bounds on one question. The built-in policies need a few hundred instructions; the tests of users are run besides, to
/// tell the lines that they reach.
pub(super) const MAX_INSTRUCTIONS: usize = 5_000_000;

/// Which of regorus' engines evaluates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Backend {
    /// The compiled one, and the interpreter for what it cannot compile.
    #[default]
    Compiled,
    /// The interpreter: the oracle of the tests.
    Interpreter,
}

/// A policy that can be asked.
pub(crate) struct Compiled {
    pub(super) machine: Machine,
}

pub(super) enum Machine {
    Rvm(Box<RegoVM>),
    Interpreter { engine: Box<Engine>, entries: Vec<String> },
}

impl Compiled {
    pub(crate) fn new(policy: &Policy, set: &PolicySet, backend: Backend) -> Result<Self, PolicyError> {
        let rules = policy.rules(set)?;
        let program = match backend {
            Backend::Compiled => rules.program(&policy.source.path)?,
            Backend::Interpreter => None,
        };
        // The machine takes a builtin that fails for an undefined one (regorus 0.14.1, rvm/vm/rules.rs), so that a broken
        // rule would look like a pass: the tests hold it against the interpreter. Policies of users are run by `rego`.
        let machine = match program {
            Some(program) => Machine::Rvm(Box::new(machine(program, &set.parameters)?)),
            None => {
                let mut engine = rules.engine.clone();
                engine.add_data(data(&set.parameters)).map_err(|error| syntax("data", error))?;
                let entries = rules.questions().map(|question| question.entry.clone()).collect();
                Machine::Interpreter { engine: Box::new(engine), entries }
            }
        };
        Ok(Self { machine })
    }

    #[cfg(test)]
    pub(crate) fn is_compiled(&self) -> bool {
        matches!(self.machine, Machine::Rvm(_))
    }

    pub(crate) fn set_input(&mut self, input: &Value) {
        match &mut self.machine {
            Machine::Rvm(vm) => vm.set_input(input.clone()),
            Machine::Interpreter { engine, .. } => engine.set_input(input.clone()),
        }
    }

    /// What a question comes to. The error is the engine's, in one line.
    pub(crate) fn ask(&mut self, question: &Question) -> Result<Value, String> {
        match &mut self.machine {
            Machine::Rvm(vm) => {
                vm.execute_entry_point_by_index(question.index).map_err(|error| one_line(&error.to_string()))
            }
            Machine::Interpreter { engine, entries } => {
                let entry = entries.get(question.index).cloned().unwrap_or_default();
                engine.eval_rule(entry).map_err(|error| one_line(&error.to_string()))
            }
        }
    }
}

pub(super) fn machine(program: &Arc<Program>, parameters: &Json) -> Result<RegoVM, PolicyError> {
    let mut vm = RegoVM::new();
    vm.load_program(program.clone());
    // Strict, the machine also refuses to compare values of different types, which Rego puts in order (null is least).
    vm.set_strict_builtin_errors(false);
    vm.set_max_instructions(MAX_INSTRUCTIONS);
    vm.set_data(data(parameters)).map_err(|error| syntax("data", error))?;
    Ok(vm)
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
