//! What `seaworthy verify` asks AWS about: one thing at a time, as it is now. It describes and simulates, and reads no
//! secret's value. What the answers mean for a check is not decided here.

use aws_config::SdkConfig;
use aws_sdk_iam::types::{ContextEntry, ContextKeyTypeEnum};
use aws_sdk_rds::types::DbCluster;

use super::read::list;
use super::{Trouble, TroubleClass, accounts, connect, rds};
use crate::config::Config;

/// What could not be asked, or was not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotSeen {
    /// A sentence.
    pub why: String,
    /// AWS says that there is no such thing.
    pub is_missing: bool,
    /// Another try may be answered.
    pub again: bool,
}

impl From<Trouble> for NotSeen {
    fn from(trouble: Trouble) -> Self {
        let final_word = matches!(
            trouble.class,
            TroubleClass::Denied | TroubleClass::Credentials | TroubleClass::NotAvailable | TroubleClass::NotFound
        );
        let why = trouble.to_string().trim_end_matches('.').to_owned();
        Self { why, is_missing: trouble.class == TroubleClass::NotFound, again: !final_word }
    }
}

impl NotSeen {
    fn because(why: String) -> Self {
        Self { why, is_missing: false, again: false }
    }
}

/// A secret, and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecretSeen {
    /// It is scheduled for deletion.
    pub deleted: bool,
    /// The key that it is encrypted with. `None`: that of AWS for all secrets of the account.
    pub key: Option<String>,
    /// `Enabled`, or why the key could not be described.
    pub key_state: Option<Result<String, NotSeen>>,
}

/// What a simulation said of an action on a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Simulated {
    /// `s3:GetObject`.
    pub action: String,
    /// `*`, or an ARN.
    pub resource: String,
    /// `allowed`, `explicitDeny` or `implicitDeny`.
    pub decision: String,
    /// Keys that a policy asks for, and that a simulation does not know.
    pub missing: Vec<String>,
}

/// A database that should take writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WriterSeen {
    /// `available`.
    pub status: String,
    /// It answers in that status.
    pub works: bool,
    /// What it follows, or what takes the writes in its place.
    pub follows: Option<String>,
    /// Whether it takes writes. `None`: the API does not say.
    pub writes: Option<bool>,
}

/// Which database is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Database<'a> {
    Cluster(&'a str),
    Instance(&'a str),
    Global(&'a str),
}

/// The way to AWS.
#[derive(Clone, Debug)]
pub(crate) struct Probe<'c> {
    base: SdkConfig,
    config: &'c Config,
}

impl<'c> Probe<'c> {
    /// With the caller's credentials, and the roles of the configuration.
    pub(crate) async fn new(config: &'c Config) -> Self {
        Self { base: connect::base().await, config }
    }

    /// As whom an account is asked: by its role, where it has one. `None`: as the caller.
    async fn place(&self, account: Option<&str>, region: &str) -> Result<SdkConfig, NotSeen> {
        let Some(account) = account else { return Ok(connect::in_region(&self.base, region)) };
        let caller = accounts::caller(&self.base).await?;
        let members = accounts::members(&self.base, self.config).await?;
        let (targets, left_out) = accounts::resolve(&caller, self.config, members);
        if let Some(target) = targets.iter().find(|target| target.id == account) {
            return Ok(connect::in_region(&accounts::connect(&self.base, target).await?, region));
        }
        if caller.account == account {
            return Ok(connect::in_region(&self.base, region));
        }
        let why = left_out.into_iter().find(|out| out.id == account).map_or_else(
            || format!("no role is configured, and the caller is in account {}", caller.account),
            |out| out.reason,
        );
        Err(NotSeen::because(format!("account {account} cannot be asked: {why}")))
    }

    pub(crate) async fn secret(&self, account: Option<&str>, region: &str, id: &str) -> Result<SecretSeen, NotSeen> {
        let place = self.place(account, region).await?;
        let answer = aws_sdk_secretsmanager::Client::new(&place).describe_secret().secret_id(id).send().await;
        let secret = answer.map_err(|error| Trouble::new("secretsmanager:DescribeSecret", &error))?;
        let key = secret.kms_key_id.filter(|key| !key.is_empty());
        let key_state = match &key {
            Some(key) => Some(key_state(&place, key).await),
            None => None,
        };
        Ok(SecretSeen { deleted: secret.deleted_date.is_some(), key, key_state })
    }

    pub(crate) async fn simulate(
        &self,
        account: Option<&str>,
        region: &str,
        role: &str,
        actions: &[String],
        resources: &[String],
    ) -> Result<Vec<Simulated>, NotSeen> {
        let place = self.place(account, region).await?;
        let requested = ContextEntry::builder()
            .context_key_name("aws:RequestedRegion")
            .context_key_type(ContextKeyTypeEnum::String)
            .context_key_values(region)
            .build();
        let call = aws_sdk_iam::Client::new(&place)
            .simulate_principal_policy()
            .policy_source_arn(role)
            .set_action_names(Some(actions.to_vec()))
            .set_resource_arns(Some(resources.to_vec()).filter(|resources| !resources.is_empty()))
            .context_entries(requested);
        let listing = list("iam:SimulatePrincipalPolicy", call.into_paginator().items().send()).await;
        let simulated = listing.whole()?.into_iter().map(|one| Simulated {
            resource: one.eval_resource_name.unwrap_or_else(|| "*".to_owned()),
            decision: one.eval_decision.as_str().to_owned(),
            missing: one.missing_context_values.unwrap_or_default(),
            action: one.eval_action_name,
        });
        Ok(simulated.collect())
    }

    pub(crate) async fn writer(
        &self,
        account: Option<&str>,
        region: &str,
        database: Database<'_>,
    ) -> Result<WriterSeen, NotSeen> {
        let place = self.place(account, region).await?;
        let client = aws_sdk_rds::Client::new(&place);
        match database {
            Database::Cluster(name) => cluster(&client, name).await.map(|(seen, _)| seen),
            Database::Instance(name) => instance(&client, name).await,
            Database::Global(name) => global(&client, name, region).await,
        }
    }
}

async fn key_state(place: &SdkConfig, key: &str) -> Result<String, NotSeen> {
    let action = "kms:DescribeKey";
    let answer = aws_sdk_kms::Client::new(place).describe_key().key_id(key).send().await;
    let answer = answer.map_err(|error| Trouble::new(action, &error))?;
    let state = answer.key_metadata.and_then(|metadata| metadata.key_state);
    Ok(state.ok_or_else(|| Trouble::empty(action))?.as_str().to_owned())
}

/// A cluster, and which of its instances takes the writes.
async fn cluster(client: &aws_sdk_rds::Client, name: &str) -> Result<(WriterSeen, Option<String>), NotSeen> {
    let action = "rds:DescribeDBClusters";
    let answer = client.describe_db_clusters().db_cluster_identifier(name).send().await;
    let answer = answer.map_err(|error| Trouble::new(action, &error))?;
    let found = answer.db_clusters.unwrap_or_default().into_iter().next().ok_or_else(|| Trouble::empty(action))?;
    let instance = found.db_cluster_members().iter().find(|member| member.is_cluster_writer() == Some(true));
    let instance = instance.and_then(|member| member.db_instance_identifier().map(str::to_owned));
    let status = found.status().unwrap_or("of unknown status").to_owned();
    let follows = match found.replication_source_identifier().filter(|source| !source.is_empty()) {
        Some(source) => Some(source.to_owned()),
        None => writer_elsewhere(client, &found).await?,
    };
    let writes = Some(follows.is_none() && instance.is_some());
    Ok((WriterSeen { works: rds::healthy(&status), status, follows, writes }, instance))
}

/// The cluster that takes the writes of the global cluster of this one, where that is another.
async fn writer_elsewhere(client: &aws_sdk_rds::Client, own: &DbCluster) -> Result<Option<String>, NotSeen> {
    let pages = client.describe_global_clusters().into_paginator().items().send();
    let globals = list("rds:DescribeGlobalClusters", pages).await.whole()?;
    let members = globals.iter().map(|global| global.global_cluster_members());
    let is_own = |arn: Option<&str>| arn.is_some() && arn == own.db_cluster_arn();
    let Some(members) = members.into_iter().find(|all| all.iter().any(|it| is_own(it.db_cluster_arn()))) else {
        return Ok(None);
    };
    if members.iter().any(|member| is_own(member.db_cluster_arn()) && member.is_writer() == Some(true)) {
        return Ok(None);
    }
    let writer = members.iter().find(|member| member.is_writer() == Some(true));
    let writer = writer.and_then(|member| member.db_cluster_arn());
    Ok(Some(writer.unwrap_or("a global cluster that has no writer").to_owned()))
}

async fn instance(client: &aws_sdk_rds::Client, name: &str) -> Result<WriterSeen, NotSeen> {
    let action = "rds:DescribeDBInstances";
    let answer = client.describe_db_instances().db_instance_identifier(name).send().await;
    let answer = answer.map_err(|error| Trouble::new(action, &error))?;
    let found = answer.db_instances.unwrap_or_default().into_iter().next().ok_or_else(|| Trouble::empty(action))?;
    let status = found.db_instance_status().unwrap_or("of unknown status").to_owned();
    let source = found.read_replica_source_db_instance_identifier();
    let source = source.or(found.read_replica_source_db_cluster_identifier()).filter(|source| !source.is_empty());
    let mut seen = WriterSeen {
        works: rds::healthy(&status),
        status,
        follows: source.map(str::to_owned),
        writes: Some(source.is_none()),
    };
    if let Some(of) = found.db_cluster_identifier().filter(|of| !of.is_empty()) {
        let (whole, writer) = cluster(client, of).await?;
        let own = writer.as_deref() == Some(name);
        seen.follows = whole.follows.or(writer.filter(|_| !own));
        seen.writes = Some(whole.writes == Some(true) && own);
    }
    Ok(seen)
}

async fn global(client: &aws_sdk_rds::Client, name: &str, region: &str) -> Result<WriterSeen, NotSeen> {
    let action = "rds:DescribeGlobalClusters";
    let answer = client.describe_global_clusters().global_cluster_identifier(name).send().await;
    let answer = answer.map_err(|error| Trouble::new(action, &error))?;
    let found = answer.global_clusters.unwrap_or_default().into_iter().next().ok_or_else(|| Trouble::empty(action))?;
    let status = found.status().unwrap_or("of unknown status").to_owned();
    let writers = found.global_cluster_members().iter().filter(|member| member.is_writer() == Some(true));
    let writers: Vec<&str> = writers.filter_map(|member| member.db_cluster_arn()).collect();
    let is_here = |arn: &&&str| arn.split(':').nth(3) == Some(region);
    let here = writers.iter().any(|arn| is_here(&arn));
    let writer = writers.first().copied().map(str::to_owned);
    Ok(WriterSeen { works: rds::healthy(&status), status, writes: Some(here), follows: writer.filter(|_| !here) })
}
