//! Schedules as a reader by others understands them. The unit test of `src/providers/aws/schedule.rs` holds ours against it.

use std::process::Command;

use crate::python::{SUPPORT, run, schedules};

#[test]
fn the_fixture_is_what_the_other_reader_says() {
    let said = run(Command::new(schedules()).arg(format!("{SUPPORT}/schedules.py")));
    let rows: Vec<&str> = said.lines().collect();
    assert_eq!(rows, include_str!("../../fixtures/schedules.csv").lines().collect::<Vec<_>>());
}
