@NullMarked
package calico.preflight.benchmarks;

import org.jspecify.annotations.NullMarked;
