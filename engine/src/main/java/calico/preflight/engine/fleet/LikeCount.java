package calico.preflight.engine.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Counts how many hosts have each value where all should have the same. */
final class LikeCount implements ValueCount {

    private static final Comparator<Shared> MOST_FIRST =
            Comparator.comparingInt((Shared one) -> -one.hosts().count()).thenComparing(Shared::value);

    private final Map<String, Group> groups = new TreeMap<>();
    private int apart;
    private int unknown;

    private static final class Group {
        private final Map<String, SomeHosts> values = new LinkedHashMap<>();
        private int known;
        /** Hosts whose values are too many to be told apart: each of them another one. */
        private final SomeHosts beyond = new SomeHosts();

        List<Shared> mostFirst() {
            return values.entrySet().stream()
                    .map(entry -> new Shared(entry.getKey(), entry.getValue()))
                    .sorted(MOST_FIRST)
                    .toList();
        }
    }

    @Override
    public void add(int host, HostValue value) {
        if (value.state() == HostValue.State.UNKNOWN) {
            unknown++;
        }
        if (value.state() != HostValue.State.KNOWN) {
            return;
        }
        Group group = groups.get(value.group());
        if (group == null) {
            if (groups.size() >= MOST_APART) {
                unknown++;
                return;
            }
            group = new Group();
            groups.put(value.group(), group);
        }
        group.known++;
        String text = String.join(", ", value.values());
        SomeHosts hosts = group.values.get(text);
        if (hosts == null && apart < MOST_APART) {
            apart++;
            hosts = new SomeHosts();
            group.values.put(text, hosts);
        }
        (hosts == null ? group.beyond : hosts).add(host);
    }

    @Override
    public List<Total> totals() {
        if (groups.isEmpty()) {
            return List.of(new Total("", 0, unknown, 0, 0, List.of()));
        }
        // A host whose value is unknown, or whose group is, could belong to any.
        return groups.entrySet().stream()
                .map(entry -> {
                    Group group = entry.getValue();
                    List<Shared> shared = group.mostFirst();
                    int most = shared.isEmpty() ? 0 : shared.get(0).hosts().count();
                    return new Total(
                            entry.getKey(),
                            group.known,
                            unknown,
                            group.values.size() + group.beyond.count(),
                            group.known - most,
                            shared.stream().limit(MOST_TOLD).toList());
                })
                .sorted(Comparator.comparingInt((Total total) -> -total.known()))
                .toList();
    }

    @Override
    public SomeHosts differing() {
        SomeHosts differing = new SomeHosts();
        int[] count = {0};
        groups.values().forEach(group -> {
            List<SomeHosts> others = new ArrayList<>(
                    group.mostFirst().stream().skip(1).map(Shared::hosts).toList());
            others.add(group.beyond);
            others.forEach(some -> {
                count[0] += some.count();
                some.first().forEach(differing::add);
            });
        });
        // Of each value only the first hosts are known by number: the others are counted without.
        IntStream.range(differing.count(), count[0]).forEach(i -> differing.add(-1));
        return differing;
    }
}
