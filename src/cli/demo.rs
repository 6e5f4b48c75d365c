//! `seaworthy demo`: a bundled estate, judged.

use clap::Args;

use super::format::Outputs;
use super::input::Input;
use super::run::Pipeline;
use super::{FilterArgs, Global, JudgeArgs, OutputArgs};
use crate::config::Loaded;
use crate::error::Error;
use crate::result::Exit;

const ESTATE: &[u8] = include_bytes!("../../fixtures/inventories/demo.ndjson");
const CONFIG: &str = include_str!("../../fixtures/inventories/demo.yaml");

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    #[command(flatten)]
    output: OutputArgs,
}

/// Judges it at the time when it was collected, so that it looks the same every day.
pub(super) fn run(global: &Global, args: &DemoArgs) -> Result<Exit, Error> {
    let loaded = Loaded::parse("demo.yaml", CONFIG)?;
    let outputs = Outputs::open(global, &args.output, &loaded)?;
    let (judge, filter) = (JudgeArgs::default(), FilterArgs::default());
    let input = Input::inventory("demo.ndjson", ESTATE)?;
    let global = Global { now: Some(input.inventory.collected_at), ..global.clone() };
    let report = Pipeline::new(&global, &judge, &filter, loaded)?.report(input, &args.output.outcomes())?;
    outputs.write(&report)?;
    let exit = Exit::of(report.gate.exit_code);
    super::terminal::say(&format!(
        "a scan of this estate would exit {} ({}); the demo itself exits 0",
        report.gate.exit_code,
        exit.meaning()
    ));
    Ok(Exit::Passed)
}
