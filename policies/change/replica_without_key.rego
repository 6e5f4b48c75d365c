# METADATA
# title: The change makes an encrypted replica in another region without a key there
# description: |
#   RDS refuses it, and the change ends halfway: keys do not cross regions, and the copy that was meant to be there is
#   not. The replica of an encrypted source takes a key of its own region, which has to be named; that of the source
#   cannot be used there.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
# custom:
#   id: replica-without-key
#   severity: high
#   for: [database]
#   except: [aws.docdb.cluster]
#   change: true
#   remediation:
#     summary: kms_key_id with the ARN of a key in the region of the replica
#     console: "KMS in the region of the replica: create a key, or a replica of a multi-Region key."
#     cli: >-
#       aws rds create-db-instance-read-replica --region RECOVERY_REGION --db-instance-identifier NAME
#       --source-db-instance-identifier ARN --kms-key-id KEY_ARN
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         provider            = aws.recovery
#         replicate_source_db = aws_db_instance.SOURCE.arn
#         instance_class      = aws_db_instance.SOURCE.instance_class
#         kms_key_id          = aws_kms_key.RECOVERY.arn
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-9(8), CP-10]
#     nist-csf-2.0: [RC.RP-03]
#     iso-27001-2022: [A.5.30, A.8.13]
#     soc2: [A1.2, CC7.5]
#     dora: [Art. 11, Art. 12]
#     nis2: [CIR 4.2]
package seaworthy.change.replica_without_key

applies if {
	input.change.action in {"create", "replace"}
	input.replication.role == "replica"
	input.replication.cross_region == true
	input.encryption.enabled == true
}

deny contains finding if {
	input.encryption.key == null
	finding := {
		"message": "its code names no key of its region, an encrypted replica in another region requires one",
		"fact": "encryption.key",
		"actual": null,
		"required": "a key of its region",
	}
}
