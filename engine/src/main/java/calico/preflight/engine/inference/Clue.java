package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * A sign of a piece of kernel code: that it is there, that it is not, or that nobody could look.
 *
 * @param module the name of the code
 * @param sign one of {@code tried-works}, {@code tried-fails}, {@code in-use}, {@code builtin}, {@code config-yes}, {@code config-module}, {@code config-no}, {@code file}, {@code no-file},
 * {@code incomplete}, {@code tree-lost}, {@code tree-unseen}, {@code blocked}, {@code blacklisted}, {@code loading-disabled}, {@code inside-yes}, {@code inside-unseen}, {@code nothing-settles}
 * @param detail what the reader should know: a path, a symbol, a reason
 * @param parent for code inside another module: that module; otherwise empty
 * @param fact the fact that shows it
 * @param value what was seen
 * @param origin where
 */
public record Clue(String module, String sign, String detail, String parent, String fact, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
