/** What is known of kernels, distributions and OpenStack releases: data, read from {@code rules/knowledge}. */
@NullMarked
package calico.preflight.catalog.knowledge;

import org.jspecify.annotations.NullMarked;
