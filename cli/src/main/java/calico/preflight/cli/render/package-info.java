/** Reports, facts and packs as text, JSON and YAML. */
@NullMarked
package calico.preflight.cli.render;

import org.jspecify.annotations.NullMarked;
