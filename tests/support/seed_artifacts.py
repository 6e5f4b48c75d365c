"""Fills moto with what workloads need to start: secrets, parameters, image repositories and log groups, in us-east-1 and
in part in us-west-2. Of each there is more than one page.

    seed_artifacts.py ENDPOINT
"""

import hashlib
import json

from aws import connect

EAST, WEST = "us-east-1", "us-west-2"


def push(ecr, repository, *tags, content="v1"):
    digest = "sha256:" + hashlib.sha256(content.encode()).hexdigest()
    manifest = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
                           "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 1,
                                      "digest": digest},
                           "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": 1,
                                       "digest": digest}]})
    for tag in tags:
        ecr.put_image(repositoryName=repository, imageManifest=manifest, imageTag=tag)


east, west = connect("secretsmanager", EAST), connect("secretsmanager", WEST)
tags = [{"Key": "app", "Value": "shop"}]
east.create_secret(Name="shop/replicated", SecretString="canary", Tags=tags, AddReplicaRegions=[{"Region": WEST}])
east.create_secret(Name="shop/twin", SecretString="canary", Tags=tags)
west.create_secret(Name="shop/twin", SecretString="canary", Tags=tags)
east.create_secret(Name="shop/here-only", SecretString="canary", Tags=tags)
east.create_secret(Name="shop/doomed", SecretString="canary", Tags=tags)
east.delete_secret(SecretId="shop/doomed", RecoveryWindowInDays=7)
for number in range(130):
    east.create_secret(Name=f"load/{number:03}", SecretString="canary")

east, west = connect("ssm", EAST), connect("ssm", WEST)
for client, name, kind in [
    (east, "/shop/host", "String"),
    (west, "/shop/host", "String"),
    (east, "/shop/password", "SecureString"),
    *((east, f"/load/{number:03}", "String") for number in range(60)),
]:
    client.put_parameter(Name=name, Type=kind, Value="canary", Tags=tags if name.startswith("/shop") else [])

east, west = connect("ecr", EAST), connect("ecr", WEST)
for client in (east, west):
    client.create_repository(repositoryName="shop/api", imageTagMutability="IMMUTABLE", tags=tags)
east.create_repository(repositoryName="shop/worker", tags=tags)
push(east, "shop/api", "v1", "stable", content="one")
push(east, "shop/api", "v2", content="two")
push(west, "shop/api", "v1", content="one")
push(west, "shop/api", "v2", content="other")
east.put_replication_configuration(replicationConfiguration={"rules": [{
    "destinations": [{"region": WEST, "registryId": "123456789012"}],
    "repositoryFilters": [{"filter": "shop/", "filterType": "PREFIX_MATCH"}],
}]})
for number in range(120):
    east.create_repository(repositoryName=f"load/{number:03}")

east, west = connect("logs", EAST), connect("logs", WEST)
east.create_log_group(logGroupName="/ecs/shop", tags={"app": "shop"})
east.put_retention_policy(logGroupName="/ecs/shop", retentionInDays=30)
west.create_log_group(logGroupName="/ecs/shop")
for number in range(60):
    east.create_log_group(logGroupName=f"/load/{number:03}")
