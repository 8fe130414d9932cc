@NullMarked
package calico.preflight.engine.fleet;

import org.jspecify.annotations.NullMarked;
