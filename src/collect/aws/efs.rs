//! EFS: file systems, where they are replicated to, and whether they are backed up. What they hold is never read.

use aws_sdk_efs::Client;
use aws_sdk_efs::operation::describe_backup_policy::DescribeBackupPolicyError;
use aws_sdk_efs::types::{
    Destination, FileSystemDescription, LifeCycleState, ReplicationConfigurationDescription, ReplicationStatus,
    Status as BackupStatus,
};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{list, moment, together};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client, replicas, values};
use crate::collect::{actions, stores};
use crate::model::{Encryption, Fact, Kind, Place, Redundancy, Rel, Replication, Resource, Shared, Status, Timestamp};
use crate::providers::aws::names::Arn;

const FILE_SYSTEM: &str = "aws.efs.filesystem";

pub(crate) struct Efs;

impl Collector for Efs {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec =
            Spec { service: "efs", locality: Locality::Regional, kinds: &[FILE_SYSTEM], actions: actions::EFS };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_efs);
            let pages = client.describe_file_systems().into_paginator().items().send();
            let systems = out.listed(&[FILE_SYSTEM], list("elasticfilesystem:DescribeFileSystems", pages).await)?;
            if systems.is_empty() {
                return Ok(());
            }
            // One answer for the whole region, of sources and of destinations.
            let pages = client.describe_replication_configurations().into_paginator().items().send();
            let replications = list("elasticfilesystem:DescribeReplicationConfigurations", pages).await.whole();
            let policies = together(systems.iter().map(|system| is_backed_up(&client, system))).await;
            let doors = together(systems.iter().map(|system| mount_targets(&client, system))).await;
            for ((system, policy), doors) in systems.iter().zip(policies).zip(doors) {
                let mut resource = normalize(system, cx.place());
                match doors {
                    Ok(doors) => doors.iter().for_each(|(rel, to)| resource.link(*rel, Some(to))),
                    Err(trouble) => out.gap(&mut resource, "links", trouble),
                }
                match &replications {
                    Ok(all) => {
                        let facts = replication(system.file_system_id(), &cx.region, all, cx.now);
                        resource.link(Rel::ReplicaOf, facts.source.text());
                        resource.replication = Some(Shared::from(facts));
                    }
                    Err(trouble) => {
                        resource.replication = Some(Shared::default());
                        let paths = ["replication.regions", "replication.role", "replication.replicas"];
                        out.gap_at(&mut resource, &paths, trouble.clone());
                    }
                }
                let enabled = match policy {
                    Ok(enabled) => Fact::Known(enabled),
                    Err(trouble) => {
                        out.gap(&mut resource, "backup.enabled", trouble);
                        Fact::Unknown
                    }
                };
                resource.backup = Some(Shared::from(stores::file_system_backup(enabled)));
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

/// Whether the automatic backups of EFS are on.
async fn is_backed_up(client: &Client, system: &FileSystemDescription) -> Result<bool, Trouble> {
    match client.describe_backup_policy().file_system_id(system.file_system_id()).send().await {
        Ok(answer) => {
            let status = answer.backup_policy().map(|policy| policy.status());
            Ok(matches!(status, Some(BackupStatus::Enabled | BackupStatus::Enabling)))
        }
        // Nobody ever chose. A file system that is gone has an error of its own.
        Err(error) if error.as_service_error().is_some_and(DescribeBackupPolicyError::is_policy_not_found) => Ok(false),
        Err(error) => Err(Trouble::new("elasticfilesystem:DescribeBackupPolicy", &error)),
    }
}

/// The subnets that it can be mounted in, and the security groups that filter that.
async fn mount_targets(client: &Client, system: &FileSystemDescription) -> Result<Vec<(Rel, String)>, Trouble> {
    if system.number_of_mount_targets() == 0 {
        return Ok(Vec::new());
    }
    let pages = client.describe_mount_targets().file_system_id(system.file_system_id()).into_paginator().items().send();
    let targets = list("elasticfilesystem:DescribeMountTargets", pages).await.whole()?;
    let mut links = Vec::new();
    for target in targets {
        let answer =
            client.describe_mount_target_security_groups().mount_target_id(target.mount_target_id()).send().await;
        let answer =
            answer.map_err(|error| Trouble::new("elasticfilesystem:DescribeMountTargetSecurityGroups", &error))?;
        links.push((Rel::InSubnet, target.subnet_id().to_owned()));
        links.extend(answer.security_groups.into_iter().map(|group| (Rel::FilteredBy, group)));
    }
    Ok(links)
}

fn normalize(system: &FileSystemDescription, place: Place) -> Resource {
    let id = system.file_system_id();
    let name = system.name().filter(|name| !name.is_empty()).unwrap_or(id);
    let mut resource = Resource::new(Kind::of(FILE_SYSTEM), system.file_system_arn().unwrap_or(id), name, place);
    resource.tags = values::tags(system.tags().iter().map(|tag| (Some(tag.key()), Some(tag.value()))));
    let state = system.life_cycle_state();
    resource.status = Some(Shared::from(Status {
        state: state.as_str().to_lowercase().into(),
        healthy: Fact::Known(matches!(state, LifeCycleState::Available | LifeCycleState::Updating)),
        created_at: moment(Some(system.creation_time())),
    }));
    let key = system.kms_key_id();
    resource.encryption = Some(Shared::from(Encryption {
        enabled: Fact::from_known(system.encrypted()),
        key: Fact::from_read(key.map(str::to_owned)),
    }));
    resource.link(Rel::EncryptedBy, key);
    let zone = system.availability_zone_name();
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: Fact::Known(zone.is_none()),
        zones: Fact::from_known(zone.map(|zone| vec![zone.to_owned()])),
        zone_ids: Fact::from_known(system.availability_zone_id().map(|zone| vec![zone.to_owned()])),
        ..Redundancy::default()
    }));
    resource
}

/// The part that a file system plays in the replications of its region.
fn replication(id: &str, region: &str, all: &[ReplicationConfigurationDescription], now: Timestamp) -> Replication {
    let of_source = |it: &&ReplicationConfigurationDescription| {
        it.source_file_system_id() == id && it.source_file_system_region() == region
    };
    let into = |destination: &&Destination| destination.file_system_id() == id && destination.region() == region;
    if let Some(own) = all.iter().find(of_source) {
        return as_source(own);
    }
    let found = all.iter().find_map(|it| Some((it, it.destinations().iter().find(into)?)));
    match found {
        Some((own, destination)) => as_destination(own, destination, now),
        None => replicas::gives(Vec::new(), Vec::new()),
    }
}

fn as_source(own: &ReplicationConfigurationDescription) -> Replication {
    // One that is being taken away is none any more.
    let kept = || own.destinations().iter().filter(|it| *it.status() != ReplicationStatus::Deleting);
    let (mut replicas, mut regions): (Vec<String>, Vec<String>) =
        kept().map(|it| (arn(own, it), it.region().to_owned())).unzip();
    replicas.sort_unstable();
    regions.sort_unstable();
    let broken = kept().filter(|it| !follows(it)).map(|it| it.region().to_owned());
    Replication { broken_regions: Fact::Known(broken.collect()), ..replicas::gives(replicas, regions) }
}

fn as_destination(own: &ReplicationConfigurationDescription, destination: &Destination, now: Timestamp) -> Replication {
    // Whatever was written until then is there.
    let lag = match moment(destination.last_replicated_timestamp()) {
        Fact::Known(last) => Fact::Known(now.duration_since(last).as_secs_f64().max(0.0)),
        _ => Fact::Unknown,
    };
    Replication {
        role: "replica".into(),
        source: own.source_file_system_arn().into(),
        cross_region: Fact::Known(own.source_file_system_region() != destination.region()),
        replicas: Fact::Known(Vec::new()),
        regions: Fact::Known(Vec::new()),
        partial_regions: Fact::Known(Vec::new()),
        status: destination.status().as_str().to_lowercase().into(),
        healthy: Fact::Known(follows(destination)),
        lag_seconds: lag,
        ..Replication::default()
    }
}

fn follows(destination: &Destination) -> bool {
    *destination.status() == ReplicationStatus::Enabled
}

/// The answer names the destination by its id alone.
fn arn(own: &ReplicationConfigurationDescription, destination: &Destination) -> String {
    let source = Arn::parse(own.source_file_system_arn());
    let partition = source.map_or("aws", |arn| arn.partition);
    let owner = destination.owner_id().or(source.map(|arn| arn.account)).unwrap_or_default();
    let (region, id) = (destination.region(), destination.file_system_id());
    format!("arn:{partition}:elasticfilesystem:{region}:{owner}:file-system/{id}")
}

#[cfg(test)]
mod tests {
    use aws_sdk_efs::primitives::DateTime;
    use aws_sdk_efs::types::{FileSystemSize, PerformanceMode, Tag};
    use serde_json::{Value, json};

    use super::*;

    const HERE: &str = "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-1";
    const THERE: &str = "arn:aws:elasticfilesystem:us-west-2:111122223333:file-system/fs-2";

    fn system(id: &str) -> aws_sdk_efs::types::builders::FileSystemDescriptionBuilder {
        FileSystemDescription::builder()
            .file_system_id(id)
            .file_system_arn(HERE.replace("fs-1", id))
            .creation_token(id)
            .owner_id("111122223333")
            .creation_time(DateTime::from_secs(1_700_000_000))
            .life_cycle_state(LifeCycleState::Available)
            .number_of_mount_targets(2)
            .performance_mode(PerformanceMode::GeneralPurpose)
            .size_in_bytes(FileSystemSize::builder().value(1).build())
            .set_tags(Some(Vec::new()))
    }

    fn pair(status: ReplicationStatus) -> ReplicationConfigurationDescription {
        let destination = Destination::builder()
            .file_system_id("fs-2")
            .region("us-west-2")
            .status(status)
            .last_replicated_timestamp(DateTime::from_secs(1_700_000_000))
            .build()
            .unwrap();
        ReplicationConfigurationDescription::builder()
            .source_file_system_id("fs-1")
            .source_file_system_region("us-east-1")
            .source_file_system_arn(HERE)
            .original_source_file_system_arn(HERE)
            .creation_time(DateTime::from_secs(1_700_000_000))
            .destinations(destination)
            .build()
            .unwrap()
    }

    fn part(id: &str, region: &str, all: &[ReplicationConfigurationDescription]) -> Value {
        let now = "2023-11-14T22:23:20Z".parse().unwrap();
        serde_json::to_value(replication(id, region, all, now)).unwrap()
    }

    #[test]
    fn a_file_system_is_called_by_its_tag_or_its_id() {
        let key = "arn:aws:kms:us-east-1:111122223333:key/1";
        let zonal = system("fs-1")
            .name("shared")
            .encrypted(true)
            .kms_key_id(key)
            .availability_zone_name("us-east-1a")
            .availability_zone_id("use1-az1")
            .tags(Tag::builder().key("Name").value("shared").build().unwrap())
            .build()
            .unwrap();
        let place = || Place::new("111122223333", "us-east-1");
        assert_eq!(
            serde_json::to_value(normalize(&zonal, place())).unwrap(),
            json!({
                "id": HERE, "kind": "aws.efs.filesystem", "name": "shared",
                "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"Name": "shared"},
                "status": {"state": "available", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
                "redundancy": {"multi_zone": false, "zones": ["us-east-1a"], "zone_ids": ["use1-az1"]},
                "encryption": {"enabled": true, "key": key},
                "links": [{"rel": "encrypted-by", "to": key}],
                "origin": {"source": ""},
            })
        );
        let failed = system("fs-3").encrypted(false).life_cycle_state(LifeCycleState::Error).build().unwrap();
        assert_eq!(
            serde_json::to_value(normalize(&failed, place())).unwrap(),
            json!({
                "id": HERE.replace("fs-1", "fs-3"), "kind": "aws.efs.filesystem", "name": "fs-3",
                "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {},
                "status": {"state": "error", "healthy": false, "created_at": "2023-11-14T22:13:20Z"},
                "redundancy": {"multi_zone": true},
                "encryption": {"enabled": false, "key": null},
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn both_ends_of_a_replication_know_their_part() {
        let running = [pair(ReplicationStatus::Enabled)];
        assert_eq!(
            part("fs-1", "us-east-1", &running),
            json!({
                "role": "primary", "source": null, "replicas": [THERE], "regions": ["us-west-2"],
                "partial_regions": [], "broken_regions": [],
            })
        );
        assert_eq!(
            part("fs-2", "us-west-2", &running),
            json!({
                "role": "replica", "source": HERE, "cross_region": true, "replicas": [], "regions": [],
                "partial_regions": [], "status": "enabled", "healthy": true, "lag_seconds": 600.0,
            })
        );
        assert_eq!(
            part("fs-3", "us-west-2", &running),
            json!({"role": "none", "source": null, "replicas": [], "regions": [], "partial_regions": []})
        );
    }

    #[test]
    fn one_that_stands_still_is_broken_and_one_that_is_taken_away_is_none() {
        let paused = [pair(ReplicationStatus::Paused)];
        assert_eq!(part("fs-1", "us-east-1", &paused)["broken_regions"], json!(["us-west-2"]));
        let there = part("fs-2", "us-west-2", &paused);
        assert_eq!([&there["status"], &there["healthy"]], [&json!("paused"), &json!(false)]);
        let going = part("fs-1", "us-east-1", &[pair(ReplicationStatus::Deleting)]);
        assert_eq!([&going["role"], &going["replicas"], &going["regions"]], [&json!("none"), &json!([]), &json!([])]);
    }
}
