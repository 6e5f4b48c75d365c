//! The policies of an organization, and the accounts that each is above of.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::{Organization, PolicySummary, PolicyTargetSummary, TargetType};

use super::super::organization::below;
use super::super::read::{list, sorted};
use super::super::{Context, Sink, Trouble};
use super::common::{ORGANIZATION, POLICY};
use crate::model::{Fact, GuardRail, Kind, Place, RegionRule, Resource, Shared};
use crate::providers::aws::documents::{Guard, guard};

/// A policy, and what it says.
pub(super) struct Read {
    policy: PolicySummary,
    form: &'static str,
    guard: Result<Guard, Trouble>,
}

pub(super) async fn read(client: &Client, policy: PolicySummary, form: &'static str) -> Read {
    let action = "organizations:DescribePolicy";
    let guard = match client.describe_policy().policy_id(policy.id().unwrap_or_default()).send().await {
        Ok(answer) => {
            let name = format!("policy '{}'", policy.name().unwrap_or_default());
            let text = answer.policy.as_ref().and_then(|policy| policy.content());
            text.and_then(|text| guard(&name, text)).ok_or_else(|| Trouble::empty(action))
        }
        Err(error) => Err(Trouble::new(action, &error)),
    };
    Read { policy, form, guard }
}

/// The organization, in its management account: it tells which accounts its policies could be above of.
pub(super) fn organization(organization: &Organization, accounts: &Option<Vec<String>>, cx: &Context) -> Resource {
    let id = organization.id().unwrap_or_default();
    let place = Place::global(organization.master_account_id().unwrap_or(&cx.account));
    let mut resource = Resource::new(Kind::of(ORGANIZATION), organization.arn().unwrap_or(id), id, place);
    // Accounts have tags, and what holds them together has none.
    resource.tags = Fact::Known(Default::default());
    resource.guard_rail = Some(Shared::from(GuardRail {
        form: "organization".into(),
        accounts: Fact::from_known(accounts.as_ref().map(|accounts| sorted(accounts.iter().map(String::as_str)))),
        regions: Fact::Absent,
    }));
    resource
}

/// Follows what policies are attached to down to the accounts.
pub(super) struct Above<'a> {
    client: &'a Client,
    management: &'a str,
    /// Every account. None: they could not be listed.
    accounts: Option<Vec<String>>,
    /// By unit.
    below: BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Above<'a> {
    pub(super) fn new(client: &'a Client, management: &'a str, accounts: Option<Vec<String>>) -> Self {
        Self { client, management, accounts, below: BTreeMap::new() }
    }

    /// The resources of all policies. Only those that say something of regions are asked what they are attached to.
    pub(super) async fn resources(&mut self, read: Vec<Read>, cx: &Context, out: &mut Sink) -> Vec<Resource> {
        let guards = || read.iter().filter_map(|read| Some((read, read.guard.as_ref().ok()?)));
        let narrows = |guard: &Guard| !guard.is_open && !guard.allows.is_empty();
        // What one policy allows in some regions only, another that is attached beside it may allow everywhere.
        let mut open: Option<BTreeSet<String>> = Some(BTreeSet::new());
        if guards().any(|(_, guard)| narrows(guard)) {
            for (read, _) in guards().filter(|(_, guard)| guard.is_open) {
                let targets = targets(self.client, &read.policy).await.ok();
                open = open.zip(targets).map(|(mut open, targets)| {
                    open.extend(targets.into_iter().filter_map(|target| target.target_id));
                    open
                });
            }
        }
        let mut resources = Vec::new();
        for read in read {
            let mut resource = shell(&read, self.management, cx);
            let facts = resource.guard_rail.get_or_insert_default();
            facts.form = read.form.into();
            match read.guard {
                Err(trouble) => out.gap_at(&mut resource, &["guard_rail.regions", "guard_rail.accounts"], trouble),
                Ok(guard) => {
                    let narrows = narrows(&guard);
                    let mut rules = guard.denies;
                    if !rules.is_empty() || narrows {
                        match targets(self.client, &read.policy).await {
                            Ok(targets) => {
                                if narrows && !open.as_ref().is_some_and(|open| is_widened(&targets, open)) {
                                    rules.extend(guard.allows.into_iter().map(beside_others));
                                }
                                let accounts = self.accounts_of(&targets, read.form).await;
                                match accounts {
                                    Ok(accounts) => facts.accounts = Fact::Known(accounts.into_iter().collect()),
                                    Err(trouble) => out.gap(&mut resource, "guard_rail.accounts", trouble),
                                }
                            }
                            Err(trouble) => out.gap(&mut resource, "guard_rail.accounts", trouble),
                        }
                    } else {
                        resource.mark_unknown("guard_rail.accounts", "not asked, as it says nothing of regions");
                    }
                    resource.guard_rail.get_or_insert_default().regions = Fact::Known(rules);
                }
            }
            resources.push(resource);
        }
        resources
    }

    /// The accounts below what a policy is attached to.
    async fn accounts_of(&mut self, targets: &[PolicyTargetSummary], form: &str) -> Result<BTreeSet<String>, Trouble> {
        let mut found = BTreeSet::new();
        for target in targets {
            let Some(id) = target.target_id() else { continue };
            match (target.r#type(), &self.accounts) {
                (Some(TargetType::Account), _) => {
                    found.insert(id.to_owned());
                }
                (Some(TargetType::Root), Some(accounts)) => found.extend(accounts.iter().cloned()),
                _ => {
                    if !self.below.contains_key(id) {
                        let accounts = below(self.client, &[id.to_owned()]).await?;
                        self.below.insert(id.to_owned(), accounts);
                    }
                    found.extend(self.below.get(id).into_iter().flatten().cloned());
                }
            }
        }
        // Neither type of policy holds the management account.
        if form != "organization" {
            found.remove(self.management);
        }
        Ok(found)
    }
}

fn shell(read: &Read, management: &str, cx: &Context) -> Resource {
    let name = read.policy.name().unwrap_or_default();
    let id = read.policy.arn().or_else(|| read.policy.id()).unwrap_or(name);
    let account = if management.is_empty() { &cx.account } else { management };
    let mut resource = Resource::new(Kind::of(POLICY), id, name, Place::global(account));
    resource.mark_unknown("tags", "the tags of policies are not asked for");
    resource
}

async fn targets(client: &Client, policy: &PolicySummary) -> Result<Vec<PolicyTargetSummary>, Trouble> {
    let pages = client.list_targets_for_policy().policy_id(policy.id().unwrap_or_default());
    let pages = list("organizations:ListTargetsForPolicy", pages.into_paginator().send()).await.whole()?;
    Ok(pages.into_iter().flat_map(|page| page.targets.unwrap_or_default()).collect())
}

/// Everything that it is attached to has another policy that allows everything.
fn is_widened(targets: &[PolicyTargetSummary], open: &BTreeSet<String>) -> bool {
    targets.iter().all(|target| target.target_id().is_some_and(|id| open.contains(id)))
}

/// What else is attached there may allow the same elsewhere.
fn beside_others(rule: RegionRule) -> RegionRule {
    let unless = match rule.unless.text() {
        Some(unless) => format!("{unless}, what is attached beside it"),
        None => "what is attached beside it".to_owned(),
    };
    RegionRule { unless: unless.into(), ..rule }
}
