@NullMarked
package calico.preflight.facts.firewall;

import org.jspecify.annotations.NullMarked;
