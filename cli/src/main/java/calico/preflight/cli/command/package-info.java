/** The commands, one class each. A class is loaded only when its command was typed. */
@NullMarked
package calico.preflight.cli.command;

import org.jspecify.annotations.NullMarked;
