/**
 * What is true on a host: facts, each with its origin, each known, absent or unknown.
 *
 * <p>This package knows nothing of requirements, packs or rules. How a fact was come by is the business of the packages
 * below it: {@code source} gives bytes or says why not, {@code parse} reads text, {@code collect} puts the two together.
 */
@NullMarked
package calico.preflight.facts;

import org.jspecify.annotations.NullMarked;
