//! A policy made ready to be asked: compiled by regorus' virtual machine, or evaluated by its interpreter where the
//! machine cannot compile it. A policy is compiled once a run; every worker thread has a machine of its own for it.

use std::fmt::Display;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use regorus::languages::rego::compiler::{Compiler, CompilerError};
use regorus::rvm::Program;
use regorus::unstable::{Module, Ref};
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{CompiledPolicy, Engine, Value};
use serde_json::Value as Json;

use super::bounds;
use super::{PolicyError, Source};

const TIME_LIMIT: ExecutionTimerConfig =
    ExecutionTimerConfig { limit: Duration::from_secs(5), check_interval: NonZeroU32::new(4096).unwrap() };

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

/// Prepares all modules of an engine. Any rule of them does as the entry.
pub(crate) fn prepare(mut engine: Engine, entry: &str, path: &str) -> Result<CompiledPolicy, PolicyError> {
    engine.compile_with_entrypoint(&Arc::from(entry)).map_err(|error| syntax(path, error))
}

/// Compiles the rules at these paths. `None`: the machine cannot compile something that the interpreter can evaluate.
pub(crate) fn compile(
    prepared: &CompiledPolicy,
    entries: &[&str],
    path: &str,
) -> Result<Option<Arc<Program>>, PolicyError> {
    match Compiler::compile_from_policy(prepared, entries) {
        Ok(program) => Ok(Some(program)),
        Err(error) => match &error.error {
            CompilerError::UnknownFunction { .. } | CompilerError::UnknownBuiltinFunction { .. } => {
                Err(syntax(path, error))
            }
            _ => Ok(None),
        },
    }
}

/// `data.parameters`
pub(crate) fn data(parameters: &Json) -> Value {
    Value::from(serde_json::json!({ "parameters": parameters }))
}

pub(crate) fn syntax(path: &str, error: impl Display) -> PolicyError {
    PolicyError::Syntax { path: path.to_owned(), message: error.to_string() }
}
