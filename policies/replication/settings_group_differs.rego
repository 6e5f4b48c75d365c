# METADATA
# title: What takes over in the recovery region runs with the provider's settings
# description: |
#   A replica in another region is made with the default parameter group, and so is a secondary cluster that names none.
#   Once it is promoted, it has other limits of connections and memory, other preloaded libraries, another character set
#   and perhaps no forced encryption. Most of that takes a restart to correct, in the middle of the outage. Without its
#   option group it lacks what the source runs: encryption by the engine, audit, integrations.
#
#   Compared is what users set in the groups; of a cluster that is its own group, not those of its instances. Two ARNs of
#   one service count as the same, since each region may have a role or a topic of its own, and of values that may be
#   secret only hashes are kept. Groups for two engines or versions differ in what the provider sets. Where a group is not
#   made by the code, names tell, a region in them aside; what two groups of other names set is unknown then. What the
#   counterpart sets in addition is not judged. Members of a global datastore have the same settings by design. A source
#   that runs with the provider's groups has nothing that could be lacking, and is not judged.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-managing.html
# custom:
#   id: settings-group-differs
#   severity:
#     default: medium
#     backup-restore: low
#     pilot-light: medium
#     warm-standby: high
#     active-active: high
#   for: [database, cache]
#   remediation:
#     summary: a parameter or option group with the same settings in the recovery region, and its name on what stands there
#     console: >-
#       RDS in the recovery region: Parameter groups, Create parameter group, with the settings of the source; then the
#       replica, Modify, DB parameter group, and Reboot.
#     cli: >-
#       aws rds modify-db-instance --region RECOVERY_REGION --db-instance-identifier NAME --db-parameter-group-name GROUP
#       --apply-immediately
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         provider             = aws.recovery
#         replicate_source_db  = aws_db_instance.SOURCE.arn
#         parameter_group_name = aws_db_parameter_group.RECOVERY.name
#         option_group_name    = aws_db_option_group.RECOVERY.name
#       }
#   frameworks:
#     aws-well-architected: [REL13-BP02, REL13-BP04]
#     nist-800-53-r5: [CP-2, CP-10]
#     nist-csf-2.0: [RC.RP-02]
#     iso-27001-2022: [A.5.29, A.5.30]
#     soc2: [CC7.5]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11]
#     nis2: [CIR 4.1]
package seaworthy.replication.settings_group_differs

import data.seaworthy.lib.recovery
import data.seaworthy.lib.unit.not_a_member

applies if {
	not_a_member
	count(input.joined.settings) > 0
}

deny contains finding if {
	some group in input.joined.settings
	group.covered == false
	finding := {
		"message": sprintf(
			"its counterpart in %s has %s, where one with the settings of %s is required%s",
			[recovery.place, _has(group), group.name, _differs(group)],
		),
		"fact": "joined.settings",
		"actual": group.counterpart,
		"required": group.name,
		"details": {"counterpart": input.joined.counterpart.id},
	}
}

_has(group) := sprintf("the %s group %s", [group.what, group.counterpart]) if group.counterpart != null

_has(group) := sprintf("no %s group", [group.what]) if group.counterpart == null

_differs(group) := sprintf(": %s", [concat("; ", array.concat(_names(group), _families(group)))]) if {
	count(array.concat(_names(group), _families(group))) > 0
} else := ""

_names(group) := [concat(", ", group.differing)] if {
	group.differing != null
	count(group.differing) > 0
} else := []

_families(group) := [sprintf("they are for %s", [replace(group.families, ", ", " and ")])] if {
	group.families != null
} else := []
