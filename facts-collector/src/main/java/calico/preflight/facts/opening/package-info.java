/** Opens a host source by its name. */
@NullMarked
package calico.preflight.facts.opening;

import org.jspecify.annotations.NullMarked;
