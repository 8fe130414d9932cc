/** A generator of fleets, and the program written by hand that the rules are measured against. */
@NullMarked
package calico.preflight.benchmarks;

import org.jspecify.annotations.NullMarked;
