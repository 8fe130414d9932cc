@NullMarked
package calico.preflight.facts.probe.flow;

import org.jspecify.annotations.NullMarked;
