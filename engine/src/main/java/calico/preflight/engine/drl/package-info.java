/**
 * The small, closed part of DRL in which our rules are written, and the check that keeps them inside it. DRL is code: what
 * is outside is refused before anything is compiled.
 */
@NullMarked
package calico.preflight.engine.drl;

import org.jspecify.annotations.NullMarked;
