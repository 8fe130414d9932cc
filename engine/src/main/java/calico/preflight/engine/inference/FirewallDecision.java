package calico.preflight.engine.inference;

import calico.preflight.engine.report.Evidence;

/**
 * What the firewall of this host does with the traffic that a {@link PortDemand} names.
 *
 * @param id the requirement
 * @param decision {@code passes}, {@code dropped}, {@code open} (its rules are read, but do not decide) or {@code unseen}
 * @param why the rule that drops it, what leaves it open, or why nobody could look; empty where it passes
 * @param opening what lets it through, where a program made the rule that is known to; otherwise empty
 * @param fact the fact that shows it
 * @param value what was seen
 * @param origin where
 */
public record FirewallDecision(
        String id, String decision, String why, String opening, String fact, String value, String origin)
        implements Evident {
    @Override
    public Evidence evidence() {
        return new Evidence(fact, value, origin);
    }
}
