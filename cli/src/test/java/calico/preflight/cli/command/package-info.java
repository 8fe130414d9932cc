@NullMarked
package calico.preflight.cli.command;

import org.jspecify.annotations.NullMarked;
