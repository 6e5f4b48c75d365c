//! What a group of instances can launch.

use crate::model::{Fact, Resource};

/// How many instances a group is to run, and the fact that this hangs on. Where it cannot launch, what is asked for is
/// not what will run.
pub(super) fn would_run(group: &Resource) -> (Fact<u32>, &'static str) {
    let Some(capacity) = &group.capacity else { return (Fact::Unknown, "capacity.desired") };
    match &capacity.suspended {
        Fact::Unknown if capacity.desired != Fact::Known(0) => (Fact::Unknown, "capacity.suspended"),
        Fact::Known(processes) if processes.iter().any(|process| process == "Launch") => {
            let running = group.redundancy.as_ref().map_or(Fact::Unknown, |redundancy| redundancy.instances);
            (running, "redundancy.instances")
        }
        _ => (capacity.desired, "capacity.desired"),
    }
}
