# What a route leads to, in words.
package seaworthy.lib.route

through(via) := object.get(_words, via, via)

_words := {
	"internet-gateway": "an internet gateway",
	"nat-gateway": "a NAT gateway",
	"egress-only": "an egress-only internet gateway",
	"transit-gateway": "a transit gateway",
	"vpn-gateway": "a virtual private gateway",
	"peering": "a peering",
	"endpoint": "an endpoint",
	"instance": "an instance",
	"interface": "a network interface",
	"other": "another gateway",
}
