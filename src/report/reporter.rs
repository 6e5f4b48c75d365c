//! What every output format has in common.

use std::io;

use crate::result::Report;

/// How to render, for reporters that have a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Render {
    /// Columns of the terminal; reporters for people fit into it.
    pub width: usize,
    /// Escape sequences for severity may be written.
    pub color: bool,
    /// Do not list findings: the answer and the gate are enough.
    pub quiet: bool,
    /// The table is to have a line a finding only.
    pub compact: bool,
    /// File that a cloud resource without code is pinned to in formats that need a file: the configuration's.
    pub fallback_file: String,
    /// SARIF lists waived results as suppressed.
    pub sarif_waived: bool,
    /// File that the `github` format appends the job's summary to: `$GITHUB_STEP_SUMMARY`.
    pub summary_file: Option<std::path::PathBuf>,
}

/// An output format.
pub trait Reporter: Sync {
    /// What is typed after `--format`.
    fn name(&self) -> &'static str;
    /// One line for `--help`.
    fn about(&self) -> &'static str;
    /// Writes the report. It must render mixed, empty, all-unknown and hostile reports, escaped for its reader.
    fn write(&self, report: &Report, how: &Render, out: &mut dyn io::Write) -> io::Result<()>;
}
