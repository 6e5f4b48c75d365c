//! A policy made ready to be asked: compiled by regorus' virtual machine, or evaluated by its interpreter where the
//! machine cannot compile it. One worker thread has one of each policy, because shared literals would be contended.

use std::num::{NonZeroU32, NonZeroU64};
use std::sync::Arc;
use std::time::Duration;

use regorus::languages::rego::compiler::{Compiler, CompilerError};
use regorus::rvm::RegoVM;
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, MemoryBudgetConfig, Value};
use serde_json::Value as Json;

use super::{Policy, PolicyError, PolicySet, Question, Source};

/// Bounds on one question. Ours need a few hundred instructions; policies of others shall not hang a gate.
const MAX_INSTRUCTIONS: usize = 5_000_000;
const TIME_LIMIT: ExecutionTimerConfig =
    ExecutionTimerConfig { limit: Duration::from_secs(5), check_interval: NonZeroU32::new(4096).unwrap() };
const MEMORY_LIMIT: NonZeroU64 = NonZeroU64::new(256 * 1024 * 1024).unwrap();

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
        let engine = engine(set.libraries.iter().chain([&policy.module]), &set.parameters)?;
        let entries: Vec<_> = policy.questions().map(|question| question.entry.clone()).collect();
        // The machine takes a builtin that fails for an undefined one (regorus 0.14.1, rvm/vm/rules.rs), so that a broken
        // rule would look like a pass. The policies that others wrote are interpreted where that can happen; ours are
        // held against the interpreter by the tests.
        let may_break = !policy.module.built_in && policy.questions().any(|question| question.reads.calls_builtins);
        let machine = match backend {
            Backend::Compiled if may_break => {
                rvm(engine.clone(), &entries, &policy.module.path, &set.parameters)?;
                Machine::Interpreter { engine: Box::new(engine), entries }
            }
            Backend::Compiled => match rvm(engine.clone(), &entries, &policy.module.path, &set.parameters)? {
                Some(vm) => Machine::Rvm(Box::new(vm)),
                None => Machine::Interpreter { engine: Box::new(engine), entries },
            },
            Backend::Interpreter => Machine::Interpreter { engine: Box::new(engine), entries },
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

/// An engine with these modules and `data.parameters`.
pub(crate) fn engine<'a>(
    sources: impl IntoIterator<Item = &'a Source>,
    parameters: &Json,
) -> Result<Engine, PolicyError> {
    let mut engine = Engine::new();
    for source in sources {
        engine
            .add_policy(source.path.clone(), source.text.clone())
            .map_err(|error| PolicyError::Syntax { path: source.path.clone(), message: error.to_string() })?;
    }
    engine.set_execution_timer_config(TIME_LIMIT);
    engine
        .add_data(data(parameters))
        .map_err(|error| PolicyError::Syntax { path: "data".to_owned(), message: error.to_string() })?;
    Ok(engine)
}

fn data(parameters: &Json) -> Value {
    Value::from(serde_json::json!({ "parameters": parameters }))
}

/// `None`: the machine cannot compile something that the interpreter can evaluate.
fn rvm(mut engine: Engine, entries: &[String], path: &str, parameters: &Json) -> Result<Option<RegoVM>, PolicyError> {
    let syntax = |message: String| PolicyError::Syntax { path: path.to_owned(), message };
    let Some(first) = entries.first() else { return Ok(None) };
    let compiled =
        engine.compile_with_entrypoint(&Arc::from(first.as_str())).map_err(|error| syntax(error.to_string()))?;
    let names: Vec<&str> = entries.iter().map(String::as_str).collect();
    let program = match Compiler::compile_from_policy(&compiled, &names) {
        Ok(program) => program,
        Err(error) => {
            return match &error.error {
                CompilerError::UnknownFunction { .. } | CompilerError::UnknownBuiltinFunction { .. } => {
                    Err(syntax(error.to_string()))
                }
                _ => Ok(None),
            };
        }
    };
    let mut vm = RegoVM::new();
    vm.load_program(program);
    vm.set_max_instructions(MAX_INSTRUCTIONS);
    // Strict, the machine also refuses to compare values of different types, which Rego puts in order (null is least).
    vm.set_strict_builtin_errors(false);
    vm.set_execution_timer_config(Some(TIME_LIMIT));
    vm.set_memory_budget_config(Some(MemoryBudgetConfig { limit: MEMORY_LIMIT }));
    vm.set_data(data(parameters)).map_err(|error| syntax(error.to_string()))?;
    Ok(Some(vm))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl PolicySet {
    /// Compiles what others wrote once, so that an unknown function is an error before anything is judged and not
    /// where a rule happens to reach it. The built-in policies are compiled by the tests.
    pub(crate) fn probe(&self) -> Result<(), PolicyError> {
        for policy in self.policies.iter().filter(|policy| !policy.module.built_in) {
            Compiled::new(policy, self, Backend::Compiled)?;
        }
        Ok(())
    }
}
