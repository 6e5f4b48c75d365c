//! The estate that is looked at: what runs, what was collected before, or the bundled one.

use std::path::PathBuf;

use clap::Args;

use super::args::{Global, PlaceArgs};
use super::error::Error;
use super::record::Record;
use super::targets::Targets;
use super::{input, live};
use crate::config::Loaded;
use crate::drill::Book;
use crate::model::Timestamp;
use crate::pipeline::Input;

const ESTATE: &[u8] = include_bytes!("../../fixtures/inventories/demo.ndjson");
const DRILLS: &str = include_str!("../../fixtures/inventories/demo-drills.ndjson");
const CONFIG: &str = include_str!("../../fixtures/inventories/demo.yaml");

#[derive(Debug, Args)]
pub(super) struct EstateArgs {
    /// Inventory files, Terraform plans or states; repeats [default: collect what runs]
    #[arg(long, value_name = "FILE")]
    estate: Vec<PathBuf>,
    /// The bundled estate of `seaworthy demo`, with its configuration
    #[arg(long, conflicts_with_all = ["estate", "account", "region"])]
    demo: bool,
    #[command(flatten)]
    place: PlaceArgs,
}

/// What is known of it, what the configuration says of it, and the time at which it is looked at.
pub(super) struct EstateRead {
    pub input: Input,
    pub loaded: Loaded,
    pub now: Timestamp,
}

impl EstateArgs {
    pub(super) fn is_demo(&self) -> bool {
        self.demo
    }

    /// Somebody says which one it is.
    pub(super) fn is_named(&self) -> bool {
        self.demo || !self.estate.is_empty() || self.place != PlaceArgs::default()
    }

    /// The configuration that goes with it.
    pub(super) fn configuration(&self, global: &Global) -> Result<Loaded, Error> {
        if self.demo { Ok(Loaded::parse("demo.yaml", CONFIG)?) } else { global.load() }
    }

    /// The record of drills that goes with it.
    pub(super) fn drills(&self, loaded: &Loaded) -> Result<Book, Error> {
        if self.demo { bundled_drills() } else { Record::of(loaded, None).book() }
    }

    pub(super) fn read(&self, global: &Global) -> Result<EstateRead, Error> {
        if self.demo {
            return bundled();
        }
        let loaded = self.configuration(global)?;
        let input = match self.estate.is_empty() {
            true => live::estate(global, &loaded, &self.place)?,
            false => Targets::of(&self.estate).read(global, &loaded.config, false)?.input,
        };
        Ok(EstateRead { input, loaded, now: global.now() })
    }
}

/// The record of drills of the bundled estate.
pub(super) fn bundled_drills() -> Result<Book, Error> {
    Ok(Book::new("demo-drills.ndjson".to_owned(), Some(DRILLS), true)?)
}

/// The bundled estate, at the time when it was collected, so that it looks the same every day.
pub(super) fn bundled() -> Result<EstateRead, Error> {
    let loaded = Loaded::parse("demo.yaml", CONFIG)?;
    let input = input::inventory("demo.ndjson", ESTATE)?;
    let now = input.inventory.collected_at;
    Ok(EstateRead { input, loaded, now })
}
