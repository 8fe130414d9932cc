/** What is compared across the hosts of a fleet, and by which rules. */
@NullMarked
package calico.preflight.catalog.fleet;

import org.jspecify.annotations.NullMarked;
