"""At least two of everything that is collected, so that every list has a second page.

    seed_wire.py ENDPOINT
"""

import datetime
import json

from aws import connect, package

REGION, ACCOUNT, TWO = "us-east-1", "123456789012", ("one", "two")
TAGS = [{"Key": "app", "Value": "shop"}]


def network():
    ec2 = connect("ec2")
    vpcs = [ec2.create_vpc(CidrBlock=f"10.{number}.0.0/16")["Vpc"]["VpcId"] for number in (1, 2)]
    subnets = [ec2.create_subnet(VpcId=vpcs[0], CidrBlock=f"10.1.{number}.0/24", AvailabilityZone=f"{REGION}{zone}")
               ["Subnet"]["SubnetId"] for number, zone in enumerate("ab")]
    groups = [ec2.create_security_group(GroupName=name, Description=name, VpcId=vpcs[0])["GroupId"] for name in TWO]
    gateway = ec2.create_transit_gateway()["TransitGateway"]["TransitGatewayId"]
    table = ec2.create_transit_gateway_route_table(TransitGatewayId=gateway)["TransitGatewayRouteTable"]
    ec2.create_transit_gateway_route(TransitGatewayRouteTableId=table["TransitGatewayRouteTableId"], Blackhole=True,
                                     DestinationCidrBlock="10.9.0.0/16")
    for at, vpc in enumerate(vpcs):
        ec2.attach_internet_gateway(InternetGatewayId=ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"],
                                    VpcId=vpc)
        ec2.create_nat_gateway(SubnetId=subnets[at], ConnectivityType="private")
        ec2.create_vpc_endpoint(VpcId=vpcs[0], ServiceName=f"com.amazonaws.{REGION}.{('s3', 'dynamodb')[at]}",
                                VpcEndpointType="Gateway")
        ec2.create_vpc_endpoint(VpcId=vpcs[at], ServiceName=f"com.amazonaws.{REGION}.secretsmanager", PrivateDnsEnabled=True,
                                VpcEndpointType="Interface", SubnetIds=[subnets[0]])
        ec2.create_vpc_peering_connection(VpcId=vpcs[at], PeerVpcId=vpcs[1 - at])
        ec2.create_transit_gateway_vpc_attachment(TransitGatewayId=gateway, VpcId=vpc, SubnetIds=[subnets[at]])
        ec2.create_transit_gateway_peering_attachment(TransitGatewayId=gateway, PeerTransitGatewayId=gateway,
                                                      PeerAccountId=ACCOUNT, PeerRegion="us-west-2")
        ec2.create_managed_prefix_list(PrefixListName=TWO[at], MaxEntries=2, AddressFamily="IPv4",
                                       Entries=[{"Cidr": "10.8.0.0/16"}, {"Cidr": "10.9.0.0/16"}])
    return vpcs[0], subnets, groups


def machines():
    ec2 = connect("ec2")
    base = ec2.register_image(Name="base", Architecture="x86_64", RootDeviceName="/dev/sda1")["ImageId"]
    machine = ec2.run_instances(ImageId=base, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    for name in TWO:
        image = ec2.create_image(InstanceId=machine, Name=name)["ImageId"]
        ec2.create_launch_template(LaunchTemplateName=name,
                                   LaunchTemplateData={"ImageId": image, "InstanceType": "m6g.large"})


def disks(key):
    ec2 = connect("ec2")
    for name in TWO:
        volume = ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=8, Encrypted=True, KmsKeyId=key, TagSpecifications=[
            {"ResourceType": "volume", "Tags": [{"Key": "Name", "Value": name}]}])["VolumeId"]
        taken = ec2.create_snapshot(VolumeId=volume)["SnapshotId"]
        ec2.copy_snapshot(SourceRegion=REGION, SourceSnapshotId=taken, Description=f"[Copied {taken} from {REGION}] {name}")


def edges():
    for name in TWO:
        connect("cloudfront").create_distribution_with_tags(DistributionConfigWithTags={
            "DistributionConfig": {
                "CallerReference": name, "Comment": name, "Enabled": True,
                "Aliases": {"Quantity": 0, "Items": []},
                "Origins": {"Quantity": 1, "Items": [{
                    "Id": name, "DomainName": f"{name}.example.com", "CustomOriginConfig": {
                        "HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}}]},
                "DefaultCacheBehavior": {"TargetOriginId": name, "ViewerProtocolPolicy": "https-only"},
            },
            "Tags": {"Items": TAGS}})


def apis():
    rest, http = connect("apigateway"), connect("apigatewayv2")
    for name in TWO:
        link = rest.create_vpc_link(name=name, targetArns=[f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:loadbalancer/net/{name}/1"])
        api = rest.create_rest_api(name=name, tags={"app": "shop"})["id"]
        [root] = rest.get_resources(restApiId=api)["items"]
        path = rest.create_resource(restApiId=api, parentId=root["id"], pathPart="orders")["id"]
        for resource, more in ((root["id"], {}), (path, {"connectionType": "VPC_LINK", "connectionId": link["id"]})):
            rest.put_method(restApiId=api, resourceId=resource, httpMethod="GET", authorizationType="NONE")
            rest.put_integration(restApiId=api, resourceId=resource, httpMethod="GET", type="HTTP", integrationHttpMethod="GET",
                                 uri=f"https://{name}.example.com/?key=canary", requestTemplates={"json": "canary"}, **more)
        rest.create_deployment(restApiId=api, stageName="live", variables={"key": "canary"})
        rest.create_domain_name(domainName=f"old.{name}.com", endpointConfiguration={"types": ["REGIONAL"]}, tags={"app": "shop"})
        newer = http.create_api(Name=name, ProtocolType="HTTP", Tags={"app": "shop"})["ApiId"]
        for label in TWO:
            rest.create_base_path_mapping(domainName=f"old.{name}.com", restApiId=api, stage="live", basePath=label)
            http.create_integration(ApiId=newer, IntegrationType="HTTP_PROXY", IntegrationMethod="ANY",
                                    IntegrationUri=f"https://{label}.example.com/?key=canary")
            http.create_stage(ApiId=newer, StageName=label, AutoDeploy=True, StageVariables={"key": "canary"})
        http.create_domain_name(DomainName=f"new.{name}.com", Tags={"app": "shop"}, DomainNameConfigurations=[
            {"EndpointType": "REGIONAL", "CertificateArn": f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/{name}"}])
        for label in TWO:
            http.create_api_mapping(ApiId=newer, DomainName=f"new.{name}.com", Stage=label, ApiMappingKey=label)


def databases(subnets, groups, key):
    rds, common = connect("rds"), {"MasterUsername": "root", "MasterUserPassword": "canary-password"}
    for name in TWO:
        rds.create_db_subnet_group(DBSubnetGroupName=name, DBSubnetGroupDescription=name, SubnetIds=subnets)
        rds.create_db_parameter_group(DBParameterGroupName=name, DBParameterGroupFamily="postgres16", Description=name)
        rds.modify_db_parameter_group(DBParameterGroupName=name, Parameters=[
            {"ParameterName": parameter, "ParameterValue": "500", "ApplyMethod": "pending-reboot"}
            for parameter in ("max_connections", "work_mem")])
        rds.create_option_group(OptionGroupName=name, EngineName="mysql", MajorEngineVersion="8.0",
                                OptionGroupDescription=name)
        rds.create_db_cluster_parameter_group(DBClusterParameterGroupName=name, Description=name,
                                              DBParameterGroupFamily="aurora-postgresql16")
        rds.create_db_instance(DBInstanceIdentifier=name, Engine="postgres", EngineVersion="16.3", AllocatedStorage=20,
                               DBInstanceClass="db.m6g.large", MultiAZ=True, BackupRetentionPeriod=7, Tags=TAGS,
                               StorageEncrypted=True, KmsKeyId=key, DBSubnetGroupName=name,
                               VpcSecurityGroupIds=groups[:1], DBParameterGroupName=name, OptionGroupName=name, **common)
        rds.create_db_instance_read_replica(DBInstanceIdentifier=f"{name}-replica", SourceDBInstanceIdentifier=name)
        cluster = rds.create_db_cluster(DBClusterIdentifier=name, Engine="aurora-postgresql", EngineVersion="16.3",
                                        DBClusterParameterGroupName=name, **common)["DBCluster"]["DBClusterArn"]
        rds.create_db_snapshot(DBSnapshotIdentifier=f"{name}-snapshot", DBInstanceIdentifier=name)
        rds.create_db_cluster_snapshot(DBClusterSnapshotIdentifier=f"{name}-snapshot", DBClusterIdentifier=name)
        rds.create_global_cluster(GlobalClusterIdentifier=f"{name}-global", SourceDBClusterIdentifier=cluster)
        cache = connect("elasticache")
        cache.create_cache_subnet_group(CacheSubnetGroupName=name, CacheSubnetGroupDescription=name, SubnetIds=subnets)
        cache.create_replication_group(ReplicationGroupId=name, ReplicationGroupDescription=name, Engine="redis",
                                       CacheNodeType="cache.m6g.large", NumNodeGroups=1, ReplicasPerNodeGroup=1,
                                       AutomaticFailoverEnabled=True, MultiAZEnabled=True)
        cache.create_cache_cluster(CacheClusterId=f"{name}-cluster", Engine="memcached", CacheNodeType="cache.m6g.large",
                                   NumCacheNodes=1)


def backups(key):
    backup = connect("backup")
    # Whether one of these is shared is asked; moto_server.py makes it one.
    backup.create_backup_vault(BackupVaultName="air-gapped", EncryptionKeyArn=key, BackupVaultTags={"app": "shop"})
    for name in TWO:
        backup.create_backup_vault(BackupVaultName=name, EncryptionKeyArn=key, BackupVaultTags={"app": "shop"})
        rule = {"RuleName": name, "TargetBackupVaultName": name}
        backup.create_backup_plan(BackupPlan={"BackupPlanName": name, "Rules": [rule]})


def keys():
    kms, made = connect("kms"), []
    # It is not given to the account, so that grants may give more.
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {
        "AWS": "arn:aws:iam::123456789012:role/one"}, "Action": "kms:DescribeKey", "Resource": "*"}]}
    for name in TWO:
        made.append(kms.create_key(Description=name, Policy=json.dumps(policy), Tags=[
            {"TagKey": tag, "TagValue": "shop"} for tag in ("app", "team")])["KeyMetadata"]["Arn"])
        kms.create_alias(AliasName=f"alias/{name}", TargetKeyId=made[-1])
        for role in TWO:
            kms.create_grant(KeyId=made[-1], GranteePrincipal=f"arn:aws:iam::123456789012:role/{role}",
                             Operations=["Decrypt", "CreateGrant"])
    return made[0]


def roles():
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {
        "Service": ["lambda.amazonaws.com", "ecs-tasks.amazonaws.com", "eks.amazonaws.com"]}}]}
    made = [connect("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
            for name in TWO]
    return made[0]


def containers(subnets, groups, role):
    ecs, ecr, logs = connect("ecs"), connect("ecr"), connect("logs")
    scaling = connect("autoscaling")
    for name in ("web", "old"):
        scaling.create_launch_configuration(LaunchConfigurationName=name, ImageId="ami-12345678", InstanceType="m6g.large")
    for name in TWO:
        scaling.create_auto_scaling_group(AutoScalingGroupName=name, LaunchConfigurationName="web", MinSize=0, MaxSize=2,
                                          DesiredCapacity=0, VPCZoneIdentifier=subnets[0])
        ecs.create_cluster(clusterName=name)
        logs.create_log_group(logGroupName=f"/ecs/{name}", tags={"app": "shop"})
        ecr.create_repository(repositoryName=name, tags=TAGS)
        for tag in TWO:
            manifest = {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
                        "config": {"size": 1, "digest": f"sha256:{tag}",
                                   "mediaType": "application/vnd.docker.container.image.v1+json"}, "layers": []}
            ecr.put_image(repositoryName=name, imageManifest=json.dumps(manifest), imageTag=tag)
        ecs.register_task_definition(
            family=name, networkMode="awsvpc", taskRoleArn=role, executionRoleArn=role, cpu="256", memory="512",
            requiresCompatibilities=["FARGATE"],
            containerDefinitions=[{"name": name, "image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{name}:one"}])
    group = scaling.describe_auto_scaling_groups()["AutoScalingGroups"][0]["AutoScalingGroupARN"]
    for name in TWO:
        ecs.create_capacity_provider(name=name, autoScalingGroupProvider={"autoScalingGroupArn": group})
    ecs.put_cluster_capacity_providers(cluster="one", capacityProviders=TWO, defaultCapacityProviderStrategy=[])
    for name in TWO:
        ecs.create_service(cluster="one", serviceName=name, taskDefinition=name, desiredCount=1, launchType="FARGATE",
                           networkConfiguration={"awsvpcConfiguration": {"subnets": subnets, "securityGroups": groups}})
        connect("application-autoscaling").register_scalable_target(
            ServiceNamespace="ecs", ResourceId=f"service/one/{name}", ScalableDimension="ecs:service:DesiredCount",
            MinCapacity=1, MaxCapacity=4)


def kubernetes(subnets, role):
    eks = connect("eks")
    for name in TWO:
        eks.create_cluster(name=name, roleArn=role, resourcesVpcConfig={"subnetIds": subnets}, version="1.33")
        for other in TWO:
            eks.create_nodegroup(clusterName=name, nodegroupName=other, subnets=subnets, nodeRole=role,
                                 scalingConfig={"minSize": 1, "maxSize": 3, "desiredSize": 1})
            eks.create_fargate_profile(fargateProfileName=f"{other}-fargate", clusterName=name, subnets=subnets,
                                       podExecutionRoleArn=role, selectors=[{"namespace": other}])


def traffic(vpc, subnets):
    elb, acm, route53 = connect("elbv2"), connect("acm"), connect("route53")
    for at, name in enumerate(TWO):
        shown = acm.request_certificate(DomainName=f"{name}.example.com", ValidationMethod="DNS", Tags=TAGS)["CertificateArn"]
        more = acm.request_certificate(DomainName=f"*.{name}.example.com", ValidationMethod="DNS")["CertificateArn"]
        balancer = elb.create_load_balancer(Name=name, Subnets=subnets, Tags=TAGS)["LoadBalancers"][0]
        group = elb.create_target_group(Name=name, Protocol="HTTP", Port=8080, VpcId=vpc,
                                        TargetType="ip")["TargetGroups"][0]["TargetGroupArn"]
        forward = [{"Type": "forward", "TargetGroupArn": group}]
        for port in (80, 443):
            secure = {"Protocol": "HTTPS", "Certificates": [{"CertificateArn": shown}]} if port == 443 else {}
            listener = elb.create_listener(LoadBalancerArn=balancer["LoadBalancerArn"], Port=port, DefaultActions=forward,
                                           **({"Protocol": "HTTP"} | secure))["Listeners"][0]["ListenerArn"]
            if port == 443:
                elb.add_listener_certificates(ListenerArn=listener, Certificates=[{"CertificateArn": more}])
            elb.create_rule(ListenerArn=listener, Priority=1, Actions=forward,
                            Conditions=[{"Field": "path-pattern", "Values": ["/api/*"]}])
        zone = route53.create_hosted_zone(Name=f"{name}.com", CallerReference=name)["HostedZone"]["Id"]
        # AWS sees by the network that a zone is private; moto has to be told.
        private = {"VPC": {"VPCRegion": REGION, "VPCId": vpc}, "HostedZoneConfig": {"PrivateZone": True}}
        route53.create_hosted_zone(Name=f"{name}.internal", CallerReference=f"{name}-private", **private)
        check = route53.create_health_check(CallerReference=name, HealthCheckConfig={
            "Type": "HTTPS", "FullyQualifiedDomainName": balancer["DNSName"], "Port": 443, "RequestInterval": 10,
            "FailureThreshold": 3})["HealthCheck"]["Id"]
        sets = [{"Name": f"{label}.{name}.com", "Type": "CNAME", "TTL": 60, "SetIdentifier": "one", "Failover": "PRIMARY",
                 "HealthCheckId": check, "ResourceRecords": [{"Value": balancer["DNSName"]}]} for label in TWO]
        route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={
            "Changes": [{"Action": "CREATE", "ResourceRecordSet": it} for it in sets]})


def functions(role):
    aws, sqs = connect("lambda"), connect("sqs")
    for name in TWO:
        layer = aws.publish_layer_version(LayerName=name, Content=package())["LayerVersionArn"]
        aws.create_function(FunctionName=name, Code=package(), Runtime="python3.12", Role=role,
                            Handler="app.handle", Layers=[layer], Tags={"app": "shop"})
        queue = sqs.create_queue(QueueName=name)["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        aws.create_event_source_mapping(FunctionName=name, EventSourceArn=arn, Tags={"app": "shop"})


def secrets():
    for name in TWO:
        connect("secretsmanager").create_secret(Name=name, SecretString="canary-password", Tags=TAGS)
        connect("ssm").put_parameter(Name=f"/{name}", Type="String", Value="canary-password", Tags=TAGS)


def stores(key, subnets, groups):
    dynamodb, s3, efs = connect("dynamodb"), connect("s3"), connect("efs")
    for name in TWO:
        dynamodb.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", Tags=TAGS + [{"Key": "team", "Value": "shop"}],
                              KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                              AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                              SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key})
        s3.create_bucket(Bucket=f"{name}-bucket")
        s3.put_bucket_versioning(Bucket=f"{name}-bucket", VersioningConfiguration={"Status": "Enabled"})
        s3.put_bucket_tagging(Bucket=f"{name}-bucket", Tagging={"TagSet": TAGS})
        system = efs.create_file_system(CreationToken=name, Encrypted=True, KmsKeyId=key, Backup=True, Tags=TAGS)
        for subnet in subnets:
            efs.create_mount_target(FileSystemId=system["FileSystemId"], SubnetId=subnet, SecurityGroups=groups[:1])
        connect("fsx").create_file_system(FileSystemType="WINDOWS", StorageCapacity=300, SubnetIds=subnets, KmsKeyId=key, Tags=TAGS,
                                          WindowsConfiguration={"DeploymentType": "MULTI_AZ_1", "ThroughputCapacity": 32,
                                                                "AutomaticBackupRetentionDays": 7})
    for name, other in (TWO, TWO[::-1]):
        s3.put_bucket_replication(Bucket=f"{name}-bucket", ReplicationConfiguration={"Role": ROLE, "Rules": [{
            "ID": name, "Status": "Enabled", "Priority": 1, "Filter": {"Prefix": ""},
            "DeleteMarkerReplication": {"Status": "Disabled"},
            "Destination": {"Bucket": f"arn:aws:s3:::{other}-bucket"}}]})


def replication():
    """What CloudWatch measured of the last minutes. Sums over an engine are nothing of a replica."""
    cloudwatch, now = connect("cloudwatch"), datetime.datetime.now(datetime.timezone.utc)
    for name, other in (TWO, TWO[::-1]):
        bucket = {"SourceBucket": f"{name}-bucket", "DestinationBucket": f"{other}-bucket", "RuleId": name}
        measured = [
            ("AWS/RDS", "ReplicaLag", {"DBInstanceIdentifier": f"{name}-replica"}, 7),
            ("AWS/RDS", "ReplicaLag", {"EngineName": name}, 7),
            ("AWS/RDS", "AuroraGlobalDBRPOLag", {"DBClusterIdentifier": name}, 900),
            ("AWS/RDS", "AuroraGlobalDBReplicationLag", {"DBClusterIdentifier": name}, 90),
            ("AWS/DynamoDB", "ReplicationLatency", {"TableName": name, "ReceivingRegion": "us-west-2"}, 800),
            ("AWS/ElastiCache", "GlobalDatastoreReplicationLag", {"CacheClusterId": f"{name}-001"}, 1),
            ("AWS/S3", "ReplicationLatency", bucket, 60),
            ("AWS/S3", "OperationsPendingReplication", bucket, 3),
            ("AWS/S3", "OperationsFailedReplication", bucket, 0),
        ]
        for namespace, metric, dimensions, value in measured:
            dimensions = [{"Name": key, "Value": is_named} for key, is_named in dimensions.items()]
            cloudwatch.put_metric_data(Namespace=namespace, MetricData=[
                {"MetricName": metric, "Dimensions": dimensions, "Value": value,
                 "Timestamp": now - datetime.timedelta(minutes=minutes)} for minutes in (20, 60)])


def organization():
    organizations = connect("organizations")
    organizations.create_organization(FeatureSet="ALL")
    root = organizations.list_roots()["Roots"][0]["Id"]
    deny = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "rds:*", "Resource": "*", "Condition": {
        "StringNotEquals": {"aws:RequestedRegion": [REGION]}}}]}
    for name in TWO:
        unit = organizations.create_organizational_unit(ParentId=root, Name=name)["OrganizationalUnit"]["Id"]
        for inner in TWO:
            organizations.create_organizational_unit(ParentId=unit, Name=inner)
            email = f"{name}-{inner}@example.com"
            account = organizations.create_account(AccountName=email, Email=email)["CreateAccountStatus"]["AccountId"]
            organizations.move_account(AccountId=account, SourceParentId=root, DestinationParentId=unit)
        policy = organizations.create_policy(Name=name, Description=name, Type="SERVICE_CONTROL_POLICY",
                                             Content=json.dumps(deny))["Policy"]["PolicySummary"]["Id"]
        for target in (root, unit):
            organizations.attach_policy(PolicyId=policy, TargetId=target)


VPC, SUBNETS, GROUPS = network()
KEY, ROLE = keys(), roles()
disks(KEY)
machines()
edges()
apis()
databases(SUBNETS, GROUPS, KEY)
backups(KEY)
containers(SUBNETS, GROUPS, ROLE)
kubernetes(SUBNETS, ROLE)
traffic(VPC, SUBNETS)
functions(ROLE)
secrets()
stores(KEY, SUBNETS, GROUPS)
replication()
organization()
