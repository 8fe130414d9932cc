/** A small vocabulary for the tests of the rule language, with some things in it that rules must not reach. */
@NullMarked
package calico.preflight.engine.drl.words;

import org.jspecify.annotations.NullMarked;
