/** Where bytes come from: the live host or a directory. A source gives content or says why not; it parses nothing. */
@NullMarked
package calico.preflight.facts.source;

import org.jspecify.annotations.NullMarked;
