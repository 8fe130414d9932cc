/** Tests of the command line. */
@NullMarked
package calico.preflight.cli;

import org.jspecify.annotations.NullMarked;
