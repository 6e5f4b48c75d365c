# Where a resource is to come back, in words. The account is named only where it is another one.
package seaworthy.lib.recovery

place := input.joined.recovery_region if input.joined.in_another_account == false

place := sprintf("%s in account %s", [input.joined.recovery_region, input.joined.recovery_account]) if {
	input.joined.in_another_account == true
}
