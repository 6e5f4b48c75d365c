//! The IAM actions that collecting calls. They stand apart from the collectors, and without an SDK, so that every build can
//! print the permissions that a scan needs.

/// To take on a role.
pub(crate) const ASSUME: &str = "sts:AssumeRole";

/// To know which regions are enabled.
pub(crate) const DESCRIBE_REGIONS: &str = "ec2:DescribeRegions";

/// What the checks of `seaworthy verify` ask AWS, by kind. They are no part of what a scan needs: whoever has such checks
/// grants them.
pub(crate) const VERIFY: &[(&str, &[&str])] = &[
    ("role", &["iam:SimulatePrincipalPolicy"]),
    ("secret", &["secretsmanager:DescribeSecret", "kms:DescribeKey"]),
    ("writer", &["rds:DescribeDBClusters", "rds:DescribeDBInstances", "rds:DescribeGlobalClusters"]),
];

/// To list the accounts of an organization.
pub(crate) const ORGANIZATIONS: &[&str] = &[
    "organizations:DescribeOrganization",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListOrganizationalUnitsForParent",
];

pub(crate) const ACCOUNT: &[&str] = &[DESCRIBE_REGIONS];
pub(crate) const ACM: &[&str] = &["acm:DescribeCertificate", "acm:ListCertificates", "acm:ListTagsForCertificate"];

/// One permission for every read, of both of its interfaces.
pub(crate) const APIGATEWAY: &[&str] = &["apigateway:GET"];

/// What it is asked for only: the same permission gives out the keys of the clients of an API, too.
pub(crate) const APIS: &[&str] = &[
    "arn:*:apigateway:*::/apis",
    "arn:*:apigateway:*::/apis/*",
    "arn:*:apigateway:*::/domainnames",
    "arn:*:apigateway:*::/domainnames/*",
    "arn:*:apigateway:*::/restapis",
    "arn:*:apigateway:*::/restapis/*",
    "arn:*:apigateway:*::/vpclinks",
];

pub(crate) const AUTOSCALING: &[&str] = &[
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DescribeLaunchConfigurations",
    "ec2:DescribeImages",
    "ec2:DescribeLaunchTemplateVersions",
];

pub(crate) const BACKUP: &[&str] = &[
    "backup:DescribeBackupVault",
    "backup:DescribeRegionSettings",
    "backup:GetBackupPlan",
    "backup:GetBackupSelection",
    "backup:GetBackupVaultAccessPolicy",
    "backup:GetRestoreTestingPlan",
    "backup:GetRestoreTestingSelection",
    "backup:ListBackupPlans",
    "backup:ListBackupSelections",
    "backup:ListBackupVaults",
    "backup:ListCopyJobs",
    "backup:ListRecoveryPointsByBackupVault",
    "backup:ListRestoreJobs",
    "backup:ListRestoreTestingPlans",
    "backup:ListRestoreTestingSelections",
    "backup:ListTags",
    "ram:GetResourceShareAssociations",
    "ram:ListResources",
];

pub(crate) const CLOUDFRONT: &[&str] = &["cloudfront:ListDistributions", "cloudfront:ListTagsForResource"];

/// How far replicas are behind, and what waits to be replicated.
pub(crate) const CLOUDWATCH: &[&str] = &["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"];

pub(crate) const DLM: &[&str] = &["dlm:GetLifecyclePolicies", "dlm:GetLifecyclePolicy"];

/// Cloud Control asks services as the caller does, who needs the permissions that its schemas name for listing and reading.
/// Those that they name beside, and nothing is read with, such as `iam:PassRole`, are not asked for.
pub(crate) const DSQL: &[&str] = &[
    "cloudformation:GetResource",
    "cloudformation:ListResources",
    "dsql:GetCluster",
    "dsql:GetClusterPolicy",
    "dsql:GetVpcEndpointServiceName",
    "dsql:ListClusters",
    "dsql:ListTagsForResource",
];

pub(crate) const DYNAMODB: &[&str] = &[
    "dynamodb:DescribeContinuousBackups",
    "dynamodb:DescribeTable",
    "dynamodb:ListGlobalTables",
    "dynamodb:ListTables",
    "dynamodb:ListTagsOfResource",
];

pub(crate) const EC2: &[&str] = &[
    "ec2:DescribeCapacityReservations",
    "ec2:DescribeImages",
    "ec2:DescribeInstanceTypeOfferings",
    "ec2:DescribeInternetGateways",
    "ec2:DescribeLaunchTemplateVersions",
    "ec2:DescribeLaunchTemplates",
    "ec2:DescribeManagedPrefixLists",
    "ec2:DescribeNatGateways",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSnapshots",
    "ec2:DescribeSubnets",
    "ec2:DescribeTransitGatewayAttachments",
    "ec2:DescribeTransitGatewayPeeringAttachments",
    "ec2:DescribeTransitGatewayRouteTables",
    "ec2:DescribeTransitGatewayVpcAttachments",
    "ec2:DescribeVolumes",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeVpcEndpoints",
    "ec2:DescribeVpcPeeringConnections",
    "ec2:DescribeVpcs",
    "ec2:GetManagedPrefixListEntries",
];

pub(crate) const ECS: &[&str] = &[
    "application-autoscaling:DescribeScalableTargets",
    "ecs:DescribeCapacityProviders",
    "ecs:DescribeClusters",
    "ecs:DescribeServices",
    "ecs:DescribeTaskDefinition",
    "ecs:ListClusters",
    "ecs:ListServices",
    "ecs:ListTaskDefinitionFamilies",
];

pub(crate) const ECR: &[&str] =
    &["ecr:DescribeRegistry", "ecr:DescribeRepositories", "ecr:ListImages", "ecr:ListTagsForResource"];

pub(crate) const EFS: &[&str] = &[
    "elasticfilesystem:DescribeBackupPolicy",
    "elasticfilesystem:DescribeFileSystems",
    "elasticfilesystem:DescribeMountTargetSecurityGroups",
    "elasticfilesystem:DescribeMountTargets",
    "elasticfilesystem:DescribeReplicationConfigurations",
];

pub(crate) const EKS: &[&str] = &[
    "eks:DescribeAccessEntry",
    "eks:DescribeAddon",
    "eks:DescribeCluster",
    "eks:DescribeFargateProfile",
    "eks:DescribeNodegroup",
    "eks:ListAccessEntries",
    "eks:ListAddons",
    "eks:ListClusters",
    "eks:ListFargateProfiles",
    "eks:ListNodegroups",
];

pub(crate) const ELASTICACHE: &[&str] = &[
    "elasticache:DescribeCacheClusters",
    "elasticache:DescribeCacheParameterGroups",
    "elasticache:DescribeCacheParameters",
    "elasticache:DescribeCacheSubnetGroups",
    "elasticache:DescribeGlobalReplicationGroups",
    "elasticache:DescribeReplicationGroups",
    "elasticache:DescribeServerlessCaches",
    "elasticache:ListTagsForResource",
];

pub(crate) const ELBV2: &[&str] = &[
    "elasticloadbalancing:DescribeListenerCertificates",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeRules",
    "elasticloadbalancing:DescribeTags",
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
];

pub(crate) const FSX: &[&str] = &["fsx:DescribeBackups", "fsx:DescribeFileSystems"];

pub(crate) const GLOBAL_ACCELERATOR: &[&str] = &[
    "globalaccelerator:ListAccelerators",
    "globalaccelerator:ListEndpointGroups",
    "globalaccelerator:ListListeners",
    "globalaccelerator:ListTagsForResource",
];

pub(crate) const IAM: &[&str] = &["iam:GetAccountAuthorizationDetails"];

pub(crate) const KMS: &[&str] = &[
    "kms:ListKeys",
    "kms:ListAliases",
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:ListGrants",
    "kms:ListResourceTags",
];

pub(crate) const LOGS: &[&str] = &["logs:DescribeLogGroups", "logs:ListTagsForResource"];
pub(crate) const LAMBDA: &[&str] = &[
    "lambda:GetFunctionConcurrency",
    "lambda:GetFunctionConfiguration",
    "lambda:ListEventSourceMappings",
    "lambda:ListFunctionUrlConfigs",
    "lambda:ListFunctions",
    "lambda:ListLayers",
    "lambda:ListTags",
];

/// What its policies deny. Only its management account and those that it delegates to may ask.
pub(crate) const ORGANIZATION_POLICIES: &[&str] = &[
    "organizations:DescribeOrganization",
    "organizations:DescribePolicy",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListPolicies",
    "organizations:ListTargetsForPolicy",
];

pub(crate) const RDS: &[&str] = &[
    "rds:DescribeDBClusterParameterGroups",
    "rds:DescribeDBClusterParameters",
    "rds:DescribeDBClusterSnapshots",
    "rds:DescribeDBClusters",
    "rds:DescribeDBInstanceAutomatedBackups",
    "rds:DescribeDBInstances",
    "rds:DescribeDBParameterGroups",
    "rds:DescribeDBParameters",
    "rds:DescribeDBSnapshots",
    "rds:DescribeDBSubnetGroups",
    "rds:DescribeGlobalClusters",
    "rds:DescribeOptionGroups",
];

/// What databases run on, and whether the region where they are to come back offers it.
pub(crate) const RDS_OFFERINGS: &[&str] = &["rds:DescribeDBInstances", "rds:DescribeOrderableDBInstanceOptions"];

pub(crate) const REDSHIFT: &[&str] = &[
    "cloudformation:GetResource",
    "cloudformation:ListResources",
    "redshift:DescribeClusterDbRevisions",
    "redshift:DescribeClusters",
    "redshift:DescribeLoggingStatus",
    "redshift:DescribeSnapshotCopyGrants",
    "redshift:DescribeTags",
    "redshift:GetResourcePolicy",
];

pub(crate) const REDSHIFT_SERVERLESS: &[&str] = &[
    "cloudformation:GetResource",
    "cloudformation:ListResources",
    "redshift-serverless:GetNamespace",
    "redshift-serverless:ListNamespaces",
    "redshift-serverless:ListSnapshotCopyConfigurations",
    "redshift-serverless:ListTagsForResource",
    "redshift:GetResourcePolicy",
];

pub(crate) const REGION_SWITCH: &[&str] = &[
    "arc-region-switch:GetPlan",
    "arc-region-switch:GetPlanEvaluationStatus",
    "arc-region-switch:ListPlanExecutions",
    "arc-region-switch:ListPlans",
    "arc-region-switch:ListServiceQuotaWarnings",
    "arc-region-switch:ListTagsForResource",
];

pub(crate) const ROUTE53: &[&str] = &[
    "route53:GetHostedZone",
    "route53:ListHealthChecks",
    "route53:ListHostedZones",
    "route53:ListResourceRecordSets",
    "route53:ListTagsForResources",
];

/// Which switches there are. How they stand is a question to a cluster of its own, and nothing that a recovery is judged by.
pub(crate) const RECOVERY_CONTROL: &[&str] = &[
    "route53-recovery-control-config:ListClusters",
    "route53-recovery-control-config:ListControlPanels",
    "route53-recovery-control-config:ListRoutingControls",
    "route53-recovery-control-config:ListSafetyRules",
    "route53-recovery-control-config:ListTagsForResource",
];

/// Some permissions are called otherwise than the calls that they are for.
pub(crate) const S3: &[&str] = &[
    "s3:GetBucketLocation",
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketTagging",
    "s3:GetBucketVersioning",
    "s3:GetEncryptionConfiguration",
    "s3:GetReplicationConfiguration",
    "s3:ListAllMyBuckets",
];

pub(crate) const SECRETSMANAGER: &[&str] = &["secretsmanager:DescribeSecret", "secretsmanager:ListSecrets"];

pub(crate) const SSM: &[&str] = &["ssm:DescribeParameters", "ssm:ListTagsForResource"];

pub(crate) const SERVICE_QUOTAS: &[&str] =
    &["servicequotas:GetAWSDefaultServiceQuota", "servicequotas:GetServiceQuota"];

/// Those of every collector, with its service.
pub(crate) static COLLECTORS: &[(&str, &[&str])] = &[
    ("account", ACCOUNT),
    ("acm", ACM),
    ("apigateway", APIGATEWAY),
    ("arcregionswitch", REGION_SWITCH),
    ("autoscaling", AUTOSCALING),
    ("backup", BACKUP),
    ("cloudfront", CLOUDFRONT),
    ("cloudwatch", CLOUDWATCH),
    ("dlm", DLM),
    ("dsql", DSQL),
    ("dynamodb", DYNAMODB),
    ("ec2", EC2),
    ("ecr", ECR),
    ("ecs", ECS),
    ("efs", EFS),
    ("eks", EKS),
    ("elasticache", ELASTICACHE),
    ("elbv2", ELBV2),
    ("fsx", FSX),
    ("globalaccelerator", GLOBAL_ACCELERATOR),
    ("iam", IAM),
    ("kms", KMS),
    ("lambda", LAMBDA),
    ("logs", LOGS),
    ("organizations", ORGANIZATION_POLICIES),
    ("rds", RDS),
    ("rdsofferings", RDS_OFFERINGS),
    ("redshift", REDSHIFT),
    ("redshiftserverless", REDSHIFT_SERVERLESS),
    ("route53", ROUTE53),
    ("route53recoverycontrolconfig", RECOVERY_CONTROL),
    ("s3", S3),
    ("secretsmanager", SECRETSMANAGER),
    ("servicequotas", SERVICE_QUOTAS),
    ("ssm", SSM),
];
