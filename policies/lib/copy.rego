# Copies of data, and what is the matter with them.
package seaworthy.lib.copy

# Everybody who could restore from it is kept out: recovery-point-not-openable says so.
closed(copy) if copy.opening.opens == false
