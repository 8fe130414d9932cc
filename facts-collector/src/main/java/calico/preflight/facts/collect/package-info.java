/** Puts sources and parsers together: each collector knows which places tell a fact, and in which order. */
@NullMarked
package calico.preflight.facts.collect;

import org.jspecify.annotations.NullMarked;
