package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.parse.OsRelease;
import calico.preflight.facts.source.HostSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The distribution, by os-release or by what came before it. */
final class OperatingSystem implements Collector {

    private static final List<String> OS_RELEASE = List.of("/etc/os-release", "/usr/lib/os-release");
    private static final List<String> BEFORE = List.of("/etc/centos-release", "/etc/redhat-release");

    @Override
    public Set<String> facts() {
        return Set.of("os.release", "os.id", "os.version");
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        Observed<Map<String, Entry>> release = release(look.host());
        return List.of(
                new Fact("os.release", release.map(Table::new)),
                new Fact("os.id", entry(release, "ID")),
                new Fact("os.version", entry(release, "VERSION_ID")));
    }

    private static Observed<Map<String, Entry>> release(HostSource host) {
        List<Observed<Map<String, Entry>>> seen = new ArrayList<>();
        for (String path : OS_RELEASE) {
            seen.add(Answers.text(host, path).map(OsRelease::parse));
        }
        for (String path : BEFORE) {
            Observed<Map<String, Entry>> entries = Answers.text(host, path).map(OsRelease::parseRedHat);
            if (entries.known().filter(Map::isEmpty).isEmpty()) {
                seen.add(entries);
            }
        }
        Observed<Map<String, Entry>> best = Answers.best(seen);
        return ModuleDirectories.isDirectory(host, "/etc")
                ? best
                : Answers.absentMeans("there is no /etc to look in", best);
    }

    private static Observed<FactValue> entry(Observed<Map<String, Entry>> release, String key) {
        if (release instanceof Observed.Known<Map<String, Entry>> known) {
            Entry entry = known.value().get(key);
            return entry == null || entry.value().isEmpty()
                    ? Observed.absent(known.origin())
                    : Observed.known(new Text(entry.value()), HostFacts.originOf(entry, known.origin()));
        }
        return release.map(any -> new Text(""));
    }
}
