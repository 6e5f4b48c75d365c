//! The facets: what recovery asks of every service, in one vocabulary without a provider's word in it.
//!
//! A facet that a kind does not have is left out. A fact in it that is not filled is unknown.

use super::fact::{Fact, facts};
use super::{Shared, Tags, Timestamp};

facts! {
    /// Whether the resource itself is in order.
    Status {
        /// The provider's own word, lower-case: `available`, `enabled`, `pendingdeletion`.
        /// RDS `DBInstanceStatus`, ElastiCache and EKS `Status`, KMS `KeyState`. Never known from a plan.
        state: String,
        /// The state lets recovery use the resource now.
        healthy: bool,
        /// When it was created. RDS `InstanceCreateTime`, Backup `CreationDate`.
        created_at: Timestamp,
    }

    /// How the data of the resource is backed up, where it is.
    Backup {
        /// Automatic backups are taken. RDS: retention above 0. ElastiCache: `SnapshotRetentionLimit` above 0.
        /// DynamoDB: point-in-time recovery. Absent where the kind cannot be backed up (Memcached).
        enabled: bool,
        /// How long automatic backups are kept, days. RDS `BackupRetentionPeriod`, `backup_retention_period`;
        /// ElastiCache `SnapshotRetentionLimit`, `snapshot_retention_limit`. 0 is off.
        retention_days: u32,
        /// Any moment within the retention can be restored. RDS: with automatic backups. DynamoDB: PITR.
        point_in_time: bool,
        /// Regions whose replica has no point-in-time recovery: each has a switch of its own. DynamoDB
        /// `replica.point_in_time_recovery`.
        replicas_without_point_in_time: Vec<String>,
        /// Minutes between two automatic backups, at worst.
        interval_minutes: u64,
        /// The newest moment that can be restored. RDS `LatestRestorableTime`.
        latest_recovery_point: Timestamp,
        /// Old versions of objects are kept. S3 `Versioning.Status`, `versioning_configuration.status`.
        versioned: bool,
        /// Deleting the resource deletes its automatic backups too. `delete_automated_backups`; known from code only.
        deleted_with_resource: bool,
    }

    /// Which copies of the live data are kept in step, and which part the resource plays in it.
    Replication {
        /// `primary`, `replica`, or `none` (takes part in no replication).
        role: String,
        /// Id (ARN) of what it is a replica of. RDS `ReadReplicaSourceDBInstanceIdentifier`, `replicate_source_db`.
        source: String,
        /// The source is in another region.
        cross_region: bool,
        /// Ids (ARNs) of its replicas as the provider lists them. RDS `ReadReplicaDBInstanceIdentifiers`.
        replicas: Vec<String>,
        /// Regions in which the provider keeps a copy by itself. DynamoDB `Replicas`, secret `ReplicationStatus`,
        /// S3 replication rules' destinations where the region is known.
        regions: Vec<String>,
        /// Regions in which the provider keeps a copy of a part by itself. S3 replication rules with a prefix or
        /// a filter, or that leave out what is encrypted with a key of KMS.
        partial_regions: Vec<String>,
        /// Id (ARN) of the global cluster or global datastore that it is a member of.
        global: String,
        /// The provider's own word. RDS `StatusInfos[read replication].Status`, Aurora `SynchronizationStatus`.
        status: String,
        /// The replica follows its source. RDS `StatusInfos.Normal`; Aurora `connected`.
        healthy: bool,
        /// How far it is behind, seconds, as measured. Unknown where replication is broken.
        lag_seconds: f64,
    }

    /// Whether the loss of one zone or one instance is survived without recovery.
    Redundancy {
        /// Availability zones of the instances (not of the storage), sorted, each once.
        zones: Vec<String>,
        /// Zone ids, comparable between accounts. EC2 `AvailabilityZoneId`.
        zone_ids: Vec<String>,
        /// Instances, nodes or members there are. Aurora `DBClusterMembers`.
        instances: u32,
        /// It stands in more than one zone. RDS `MultiAZ`, `multi_az`; ElastiCache `MultiAZ`, `multi_az_enabled`;
        /// Auto Scaling and EKS: zones of the subnets.
        multi_zone: bool,
        /// A standby takes over by itself. ElastiCache `AutomaticFailover`, `automatic_failover_enabled`, and a second node
        /// in each shard; RDS: Multi-AZ.
        automatic_failover: bool,
    }

    /// How it is encrypted.
    Encryption {
        /// Encrypted at rest. RDS `StorageEncrypted`, `storage_encrypted`; also where `StorageEncryptionType` is `sse-rds`,
        /// though the flag is false then. EKS: of its secrets, always from 1.28 on.
        enabled: bool,
        /// Id (ARN) of the key. RDS and others `KmsKeyId`, `kms_key_id`. Absent: no key of KMS is involved.
        key: String,
    }

    /// What keeps it from being deleted by mistake.
    Protection {
        /// RDS and others `DeletionProtection`, `deletion_protection`.
        deletion_protection: bool,
        /// A final snapshot is taken when it is deleted. Not `skip_final_snapshot`; known from code only.
        final_snapshot: bool,
        /// Deleting it destroys its contents without asking. S3, backup vault: `force_destroy`; known from code only.
        force_destroy: bool,
        /// Days between the order to delete and the deletion. Secret `recovery_window_in_days`, key
        /// `deletion_window_in_days`; known from code only.
        recovery_window_days: u32,
        /// Its contents cannot be deleted before their time. Backup vault `Locked`, S3 object lock.
        locked: bool,
        /// `compliance`: nobody can take the lock off. `governance`: whoever has the right to can, as long as there is no
        /// `LockDate` or it lies ahead. Backup vault `LockDate`, `changeable_for_days`; an air-gapped vault is always
        /// `compliance`. Absent: it is not locked.
        lock_mode: String,
        /// Least retention that the lock enforces, days. Backup vault `MinRetentionDays`.
        lock_min_days: u32,
        /// Greatest retention that the lock allows, days. Backup vault `MaxRetentionDays`.
        lock_max_days: u32,
    }

    /// How much it may grow to.
    Capacity {
        /// Auto Scaling `MinSize`, `min_size`; EKS `scalingConfig.minSize`.
        min: u32,
        /// Auto Scaling `DesiredCapacity`, `desired_capacity`.
        desired: u32,
        /// Auto Scaling `MaxSize`, `max_size`.
        max: u32,
        /// Instance types, sorted. RDS `DBInstanceClass`, ElastiCache `CacheNodeType`, EKS `instanceTypes`.
        types: Vec<String>,
        /// Processes that are switched off, sorted. Auto Scaling `SuspendedProcesses`.
        suspended: Vec<String>,
    }

    /// A database, a cache or a member of one: what the engine is.
    Database {
        /// Lower-case: `postgres`, `aurora-mysql`, `redis`, `memcached`. `Engine`, `engine`.
        engine: String,
        /// `EngineVersion`, `engine_version`.
        engine_version: String,
        /// It is a member of a cluster, which is the unit of recovery. `DBClusterIdentifier`, `cluster_identifier`,
        /// ElastiCache `ReplicationGroupId`. Absent: it stands alone. In parentheses: why it is not known of which.
        cluster: String,
        /// For a cluster of the RDS API: `aurora` (shared storage) or `multi-az` (three instances, own storage).
        topology: String,
        /// `provisioned`, `serverless`, `global`. `EngineMode`, `engine_mode`.
        mode: String,
        /// The subnet group. `DBSubnetGroup.DBSubnetGroupName`, `CacheSubnetGroupName`.
        subnet_group: String,
        /// Host names under which it is reached. `Endpoint.Address`.
        endpoints: Vec<String>,
        /// The password is kept by RDS in Secrets Manager, in this region only. `MasterUserSecret`.
        managed_secret: bool,
        /// How a cache keeps what is written to it beyond its nodes: `sync`, `async` or `disabled`. ElastiCache
        /// `EffectiveDurability`; the Terraform provider (6.47) has no attribute for it. Absent: its engine keeps nothing.
        durability: String,
    }

    /// A global cluster or a global datastore.
    Global {
        /// What it consists of. RDS `GlobalClusterMembers`, ElastiCache `Members`.
        members: Vec<GlobalMember>,
    }

    /// A member of a global cluster or datastore.
    GlobalMember {
        /// ARN of the cluster or id of the replication group.
        id: String,
        /// Where it is.
        region: String,
        /// It takes the writes. RDS `IsWriter`, ElastiCache `Role` PRIMARY.
        writer: bool,
        /// RDS `SynchronizationStatus`, ElastiCache `Status`, lower-case.
        status: String,
    }

    /// A key of a key service.
    Key {
        /// `customer` or `provider`. KMS `KeyManager`.
        manager: String,
        /// Names without `alias/`, sorted. KMS `ListAliases`, `aws_kms_alias`.
        aliases: Vec<String>,
        /// It has the same material in several regions. KMS `MultiRegion`, `multi_region`.
        multi_region: bool,
        /// Key id (ARN) of the primary, if it is a replica. KMS `MultiRegionConfiguration.PrimaryKey`, `primary_key_arn`.
        primary: String,
        /// Key ids (ARNs) of its replicas. KMS `MultiRegionConfiguration.ReplicaKeys`.
        replicas: Vec<String>,
        /// Where its material is from. KMS `Origin`: `aws_kms`, `external`, `aws_cloudhsm`, `external_key_store`.
        origin: String,
        /// When imported material expires. KMS `ValidTo`.
        valid_to: Timestamp,
        /// When it will be deleted. KMS `DeletionDate`. Absent: it is not scheduled.
        deletion_date: Timestamp,
        /// The region of each `kms:ViaService` condition in its policy, sorted. `GetKeyPolicy`, `policy`.
        via_service_regions: Vec<String>,
        /// What it is for, lower-case: `encrypt_decrypt`, `sign_verify`, … KMS `KeyUsage`, `key_usage`.
        usage: String,
        /// What it is made of, lower-case: `symmetric_default`, `rsa_2048`, … KMS `KeySpec`, `customer_master_key_spec`,
        /// `key_spec`.
        spec: String,
    }

    /// A role that workloads or services take on.
    Role {
        /// It belongs to a service and is made by it. IAM path `/aws-service-role/`.
        service_linked: bool,
        /// Services that may take it on, sorted. `AssumeRolePolicyDocument` principals.
        trusted_services: Vec<String>,
        /// OIDC providers that it trusts, host and path. `AssumeRolePolicyDocument` federated principals.
        trusted_issuers: Vec<String>,
        /// Where its policies or its trust hold it to one region.
        pins: Vec<RegionPin>,
        /// Every policy that applies to it was read. False: a policy of another account, or one known after apply.
        policies_complete: bool,
    }

    /// A place in a policy document that names a region.
    RegionPin {
        /// The region, or a pattern of regions: `us-east-1`, `eu-*`.
        region: String,
        /// Policy and statement: `inline policy 'app', statement 2`.
        at: String,
        /// `condition` (for example `aws:RequestedRegion`), `resource` (an ARN with a region), `boundary` (either of them
        /// in a permissions boundary) or `trust`.
        how: String,
        /// The condition key and value, or the ARN.
        value: String,
        /// The statement allows something. False: it denies.
        allow: bool,
        /// The region is shut out: denied, or left out of what is allowed. False: nothing is left but the region.
        excludes: bool,
        /// The services that it is about, as actions and ARNs name them, sorted. `*`: any.
        services: Vec<String>,
    }

    /// A backup plan.
    Plan {
        /// Its rules, in the plan's order.
        rules: Vec<PlanRule>,
        /// What it selects, for the join. `GetBackupSelection`, `aws_backup_selection`.
        selections: Vec<PlanSelection>,
        /// Types of resources that the backup service is switched off for in the plan's region, in its own words, sorted:
        /// `DynamoDB`, `EFS`. `DescribeRegionSettings` `ResourceTypeOptInPreference`, `aws_backup_region_settings`.
        /// Absent: the code does not touch the setting.
        switched_off: Vec<String>,
    }

    /// A rule of a backup plan.
    PlanRule {
        /// `RuleName`, `rule_name`.
        name: String,
        /// `ScheduleExpression`, `schedule`.
        schedule: String,
        /// Name of the vault in the plan's region. `TargetBackupVaultName`, `target_vault_name`.
        vault: String,
        /// Id (ARN) of the air-gapped vault that recovery points go to as well.
        /// `TargetLogicallyAirGappedBackupVaultArn`, `target_logically_air_gapped_backup_vault_arn`. Absent: none.
        air_gapped_vault: String,
        /// Days until a recovery point is deleted. `Lifecycle.DeleteAfterDays`. Absent: kept for ever.
        delete_after_days: u32,
        /// Continuous backup. `EnableContinuousBackup`, `enable_continuous_backup`. Its copies are plain snapshots.
        continuous: bool,
        /// Where recovery points are copied. `CopyActions`, `copy_action`.
        copies: Vec<PlanCopy>,
    }

    /// A copy action of a rule.
    PlanCopy {
        /// ARN of the vault. `DestinationBackupVaultArn`, `destination_vault_arn`.
        vault: String,
        /// Region of the vault, from its ARN.
        region: String,
        /// Account of the vault, from its ARN.
        account: String,
        /// Days until the copy is deleted. `Lifecycle.DeleteAfterDays`; without one, or with -1, a copy keeps the expiry of
        /// its source, and this is that of the rule. Absent: kept for ever.
        delete_after_days: u32,
    }

    /// What a backup plan selects. A resource is selected if it matches `resources` or a tag, and all conditions, and
    /// is not excluded.
    PlanSelection {
        /// `SelectionName`, `name`.
        name: String,
        /// ARN patterns with `*`. `Resources`, `resources`.
        resources: Vec<String>,
        /// ARN patterns that are left out. `NotResources`, `not_resources`.
        excluded: Vec<String>,
        /// `key=value`, any of which is enough. `ListOfTags`, `selection_tag`.
        tags: Vec<String>,
        /// There are conditions (all must hold) that were not evaluated. `Conditions`, `condition`.
        conditional: bool,
        /// Id (ARN) of the role by which it is backed up. `IamRoleArn`, `iam_role_arn`.
        role: String,
    }

    /// A recovery point: something that can be restored. A backup, a snapshot, a replicated automated backup.
    RecoveryPoint {
        /// Id (ARN) of what it is a backup of. Backup `ResourceArn`, snapshot `DBInstanceIdentifier`.
        source: String,
        /// Region of what it is a backup of, where it says so. Snapshot `SourceRegion`, automated backup `Region`.
        source_region: String,
        /// The moment of the data in it, which a copy keeps. Snapshot `SnapshotDatabaseTime`, then
        /// `OriginalSnapshotCreateTime`; Backup `CreationDate`; automated backup `RestoreWindow.LatestTime`.
        taken_at: Timestamp,
        /// The vault that holds it. Backup `BackupVaultName`.
        vault: String,
        /// When it will be deleted. Backup `CalculatedLifecycle.DeleteAt`.
        deleted_at: Timestamp,
        /// `automated`, `manual`, `awsbackup`, `shared`, `continuous`, `snapshot`. `SnapshotType`.
        method: String,
        /// A scan of the backup service found malware in it. Backup `AggregatedScanResult.Findings`. Absent: no scan of it
        /// has an answer. RDS snapshots are not scanned.
        infected: bool,
    }

    /// A job that copied or restored a recovery point, or a plan that restores for a test.
    Job {
        /// Id (ARN) of the resource that the recovery point is of. `SourceResourceArn`, `ResourceArn`.
        source: String,
        /// `completed`, `failed`, `partial`, … `State`, `Status`.
        state: String,
        /// `CompletionDate`.
        completed_at: Timestamp,
        /// How long it took, seconds: `CompletionDate` less `CreationDate`. A measured restore time.
        seconds: u64,
        /// `successful`, `failed`, `timed_out`, `validating`. `ValidationStatus`. Absent: nobody validated it.
        validation: String,
        /// ARN of the vault that was copied to. `DestinationBackupVaultArn`.
        destination: String,
        /// Why it failed. `StatusMessage`.
        reason: String,
    }

    /// A cluster of containers, or a part of one.
    Kubernetes {
        /// `version`.
        version: String,
        /// Name of the cluster that it is a part of. `clusterName`, `cluster_name`. Absent: it is the cluster.
        cluster: String,
        /// The provider adds nodes by itself. EKS Auto Mode, `computeConfig.enabled`. Unknown without node pools of the
        /// provider's own (`nodePools`): where nodes stand is then said in the cluster, which is not read.
        auto_mode: bool,
        /// What the provider itself finds wrong with it, sorted: `KmsKeyDisabled`, `Ec2SubnetNotFound`. EKS
        /// `health.issues`. Never known from a plan.
        issues: Vec<String>,
        /// OIDC issuer, host and path. `identity.oidc.issuer`.
        issuer: String,
        /// Node groups and Fargate profiles there are. `ListNodegroups`, `ListFargateProfiles`.
        node_groups: u32,
        /// Fargate profiles there are.
        fargate_profiles: u32,
    }

    /// A subnet, or a group of them.
    Network {
        /// `VpcId`, `vpc_id`.
        vpc: String,
        /// `SubnetIds`, `subnet_ids`, sorted.
        subnets: Vec<String>,
        /// Free addresses. `AvailableIpAddressCount`.
        free_addresses: u32,
        /// Security groups, sorted.
        security_groups: Vec<String>,
    }
}

facts! {
    /// What the link stage joined onto a resource: everything that a policy may ask and that does not stand in the
    /// resource itself. Where the search that filled a fact was not complete, the fact is marked in
    /// [`Resource::unknown`](super::Resource::unknown), and what stands here is only what was found so far.
    Joined {
        /// Applications of the configuration that the resource belongs to, sorted.
        applications: Vec<String>,
        /// The most demanding pattern of its applications: `backup-restore`, `pilot-light`, `warm-standby`, `active-active`.
        pattern: String,
        /// The strictest recovery point objective of its applications, minutes.
        rpo_minutes: u64,
        /// The strictest recovery time objective of its applications, minutes.
        rto_minutes: u64,
        /// The longest retention that its applications ask for, days.
        retention_days: u32,
        /// The longest retention that the applications ask for that it is sure to belong to, days. Never unknown: where it
        /// may belong to others, more may be asked. Absent: none of them asks for any.
        retention_floor_days: u32,
        /// Where it is to come back, from the recovery pairs of the configuration. Absent: no pair names its region.
        recovery_region: String,
        /// The account in which it is to come back. Its own, unless the pair says otherwise.
        recovery_account: String,
        /// It is to come back in another account than its own. Absent: no pair names its region.
        in_another_account: bool,
        /// It is in a recovery region of some pair, so it waits there for others. Not where its own region comes back
        /// elsewhere, as in two regions that stand in for each other.
        is_recovery_side: bool,
        /// Its keys.
        keys: Vec<JoinedKey>,
        /// What exists of its data outside its region, by every mechanism.
        copies: Vec<DataCopy>,
        /// Its live replicas, and the other members of its global cluster or datastore.
        replicas: Vec<Peer>,
        /// What it is a replica of. Absent: it is no replica, or its source is not there any more.
        source: Peer,
        /// Days from the newest successful restore test of it, by restore jobs of the backup service, to when they were
        /// collected. Unknown if none is on record and older jobs are not read. Absent: none since it was created, or the
        /// backup service does not restore its kind.
        restore_test_age_days: f64,
        /// Whole days in which every restore job was read and none succeeded: since it was created, at most as far back
        /// as jobs are read. Absent: one did.
        untested_days: u32,
        /// Whole days since it was created, when it was seen. Absent: the backup service does not restore its kind.
        age_days: u32,
        /// Seconds that the newest successful restore of it took. Unknown: none is on record, so that none was timed.
        /// Absent: the backup service does not restore its kind.
        restore_seconds: u64,
        /// Names of the backup plans that select it, sorted.
        backup_plans: Vec<String>,
        /// For a backup plan: the vaults that its rules back up to, air-gapped ones among them, and what is known of them.
        vaults: Vec<Destination>,
        /// For a backup plan: the vaults that its rules copy to, and what is known of them.
        copy_vaults: Vec<Destination>,
        /// For a part of a Kubernetes cluster: the zones of all its node groups, Fargate profiles and scaling groups of
        /// nodes together. Absent where the provider adds nodes by itself, and for the groups behind node groups.
        cluster_zones: Vec<String>,
        /// For a key, a role, a subnet group, a vault: ids of the resources that use it, sorted.
        used_by: Vec<String>,
        /// Everything of what is collected that could use it was seen, and nothing does. False: something uses it, or may.
        unused: bool,
        /// For a backup plan, a Kubernetes cluster and its parts: ids of the roles that it takes on and that do not exist,
        /// sorted: every role of their account was listed, and they are not among them. Service-linked roles do not count.
        missing_roles: Vec<String>,
        /// What stands in for it in its recovery place. Absent: searched, and nothing does.
        counterpart: Counterpart,
        /// Names of joined facts that rest on what code declares, sorted: `copies`. That it works, nobody has seen.
        declared: Vec<String>,
        /// For compute: instances or nodes that its counterpart is to run now, for a cluster those of its groups.
        /// Absent: it has no counterpart, or one that starts as many as are asked for (EKS Auto Mode, Fargate).
        standby_desired: u32,
        /// For compute: instances or nodes that its counterpart may run at most. Absent: as above.
        standby_max: u32,
        /// For a role: something that is to come back elsewhere takes it on there, or its application does and nothing
        /// else in the recovery place plays its part.
        needed_in_recovery: bool,
    }

    /// A key that a resource is encrypted with, as the recovery sees it.
    JoinedKey {
        /// Its id (ARN), or the alias that was given.
        id: String,
        /// Its first alias, without `alias/`. Absent: it has none.
        alias: String,
        /// `customer` or `provider`.
        manager: String,
        /// Its state, lower-case.
        state: String,
        /// It can be used now.
        usable: bool,
        /// The key in the recovery place that stands in for it. Absent: searched, and there is none.
        counterpart: Counterpart,
    }

    /// What stands in for a resource in its recovery place.
    Counterpart {
        /// Its id (ARN).
        id: String,
        /// How we know: `declared`, `multi-region-replica`, `key-of-copy`, `same-alias`, `provider-managed`, `same-name`,
        /// `region-in-name` (the same name but for the region in it), `same-application` (for compute the only one of
        /// its kind, for a cache any), `global`, `replica`.
        how: String,
        /// Where it is.
        region: String,
        /// Whose it is.
        account: String,
        /// Its state, lower-case. Of a key that encrypts no data, what it is instead: `for sign_verify`, `asymmetric`.
        state: String,
        /// It can be used now, and for what it is to stand in for.
        usable: bool,
    }

    /// A vault that a rule of a backup plan writes to.
    Destination {
        /// Name of the rule.
        rule: String,
        /// Id (ARN) of the vault, or its name where it was not found.
        vault: String,
        /// Where it is.
        region: String,
        /// Whose it is. Absent: it is in the account of the plan.
        account: String,
        /// The vault is there. False: every vault of its place was listed, and it is not among them.
        exists: bool,
        /// Days that the rule keeps there what it writes. Absent: for ever.
        delete_after_days: u32,
        /// Least retention that the lock of the vault takes, days. Absent: no bound.
        lock_min_days: u32,
        /// Greatest retention that the lock of the vault takes, days. Absent: no bound.
        lock_max_days: u32,
    }

    /// Something from which the data can be had in another place.
    DataCopy {
        /// `replica`, `global-cluster`, `global-datastore`, `automated-backup`, `snapshot`, `recovery-point`,
        /// `provider-replica` (DynamoDB, secrets, S3), `copy-action` (of a backup plan, where code declares both it and
        /// the resource, and no recovery point can be there yet).
        mechanism: String,
        /// Its id (ARN).
        id: String,
        /// Where it is.
        region: String,
        /// Whose it is.
        account: String,
        /// It is in the recovery place (region, and account if the pair names one).
        in_recovery_place: bool,
        /// Its state, lower-case. `infected`: a scan found malware in it.
        state: String,
        /// It can be restored from, or promoted: its state lets it, so does its key, and no malware was found in it. One
        /// that code declares can be used by design, unless its key cannot.
        usable: bool,
        /// Minutes between the moment of its data and when it was collected. Absent for a live replica, which has no such
        /// moment.
        age_minutes: u64,
        /// Seconds that a live replica is behind its source, as measured. Absent for a copy that is not live.
        lag_seconds: f64,
        /// Key (ARN) that it is encrypted with. Absent: none.
        key: String,
    }

    /// Another end of a replication.
    Peer {
        /// Its id (ARN).
        id: String,
        /// For people.
        name: String,
        /// Where it is.
        region: String,
        /// It is in another region than the resource.
        cross_region: bool,
        /// It is in the recovery place.
        in_recovery_place: bool,
        /// It takes the writes.
        writer: bool,
        /// Its state, lower-case.
        state: String,
        /// It is available, and replication works.
        healthy: bool,
        /// Its engine's version.
        engine_version: String,
        /// It stands in more than one zone.
        multi_zone: bool,
        /// Instances it has. 0: a headless cluster.
        instances: u32,
        /// Its types, sorted.
        types: Vec<String>,
    }
}

/// Tags of a resource that a policy may read: `input.tags.<name>`.
pub type TagFact = Fact<Shared<Tags>>;
