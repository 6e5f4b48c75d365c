//! Progress on stderr: counters for each account and service on a terminal, a line now and then in a log, nothing in CI.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::cli::terminal;
use crate::collect::aws::Progress;
use crate::model::Coverage;
use crate::text::count;

/// How often a log is told that the scan is alive.
const PULSE: Duration = Duration::from_secs(10);

/// Who watches.
pub(super) fn watch(quiet: bool, logs: bool) -> Arc<dyn Progress> {
    // A log and bars would write over each other, and the log says more.
    match (quiet || logs, terminal::in_ci(), terminal::has_bars()) {
        (true, ..) | (_, true, _) => Arc::new(Silence),
        (false, false, true) => Arc::new(Bars::new()),
        (false, false, false) => Arc::new(Pulse::default()),
    }
}

/// Only what was asked for in the log.
struct Silence;

impl Progress for Silence {
    fn planned(&self, _: usize) {}
    fn started(&self, _: &str, _: &str, _: &str) {}
    fn finished(&self, row: &Coverage, resources: usize) {
        log(row, resources);
    }
}

/// What was done so far.
#[derive(Default)]
struct Done {
    planned: usize,
    ended: usize,
    resources: usize,
}

/// For a log.
#[derive(Default)]
struct Pulse {
    state: Mutex<(Done, Option<Instant>)>,
}

impl Progress for Pulse {
    fn planned(&self, collectors: usize) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0.planned += collectors;
    }

    fn started(&self, _: &str, _: &str, _: &str) {}

    fn finished(&self, row: &Coverage, resources: usize) {
        log(row, resources);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (done, last) = &mut *state;
        done.ended += 1;
        done.resources += resources;
        if last.get_or_insert_with(Instant::now).elapsed() >= PULSE {
            *last = Some(Instant::now());
            let found = count(done.resources, "resource");
            terminal::say(&format!("collecting: {} of {} lists read, {found}", done.ended, done.planned));
        }
    }
}

/// For a terminal: a bar over all, and a line for each account that is being read.
struct Bars {
    screen: MultiProgress,
    overall: ProgressBar,
    state: Mutex<(Done, BTreeMap<String, Line>)>,
}

/// The line of an account.
struct Line {
    bar: ProgressBar,
    /// Resources by service.
    found: BTreeMap<String, usize>,
}

impl Bars {
    fn new() -> Self {
        let screen = MultiProgress::new();
        let overall = screen.add(ProgressBar::new(0).with_style(style("{bar:24} {pos}/{len} lists  {msg}  {elapsed}")));
        overall.enable_steady_tick(Duration::from_millis(200));
        Self { screen, overall, state: Mutex::default() }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl Progress for Bars {
    fn planned(&self, collectors: usize) {
        self.overall.inc_length(u64::try_from(collectors).unwrap_or_default());
    }

    fn started(&self, account: &str, _: &str, service: &str) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let line = state.1.entry(account.to_owned()).or_insert_with(|| Line {
            bar: self.screen.add(ProgressBar::new_spinner().with_style(style("{prefix}  {wide_msg}"))),
            found: BTreeMap::new(),
        });
        line.found.entry(service.to_owned()).or_default();
        line.show(account);
    }

    fn finished(&self, row: &Coverage, resources: usize) {
        log(row, resources);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.0.resources += resources;
        self.overall.set_message(count(state.0.resources, "resource"));
        self.overall.inc(1);
        if let Some(line) = state.1.get_mut(&row.account) {
            *line.found.entry(row.service.clone()).or_default() += resources;
            line.show(&row.account);
        }
    }
}

impl Line {
    fn show(&self, account: &str) {
        let found: Vec<_> = self.found.iter().map(|(service, number)| format!("{service} {number}")).collect();
        self.bar.set_prefix(account.to_owned());
        self.bar.set_message(found.join("  "));
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        // The report stands alone. The clock of the bar would draw it once more.
        self.overall.disable_steady_tick();
        let _ = self.screen.clear();
    }
}

/// One line that says what is being done, on a terminal only. It is gone when this is dropped.
pub(super) struct Spinner(Option<ProgressBar>);

impl Spinner {
    pub(super) fn new(quiet: bool) -> Self {
        Self((!quiet && !terminal::in_ci() && terminal::has_bars()).then(|| {
            let bar = ProgressBar::new_spinner().with_style(style("{spinner} {wide_msg}  {elapsed}"));
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        }))
    }

    pub(super) fn tell(&self, what: String) {
        if let Some(bar) = &self.0 {
            bar.set_message(what);
        }
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

fn log(row: &Coverage, resources: usize) {
    tracing::info!(resources, "{}: {}", row.service, row.sentence());
}
