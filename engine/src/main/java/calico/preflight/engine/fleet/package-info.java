/** A fleet: what remains of its hosts once each has been judged, and what shows only across them. */
@NullMarked
package calico.preflight.engine.fleet;

import org.jspecify.annotations.NullMarked;
