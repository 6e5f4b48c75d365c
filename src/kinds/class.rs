//! Classes: what a kind is, in a word that every provider's kinds share. Policies are about classes, so that a new
//! service says its class once, in its row, instead of standing in the header of every policy.

/// What a kind is. Each kind has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A relational, document or graph database: an instance or a cluster, whichever is recovered.
    Database,
    /// A member of a database cluster that is never recovered by itself.
    DatabaseMember,
    /// Ties databases or caches of several regions together.
    GlobalCluster,
    /// A cache.
    Cache,
    /// A table of a key-value or wide-column store.
    Table,
    /// A bucket of an object store.
    Bucket,
    /// A file system that several machines mount.
    FileSystem,
    /// A disk of a machine that outlives it.
    Volume,
    /// A secret of a secret store.
    Secret,
    /// A setting of a parameter store, which may be secret, too.
    Parameter,
    /// A key of a key service.
    Key,
    /// An identity that workloads or services take on.
    Role,
    /// Something that can be restored from: a backup, a snapshot, a replicated automated backup.
    RecoveryPoint,
    /// What keeps recovery points.
    Vault,
    /// Says what is backed up when, and where it is copied.
    BackupPlan,
    /// Switches of a backup service for a whole region.
    BackupSettings,
    /// A job that copied or restored a recovery point.
    BackupJob,
    /// Restores recovery points from time to time, as a test.
    RestoreTest,
    /// A group of machines that grows and shrinks.
    ScalingGroup,
    /// A Kubernetes cluster, without its nodes.
    KubernetesCluster,
    /// A group of nodes of a Kubernetes cluster.
    NodeGroup,
    /// Runs pods of a Kubernetes cluster on machines that nobody sees.
    ServerlessNodes,
    /// Software that the provider keeps running in a Kubernetes cluster.
    ClusterAddOn,
    /// Lets somebody use a Kubernetes cluster, or nodes join it.
    ClusterAccess,
    /// Keeps images of containers under one name.
    ImageRepository,
    /// Keeps the repositories of an account in a region, and says where they are replicated.
    ImageRegistry,
    /// Takes the log of what runs.
    LogGroup,
    /// Code that runs for each event, on machines that nobody sees.
    Function,
    /// Code that functions share.
    CodeLayer,
    /// Hands what a queue, a stream or a table holds to a function.
    EventSource,
    /// A region of an account: whether it can be used at all.
    Region,
    /// How much there may be of something in a place.
    Quota,
    /// The provider's word that a quota is too low.
    QuotaWarning,
    /// A plan by which people leave a region.
    SwitchPlan,
    /// What was measured of a replication.
    Measurement,
    /// What an organization forbids its accounts, and the organization itself.
    GuardRail,
    /// Says what machines are started with.
    LaunchTemplate,
    /// What machines are started from.
    MachineImage,
    /// The types of machines that a region offers.
    MachineTypes,
    /// Machines that are kept free.
    CapacityReservation,
    /// Where containers are put, without what they run on.
    ContainerCluster,
    /// Keeps a number of tasks of containers running.
    ContainerService,
    /// Says which containers a task is made of, and what they are told.
    ContainerDefinition,
    /// Where in the network others stand: a subnet, a group of them.
    Network,
    /// A network of its own, with its ranges of addresses.
    VirtualNetwork,
    /// Rules of what gets to and from what stands behind them.
    SecurityGroup,
    /// Rules of what gets into a subnet and out of it.
    NetworkAcl,
    /// Where subnets send what is not for themselves.
    RouteTable,
    /// A way out of a network, or into it.
    Gateway,
    /// Leads to a service without the internet.
    PrivateEndpoint,
    /// Connects networks.
    NetworkConnection,
    /// Ranges of addresses that have a name.
    PrefixList,
    /// Takes requests and spreads them over targets.
    LoadBalancer,
    /// A port of a load balancer, with what is done with its requests.
    Listener,
    /// What a load balancer sends to, and how it checks that.
    TargetGroup,
    /// Takes requests under a host name of its own, and calls what answers them: an API, or a domain that leads to several.
    Api,
    /// Proves to clients that a host is who it says.
    Certificate,
    /// The records of a domain.
    DnsZone,
    /// Says where a name leads.
    DnsRecord,
    /// A check by which DNS leaves an answer out.
    HealthCheck,
    /// Takes requests all over the world, and hands them on to one region or another.
    Edge,
    /// A switch by which people send requests elsewhere, what keeps such switches, and rules about them.
    TrafficSwitch,
    /// What the record of drills tells of an application.
    DrillRecord,
    /// Code as a whole, of which nothing is collected.
    Code,
}

/// What a resource does for an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Duty {
    /// Holds data that would be lost.
    Holds,
    /// Runs something.
    Runs,
    /// Serves those that do, or keeps their copies.
    Other,
}

impl Class {
    /// What resources of it do for an application.
    pub(crate) fn duty(self) -> Duty {
        match self {
            Self::Database | Self::Cache | Self::Table | Self::Bucket | Self::FileSystem | Self::Volume => Duty::Holds,
            Self::ScalingGroup | Self::KubernetesCluster | Self::NodeGroup | Self::ServerlessNodes => Duty::Runs,
            Self::Function => Duty::Runs,
            Self::ContainerService => Duty::Runs,
            Self::DatabaseMember | Self::GlobalCluster | Self::RecoveryPoint | Self::Vault | Self::BackupPlan => {
                Duty::Other
            }
            Self::BackupSettings | Self::BackupJob | Self::RestoreTest | Self::Secret | Self::Key => Duty::Other,
            Self::Parameter | Self::ImageRepository | Self::ImageRegistry | Self::LogGroup => Duty::Other,
            Self::ClusterAddOn | Self::ClusterAccess => Duty::Other,
            Self::CodeLayer | Self::EventSource | Self::Region | Self::Quota | Self::QuotaWarning => Duty::Other,
            Self::SwitchPlan => Duty::Other,
            Self::ContainerCluster | Self::ContainerDefinition => Duty::Other,
            Self::LaunchTemplate | Self::MachineImage | Self::MachineTypes => Duty::Other,
            Self::CapacityReservation | Self::GuardRail | Self::Measurement => Duty::Other,
            Self::LoadBalancer | Self::Listener | Self::TargetGroup | Self::Api | Self::Certificate => Duty::Other,
            Self::DnsZone | Self::DnsRecord | Self::HealthCheck | Self::Edge | Self::TrafficSwitch => Duty::Other,
            Self::Role | Self::Network | Self::VirtualNetwork | Self::SecurityGroup => Duty::Other,
            Self::NetworkAcl | Self::RouteTable | Self::Gateway | Self::PrivateEndpoint => Duty::Other,
            Self::NetworkConnection | Self::PrefixList | Self::DrillRecord | Self::Code => Duty::Other,
        }
    }

    /// It is a step of a recovery: something has to take its place. The others are copies and what makes them, what rules a
    /// place, or parts of what comes back as a whole.
    pub(crate) fn comes_back(self) -> bool {
        match self {
            Self::Database | Self::Cache | Self::Table | Self::Bucket | Self::FileSystem | Self::Volume => true,
            Self::Secret | Self::Parameter | Self::Key | Self::Role => true,
            Self::ScalingGroup | Self::KubernetesCluster | Self::NodeGroup | Self::ServerlessNodes => true,
            Self::ClusterAddOn | Self::ClusterAccess | Self::ContainerCluster | Self::ContainerService => true,
            Self::ContainerDefinition | Self::Function | Self::CodeLayer | Self::EventSource => true,
            Self::ImageRepository | Self::LogGroup | Self::LaunchTemplate | Self::MachineImage => true,
            Self::Network | Self::VirtualNetwork | Self::SecurityGroup | Self::NetworkAcl => true,
            Self::RouteTable | Self::Gateway | Self::PrivateEndpoint | Self::NetworkConnection => true,
            Self::LoadBalancer | Self::Listener | Self::TargetGroup | Self::Api | Self::Certificate => true,
            Self::DnsZone | Self::DnsRecord | Self::Edge => true,
            Self::DatabaseMember | Self::GlobalCluster | Self::RecoveryPoint | Self::Vault => false,
            Self::BackupPlan | Self::BackupSettings | Self::BackupJob | Self::RestoreTest => false,
            Self::ImageRegistry | Self::Region | Self::Quota | Self::QuotaWarning | Self::Measurement => false,
            Self::GuardRail | Self::MachineTypes | Self::CapacityReservation | Self::PrefixList => false,
            Self::HealthCheck | Self::TrafficSwitch | Self::SwitchPlan => false,
            Self::DrillRecord | Self::Code => false,
        }
    }

    /// Every class, in the order in which they are listed for people.
    pub const ALL: &[Self] = &[
        Self::Database,
        Self::DatabaseMember,
        Self::GlobalCluster,
        Self::Cache,
        Self::Table,
        Self::Bucket,
        Self::FileSystem,
        Self::Volume,
        Self::Secret,
        Self::Parameter,
        Self::Key,
        Self::Role,
        Self::RecoveryPoint,
        Self::Vault,
        Self::BackupPlan,
        Self::BackupSettings,
        Self::BackupJob,
        Self::RestoreTest,
        Self::ScalingGroup,
        Self::KubernetesCluster,
        Self::NodeGroup,
        Self::ServerlessNodes,
        Self::ClusterAddOn,
        Self::ClusterAccess,
        Self::ImageRepository,
        Self::ImageRegistry,
        Self::LogGroup,
        Self::Function,
        Self::CodeLayer,
        Self::EventSource,
        Self::Region,
        Self::Quota,
        Self::QuotaWarning,
        Self::SwitchPlan,
        Self::Measurement,
        Self::GuardRail,
        Self::LaunchTemplate,
        Self::MachineImage,
        Self::MachineTypes,
        Self::CapacityReservation,
        Self::ContainerCluster,
        Self::ContainerService,
        Self::ContainerDefinition,
        Self::Network,
        Self::VirtualNetwork,
        Self::SecurityGroup,
        Self::NetworkAcl,
        Self::RouteTable,
        Self::Gateway,
        Self::PrivateEndpoint,
        Self::NetworkConnection,
        Self::PrefixList,
        Self::LoadBalancer,
        Self::Listener,
        Self::TargetGroup,
        Self::Api,
        Self::Certificate,
        Self::DnsZone,
        Self::DnsRecord,
        Self::HealthCheck,
        Self::Edge,
        Self::TrafficSwitch,
        Self::DrillRecord,
        Self::Code,
    ];

    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::DatabaseMember => "database-member",
            Self::GlobalCluster => "global-cluster",
            Self::Cache => "cache",
            Self::Table => "table",
            Self::Bucket => "bucket",
            Self::FileSystem => "file-system",
            Self::Volume => "volume",
            Self::Secret => "secret",
            Self::Parameter => "parameter",
            Self::Key => "key",
            Self::Role => "role",
            Self::RecoveryPoint => "recovery-point",
            Self::Vault => "vault",
            Self::BackupPlan => "backup-plan",
            Self::BackupSettings => "backup-settings",
            Self::BackupJob => "backup-job",
            Self::RestoreTest => "restore-test",
            Self::ScalingGroup => "scaling-group",
            Self::KubernetesCluster => "kubernetes-cluster",
            Self::NodeGroup => "node-group",
            Self::ServerlessNodes => "serverless-nodes",
            Self::ClusterAddOn => "cluster-add-on",
            Self::ClusterAccess => "cluster-access",
            Self::ImageRepository => "image-repository",
            Self::ImageRegistry => "image-registry",
            Self::LogGroup => "log-group",
            Self::Function => "function",
            Self::CodeLayer => "code-layer",
            Self::EventSource => "event-source",
            Self::Region => "region",
            Self::Quota => "quota",
            Self::QuotaWarning => "quota-warning",
            Self::SwitchPlan => "switch-plan",
            Self::Measurement => "measurement",
            Self::GuardRail => "guard-rail",
            Self::LaunchTemplate => "launch-template",
            Self::MachineImage => "machine-image",
            Self::MachineTypes => "machine-types",
            Self::CapacityReservation => "capacity-reservation",
            Self::ContainerCluster => "container-cluster",
            Self::ContainerService => "container-service",
            Self::ContainerDefinition => "container-definition",
            Self::Network => "network",
            Self::VirtualNetwork => "virtual-network",
            Self::SecurityGroup => "security-group",
            Self::NetworkAcl => "network-acl",
            Self::RouteTable => "route-table",
            Self::Gateway => "gateway",
            Self::PrivateEndpoint => "private-endpoint",
            Self::NetworkConnection => "network-connection",
            Self::PrefixList => "prefix-list",
            Self::LoadBalancer => "load-balancer",
            Self::Listener => "listener",
            Self::TargetGroup => "target-group",
            Self::Api => "api",
            Self::Certificate => "certificate",
            Self::DnsZone => "dns-zone",
            Self::DnsRecord => "dns-record",
            Self::HealthCheck => "health-check",
            Self::Edge => "edge",
            Self::TrafficSwitch => "traffic-switch",
            Self::DrillRecord => "drill-record",
            Self::Code => "code",
        }
    }

    /// The facets that a resource of it can have, as the model names them. Not each of its kinds has all of them.
    pub fn facets(self) -> &'static [&'static str] {
        match self {
            Self::Database | Self::DatabaseMember => &[
                "status",
                "backup",
                "replication",
                "redundancy",
                "encryption",
                "protection",
                "capacity",
                "database",
                "network",
            ],
            Self::GlobalCluster => {
                &["status", "redundancy", "encryption", "protection", "capacity", "database", "global"]
            }
            Self::Cache => &[
                "status",
                "backup",
                "replication",
                "redundancy",
                "encryption",
                "protection",
                "capacity",
                "database",
                "network",
            ],
            Self::Table | Self::Bucket => &["status", "backup", "replication", "encryption", "protection"],
            Self::FileSystem => &["status", "backup", "replication", "redundancy", "encryption", "protection"],
            Self::Volume => &["status", "backup", "replication", "redundancy", "encryption", "protection"],
            Self::Secret => &["status", "replication", "encryption", "protection", "secret"],
            Self::Parameter => &["encryption", "parameter"],
            Self::Key => &["status", "protection", "key", "access"],
            Self::Role => &["status", "role"],
            Self::RecoveryPoint => &["status", "backup", "encryption", "database", "recovery_point"],
            Self::Vault => &["status", "encryption", "protection", "access", "vault"],
            Self::BackupPlan => &["status", "plan"],
            Self::BackupSettings => &["plan"],
            Self::BackupJob => &["status", "job"],
            Self::RestoreTest => &["status", "job", "restore_testing"],
            Self::ScalingGroup => &["status", "redundancy", "capacity", "network", "workload"],
            Self::KubernetesCluster => &["status", "redundancy", "encryption", "protection", "kubernetes", "network"],
            Self::NodeGroup | Self::ServerlessNodes => &["status", "redundancy", "capacity", "kubernetes", "network"],
            Self::ClusterAddOn => &["status", "kubernetes"],
            Self::ClusterAccess => &["kubernetes"],
            Self::ImageRepository => &["encryption", "protection", "repository"],
            Self::ImageRegistry => &["registry"],
            Self::LogGroup => &["encryption", "protection", "log"],
            Self::Function => &["status", "redundancy", "encryption", "capacity", "network", "workload", "traffic"],
            Self::CodeLayer => &["status", "protection"],
            Self::EventSource | Self::Region => &["status"],
            Self::Quota => &["quota"],
            Self::QuotaWarning => &["quota_warning"],
            Self::SwitchPlan => &["switch_plan"],
            Self::Measurement => &["measurement"],
            Self::GuardRail => &["guard_rail"],
            Self::LaunchTemplate => &["capacity", "network", "workload"],
            Self::MachineImage => &["status", "machine_image"],
            Self::MachineTypes => &["machine_types"],
            Self::CapacityReservation => &["status", "reservation"],
            Self::ContainerCluster => &["status"],
            Self::ContainerService => &["status", "redundancy", "capacity", "network", "workload"],
            Self::ContainerDefinition => &["status", "protection", "network", "workload"],
            Self::Network => &["status", "redundancy", "network"],
            Self::VirtualNetwork => &["status", "network"],
            Self::SecurityGroup | Self::NetworkAcl => &["firewall", "network"],
            Self::RouteTable => &["routing", "network"],
            Self::Gateway | Self::PrivateEndpoint | Self::NetworkConnection => &["status", "network"],
            Self::PrefixList => &["status", "network"],
            Self::LoadBalancer => &["status", "redundancy", "protection", "network", "traffic"],
            Self::Listener => &["traffic"],
            Self::TargetGroup => &["network", "traffic", "health_check"],
            Self::Certificate => &["status", "certificate"],
            Self::DnsZone | Self::DnsRecord => &["dns"],
            Self::HealthCheck => &["health_check"],
            Self::Api | Self::Edge => &["status", "traffic"],
            Self::TrafficSwitch => &["status", "switch"],
            Self::DrillRecord => &["drills"],
            Self::Code => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::kinds::KINDS;

    #[test]
    fn every_class_has_a_word_of_its_own_and_a_kind() {
        let words: BTreeSet<_> = Class::ALL.iter().map(|class| class.word()).collect();
        assert_eq!(words.len(), Class::ALL.len());
        let used: BTreeSet<_> = KINDS.iter().map(|info| info.class).collect();
        assert_eq!(used, Class::ALL.iter().copied().collect());
    }

    #[test]
    fn the_readme_lists_every_class() {
        let text = include_str!("../../README.md").split_whitespace().collect::<Vec<_>>().join(" ");
        let list = text.split("The classes are ").nth(1).and_then(|rest| rest.split('.').next()).unwrap();
        let words: Vec<String> = Class::ALL.iter().map(|class| format!("`{}`", class.word())).collect();
        let (last, rest) = words.split_last().unwrap();
        assert_eq!(list, format!("{} and {last}", rest.join(", ")));
    }
}
