//! A policy made ready to be asked: compiled by regorus' virtual machine, or evaluated by its interpreter where the
//! machine cannot compile it. A policy is compiled once a run; every worker thread has a machine of its own for it.

use std::fmt::Display;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use regorus::languages::rego::compiler::{Compiler, CompilerError};
use regorus::rvm::{Program, RegoVM};
use regorus::unstable::{Module, Ref};
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, Value};
use serde_json::Value as Json;

use super::bounds;
use super::rules::Question;
use super::{Policy, PolicyError, PolicySet, Source};

/// Bounds on one question. The built-in policies need a few hundred instructions; the tests of users are run besides, to
/// tell the lines that they reach.
const MAX_INSTRUCTIONS: usize = 5_000_000;
const TIME_LIMIT: ExecutionTimerConfig =
    ExecutionTimerConfig { limit: Duration::from_secs(5), check_interval: NonZeroU32::new(4096).unwrap() };

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
    machine: Machine,
}

enum Machine {
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

/// An engine without modules, which stops what takes too long.
pub(crate) fn engine() -> Engine {
    let mut engine = Engine::new();
    engine.set_execution_timer_config(TIME_LIMIT);
    engine
}

/// Parses a file into the engine.
pub(crate) fn add(engine: &mut Engine, source: &Source) -> Result<Ref<Module>, PolicyError> {
    if let Some((line, message)) = bounds::exceeded(&source.text).filter(|_| !source.built_in) {
        return Err(PolicyError::Refused { file: source.path.clone(), line, message });
    }
    engine.add_policy(source.path.clone(), source.text.clone()).map_err(|error| syntax(&source.path, error))?;
    engine.get_modules().last().cloned().ok_or_else(|| syntax(&source.path, "the file is empty"))
}

/// Compiles the rules at these paths. `None`: the machine cannot compile something that the interpreter can evaluate.
pub(crate) fn compile(engine: &Engine, entries: &[&str], path: &str) -> Result<Option<Arc<Program>>, PolicyError> {
    let Some(first) = entries.first() else { return Ok(None) };
    let compiled = engine.clone().compile_with_entrypoint(&Arc::from(*first)).map_err(|error| syntax(path, error))?;
    match Compiler::compile_from_policy(&compiled, entries) {
        Ok(program) => Ok(Some(program)),
        Err(error) => match &error.error {
            CompilerError::UnknownFunction { .. } | CompilerError::UnknownBuiltinFunction { .. } => {
                Err(syntax(path, error))
            }
            _ => Ok(None),
        },
    }
}

fn machine(program: &Arc<Program>, parameters: &Json) -> Result<RegoVM, PolicyError> {
    let mut vm = RegoVM::new();
    vm.load_program(program.clone());
    // Strict, the machine also refuses to compare values of different types, which Rego puts in order (null is least).
    vm.set_strict_builtin_errors(false);
    vm.set_max_instructions(MAX_INSTRUCTIONS);
    vm.set_data(data(parameters)).map_err(|error| syntax("data", error))?;
    Ok(vm)
}

/// `data.parameters`
pub(crate) fn data(parameters: &Json) -> Value {
    Value::from(serde_json::json!({ "parameters": parameters }))
}

pub(crate) fn syntax(path: &str, error: impl Display) -> PolicyError {
    PolicyError::Syntax { path: path.to_owned(), message: error.to_string() }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
