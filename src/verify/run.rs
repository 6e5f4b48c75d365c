//! The checks one after the other, each until it passes or its time is over.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::attempt::{Attempt, Cx};
use super::plan::Plan;
use super::{database, dns, http, role, secret, tcp, tls, writer};
#[cfg(feature = "aws")]
use crate::collect::aws::Probe;
use crate::config::checks::What;
use crate::config::{Check, Config};
use crate::model::Timestamp;
use crate::result::{CheckOutcome, CheckPlan, CheckResult, PlannedCheck, Verified, VerifiedAnswer};
use crate::text::count;

/// No single try takes longer.
const TRY: Duration = Duration::from_secs(30);

/// With less time left, no other try is made.
const LEAST: Duration = Duration::from_millis(500);

/// How long it may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// All checks together. `None`: as long as each of them may.
    pub within: Option<Duration>,
    /// Each is tried once.
    pub once: bool,
    /// The clock of the run.
    pub now: Timestamp,
}

struct Run<'a> {
    plan: &'a Plan,
    limits: Limits,
    began: Instant,
    /// When all of it has to end.
    end: Option<Instant>,
    /// The last try of the check that is being made: how many there were, and what was seen.
    last: Mutex<Option<(u32, String)>>,
    #[cfg(feature = "aws")]
    probe: Option<Probe<'a>>,
}

/// Makes the checks. `tell` is told of each that does not pass at once. Interrupted, it gives what it has.
pub async fn run(plan: &Plan, config: &Config, limits: Limits, tell: impl Fn(String)) -> Verified {
    let began = Instant::now();
    let run = Run {
        plan,
        limits,
        began,
        end: limits.within.map(|within| after(began, within)),
        last: Mutex::default(),
        #[cfg(feature = "aws")]
        probe: match plan.told.checks.iter().any(|check| !check.actions.is_empty() && check.skipped.is_none()) {
            true => Some(Probe::new(config).await),
            false => None,
        },
    };
    #[cfg(not(feature = "aws"))]
    let _ = config;
    let mut checks = Vec::new();
    let all = async {
        for (told, check) in plan.told.checks.iter().zip(&plan.checks) {
            checks.push(run.one(told, check, &tell).await);
        }
    };
    tokio::select! {
        () = all => {}
        () = interrupted() => {}
    }
    let begun = checks.len();
    let last = run.last.lock().unwrap_or_else(PoisonError::into_inner).take();
    for (at, told) in plan.told.checks.iter().enumerate().skip(begun) {
        let (tries, seen) = match last.as_ref().filter(|_| at == begun) {
            Some((tries, seen)) => (*tries, format!("interrupted; last seen: {seen}")),
            None => (0, "interrupted before it was tried".to_owned()),
        };
        checks.push(CheckResult { outcome: CheckOutcome::Unknown, tries, ..result(told, &seen) });
    }
    let (answer, sentence) = decide(&plan.told, &checks);
    Verified {
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        application: plan.told.application.clone(),
        region: plan.told.region.clone(),
        started: limits.now,
        seconds: seconds(began.elapsed()),
        answer,
        sentence,
        checks,
    }
}

/// Ctrl-C. Where the system has none, it never comes.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// A moment that no clock reaches is a year away, which is as good.
fn after(began: Instant, span: Duration) -> Instant {
    began.checked_add(span).unwrap_or(began + Duration::from_secs(365 * 86_400))
}

/// To the millisecond.
fn seconds(span: Duration) -> f64 {
    (span.as_secs_f64() * 1000.0).round() / 1000.0
}

fn result(planned: &PlannedCheck, seen: &str) -> CheckResult {
    CheckResult {
        name: planned.name.clone(),
        kind: planned.kind.to_owned(),
        target: planned.target.clone(),
        outcome: CheckOutcome::Skipped,
        tries: 0,
        seconds: 0.0,
        seen: seen.to_owned(),
    }
}

impl Run<'_> {
    async fn one(&self, planned: &PlannedCheck, check: &Check, tell: &impl Fn(String)) -> CheckResult {
        if let Some(why) = &planned.skipped {
            return result(planned, why);
        }
        let (within, every) = (check.within.seconds, Duration::from_secs(check.every.seconds));
        let began = Instant::now();
        let own = after(began, Duration::from_secs(within));
        let end = self.end.map_or(own, |end| end.min(own));
        let left = || end.saturating_duration_since(Instant::now());
        let mut tries = 0;
        let mut last = Attempt::CannotNow("not tried: the time for all checks was over".to_owned());
        while !left().is_zero() {
            tries += 1;
            let limit = left().min(TRY);
            match timeout(limit, self.ask(check, limit)).await {
                Ok(attempt) => last = attempt,
                // A try that was cut short by the end says less than the one before it.
                Err(_) if tries > 1 && limit < TRY => break,
                Err(_) => last = in_vain(check),
            }
            self.remember(Some((tries, last.seen().to_owned())));
            if matches!(last, Attempt::Passed(_) | Attempt::Cannot(_)) || self.limits.once || left() < LEAST {
                break;
            }
            if tries == 1 {
                let every = check.every;
                tell(format!("{}: {}; it is tried again, every {every} or sooner", planned.name, last.seen()));
            }
            // Towards the end the tries come closer together, so that none of the time is given away.
            sleep(every.min(left() / 2)).await;
        }
        self.remember(None);
        let outcome = match &last {
            Attempt::Passed(_) => CheckOutcome::Passed,
            Attempt::Failed(_) => CheckOutcome::Failed,
            Attempt::CannotNow(_) | Attempt::Cannot(_) => CheckOutcome::Unknown,
        };
        CheckResult { outcome, tries, seconds: seconds(began.elapsed()), ..result(planned, last.seen()) }
    }

    fn remember(&self, last: Option<(u32, String)>) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = last;
    }

    async fn ask(&self, check: &Check, limit: Duration) -> Attempt {
        let passed = i64::try_from(self.began.elapsed().as_secs()).unwrap_or_default();
        let now = self.limits.now.as_second().saturating_add(passed);
        let cx = Cx {
            limit,
            now: Timestamp::from_second(now).unwrap_or(self.limits.now),
            region: self.plan.told.region.as_deref(),
            account: self.plan.account.as_deref(),
            #[cfg(feature = "aws")]
            probe: self.probe.as_ref(),
        };
        match check.what() {
            Some(What::Http(it)) => http::ask(it, &cx).await,
            Some(What::Tcp(it)) => tcp::ask(it).await,
            Some(What::Tls(it)) => tls::ask(it, &cx).await,
            Some(What::Dns(it)) => dns::ask(it, &cx).await,
            Some(What::Database(it)) => database::ask(it, &cx).await,
            Some(What::Secret(it)) => secret::ask(it, &cx).await,
            Some(What::Role(it)) => role::ask(it, &cx).await,
            Some(What::Writer(it)) => writer::ask(it, &cx).await,
            None => Attempt::Cannot("it asks nothing".to_owned()),
        }
    }
}

/// A try that did not end. Where AWS or DNS is asked about something, it says nothing of that.
fn in_vain(check: &Check) -> Attempt {
    let seen = "there was no answer in time".to_owned();
    match check.what() {
        Some(What::Http(_) | What::Tcp(_) | What::Tls(_) | What::Database(_)) => Attempt::Failed(seen),
        _ => Attempt::CannotNow(seen),
    }
}

/// A failure is one, whatever else is not known; and what is not known is never verified.
fn decide(plan: &CheckPlan, checks: &[CheckResult]) -> (VerifiedAnswer, String) {
    let of = |outcome| checks.iter().filter(|check| check.outcome == outcome).count();
    let (passed, failed, open) = (of(CheckOutcome::Passed), of(CheckOutcome::Failed), of(CheckOutcome::Unknown));
    let all = count(passed + failed + open, "check");
    let answer = match (passed, failed, open) {
        (_, 1.., _) => VerifiedAnswer::Failed,
        (0, ..) | (.., 1..) => VerifiedAnswer::CannotTell,
        _ => VerifiedAnswer::Verified,
    };
    let place = plan.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
    let about = format!("{} for {}{place}", answer.word(), plan.application);
    let alone = passed + failed + open == 1;
    let sentence = match answer {
        VerifiedAnswer::Verified if alone => format!("{about}: its check passed"),
        VerifiedAnswer::Verified => format!("{about}: all of {all} passed"),
        VerifiedAnswer::CannotTell if alone => format!("{about}: its check could not be made"),
        VerifiedAnswer::CannotTell => format!("{about}: {open} of {all} could not be made"),
        VerifiedAnswer::Failed if alone => format!("{about}: its check failed"),
        VerifiedAnswer::Failed if open > 0 => {
            format!("{about}: {failed} of {all} failed, and {open} could not be made")
        }
        VerifiedAnswer::Failed => format!("{about}: {failed} of {all} failed"),
    };
    (answer, sentence)
}
