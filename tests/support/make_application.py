"""Makes the application chain of a plan in moto, a function a type: network, what workloads start from, what runs, and how
requests reach it. See apply_plan.py."""

import json

from aws import package

ACCOUNT = "123456789012"


def tags(values):
    return [{"Key": key, "Value": value} for key, value in sorted((values.get("tags_all") or {}).items())]


def tagged(kind, values):
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags(values)}]} if tags(values) else {}


def given(values, names):
    return {argument: values[name] for argument, name in names.items() if values.get(name)}


def listed(value):
    return value if isinstance(value, list) else [value] if value else []


def of_ec2(aws, word, id, **more):
    return {"arn": f"arn:aws:ec2:{aws.region}:{ACCOUNT}:{word}/{id}", "id": id} | more


# Network


def internet_gateway(aws, it):
    ec2 = aws("ec2")
    id = ec2.create_internet_gateway(**tagged("internet-gateway", it))["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=id, VpcId=it["vpc_id"])
    return of_ec2(aws, "internet-gateway", id)


def eip(aws, it):
    return {"id": aws("ec2").allocate_address(Domain="vpc")["AllocationId"]}


def nat_gateway(aws, it):
    made = aws("ec2").create_nat_gateway(SubnetId=it["subnet_id"], AllocationId=it["allocation_id"],
                                         **tagged("natgateway", it))
    return of_ec2(aws, "natgateway", made["NatGateway"]["NatGatewayId"])


def route_table(aws, it):
    made = aws("ec2").create_route_table(VpcId=it["vpc_id"], **tagged("route-table", it))["RouteTable"]
    return of_ec2(aws, "route-table", made["RouteTableId"])


def route(aws, it):
    aws("ec2").create_route(**given(it, {
        "RouteTableId": "route_table_id", "DestinationCidrBlock": "destination_cidr_block",
        "NatGatewayId": "nat_gateway_id", "VpcPeeringConnectionId": "vpc_peering_connection_id"}))
    return {}


def route_table_association(aws, it):
    aws("ec2").associate_route_table(SubnetId=it["subnet_id"], RouteTableId=it["route_table_id"])
    return {}


def peering(aws, it):
    ec2 = aws("ec2")
    made = ec2.create_vpc_peering_connection(VpcId=it["vpc_id"], PeerVpcId=it["peer_vpc_id"],
                                             **tagged("vpc-peering-connection", it))["VpcPeeringConnection"]
    if it["auto_accept"]:
        ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=made["VpcPeeringConnectionId"])
    return of_ec2(aws, "vpc-peering-connection", made["VpcPeeringConnectionId"])


def network_acl(aws, it):
    ec2 = aws("ec2")
    id = ec2.create_network_acl(VpcId=it["vpc_id"], **tagged("network-acl", it))["NetworkAcl"]["NetworkAclId"]
    for way in ("ingress", "egress"):
        for rule in it[way]:
            ports = {"PortRange": {"From": rule["from_port"], "To": rule["to_port"]}} if rule["protocol"] != "-1" else {}
            ec2.create_network_acl_entry(NetworkAclId=id, RuleNumber=rule["rule_no"], RuleAction=rule["action"],
                                         Protocol={"tcp": "6"}.get(rule["protocol"], rule["protocol"]),
                                         Egress=way == "egress", CidrBlock=rule["cidr_block"], **ports)
    of_vpc = {"Name": "vpc-id", "Values": [it["vpc_id"]]}
    for acl in ec2.describe_network_acls(Filters=[of_vpc])["NetworkAcls"]:
        for has in acl["Associations"]:
            if has["SubnetId"] in listed(it["subnet_ids"]):
                ec2.replace_network_acl_association(AssociationId=has["NetworkAclAssociationId"], NetworkAclId=id)
    return of_ec2(aws, "network-acl", id)


def permission(rule):
    """One rule as EC2 takes it."""
    ports = {} if rule["protocol"] == "-1" else {"FromPort": rule["from_port"], "ToPort": rule["to_port"]}
    return {"IpProtocol": rule["protocol"], **ports,
            "IpRanges": [{"CidrIp": cidr} for cidr in rule.get("cidr_blocks") or []],
            "UserIdGroupPairs": [{"GroupId": group} for group in rule.get("security_groups") or []]}


def security_group(aws, it):
    ec2 = aws("ec2")
    id = ec2.create_security_group(GroupName=it["name"], Description=it["description"], VpcId=it["vpc_id"],
                                   **tagged("security-group", it))["GroupId"]
    # The provider takes away what AWS lets out by default.
    ec2.revoke_security_group_egress(GroupId=id, IpPermissions=[permission({
        "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]})])
    for rule in it.get("ingress") or []:
        ec2.authorize_security_group_ingress(GroupId=id, IpPermissions=[permission(rule)])
    for rule in it.get("egress") or []:
        ec2.authorize_security_group_egress(GroupId=id, IpPermissions=[permission(rule)])
    return of_ec2(aws, "security-group", id)


def ingress_rule(aws, it):
    rule = {"protocol": it["ip_protocol"], "from_port": it["from_port"], "to_port": it["to_port"],
            "security_groups": listed(it.get("referenced_security_group_id")), "cidr_blocks": listed(it.get("cidr_ipv4"))}
    aws("ec2").authorize_security_group_ingress(GroupId=it["security_group_id"], IpPermissions=[permission(rule)])
    return {}


def security_group_rule(aws, it):
    ec2 = aws("ec2")
    allow = ec2.authorize_security_group_ingress if it["type"] == "ingress" else ec2.authorize_security_group_egress
    allow(GroupId=it["security_group_id"], IpPermissions=[permission(it)])
    return {}


def vpc_endpoint(aws, it):
    made = aws("ec2").create_vpc_endpoint(
        VpcId=it["vpc_id"], ServiceName=it["service_name"], VpcEndpointType=it["vpc_endpoint_type"],
        RouteTableIds=listed(it.get("route_table_ids")), SubnetIds=listed(it.get("subnet_ids")),
        SecurityGroupIds=listed(it.get("security_group_ids")), PrivateDnsEnabled=bool(it.get("private_dns_enabled")),
        **tagged("vpc-endpoint", it))["VpcEndpoint"]
    return of_ec2(aws, "vpc-endpoint", made["VpcEndpointId"])


def prefix_list(aws, it):
    made = aws("ec2").create_managed_prefix_list(PrefixListName=it["name"], MaxEntries=it["max_entries"],
                                                 AddressFamily=it["address_family"],
                                                 Entries=[{"Cidr": entry["cidr"]} for entry in it["entry"]],
                                                 **tagged("prefix-list", it))
    return of_ec2(aws, "prefix-list", made["PrefixList"]["PrefixListId"])


def transit_gateway(aws, it):
    made = aws("ec2").create_transit_gateway()["TransitGateway"]
    # It comes with a route table, which is what is told of it.
    table = made["Options"]["AssociationDefaultRouteTableId"]
    return of_ec2(aws, "transit-gateway-route-table", table) | {
        "id": made["TransitGatewayId"], "association_default_route_table_id": table}


def transit_gateway_attachment(aws, it):
    made = aws("ec2").create_transit_gateway_vpc_attachment(
        TransitGatewayId=it["transit_gateway_id"], VpcId=it["vpc_id"], SubnetIds=listed(it["subnet_ids"]),
        **tagged("transit-gateway-attachment", it))["TransitGatewayVpcAttachment"]
    return of_ec2(aws, "transit-gateway-attachment", made["TransitGatewayAttachmentId"])


# What workloads start from


def secret(aws, it):
    replicas = [{"Region": replica["region"]} for replica in it.get("replica") or []]
    made = aws("secretsmanager").create_secret(Name=it["name"], SecretString="canary-secret", Tags=tags(it),
                                               **given(it, {"KmsKeyId": "kms_key_id"}),
                                               **({"AddReplicaRegions": replicas} if replicas else {}))
    return {"arn": made["ARN"], "id": made["ARN"]}


def parameter(aws, it):
    aws("ssm").put_parameter(Name=it["name"], Type=it["type"], Value=it.get("insecure_value") or "canary-parameter",
                             Tags=tags(it), **given(it, {"KeyId": "key_id"}))
    return {"arn": f"arn:aws:ssm:{aws.region}:{ACCOUNT}:parameter{it['name']}", "id": it["name"]}


def image_repository(aws, it):
    encryption = [{"encryptionType": block["encryption_type"], **given(block, {"kmsKey": "kms_key"})}
                  for block in it.get("encryption_configuration") or []]
    made = aws("ecr").create_repository(repositoryName=it["name"], imageTagMutability=it["image_tag_mutability"],
                                        tags=tags(it), **({"encryptionConfiguration": encryption[0]} if encryption else {}))
    return {"arn": made["repository"]["repositoryArn"], "id": it["name"]}


def image_replication(aws, it):
    rules = [{"destinations": [{"region": to["region"], "registryId": to["registry_id"]} for to in rule["destination"]],
              "repositoryFilters": [{"filter": one["filter"], "filterType": one["filter_type"]}
                                    for one in rule["repository_filter"]]}
             for rule in it["replication_configuration"][0]["rule"]]
    aws("ecr").put_replication_configuration(replicationConfiguration={"rules": rules})
    return {"id": f"registry/{ACCOUNT}/{aws.region}"}


def log_group(aws, it):
    logs = aws("logs")
    logs.create_log_group(logGroupName=it["name"], tags=it["tags_all"], **given(it, {"kmsKeyId": "kms_key_id"}))
    if it.get("retention_in_days"):
        logs.put_retention_policy(logGroupName=it["name"], retentionInDays=it["retention_in_days"])
    return {"arn": f"arn:aws:logs:{aws.region}:{ACCOUNT}:log-group:{it['name']}", "id": it["name"]}


# What runs


def container_tags(it):
    return {"tags": [{"key": tag["Key"], "value": tag["Value"]} for tag in tags(it)]}


def container_cluster(aws, it):
    arn = aws("ecs").create_cluster(clusterName=it["name"], **container_tags(it))["cluster"]["clusterArn"]
    return {"arn": arn, "id": arn}


def task_definition(aws, it):
    made = aws("ecs").register_task_definition(
        containerDefinitions=json.loads(it["container_definitions"]), requiresCompatibilities=it["requires_compatibilities"],
        **given(it, {"family": "family", "networkMode": "network_mode", "cpu": "cpu", "memory": "memory",
                     "taskRoleArn": "task_role_arn", "executionRoleArn": "execution_role_arn"}), **container_tags(it))
    return {"arn": made["taskDefinition"]["taskDefinitionArn"], "id": it["family"]}


def container_service(aws, it):
    [vpc] = it["network_configuration"]
    balancers = [{"targetGroupArn": to["target_group_arn"], "containerName": to["container_name"],
                  "containerPort": to["container_port"]} for to in it.get("load_balancer") or []]
    made = aws("ecs").create_service(
        cluster=it["cluster"], serviceName=it["name"], taskDefinition=it["task_definition"],
        desiredCount=it["desired_count"], launchType=it["launch_type"], loadBalancers=balancers, **container_tags(it),
        networkConfiguration={"awsvpcConfiguration": {"subnets": listed(vpc["subnets"]),
                                                      "securityGroups": listed(vpc["security_groups"])}})
    return {"arn": made["service"]["serviceArn"], "id": made["service"]["serviceArn"]}


def scalable_target(aws, it):
    aws("application-autoscaling").register_scalable_target(
        ServiceNamespace=it["service_namespace"], ResourceId=it["resource_id"], ScalableDimension=it["scalable_dimension"],
        MinCapacity=it["min_capacity"], MaxCapacity=it["max_capacity"])
    return {}


def layer(aws, it):
    made = aws("lambda").publish_layer_version(LayerName=it["layer_name"], Content=package())
    return {"arn": made["LayerVersionArn"], "layer_arn": made["LayerArn"], "id": made["LayerVersionArn"]}


def function(aws, it):
    settings = {"Environment": {"Variables": block["variables"]} for block in it.get("environment") or []}
    for vpc in it.get("vpc_config") or []:
        settings["VpcConfig"] = {"SubnetIds": listed(vpc["subnet_ids"]), "SecurityGroupIds": listed(vpc["security_group_ids"])}
    made = aws("lambda").create_function(
        Code=package(), Tags=it["tags_all"], Layers=listed(it.get("layers")), **settings,
        **given(it, {"FunctionName": "function_name", "Role": "role", "Handler": "handler", "Runtime": "runtime",
                     "KMSKeyArn": "kms_key_arn", "MemorySize": "memory_size", "Timeout": "timeout"}))
    if it["reserved_concurrent_executions"] >= 0:
        aws("lambda").put_function_concurrency(FunctionName=it["function_name"],
                                               ReservedConcurrentExecutions=it["reserved_concurrent_executions"])
    return {"arn": made["FunctionArn"], "id": it["function_name"]}


def queue(aws, it):
    return {"id": aws("sqs").create_queue(QueueName=it["name"])["QueueUrl"]}


def event_source_mapping(aws, it):
    made = aws("lambda").create_event_source_mapping(EventSourceArn=it["event_source_arn"], FunctionName=it["function_name"],
                                                     Enabled=it["enabled"], Tags=it["tags_all"])
    return {"arn": f"arn:aws:lambda:{aws.region}:{ACCOUNT}:event-source-mapping:{made['UUID']}", "id": made["UUID"]}


# How requests reach it


def certificate(aws, it):
    made = aws("acm").request_certificate(DomainName=it["domain_name"], ValidationMethod=it["validation_method"],
                                          SubjectAlternativeNames=it["subject_alternative_names"], Tags=tags(it))
    return {"arn": made["CertificateArn"], "id": made["CertificateArn"]}


def balancer(aws, it):
    elb = aws("elbv2")
    made = elb.create_load_balancer(
        Name=it["name"], Type=it["load_balancer_type"], Scheme="internal" if it.get("internal") else "internet-facing",
        Subnets=listed(it["subnets"]), SecurityGroups=listed(it.get("security_groups")), Tags=tags(it))["LoadBalancers"][0]
    says = {"deletion_protection.enabled": it.get("enable_deletion_protection")}
    if it["load_balancer_type"] == "network":
        says["load_balancing.cross_zone.enabled"] = it.get("enable_cross_zone_load_balancing")
    elb.modify_load_balancer_attributes(LoadBalancerArn=made["LoadBalancerArn"], Attributes=[
        {"Key": key, "Value": "true" if value else "false"} for key, value in says.items()])
    return {"arn": made["LoadBalancerArn"], "id": made["LoadBalancerArn"], "dns_name": made["DNSName"],
            "zone_id": made["CanonicalHostedZoneId"]}


def target_group(aws, it):
    [check] = it["health_check"]
    made = aws("elbv2").create_target_group(
        Tags=tags(it), HealthCheckEnabled=check["enabled"], HealthCheckPath=check["path"],
        HealthCheckIntervalSeconds=check["interval"], HealthCheckTimeoutSeconds=check["timeout"],
        HealthyThresholdCount=check["healthy_threshold"], UnhealthyThresholdCount=check["unhealthy_threshold"],
        **given(it, {"Name": "name", "Port": "port", "Protocol": "protocol", "TargetType": "target_type",
                     "VpcId": "vpc_id"}))["TargetGroups"][0]
    return {"arn": made["TargetGroupArn"], "id": made["TargetGroupArn"]}


def listener(aws, it):
    actions = [{"Type": action["type"], "TargetGroupArn": action["target_group_arn"]} for action in it["default_action"]]
    shown = {"Certificates": [{"CertificateArn": it["certificate_arn"]}]} if it.get("certificate_arn") else {}
    made = aws("elbv2").create_listener(LoadBalancerArn=it["load_balancer_arn"], Port=it["port"], Protocol=it["protocol"],
                                        DefaultActions=actions, Tags=tags(it), **shown)["Listeners"][0]
    return {"arn": made["ListenerArn"], "id": made["ListenerArn"]}


def zone(aws, it):
    networks = [{"VPCId": vpc["vpc_id"], "VPCRegion": vpc["vpc_region"]} for vpc in it.get("vpc") or []]
    # AWS sees by the network that a zone is private; moto has to be told.
    private = {"VPC": networks[0], "HostedZoneConfig": {"PrivateZone": True}} if networks else {}
    made = aws("route53").create_hosted_zone(Name=it["name"], CallerReference=it["name"], **private)["HostedZone"]
    id = made["Id"].split("/")[-1]
    aws("route53").change_tags_for_resource(ResourceType="hostedzone", ResourceId=id, AddTags=tags(it))
    return {"arn": f"arn:aws:route53:::hostedzone/{id}", "id": id, "zone_id": id}


def health_check(aws, it):
    config = given(it, {"FullyQualifiedDomainName": "fqdn", "Type": "type", "Port": "port", "ResourcePath": "resource_path",
                        "RequestInterval": "request_interval", "FailureThreshold": "failure_threshold"})
    id = aws("route53").create_health_check(CallerReference=it["fqdn"], HealthCheckConfig=config)["HealthCheck"]["Id"]
    aws("route53").change_tags_for_resource(ResourceType="healthcheck", ResourceId=id, AddTags=tags(it))
    return {"arn": f"arn:aws:route53:::healthcheck/{id}", "id": id}


def record(aws, it):
    made = given(it, {"Name": "name", "Type": "type", "TTL": "ttl", "SetIdentifier": "set_identifier",
                      "HealthCheckId": "health_check_id"})
    for alias in it.get("alias") or []:
        made["AliasTarget"] = {"DNSName": alias["name"], "HostedZoneId": alias["zone_id"],
                               "EvaluateTargetHealth": alias["evaluate_target_health"]}
    for routing in it.get("failover_routing_policy") or []:
        made["Failover"] = routing["type"]
    if it.get("records"):
        made["ResourceRecords"] = [{"Value": value} for value in it["records"]]
    aws("route53").change_resource_record_sets(HostedZoneId=it["zone_id"], ChangeBatch={
        "Changes": [{"Action": "CREATE", "ResourceRecordSet": made}]})
    parts = [it["zone_id"], it["name"], it["type"], it.get("set_identifier")]
    return {"id": "/".join(part for part in parts if part)}


MAKE = {
    "aws_acm_certificate": certificate,
    "aws_appautoscaling_target": scalable_target,
    "aws_cloudwatch_log_group": log_group,
    "aws_ec2_managed_prefix_list": prefix_list,
    "aws_ec2_transit_gateway": transit_gateway,
    "aws_ec2_transit_gateway_vpc_attachment": transit_gateway_attachment,
    "aws_ecr_replication_configuration": image_replication,
    "aws_ecr_repository": image_repository,
    "aws_ecs_cluster": container_cluster,
    "aws_ecs_service": container_service,
    "aws_ecs_task_definition": task_definition,
    "aws_eip": eip,
    "aws_internet_gateway": internet_gateway,
    "aws_lambda_event_source_mapping": event_source_mapping,
    "aws_lambda_function": function,
    "aws_lambda_layer_version": layer,
    "aws_lb": balancer,
    "aws_lb_listener": listener,
    "aws_lb_target_group": target_group,
    "aws_nat_gateway": nat_gateway,
    "aws_network_acl": network_acl,
    "aws_route": route,
    "aws_route53_health_check": health_check,
    "aws_route53_record": record,
    "aws_route53_zone": zone,
    "aws_route_table": route_table,
    "aws_route_table_association": route_table_association,
    "aws_secretsmanager_secret": secret,
    "aws_security_group": security_group,
    "aws_security_group_rule": security_group_rule,
    "aws_sqs_queue": queue,
    "aws_ssm_parameter": parameter,
    "aws_vpc_endpoint": vpc_endpoint,
    "aws_vpc_peering_connection": peering,
    "aws_vpc_security_group_ingress_rule": ingress_rule,
}
