/**
 * Which requirements hold for a target? Reads the rule packs and the knowledge beside them, validates, resolves and
 * selects. Knows neither hosts nor inference.
 */
@NullMarked
package calico.preflight.catalog;

import org.jspecify.annotations.NullMarked;
