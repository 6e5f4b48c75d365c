//! The types of steps that Region switch knows.

/// A type of steps.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub name: &'static str,
    /// The member of the configuration that it reads.
    pub configuration: &'static str,
}

pub(super) const ASG: &str = "EC2AutoScaling";
pub(super) const ECS: &str = "ECSServiceScaling";
pub(super) const EKS: &str = "EKSResourceScaling";
pub(super) const LAMBDA: &str = "CustomActionLambda";
pub(super) const SSM: &str = "SSMSendCommand";
pub(super) const APPROVAL: &str = "ManualApproval";
pub(super) const AURORA: &str = "AuroraGlobalDatabase";
pub(super) const SERVERLESS: &str = "AuroraServerlessScaling";
pub(super) const PROVISIONED: &str = "AuroraProvisionedScaling";
pub(super) const DOCUMENTS: &str = "DocumentDb";
pub(super) const NEPTUNE: &str = "NeptuneGlobalDatabase";
pub(super) const PROMOTE: &str = "RdsPromoteReadReplica";
pub(super) const SWITCHOVER: &str = "RdsSwitchoverReadReplica";
pub(super) const REPLICATE: &str = "RdsCreateCrossRegionReplica";
pub(super) const MAPPING: &str = "LambdaEventSourceMapping";
pub(super) const DNS: &str = "Route53HealthCheck";
pub(super) const CONTROL: &str = "ARCRoutingControl";
pub(super) const CHILD: &str = "ARCRegionSwitchPlan";
pub(super) const PARALLEL: &str = "Parallel";

pub(super) const BLOCKS: &[Block] = &[
    Block { name: APPROVAL, configuration: "executionApprovalConfig" },
    Block { name: SERVERLESS, configuration: "auroraServerlessScalingConfig" },
    Block { name: PROVISIONED, configuration: "auroraProvisionedScalingConfig" },
    Block { name: AURORA, configuration: "globalAuroraConfig" },
    Block { name: DOCUMENTS, configuration: "documentDbConfig" },
    Block { name: NEPTUNE, configuration: "neptuneGlobalDatabaseConfig" },
    Block { name: PROMOTE, configuration: "rdsPromoteReadReplicaConfig" },
    Block { name: SWITCHOVER, configuration: "rdsSwitchoverReadReplicaConfig" },
    Block { name: REPLICATE, configuration: "rdsCreateCrossRegionReadReplicaConfig" },
    Block { name: ASG, configuration: "ec2AsgCapacityIncreaseConfig" },
    Block { name: ECS, configuration: "ecsCapacityIncreaseConfig" },
    Block { name: EKS, configuration: "eksResourceScalingConfig" },
    Block { name: MAPPING, configuration: "lambdaEventSourceMappingConfig" },
    Block { name: LAMBDA, configuration: "customActionLambdaConfig" },
    Block { name: SSM, configuration: "ssmSendCommandConfig" },
    Block { name: CHILD, configuration: "regionSwitchPlanConfig" },
    Block { name: CONTROL, configuration: "arcRoutingControlConfig" },
    Block { name: DNS, configuration: "route53HealthCheckConfig" },
    Block { name: PARALLEL, configuration: "parallelConfig" },
];

/// What somebody wrote, of which nobody else knows what it does.
pub(super) const CUSTOM: &[&str] = &[LAMBDA, SSM, CHILD];

pub(super) fn block(name: &str) -> Option<&'static Block> {
    BLOCKS.iter().find(|known| known.name == name)
}
