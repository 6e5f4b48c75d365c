//! What a record shows of each application, as facts that policies ask about.

use super::DrillError;
use crate::config::Config;
use crate::model::{Drills, Fact, Kind, Place, Resource, Shared, Timestamp};
use crate::result::{Drill, DrillOutcome};

/// The record of a run, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// Where it is kept.
    pub record: String,
    /// What it tells; else why nobody knows.
    pub drills: Result<Vec<Drill>, String>,
    /// Somebody said that the record is there: it is no mere default.
    pub is_named: bool,
}

impl Book {
    /// The drills of an application in a region that have passed by now, newest first.
    pub fn passed(&self, application: &str, region: &str, now: Timestamp) -> Vec<&Drill> {
        let is_meant = |drill: &&Drill| {
            drill.application == application
                && drill.recovery_region == region
                && drill.outcome == Some(DrillOutcome::Passed)
                && drill.stopped_at <= Some(now)
        };
        let mut passed: Vec<&Drill> = self.drills.iter().flatten().filter(is_meant).collect();
        passed.sort_by_key(|drill| std::cmp::Reverse((drill.stopped_at, &drill.id)));
        passed
    }

    /// Of the text of a record. `None`: there is no such file.
    pub fn new(record: String, text: Option<&str>, is_named: bool) -> Result<Self, DrillError> {
        let drills = match text {
            // An empty file is none that anybody kept.
            Some(text) if text.trim().is_empty() => Err(format!("the record of drills is empty ({record})")),
            Some(text) => Ok(super::drills(&record, text)?),
            // That nothing was ever written down and that it was written elsewhere look the same.
            None => Err(format!("there is no record of drills ({record})")),
        };
        Ok(Self { record, drills, is_named })
    }
}

/// One resource for each application and each region in which something comes back. The link stage says which of them there are.
pub fn resources(book: &Book, config: &Config, now: Timestamp) -> Vec<Resource> {
    let mut regions: Vec<&str> = config.recovery.iter().map(|pair| pair.to.as_str()).collect();
    regions.sort_unstable();
    regions.dedup();
    let names = config.applications.keys();
    names.flat_map(|name| regions.iter().map(|region| resource(book, name, region, now))).collect()
}

fn resource(book: &Book, application: &str, region: &str, now: Timestamp) -> Resource {
    let place = Place { account: Fact::Absent, region: region.into() };
    let kind = Kind::of("application.drills");
    let mut resource = Resource::new(kind, format!("drills:{application}:{region}"), application, place);
    resource.tags = Fact::Absent;
    let mut drills = Drills { application: application.into(), ..Drills::default() };
    match &book.drills {
        Err(why) => {
            drills.record = if book.is_named { book.record.as_str().into() } else { Fact::Absent };
            for fact in FACTS {
                resource.unknown.insert(format!("drills.{fact}"), why.clone());
            }
        }
        Ok(all) => {
            drills.record = book.record.as_str().into();
            let of_it = |drill: &&Drill| drill.application == application && drill.recovery_region == region;
            let of_it: Vec<&Drill> = all.iter().filter(of_it).collect();
            let passed = book.passed(application, region, now).first().copied();
            for (fact, why) in fill(&mut drills, &of_it, passed, now) {
                resource.unknown.insert(format!("drills.{fact}"), why);
            }
        }
    }
    resource.drills = Some(Shared::from(drills));
    resource
}

/// What the record decides.
const FACTS: [&str; 7] = [
    "newest_outcome",
    "newest_days",
    "passed_days",
    "passed_at",
    "recovered_seconds",
    "lost_seconds",
    "lost_at_least_seconds",
];

/// Says what is not known, and why. `passed`: the newest that has passed.
fn fill(facts: &mut Drills, drills: &[&Drill], passed: Option<&Drill>, now: Timestamp) -> Vec<(&'static str, String)> {
    let mut unknown = Vec::new();
    let ended = |drill: &&&Drill| drill.outcome.is_some_and(|outcome| outcome != DrillOutcome::CalledOff);
    // A moment that has not come yet proves nothing.
    let later = drills.iter().filter(ended).find(|drill| drill.stopped_at.is_some_and(|at| at > now));
    if let Some(drill) = later {
        let why = format!("drill '{}' ends after the clock of this run", drill.id);
        return FACTS.map(|fact| (fact, why.clone())).into();
    }
    let newest = drills.iter().filter(ended).max_by_key(|drill| (drill.stopped_at, &drill.id));
    facts.newest_outcome = Fact::from_read(newest.and_then(|it| it.outcome).map(|outcome| outcome.word().to_owned()));
    facts.newest_days = Fact::from_read(newest.and_then(|it| it.stopped_at).map(|at| days(at, now)));
    facts.passed_at = Fact::from_read(passed.and_then(|it| it.stopped_at));
    facts.passed_days = Fact::from_read(passed.and_then(|it| it.stopped_at).map(|at| days(at, now)));
    let Some(passed) = passed else {
        facts.recovered_seconds = Fact::Absent;
        facts.lost_seconds = Fact::Absent;
        facts.lost_at_least_seconds = Fact::Absent;
        return unknown;
    };
    facts.recovered_seconds = Fact::from_known(passed.recovered_seconds());
    if facts.recovered_seconds.is_unknown() {
        unknown
            .push(("recovered_seconds", format!("drill '{}' does not say when the application was back", passed.id)));
    }
    let loss = passed.loss();
    facts.lost_at_least_seconds = Fact::from_read(loss.map(|loss| loss.seconds));
    facts.lost_seconds = Fact::from_known(loss.filter(|loss| loss.whole).map(|loss| loss.seconds));
    if facts.lost_seconds.is_unknown() {
        let why = match (loss, passed.has_sequence) {
            (None, _) => "nobody noted how new the data was that came back".to_owned(),
            (Some(_), false) => {
                "it was started without the sequence, so that nobody knows what else holds data".to_owned()
            }
            (Some(_), true) => {
                let missing = passed.steps.iter().filter(|step| step.holds_data && step.newest_data.is_none());
                let names: Vec<&str> = missing.map(|step| step.name.as_str()).collect();
                format!("nobody noted how new the data of {} was", crate::text::clip(&names.join(", "), 80))
            }
        };
        unknown.push(("lost_seconds", format!("drill '{}': {why}", passed.id)));
    }
    unknown
}

fn days(from: Timestamp, to: Timestamp) -> f64 {
    let minutes = (to.as_second() - from.as_second()).max(0) / 60;
    f64::from(u32::try_from(minutes).unwrap_or(u32::MAX)) / 1_440.0
}
