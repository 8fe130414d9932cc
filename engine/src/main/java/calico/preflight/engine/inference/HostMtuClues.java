package calico.preflight.engine.inference;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The MTU that Calico derives: the smallest of the interfaces that are up and whose names its pattern matches, or a fixed one
 * where there is none (calico/felix, {@code dataplane/linux/int_dataplane.go}, {@code findHostMTU}).
 */
final class HostMtuClues {

    static final String INTERFACES = MtuClues.INTERFACES;
    static final String NETWORK = MtuClues.NETWORK;
    static final Set<String> FACTS = Set.of(INTERFACES, NETWORK);

    private HostMtuClues() {}

    private record Candidate(String name, int mtu) {
        @Override
        public String toString() {
            return name + " " + mtu;
        }
    }

    /** The MTU that it comes to; nothing where the interfaces are not seen. */
    static Optional<HostMtu> of(String id, Check.HostMtu check, HostFacts facts) {
        if (!(facts.get(INTERFACES).known().orElse(null) instanceof FactValue.Rows rows)) {
            return Optional.empty();
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Map<String, String> row : rows.rows()) {
            String name = row.getOrDefault("name", "");
            String mtu = row.getOrDefault("mtu", "");
            boolean up = !row.getOrDefault("state", "").equals("down");
            if (up && mtu.matches("[0-9]{1,9}") && Glob.anyMatches(check.interfaces(), name)) {
                candidates.add(new Candidate(name, Integer.parseInt(mtu)));
            }
        }
        Optional<Candidate> smallest = candidates.stream().min(Comparator.comparingInt(Candidate::mtu));
        int bytes = smallest.map(Candidate::mtu).orElse(check.otherwise());
        int network = facts.get(NETWORK).known().orElse(null) instanceof FactValue.Whole mtu
                ? (int) Math.min(mtu.number(), Integer.MAX_VALUE)
                : 0;
        return Optional.of(new HostMtu(
                id,
                bytes,
                smallest.map(one -> because(one, candidates.size()))
                        .orElse("none of the interfaces that are up has a name that it looks for"),
                network,
                INTERFACES,
                candidates.isEmpty()
                        ? "no interface of such a name"
                        : candidates.stream().map(Candidate::toString).collect(Collectors.joining(", ")),
                facts.get(INTERFACES).origin().toString()));
    }

    private static String because(Candidate smallest, int candidates) {
        return candidates == 1
                ? "it looks at " + smallest.name() + " alone"
                : "that of " + smallest.name() + " is the smallest of the " + candidates
                        + " interfaces that it looks at";
    }
}
