//! `seaworthy schema`: the formats of the files, for an editor, a validator, or a person who looks up a key.

use clap::{Args, ValueEnum};

use super::error::Error;
use crate::output::Output;
use crate::result::Exit;

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Of which file
    #[arg(value_enum)]
    of: Of,
}

/// Files whose format has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    /// seaworthy.yaml
    Config,
    /// A line of an inventory, and all fields that a policy may read
    Inventory,
    /// A result that -f json wrote
    Report,
    /// waivers.yaml
    Waivers,
}

impl Of {
    fn text(self) -> &'static str {
        match self {
            Self::Config => include_str!("../../reports/schema/config-v1.json"),
            Self::Inventory => include_str!("../../reports/schema/inventory-v1.json"),
            Self::Report => include_str!("../../reports/schema/report-v1.json"),
            Self::Waivers => include_str!("../../reports/schema/waivers-v1.json"),
        }
    }
}

pub(super) fn run(args: &SchemaArgs) -> Result<Exit, Error> {
    Output::open(None)?.write(|out| out.write_all(args.of.text().as_bytes()))?;
    Ok(Exit::Passed)
}
