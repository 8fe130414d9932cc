package calico.preflight.engine.fleet;

/**
 * A host that could not be judged.
 *
 * @param reason why, in one line
 */
public record Unreadable(HostRef host, String reason) {}
