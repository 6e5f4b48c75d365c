//! Whose accounts are read, and as whom.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::SystemTime;

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};

use super::organization::{self, Member};
use super::{AwsError, Trouble, TroubleClass};
use crate::collect::actions::ASSUME;
use crate::config::{Config, ManagementAccount};
use crate::providers::aws::names::Arn;
use crate::text::did_you_mean;

/// The name under which the sessions of assumed roles stand in CloudTrail.
const SESSION_NAME: &str = "seaworthy";

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Caller {
    pub account: String,
    pub arn: String,
}

/// Asks AWS who the caller is. It needs no permission, so whoever is refused here has no valid credentials.
pub(super) async fn caller(base: &SdkConfig) -> Result<Caller, Trouble> {
    let action = "sts:GetCallerIdentity";
    let answer = aws_sdk_sts::Client::new(base).get_caller_identity().send().await;
    let answer = answer.map_err(|error| Trouble::new(action, &error))?;
    match (answer.account, answer.arn) {
        (Some(account), Some(arn)) => Ok(Caller { account, arn }),
        _ => Err(Trouble { action, class: TroubleClass::Failed, reason: "the answer names no account".to_owned() }),
    }
}

/// An account to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AccountToRead {
    pub id: String,
    pub name: Option<String>,
    /// As whom. `None`: as the caller.
    pub role: Option<RoleRef>,
    /// Regions of this account only.
    pub regions: Vec<String>,
}

/// A role to take on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RoleRef {
    pub arn: String,
    pub external_id: Option<String>,
}

/// An account that is not read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub id: String,
    pub reason: String,
    /// Somebody wants it so, or there is nothing to read: no gap in what is seen.
    pub on_purpose: bool,
}

/// The accounts of the configuration: those that are listed, then those of the organization, or the caller's own.
pub(super) async fn targets(
    base: &SdkConfig,
    caller: &Caller,
    config: &Config,
    only: &[String],
) -> Result<(Vec<AccountToRead>, Vec<LeftOut>), AwsError> {
    let members = match members(base, config).await {
        Ok(members) => members,
        Err(Trouble { action, reason, .. }) => return Err(AwsError::Organization { action, reason }),
    };
    let (targets, left_out) = resolve(caller, config, members);
    select(targets, left_out, only)
}

/// The accounts of the organization, if one is configured.
pub(super) async fn members(base: &SdkConfig, config: &Config) -> Result<Option<Vec<Member>>, Trouble> {
    match &config.organization {
        Some(organization) => organization::members(base, organization).await.map(Some),
        None => Ok(None),
    }
}

/// Decides for each account as whom it is read, or why it is not.
pub(super) fn resolve(
    caller: &Caller,
    config: &Config,
    members: Option<Vec<Member>>,
) -> (Vec<AccountToRead>, Vec<LeftOut>) {
    let (mut targets, mut left_out) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for account in config.accounts.iter().filter(|account| seen.insert(account.id.clone())) {
        let role = account.role.clone().map(|arn| RoleRef { arn, external_id: account.external_id.clone() });
        if role.is_none() && account.id != caller.account {
            let reason = format!("no role is configured, and the caller is in account {}", caller.account);
            left_out.push(LeftOut { id: account.id.clone(), reason, on_purpose: false });
            continue;
        }
        targets.push(AccountToRead {
            id: account.id.clone(),
            name: account.name.clone(),
            role,
            regions: account.regions.clone(),
        });
    }
    if let (Some(organization), Some(members)) = (&config.organization, members) {
        let partition = Arn::parse(&caller.arn).map_or("aws", |arn| arn.partition);
        for member in members.into_iter().filter(|member| seen.insert(member.id.clone())) {
            let as_caller = match organization.management_account {
                ManagementAccount::Skip if member.management => {
                    let reason = "the management account is left out by the configuration".to_owned();
                    left_out.push(LeftOut { id: member.id, reason, on_purpose: true });
                    continue;
                }
                ManagementAccount::Collect => member.management && member.id == caller.account,
                ManagementAccount::Skip | ManagementAccount::Role => false,
            };
            if let Some(state) = member.inactive {
                let on_purpose = organization::is_at_rest(&state);
                left_out.push(LeftOut { id: member.id, reason: format!("the account is {state}"), on_purpose });
                continue;
            }
            let arn = format!("arn:{partition}:iam::{}:role/{}", member.id, organization.role_name);
            let role = RoleRef { arn, external_id: organization.external_id.clone() };
            let role = if as_caller { None } else { Some(role) };
            targets.push(AccountToRead { id: member.id, name: member.name, role, regions: Vec::new() });
        }
    } else if config.accounts.is_empty() {
        targets.push(AccountToRead { id: caller.account.clone(), name: None, role: None, regions: Vec::new() });
    }
    (targets, left_out)
}

/// Keeps the accounts that the user asked for, by id or name. Without a wish: all.
fn select(
    mut targets: Vec<AccountToRead>,
    mut left_out: Vec<LeftOut>,
    only: &[String],
) -> Result<(Vec<AccountToRead>, Vec<LeftOut>), AwsError> {
    if only.is_empty() {
        return Ok((targets, left_out));
    }
    let names = || targets.iter().flat_map(|target| target.name.as_deref().into_iter().chain([target.id.as_str()]));
    for wish in only {
        if !names().chain(left_out.iter().map(|out| out.id.as_str())).any(|name| name == wish) {
            return Err(AwsError::NoSuchAccount { name: wish.clone(), hint: did_you_mean(wish, names()) });
        }
    }
    targets.retain(|target| only.iter().any(|wish| *wish == target.id || target.name.as_ref() == Some(wish)));
    left_out.retain(|out| only.contains(&out.id));
    Ok((targets, left_out))
}

/// The configuration with which an account is read. A role is taken on at once, so that a refusal is known before
/// anything is asked.
pub(super) async fn connect(base: &SdkConfig, target: &AccountToRead) -> Result<SdkConfig, Trouble> {
    let Some(role) = &target.role else { return Ok(base.clone()) };
    let assumer = Assumer { sts: aws_sdk_sts::Client::new(base), role: role.clone(), first: Mutex::new(None) };
    let (credentials, account) = assumer.assume().await?;
    if account.as_deref() != Some(&target.id) {
        let found = account.as_deref().unwrap_or("an unknown account");
        return Err(Trouble {
            action: ASSUME,
            class: TroubleClass::Failed,
            reason: format!("the role '{}' is one of {found}", role.arn),
        });
    }
    if let Ok(mut first) = assumer.first.lock() {
        *first = Some(credentials);
    }
    Ok(base.to_builder().credentials_provider(SharedCredentialsProvider::new(assumer)).build())
}

/// Takes on a role, again when the session ends. The SDK's own provider would hide why it was refused.
#[derive(Debug)]
struct Assumer {
    sts: aws_sdk_sts::Client,
    role: RoleRef,
    /// The session of the first try, to be used up first.
    first: Mutex<Option<Credentials>>,
}

impl Assumer {
    /// The session, and the account that it is in.
    async fn assume(&self) -> Result<(Credentials, Option<String>), Trouble> {
        let RoleRef { arn, external_id } = &self.role;
        let call = self.sts.assume_role().role_arn(arn).role_session_name(SESSION_NAME);
        let answer = call.set_external_id(external_id.clone()).send().await;
        let answer = answer.map_err(|error| Trouble::new(ASSUME, &error))?;
        let account =
            answer.assumed_role_user.as_ref().and_then(|user| Some(Arn::parse(user.arn())?.account.to_owned()));
        let given = answer.credentials.ok_or_else(|| Trouble {
            action: ASSUME,
            class: TroubleClass::Failed,
            reason: "the answer has no credentials".to_owned(),
        })?;
        let expiry = SystemTime::try_from(given.expiration).ok();
        let (id, secret) = (given.access_key_id, given.secret_access_key);
        Ok((Credentials::new(id, secret, Some(given.session_token), expiry, "AssumeRole"), account))
    }
}

impl ProvideCredentials for Assumer {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            if let Some(credentials) = self.first.lock().ok().and_then(|mut first| first.take()) {
                return Ok(credentials);
            }
            match self.assume().await {
                Ok((credentials, _)) => Ok(credentials),
                Err(trouble) => Err(CredentialsError::provider_error(format!("{ASSUME} {}", trouble.reason))),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Account, Organization};

    fn caller() -> Caller {
        Caller {
            account: "111111111111".to_owned(),
            arn: "arn:aws-us-gov:sts::111111111111:assumed-role/x/y".to_owned(),
        }
    }

    fn member(id: &str, management: bool, inactive: Option<&str>) -> Member {
        Member {
            id: id.to_owned(),
            name: Some(format!("name-{id}")),
            management,
            inactive: inactive.map(str::to_owned),
        }
    }

    fn target(id: &str, role: Option<&str>) -> AccountToRead {
        let role = role.map(|arn| RoleRef { arn: arn.to_owned(), external_id: Some("x".to_owned()) });
        AccountToRead { id: id.to_owned(), name: Some(format!("name-{id}")), role, regions: Vec::new() }
    }

    fn left_out(id: &str, reason: &str, on_purpose: bool) -> LeftOut {
        LeftOut { id: id.to_owned(), reason: reason.to_owned(), on_purpose }
    }

    fn organization(management_account: ManagementAccount) -> Config {
        let organization = Organization {
            role_name: "audit/seaworthy".to_owned(),
            external_id: Some("x".to_owned()),
            include_units: Vec::new(),
            exclude_units: Vec::new(),
            management_account,
        };
        Config { organization: Some(organization), ..Config::default() }
    }

    #[test]
    fn without_a_word_the_callers_own_account_is_read() {
        let own = AccountToRead { id: "111111111111".to_owned(), name: None, role: None, regions: Vec::new() };
        assert_eq!(resolve(&caller(), &Config::default(), None), (vec![own], vec![]));
    }

    #[test]
    fn a_listed_account_without_a_role_is_left_out_unless_it_is_the_callers_own() {
        let account = |id: &str| Account { id: id.to_owned(), ..Account::default() };
        let config = Config { accounts: vec![account("111111111111"), account("222222222222")], ..Config::default() };
        let own = AccountToRead { id: "111111111111".to_owned(), name: None, role: None, regions: Vec::new() };
        let reason = "no role is configured, and the caller is in account 111111111111";
        assert_eq!(resolve(&caller(), &config, None), (vec![own], vec![left_out("222222222222", reason, false)]));
    }

    #[test]
    fn members_are_read_by_the_role_and_the_management_account_as_configured() {
        let members = || {
            vec![
                member("111111111111", true, None),
                member("222222222222", false, None),
                member("333333333333", false, Some("suspended")),
            ]
        };
        let role = |id: &str| format!("arn:aws-us-gov:iam::{id}:role/audit/seaworthy");
        let second = target("222222222222", Some(&role("222222222222")));
        let suspended = left_out("333333333333", "the account is suspended", true);
        let run = |how| resolve(&caller(), &organization(how), Some(members()));
        assert_eq!(
            run(ManagementAccount::Collect),
            (vec![target("111111111111", None), second.clone()], vec![suspended.clone()])
        );
        assert_eq!(
            run(ManagementAccount::Role),
            (vec![target("111111111111", Some(&role("111111111111"))), second.clone()], vec![suspended.clone()])
        );
        let skipped = left_out("111111111111", "the management account is left out by the configuration", true);
        assert_eq!(run(ManagementAccount::Skip), (vec![second], vec![skipped, suspended]));
    }

    #[test]
    fn no_pass_without_evidence_an_account_in_a_state_that_nobody_foresaw_is_a_gap() {
        let state = |state: &str| {
            let config = organization(ManagementAccount::Skip);
            resolve(&caller(), &config, Some(vec![member("222222222222", false, Some(state))])).1
        };
        let said =
            |state: &str, on_purpose| vec![left_out("222222222222", &format!("the account is {state}"), on_purpose)];
        for known in ["closed", "pending activation", "pending closure", "suspended"] {
            assert_eq!(state(known), said(known, true));
        }
        for unknown in ["of unknown state", "restricted"] {
            assert_eq!(state(unknown), said(unknown, false));
        }
    }

    #[test]
    fn accounts_are_chosen_by_id_or_name() {
        let all = || vec![target("111111111111", None), target("222222222222", None)];
        let chosen = select(all(), vec![], &["name-222222222222".to_owned()]);
        assert_eq!(chosen, Ok((vec![target("222222222222", None)], vec![])));
        assert_eq!(
            select(all(), vec![], &["11111111111".to_owned()]).unwrap_err().to_string(),
            "no account of the configuration is called '11111111111' (did you mean '111111111111'?)"
        );
    }
}
