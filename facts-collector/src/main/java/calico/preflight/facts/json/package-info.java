/** Facts as a file: what {@code collect -o json} writes and {@code --facts} reads. */
@NullMarked
package calico.preflight.facts.json;

import org.jspecify.annotations.NullMarked;
