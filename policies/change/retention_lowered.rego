# METADATA
# title: The change keeps backups for a shorter time
# description: |
#   Older backups are deleted as soon as the change is applied, not after the difference has passed. What could be
#   restored from them cannot be had back by setting the old value again. Recovery points that a backup plan has made
#   keep their time; those that it makes from now on are kept for less. A copy without a retention of its own, or with
#   -1, keeps the expiry of its source. Of copies that a policy of volumes makes nothing is judged here.
#
#   Backups of a database or table that end altogether are left to backups-turned-off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
# custom:
#   id: retention-lowered
#   severity: medium
#   for: [database, cache, table, backup-plan, aws.rds.automated-backup]
#   change: true
#   remediation:
#     summary: the retention from before the change, {{required|35}} days
#     console: Take a manual snapshot of what has to be kept, before the change is applied.
#     cli: aws rds modify-db-instance --db-instance-identifier NAME --backup-retention-period {{required|DAYS}}
#     terraform: |
#       resource "aws_db_instance" "NAME" {
#         backup_retention_period = {{required|35}} # as before
#       }
#   frameworks:
#     aws-well-architected: [REL09-BP01, REL09-BP03]
#     nist-800-53-r5: [CP-9]
#     nist-csf-2.0: [PR.DS-11]
#     iso-27001-2022: [A.8.13]
#     soc2: [A1.2]
#     hipaa: [164.308(a)(7)(ii)(A)]
#     dora: [Art. 12, Art. 12(1)(a)]
#     nis2: [Art. 21(2)(c), CIR 4.2, CIR 4.2.2(f)]
package seaworthy.change.retention_lowered

import data.seaworthy.lib.change.kept
import data.seaworthy.lib.kind.class
import data.seaworthy.lib.text.days

applies if kept

deny contains finding if {
	class != "backup-plan"
	_judged_here
	input.backup.retention_days < input.before.backup.retention_days
	finding := {
		"message": sprintf(
			"backups are kept for %s, before the change it was %d",
			[days(input.backup.retention_days), input.before.backup.retention_days],
		),
		"fact": "backup.retention_days",
		"actual": input.backup.retention_days,
		"required": input.before.backup.retention_days,
	}
}

deny contains finding if {
	class == "backup-plan"
	some old in input.before.plan.rules
	some new in input.plan.rules
	new.name == old.name
	new.delete_after_days != null
	_shorter(new.delete_after_days, old.delete_after_days)
	finding := {
		"message": sprintf("rule %s keeps recovery points for %s, before the change it was longer", [
			new.name,
			days(new.delete_after_days),
		]),
		"fact": "plan.rules",
		"actual": new.delete_after_days,
		"required": old.delete_after_days,
	}
}

deny contains finding if {
	class == "backup-plan"
	some old in input.before.plan.rules
	some new in input.plan.rules
	new.name == old.name
	input.kind != "aws.dlm.policy"
	some was in old.copies
	some copy in new.copies
	copy.vault == was.vault
	copy.delete_after_days != null
	_shorter(copy.delete_after_days, was.delete_after_days)
	finding := {
		"message": sprintf("rule %s keeps copies in %s for %s, before the change it was longer", [
			new.name,
			copy.vault,
			days(copy.delete_after_days),
		]),
		"fact": "plan.rules",
		"actual": copy.delete_after_days,
		"required": was.delete_after_days,
	}
}

# What a warehouse copies to another region is kept there for a time of its own.
deny contains finding if {
	input.kind == "aws.redshift.cluster"
	some old in input.before.backup.copied_to
	some new in input.backup.copied_to
	new.region == old.region
	new.retention_days < old.retention_days
	finding := {
		"message": sprintf("snapshots in %s are kept for %s, before the change it was %d", [
			new.region,
			days(new.retention_days),
			old.retention_days,
		]),
		"fact": "backup.copied_to",
		"actual": new.retention_days,
		"required": old.retention_days,
	}
}

# A rule is gone, and none of the others keeps what it takes for as long.
deny contains finding if {
	class == "backup-plan"
	some old in input.before.plan.rules
	every new in input.plan.rules {
		new.name != old.name
		new.delete_after_days != null
		_shorter(new.delete_after_days, old.delete_after_days)
	}
	finding := {
		"message": sprintf("rule %s is removed, and no other keeps recovery points for as long", [old.name]),
		"fact": "plan.rules",
		"actual": null,
		"required": old.delete_after_days,
	}
}

_judged_here if input.backup.retention_days > 0

_judged_here if class == "cache"

_shorter(_, old) if old == null

_shorter(new, old) if new < old
