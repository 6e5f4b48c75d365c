# Copies of data, and what is the matter with them.
package seaworthy.lib.copy

# Everybody who could restore from it is kept out: recovery-point-not-openable says so.
closed(copy) if copy.opening.opens == false

# A copy counts in the recovery place, or in any other region if there is none.
counts(copy) if copy.in_recovery_place == true

counts(_) if input.joined.recovery_region == null

# A scan found malware in it: newest-clean-point-too-old goes by the others.
infected(copy) if copy.state == "infected"
