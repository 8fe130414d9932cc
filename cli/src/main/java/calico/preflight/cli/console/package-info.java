/** The terminal and the process around a run: exit codes, errors for the reader, colour, harmless text. */
@NullMarked
package calico.preflight.cli.console;

import org.jspecify.annotations.NullMarked;
