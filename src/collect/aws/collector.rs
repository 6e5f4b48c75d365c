//! What a collector is, and what it is given.

use aws_config::SdkConfig;
use futures::future::BoxFuture;

use super::calls::Calls;
use super::connect;
use super::patience::Patience;
use super::read::Listing;
use super::trouble::{Trouble, TroubleClass};
use crate::model::{Kind, Place, Resource, TagFact, Timestamp};
use crate::providers::aws::names;

/// Where a service lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Locality {
    /// Asked once a region.
    Regional,
    /// Asked once an account.
    Global,
}

/// What a collector reads, and what it needs for that.
#[derive(Debug)]
pub(crate) struct Spec {
    /// As in [`KindInfo::service`](crate::model::KindInfo::service); its coverage row.
    pub service: &'static str,
    pub locality: Locality,
    /// Kinds that it lists. Every kind of the model with this service must be here.
    pub kinds: &'static [&'static str],
    /// IAM actions of every call it makes; `seaworthy iam` prints them.
    pub actions: &'static [&'static str],
}

/// One service of one provider. An implementation lists and describes only: it must make no call that is not in its
/// `actions`, must not retry, and must not treat an error as an empty answer.
pub(crate) trait Collector: Sync {
    fn spec(&self) -> &'static Spec;

    /// Reads everything of the service in the context's place into the sink. A list that failed goes to
    /// [`Sink::lost`] with its kinds, and the next list is tried; `Err` means that nothing more can be read, and every
    /// kind of the service is incomplete. What was pushed before stays in any case.
    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>>;
}

/// The place to read, and the connection to it.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub account: String,
    /// The region to ask. For a global service: the one its endpoint is asked through.
    pub region: String,
    /// Where what is in this region is to come back, if it is to anywhere.
    pub recovery_region: Option<String>,
    /// The clock of the run.
    pub now: Timestamp,
    /// Region, credentials, shared HTTP client, retries and timeouts are set.
    pub config: SdkConfig,
    /// What is called in it; [`client!`] keeps the record.
    pub calls: Calls,
    /// How often it did not answer; [`client!`] keeps count.
    pub patience: Patience,
}

impl Context {
    pub(crate) fn new(account: &str, region: &str, now: Timestamp, config: SdkConfig) -> Self {
        Self {
            account: account.to_owned(),
            region: region.to_owned(),
            recovery_region: None,
            now,
            config,
            calls: Calls::default(),
            patience: Patience::default().elsewhere(region),
        }
    }

    /// The same account and record in another region.
    pub(crate) fn elsewhere(&self, region: &str) -> Self {
        Self {
            region: region.to_owned(),
            config: connect::in_region(&self.config, region),
            patience: self.patience.elsewhere(region),
            ..self.clone()
        }
    }

    /// The same account where a service is asked that has its home in one region of one partition, whatever it works on.
    /// `None`: the account is in another partition, which does not have the service.
    pub(crate) fn at_home(&self, partition: &str, region: &str) -> Option<Self> {
        (names::partition(&self.region) == partition).then(|| self.elsewhere(region))
    }

    pub(crate) fn place(&self) -> Place {
        Place::new(&self.account, &self.region)
    }
}

/// A client with the retry partition of its account, so that one throttled account does not starve the others:
/// `client!(cx, aws_sdk_rds)`.
macro_rules! client {
    ($cx:expr, $sdk:ident) => {
        $sdk::Client::from_conf(
            $sdk::config::Builder::from(&$cx.config)
                .retry_partition($sdk::config::retry::RetryPartition::new(format!(
                    "{}-{}-{}",
                    stringify!($sdk),
                    $cx.region,
                    $cx.account
                )))
                .interceptor($cx.calls.clone())
                .interceptor($cx.patience.clone())
                .build(),
        )
    };
}
pub(crate) use client;

/// Where a collector puts what it reads.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    pub resources: Vec<Resource>,
    /// Lists that failed, with the kinds that they would have given.
    pub lost: Vec<(Vec<Kind>, Trouble)>,
    /// Secondary calls that failed; the facts they would have given are marked unknown in their resource.
    pub gaps: Vec<Trouble>,
}

impl Sink {
    pub(crate) fn push(&mut self, resource: Resource) {
        self.resources.push(resource);
    }

    /// A list failed: nothing can be said about what of these kinds there is.
    pub(crate) fn lost(&mut self, kinds: &[&str], trouble: Trouble) {
        self.lost.push((kinds.iter().map(|name| Kind::of(name)).collect(), trouble));
    }

    /// What a list gave, after its end was noted: a failed one is lost. Only an endpoint that cannot be reached at all
    /// ends the collection, because every further call would wait in vain.
    pub(crate) fn listed<T>(&mut self, kinds: &[&str], listing: Listing<T>) -> Result<Vec<T>, Trouble> {
        match listing.trouble {
            Some(trouble) if trouble.class == TroubleClass::Unreachable && listing.items.is_empty() => {
                return Err(trouble);
            }
            Some(trouble) => self.lost(kinds, trouble),
            None => {}
        }
        Ok(listing.items)
    }

    /// A secondary call for one resource failed: the fact at `path` is unknown, and says why.
    pub(crate) fn gap(&mut self, resource: &mut Resource, path: &str, trouble: Trouble) {
        self.gap_at(resource, &[path], trouble);
    }

    /// The same for a call that would have given several facts.
    pub(crate) fn gap_at(&mut self, resource: &mut Resource, paths: &[&str], trouble: Trouble) {
        for path in paths {
            resource.mark_unknown(path, trouble.to_string());
        }
        self.gaps.push(trouble);
    }

    /// Tags that a call of their own told, or why it did not.
    pub(crate) fn tag(&mut self, resource: &mut Resource, tags: Result<TagFact, Trouble>) {
        match tags {
            Ok(tags) => resource.tags = tags,
            Err(trouble) => self.gap(resource, "tags", trouble),
        }
    }
}
