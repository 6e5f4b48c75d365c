//! Who else gets at a logically air-gapped vault: by a resource share, or by a team that approves it.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_backup::Client;
use aws_sdk_backup::operation::describe_backup_vault::DescribeBackupVaultOutput;
use aws_sdk_backup::types::BackupVaultListMember;
use aws_sdk_ram::types::{Resource as Shareable, ResourceOwner, ResourceShareAssociation};
use aws_sdk_ram::types::{ResourceShareAssociationStatus, ResourceShareAssociationType};

use super::super::read::{list, sorted};
use super::super::{Sink, Trouble};
use crate::model::{Fact, Resource};

const VAULTS: &str = "backup:BackupVault";

/// By vault, whom it is shared with.
pub(super) type Shares = BTreeMap<String, Vec<String>>;

/// What the account shares of its vaults.
pub(super) async fn shares(client: &aws_sdk_ram::Client) -> Result<Shares, Trouble> {
    let call = client.list_resources().resource_owner(ResourceOwner::SelfValue).resource_type(VAULTS);
    let pages = list("ram:ListResources", call.into_paginator().send()).await.whole()?;
    let vaults: Vec<Shareable> = pages.into_iter().filter_map(|page| page.resources).flatten().collect();
    let of: BTreeSet<&str> = vaults.iter().filter_map(Shareable::resource_share_arn).collect();
    if of.is_empty() {
        return Ok(Shares::new());
    }
    let mut call = client.get_resource_share_associations().association_type(ResourceShareAssociationType::Principal);
    for share in of {
        call = call.resource_share_arns(share);
    }
    let pages = list("ram:GetResourceShareAssociations", call.into_paginator().send()).await.whole()?;
    let principals: Vec<_> = pages.into_iter().filter_map(|page| page.resource_share_associations).flatten().collect();
    Ok(by_vault(&vaults, &principals))
}

fn by_vault(vaults: &[Shareable], principals: &[ResourceShareAssociation]) -> Shares {
    let mut shares = Shares::new();
    for vault in vaults {
        let of = |one: &&ResourceShareAssociation| {
            one.resource_share_arn() == vault.resource_share_arn()
                && one.status() == Some(&ResourceShareAssociationStatus::Associated)
        };
        let with = principals.iter().filter(of).filter_map(|one| one.associated_entity().map(str::to_owned));
        shares.entry(vault.arn().unwrap_or_default().to_owned()).or_default().extend(with);
    }
    shares.into_iter().map(|(vault, with)| (vault, sorted(with))).collect()
}

pub(super) async fn describe(
    client: &Client,
    vault: &BackupVaultListMember,
) -> Result<DescribeBackupVaultOutput, Trouble> {
    let name = vault.backup_vault_name().unwrap_or_default();
    let answer = client.describe_backup_vault().backup_vault_name(name).send().await;
    answer.map_err(|error| Trouble::new("backup:DescribeBackupVault", &error))
}

/// Says who else gets at a vault, or why that is not known. Vaults that are not air-gapped cannot be shared.
pub(super) fn note(
    vault: &mut Resource,
    described: Result<DescribeBackupVaultOutput, Trouble>,
    shares: &Result<Shares, Trouble>,
    out: &mut Sink,
) {
    let mut facts = vault.vault.take().unwrap_or_default();
    match described {
        Ok(told) => {
            facts.approval_team = Fact::from_read(told.mpa_approval_team_arn().map(str::to_owned));
            facts.source_vault = Fact::from_read(told.source_backup_vault_arn().map(str::to_owned));
        }
        Err(trouble) => {
            vault.mark_unknown("vault.source_vault", trouble.to_string());
            out.gap(vault, "vault.approval_team", trouble);
        }
    }
    match (facts.air_gapped, shares) {
        (Fact::Known(false), _) => facts.shared_with = Fact::Absent,
        (_, Ok(shares)) => facts.shared_with = Fact::Known(shares.get(&vault.id).cloned().unwrap_or_default()),
        (_, Err(trouble)) => vault.mark_unknown("vault.shared_with", trouble.to_string()),
    }
    vault.vault = Some(facts);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::collect::aws::TroubleClass;
    use crate::model::{Kind, Place, Shared, Vault};

    const VAULT: &str = "arn:aws:backup:us-west-2:111122223333:backup-vault:gap";

    #[test]
    fn a_vault_is_shared_with_whom_its_shares_are_for_and_nobody_else() {
        let resource = |arn: &str, share: &str| Shareable::builder().arn(arn).resource_share_arn(share).build();
        let principal = |share: &str, to: &str, status: ResourceShareAssociationStatus| {
            let one = ResourceShareAssociation::builder().resource_share_arn(share).associated_entity(to);
            one.status(status).build()
        };
        let on = || ResourceShareAssociationStatus::Associated;
        let principals = [
            principal("a", "444455556666", on()),
            principal("b", "777788889999", on()),
            principal("a", "222233334444", ResourceShareAssociationStatus::Failed),
            principal("c", "000011112222", on()),
        ];
        let vaults = [resource(VAULT, "a"), resource(VAULT, "b"), resource("other", "d")];
        let expected: Shares = [
            ("other".to_owned(), Vec::new()),
            (VAULT.to_owned(), vec!["444455556666".to_owned(), "777788889999".to_owned()]),
        ]
        .into();
        assert_eq!(by_vault(&vaults, &principals), expected);
    }

    fn noted(
        air_gapped: bool,
        described: Result<DescribeBackupVaultOutput, Trouble>,
        shares: &Result<Shares, Trouble>,
    ) -> (Value, usize) {
        let mut vault = Resource::new(Kind::of("aws.backup.vault"), VAULT, "gap", Place::default());
        vault.vault = Some(Shared::from(Vault { air_gapped: Fact::Known(air_gapped), ..Vault::default() }));
        let mut sink = Sink::default();
        note(&mut vault, described, shares, &mut sink);
        (json!({"vault": vault.vault, "unknown": vault.unknown}), sink.gaps.len())
    }

    #[test]
    fn what_was_denied_is_not_known() {
        let told = || Ok(DescribeBackupVaultOutput::builder().mpa_approval_team_arn("team").build());
        let with: Shares = [(VAULT.to_owned(), vec!["444455556666".to_owned()])].into();
        let facts = |shared: Value, air_gapped: bool| {
            json!({"vault": {"air_gapped": air_gapped, "approval_team": "team", "source_vault": null, "shared_with": shared},
                "unknown": {}})
        };
        assert_eq!(noted(true, told(), &Ok(with)), (facts(json!(["444455556666"]), true), 0));
        assert_eq!(noted(true, told(), &Ok(Shares::new())), (facts(json!([]), true), 0));
        assert_eq!(noted(false, told(), &Ok(Shares::new())), (facts(Value::Null, false), 0));
        let denied = |action| Trouble { action, class: TroubleClass::Denied, reason: "AccessDenied".to_owned() };
        let expected = json!({
            "vault": {"air_gapped": true},
            "unknown": {
                "vault.approval_team": "backup:DescribeBackupVault denied: AccessDenied",
                "vault.source_vault": "backup:DescribeBackupVault denied: AccessDenied",
                "vault.shared_with": "ram:ListResources denied: AccessDenied",
            },
        });
        let found = noted(true, Err(denied("backup:DescribeBackupVault")), &Err(denied("ram:ListResources")));
        assert_eq!(found, (expected, 1));
    }
}
