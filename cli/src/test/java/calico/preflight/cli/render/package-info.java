@NullMarked
package calico.preflight.cli.render;

import org.jspecify.annotations.NullMarked;
