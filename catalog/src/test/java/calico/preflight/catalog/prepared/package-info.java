@NullMarked
package calico.preflight.catalog.prepared;

import org.jspecify.annotations.NullMarked;
