"""A shop whose database has a replica in the recovery region, where a service waits for it, with three gaps that keep it
down all the same; and the same without them.

    seed_three_gaps.py ENDPOINT gaps      makes it
    seed_three_gaps.py ENDPOINT fix       closes the gaps
    seed_three_gaps.py ENDPOINT blind     from now on moto checks policies; prints the keys of a user who may see neither
                                          definitions nor security groups nor replicas of secrets
"""

import json
import sys
import urllib.request

from aws import connect

ENDPOINT, STEP = sys.argv[1:]


REGIONS = {"us-east-1": "10.1", "us-west-2": "10.2"}
TAGS = [{"Key": "app", "Value": "shop"}]


def network(region, prefix):
    ec2 = connect("ec2", region)
    vpc = ec2.create_vpc(CidrBlock=f"{prefix}.0.0/16")["Vpc"]["VpcId"]
    subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"{prefix}.{number}.0/24", AvailabilityZone=f"{region}{zone}")
               ["Subnet"]["SubnetId"] for number, zone in [(1, "a"), (2, "b")]]
    api, database = (ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
                     for name in ("shop-api", "shop-database"))
    port = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [{"GroupId": api}]}
    ec2.authorize_security_group_ingress(GroupId=database, IpPermissions=[port])
    connect("rds", region).create_db_subnet_group(DBSubnetGroupName="shop", DBSubnetGroupDescription="shop",
                                                  SubnetIds=subnets)
    return {"subnets": subnets, "api": api, "database": database}


def definition(region, host, secret):
    container = {
        "name": "api", "image": "public.ecr.aws/nginx/nginx:1.29", "portMappings": [{"containerPort": 8080}],
        "environment": [{"name": "DATABASE_URL", "value": f"postgres://shop:canary-password@{host}:5432/shop"}],
        "secrets": [{"name": "DATABASE_PASSWORD", "valueFrom": secret}],
    }
    made = connect("ecs", region).register_task_definition(
        family="shop-api", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
        containerDefinitions=[container], taskRoleArn="arn:aws:iam::123456789012:role/shop-task",
        executionRoleArn="arn:aws:iam::123456789012:role/shop-task")
    return made["taskDefinition"]["taskDefinitionArn"]


def service(region, of, arn, count):
    ecs = connect("ecs", region)
    ecs.create_cluster(clusterName="shop")
    vpc = {"subnets": of["subnets"], "securityGroups": [of["api"]], "assignPublicIp": "DISABLED"}
    ecs.create_service(cluster="shop", serviceName="api", taskDefinition=arn, desiredCount=count, launchType="FARGATE",
                       networkConfiguration={"awsvpcConfiguration": vpc}, tags=[{"key": "app", "value": "shop"}])


def gaps():
    made = {region: network(region, prefix) for region, prefix in REGIONS.items()}
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                                                     "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}
    connect("iam").create_role(RoleName="shop-task", AssumeRolePolicyDocument=json.dumps(trust))
    database = connect("rds").create_db_instance(
        DBInstanceIdentifier="shop", Engine="postgres", EngineVersion="16.3", DBInstanceClass="db.m6g.large",
        AllocatedStorage=20, MasterUsername="shop", MasterUserPassword="canary-password", BackupRetentionPeriod=14,
        MultiAZ=True, DBSubnetGroupName="shop", VpcSecurityGroupIds=[made["us-east-1"]["database"]], Tags=TAGS,
        Port=5432)["DBInstance"]
    west = connect("rds", "us-west-2")
    west.create_db_instance_read_replica(DBInstanceIdentifier="shop-replica",
                                         SourceDBInstanceIdentifier=database["DBInstanceArn"], SourceRegion="us-east-1",
                                         DBSubnetGroupName="shop",
                                         VpcSecurityGroupIds=[made["us-west-2"]["database"]], Port=5432)
    secret = connect("secretsmanager").create_secret(Name="shop/database", SecretString="canary-password", Tags=TAGS)
    # The second gap: its security group lets nothing out but HTTPS.
    ec2 = connect("ec2", "us-west-2")
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    ec2.revoke_security_group_egress(GroupId=made["us-west-2"]["api"], IpPermissions=everything)
    https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    ec2.authorize_security_group_egress(GroupId=made["us-west-2"]["api"], IpPermissions=[https])
    # The first: the service there is told of the database here. The third: nobody replicated the secret.
    host = database["Endpoint"]["Address"]
    service("us-east-1", made["us-east-1"], definition("us-east-1", host, secret["ARN"]), 2)
    service("us-west-2", made["us-west-2"], definition("us-west-2", host, "shop/database"), 1)


def fix():
    rds, ecs, ec2 = (connect(name, "us-west-2") for name in ("rds", "ecs", "ec2"))
    groups = {group["GroupName"]: group["GroupId"] for group in ec2.describe_security_groups()["SecurityGroups"]}
    port = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
            "UserIdGroupPairs": [{"GroupId": groups["shop-database"]}]}
    ec2.authorize_security_group_egress(GroupId=groups["shop-api"], IpPermissions=[port])
    connect("secretsmanager").replicate_secret_to_regions(SecretId="shop/database",
                                                          AddReplicaRegions=[{"Region": "us-west-2"}])
    secret = connect("secretsmanager", "us-west-2").describe_secret(SecretId="shop/database")["ARN"]
    host = rds.describe_db_instances()["DBInstances"][0]["Endpoint"]["Address"]
    ecs.update_service(cluster="shop", service="api", taskDefinition=definition("us-west-2", host, secret))


def blind():
    iam = connect("iam")
    iam.create_user(UserName="blind")
    allow = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    deny = {"Effect": "Deny", "Resource": "*", "Action": ["ec2:DescribeSecurityGroups", "ecs:DescribeTaskDefinition",
                                                          "secretsmanager:DescribeSecret"]}
    iam.put_user_policy(UserName="blind", PolicyName="blind",
                        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allow, deny]}))
    key = iam.create_access_key(UserName="blind")["AccessKey"]
    urllib.request.urlopen(urllib.request.Request(ENDPOINT + "/moto-api/reset-auth", data=b"0", method="POST",
                                                  headers={"Content-Type": "text/plain"})).read()
    print(json.dumps({"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}))


{"gaps": gaps, "fix": fix, "blind": blind}[STEP]()
