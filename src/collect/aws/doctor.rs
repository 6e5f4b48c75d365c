//! What works and what is missing: every account, and every action in one region of it. It only reads.

use aws_config::SdkConfig;
use futures::{StreamExt as _, stream};

use super::accounts::{self, AccountToRead};
use super::regions;
use super::{AwsError, COLLECTORS, Collector, Context, Sink, Trouble, TroubleClass, connect};
use crate::collect::actions::{ASSUME, DESCRIBE_REGIONS, ORGANIZATIONS};
use crate::config::Config;
use crate::model::Timestamp;

/// Collectors that are tried at the same time.
const AT_ONCE: usize = 16;

/// What was found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// The caller's account.
    pub account: String,
    /// Who the caller is.
    pub arn: String,
    /// Listing the accounts of the organization, if one is configured.
    pub organization: Vec<Check>,
    /// The accounts of the configuration, by id.
    pub accounts: Vec<AccountDiagnosis>,
}

/// What was found out about one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountDiagnosis {
    /// Twelve digits.
    pub id: String,
    /// For people.
    pub name: Option<String>,
    /// The role that is taken on. `None`: read as the caller.
    pub role: Option<String>,
    /// Why it is not read at all.
    pub left_out: Option<String>,
    /// It should be read and is not, or it was read in no region.
    pub is_gap: bool,
    /// Regions that would be read.
    pub regions: Vec<String>,
    /// Regions that were asked for in vain, with the reason.
    pub in_vain: Vec<(String, String)>,
    /// The region in which the actions were tried.
    pub tried_in: Option<String>,
    /// Every action, by service.
    pub checks: Vec<Check>,
}

/// One action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// As in [`KindInfo::service`](crate::model::KindInfo::service).
    pub service: &'static str,
    /// `rds:DescribeDBInstances`.
    pub action: &'static str,
    /// What came of it.
    pub outcome: CheckOutcome,
    /// What AWS said, if it does not work.
    pub reason: Option<String>,
}

/// Whether an action works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckOutcome {
    /// It was called, and AWS answered.
    Works,
    /// It is refused.
    Denied,
    /// It failed for another reason.
    Failed,
    /// There was nothing to try it on.
    NotTried,
}

/// Tries everything that a collection would need, and tells what is being tried.
pub async fn doctor(config: &Config, now: Timestamp, tell: impl Fn(String)) -> Result<Diagnosis, AwsError> {
    let base = connect::base().await;
    tell("asking AWS who the caller is".to_owned());
    let caller = match accounts::caller(&base).await {
        Ok(caller) => caller,
        Err(trouble) => return Err(AwsError::identity(trouble, &connect::environment(&base).await)),
    };
    tell("asking which accounts are to be read".to_owned());
    let mut organization = Vec::new();
    let members = match accounts::members(&base, config).await {
        Ok(members) => members,
        // What else is configured can be looked at all the same.
        Err(trouble) => {
            organization.push(Check::failed("organizations", trouble));
            None
        }
    };
    if config.organization.is_some() && organization.is_empty() {
        organization.extend(ORGANIZATIONS.iter().take(2).map(|action| Check::works("organizations", action)));
    }
    let (targets, left_out) = accounts::resolve(&caller, config, members);
    let mut accounts: Vec<AccountDiagnosis> = Vec::new();
    let all = targets.len();
    for (at, target) in targets.into_iter().enumerate() {
        tell(format!("trying every action in account {} ({} of {all})", target.id, at + 1));
        accounts.push(examine(&base, config, target, now).await);
    }
    accounts.extend(left_out.into_iter().map(|out| AccountDiagnosis {
        left_out: Some(out.reason),
        is_gap: !out.on_purpose,
        ..AccountDiagnosis::new(out.id, None, None)
    }));
    accounts.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Diagnosis { account: caller.account, arn: caller.arn, organization, accounts })
}

impl Diagnosis {
    /// Nothing is missing: every account that is to be read can be, in every region, with every action.
    pub fn is_well(&self) -> bool {
        let works = |check: &Check| matches!(check.outcome, CheckOutcome::Works | CheckOutcome::NotTried);
        self.organization.iter().all(works)
            && self
                .accounts
                .iter()
                .all(|account| !account.is_gap && account.in_vain.is_empty() && account.checks.iter().all(works))
    }
}

impl AccountDiagnosis {
    fn new(id: String, name: Option<String>, role: Option<String>) -> Self {
        Self {
            id,
            name,
            role,
            left_out: None,
            is_gap: false,
            regions: Vec::new(),
            in_vain: Vec::new(),
            tried_in: None,
            checks: Vec::new(),
        }
    }
}

async fn examine(base: &SdkConfig, config: &Config, target: AccountToRead, now: Timestamp) -> AccountDiagnosis {
    let role = target.role.as_ref().map(|role| role.arn.clone());
    let mut found = AccountDiagnosis::new(target.id.clone(), target.name.clone(), role.clone());
    let account = match accounts::connect(base, &target).await {
        Ok(account) => account,
        Err(trouble) => {
            found.checks.push(Check::failed("sts", trouble));
            return found;
        }
    };
    if role.is_some() {
        found.checks.push(Check::works("sts", ASSUME));
    }
    let known = regions::known(&account).await;
    let configured = if target.regions.is_empty() { &config.regions } else { &target.regions };
    let home = connect::region(&account).to_owned();
    let choice = regions::choose(known.as_ref().ok(), configured, &home);
    found
        .checks
        .push(known.map_or_else(|trouble| Check::failed("ec2", trouble), |_| Check::works("ec2", DESCRIBE_REGIONS)));
    let region = choice.regions.iter().find(|region| **region == home).or(choice.regions.first());
    if let Some(region) = region {
        let tries = COLLECTORS.iter().map(|collector| {
            let config = connect::in_region(&account, region);
            attempt(*collector, Context::new(&target.id, region, now, config))
        });
        let checks: Vec<Vec<Check>> = stream::iter(tries).buffered(AT_ONCE).collect().await;
        found.checks.extend(checks.into_iter().flatten());
        found.tried_in = Some(region.clone());
    }
    // Where every region that was asked for is none, nothing of the account was seen.
    found.is_gap = choice.regions.is_empty();
    found.regions = choice.regions;
    found.in_vain = choice.in_vain;
    found
}

/// Runs a collector, and says of each of its actions what came of it.
async fn attempt(collector: &'static dyn Collector, cx: Context) -> Vec<Check> {
    let mut sink = Sink::default();
    let end = collector.collect(&cx, &mut sink).await;
    let lists = sink.lost.into_iter().map(|(_, trouble)| trouble);
    let troubles: Vec<Trouble> = lists.chain(sink.gaps).chain(end.err()).collect();
    let spec = collector.spec();
    let check = |action: &&'static str| match troubles.iter().find(|trouble| trouble.action == *action) {
        Some(trouble) => Check::failed(spec.service, trouble.clone()),
        None if cx.calls.has(action) => Check::works(spec.service, action),
        None => Check { outcome: CheckOutcome::NotTried, ..Check::works(spec.service, action) },
    };
    spec.actions.iter().map(check).collect()
}

impl Check {
    fn works(service: &'static str, action: &'static str) -> Self {
        Self { service, action, outcome: CheckOutcome::Works, reason: None }
    }

    fn failed(service: &'static str, trouble: Trouble) -> Self {
        let outcome = match trouble.class {
            TroubleClass::Denied | TroubleClass::Credentials => CheckOutcome::Denied,
            // It is not to be had here, by nobody's fault.
            TroubleClass::NotAvailable => CheckOutcome::NotTried,
            _ => CheckOutcome::Failed,
        };
        Self { service, action: trouble.action, outcome, reason: Some(trouble.reason) }
    }
}
