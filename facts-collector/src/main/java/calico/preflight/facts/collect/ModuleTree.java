package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Texts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.Modules;
import calico.preflight.facts.source.HostSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the module directory of the kernel holds. One collector for each fact, since the files of the tree cost much more
 * than the rest.
 */
enum ModuleTree implements Collector {

    /** The module files, by really looking: {@code modules.dep} may be older than the tree. */
    FILES("kernel.modules.files") {
        @Override
        Observed<FactValue> look(HostSource host, String release) {
            Map<String, Entry> files = new HashMap<>();
            String seen = "";
            for (String place : ModuleDirectories.places(host)) {
                String directory = place + "/" + release;
                Observed<List<String>> paths = Answers.observed(host.walk(directory), Origin.of(directory));
                if (paths.isUnknown()) {
                    return paths.map(any -> new Table(files));
                }
                if (paths instanceof Observed.Known<List<String>> known) {
                    boolean first = seen.isEmpty();
                    Modules.files(known.value())
                            .forEach((name, entry) -> files.putIfAbsent(
                                    name,
                                    first ? entry : new Entry(entry.value(), directory + "/" + entry.value(), 0)));
                    seen = first ? directory : seen;
                }
            }
            if (seen.isEmpty()) {
                return noTree(host, Origin.of(ModuleDirectories.LIB + "/" + release));
            }
            return files.isEmpty() && isListed(host, release)
                    ? Observed.unknown("modules.dep lists modules, but none of their files is there", Origin.of(seen))
                    : Observed.known(new Table(files), Origin.of(seen));
        }
    },

    /** Unknown, never absent, without {@code modules.builtin}: every kernel has builtins. */
    BUILTIN("kernel.modules.builtin") {
        @Override
        Observed<FactValue> look(HostSource host, String release) {
            return Answers.absentMeans(
                    "there is no such file",
                    inTree(host, release, "modules.builtin").map(text -> new Table(Modules.builtin(text))));
        }
    },

    /** Modules whose dependencies were known when the tree was made, but are not there now. */
    INCOMPLETE("kernel.modules.incomplete") {
        @Override
        Observed<FactValue> look(HostSource host, String release) {
            Set<String> there = new HashSet<>();
            for (ModuleTree list : List.of(FILES, BUILTIN)) {
                if (list.look(host, release).known().orElse(null) instanceof Table table) {
                    there.addAll(table.entries().keySet());
                }
            }
            return Answers.absentMeans(
                    "there is no such file",
                    inTree(host, release, "modules.dep").map(text -> new Table(Modules.incomplete(text, there))));
        }
    },

    /** Unknown, never absent, without {@code modules.alias}: the modules have aliases nevertheless. */
    ALIASES("kernel.modules.aliases") {
        @Override
        Observed<FactValue> look(HostSource host, String release) {
            Observed<String> builtin = inTree(host, release, "modules.builtin.modinfo");
            return Answers.absentMeans(
                    "there is no such file",
                    inTree(host, release, "modules.alias").map(text -> {
                        Map<String, Entry> aliases = new HashMap<>(Modules.aliases(text));
                        builtin.known().ifPresent(modinfo -> Modules.builtinAliases(modinfo)
                                .forEach((alias, module) ->
                                        aliases.putIfAbsent(alias, Entry.from(builtin.origin(), module))));
                        return new Table(aliases);
                    }));
        }
    },

    /** Which kernels have modules here at all; it needs no release. */
    RELEASES("kernel.modules.releases") {
        @Override
        public List<Fact> collect(Look look, CollectionOptions options) {
            return List.of(new Fact(fact, look(look.host(), "")));
        }

        @Override
        Observed<FactValue> look(HostSource host, String release) {
            Observed<FactValue> releases = ModuleDirectories.releases(host).map(Texts::new);
            return releases instanceof Observed.Absent<FactValue>
                    ? noTree(host, Origin.of(ModuleDirectories.LIB))
                    : releases;
        }
    };

    private static final String IN_CONTAINER = "in a container, whose image need not hold the modules of the host";

    /** {@code modules.alias} of a distribution has a megabyte. */
    private static final int LIMIT = 32 << 20;

    final String fact;

    ModuleTree(String fact) {
        this.fact = fact;
    }

    abstract Observed<FactValue> look(HostSource host, String release);

    @Override
    public Set<String> facts() {
        return Set.of(fact);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        Observed<FactValue> release = KernelRelease.of(look.host(), options);
        Observed<FactValue> observed = Answers.textOf(release)
                .map(judged -> look(look.host(), judged))
                .orElseGet(() -> Observed.unknown("the kernel release is not known", release.origin()));
        return List.of(new Fact(fact, observed));
    }

    private static Observed<String> inTree(HostSource host, String release, String file) {
        return Answers.best(ModuleDirectories.places(host).stream()
                .map(place -> Answers.text(host, place + "/" + release + "/" + file, LIMIT))
                .toList());
    }

    /** A report of a host may hold the lists of its modules without the modules. */
    private static boolean isListed(HostSource host, String release) {
        return inTree(host, release, "modules.dep")
                .known()
                .filter(text -> !text.isBlank())
                .isPresent();
    }

    /** Absent only where the directories that would hold the tree were read, or are not there on a host of its own. */
    private static Observed<FactValue> noTree(HostSource host, Origin origin) {
        Observed<List<String>> releases = ModuleDirectories.releases(host);
        if (releases instanceof Observed.Unknown<List<String>> unknown) {
            return Observed.unknown(unknown.why(), unknown.origin());
        }
        if (!ModuleDirectories.isDirectory(host, "/lib") && !ModuleDirectories.isDirectory(host, "/usr/lib")) {
            return Observed.unknown("neither /lib nor /usr/lib is there to look in", origin);
        }
        return releases.known().isEmpty() && inContainer(host)
                ? Observed.unknown(IN_CONTAINER, origin)
                : Observed.absent(origin);
    }

    private static boolean inContainer(HostSource host) {
        return HostContainer.of(host).known().isPresent();
    }
}
