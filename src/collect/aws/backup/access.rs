//! Who may use a vault, by its policy.

use aws_sdk_backup::Client;
use aws_sdk_backup::types::BackupVaultListMember;

use super::super::{Sink, Trouble, TroubleClass};
use crate::model::{Access, Fact, Resource, Shared};
use crate::providers::aws::documents::{OF_VAULT, access_statements};

/// The policy of a vault. Nothing: it has none.
pub(super) async fn policy(client: &Client, vault: &BackupVaultListMember) -> Result<Option<String>, Trouble> {
    const ACTION: &str = "backup:GetBackupVaultAccessPolicy";
    let name = vault.backup_vault_name().unwrap_or_default();
    match client.get_backup_vault_access_policy().backup_vault_name(name).send().await {
        Ok(answer) => answer.policy.map(Some).ok_or_else(|| Trouble::empty(ACTION)),
        Err(error) => match Trouble::new(ACTION, &error) {
            trouble if trouble.class == TroubleClass::NotFound => Ok(None),
            trouble => Err(trouble),
        },
    }
}

/// Says what the policy lets whom do, or why that is not known.
pub(super) fn note(vault: &mut Resource, policy: Result<Option<String>, Trouble>, out: &mut Sink) {
    let statements = match &policy {
        Ok(Some(text)) => access_statements(text, vault.account(), OF_VAULT),
        Ok(None) => Fact::Absent,
        Err(_) => Fact::Unknown,
    };
    vault.access = Some(Shared::from(Access { statements, grants: Fact::Absent }));
    if let Err(trouble) = policy {
        out.gap(vault, "access.statements", trouble);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::{Kind, Place};

    fn noted(policy: Result<Option<String>, Trouble>) -> (Value, usize) {
        let mut vault = Resource::new(Kind::of("aws.backup.vault"), "v", "v", Place::default());
        let mut sink = Sink::default();
        note(&mut vault, policy, &mut sink);
        (json!({"access": vault.access, "unknown": vault.unknown}), sink.gaps.len())
    }

    #[test]
    fn a_vault_without_a_policy_has_none_and_one_that_was_denied_may_have_any() {
        let policy = json!({"Statement": {"Sid": "Keep", "Effect": "Deny", "Principal": "*",
            "Action": ["backup:DeleteRecoveryPoint", "backup:StartRestoreJob"], "Resource": "*"}});
        let statement = json!({
            "name": "statement 'Keep'", "allow": false, "principals": ["*"], "other_principals": false,
            "actions": ["backup:StartRestoreJob"], "resources": ["*"], "other_resources": false, "conditions": [],
        });
        let known = json!({"access": {"statements": [statement], "grants": null}, "unknown": {}});
        assert_eq!(noted(Ok(Some(policy.to_string()))), (known, 0));
        assert_eq!(noted(Ok(None)), (json!({"access": {"statements": null, "grants": null}, "unknown": {}}), 0));
        let reason = "AccessDeniedException".to_owned();
        let denied = Trouble { action: "backup:GetBackupVaultAccessPolicy", class: TroubleClass::Denied, reason };
        let why = json!({"access.statements": denied.to_string()});
        assert_eq!(noted(Err(denied)), (json!({"access": {"grants": null}, "unknown": why}), 1));
    }
}
