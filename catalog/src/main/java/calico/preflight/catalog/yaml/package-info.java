/** Reads YAML from strangers: bounded, with the place of every key and value, checked and bound to records. */
@NullMarked
package calico.preflight.catalog.yaml;

import org.jspecify.annotations.NullMarked;
