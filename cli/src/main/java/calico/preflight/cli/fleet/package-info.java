/** Reads the hosts of a fleet, one after the other and many at a time, and has them judged. */
@NullMarked
package calico.preflight.cli.fleet;

import org.jspecify.annotations.NullMarked;
