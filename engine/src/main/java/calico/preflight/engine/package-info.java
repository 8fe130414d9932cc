/** What follows from facts and requirements. {@link calico.preflight.engine.Judge} is the way in. */
@NullMarked
package calico.preflight.engine;

import org.jspecify.annotations.NullMarked;
