package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.PrintedSettings;
import calico.preflight.facts.parse.PrintedSettings.Setting;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.HostSource.FileKind;
import calico.preflight.facts.source.Printout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Kernel settings: those of the network, of module loading and of namespaces. What a report kept of {@code sysctl} goes first:
 * reports copy a few files of {@code /proc/sys}.
 *
 * <p>A setting that is there but cannot be read must not look absent, as it would if the table just lacked it. So it is
 * given as a fact of its own, {@code sysctl.NAME}, unknown with the reason; {@code HostFacts.get} finds it before the
 * table.
 */
final class KernelSettings implements Collector {

    private static final String FACT = "sysctl";
    private static final String ROOT = "/proc/sys";

    private static final List<String> DIRECTORIES = List.of(
            "net/ipv4",
            "net/ipv4/conf/all",
            "net/ipv4/conf/default",
            "net/ipv6",
            "net/ipv6/conf/all",
            "net/ipv6/conf/default",
            "net/core",
            "net/netfilter",
            "net/bridge",
            "fs/inotify");

    private static final List<String> FILES = List.of(
            "kernel/modprobe",
            "kernel/modules_disabled",
            "kernel/unprivileged_bpf_disabled",
            "user/max_user_namespaces",
            "vm/max_map_count");

    /** Keys: nobody's business, and nothing that a requirement could ask for. */
    private static final Set<String> SECRET = Set.of("stable_secret", "tcp_fastopen_key");

    private static final int LONGEST = 64 << 10;

    @Override
    public Set<String> facts() {
        return Set.of(FACT);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        HostSource host = look.host();
        Optional<Observed<FactValue>> printed = look.kept(Printout.SETTINGS, PrintedSettings::parse)
                .filter(all -> new PrintedNetwork(look).outside().isEmpty())
                .map(all -> all.map(KernelSettings::wanted));
        if (printed.flatMap(Observed::known).isPresent()) {
            return List.of(new Fact(FACT, printed.get()));
        }
        Observed<List<String>> root = Answers.names(host, ROOT);
        if (!(root instanceof Observed.Known<List<String>>)
                || root.known().filter(List::isEmpty).isPresent()) {
            Observed<List<String>> why = root.known().isPresent() ? Observed.absent(root.origin()) : root;
            return List.of(new Fact(
                    FACT,
                    Answers.absentMeans("no /proc of a running kernel is there", why)
                            .map(any -> new Table(Map.of()))));
        }
        Map<String, Entry> settings = new HashMap<>();
        List<Fact> facts = new ArrayList<>();
        for (String directory : DIRECTORIES) {
            Observed<List<String>> names = Answers.names(host, ROOT + "/" + directory);
            if (names instanceof Observed.Unknown<List<String>> unknown) {
                return List.of(new Fact(FACT, Observed.unknown(unknown.why(), unknown.origin())));
            }
            names.known().orElse(List.of()).stream()
                    .filter(name -> !SECRET.contains(name))
                    .forEach(name -> look(host, directory + "/" + name, settings, facts));
        }
        FILES.forEach(file -> look(host, file, settings, facts));
        facts.add(new Fact(FACT, Observed.known(new Table(settings), Origin.of(ROOT))));
        return facts;
    }

    private static Table wanted(Map<String, Setting> all) {
        Map<String, Entry> settings = new HashMap<>();
        all.forEach((name, setting) -> {
            if (isWanted(name)) {
                settings.put(name, Entry.at(setting.line(), setting.value()));
            }
        });
        return new Table(settings);
    }

    private static boolean isWanted(String name) {
        int dot = name.lastIndexOf('.');
        boolean below = dot > 0 && DIRECTORIES.contains(name.substring(0, dot).replace('.', '/'));
        return (below && !SECRET.contains(name.substring(dot + 1))) || FILES.contains(name.replace('.', '/'));
    }

    private static void look(HostSource host, String file, Map<String, Entry> settings, List<Fact> facts) {
        String path = ROOT + "/" + file;
        String name = file.replace('/', '.');
        Observed<String> text = Answers.text(host, path, LONGEST);
        if (text instanceof Observed.Known<String> known) {
            settings.put(name, Entry.from(known.origin(), known.value().strip()));
        } else if (text instanceof Observed.Unknown<String> unknown
                && !(host.kind(path) instanceof Present<FileKind> kind && kind.value() == FileKind.DIRECTORY)) {
            facts.add(new Fact(FACT + "." + name, Observed.unknown(unknown.why(), unknown.origin())));
        }
    }
}
