"""Makes in moto what a Terraform plan creates, from the plan's own values.

    apply_plan.py ENDPOINT PLAN

What the plan knows only after apply is filled in from what was made before, along the references of the
configuration. Prints, for each address, its ARN and the other ids that moto made up, as JSON.
"""

import json
import sys

import boto3

import make_application
import make_edges
import make_stores

ENDPOINT, PLAN = sys.argv[1:]
CHARGED = {"Engine": "engine", "EngineVersion": "engine_version", "KmsKeyId": "kms_key_id",
           "StorageEncrypted": "storage_encrypted", "DeletionProtection": "deletion_protection",
           "BackupRetentionPeriod": "backup_retention_period", "DBSubnetGroupName": "db_subnet_group_name",
           "AllocatedStorage": "allocated_storage", "Iops": "iops", "StorageType": "storage_type"}
CLUSTER = CHARGED | {"DBClusterIdentifier": "cluster_identifier", "MasterUsername": "master_username",
                     "MasterUserPassword": "master_password", "GlobalClusterIdentifier": "global_cluster_identifier",
                     "DBClusterInstanceClass": "db_cluster_instance_class"}
INSTANCE = CHARGED | {"DBInstanceIdentifier": "identifier", "DBInstanceClass": "instance_class",
                      "MasterUsername": "username", "MasterUserPassword": "password", "MultiAZ": "multi_az",
                      "ManageMasterUserPassword": "manage_master_user_password", "AvailabilityZone": "availability_zone",
                      "DBClusterIdentifier": "cluster_identifier"}
REPLICA = {"DBInstanceIdentifier": "identifier", "SourceDBInstanceIdentifier": "replicate_source_db",
           "DBInstanceClass": "instance_class", "KmsKeyId": "kms_key_id"}
GROUP = {"ReplicationGroupId": "replication_group_id", "ReplicationGroupDescription": "description", "Engine": "engine",
         "EngineVersion": "engine_version", "CacheNodeType": "node_type", "NumCacheClusters": "num_cache_clusters",
         "NumNodeGroups": "num_node_groups", "ReplicasPerNodeGroup": "replicas_per_node_group",
         "AutomaticFailoverEnabled": "automatic_failover_enabled", "MultiAZEnabled": "multi_az_enabled",
         "PreferredCacheClusterAZs": "preferred_cache_cluster_azs", "SnapshotRetentionLimit": "snapshot_retention_limit",
         "KmsKeyId": "kms_key_id", "CacheSubnetGroupName": "subnet_group_name"}
CACHE = {"CacheClusterId": "cluster_id", "Engine": "engine", "EngineVersion": "engine_version",
         "CacheNodeType": "node_type", "NumCacheNodes": "num_cache_nodes", "AZMode": "az_mode",
         "PreferredAvailabilityZones": "preferred_availability_zones", "CacheSubnetGroupName": "subnet_group_name"}
SCALING = {"AutoScalingGroupName": "name", "MinSize": "min_size", "MaxSize": "max_size",
           "DesiredCapacity": "desired_capacity", "AvailabilityZones": "availability_zones"}
SIZES = {"minSize": "min_size", "desiredSize": "desired_size", "maxSize": "max_size"}


def given(values, names):
    """The arguments of a call: those that the plan has a value for. The provider sends no empty text and no zero."""
    return {argument: values[name] for argument, name in names.items() if values.get(name)}


def tags(values):
    return [{"Key": key, "Value": value} for key, value in sorted((values.get("tags_all") or {}).items())]


def listed(value):
    return value if isinstance(value, list) else [value]


def vpc(aws, it):
    made = aws("ec2").create_vpc(CidrBlock=it["cidr_block"],
                                 TagSpecifications=[{"ResourceType": "vpc", "Tags": tags(it)}])["Vpc"]
    return {"arn": f"arn:aws:ec2:{aws.region}:{made['OwnerId']}:vpc/{made['VpcId']}", "id": made["VpcId"]}


def subnet(aws, it):
    made = aws("ec2").create_subnet(VpcId=it["vpc_id"], CidrBlock=it["cidr_block"],
                                    AvailabilityZone=it["availability_zone"],
                                    TagSpecifications=[{"ResourceType": "subnet", "Tags": tags(it)}])["Subnet"]
    return {"arn": made["SubnetArn"], "id": made["SubnetId"]}


def kms_key(aws, it):
    policy = {"Policy": it["policy"]} if it.get("policy") else {}
    made = aws("kms").create_key(Description=it["description"], MultiRegion=bool(it.get("multi_region")), **policy,
                                 KeyUsage=it["key_usage"], KeySpec=it["customer_master_key_spec"],
                                 Tags=[{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in tags(it)])
    key = made["KeyMetadata"]
    if not it["is_enabled"]:
        aws("kms").disable_key(KeyId=key["KeyId"])
    return {"arn": key["Arn"], "id": key["KeyId"], "key_id": key["KeyId"]}


def kms_replica_key(aws, it):
    region, key = it["primary_key_arn"].split(":")[3], it["primary_key_arn"].split("/")[-1]
    made = aws("kms", region).replicate_key(
        KeyId=key, ReplicaRegion=aws.region, Description=it["description"],
        Tags=[{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in tags(it)])["ReplicaKeyMetadata"]
    return {"arn": made["Arn"], "id": made["KeyId"], "key_id": made["KeyId"]}


def kms_alias(aws, it):
    kms = aws("kms")
    try:
        kms.create_alias(AliasName=it["name"], TargetKeyId=it["target_key_id"])
    except kms.exceptions.AlreadyExistsException:
        pass  # In moto a key and its replica share their aliases.
    return {}


def db_subnet_group(aws, it):
    made = aws("rds").create_db_subnet_group(DBSubnetGroupName=it["name"], DBSubnetGroupDescription=it["description"],
                                             SubnetIds=listed(it["subnet_ids"]), Tags=tags(it))["DBSubnetGroup"]
    return {"arn": made["DBSubnetGroupArn"]}


def db_instance(aws, it):
    if it.get("replicate_source_db"):
        made = aws("rds").create_db_instance_read_replica(**given(it, REPLICA), Tags=tags(it))
    else:
        # The provider sends a retention of 0 where none is set.
        made = aws("rds").create_db_instance(**{"BackupRetentionPeriod": 0} | given(it, INSTANCE), Tags=tags(it))
    return {"arn": made["DBInstance"]["DBInstanceArn"]}


def db_snapshot(aws, it):
    made = aws("rds").create_db_snapshot(DBInstanceIdentifier=it["db_instance_identifier"],
                                         DBSnapshotIdentifier=it["db_snapshot_identifier"], Tags=tags(it))["DBSnapshot"]
    return {"arn": made["DBSnapshotArn"]}


def db_cluster_snapshot(aws, it):
    made = aws("rds").create_db_cluster_snapshot(DBClusterIdentifier=it["db_cluster_identifier"], Tags=tags(it),
                                                 DBClusterSnapshotIdentifier=it["db_cluster_snapshot_identifier"])
    return {"arn": made["DBClusterSnapshot"]["DBClusterSnapshotArn"]}


def global_cluster(aws, it):
    made = aws("rds").create_global_cluster(**given(it, {
        "GlobalClusterIdentifier": "global_cluster_identifier", "Engine": "engine", "EngineVersion": "engine_version",
        "StorageEncrypted": "storage_encrypted", "DeletionProtection": "deletion_protection"}), Tags=tags(it))["GlobalCluster"]
    return {"arn": made["GlobalClusterArn"], "id": it["global_cluster_identifier"]}


def cluster(aws, it):
    made = aws("rds").create_db_cluster(**given(it, CLUSTER), Tags=tags(it))["DBCluster"]
    return {"arn": made["DBClusterArn"], "id": it["cluster_identifier"]}


def elasticache_subnet_group(aws, it):
    made = aws("elasticache").create_cache_subnet_group(CacheSubnetGroupName=it["name"],
                                                        SubnetIds=listed(it["subnet_ids"]),
                                                        CacheSubnetGroupDescription=it["description"])
    return {"arn": made["CacheSubnetGroup"]["ARN"]}


def replication_group(aws, it):
    encrypted = {"AtRestEncryptionEnabled": it.get("at_rest_encryption_enabled") == "true"}
    made = aws("elasticache").create_replication_group(**given(it, GROUP), **encrypted, Tags=tags(it))
    return {"arn": made["ReplicationGroup"]["ARN"]}


def cache(aws, it):
    made = aws("elasticache").create_cache_cluster(**given(it, CACHE), Tags=tags(it))["CacheCluster"]
    return {"arn": made["ARN"]}


def launch_template(aws, it):
    data = given(it, {"ImageId": "image_id", "InstanceType": "instance_type"})
    for profile in it.get("iam_instance_profile") or []:
        data["IamInstanceProfile"] = given(profile, {"Arn": "arn", "Name": "name"})
    made = aws("ec2").create_launch_template(
        LaunchTemplateName=it["name"], LaunchTemplateData=data,
        TagSpecifications=[{"ResourceType": "launch-template", "Tags": tags(it)}])["LaunchTemplate"]
    region = aws("ec2").meta.region_name
    return {"id": made["LaunchTemplateId"],
            "arn": f"arn:aws:ec2:{region}:123456789012:launch-template/{made['LaunchTemplateId']}"}


def scaling_group(aws, it):
    arguments = given(it, SCALING) | {name: it[attribute] for name, attribute in SCALING.items() if attribute in it}
    if it.get("vpc_zone_identifier"):
        arguments["VPCZoneIdentifier"] = ",".join(listed(it["vpc_zone_identifier"]))
        arguments.pop("AvailabilityZones", None)
    if it.get("launch_configuration"):
        arguments["LaunchConfigurationName"] = it["launch_configuration"]
    if it.get("launch_template"):
        arguments["LaunchTemplate"] = {"LaunchTemplateId": it["launch_template"][0]["id"]}
    for mixed in it.get("mixed_instances_policy") or []:
        template = mixed["launch_template"][0]
        of = template["launch_template_specification"][0]["launch_template_id"]
        overrides = [{"InstanceType": override["instance_type"]} for override in template["override"]]
        arguments["MixedInstancesPolicy"] = {"LaunchTemplate": {
            "LaunchTemplateSpecification": {"LaunchTemplateId": of}, "Overrides": overrides}}
    arguments["Tags"] = [{"Key": tag["key"], "Value": tag["value"], "PropagateAtLaunch": tag["propagate_at_launch"],
                          "ResourceId": it["name"], "ResourceType": "auto-scaling-group"} for tag in it.get("tag") or []]
    scaling = aws("autoscaling")
    scaling.create_auto_scaling_group(**arguments)
    if it.get("suspended_processes"):
        scaling.suspend_processes(AutoScalingGroupName=it["name"], ScalingProcesses=it["suspended_processes"])
    [made] = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[it["name"]])["AutoScalingGroups"]
    return {"arn": made["AutoScalingGroupARN"]}


def eks_cluster(aws, it):
    encryption = [{"resources": config["resources"], "provider": {"keyArn": config["provider"][0]["key_arn"]}}
                  for config in it.get("encryption_config") or []]
    made = aws("eks").create_cluster(name=it["name"], roleArn=it["role_arn"], version=it["version"],
                                     resourcesVpcConfig={"subnetIds": listed(it["vpc_config"][0]["subnet_ids"])},
                                     encryptionConfig=encryption, tags=it["tags_all"])["cluster"]
    return {"arn": made["arn"], "id": it["name"]}


def node_group(aws, it):
    made = aws("eks").create_nodegroup(clusterName=it["cluster_name"], nodegroupName=it["node_group_name"],
                                       nodeRole=it["node_role_arn"], subnets=listed(it["subnet_ids"]),
                                       instanceTypes=it["instance_types"], tags=it["tags_all"],
                                       scalingConfig=given(it["scaling_config"][0], SIZES))["nodegroup"]
    return {"arn": made["nodegroupArn"]}


def fargate_profile(aws, it):
    selectors = [{"namespace": selector["namespace"]} for selector in it["selector"]]
    made = aws("eks").create_fargate_profile(clusterName=it["cluster_name"],
                                             fargateProfileName=it["fargate_profile_name"], selectors=selectors,
                                             podExecutionRoleArn=it["pod_execution_role_arn"],
                                             subnets=listed(it["subnet_ids"]), tags=it["tags_all"])["fargateProfile"]
    return {"arn": made["fargateProfileArn"]}


def iam_role(aws, it):
    made = aws("iam").create_role(RoleName=it["name"], Path=it["path"], Tags=tags(it),
                                  AssumeRolePolicyDocument=it["assume_role_policy"])["Role"]
    return {"arn": made["Arn"], "id": it["name"]}


def iam_instance_profile(aws, it):
    made = aws("iam").create_instance_profile(InstanceProfileName=it["name"], Path=it["path"])["InstanceProfile"]
    aws("iam").add_role_to_instance_profile(InstanceProfileName=it["name"], RoleName=it["role"])
    return {"arn": made["Arn"], "id": it["name"]}


def iam_role_policy(aws, it):
    aws("iam").put_role_policy(RoleName=it["role"], PolicyName=it["name"], PolicyDocument=it["policy"])
    return {}


def iam_policy(aws, it):
    made = aws("iam").create_policy(PolicyName=it["name"], Path=it["path"], PolicyDocument=it["policy"])["Policy"]
    return {"arn": made["Arn"]}


def iam_role_policy_attachment(aws, it):
    aws("iam").attach_role_policy(RoleName=it["role"], PolicyArn=it["policy_arn"])
    return {}


def backup_vault(aws, it):
    key = given(it, {"EncryptionKeyArn": "kms_key_arn"})
    made = aws("backup").create_backup_vault(BackupVaultName=it["name"], BackupVaultTags=it["tags_all"], **key)
    return {"arn": made["BackupVaultArn"], "id": it["name"]}


def vault_lock(aws, it):
    aws("backup").put_backup_vault_lock_configuration(
        BackupVaultName=it["backup_vault_name"],
        **given(it, {"MinRetentionDays": "min_retention_days", "MaxRetentionDays": "max_retention_days"}))
    return {}


def backup_plan(aws, it):
    def life(block):
        return {"Lifecycle": {"DeleteAfterDays": kept["delete_after"]} for kept in block.get("lifecycle") or []}

    rules = [{"RuleName": rule["rule_name"], "TargetBackupVaultName": rule["target_vault_name"],
              "ScheduleExpression": rule["schedule"], "StartWindowMinutes": rule["start_window"],
              "EnableContinuousBackup": bool(rule.get("enable_continuous_backup")), **life(rule),
              "CopyActions": [{"DestinationBackupVaultArn": copy["destination_vault_arn"], **life(copy)}
                              for copy in rule.get("copy_action") or []]}
             for rule in it["rule"]]
    made = aws("backup").create_backup_plan(BackupPlan={"BackupPlanName": it["name"], "Rules": rules},
                                            BackupPlanTags=it["tags_all"])
    return {"arn": made["BackupPlanArn"], "id": made["BackupPlanId"]}


MAKE = make_application.MAKE | make_edges.MAKE | make_stores.MAKE | {
    "aws_autoscaling_group": scaling_group,
    "aws_backup_plan": backup_plan,
    "aws_backup_vault": backup_vault,
    "aws_backup_vault_lock_configuration": vault_lock,
    "aws_db_cluster_snapshot": db_cluster_snapshot,
    "aws_db_instance": db_instance,
    "aws_db_snapshot": db_snapshot,
    "aws_db_subnet_group": db_subnet_group,
    "aws_eks_cluster": eks_cluster,
    "aws_eks_fargate_profile": fargate_profile,
    "aws_eks_node_group": node_group,
    "aws_elasticache_cluster": cache,
    "aws_elasticache_replication_group": replication_group,
    "aws_elasticache_subnet_group": elasticache_subnet_group,
    "aws_iam_instance_profile": iam_instance_profile,
    "aws_iam_policy": iam_policy,
    "aws_iam_role": iam_role,
    "aws_iam_role_policy": iam_role_policy,
    "aws_iam_role_policy_attachment": iam_role_policy_attachment,
    "aws_kms_alias": kms_alias,
    "aws_kms_key": kms_key,
    "aws_kms_replica_key": kms_replica_key,
    "aws_launch_template": launch_template,
    "aws_neptune_cluster": cluster,
    "aws_neptune_cluster_instance": db_instance,
    "aws_rds_cluster": cluster,
    "aws_rds_cluster_instance": db_instance,
    "aws_rds_global_cluster": global_cluster,
    "aws_subnet": subnet,
    "aws_vpc": vpc,
}


class Provider:
    """Clients of one provider of the configuration."""

    def __init__(self, region):
        self.region = region

    def __call__(self, service, region=None):
        return boto3.client(service, region_name=region or self.region, endpoint_url=ENDPOINT,
                            aws_access_key_id="testing", aws_secret_access_key="testing")


class Plan:
    def __init__(self, plan):
        changes = [change for change in plan["resource_changes"] if change["mode"] == "managed"]
        self.changes = {change["address"]: change for change in changes}
        code = plan["configuration"]["root_module"]["resources"]
        self.blocks = {f"{block['type']}.{block['name']}": block for block in code if block["mode"] == "managed"}
        regions = {key: provider["expressions"]["region"]["constant_value"]
                   for key, provider in plan["configuration"]["provider_config"].items()}
        self.providers = {key: Provider(region) for key, region in regions.items()}
        self.made = {}

    def block(self, change):
        return self.blocks[f"{change['type']}.{change['name']}"]

    def instances(self, reference):
        """Addresses of what a reference names: one instance, or all of a block."""
        name = ".".join(reference.split(".")[:2])
        return [name] if name in self.changes else [at for at in self.changes if at.startswith(name + "[")]

    def make(self, address):
        """Makes a resource, and before it what its block refers to."""
        if address in self.made:
            return
        change = self.changes[address]
        block = self.block(change)
        for reference in references(block.get("expressions", {})) + block.get("depends_on", []):
            for needed in self.instances(reference):
                self.make(needed)
        after, unknown = change["change"]["after"], change["change"]["after_unknown"]
        values = self.fill(after, unknown, block.get("expressions", {}))
        computed = MAKE[change["type"]](self.providers[block["provider_config_key"]], values)
        self.made[address] = values | computed
        change["ids"] = [id for id in computed.values() if id not in after.values()]

    def fill(self, value, unknown, expression):
        """The planned value, with what it refers to in place of what is known only after apply."""
        if isinstance(value, list) and isinstance(unknown, list):
            return [self.fill(item, unknown[at] if at < len(unknown) else {}, matching(item, expression))
                    for at, item in enumerate(value)]
        if not isinstance(value, dict) or not isinstance(unknown, dict) or not isinstance(expression, dict):
            return value
        filled = {name: self.fill(item, unknown.get(name), expression.get(name)) for name, item in value.items()}
        for name in unknown:
            written = expression.get(name)
            if unknown[name] is True and isinstance(written, dict) and written.get("references"):
                filled[name] = self.resolve(written["references"][0])
        return filled

    def resolve(self, reference):
        """`aws_kms_key.orders.arn` is that attribute; a whole block is the ids of its instances."""
        found = [self.made[at] for at in self.instances(reference)]
        parts = reference.split(".")
        return found[0][parts[2]] if len(parts) > 2 else [made["id"] for made in found]


def references(expression):
    if isinstance(expression, list):
        return [found for part in expression for found in references(part)]
    if isinstance(expression, dict):
        own = expression.get("references", [])
        inner = [found for name, part in expression.items() if name != "references" for found in references(part)]
        return [found for found in own + inner if isinstance(found, str)]
    return []


def matching(planned, written):
    """The block of the code that a planned block comes from: sets are not in the order of the code."""
    def agrees(block):
        return all(planned.get(name) == part["constant_value"] for name, part in block.items()
                   if isinstance(part, dict) and "constant_value" in part)
    return next((block for block in written or [] if isinstance(block, dict) and agrees(block)), {})


with open(PLAN, encoding="utf-8") as file:
    PLANNED = Plan(json.load(file))
for each in PLANNED.changes:
    PLANNED.make(each)
print(json.dumps({at: change["ids"] for at, change in PLANNED.changes.items()}))
