/** What a host can run: versions of Calico and modes, the outcome of each, what would turn those that fail. */
@NullMarked
package calico.preflight.cli.matrix;

import org.jspecify.annotations.NullMarked;
