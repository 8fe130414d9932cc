/** What a person types and sees. Only this module prints and exits. */
@NullMarked
package calico.preflight.cli;

import org.jspecify.annotations.NullMarked;
