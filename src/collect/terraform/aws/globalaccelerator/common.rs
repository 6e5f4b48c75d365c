//! Types of Global Accelerator that others name.

use crate::collect::terraform::attrs::Attrs;
use crate::model::Fact;

pub(in super::super) const ACCELERATORS: &[&str] = &["aws_globalaccelerator_accelerator"];

pub(super) const LISTENERS: &[&str] = &["aws_globalaccelerator_listener"];

/// The accelerators that a listener is of, if it is known.
pub(super) fn accelerators(listener: &Attrs<'_>) -> Fact<Vec<String>> {
    let targets = listener.targets("accelerator_arn", ACCELERATORS);
    if targets.unknown.is_none() { Fact::Known(targets.ids()) } else { Fact::Unknown }
}

/// The name of the accelerator that a listener is of.
pub(super) fn accelerator_name(listener: &Attrs<'_>) -> Fact<String> {
    match listener.targets("accelerator_arn", ACCELERATORS).single() {
        Some(at) => Attrs::new(listener.world, at).text("name"),
        None => Fact::Unknown,
    }
}
