//! What an organization forbids its accounts.

use std::collections::BTreeSet;

use super::provider::TYPE;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::world::Parts;
use crate::model::{Fact, GuardRail, Resource, Shared};
use crate::providers::aws::documents::guard;

const POLICIES: &[&str] = &["aws_organizations_policy"];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_organizations_organization",
            kind: Some("aws.organizations.organization"),
            global_id: "arn",
            names: &["id"],
            facts: &[("guard_rail.accounts", "accounts.id")],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(organization),
    },
    Mapping {
        of: Type {
            name: "aws_organizations_policy",
            kind: Some("aws.organizations.policy"),
            global_id: "arn",
            names: &["name", "id"],
            facts: &[("guard_rail.form", "type"), ("guard_rail.regions", "content")],
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(policy),
    },
    Mapping {
        of: Type {
            name: "aws_organizations_policy_attachment",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["policy_id", "target_id"],
            ..TYPE
        },
        maps: Maps::Part(attachment, None),
    },
];

pub(super) const SERVICE: Service = Service { types: &[TYPES], parts: &[], finishers: &[], comparers: &[] };

fn organization(attrs: &Attrs<'_>, resource: &mut Resource) {
    let accounts = attrs.blocks("accounts").into_known();
    let ids = accounts.and_then(|accounts| {
        accounts.iter().map(|account| account.text("id").into_known()).collect::<Option<BTreeSet<_>>>()
    });
    resource.guard_rail = Some(Shared::from(GuardRail {
        form: "organization".into(),
        accounts: Fact::from_known(ids.map(|ids| ids.into_iter().collect())),
        regions: Fact::Absent,
    }));
}

fn policy(attrs: &Attrs<'_>, resource: &mut Resource) {
    let form = attrs.text_or("type", "SERVICE_CONTROL_POLICY").map(|word| word.to_lowercase().replace('_', "-"));
    let denies = matches!(form.text(), Some("service-control-policy" | "resource-control-policy"));
    let regions = match attrs.text("content") {
        _ if !denies && form.is_known() => Fact::Known(Vec::new()),
        // What it allows in some regions only matters by what is attached beside it, which code does not tell.
        Fact::Known(text) => {
            Fact::from_known(guard(&format!("policy '{}'", resource.name), &text).map(|guard| guard.denies))
        }
        _ => Fact::Unknown,
    };
    resource.guard_rail = Some(Shared::from(GuardRail { form, accounts: Fact::Known(Vec::new()), regions }));
    resource.mark_unknown("guard_rail.accounts", "it may be attached elsewhere, too");
}

/// What a policy is attached to. Accounts below units are not known from code.
fn attachment(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let policies = attrs.targets("policy_id", POLICIES).here();
    let account = attrs.text("target_id").into_known().filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
    for policy in &policies {
        let facts = resources[*policy].as_mut().and_then(|resource| resource.guard_rail.as_mut());
        if let Some((facts, account)) = facts.zip(account.as_ref())
            && let Fact::Known(accounts) = &mut facts.accounts
        {
            accounts.push(account.clone());
            accounts.sort_unstable();
            accounts.dedup();
        }
    }
    policies
}
