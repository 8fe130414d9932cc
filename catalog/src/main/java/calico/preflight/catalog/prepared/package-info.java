/**
 * Packs that were resolved when the program was built. They stand for the YAML that they were made of as long as that is
 * the same, byte by byte.
 */
@NullMarked
package calico.preflight.catalog.prepared;

import org.jspecify.annotations.NullMarked;
