/** Trying out for real what a kernel can do, in a network namespace that is thrown away. */
@NullMarked
package calico.preflight.facts.probe;

import org.jspecify.annotations.NullMarked;
