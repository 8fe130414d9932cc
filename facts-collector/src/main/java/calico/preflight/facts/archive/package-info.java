/** Archives of strangers: read within bounds, and unpacked so that nothing leaves its place. */
@NullMarked
package calico.preflight.facts.archive;

import org.jspecify.annotations.NullMarked;
