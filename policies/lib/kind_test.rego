package seaworthy.lib.kind_test

import data.seaworthy.lib.kind

test_kinds_of_several_services_are_one_class if {
	kind.class == "database" with input as {"kind": "aws.rds.instance"}
	kind.class == "database" with input as {"kind": "aws.neptune.cluster"}
}
