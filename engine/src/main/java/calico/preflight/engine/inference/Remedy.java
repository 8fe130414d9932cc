package calico.preflight.engine.inference;

/**
 * What the rules found that would help on this host, in the place of what the pack says for all hosts.
 *
 * @param id the requirement
 * @param command what to run
 */
public record Remedy(String id, String command) {}
