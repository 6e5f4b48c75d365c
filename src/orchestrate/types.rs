//! The steps that the framework knows, and what each reads, as its code has it (aws-samples/aws-cross-region-dr-databases
//! of 2024-05-08). The names are compared letter by letter there.

/// One of the two state machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Machine {
    Failover,
    Failback,
}

impl Machine {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Failover => "FAILOVER",
            Self::Failback => "FAILBACK",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Failover => "dr-orchestrator-stepfunction-FAILOVER",
            Self::Failback => "dr-orchestrator-stepfunction-FAILBACK",
        }
    }
}

/// What a parameter has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Any text that is not empty.
    Text,
    /// An identifier, not an ARN.
    Id,
    /// ARN of a cluster in the region in which the payload is run.
    ClusterHere,
    /// ARN of a cluster in the other region.
    ClusterThere,
    /// The region in which the payload is run.
    RegionHere,
    /// The other region.
    RegionThere,
    /// `bool()` of Python: whatever is not empty means true.
    Switch,
    Number,
    /// ARN of a key in the region in which the payload is run.
    Key,
    /// One security group, not several.
    SecurityGroup,
    /// The one role that the framework may pass on.
    MonitoringRole,
}

/// A step.
pub(super) struct StepType {
    pub name: &'static str,
    pub machine: Machine,
    /// What is read, in the order of the samples. All of it has to be there: what is missing is a `KeyError`.
    pub parameters: &'static [(&'static str, What)],
    /// What the samples give it and nothing reads.
    pub unread: &'static [&'static str],
}

pub(super) const PROMOTE: &str = "PromoteRDSReadReplica";
pub(super) const PLANNED: &str = "PlannedFailoverAurora";
pub(super) const UNPLANNED: &str = "UnPlannedFailoverAurora";
pub(super) const CACHE: &str = "FailoverElastiCacheCluster";
pub(super) const REPLICATE: &str = "CreateRDSReadReplica";
pub(super) const SECONDARY: &str = "CreateAuroraSecondaryDBCluster";

pub(super) const TYPES: &[StepType] = &[
    StepType {
        name: PROMOTE,
        machine: Machine::Failover,
        parameters: &[("RDSInstanceIdentifier", What::Id)],
        unread: &["TargetClusterIdentifier"],
    },
    StepType {
        name: PLANNED,
        machine: Machine::Failover,
        parameters: &[("GlobalClusterIdentifier", What::Id), ("DBClusterIdentifier", What::ClusterHere)],
        unread: &["ClusterRegion"],
    },
    StepType {
        name: UNPLANNED,
        machine: Machine::Failover,
        parameters: &[
            ("GlobalClusterIdentifier", What::Id),
            ("DBClusterIdentifier", What::ClusterHere),
            ("ClusterRegion", What::RegionHere),
        ],
        unread: &[],
    },
    StepType {
        name: CACHE,
        machine: Machine::Failover,
        parameters: &[
            ("GlobalReplicationGroupId", What::Id),
            ("TargetRegion", What::RegionHere),
            ("TargetReplicationGroupId", What::Id),
        ],
        unread: &[],
    },
    StepType {
        name: REPLICATE,
        machine: Machine::Failback,
        parameters: &[
            ("RDSInstanceIdentifier", What::Id),
            ("SourceRDSInstanceIdentifier", What::Id),
            ("SourceRegion", What::RegionThere),
            ("MultiAZ", What::Switch),
            ("DBInstanceClass", What::Text),
            ("DBSubnetGroup", What::Text),
            ("DBSecurityGroup", What::SecurityGroup),
            ("KmsKeyId", What::Key),
            ("MonitoringInterval", What::Number),
            ("EnableIAMDatabaseAuthentication", What::Switch),
            ("CopyTagsToSnapshot", What::Switch),
            ("AutoMinorVersionUpgrade", What::Switch),
            ("Port", What::Number),
            ("MonitoringRoleArn", What::MonitoringRole),
        ],
        unread: &["BackupRetentionPeriod", "StorageEncrypted", "DeletionProtection"],
    },
    StepType {
        name: SECONDARY,
        machine: Machine::Failback,
        parameters: &[
            ("GlobalClusterIdentifier", What::Id),
            ("DBClusterIdentifier", What::ClusterHere),
            ("DBClusterName", What::Id),
            ("SourceDBClusterIdentifier", What::ClusterThere),
            ("DBInstanceIdentifier", What::Id),
            ("Port", What::Number),
            ("DBInstanceClass", What::Text),
            ("DBSubnetGroupName", What::Text),
            ("VpcSecurityGroupIds", What::SecurityGroup),
            ("Engine", What::Text),
            ("EngineVersion", What::Text),
            ("KmsKeyId", What::Key),
            ("SourceRegion", What::RegionThere),
            ("ClusterRegion", What::RegionHere),
            ("BackupRetentionPeriod", What::Number),
            ("MonitoringInterval", What::Number),
            ("StorageEncrypted", What::Switch),
            ("EnableIAMDatabaseAuthentication", What::Switch),
            ("DeletionProtection", What::Switch),
            ("CopyTagsToSnapshot", What::Switch),
            ("AutoMinorVersionUpgrade", What::Switch),
            ("MonitoringRoleArn", What::MonitoringRole),
        ],
        unread: &[],
    },
];

/// The step of that name.
pub(super) fn step_type(name: &str) -> Option<&'static StepType> {
    TYPES.iter().find(|known| known.name == name)
}

impl StepType {
    /// What a parameter has to be. None: nothing reads it.
    pub(super) fn what(&self, parameter: &str) -> Option<What> {
        self.parameters.iter().find(|(name, _)| *name == parameter).map(|(_, what)| *what)
    }
}
