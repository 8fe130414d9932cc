/** The options that several commands share, and what they mean. */
@NullMarked
package calico.preflight.cli.option;

import org.jspecify.annotations.NullMarked;
