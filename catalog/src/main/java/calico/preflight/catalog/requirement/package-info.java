/** One documented demand: its level, its condition, its check with parameters, its source. */
@NullMarked
package calico.preflight.catalog.requirement;

import org.jspecify.annotations.NullMarked;
