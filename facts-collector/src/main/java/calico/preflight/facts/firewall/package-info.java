/**
 * What the firewall of a host itself does with a packet: parsers for what {@code iptables-save} and {@code nft -j list
 * ruleset} print, a small model of rules, and the walk of a packet through them. Nothing here looks at a host.
 *
 * <p>The walk knows three truths. A match that is not understood may hold or not; where both lead to the same end, the
 * packet is decided all the same.
 */
@NullMarked
package calico.preflight.facts.firewall;

import org.jspecify.annotations.NullMarked;
