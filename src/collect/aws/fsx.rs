//! FSx: file systems of its four types, and their backups. What they hold is never read.

use std::collections::BTreeMap;

use aws_sdk_fsx::types::{Backup as FsxBackup, FileSystem, FileSystemLifecycle, FileSystemType, LustreDeploymentType};
use futures::FutureExt as _;
use futures::future::BoxFuture;

use super::read::{Listing, list, moment, number, sorted};
use super::{Collector, Context, Locality, Sink, Spec, Trouble, client, replicas, values};
use crate::collect::{actions, stores};
use crate::model::{Encryption, Fact, Kind, Place, RecoveryPoint, Redundancy, Rel, Resource, Shared, Status};
use crate::providers::aws::names::region_of;

const FILE_SYSTEM: &str = "aws.fsx.filesystem";
const BACKUP: &str = "aws.fsx.backup";
const BACKUPS: &str = "fsx:DescribeBackups";
const TAKEN_AT: &str = "recovery_point.taken_at";

pub(crate) struct Fsx;

impl Collector for Fsx {
    fn spec(&self) -> &'static Spec {
        static SPEC: Spec =
            Spec { service: "fsx", locality: Locality::Regional, kinds: &[BACKUP, FILE_SYSTEM], actions: actions::FSX };
        &SPEC
    }

    fn collect<'a>(&'a self, cx: &'a Context, out: &'a mut Sink) -> BoxFuture<'a, Result<(), Trouble>> {
        async move {
            let client = client!(cx, aws_sdk_fsx);
            let pages = client.describe_file_systems().into_paginator().send();
            let listing =
                list("fsx:DescribeFileSystems", pages).await.each(|page| page.file_systems.unwrap_or_default());
            let systems = out.listed(&[FILE_SYSTEM], listing)?;
            for system in systems.iter().filter(|system| is_to_last(system)) {
                out.push(normalize(system, cx.place()));
            }
            let backups = out.listed(&[BACKUP], backups(cx).await)?;
            let originals = originals(cx, &backups).await;
            for backup in &backups {
                let (mut resource, trouble) = recovery_point(backup, &originals, cx.place());
                if let Some(trouble) = trouble {
                    out.gap(&mut resource, TAKEN_AT, trouble);
                }
                out.push(resource);
            }
            Ok(())
        }
        .boxed()
    }
}

async fn backups(cx: &Context) -> Listing<FsxBackup> {
    let pages = client!(cx, aws_sdk_fsx).describe_backups().into_paginator().send();
    list(BACKUPS, pages).await.each(|page| page.backups.unwrap_or_default())
}

/// By region, the backups that some here are copies of, or why they are not known.
type Originals = BTreeMap<String, Result<BTreeMap<String, FsxBackup>, Trouble>>;

async fn originals(cx: &Context, copies: &[FsxBackup]) -> Originals {
    let mut found = Originals::new();
    for region in sorted(copies.iter().filter_map(|copy| copy.source_backup_region())) {
        let all = backups(&cx.elsewhere(&region)).await.whole();
        let by_id = all.map(|all| all.into_iter().filter_map(|it| Some((it.backup_id.clone()?, it))).collect());
        found.insert(region, by_id);
    }
    found
}

/// The others are for what can be computed anew: nothing of them is kept twice, and nothing can back them up.
fn is_to_last(system: &FileSystem) -> bool {
    let lustre = system.lustre_configuration().and_then(|facts| facts.deployment_type());
    !matches!(lustre, Some(LustreDeploymentType::Scratch1 | LustreDeploymentType::Scratch2))
}

fn normalize(system: &FileSystem, place: Place) -> Resource {
    let id = system.file_system_id().unwrap_or_default();
    let called = system.tags().iter().find(|tag| tag.key() == Some("Name")).and_then(|tag| tag.value());
    let name = called.filter(|name| !name.is_empty()).unwrap_or(id);
    let mut resource = Resource::new(Kind::of(FILE_SYSTEM), system.resource_arn().unwrap_or(id), name, place);
    resource.tags = values::tags(system.tags().iter().map(|tag| (tag.key(), tag.value())));
    let state = system.lifecycle();
    let serves =
        |state: &FileSystemLifecycle| matches!(state, FileSystemLifecycle::Available | FileSystemLifecycle::Updating);
    resource.status = Some(Shared::from(Status {
        state: Fact::from_known(state.map(|state| state.as_str().to_lowercase())),
        healthy: Fact::from_known(state.map(serves)),
        created_at: moment(system.creation_time()),
    }));
    // All of them are encrypted at rest.
    let key = system.kms_key_id();
    resource.encryption =
        Some(Shared::from(Encryption { enabled: Fact::Known(true), key: Fact::from_read(key.map(str::to_owned)) }));
    resource.link(Rel::EncryptedBy, key);
    let (deployment, days) = deployment(system);
    resource.redundancy = Some(Shared::from(Redundancy {
        multi_zone: Fact::from_known(deployment.map(stores::spans_zones)),
        ..Redundancy::default()
    }));
    let retention = days.map_or(Fact::Unknown, |days| number(Some(days)));
    resource.backup = Some(Shared::from(stores::managed_file_system_backup(retention)));
    let subnets = sorted(system.subnet_ids().iter().map(String::as_str));
    subnets.iter().for_each(|subnet| resource.link(Rel::InSubnet, Some(subnet)));
    resource.replication = Some(Shared::from(replicas::gives(Vec::new(), Vec::new())));
    if system.file_system_type() == Some(&FileSystemType::Ontap) {
        stores::of_ontap(&mut resource);
    }
    resource
}

/// How it is deployed, and for how many days its automatic backups are kept. Each type says it in a place of its own.
fn deployment(system: &FileSystem) -> (Option<&str>, Option<i32>) {
    if let Some(facts) = system.windows_configuration() {
        return (facts.deployment_type().map(|it| it.as_str()), facts.automatic_backup_retention_days());
    }
    if let Some(facts) = system.lustre_configuration() {
        let days = facts.automatic_backup_retention_days();
        return (facts.deployment_type().map(|it| it.as_str()), days);
    }
    if let Some(facts) = system.ontap_configuration() {
        return (facts.deployment_type().map(|it| it.as_str()), facts.automatic_backup_retention_days());
    }
    let facts = system.open_zfs_configuration();
    let kind = facts.and_then(|facts| facts.deployment_type()).map(|it| it.as_str());
    (kind, facts.and_then(|facts| facts.automatic_backup_retention_days()))
}

fn recovery_point(backup: &FsxBackup, originals: &Originals, place: Place) -> (Resource, Option<Trouble>) {
    let id = backup.backup_id().unwrap_or_default();
    let own = place.region.text().unwrap_or_default().to_owned();
    let mut resource = Resource::new(Kind::of(BACKUP), backup.resource_arn().unwrap_or(id), id, place);
    resource.tags = values::tags(backup.tags().iter().map(|tag| (tag.key(), tag.value())));
    let state = backup.lifecycle().map(|state| state.as_str().to_lowercase());
    resource.status = Some(Shared::from(Status {
        healthy: Fact::from_known(state.as_deref().map(|state| state == "available")),
        state: Fact::from_known(state),
        created_at: moment(backup.creation_time()),
    }));
    let key = backup.kms_key_id();
    resource.encryption =
        Some(Shared::from(Encryption { enabled: Fact::Known(true), key: Fact::from_read(key.map(str::to_owned)) }));
    resource.link(Rel::EncryptedBy, key);
    // Of ONTAP a backup is one of a volume, not of the whole file system.
    let volume = backup.volume().and_then(|volume| volume.resource_arn());
    let source = volume.or_else(|| backup.file_system()?.resource_arn());
    resource.link(Rel::BackupOf, source);
    let region = backup.source_backup_region().or_else(|| region_of(source?)).unwrap_or(&own).to_owned();
    let mut trouble = None;
    // What was copied is as old as its original.
    let taken_at = match (backup.source_backup_id(), originals.get(&region)) {
        (None, _) => moment(backup.creation_time()),
        (Some(id), Some(Ok(found))) => match found.get(id) {
            Some(original) if original.source_backup_id().is_none() => moment(original.creation_time()),
            Some(_) => unclear(&mut resource, "it is a copy of a copy"),
            None => unclear(&mut resource, "it is a copy, and its original is not there any more"),
        },
        (Some(_), Some(Err(error))) => {
            trouble = Some(error.clone());
            Fact::Unknown
        }
        (Some(_), None) => unclear(&mut resource, "it is a copy, and nobody says from where"),
    };
    let method = match backup.r#type().map(|kind| kind.as_str()) {
        Some("AUTOMATIC") => Fact::Known("automated".to_owned()),
        Some("AWS_BACKUP") => Fact::Known("awsbackup".to_owned()),
        Some("USER_INITIATED") => Fact::Known("manual".to_owned()),
        other => Fact::from_known(other.map(str::to_lowercase)),
    };
    resource.recovery_point = Some(Shared::from(RecoveryPoint {
        source: Fact::from_known(source.map(str::to_owned)),
        source_region: Fact::Known(region),
        taken_at,
        vault: if method.text() == Some("awsbackup") { Fact::Unknown } else { Fact::Absent },
        method,
        // The answer says nothing of scans.
        infected: Fact::Absent,
        ..RecoveryPoint::default()
    }));
    (resource, trouble)
}

fn unclear<T>(resource: &mut Resource, reason: &str) -> Fact<T> {
    resource.mark_unknown(TAKEN_AT, reason);
    Fact::Unknown
}

#[cfg(test)]
mod tests {
    use aws_sdk_fsx::primitives::DateTime;
    use aws_sdk_fsx::types::{
        BackupLifecycle, BackupType, LustreFileSystemConfiguration, OntapDeploymentType, OntapFileSystemConfiguration,
        Tag, WindowsDeploymentType, WindowsFileSystemConfiguration,
    };
    use serde_json::{Value, json};

    use super::*;
    use crate::collect::aws::TroubleClass;

    const HERE: &str = "arn:aws:fsx:us-east-1:111122223333:file-system/fs-1";
    const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1";

    fn system() -> aws_sdk_fsx::types::builders::FileSystemBuilder {
        FileSystem::builder()
            .file_system_id("fs-1")
            .resource_arn(HERE)
            .lifecycle(FileSystemLifecycle::Available)
            .creation_time(DateTime::from_secs(1_700_000_000))
            .kms_key_id(KEY)
            .subnet_ids("subnet-2")
            .subnet_ids("subnet-1")
    }

    fn facts(system: &FileSystem) -> Value {
        serde_json::to_value(normalize(system, Place::new("111122223333", "us-east-1"))).unwrap()
    }

    #[test]
    fn a_file_system_of_windows_says_how_it_is_deployed_and_backed_up() {
        let windows = WindowsFileSystemConfiguration::builder()
            .deployment_type(WindowsDeploymentType::MultiAz1)
            .automatic_backup_retention_days(30)
            .build();
        let tag = Tag::builder().key("Name").value("shares").build();
        let shares = system().file_system_type(FileSystemType::Windows).windows_configuration(windows).tags(tag);
        assert_eq!(
            facts(&shares.build()),
            json!({
                "id": HERE, "kind": "aws.fsx.filesystem", "name": "shares",
                "place": {"account": "111122223333", "region": "us-east-1"}, "tags": {"Name": "shares"},
                "status": {"state": "available", "healthy": true, "created_at": "2023-11-14T22:13:20Z"},
                "backup": {
                    "enabled": true, "retention_days": 30, "point_in_time": false, "interval_minutes": 1440,
                },
                "replication": {"role": "none", "source": null, "replicas": [], "regions": [], "partial_regions": []},
                "redundancy": {"multi_zone": true},
                "encryption": {"enabled": true, "key": KEY},
                "links": [
                    {"rel": "encrypted-by", "to": KEY},
                    {"rel": "in-subnet", "to": "subnet-1"},
                    {"rel": "in-subnet", "to": "subnet-2"},
                ],
                "origin": {"source": ""},
            })
        );
    }

    #[test]
    fn what_snapmirror_does_is_not_told() {
        let ontap = OntapFileSystemConfiguration::builder()
            .deployment_type(OntapDeploymentType::from("SINGLE_AZ_3"))
            .automatic_backup_retention_days(0)
            .build();
        let found = facts(&system().file_system_type(FileSystemType::Ontap).ontap_configuration(ontap).build());
        assert_eq!(
            json!([found["redundancy"], found["backup"], found["replication"], found["unknown"]]),
            json!([
                {"multi_zone": false},
                {"retention_days": 0, "point_in_time": false, "interval_minutes": null},
                {"source": null, "partial_regions": []},
                {
                    "backup.enabled": stores::OF_VOLUMES,
                    "replication.regions": stores::SNAPMIRROR, "replication.replicas": stores::SNAPMIRROR,
                    "replication.role": stores::SNAPMIRROR,
                },
            ])
        );
    }

    #[test]
    fn scratch_is_not_made_to_last() {
        let lustre = |kind: LustreDeploymentType| {
            let facts = LustreFileSystemConfiguration::builder().deployment_type(kind).build();
            is_to_last(&system().lustre_configuration(facts).build())
        };
        assert_eq!(
            [LustreDeploymentType::Scratch1, LustreDeploymentType::Scratch2, LustreDeploymentType::Persistent2]
                .map(lustre),
            [false, false, true]
        );
        assert!(is_to_last(&system().build()));
    }

    fn backup(id: &str, seconds: i64) -> aws_sdk_fsx::types::builders::BackupBuilder {
        FsxBackup::builder()
            .backup_id(id)
            .resource_arn(format!("arn:aws:fsx:us-west-2:111122223333:backup/{id}"))
            .lifecycle(BackupLifecycle::Available)
            .r#type(BackupType::UserInitiated)
            .creation_time(DateTime::from_secs(seconds))
            .kms_key_id(KEY)
            .file_system(system().build())
    }

    #[test]
    fn a_copy_is_as_old_as_its_original() {
        let copy = backup("backup-9", 1_800_000_000).source_backup_id("backup-1").source_backup_region("us-east-1");
        let copy = copy.build();
        let point = |found: Result<Vec<FsxBackup>, Trouble>| {
            let by_id = found.map(|all| all.into_iter().filter_map(|it| Some((it.backup_id.clone()?, it))).collect());
            let originals = Originals::from([("us-east-1".to_owned(), by_id)]);
            let (resource, trouble) = recovery_point(&copy, &originals, Place::new("111122223333", "us-west-2"));
            json!([resource.recovery_point, resource.unknown, trouble.map(|trouble| trouble.to_string())])
        };
        let mut known = json!({
            "source": HERE, "source_region": "us-east-1", "taken_at": "2023-11-14T22:13:20Z", "vault": null,
            "method": "manual", "infected": null,
        });
        let original = backup("backup-1", 1_700_000_000).build();
        assert_eq!(point(Ok(vec![original])), json!([known, {}, null]));
        known.as_object_mut().unwrap().remove("taken_at");
        let gone = json!({TAKEN_AT: "it is a copy, and its original is not there any more"});
        assert_eq!(point(Ok(vec![])), json!([known, gone, null]));
        let denied = Trouble { action: BACKUPS, class: TroubleClass::Denied, reason: "no".to_owned() };
        assert_eq!(point(Err(denied)), json!([known, {}, "fsx:DescribeBackups denied: no"]));
    }
}
