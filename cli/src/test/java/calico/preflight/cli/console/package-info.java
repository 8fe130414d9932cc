@NullMarked
package calico.preflight.cli.console;

import org.jspecify.annotations.NullMarked;
