/** Hosts that are looked at through ssh. */
@NullMarked
package calico.preflight.facts.remote;

import org.jspecify.annotations.NullMarked;
