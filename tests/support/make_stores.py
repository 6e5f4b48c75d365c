"""Makes the tables, buckets, file systems and volumes of a plan in moto, a function a type. See apply_plan.py."""


def tags(it):
    return [{"Key": key, "Value": value} for key, value in sorted((it.get("tags_all") or {}).items())]


def block(it, name):
    """The only block of that name, or nothing."""
    return (it.get(name) or [{}])[0]


def table(aws, it):
    dynamodb, sse = aws("dynamodb"), block(it, "server_side_encryption")
    arguments = {}
    if sse.get("enabled"):
        arguments["SSESpecification"] = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": sse["kms_key_arn"]}
    made = dynamodb.create_table(
        TableName=it["name"], BillingMode=it["billing_mode"], Tags=tags(it),
        DeletionProtectionEnabled=bool(it.get("deletion_protection_enabled")),
        KeySchema=[{"AttributeName": it["hash_key"], "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": each["name"], "AttributeType": each["type"]} for each in it["attribute"]],
        **arguments)["TableDescription"]
    if block(it, "point_in_time_recovery").get("enabled"):
        dynamodb.update_continuous_backups(TableName=it["name"],
                                           PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
    return {"arn": made["TableArn"]}


def bucket(aws, it):
    where = {} if aws.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": aws.region}}
    s3 = aws("s3")
    s3.create_bucket(Bucket=it["bucket"], ObjectLockEnabledForBucket=bool(it.get("object_lock_enabled")), **where)
    s3.put_bucket_tagging(Bucket=it["bucket"], Tagging={"TagSet": tags(it)})
    return {"arn": f"arn:aws:s3:::{it['bucket']}", "id": it["bucket"]}


def versioning(aws, it):
    aws("s3").put_bucket_versioning(Bucket=it["bucket"], VersioningConfiguration={
        "Status": block(it, "versioning_configuration")["status"]})
    return {}


def bucket_encryption(aws, it):
    default = block(block(it, "rule"), "apply_server_side_encryption_by_default")
    aws("s3").put_bucket_encryption(Bucket=it["bucket"], ServerSideEncryptionConfiguration={"Rules": [
        {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": default["sse_algorithm"],
                                                "KMSMasterKeyID": default["kms_master_key_id"]}}]})
    return {}


def object_lock(aws, it):
    retention = block(block(it, "rule"), "default_retention")
    aws("s3").put_object_lock_configuration(Bucket=it["bucket"], ObjectLockConfiguration={
        "ObjectLockEnabled": "Enabled",
        "Rule": {"DefaultRetention": {"Mode": retention["mode"], "Days": retention["days"]}}})
    return {}


def replication(aws, it):
    rules = [{"ID": rule["id"], "Status": rule["status"], "Priority": at, "Filter": {"Prefix": ""},
              "DeleteMarkerReplication": {"Status": block(rule, "delete_marker_replication")["status"]},
              "Destination": {"Bucket": block(rule, "destination")["bucket"]}}
             for at, rule in enumerate(it["rule"])]
    aws("s3").put_bucket_replication(Bucket=it["bucket"],
                                     ReplicationConfiguration={"Role": it["role"], "Rules": rules})
    return {}


def file_system(aws, it):
    # Moto has no call that changes it later: each has a policy, or is in one zone, which is backed up by itself.
    arguments = {"KmsKeyId": it["kms_key_id"]} if it.get("kms_key_id") else {}
    if it.get("availability_zone_name"):
        arguments["AvailabilityZoneName"] = it["availability_zone_name"]
    made = aws("efs").create_file_system(CreationToken=it["creation_token"], Encrypted=bool(it.get("encrypted")),
                                         Backup=True, Tags=tags(it), **arguments)
    return {"arn": made["FileSystemArn"], "id": made["FileSystemId"]}


def backup_policy(aws, it):
    """See above."""
    assert block(it, "backup_policy")["status"] == "ENABLED"
    return {}


def volume(aws, it):
    made = aws("ec2").create_volume(AvailabilityZone=it["availability_zone"], Size=it["size"], Encrypted=bool(it.get("encrypted")),
                                    TagSpecifications=[{"ResourceType": "volume", "Tags": tags(it)}],
                                    **({"KmsKeyId": it["kms_key_id"]} if it.get("kms_key_id") else {}))
    return {"arn": f"arn:aws:ec2:{aws.region}:123456789012:volume/{made['VolumeId']}", "id": made["VolumeId"]}


def snapshot(aws, it):
    made = aws("ec2").create_snapshot(VolumeId=it["volume_id"],
                                      TagSpecifications=[{"ResourceType": "snapshot", "Tags": tags(it)}])
    return {"arn": f"arn:aws:ec2:{aws.region}::snapshot/{made['SnapshotId']}", "id": made["SnapshotId"]}


def snapshot_copy(aws, it):
    # AWS says itself what it is a copy of; moto says what it is told.
    said = f"[Copied {it['source_snapshot_id']} from {it['source_region']}]"
    made = aws("ec2").copy_snapshot(SourceRegion=it["source_region"], SourceSnapshotId=it["source_snapshot_id"], Description=said,
                                    KmsKeyId=it["kms_key_id"],
                                    TagSpecifications=[{"ResourceType": "snapshot", "Tags": tags(it)}])
    return {"arn": f"arn:aws:ec2:{aws.region}::snapshot/{made['SnapshotId']}", "id": made["SnapshotId"]}


MAKE = {
    "aws_dynamodb_table": table,
    "aws_ebs_snapshot": snapshot,
    "aws_ebs_snapshot_copy": snapshot_copy,
    "aws_ebs_volume": volume,
    "aws_efs_backup_policy": backup_policy,
    "aws_efs_file_system": file_system,
    "aws_s3_bucket": bucket,
    "aws_s3_bucket_object_lock_configuration": object_lock,
    "aws_s3_bucket_replication_configuration": replication,
    "aws_s3_bucket_server_side_encryption_configuration": bucket_encryption,
    "aws_s3_bucket_versioning": versioning,
}
