/** Pages for people, as Markdown and as HTML: what a page says, and apart from that how either form writes it. */
@NullMarked
package calico.preflight.cli.page;

import org.jspecify.annotations.NullMarked;
