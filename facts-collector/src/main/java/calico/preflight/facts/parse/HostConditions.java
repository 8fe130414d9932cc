package calico.preflight.facts.parse;

import java.util.Set;

/**
 * What is known of the host where a file of systemd holds for some hosts only ({@code Virtualization=vmware},
 * {@code Host=node1}, ...): statements {@code KEY=VALUE} as such a file writes them.
 *
 * @param holding those that hold
 * @param failing those that do not; what is in neither cannot be told
 */
public record HostConditions(Set<String> holding, Set<String> failing) {

    /** Nothing is known. */
    public static final HostConditions UNKNOWN = new HostConditions(Set.of(), Set.of());

    public HostConditions {
        holding = Set.copyOf(holding);
        failing = Set.copyOf(failing);
    }

    /** Does {@code KEY=VALUE} hold, whose value may begin with {@code !} for the opposite? */
    Ternary hold(String key, String value) {
        boolean inverted = value.startsWith("!");
        String statement = key + "=" + (inverted ? value.substring(1) : value);
        if (holding.contains(statement)) {
            return Ternary.of(!inverted);
        }
        return failing.contains(statement) ? Ternary.of(inverted) : Ternary.OPEN;
    }
}
