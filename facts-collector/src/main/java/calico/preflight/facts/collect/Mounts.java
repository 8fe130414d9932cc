package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.Observed;
import calico.preflight.facts.parse.MountTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What is mounted on the host, as its first process sees it. */
final class Mounts implements Collector {

    private static final String TYPES = "mounts";
    private static final String ACCESS = "mounts.access";
    static final int LIMIT = 16 << 20;

    @Override
    public Set<String> facts() {
        return Set.of(TYPES, ACCESS);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        Observed<List<MountTable.Mount>> mounts = table(look).map(MountTable::parse);
        return List.of(
                Look.fact(TYPES, mounts.map(all -> by(all, MountTable.Mount::type))),
                Look.fact(ACCESS, mounts.map(all -> by(all, MountTable.Mount::access))));
    }

    /**
     * That of the first process is hidden where those of other users are (hidepid); that of this one is the same, unless it
     * was given a view of its own. Below a directory {@code /proc/self} is whoever looks, but for a copy, in which it is no
     * link.
     */
    private static Observed<String> table(Look look) {
        Observed<String> first = look.text("/proc/1/mounts", LIMIT);
        if (first.known().isPresent()) {
            return first;
        }
        if (look.showsRunningHost() || look.link("/proc/self").isEmpty()) {
            Observed<String> own = look.text("/proc/self/mounts", LIMIT);
            if (own.known().isPresent()) {
                return own;
            }
        }
        return Answers.absentMeans("no /proc of a running kernel is there", first);
    }

    private static FactValue by(List<MountTable.Mount> mounts, Function<MountTable.Mount, String> what) {
        Map<String, Entry> entries = new TreeMap<>();
        mounts.forEach(mount -> entries.put(mount.point(), Entry.at(mount.line(), what.apply(mount))));
        return new FactValue.Table(entries);
    }
}
