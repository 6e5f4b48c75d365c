# METADATA
# title: A replica in another region runs another engine version than its source
# description: |
#   A managed failover of a global database needs the same major and minor version, and mostly the same patch level,
#   on both sides; otherwise it is refused although both sides are available. A promoted read replica of another
#   version behaves differently, and cannot be replicated back to the older one.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
# custom:
#   id: engine-version-mismatch
#   severity: {default: high, backup-restore: medium}
#   for: [database]
#   remediation:
#     summary: engine_version of the source on the replica
#     console: "RDS: upgrade the secondary first, then the primary, to the same version: Modify, DB engine version."
#     cli: aws rds modify-db-cluster --db-cluster-identifier NAME --engine-version VERSION --apply-immediately
#     terraform: |
#       resource "aws_rds_cluster" "NAME" {
#         provider       = aws.recovery
#         engine_version = aws_rds_cluster.PRIMARY.engine_version
#       }
#   frameworks:
#     aws-well-architected: [REL13-BP04]
#     nist-800-53-r5: [CP-6, CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-03, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.14]
#     soc2: [A1.2, CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12, Art. 12(2), Art. 12(4)]
#     nis2: [CIR 4.1, CIR 4.2, CIR 4.2.2(e), CIR 4.2.4(a)]
package seaworthy.replication.engine_version_mismatch

import data.seaworthy.lib.unit.across_regions

applies if {
	input.replication.role == "replica"
	across_regions
	input.joined.source != null
}

deny contains finding if {
	version := input.database.engine_version
	required := input.joined.source.engine_version
	not _same(version, required)
	finding := {
		"message": sprintf("its engine version is %s, that of its source is %s", [version, required]),
		"fact": "database.engine_version",
		"actual": version,
		"required": required,
	}
}

# Code may give the leading numbers only: 15 for 15.4.
_same(a, b) if startswith(sprintf("%s.", [a]), sprintf("%s.", [b]))

_same(a, b) if startswith(sprintf("%s.", [b]), sprintf("%s.", [a]))
