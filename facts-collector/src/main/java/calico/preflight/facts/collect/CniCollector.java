package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.KubernetesFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** The container network interface (CNI), where the container runtime looks for it. */
public final class CniCollector implements Collector {

    private static final String CONFIGURATIONS = "kubernetes.cni.configurations";
    private static final String PLUGINS = "kubernetes.cni.plugins";
    private static final String MTU = "kubernetes.cni.mtu";
    private static final int LIMIT = 256 << 10;
    private static final int MOST_FILES = 500;

    /** A file in the directory of configurations. */
    private record File(String name, Observed<String> text) {}

    @Override
    public Set<String> facts() {
        return Set.of(CONFIGURATIONS, PLUGINS, MTU);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        CniDirectories directories = CniDirectories.of(look, look.processes());
        Observed<List<File>> files = files(look, directories.configurations());
        return List.of(
                Look.fact(CONFIGURATIONS, files.map(CniCollector::configurations)),
                Look.fact(PLUGINS, plugins(look, directories.programs())),
                Look.fact(MTU, mtu(files)));
    }

    /** The files that a runtime reads, in the order in which it does. */
    private static Observed<List<File>> files(Look look, Observed<String> directory) {
        if (!(directory instanceof Observed.Known<String> known)) {
            return directory.map(path -> List.of());
        }
        Observed<List<String>> wanted =
                look.names(known.value(), name -> name.matches(".*\\.(conf|conflist|json)"), MOST_FILES);
        return ofWholeRoot(look, wanted).map(names -> names.stream()
                .map(name -> new File(name, look.text(known.value() + "/" + name, LIMIT)))
                .toList());
    }

    /** Of a root without {@code /etc} not even an absence can be told. */
    private static Observed<List<String>> ofWholeRoot(Look look, Observed<List<String>> names) {
        return look.isDirectory("/etc")
                ? names
                : Answers.absentMeans("there is no /etc, so this is no whole root", names);
    }

    /** An entry of no types is one that could not be read, or in which none is named. */
    private static FactValue configurations(List<File> files) {
        Map<String, Entry> entries = new TreeMap<>();
        for (File file : files) {
            List<String> types =
                    file.text().known().flatMap(KubernetesFiles::cniTypes).orElse(List.of());
            entries.put(file.name(), Entry.from(file.text().origin(), String.join(", ", types)));
        }
        return new FactValue.Table(entries);
    }

    private static Observed<FactValue> plugins(Look look, Observed<List<String>> directories) {
        if (!(directories instanceof Observed.Known<List<String>> known)) {
            return directories.map(paths -> new FactValue.Texts(List.of()));
        }
        List<Observed<List<String>>> seen = known.value().stream()
                .map(path -> ofWholeRoot(look, look.names(path)))
                .toList();
        List<String> all = new ArrayList<>();
        seen.forEach(names -> all.addAll(names.known().orElse(List.of())));
        return Answers.best(seen)
                .map(names ->
                        new FactValue.Texts(all.stream().sorted().distinct().toList()));
    }

    /** That of the first configuration of Calico; absent where there is none, or where it leaves the choice to Calico. */
    private static Observed<FactValue> mtu(Observed<List<File>> files) {
        Optional<Observed<String>> unreadable = Optional.empty();
        Origin origin = files.origin();
        for (File file : files.known().orElse(List.of())) {
            unreadable = unreadable.or(() -> Optional.of(file.text()).filter(Observed::isUnknown));
            OptionalInt mtu =
                    file.text().known().map(KubernetesFiles::calicoMtu).orElse(OptionalInt.empty());
            if (mtu.isPresent()) {
                origin = file.text().origin();
                if (mtu.getAsInt() > 0) {
                    return Observed.known(new FactValue.Whole(mtu.getAsInt()), origin);
                }
                return Observed.absent(origin);
            }
        }
        if (unreadable.isPresent()) {
            return unreadable.get().map(FactValue.Text::new);
        }
        return files.known().isPresent() ? Observed.absent(origin) : files.map(any -> new FactValue.Text(""));
    }
}
