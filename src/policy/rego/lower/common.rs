//! What every step of the way needs.

use regorus::Value;
use regorus::unstable::Span;

use super::super::plan::Term;
use crate::policy::PolicyError;
use crate::policy::rego::at::At;

pub(super) type Lowered<T> = Result<T, PolicyError>;

/// A policy that cannot be judged right.
pub(super) fn refused(span: &Span, message: String) -> PolicyError {
    PolicyError::Refused { file: span.source.get_path().clone(), line: span.line, message }
}

pub(super) fn at(span: &Span) -> At {
    At { file: span.source.get_path().clone(), line: span.line }
}

pub(super) fn yes() -> Term {
    Term::Constant(Value::Bool(true))
}
