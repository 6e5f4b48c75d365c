"""Fills moto with a load balancer in each of two regions, and distributions in front of one of them or of both.

    seed_edge.py ENDPOINT
"""

from aws import connect

EAST, WEST = "us-east-1", "us-west-2"


hosts = []
for region in (EAST, WEST):
    ec2, elb = connect("ec2", region), connect("elbv2", region)
    network = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [ec2.create_subnet(VpcId=network, CidrBlock=f"10.0.{number}.0/24",
                                 AvailabilityZone=region + zone)["Subnet"]["SubnetId"]
               for number, zone in enumerate("ab")]
    balancer = elb.create_load_balancer(Name="shop", Subnets=subnets, Tags=[{"Key": "app", "Value": "shop"}])
    hosts.append(balancer["LoadBalancers"][0]["DNSName"])


def origin(name, host):
    headers = [{"HeaderName": "x-origin-key", "HeaderValue": "canary"}]
    return {"Id": name, "DomainName": host, "CustomHeaders": {"Quantity": 1, "Items": headers},
            "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only",
                                   "OriginSslProtocols": {"Quantity": 1, "Items": ["TLSv1.2"]}}}


def behaviour(target, **more):
    return {"TargetOriginId": target, "ViewerProtocolPolicy": "https-only", "MinTTL": 0,
            "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
            "TrustedSigners": {"Enabled": False, "Quantity": 0}, **more}


def distribution(name, default, *paths, enabled=True):
    origins = [origin("east", hosts[0]), origin("west", hosts[1]), origin("gone", f"gone-1.elb.{EAST}.amazonaws.com")]
    members = [{"OriginId": "east"}, {"OriginId": "west"}]
    both = {"Id": "both", "FailoverCriteria": {"StatusCodes": {"Quantity": 1, "Items": [503]}},
            "Members": {"Quantity": 2, "Items": members}}
    behaviours = [behaviour(target, PathPattern=path) for path, target in paths]
    connect("cloudfront", EAST).create_distribution_with_tags(DistributionConfigWithTags={
        "DistributionConfig": {
            "CallerReference": name, "Comment": "canary", "Enabled": enabled,
            "Aliases": {"Quantity": 1, "Items": [name + ".example.com"]},
            "Origins": {"Quantity": 3, "Items": origins}, "OriginGroups": {"Quantity": 1, "Items": [both]},
            "DefaultCacheBehavior": behaviour(default),
            "CacheBehaviors": {"Quantity": len(behaviours), "Items": behaviours},
        },
        "Tags": {"Items": [{"Key": "app", "Value": "shop"}]}})


# moto takes no group for the default.
distribution("both", "west", ("/*", "both"))
distribution("east", "east", ("/img/*", "both"), ("/old/*", "gone"))
distribution("off", "east", enabled=False)
