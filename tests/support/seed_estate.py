"""Fills moto with the estate that tests/integration/moto.rs scans, through boto3 as anybody would.

    seed_estate.py ENDPOINT

An organization with two member accounts, and one more account that is reached by a role only. Three regions. Prints
the account ids as JSON, because moto makes them up.
"""

import json

from aws import connect, package

EAST, WEST, IRELAND = "us-east-1", "us-west-2", "eu-west-1"


def assume(account):
    role = f"arn:aws:iam::{account}:role/seaworthy"
    answer = connect("sts", EAST).assume_role(RoleArn=role, RoleSessionName="seed")["Credentials"]
    return {
        "aws_access_key_id": answer["AccessKeyId"],
        "aws_secret_access_key": answer["SecretAccessKey"],
        "aws_session_token": answer["SessionToken"],
    }


def tags(app):
    return [{"Key": "app", "Value": app}]


def database(rds, name, app, **options):
    settings = {"Engine": "postgres", "EngineVersion": "16.3", "DBInstanceClass": "db.m6g.large", "AllocatedStorage": 20,
                "MasterUsername": "root", "MasterUserPassword": "canary-password", "Tags": tags(app)}
    return rds.create_db_instance(DBInstanceIdentifier=name, **(settings | options))["DBInstance"]["DBInstanceArn"]


def shop(account):
    who = assume(account)
    east, west = connect("rds", EAST, who), connect("rds", WEST, who)
    kms = connect("kms", EAST, who)

    orders = kms.create_key(MultiRegion=True, Description="orders")["KeyMetadata"]
    kms.create_alias(AliasName="alias/orders", TargetKeyId=orders["KeyId"])
    kms.replicate_key(KeyId=orders["KeyId"], ReplicaRegion=WEST)
    files = kms.create_key(Description="files")["KeyMetadata"]
    kms.create_alias(AliasName="alias/files", TargetKeyId=files["KeyId"])
    doomed = kms.create_key(Description="doomed")["KeyMetadata"]
    kms.create_alias(AliasName="alias/doomed", TargetKeyId=doomed["KeyId"])
    kms.schedule_key_deletion(KeyId=doomed["KeyId"], PendingWindowInDays=7)
    off = kms.create_key(Description="off")["KeyMetadata"]
    kms.create_alias(AliasName="alias/off", TargetKeyId=off["KeyId"])
    kms.disable_key(KeyId=off["KeyId"])

    east.create_db_parameter_group(DBParameterGroupName="orders", DBParameterGroupFamily="postgres16", Description="orders")
    east.modify_db_parameter_group(DBParameterGroupName="orders", Parameters=[
        {"ParameterName": "max_connections", "ParameterValue": "500", "ApplyMethod": "pending-reboot"}])
    source = database(east, "orders-db", "shop", DBParameterGroupName="orders", MultiAZ=True, BackupRetentionPeriod=14, StorageEncrypted=True,
                      KmsKeyId=orders["Arn"], DeletionProtection=True)
    west.create_db_instance_read_replica(DBInstanceIdentifier="orders-db-replica", SourceDBInstanceIdentifier=source,
                                         DBParameterGroupName="default.postgres16", Tags=tags("shop"))
    database(east, "files-db", "shop", MultiAZ=True, BackupRetentionPeriod=7, StorageEncrypted=True,
             KmsKeyId=files["Arn"], DeletionProtection=True)
    database(east, "legacy", "shop", MultiAZ=False, BackupRetentionPeriod=0)

    for name, members in (("catalog", 2), ("solo", 1)):
        east.create_db_cluster(DBClusterIdentifier=name, Engine="aurora-postgresql", EngineVersion="16.3", Tags=tags("shop"),
                               MasterUsername="root", MasterUserPassword="canary-password", BackupRetentionPeriod=8)
        for number in range(members):
            east.create_db_instance(DBInstanceIdentifier=f"{name}-{number}", DBClusterIdentifier=name,
                                    Engine="aurora-postgresql", DBInstanceClass="db.r6g.large")

    cache = connect("elasticache", EAST, who)
    for name, safe in (("sessions", True), ("carts", False)):
        cache.create_replication_group(ReplicationGroupId=name, ReplicationGroupDescription=name, Engine="redis",
                                       CacheNodeType="cache.m6g.large", NumNodeGroups=1, ReplicasPerNodeGroup=1,
                                       AutomaticFailoverEnabled=safe, MultiAZEnabled=safe,
                                       SnapshotRetentionLimit=7 if safe else 0)

    scaling = connect("autoscaling", EAST, who)
    scaling.create_launch_configuration(LaunchConfigurationName="web", ImageId="ami-12345678", InstanceType="m6g.large")
    for name, zones in (("web", ["us-east-1a", "us-east-1b"]), ("batch", ["us-east-1a"])):
        scaling.create_auto_scaling_group(AutoScalingGroupName=name, LaunchConfigurationName="web", MinSize=0, MaxSize=2,
                                          DesiredCapacity=0, AvailabilityZones=zones)

    ec2 = connect("ec2", EAST, who)
    subnets = {s["AvailabilityZone"]: s["SubnetId"] for s in ec2.describe_subnets()["Subnets"]}
    eks = connect("eks", EAST, who)
    role = f"arn:aws:iam::{account}:role/eks"
    for name, zones in (("apps", ["us-east-1a", "us-east-1b"]), ("lonely", ["us-east-1a"])):
        used = [subnets[zone] for zone in zones]
        eks.create_cluster(name=name, roleArn=role, resourcesVpcConfig={"subnetIds": used}, version="1.33")
        for number, subnet in enumerate(used):
            eks.create_nodegroup(clusterName=name, nodegroupName=f"{name}-{number}", subnets=[subnet], nodeRole=role,
                                 scalingConfig={"minSize": 1, "maxSize": 3, "desiredSize": 1})

    iam = connect("iam", EAST, who)
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                                                     "Principal": {"Service": "eks.amazonaws.com"}}]}
    iam.create_role(RoleName="eks", AssumeRolePolicyDocument=json.dumps(trust), Tags=tags("shop"))
    pinned = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "rds:*", "Resource": "*",
                                                      "Condition": {"StringEquals": {"aws:RequestedRegion": EAST}}}]}
    iam.put_role_policy(RoleName="eks", PolicyName="pinned", PolicyDocument=json.dumps(pinned))
    traffic(who)


def traffic(who):
    """A shop behind a load balancer in two regions, with a failover pair that leads to them."""
    hosts = {}
    for region, ports in ((EAST, (80, 443)), (WEST, (443,))):
        ec2, elb, acm = connect("ec2", region, who), connect("elbv2", region, who), connect("acm", region, who)
        subnets = [s["SubnetId"] for s in ec2.describe_subnets()["Subnets"]][:2]
        vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        certificate = acm.request_certificate(DomainName="shop.example.com", SubjectAlternativeNames=["*.shop.example.com"],
                                              ValidationMethod="DNS", Tags=tags("shop"))["CertificateArn"]
        balancer = elb.create_load_balancer(Name="shop", Subnets=subnets, Tags=tags("shop"))["LoadBalancers"][0]
        hosts[region] = balancer["DNSName"]
        group = elb.create_target_group(Name="web", Protocol="HTTP", Port=8080, VpcId=vpc, HealthCheckPath="/health",
                                        Tags=tags("shop"))["TargetGroups"][0]["TargetGroupArn"]
        forward = [{"Type": "forward", "TargetGroupArn": group}]
        for port in ports:
            secure = {"Protocol": "HTTPS", "Certificates": [{"CertificateArn": certificate}]} if port == 443 else {}
            elb.create_listener(LoadBalancerArn=balancer["LoadBalancerArn"], Port=port, DefaultActions=forward,
                                **({"Protocol": "HTTP"} | secure))
    elb, ec2 = connect("elbv2", EAST, who), connect("ec2", EAST, who)
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    elb.create_load_balancer(Name="lonely", Type="network", Scheme="internal", Subnets=[subnet])
    # More than two pages.
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    for number in range(110):
        elb.create_target_group(Name=f"spare-{number:03}", Protocol="HTTP", Port=80, VpcId=vpc)

    route53 = connect("route53", EAST, who)
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="public")["HostedZone"]["Id"]
    private = route53.create_hosted_zone(Name="shop.internal", CallerReference="private",
                                         VPC={"VPCRegion": EAST, "VPCId": vpc})["HostedZone"]["Id"]
    route53.change_tags_for_resource(ResourceType="hostedzone", ResourceId=private.split("/")[-1], AddTags=tags("shop"))
    check = route53.create_health_check(CallerReference="check", HealthCheckConfig={
        "Type": "HTTPS", "FullyQualifiedDomainName": hosts[EAST], "Port": 443, "ResourcePath": "/health",
        "RequestInterval": 10, "FailureThreshold": 3, "Disabled": True})["HealthCheck"]["Id"]

    def records(zone, *sets):
        changes = [{"Action": "CREATE", "ResourceRecordSet": it} for it in sets]
        route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})

    def alias(host):
        return {"HostedZoneId": "Z35SXDOTRQ7X7K", "DNSName": f"dualstack.{host}.", "EvaluateTargetHealth": False}

    records(zone,
            {"Name": "shop.example.com", "Type": "A", "SetIdentifier": "east", "Failover": "PRIMARY",
             "AliasTarget": alias(hosts[EAST])},
            {"Name": "shop.example.com", "Type": "A", "SetIdentifier": "west", "Failover": "SECONDARY",
             "AliasTarget": alias(hosts[WEST])},
            {"Name": "api.example.com", "Type": "CNAME", "TTL": 300, "SetIdentifier": "east", "Failover": "PRIMARY",
             "HealthCheckId": check, "ResourceRecords": [{"Value": hosts[EAST]}]},
            {"Name": "api.example.com", "Type": "CNAME", "TTL": 60, "SetIdentifier": "west", "Failover": "SECONDARY",
             "ResourceRecords": [{"Value": hosts[WEST]}]},
            {"Name": "old.example.com", "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": hosts[EAST]}]},
            {"Name": "gone.example.com", "Type": "CNAME", "TTL": 60,
             "ResourceRecords": [{"Value": "gone-0123456789abcdef.elb.us-east-1.amazonaws.com"}]},
            {"Name": "example.com", "Type": "TXT", "TTL": 60, "ResourceRecords": [{"Value": '"canary-text"'}]})
    # More than three pages of a hundred.
    for first in range(0, 330, 110):
        records(zone, *({"Name": f"load-{number:03}.example.com", "Type": "A", "TTL": 60,
                         "ResourceRecords": [{"Value": "192.0.2.1"}]} for number in range(first, first + 110)))


def functions(account):
    who = assume(account)
    east, west = connect("lambda", EAST, who), connect("lambda", WEST, who)
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                                                     "Principal": {"Service": "lambda.amazonaws.com"}}]}
    role = connect("iam", EAST, who).create_role(RoleName="functions", AssumeRolePolicyDocument=json.dumps(trust))
    content = package("shared")
    layer = east.publish_layer_version(LayerName="shared", Content=content)["LayerVersionArn"]
    settings = {"Runtime": "python3.12", "Handler": "app.handle", "Role": role["Role"]["Arn"],
                "Tags": {"app": "shop"}, "Environment": {"Variables": {"PASSWORD": "canary-password"}}}

    def function(client, name, code, **options):
        client.create_function(FunctionName=name, Code=package(code), **(settings | options))

    function(east, "checkout", "new", Layers=[layer])
    function(west, "checkout", "old")
    function(east, "refund", "same")
    function(west, "refund", "same")
    west.put_function_concurrency(FunctionName="refund", ReservedConcurrentExecutions=0)
    function(east, "nightly", "same")
    for name, regions in (("orders", (EAST,)), ("refunds", (EAST, WEST))):
        for region in regions:
            sqs = connect("sqs", region, who)
            queue = sqs.create_queue(QueueName=name)["QueueUrl"]
            arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
            to = "checkout" if name == "orders" else "refund"
            connect("lambda", region, who).create_event_source_mapping(FunctionName=to, EventSourceArn=arn)


def billing(account):
    who = assume(account)
    database(connect("rds", EAST, who), "billing-db", "billing", MultiAZ=False, BackupRetentionPeriod=1)
    ireland = connect("rds", IRELAND, who)
    # More than two pages of a hundred.
    for number in range(255):
        database(ireland, f"load-{number:03}", "load", MultiAZ=True, BackupRetentionPeriod=7, DeletionProtection=True)


def reports(account):
    database(connect("rds", EAST, assume(account)), "reports-db", "reports", MultiAZ=True, BackupRetentionPeriod=7,
             DeletionProtection=True)


organizations = connect("organizations", EAST)
organizations.create_organization(FeatureSet="ALL")
accounts = {"management": connect("sts", EAST).get_caller_identity()["Account"], "reports": "333344445555"}
for name in ("shop", "billing"):
    status = organizations.create_account(AccountName=name, Email=f"{name}@example.com")["CreateAccountStatus"]
    accounts[name] = status["AccountId"]
shop(accounts["shop"])
functions(accounts["shop"])
billing(accounts["billing"])
reports(accounts["reports"])
regions = {"Version": "2012-10-17", "Statement": [{
    "Effect": "Deny", "NotAction": ["iam:*", "organizations:*", "support:*"], "Resource": "*",
    "Condition": {"StringNotEquals": {"aws:RequestedRegion": [EAST, IRELAND]}}}]}
policy = organizations.create_policy(Name="regions", Description="where to work", Type="SERVICE_CONTROL_POLICY",
                                     Content=json.dumps(regions))["Policy"]["PolicySummary"]
organizations.attach_policy(PolicyId=policy["Id"], TargetId=accounts["billing"])
print(json.dumps(accounts))
