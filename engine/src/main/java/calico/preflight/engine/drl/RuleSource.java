package calico.preflight.engine.drl;

/**
 * The text of one rule file.
 *
 * @param fileName the path as the reader would type it, for messages
 * @param text the DRL
 */
public record RuleSource(String fileName, String text) {}
