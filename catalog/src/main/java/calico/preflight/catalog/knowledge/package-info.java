/** What is known of kernels, OpenStack releases and network providers: data, read from {@code rules/knowledge}. */
@NullMarked
package calico.preflight.catalog.knowledge;

import org.jspecify.annotations.NullMarked;
