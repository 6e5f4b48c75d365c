//! Who may use a key, by its policy and by what was granted.

use aws_sdk_kms::Client;
use aws_sdk_kms::types::{GrantListEntry, GrantOperation, KeyListEntry};

use super::super::Trouble;
use super::super::read::{list, sorted};
use crate::model::{Access, AccessGrant, Fact};
use crate::providers::aws::documents::{OF_KEY, access_statements, is_given_to_account};
use crate::providers::aws::names::Arn;

/// The grants of a key whose policy does not give it to its account. Nothing: it does, and then they decide nothing.
pub(super) async fn grants(
    client: &Client,
    key: &KeyListEntry,
    policy: &Result<Option<String>, Trouble>,
) -> Result<Option<Vec<GrantListEntry>>, Trouble> {
    let arn = key.key_arn().unwrap_or_default();
    let Ok(Some(policy)) = policy else { return Ok(None) };
    if access_statements(policy, account(arn), OF_KEY)
        .known()
        .is_none_or(|statements| is_given_to_account(statements, arn))
    {
        return Ok(None);
    }
    let pages = client.list_grants().key_id(arn).into_paginator().items().send();
    list("kms:ListGrants", pages).await.whole().map(Some)
}

fn account(arn: &str) -> Option<&str> {
    Arn::parse(arn)?.known_account()
}

pub(super) fn access(
    arn: &str,
    policy: &Result<Option<String>, Trouble>,
    grants: &Result<Option<Vec<GrantListEntry>>, Trouble>,
) -> Access {
    let statements = match policy {
        Ok(Some(text)) => access_statements(text, account(arn), OF_KEY),
        _ => Fact::Unknown,
    };
    let grants = match grants {
        Ok(Some(grants)) => Fact::Known(grants.iter().filter_map(grant).collect()),
        _ => Fact::Unknown,
    };
    Access { statements, grants }
}

/// A grant, if it gives anything of what a restore needs.
fn grant(grant: &GrantListEntry) -> Option<AccessGrant> {
    let gives = |action: &&&str| {
        let operation = GrantOperation::from(action.trim_start_matches("kms:"));
        grant.operations().contains(&operation)
    };
    let actions = sorted(OF_KEY.iter().filter(gives).copied());
    (!actions.is_empty()).then(|| AccessGrant {
        grantee: Fact::from_known(grant.grantee_principal().map(str::to_owned)),
        actions: Fact::Known(actions),
        constrained: Fact::Known(grant.constraints().is_some()),
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_kms::types::GrantConstraints;
    use serde_json::json;

    use super::*;

    #[test]
    fn of_grants_what_a_restore_needs_is_kept() {
        let made = |operations: &[GrantOperation]| {
            let operations = Some(operations.to_vec());
            GrantListEntry::builder().grantee_principal("arn:aws:iam::1:role/r").set_operations(operations)
        };
        let both = made(&[GrantOperation::Encrypt, GrantOperation::DescribeKey, GrantOperation::Decrypt]);
        let held = made(&[GrantOperation::CreateGrant]).constraints(GrantConstraints::builder().build());
        let other = made(&[GrantOperation::Encrypt]);
        let grants = Ok(Some(vec![both.build(), held.build(), other.build()]));
        let grant = |actions: &[&str], constrained: bool| json!({"grantee": "arn:aws:iam::1:role/r", "actions": actions, "constrained": constrained});
        let expected = json!({"grants": [
            grant(&["kms:Decrypt", "kms:DescribeKey"], false), grant(&["kms:CreateGrant"], true),
        ]});
        assert_eq!(json!(access("", &Ok(None), &grants)), expected);
    }
}
