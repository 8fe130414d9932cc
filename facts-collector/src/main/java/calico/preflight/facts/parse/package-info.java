/** Pure functions from text to values. They read no file, never throw on any input, and never invent a value. */
@NullMarked
package calico.preflight.facts.parse;

import org.jspecify.annotations.NullMarked;
