"""Makes in moto what stands at the edges of a plan, a function a type: what machines start from, what the world sees, and
what an organization forbids. See apply_plan.py."""

import base64

from make_application import given, listed, of_ec2, tagged, tags


def volume(aws, it):
    made = aws("ec2").create_volume(AvailabilityZone=it["availability_zone"], Size=it["size"], **tagged("volume", it))
    return of_ec2(aws, "volume", made["VolumeId"])


def disk_snapshot(aws, it):
    made = aws("ec2").create_snapshot(VolumeId=it["volume_id"], **tagged("snapshot", it))
    return of_ec2(aws, "snapshot", made["SnapshotId"])


def image(aws, it):
    disks = [{"DeviceName": disk["device_name"], "Ebs": given(disk, {"SnapshotId": "snapshot_id", "VolumeSize": "volume_size"})}
             for disk in it["ebs_block_device"]]
    ec2 = aws("ec2")
    made = ec2.register_image(Name=it["name"], Architecture=it["architecture"], RootDeviceName=it["root_device_name"],
                              VirtualizationType=it["virtualization_type"], BlockDeviceMappings=disks)["ImageId"]
    ec2.create_tags(Resources=[made], Tags=tags(it))
    return of_ec2(aws, "image", made)


def image_copy(aws, it):
    made = aws("ec2").copy_image(Name=it["name"], SourceImageId=it["source_ami_id"],
                                 SourceRegion=it["source_ami_region"])["ImageId"]
    aws("ec2").create_tags(Resources=[made], Tags=tags(it))
    return of_ec2(aws, "image", made)


def launch_configuration(aws, it):
    scaling = aws("autoscaling")
    # The client encodes it anew.
    data = base64.b64decode(it["user_data_base64"]).decode()
    scaling.create_launch_configuration(
        LaunchConfigurationName=it["name"], UserData=data, SecurityGroups=listed(it["security_groups"]),
        **given(it, {"ImageId": "image_id", "InstanceType": "instance_type", "IamInstanceProfile": "iam_instance_profile"}))
    [made] = scaling.describe_launch_configurations(LaunchConfigurationNames=[it["name"]])["LaunchConfigurations"]
    return {"arn": made["LaunchConfigurationARN"], "id": it["name"]}


def counted(items):
    return {"Quantity": len(items), "Items": items} if items else {"Quantity": 0}


def distribution(aws, it):
    def origin(of):
        own = of["custom_origin_config"][0]
        return {"Id": of["origin_id"], "DomainName": of["domain_name"], "CustomOriginConfig": {
            "HTTPPort": own["http_port"], "HTTPSPort": own["https_port"],
            "OriginProtocolPolicy": own["origin_protocol_policy"],
            "OriginSslProtocols": counted(own["origin_ssl_protocols"])}}

    def group(of):
        codes = counted(of["failover_criteria"][0]["status_codes"])
        return {"Id": of["origin_id"], "FailoverCriteria": {"StatusCodes": codes},
                "Members": counted([{"OriginId": member["origin_id"]} for member in of["member"]])}

    def behaviour(of):
        forwarded = of["forwarded_values"][0]
        path = given(of, {"PathPattern": "path_pattern"})
        return path | {
            "TargetOriginId": of["target_origin_id"], "ViewerProtocolPolicy": of["viewer_protocol_policy"], "MinTTL": 0,
            "ForwardedValues": {"QueryString": forwarded["query_string"],
                                "Cookies": {"Forward": forwarded["cookies"][0]["forward"]}},
            "TrustedSigners": {"Enabled": False, "Quantity": 0}}

    made = aws("cloudfront").create_distribution_with_tags(DistributionConfigWithTags={
        "DistributionConfig": {
            "CallerReference": "shop", "Comment": it["comment"] or "", "Enabled": it["enabled"],
            "Aliases": counted(it["aliases"]), "Origins": counted([origin(of) for of in it["origin"]]),
            "OriginGroups": counted([group(of) for of in it["origin_group"]]),
            "DefaultCacheBehavior": behaviour(it["default_cache_behavior"][0]),
            "CacheBehaviors": counted([behaviour(of) for of in it["ordered_cache_behavior"]]),
        },
        "Tags": {"Items": tags(it)}})["Distribution"]
    return {"arn": made["ARN"], "id": made["Id"], "domain_name": made["DomainName"]}


def http_api(aws, it):
    made = aws("apigatewayv2").create_api(Name=it["name"], ProtocolType=it["protocol_type"], Tags=it["tags_all"])
    return {"arn": f"arn:aws:apigateway:{aws.region}::/apis/{made['ApiId']}", "id": made["ApiId"],
            "host": made["ApiEndpoint"].removeprefix("https://")}


def http_integration(aws, it):
    made = aws("apigatewayv2").create_integration(
        ApiId=it["api_id"], IntegrationType=it["integration_type"], IntegrationMethod=it["integration_method"],
        IntegrationUri=it["integration_uri"], PayloadFormatVersion=it["payload_format_version"])
    return {"id": made["IntegrationId"]}


def http_stage(aws, it):
    aws("apigatewayv2").create_stage(ApiId=it["api_id"], StageName=it["name"], AutoDeploy=it["auto_deploy"])
    return {"id": it["name"]}


def http_domain(aws, it):
    [own] = it["domain_name_configuration"]
    aws("apigatewayv2").create_domain_name(
        DomainName=it["domain_name"], Tags=it["tags_all"], DomainNameConfigurations=[
            given(own, {"CertificateArn": "certificate_arn", "EndpointType": "endpoint_type", "SecurityPolicy": "security_policy"})])
    return {"arn": f"arn:aws:apigateway:{aws.region}::/domainnames/{it['domain_name']}"}


def http_mapping(aws, it):
    made = aws("apigatewayv2").create_api_mapping(ApiId=it["api_id"], DomainName=it["domain_name"], Stage=it["stage"],
                                                  ApiMappingKey=it["api_mapping_key"] or "")
    return {"id": made["ApiMappingId"]}


def rest_api(aws, it):
    rest = aws("apigateway")
    made = rest.create_rest_api(name=it["name"], endpointConfiguration={"types": it["endpoint_configuration"][0]["types"]},
                                tags=it["tags_all"])["id"]
    [root] = rest.get_resources(restApiId=made)["items"]
    return {"arn": f"arn:aws:apigateway:{aws.region}::/restapis/{made}", "id": made, "root_resource_id": root["id"],
            "host": f"{made}.execute-api.{aws.region}.amazonaws.com"}


def rest_path(aws, it):
    made = aws("apigateway").create_resource(restApiId=it["rest_api_id"], parentId=it["parent_id"], pathPart=it["path_part"])
    return {"id": made["id"]}


def rest_method(aws, it):
    aws("apigateway").put_method(restApiId=it["rest_api_id"], resourceId=it["resource_id"], httpMethod=it["http_method"],
                                 authorizationType=it["authorization"])
    return {}


def rest_integration(aws, it):
    aws("apigateway").put_integration(
        restApiId=it["rest_api_id"], resourceId=it["resource_id"], httpMethod=it["http_method"], type=it["type"],
        integrationHttpMethod=it["integration_http_method"], uri=it["uri"], connectionType=it["connection_type"],
        connectionId=it["connection_id"])
    return {}


def vpc_link(aws, it):
    made = aws("apigateway").create_vpc_link(name=it["name"], targetArns=listed(it["target_arns"]))
    return {"id": made["id"]}


def rest_domain(aws, it):
    made = aws("apigateway").create_domain_name(
        domainName=it["domain_name"], regionalCertificateArn=it["regional_certificate_arn"], tags=it["tags_all"],
        endpointConfiguration={"types": it["endpoint_configuration"][0]["types"]})
    return {"arn": f"arn:aws:apigateway:{aws.region}::/domainnames/{it['domain_name']}", "host": made["regionalDomainName"]}


def base_path(aws, it):
    aws("apigateway").create_base_path_mapping(domainName=it["domain_name"], restApiId=it["api_id"], basePath=it["base_path"])
    return {}


def organization(aws, it):
    made = aws("organizations").create_organization(FeatureSet=it["feature_set"])["Organization"]
    return {"arn": made["Arn"], "id": made["Id"]}


def guard_rail(aws, it):
    made = aws("organizations").create_policy(Name=it["name"], Type=it["type"], Content=it["content"],
                                              Description=it["description"] or "", Tags=tags(it))["Policy"]["PolicySummary"]
    return {"arn": made["Arn"], "id": made["Id"]}


MAKE = {
    "aws_ami": image,
    "aws_ami_copy": image_copy,
    "aws_api_gateway_base_path_mapping": base_path,
    "aws_api_gateway_domain_name": rest_domain,
    "aws_api_gateway_integration": rest_integration,
    "aws_api_gateway_method": rest_method,
    "aws_api_gateway_resource": rest_path,
    "aws_api_gateway_rest_api": rest_api,
    "aws_api_gateway_vpc_link": vpc_link,
    "aws_apigatewayv2_api": http_api,
    "aws_apigatewayv2_api_mapping": http_mapping,
    "aws_apigatewayv2_domain_name": http_domain,
    "aws_apigatewayv2_integration": http_integration,
    "aws_apigatewayv2_stage": http_stage,
    "aws_cloudfront_distribution": distribution,
    "aws_ebs_snapshot": disk_snapshot,
    "aws_ebs_volume": volume,
    "aws_launch_configuration": launch_configuration,
    "aws_organizations_organization": organization,
    "aws_organizations_policy": guard_rail,
}
