//! The facets: what recovery asks of every service, in one vocabulary without a provider's word in it.
//!
//! A facet that a kind does not have is left out. A fact in it that is not filled is unknown.

mod access;
mod artifacts;
mod backup;
mod drills;
mod joined;
mod limits;
mod machines;
mod measurement;
mod network;
mod traffic;
mod workload;

use super::fact::{Fact, facts};
use super::{Shared, Tags, Timestamp};
pub use access::*;
pub use artifacts::*;
pub use backup::*;
pub use drills::*;
pub use joined::*;
pub use limits::*;
pub use machines::*;
pub use measurement::*;
pub use network::*;
pub use traffic::*;
pub use workload::*;

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
        /// Where its service itself copies the snapshots that it takes. Redshift `DestinationRegion`, `snapshot_copy`,
        /// `aws_redshift_snapshot_copy`; Redshift Serverless `SnapshotCopyConfigurations`. Absent: its service has no such copies.
        copied_to: Vec<BackupCopy>,
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
        /// Regions whose copy does not take what is written, in whatever account it is, sorted. DynamoDB `ReplicaStatus` other
        /// than active or updating, EFS `Destinations.Status` other than enabled. Never known from a plan.
        broken_regions: Vec<String>,
        /// Id (ARN) of the global cluster or global datastore that it is a member of.
        global: String,
        /// The provider's own word. RDS `StatusInfos[read replication].Status`, Aurora `SynchronizationStatus`.
        status: String,
        /// The replica follows its source. RDS `StatusInfos.Normal`; Aurora `connected`.
        healthy: bool,
        /// How far it is behind, seconds, where its service tells: EFS `LastReplicatedTimestamp`. Unknown where replication is
        /// broken. What was measured of others is joined.
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
        /// Auto Scaling, ECS, EKS and Lambda: zones of the subnets.
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
        /// It stays where it is when its code is deleted. Layer, task definition: `skip_destroy`; known from code only.
        kept_when_deleted: bool,
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
        /// Auto Scaling `MinSize`, `min_size`; EKS `scalingConfig.minSize`. Of a function what is kept warm,
        /// `provisioned_concurrent_executions`.
        min: u32,
        /// Auto Scaling `DesiredCapacity`, `desired_capacity`.
        desired: u32,
        /// Auto Scaling `MaxSize`, `max_size`. Of a function the concurrency that is reserved for it and that it never
        /// exceeds, `ReservedConcurrentExecutions`, `reserved_concurrent_executions`; absent: none is.
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
        /// The group of parameters that it runs with; of a cluster, that of the cluster and not those of its instances. RDS
        /// `DBParameterGroups`, `DBClusterParameterGroup`; `parameter_group_name`, `db_cluster_parameter_group_name`;
        /// ElastiCache `CacheParameterGroup`. One that begins with `default` is the provider's own: `default.postgres16`,
        /// or `default` alone where code names none. An address: code makes it, and its name is known only after apply.
        parameter_group: String,
        /// The group of options that it runs with. RDS `OptionGroupMemberships`, `option_group_name`, and as above. Absent:
        /// its kind has none that anybody could change (Aurora, clusters and their members, caches).
        option_group: String,
        /// What the parameter group sets. Asked of those that users made, where something else may run with another in the
        /// recovery place. RDS `DescribeDBParameters`, `DescribeDBClusterParameters`, ElastiCache `DescribeCacheParameters`,
        /// all of the source `user`; `parameter`.
        parameters: Settings,
        /// What the option group adds. RDS `DescribeOptionGroups`, `option`.
        options: Settings,
        /// Host names under which it is reached. `Endpoint.Address`.
        endpoints: Vec<String>,
        /// The password is kept by the service itself in Secrets Manager, in this region only. `MasterUserSecret`.
        managed_secret: bool,
        /// How a cache keeps what is written to it beyond its nodes: `sync`, `async` or `disabled`. ElastiCache
        /// `EffectiveDurability`; the Terraform provider (6.47) has no attribute for it. Absent: its engine keeps nothing.
        durability: String,
    }

    /// What a group of parameters or options sets that is not the provider's default.
    Settings {
        /// Name of the group, as the database names it: a plan may give it another, of which nothing is known.
        group: String,
        /// The engine and the version that it is for: `aurora-postgresql16`, `redis7`; of options `postgres 16`.
        /// `DBParameterGroupFamily`, `family`; `EngineName` with `MajorEngineVersion`.
        family: String,
        /// What it sets, sorted by name. Options are among them, with what is set of each behind a dot: `TDE`,
        /// `TDE.PORT`.
        set: Vec<Setting>,
    }

    /// A setting, as far as it can be told without holding what may be secret.
    Setting {
        /// `ParameterName`, `OptionName`; `parameter.name`, `option.option_name`.
        name: String,
        /// A number, a switch, a formula or an ARN as it is; of any other value a hash, which only tells whether two are the
        /// same. Absent: an option has no value. Unknown: its name says that it is secret, and not even a hash is held.
        value: String,
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
        /// Names of the instance profiles that hand it to machines, sorted. `InstanceProfileList`; of code, its
        /// `aws_iam_instance_profile` parts.
        instance_profiles: Vec<String>,
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

    /// A cluster of containers, or a part of one: nodes, an add-on, an access entry.
    Kubernetes {
        /// Its Kubernetes version; of an add-on its own. `version`, `addonVersion`, `addon_version`.
        version: String,
        /// Name of the cluster that it is a part of. `clusterName`, `cluster_name`. Absent: it is the cluster.
        cluster: String,
        /// The provider adds nodes by itself. EKS Auto Mode, `computeConfig.enabled`. Unknown without node pools of the
        /// provider's own (`nodePools`): where nodes stand is then said in the cluster, which is not read.
        auto_mode: bool,
        /// What the provider itself finds wrong with it, sorted: `KmsKeyDisabled`, `Ec2SubnetNotFound`. EKS
        /// `health.issues`. Never known from a plan.
        issues: Vec<String>,
        /// Security group that its nodes get where nobody gives them others. `clusterSecurityGroupId`,
        /// `vpc_config.cluster_security_group_id`.
        security_group: String,
        /// OIDC issuer, host and path. `identity.oidc.issuer`.
        issuer: String,
        /// Node groups and Fargate profiles there are. `ListNodegroups`, `ListFargateProfiles`.
        node_groups: u32,
        /// Fargate profiles there are.
        fargate_profiles: u32,
        /// Where it is said who may use the cluster: `api` (in its access entries), `config_map` (in the cluster, which is
        /// not read), `api_and_config_map` (in both). `accessConfig.authenticationMode`, `access_config.authentication_mode`.
        authentication_mode: String,
        /// For an access entry: the role or the user that it lets in (ARN). `principalArn`, `principal_arn`.
        principal: String,
        /// For an access entry, lower-case: `standard` (people and tools), or which nodes it lets join: `ec2_linux`,
        /// `fargate_linux`. `type`.
        access_type: String,
        /// For an add-on: the role of its service account (ARN). `serviceAccountRoleArn`, `service_account_role_arn`. Absent:
        /// none, or one that its pods get by association.
        role: String,
        /// For an add-on: what it runs stays in the cluster when it is deleted. Terraform only, `preserve`.
        kept_when_deleted: bool,
    }
}

/// Tags of a resource that a policy may read: `input.tags.<name>`.
pub type TagFact = Fact<Shared<Tags>>;
