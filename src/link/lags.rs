//! How far live copies are behind: what a service says by itself, or what was measured of it.

use super::copies::elsewhere;
use super::edges::At;
use super::lookups::Measurements;
use super::peers::End;
use super::place::Recovery;
use super::{Draft, Estate};
use crate::model::{Class, Fact, Lag, Measurement, Resource};
use crate::providers::aws::names;

/// What was measured of one copy.
#[derive(Default)]
struct Measured<'a> {
    of: Vec<&'a Measurement>,
    /// Why there may be more, or why there is nothing.
    gap: Option<String>,
}

impl<'a> Estate<'a> {
    pub(super) fn measurements(&self) -> Measurements<'a> {
        let mut found = Measurements::new();
        for at in self.index.of_kind(self.kinds.metric) {
            let Some(measurement) = self.index.get(*at).measurement.as_deref() else { continue };
            measurement.of.text().into_iter().for_each(|of| found.entry(of).or_default().push(measurement));
        }
        found
    }

    /// Fills how far its live copies are behind.
    pub(super) fn join_lags(&self, at: At, recovery: &Recovery<'a>, ends: &[End<'a>], draft: &mut Draft) {
        let resource = self.index.get(at);
        let mut lags = Vec::new();
        for end in ends.iter().filter(|_| resource.kind.info().is_stateful()) {
            let held = end.in_recovery_place(recovery);
            match elsewhere(resource, recovery, end.region, held) {
                Some(true) => {
                    draft.rests_on("lags", end.resource);
                    lags.push(self.lag(resource, end, ends.len() == 1, held, draft));
                }
                Some(false) => {}
                None => draft.mark("joined.lags", "the region of a replica is not known"),
            }
        }
        draft.joined.lags = Fact::Known(lags);
        // Who may have more copies may have more that are behind.
        if let Some(reason) = draft.reason("joined.replicas").map(str::to_owned) {
            draft.mark("joined.lags", reason);
        }
    }

    fn lag(&self, of: &'a Resource, end: &End<'a>, is_only: bool, held: Fact<bool>, draft: &mut Draft) -> Lag {
        let lag = Lag {
            id: Fact::from_known(end.id.clone().filter(|id| !id.is_empty())),
            region: Fact::from_known(end.region.map(str::to_owned)),
            in_recovery_place: held,
            usable: end.usable(),
            pending: Fact::Absent,
            failed: Fact::Absent,
            ..Lag::default()
        };
        let own = end.resource.and_then(|resource| resource.replication.as_ref());
        // Less than nothing is a word for trouble, not a measurement.
        if let Some(seconds) = own.and_then(|own| own.lag_seconds.known()).filter(|seconds| **seconds >= 0.0) {
            let (seconds, stopped) = (Fact::Known(*seconds), Fact::Known(false));
            return Lag { seconds, stopped, period_minutes: Fact::Absent, ..lag };
        }
        let measured = self.measured(of, end, is_only);
        let of_copy = |what: &str| -> Vec<&Measurement> {
            measured.of.iter().copied().filter(|one| one.measures.text() == Some(what)).collect()
        };
        let (lags, is_bucket) = (of_copy("lag"), of.kind.info().class == Class::Bucket);
        let newest: Vec<Fact<f64>> = lags.iter().map(|one| one.newest).collect();
        let stops = newest.iter().any(|newest| newest.known().is_some_and(|newest| *newest < 0.0));
        let counted = |what: &str, sum: fn(&[f64]) -> f64| match is_bucket {
            true => total(&of_copy(what), sum).map_or(Fact::Unknown, |count| Fact::Known(count as u64)),
            false => Fact::Absent,
        };
        let is_whole = measured.gap.is_none();
        let lag = Lag {
            seconds: total(&lags, greatest).filter(|_| is_whole).map_or(Fact::Unknown, Fact::Known),
            stopped: match newest.iter().all(Fact::is_known) && is_whole && !lags.is_empty() {
                _ if stops => Fact::Known(true),
                true => Fact::Known(false),
                false => Fact::Unknown,
            },
            pending: counted("pending", greatest),
            failed: counted("failed", |all| all.iter().sum()),
            period_minutes: measured.of.first().map_or(Fact::Unknown, |one| one.period_minutes),
            ..lag
        };
        let reason = measured.gap.unwrap_or_else(|| "CloudWatch has no measurement of it".to_owned());
        let unknown = [
            ("seconds", lag.seconds.is_unknown()),
            ("stopped", lag.stopped.is_unknown()),
            ("pending", lag.pending.is_unknown()),
            ("failed", lag.failed.is_unknown()),
            ("period_minutes", lag.period_minutes.is_unknown()),
        ];
        for (fact, _) in unknown.into_iter().filter(|(_, is_unknown)| *is_unknown) {
            draft.mark(format!("joined.lags.{fact}"), reason.clone());
        }
        lag
    }

    /// What was measured of a copy: at the copy, or at its source of what is copied there.
    fn measured(&self, of: &'a Resource, end: &End<'a>, is_only: bool) -> Measured<'a> {
        let class = of.kind.info().class;
        let is_at_source = match class {
            Class::Table | Class::Bucket => true,
            Class::Database | Class::Cache => false,
            _ => {
                let gap = "how far its live replicas are behind is not measured".to_owned();
                return Measured { of: Vec::new(), gap: Some(gap) };
            }
        };
        let at = if is_at_source { Some(of.id.as_str()) } else { end.id.as_deref() };
        let all = at.and_then(|at| self.measurements.get(at)).map(Vec::as_slice).unwrap_or_default();
        let leads = |one: &&&Measurement| match class {
            Class::Table => one.to.text() == end.region,
            Class::Bucket => match end.id.as_deref().filter(|id| !id.is_empty()) {
                Some(id) => one.to.text() == Some(id),
                // A bucket of another account: nobody says where it is, and there is no other that is copied to.
                None => is_only && all.iter().all(|other| other.to == one.to),
            },
            _ => true,
        };
        let found: Vec<_> = all.iter().filter(leads).copied().collect();
        let place = if is_at_source { (of.account(), of.region()) } else { (end.account, end.region) };
        let region = place.1.or_else(|| at.and_then(names::region_of)).unwrap_or_default();
        let gap = match self.seen.gap(place.0, region, self.kinds.metric) {
            Some(gap) => Some(gap.sentence()),
            None if found.is_empty() => Some(nothing(class).to_owned()),
            None => None,
        };
        Measured { of: found, gap }
    }
}

/// Why there is no value of a class.
fn nothing(class: Class) -> &'static str {
    match class {
        Class::Bucket => {
            "CloudWatch has no value of the last 3 hours: nothing was written, or its rule keeps no metrics"
        }
        Class::Table => "CloudWatch has no value of the last 3 hours: nothing was written, or nothing arrives",
        _ => "CloudWatch has no value of the last 3 hours",
    }
}

/// All values together. One that is not known may be any.
fn total(all: &[&Measurement], sum: fn(&[f64]) -> f64) -> Option<f64> {
    let values: Option<Vec<f64>> = all.iter().map(|one| one.value.known().copied()).collect();
    values.filter(|values| !values.is_empty()).map(|values| sum(&values))
}

fn greatest(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}
