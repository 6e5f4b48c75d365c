# Words for messages.
package seaworthy.lib.text

# A span of time in the unit that a person would choose, rounded down.
span(minutes) := sprintf("%d minutes", [minutes]) if minutes < 120

span(minutes) := sprintf("%d hours", [floor(minutes / 60)]) if {
	minutes >= 120
	minutes < 2880
}

span(minutes) := sprintf("%d days", [floor(minutes / 1440)]) if minutes >= 2880

# A number of days.
days(number) := "1 day" if number == 1

days(number) := sprintf("%d days", [number]) if number != 1

# The state of a thing, as people write it; null is that of one that is not there any more.
state(word) := object.get(_states, word, replace(word, "_", " ")) if word != null

state(word) := "gone" if word == null

_states := {
	"pendingdeletion": "pending deletion",
	"pendingimport": "pending import",
	"pendingreplicadeletion": "pending replica deletion",
}
