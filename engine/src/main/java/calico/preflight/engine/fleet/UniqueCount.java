package calico.preflight.engine.fleet;

import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds values of several hosts where each should have its own. A bit is kept of each host, and the values as hashes. */
final class UniqueCount implements ValueCount {

    private final int number;
    private final SeenValues seen;
    private final Map<String, SomeHosts> repeated = new LinkedHashMap<>();
    private final BitSet sharing = new BitSet();
    private int repeatedValues;
    private int known;
    private int unknown;

    /**
     * Nothing counted yet.
     *
     * @param number of the comparison, by which its values are told from those of others
     */
    UniqueCount(int number, SeenValues seen) {
        this.number = number;
        this.seen = seen;
    }

    @Override
    public void add(int host, HostValue value) {
        switch (value.state()) {
            case KNOWN -> {
                known++;
                value.values().forEach(text -> look(host, value.group() + " " + text, text));
            }
            case UNKNOWN -> unknown++;
            case ABSENT -> {
                // Nothing to share.
            }
        }
    }

    private void look(int host, String distinct, String text) {
        int first = seen.first(number, distinct, host);
        if (first == host) {
            return;
        }
        sharing.set(first);
        sharing.set(host);
        SomeHosts hosts = repeated.get(text);
        if (hosts == null) {
            repeatedValues++;
            if (repeated.size() >= MOST_APART) {
                return;
            }
            hosts = new SomeHosts();
            hosts.add(first);
            repeated.put(text, hosts);
        }
        hosts.add(host);
    }

    @Override
    public List<Total> totals() {
        List<Shared> shared = repeated.entrySet().stream()
                .map(entry -> new Shared(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt((Shared one) -> -one.hosts().count()))
                .limit(MOST_TOLD)
                .toList();
        return List.of(new Total("", known, unknown, repeatedValues, sharing.cardinality(), shared));
    }

    @Override
    public SomeHosts differing() {
        SomeHosts hosts = new SomeHosts();
        sharing.stream().forEach(hosts::add);
        return hosts;
    }
}
