/**
 * The raw evidence of a host in one archive: taken by {@code collect.sh}, on this host or another, and answered from
 * later, by the same questions that a running host is asked.
 */
@NullMarked
package calico.preflight.facts.capture;

import org.jspecify.annotations.NullMarked;
