# METADATA
# title: The recovery region offers none of its instance types
# description: |
#   Regions, and zones within them, do not all offer the same instance types. A group whose types are not to be had where
#   it is to come back starts nothing there, and a database is not restored on a type that is not offered for its engine
#   and version.
#
#   One type that is offered is enough. It has to be offered in one of the zones of what stands in for the group; where
#   nothing does yet, in any zone of the region. A group that waits in the recovery region is judged by its own zones. A
#   database is judged where no replica of it runs there, a cluster by the types of all of its instances; where its version
#   is offered with no type any more, the verdict is unknown. No call tells which types of cache nodes a region offers.
# related_resources:
#   - ref: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-regions.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-discovery.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeOrderableDBInstanceOptions.html
# custom:
#   id: instance-type-not-offered
#   severity: {default: high, pilot-light: critical, warm-standby: critical, active-active: critical}
#   blocker: [backup-restore, pilot-light, warm-standby, active-active]
#   for: [scaling-group, node-group, database]
#   remediation:
#     summary: a type that {{details.region|the recovery region}} offers, as an override beside the types of today; for a
#       database, as the one that it runs on
#     console: >-
#       EC2: Instance types in the recovery region; then Auto Scaling groups, the group, Instance type requirements. RDS: the
#       database, Modify, DB instance class.
#     cli: >-
#       aws ec2 describe-instance-type-offerings --region {{details.region|RECOVERY_REGION}}
#       --location-type availability-zone --filters Name=instance-type,Values=TYPE; or aws rds
#       describe-orderable-db-instance-options --region {{details.region|RECOVERY_REGION}} --engine ENGINE
#       --engine-version VERSION
#     terraform: |
#       resource "aws_autoscaling_group" "NAME" {
#         mixed_instances_policy {
#           launch_template {
#             override {
#               instance_type = "TYPE"
#             }
#           }
#         }
#       }
#
#       resource "aws_db_instance" "NAME" {
#         instance_class = "TYPE"
#       }
#   frameworks:
#     aws-well-architected: [REL10-BP01, REL13-BP02]
#     nist-800-53-r5: [CP-2, CP-2(2), CP-7, CP-7(4), CP-10]
#     nist-csf-2.0: [PR.IR-04, RC.RP-02]
#     iso-27001-2022: [A.5.30, A.8.6, A.8.14]
#     soc2: [A1.1, A1.2]
#     hipaa: [164.308(a)(7)(ii)(B), 164.308(a)(7)(ii)(C)]
#     dora: [Art. 11, Art. 12(4)]
#     nis2: [Art. 21(2)(c), CIR 4.1, CIR 4.1.2(g), CIR 4.2, CIR 4.2.4(a)]
package seaworthy.compute.instance_type_not_offered

applies if input.joined.offering != null

deny contains finding if {
	offering := input.joined.offering
	count(offering.offered) == 0
	finding := {
		"message": sprintf("%s offers none of %s%s, one is required", [_where(offering), _types(offering), _with(offering)]),
		"fact": "joined.offering.offered",
		"actual": [],
		"required": offering.missing,
		"details": {"region": offering.region, "zones": offering.zones},
	}
}

_where(offering) := offering.region if offering.zones == null

_where(offering) := concat(", ", offering.zones) if offering.zones != null

_types(offering) := concat(", ", offering.missing)

_with(offering) := "" if offering.engine == null

_with(offering) := sprintf(" with %s", [offering.engine]) if offering.engine != null
