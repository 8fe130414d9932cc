/** What is to be run: the Calico version, the platform and the modes. */
@NullMarked
package calico.preflight.catalog.target;

import org.jspecify.annotations.NullMarked;
