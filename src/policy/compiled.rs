//! A policy made ready to be asked: compiled by regorus' virtual machine, or evaluated by its interpreter where the
//! machine cannot compile it. A policy is compiled once a run; every worker thread has a machine of its own for it.

use std::sync::Arc;

use regorus::rvm::{Program, RegoVM};
use regorus::{Engine, Value};
use serde_json::Value as Json;

use super::engine::{data, syntax};
use super::input::Input;
use super::prints::Memo;
use super::rules::Question;
use super::{Policy, PolicyError, PolicySet};

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
    /// By question. The interpreter has none: it is what the others are held against.
    memos: Vec<Memo>,
    /// The machine has the input that is asked about.
    is_ready: bool,
}

pub(super) enum Machine {
    Rvm(Box<RegoVM>),
    Interpreter { engine: Box<Engine>, entries: Vec<String> },
}

impl Compiled {
    pub(crate) fn new(policy: &Policy, set: &PolicySet, backend: Backend) -> Result<Self, PolicyError> {
        let rules = policy.rules(set)?;
        let program = match backend {
            Backend::Compiled => rules.program.as_ref(),
            Backend::Interpreter => None,
        };
        // The machine takes a builtin that fails for an undefined one (regorus 0.14.1, rvm/vm/rules.rs), so that a broken
        // rule would look like a pass: the tests hold it against the interpreter. Policies of users are run by `rego`.
        let machine = match program {
            Some(program) => Machine::Rvm(Box::new(machine(program, &set.parameters)?)),
            None => {
                let mut engine = rules.engine(&policy.source, &set.libraries)?;
                engine.add_data(data(&set.parameters)).map_err(|error| syntax("data", error))?;
                let entries = rules.questions().map(|question| question.entry.clone()).collect();
                Machine::Interpreter { engine: Box::new(engine), entries }
            }
        };
        let memos = match &machine {
            Machine::Rvm(_) => rules.questions().map(Memo::new).collect(),
            Machine::Interpreter { .. } => Vec::new(),
        };
        Ok(Self { machine, memos, is_ready: false })
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

    /// The next questions are about another input.
    pub(crate) fn begin(&mut self) {
        self.is_ready = false;
    }

    /// Whether a question is known to come to nothing because one of its statements does. Only what may be known
    /// already is asked: the question itself costs no more.
    pub(crate) fn is_ruled_out(&mut self, question: &Question, input: &Input) -> Result<bool, String> {
        let [definition] = question.definitions.as_slice() else { return Ok(false) };
        for conjunct in definition {
            let is_cheap = self.memos.get(conjunct.index).is_some_and(Memo::helps);
            if is_cheap && self.ask(conjunct, input)? != Value::Bool(true) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What a question comes to, from memory where the same facts were asked about before.
    pub(crate) fn ask(&mut self, question: &Question, input: &Input) -> Result<Value, String> {
        let key = self.memos.get(question.index).and_then(|memo| memo.key(&input.prints));
        if let Some(key) = key
            && let Some(answer) = self.memos.get_mut(question.index).and_then(|memo| memo.get(key))
        {
            return Ok(answer.clone());
        }
        if !std::mem::replace(&mut self.is_ready, true) {
            self.set_input(&input.value);
        }
        let answer = self.evaluate(question)?;
        if let (Some(key), Some(memo)) = (key, self.memos.get_mut(question.index)) {
            memo.insert(key, &answer);
        }
        Ok(answer)
    }

    /// What a question comes to for the input that is set. The error is the engine's, in one line.
    pub(crate) fn evaluate(&mut self, question: &Question) -> Result<Value, String> {
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
