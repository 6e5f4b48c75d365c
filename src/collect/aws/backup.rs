//! AWS Backup: plans and what they select, vaults and what lies in them, and what copies and restores came of it.
//!
//! Each list has its own kinds. One that fails takes only these with it.

mod access;
mod common;
mod jobs;
mod plans;
mod restore_testing;
mod shares;
mod vaults;

use std::collections::HashMap;

use aws_sdk_backup::Client;
use aws_sdk_backup::primitives::DateTime;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client};
use crate::collect::actions;
use crate::model::{Fact, RESTORE_JOB_DAYS, Resource, Tags};
use common::{COPY_JOB, PLAN, RECOVERY_POINT, RESTORE_JOB, RESTORE_TESTING_PLAN, SETTINGS, VAULT};

/// The largest page that the lists of points and jobs give. There are many of them.
const PAGE: i32 = 1000;

/// How far back copy jobs are read, days. Each copy of each recovery point is one, and no policy looks at them: they
/// tell a reader of the inventory why the newest copy is missing.
const COPY_JOB_DAYS: u32 = 30;

pub(crate) struct Backup;

impl Collector for Backup {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec = Spec {
            service: "backup",
            locality: Locality::Regional,
            kinds: &[COPY_JOB, PLAN, RECOVERY_POINT, RESTORE_JOB, RESTORE_TESTING_PLAN, SETTINGS, VAULT],
            actions: actions::BACKUP,
        };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_backup);
            collect_plans(&client, cx, out).await?;
            collect_vaults(&client, cx, out).await?;
            collect_jobs(&client, cx, out).await
        }
        .boxed()
    }
}

async fn collect_plans(client: &Client, cx: &Context, out: &mut Sink) -> Result<(), Trouble> {
    let pages = client.list_backup_plans().into_paginator().items().send();
    let plans = out.listed(&[PLAN], list("backup:ListBackupPlans", pages).await)?;
    let read = together(plans.iter().map(|plan| plans::read(client, plan))).await;
    // Without a plan, too: a change may bring the first one.
    let switched_off = plans::switched_off(client).await;
    match &switched_off {
        Ok(types) => out.push(plans::settings(types, cx.place())),
        Err(trouble) => out.lost(&[SETTINGS], trouble.clone()),
    }
    let mut resources = Vec::new();
    for (plan, read) in plans.iter().zip(read) {
        resources.push(plans::normalize(plan, &read, &switched_off, cx.place()));
        out.gaps.extend(read.troubles());
    }
    tag(client, resources, out).await;
    let pages = client.list_restore_testing_plans().into_paginator().items().send();
    let listing = list("backup:ListRestoreTestingPlans", pages).await;
    let plans = out.listed(&[RESTORE_TESTING_PLAN], listing)?;
    let read = together(plans.iter().map(|plan| restore_testing::read(client, plan))).await;
    let mut resources = Vec::new();
    for (plan, read) in plans.iter().zip(read) {
        resources.push(restore_testing::normalize(plan, &read, cx.place()));
        out.gaps.extend(read.troubles());
    }
    tag(client, resources, out).await;
    Ok(())
}

async fn collect_vaults(client: &Client, cx: &Context, out: &mut Sink) -> Result<(), Trouble> {
    let pages = client.list_backup_vaults().into_paginator().items().send();
    let listing = list("backup:ListBackupVaults", pages).await;
    if let Some(trouble) = &listing.trouble {
        out.lost(&[RECOVERY_POINT], trouble.clone());
    }
    let vaults = out.listed(&[VAULT], listing)?;
    let points = together(vaults.iter().map(|vault| async {
        let name = vault.backup_vault_name().unwrap_or_default();
        let call = client.list_recovery_points_by_backup_vault().backup_vault_name(name);
        list("backup:ListRecoveryPointsByBackupVault", call.into_paginator().page_size(PAGE).items().send()).await
    }));
    for listing in points.await {
        for point in out.listed(&[RECOVERY_POINT], listing)? {
            out.push(vaults::recovery_point(&point, cx.place()));
        }
    }
    let policies = together(vaults.iter().map(|vault| access::policy(client, vault))).await;
    let described = together(vaults.iter().map(|vault| shares::describe(client, vault))).await;
    let shares = shares::shares(&client!(cx, aws_sdk_ram)).await;
    let mut resources = Vec::new();
    for ((vault, policy), described) in vaults.iter().zip(policies).zip(described) {
        let mut resource = vaults::vault(vault, cx.now, cx.place());
        access::note(&mut resource, policy, out);
        shares::note(&mut resource, described, &shares, out);
        resources.push(resource);
    }
    // Others cannot be shared, and nobody misses what is said of them.
    if resources.iter().any(|vault| vault.unknown.contains_key("vault.shared_with")) {
        out.gaps.extend(shares.err());
    }
    tag(client, resources, out).await;
    Ok(())
}

async fn collect_jobs(client: &Client, cx: &Context, out: &mut Sink) -> Result<(), Trouble> {
    let call = client.list_copy_jobs().by_created_after(days_ago(cx, COPY_JOB_DAYS));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    for job in out.listed(&[COPY_JOB], list("backup:ListCopyJobs", pages).await)? {
        out.push(jobs::copy(&job, cx.place()));
    }
    let call = client.list_restore_jobs().by_created_after(days_ago(cx, RESTORE_JOB_DAYS));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    let jobs = out.listed(&[RESTORE_JOB], list("backup:ListRestoreJobs", pages).await)?;
    // Older jobs name their recovery point only.
    let sources: HashMap<&str, &str> = out.resources.iter().filter_map(source).collect();
    let jobs: Vec<Resource> = jobs.iter().map(|job| jobs::restore(job, &sources, cx.place())).collect();
    out.resources.extend(jobs);
    Ok(())
}

fn days_ago(cx: &Context, days: u32) -> DateTime {
    DateTime::from_secs(cx.now.as_second() - i64::from(days) * 86_400)
}

/// A recovery point and what it is of.
fn source(resource: &Resource) -> Option<(&str, &str)> {
    Some((resource.id.as_str(), resource.recovery_point.as_ref()?.source.text()?))
}

/// Tags are read one resource at a time.
async fn tag(client: &Client, resources: Vec<Resource>, out: &mut Sink) {
    const ACTION: &str = "backup:ListTags";
    let answers = together(resources.iter().map(|resource| async {
        let mut pages = client.list_tags().resource_arn(&resource.id).into_paginator().send();
        let mut tags = Tags::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| Trouble::new(ACTION, &error))?;
            tags.extend(page.tags.into_iter().flatten());
        }
        Ok::<Tags, Trouble>(tags)
    }));
    let answers = answers.await;
    for (mut resource, answer) in resources.into_iter().zip(answers) {
        out.tag(&mut resource, answer.map(|tags| Fact::Known(tags.into())));
        out.push(resource);
    }
}
