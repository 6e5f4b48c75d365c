"""Fills moto with machines: groups that start from launch templates by version and from a launch configuration, with images
of which some were copied to us-west-2 and one is gone, and instance profiles of which one hands out a role.

    seed_machines.py ENDPOINT
"""

import base64
import json

from aws import connect

EAST, WEST = "us-east-1", "us-west-2"
TAGS = [{"Key": "app", "Value": "shop"}]
USER_DATA = base64.b64encode(b"#!/bin/sh\nexport DB_HOST=orders.abc.us-east-1.rds.amazonaws.com PASSWORD=canary\n").decode()


east, west = connect("ec2", EAST), connect("ec2", WEST)


def image(client, name):
    return client.register_image(Name=name, Architecture="x86_64", RootDeviceName="/dev/sda1")["ImageId"]


def template(client, name, *images, machine="m5.large", **more):
    """A template with a version for each image."""
    group = client.create_security_group(GroupName=name, Description=name)["GroupId"]
    for number, one in enumerate(images):
        data = {"ImageId": one, "InstanceType": machine, "SecurityGroupIds": [group], **more}
        if number == 0:
            # moto starts no machine from a later version that has user data.
            client.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={**data, "UserData": USER_DATA})
        else:
            client.create_launch_template_version(LaunchTemplateName=name, LaunchTemplateData=data)


def group(region, name, size, zone, **more):
    connect("autoscaling", region).create_auto_scaling_group(
        AutoScalingGroupName=name, MinSize=size, MaxSize=4, DesiredCapacity=size, AvailabilityZones=[region + zone],
        Tags=[{**tag, "ResourceId": name, "ResourceType": "auto-scaling-group", "PropagateAtLaunch": False}
              for tag in TAGS], **more)


iam = connect("iam", EAST)
iam.create_role(RoleName="web-machines", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}))
for name in ("web", "empty"):
    iam.create_instance_profile(InstanceProfileName=name, Path="/machines/")
iam.add_role_to_instance_profile(InstanceProfileName="web", RoleName="web-machines")
PROFILES = {
    "web": {"Name": "web"},
    "worker": {"Arn": "arn:aws:iam::123456789012:instance-profile/machines/empty"},
    "batch": {"Name": "deleted"},
}

copied, here_only, gone = image(east, "web-1"), image(east, "worker-1"), image(east, "batch-1")
copy = west.copy_image(Name="web-1", SourceImageId=copied, SourceRegion=EAST)["ImageId"]
for client, name, images in [
    (east, "web", [here_only, copied]),
    (east, "worker", [here_only]),
    (east, "batch", [gone]),
    (west, "web", [copy]),
    *((east, f"load-{number:03}", [here_only]) for number in range(20)),
]:
    template(client, name, *images, **({"IamInstanceProfile": PROFILES[name]} if name in PROFILES else {}))
east.deregister_image(ImageId=gone)

group(EAST, "web", 2, "a", LaunchTemplate={"LaunchTemplateName": "web", "Version": "$Latest"})
group(EAST, "web-old", 1, "a", LaunchTemplate={"LaunchTemplateName": "web", "Version": "1"})
group(EAST, "worker", 1, "b", MixedInstancesPolicy={"LaunchTemplate": {
    "LaunchTemplateSpecification": {"LaunchTemplateName": "worker", "Version": "$Default"},
    "Overrides": [{"InstanceType": "m5.large"}, {"InstanceType": "m6i.large"}],
}})
group(EAST, "batch", 0, "a", LaunchTemplate={"LaunchTemplateName": "batch", "Version": "$Latest"})
connect("autoscaling", EAST).create_launch_configuration(
    LaunchConfigurationName="legacy", ImageId=here_only, InstanceType="t2.micro", UserData=USER_DATA,
    IamInstanceProfile="web")
group(EAST, "legacy", 1, "a", LaunchConfigurationName="legacy")
group(WEST, "web", 0, "a", LaunchTemplate={"LaunchTemplateName": "web", "Version": "$Latest"})
