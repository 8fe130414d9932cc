@NullMarked
package calico.preflight.cli.option;

import org.jspecify.annotations.NullMarked;
