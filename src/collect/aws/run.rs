//! The runner: every account, region and service, at once as far as the limits allow. No collector sees it.

use std::any::Any;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use aws_config::SdkConfig;
use tokio::sync::Semaphore;
use tokio::task::{JoinError, JoinHandle};

use super::accounts::{self, AccountToRead};
use super::outcome::{because, of_service, row};
use super::regions;
use super::{AwsError, COLLECTORS, Collector, Context, Locality, Sink, connect};
use crate::collect::actions::DESCRIBE_REGIONS;
use crate::config::Config;
use crate::model::{Coverage, CoverageStatus, Inventory, Resource, Timestamp};

/// Calls to one service of one account at a time, in all its regions together: some of them are throttled early.
const PER_SERVICE: usize = 4;

/// The name of this source.
const SOURCE: &str = "aws";

/// What is collected of what the configuration names, and how.
#[derive(Clone, Debug)]
pub struct CollectOptions {
    /// Only these accounts, by id or name. Empty: all.
    pub accounts: Vec<String>,
    /// Only these regions. Empty: all.
    pub regions: Vec<String>,
    /// Only these services. `None`: all.
    pub services: Option<BTreeSet<&'static str>>,
    /// The clock of the run.
    pub now: Timestamp,
    /// How many collectors may run at a time.
    pub concurrency: usize,
}

impl CollectOptions {
    /// Everything, with the usual concurrency.
    pub fn new(now: Timestamp) -> Self {
        Self { accounts: Vec::new(), regions: Vec::new(), services: None, now, concurrency: 32 }
    }
}

/// Told what is going on, from several threads.
pub trait Progress: Send + Sync {
    /// So many more collectors are to run.
    fn planned(&self, collectors: usize);
    /// A collector begins.
    fn started(&self, account: &str, region: &str, service: &str);
    /// A collector has ended, and this is its row. Only called for what was started.
    fn finished(&self, row: &Coverage, resources: usize);
}

/// Collects the estate of the configuration. Whatever could not be seen is in the coverage of the inventory; an error
/// is only what left nothing to collect.
pub async fn collect(
    config: &Config,
    options: &CollectOptions,
    progress: Arc<dyn Progress>,
) -> Result<Inventory, AwsError> {
    regions::check(config, &options.regions)?;
    let base = connect::base().await;
    let caller = match accounts::caller(&base).await {
        Ok(caller) => caller,
        Err(trouble) => return Err(AwsError::identity(trouble, &connect::environment(&base).await)),
    };
    let (targets, left_out) = accounts::targets(&base, &caller, config, &options.accounts).await?;
    let run = Arc::new(Run {
        base,
        config: config.clone(),
        only: options.regions.clone(),
        services: options.services.clone(),
        now: options.now,
        overall: Semaphore::new(options.concurrency.max(1)),
        limits: Mutex::default(),
        progress,
    });
    let mut inventory = Inventory::new(SOURCE, options.now);
    inventory.coverage.extend(left_out.into_iter().map(|out| {
        // An account that should be read and cannot be is a gap like any other.
        let status = if out.on_purpose { CoverageStatus::Skipped } else { CoverageStatus::Failed };
        because(row(&out.id, "", "*", status, options.now), None, out.reason)
    }));
    let tasks: Vec<_> =
        targets.into_iter().map(|target| (target.id.clone(), tokio::spawn(run.clone().account(target)))).collect();
    for (account, task) in tasks {
        match task.await {
            Ok(part) => {
                inventory.coverage.extend(part.coverage);
                inventory.resources.extend(part.resources);
            }
            Err(error) => {
                inventory.coverage.push(broken(row(&account, "", "*", CoverageStatus::Failed, run.now), error))
            }
        }
    }
    unify(&mut inventory.resources);
    inventory.sort();
    Ok(inventory)
}

/// What one account or one collector gave.
#[derive(Default)]
struct Part {
    coverage: Vec<Coverage>,
    resources: Vec<Resource>,
}

/// What all accounts share.
struct Run {
    base: SdkConfig,
    config: Config,
    /// Regions that the user wants now.
    only: Vec<String>,
    /// Services that are needed. `None`: all.
    services: Option<BTreeSet<&'static str>>,
    now: Timestamp,
    overall: Semaphore,
    /// A limit for each account and service.
    limits: Mutex<HashMap<(String, &'static str), Arc<Semaphore>>>,
    progress: Arc<dyn Progress>,
}

impl Run {
    /// Reads one account.
    async fn account(self: Arc<Self>, target: AccountToRead) -> Part {
        let mut part = Part::default();
        let connected = {
            let _permit = self.overall.acquire().await;
            accounts::connect(&self.base, &target).await
        };
        let config = match connected {
            Ok(config) => config,
            Err(trouble) => {
                let row = row(&target.id, "", "*", trouble.class.status(), self.now);
                part.coverage.push(because(row, Some(trouble.action), trouble.reason));
                return part;
            }
        };
        let places = self.places(&target, &config, &mut part.coverage).await;
        self.progress.planned(places.len());
        let tasks: Vec<(Coverage, JoinHandle<Part>)> = places
            .into_iter()
            .map(|(collector, cx)| {
                let region = if collector.spec().locality == Locality::Global { "" } else { &cx.region };
                let row = row(&cx.account, region, collector.spec().service, CoverageStatus::Failed, self.now);
                (row.clone(), tokio::spawn(self.clone().service(collector, cx, row)))
            })
            .collect();
        for (row, task) in tasks {
            match task.await {
                Ok(done) => {
                    part.coverage.extend(done.coverage);
                    part.resources.extend(done.resources);
                }
                Err(error) => {
                    let row = broken(row, error);
                    self.progress.finished(&row, 0);
                    part.coverage.push(row);
                }
            }
        }
        part
    }

    /// Every collector with every place of the account, service by service, so that all of them are under way early.
    async fn places(
        &self,
        target: &AccountToRead,
        config: &SdkConfig,
        coverage: &mut Vec<Coverage>,
    ) -> Vec<(&'static dyn Collector, Context)> {
        let known = {
            let _permit = self.overall.acquire().await;
            regions::known(config).await
        };
        let home = connect::region(config).to_owned();
        let configured = if target.regions.is_empty() { &self.config.regions } else { &target.regions };
        let wanted = regions::wanted(configured, &self.only);
        // A filter that leaves nothing of an account's regions must not read as no filter at all.
        let nothing_left = wanted.is_empty() && !configured.is_empty();
        let mut choice = regions::choose(known.as_ref().ok(), &wanted, &home);
        if nothing_left {
            choice.regions.clear();
        }
        coverage.extend(choice.in_vain.into_iter().map(|(region, reason)| {
            because(row(&target.id, &region, "*", CoverageStatus::Skipped, self.now), None, reason)
        }));
        if let (Err(trouble), true) = (known, wanted.is_empty()) {
            let reason = format!("{}; of all regions only {home} was asked", trouble.reason);
            let row = row(&target.id, "", "*", trouble.class.status(), self.now);
            coverage.push(because(row, Some(DESCRIBE_REGIONS), reason));
        }
        let mut places = Vec::new();
        for collector in COLLECTORS {
            let regions = match collector.spec().locality {
                Locality::Global => std::slice::from_ref(&home),
                Locality::Regional => choice.regions.as_slice(),
            };
            let service = collector.spec().service;
            if self.services.as_ref().is_some_and(|needed| !needed.contains(service)) {
                let is_global = collector.spec().locality == Locality::Global;
                coverage.extend(regions.iter().map(|region| {
                    let region = if is_global { "" } else { region };
                    let row = row(&target.id, region, service, CoverageStatus::Skipped, self.now);
                    because(row, None, Coverage::NOT_NEEDED)
                }));
                continue;
            }
            places.extend(regions.iter().map(|region| {
                let config = connect::in_region(config, region);
                let mut cx = Context::new(&target.id, region, self.now, config);
                cx.recovery_region = self.config.recovery_from(&target.id, region).map(|pair| pair.to.clone());
                (*collector, cx)
            }));
        }
        places
    }

    /// Runs one collector in one place.
    async fn service(self: Arc<Self>, collector: &'static dyn Collector, cx: Context, row: Coverage) -> Part {
        let spec = collector.spec();
        let limit = {
            let mut limits = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
            let key = (cx.account.clone(), spec.service);
            limits.entry(key).or_insert_with(|| Arc::new(Semaphore::new(PER_SERVICE))).clone()
        };
        let _service = limit.acquire().await;
        let _overall = self.overall.acquire().await;
        self.progress.started(&row.account, &row.region, spec.service);
        let mut sink = Sink::default();
        let end = collector.collect(&cx, &mut sink).await;
        debug_assert_eq!(cx.calls.beyond(spec.actions), Vec::<String>::new(), "calls that it does not declare");
        for resource in &mut sink.resources {
            resource.origin.source = SOURCE.to_owned();
        }
        let row = of_service(row, spec, &sink, end);
        self.progress.finished(&row, sink.resources.len());
        Part { coverage: vec![row], resources: sink.resources }
    }
}

/// The row of what ended in a panic. It is a fault of ours, and no reason to lose the rest.
fn broken(row: Coverage, error: JoinError) -> Coverage {
    let said = error.try_into_panic().ok();
    let said = said.as_ref().and_then(|panic| text(panic.as_ref())).unwrap_or("it was cancelled");
    because(Coverage { status: CoverageStatus::Failed, ..row }, None, format!("the collector broke off: {said}"))
}

fn text(panic: &(dyn Any + Send)) -> Option<&str> {
    panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied())
}

/// Keeps each id once. A global cluster is seen from every region that it has a member in, and a snapshot of the backup
/// service is a recovery point as well; of these, the one that says more stays.
fn unify(resources: &mut Vec<Resource>) {
    resources.sort_by(|a, b| (&a.id, a.kind, a.unknown.len()).cmp(&(&b.id, b.kind, b.unknown.len())));
    let mut seen = BTreeSet::new();
    resources.retain(|resource| seen.insert(resource.id.clone()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Place};

    #[test]
    fn of_one_id_the_resource_that_says_more_stays() {
        let resource = |kind: &str, id: &str, unknown: usize| {
            let mut resource = Resource::new(Kind::of(kind), id, id, Place::default());
            (0..unknown).for_each(|at| resource.mark_unknown(&format!("tags.{at}"), "denied"));
            resource
        };
        let mut resources = vec![
            resource("aws.rds.snapshot", "b", 0),
            resource("aws.rds.global-cluster", "a", 2),
            resource("aws.backup.recovery-point", "b", 1),
            resource("aws.rds.global-cluster", "a", 0),
        ];
        unify(&mut resources);
        assert_eq!(
            resources,
            vec![resource("aws.rds.global-cluster", "a", 0), resource("aws.backup.recovery-point", "b", 1)]
        );
    }

    #[tokio::test]
    async fn a_panic_becomes_a_row() {
        let error = tokio::spawn(async { panic!("no kind is called 'x'") }).await.unwrap_err();
        let row = row("111122223333", "us-east-1", "rds", CoverageStatus::Complete, Timestamp::UNIX_EPOCH);
        assert_eq!(
            broken(row, error).sentence(),
            "rds failed in 111122223333 · us-east-1: the collector broke off: no kind is called 'x'"
        );
    }
}
