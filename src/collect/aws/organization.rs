//! The accounts of AWS Organizations.

use std::collections::BTreeSet;

use aws_config::SdkConfig;
use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::{Account, AccountState, AccountStatus};

use super::Trouble;
use super::read::list;
use crate::config::Organization;

/// What is said of an account whose state the answer leaves out.
const UNKNOWN_STATE: &str = "of unknown state";

/// States, in words, in which nothing runs in an account that could be read.
const AT_REST: &[&str] = &["closed", "pending activation", "pending closure", "suspended"];

/// Whether an account in that state has nothing to be read. Of a state that nobody tells or foresaw that is not known.
pub(super) fn is_at_rest(state: &str) -> bool {
    AT_REST.contains(&state)
}

/// An account of the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub id: String,
    pub name: Option<String>,
    /// It is the management account.
    pub management: bool,
    /// Its state in words, if it is not active.
    pub inactive: Option<String>,
}

/// The accounts of the units that are included and not excluded, sorted.
pub(super) async fn members(base: &SdkConfig, config: &Organization) -> Result<Vec<Member>, Trouble> {
    let client = Client::new(base);
    let answer = client.describe_organization().send().await;
    let answer = answer.map_err(|error| Trouble::new("organizations:DescribeOrganization", &error))?;
    let management = answer.organization.and_then(|found| found.master_account_id);
    let pages = list("organizations:ListAccounts", client.list_accounts().into_paginator().send()).await.whole()?;
    let accounts: Vec<_> = pages.into_iter().flat_map(|page| page.accounts.unwrap_or_default()).collect();
    let included = below(&client, &config.include_units).await?;
    let excluded = below(&client, &config.exclude_units).await?;
    let mut members: Vec<_> = accounts
        .iter()
        .filter_map(|account| member(account, management.as_deref()))
        .filter(|member| config.include_units.is_empty() || included.contains(&member.id))
        .filter(|member| !excluded.contains(&member.id))
        .collect();
    members.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(members)
}

fn member(account: &Account, management: Option<&str>) -> Option<Member> {
    // `State` replaces `Status`, and both are there until the old one is taken away.
    let inactive = match (account.state(), account.status()) {
        (Some(AccountState::Active), _) | (None, Some(AccountStatus::Active)) => None,
        (Some(state), _) => Some(state.as_str()),
        (None, Some(status)) => Some(status.as_str()),
        (None, None) => Some(UNKNOWN_STATE),
    };
    Some(Member {
        id: account.id()?.to_owned(),
        name: account.name().map(str::to_owned),
        management: account.id() == management,
        inactive: inactive.map(|state| state.to_lowercase().replace('_', " ")),
    })
}

/// Ids of all accounts in and below these units. An account stands for itself.
pub(super) async fn below(client: &Client, units: &[String]) -> Result<BTreeSet<String>, Trouble> {
    let is_account = |id: &String| id.bytes().all(|byte| byte.is_ascii_digit());
    let (accounts, mut todo): (Vec<_>, Vec<_>) = units.iter().cloned().partition(is_account);
    let mut found = BTreeSet::from_iter(accounts);
    while let Some(unit) = todo.pop() {
        let pages = client.list_accounts_for_parent().parent_id(&unit).into_paginator().send();
        for page in list("organizations:ListAccountsForParent", pages).await.whole()? {
            found.extend(page.accounts.unwrap_or_default().into_iter().filter_map(|account| account.id));
        }
        let pages = client.list_organizational_units_for_parent().parent_id(&unit).into_paginator().send();
        for page in list("organizations:ListOrganizationalUnitsForParent", pages).await.whole()? {
            todo.extend(page.organizational_units.unwrap_or_default().into_iter().filter_map(|unit| unit.id));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newer_state_wins_over_the_older_status() {
        let account = |state: Option<AccountState>, status: Option<AccountStatus>| {
            let account =
                Account::builder().id("111111111111").name("shop").set_state(state).set_status(status).build();
            member(&account, Some("111111111111"))
        };
        let expected = |inactive: Option<&str>| {
            Some(Member {
                id: "111111111111".to_owned(),
                name: Some("shop".to_owned()),
                management: true,
                inactive: inactive.map(str::to_owned),
            })
        };
        assert_eq!(account(Some(AccountState::Active), Some(AccountStatus::Suspended)), expected(None));
        assert_eq!(account(None, Some(AccountStatus::Active)), expected(None));
        assert_eq!(account(Some(AccountState::PendingClosure), None), expected(Some("pending closure")));
        assert_eq!(account(None, None), expected(Some("of unknown state")));
    }
}
