package calico.preflight.engine.inference;

/**
 * One way in which a kernel can provide what a requirement names; all its {@link Part}s are needed.
 *
 * @param id the requirement
 * @param way its name; empty where there is only one
 * @param prefix what a sentence on this way begins with: the name and a colon, or nothing
 */
public record Way(String id, String way, String prefix) {}
