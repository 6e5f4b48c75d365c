//! What an organization forbids its accounts in which regions. Only its management account, and accounts that it delegates
//! to, may ask.

mod common;
mod policies;

use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::PolicyType;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, TroubleClass, client};
use crate::collect::actions;
use common::{ORGANIZATION, POLICY};
use policies::{Above, Read};

/// Types of policies that deny calls, and what they are called here.
const TYPES: &[(PolicyType, &str)] = &[
    (PolicyType::ServiceControlPolicy, "service-control-policy"),
    (PolicyType::ResourceControlPolicy, "resource-control-policy"),
];

pub(crate) struct Organizations;

impl Collector for Organizations {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "organizations",
            locality: Locality::Global,
            kinds: &[ORGANIZATION, POLICY],
            actions: actions::ORGANIZATION_POLICIES,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_organizations);
            let answer = match client.describe_organization().send().await {
                Ok(answer) => answer,
                Err(error) => {
                    let trouble = Trouble::new("organizations:DescribeOrganization", &error);
                    // An account of none has nothing above it.
                    let alone = trouble.reason == "AWSOrganizationsNotInUseException";
                    return if alone { Ok(()) } else { Err(trouble) };
                }
            };
            let organization =
                answer.organization.ok_or_else(|| Trouble::empty("organizations:DescribeOrganization"))?;
            let management = organization.master_account_id().unwrap_or_default().to_owned();
            let mut read: Vec<Read> = Vec::new();
            for (of_type, form) in TYPES {
                let pages = client.list_policies().filter(of_type.clone()).into_paginator().send();
                let listing = list("organizations:ListPolicies", pages).await;
                if let Some(trouble) = listing.trouble.as_ref().filter(|trouble| is_expected(trouble, &management, cx))
                {
                    let reason =
                        format!("policies of the organization are read in its management account {management}");
                    return Err(Trouble { class: TroubleClass::NotAvailable, reason, ..trouble.clone() });
                }
                let found = out.listed(&[POLICY], listing)?;
                let found = found.into_iter().flat_map(|page| page.policies.unwrap_or_default());
                read.extend(together(found.map(|policy| policies::read(&client, policy, form))).await);
            }
            let accounts = accounts(&client, out).await;
            out.push(policies::organization(&organization, &accounts, cx));
            let mut above = Above::new(&client, &management, accounts);
            for resource in above.resources(read, cx, out).await {
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

/// Members of an organization may not ask what is above them, which is no fault of theirs.
fn is_expected(trouble: &Trouble, management: &str, cx: &Context) -> bool {
    trouble.class == TroubleClass::Denied && management != cx.account
}

/// Every account of the organization. None: they could not be listed.
async fn accounts(client: &Client, out: &mut Sink) -> Option<Vec<String>> {
    let pages = client.list_accounts().into_paginator().send();
    match list("organizations:ListAccounts", pages).await.whole() {
        Ok(pages) => {
            let accounts = pages.into_iter().flat_map(|page| page.accounts.unwrap_or_default());
            Some(accounts.filter_map(|account| account.id).collect())
        }
        Err(trouble) => {
            out.lost(&[ORGANIZATION], trouble);
            None
        }
    }
}
