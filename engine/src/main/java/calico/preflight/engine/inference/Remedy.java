package calico.preflight.engine.inference;

/**
 * What the rules found that would help on this host, in the place of what the pack says for all hosts.
 *
 * @param id the requirement
 * @param text what to do, as whole sentences
 */
public record Remedy(String id, String text) {

    /** A remedy that names one detail: it takes the place of {@code {}}. */
    public Remedy(String id, String text, String detail) {
        this(id, text.replace("{}", detail));
    }
}
