/** Rule packs: read from YAML, validated, resolved along {@code extends}, selected by version. */
@NullMarked
package calico.preflight.catalog.pack;

import org.jspecify.annotations.NullMarked;
