package calico.preflight.engine.inference;

import calico.preflight.catalog.knowledge.KernelKnowledge;
import calico.preflight.catalog.knowledge.KernelKnowledge.ModuleForm;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactCatalogue;
import calico.preflight.facts.FactSelection;
import calico.preflight.facts.FactType;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The part of a host's facts that one check looks at, without the places where they stand. Hosts of which it is the same
 * come to the same, but for those places: they are numbered here, and put in afterwards ({@link Places}).
 */
public final class FactView {

    private static final String CONFIG = "kernel.config";
    private static final String ALIASES = "kernel.modules.aliases";
    private static final String BLOCKED = "kernel.modules.blocked";
    private static final List<String> OF_MODULES = List.of(
            "kernel.modules.loaded", "kernel.modules.builtin", "kernel.modules.files", "kernel.modules.incomplete");
    private static final String NOT_SET = "not set";
    private static final Set<String> TYPES = names(type -> true);
    private static final Set<String> TABLES = names(type -> type.kind() == FactType.Kind.TABLE);

    /** Facts that are looked at as a whole. */
    private final Set<String> whole = new TreeSet<>();

    /** Tables of which only some entries are looked at. */
    private final Map<String, Set<String>> entries = new TreeMap<>();

    /** Lists of which only some texts are looked at. */
    private final Map<String, Set<String>> texts = new TreeMap<>();

    /** Rows of which only those are looked at that have one of the values in a column. */
    private final Map<String, Rows> rows = new TreeMap<>();

    /** Modules whose names may be those of others. */
    private final Set<String> modules = new TreeSet<>();

    /** The same, with the names that their files have. */
    private final Set<String> files = new TreeSet<>();

    private record Rows(String column, Set<String> values) {}

    /**
     * What was seen of a host.
     *
     * @param facts without places
     * @param places where they stand, by the numbers that stand in their stead
     */
    public record Seen(List<Fact> facts, Places places) {
        /** The facts as those of a host. */
        public HostFacts host() {
            return HostFacts.of("", "", facts);
        }
    }

    private FactView() {}

    private static Set<String> names(Predicate<FactType> which) {
        return FactCatalogue.ALL.stream().filter(which).map(FactType::name).collect(Collectors.toUnmodifiableSet());
    }

    /** What the check looks at. */
    public static FactView of(Check check, Knowledge knowledge) {
        FactView view = new FactView();
        view.whole.addAll(SessionFacts.factsFor(check, knowledge));
        if (check instanceof Check.KernelCapability capability) {
            view.kernel(capability.name(), knowledge.kernel());
        } else if (check instanceof Check.Port port && !port.protocol().equals("ipip")) {
            Set<String> ports = new TreeSet<>();
            port.numbers().forEach(number -> ports.add(Integer.toString(number)));
            view.only("network.sockets." + port.protocol(), new Rows("port", ports));
        } else if (check instanceof Check.FreePort port) {
            view.only("network.sockets." + port.protocol(), new Rows("port", Set.of(Integer.toString(port.port()))));
        } else if (check instanceof Check.Mtu mtu && !mtu.device().isEmpty()) {
            view.only(MtuClues.INTERFACES, new Rows("name", Set.of(mtu.device())));
        } else if (check instanceof Check.KernelVersion || check instanceof Check.Distribution) {
            view.whole.remove("os.release");
            view.entries.put("os.release", new TreeSet<>(Set.of("VARIANT_ID")));
        }
        view.whole.stream().filter(name -> !TYPES.contains(name)).forEach(view::entryOfTable);
        return view;
    }

    private void only(String fact, Rows which) {
        whole.remove(fact);
        rows.put(fact, which);
    }

    private void entryOfTable(String name) {
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            String table = name.substring(0, dot);
            if (TABLES.contains(table)) {
                entries.computeIfAbsent(table, any -> new TreeSet<>()).add(name.substring(dot + 1));
            }
        }
    }

    private void kernel(String capability, KernelKnowledge knowledge) {
        KernelClues.modulesFor(knowledge, capability).forEach(module -> addModule(module, knowledge));
        Set<String> symbols = new TreeSet<>();
        Set<String> probes = new TreeSet<>();
        Map<String, Set<String>> shown = new TreeMap<>();
        for (String module : modules) {
            for (ModuleForm form : knowledge.modules().getOrDefault(module, List.of())) {
                symbols.add("CONFIG_" + form.symbol());
                probes.addAll(form.probe());
                probes.addAll(form.shownBy());
                form.traces().forEach(trace -> shown.computeIfAbsent(trace.fact(), fact -> new TreeSet<>())
                        .add(trace.has()));
            }
        }
        knowledge.completeConfiguration().forEach(symbol -> symbols.add("CONFIG_" + symbol));
        knowledge.nothingWithout().forEach(symbol -> symbols.add("CONFIG_" + symbol));
        entries.put(CONFIG, symbols);
        entries.put("kernel.probe", probes);
        shown.put("kernel.modules.sysfs", modules);
        texts.putAll(shown);
        files.addAll(modules);
        modules.forEach(module -> files.add(normal(module)));
        OF_MODULES.forEach(whole::remove);
        whole.removeAll(entries.keySet());
        whole.removeAll(texts.keySet());
        whole.remove(ALIASES);
        whole.remove(BLOCKED);
    }

    private void addModule(String module, KernelKnowledge knowledge) {
        if (modules.add(module)) {
            for (ModuleForm form : knowledge.modules().getOrDefault(module, List.of())) {
                if (form.insideModule()) {
                    addModule(form.within(), knowledge);
                }
                form.needs().forEach(need -> addModule(need.module(), knowledge));
            }
        }
    }

    /** The names of the facts and entries that it looks at. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(whole);
        names.addAll(texts.keySet());
        names.addAll(rows.keySet());
        entries.forEach((table, some) -> some.forEach(entry -> names.add(table + "." + entry)));
        for (String module : files) {
            names.add(ALIASES + "." + module);
            OF_MODULES.forEach(table -> names.add(table + "." + module));
        }
        if (!modules.isEmpty()) {
            names.add(BLOCKED);
        }
        return names;
    }

    /**
     * The facts of these names, in part as the views look at them: a module may have another name, and a configuration is
     * told from a part of one by anything that is not set.
     */
    public static FactSelection selection(Set<String> names) {
        return FactSelection.of(names)
                .with(new FactSelection.Aliases(ALIASES, OF_MODULES))
                .withFirst(CONFIG, NOT_SET);
    }

    /** Looks at a host. */
    public Seen of(HostFacts host) {
        Look look = new Look(host);
        whole.forEach(name -> look.take(name, value -> value));
        entries.forEach((name, wanted) -> look.take(name, value -> look.some(name, value, wanted)));
        texts.forEach((name, wanted) -> look.take(name, value -> some(value, wanted)));
        rows.forEach((name, wanted) -> look.take(name, value -> some(value, wanted)));
        if (!modules.isEmpty()) {
            look.modules();
        }
        return new Seen(look.facts, new Places(look.places));
    }

    private static FactValue some(FactValue value, Set<String> wanted) {
        return value instanceof FactValue.Texts all
                ? new FactValue.Texts(
                        all.texts().stream().filter(wanted::contains).toList())
                : value;
    }

    private static FactValue some(FactValue value, Rows wanted) {
        return value instanceof FactValue.Rows all
                ? new FactValue.Rows(all.rows().stream()
                        .filter(row -> wanted.values().contains(row.getOrDefault(wanted.column(), "")))
                        .toList())
                : value;
    }

    private static String normal(String name) {
        return name.replace('-', '_');
    }

    /** Changes the value of a fact to the part of it that counts. */
    private interface Part {
        FactValue of(FactValue value);
    }

    /** One look at one host. */
    private final class Look {

        private final HostFacts host;
        private final List<Fact> facts = new ArrayList<>();
        private final List<Origin> places = new ArrayList<>();

        Look(HostFacts host) {
            this.host = host;
        }

        /** A name that is no fact's own may be one of a table's entries, which was told by itself. */
        void take(String name, Part part) {
            Fact fact = host.facts().get(name);
            if (fact == null && TYPES.contains(name)) {
                fact = new Fact(name, host.get(name));
            }
            if (fact == null) {
                return;
            }
            Observed<FactValue> observed = fact.observed();
            Observed<FactValue> seen;
            if (observed instanceof Observed.Known<FactValue> known) {
                FactValue value = part.of(known.value());
                seen = Observed.known(
                        value instanceof FactValue.Table table ? placed(table, known.origin()) : value,
                        place(known.origin()));
            } else if (observed instanceof Observed.Unknown<FactValue> unknown) {
                seen = Observed.unknown(unknown.why(), place(unknown.origin()));
            } else {
                seen = Observed.absent(place(observed.origin()));
            }
            facts.add(new Fact(name, seen));
        }

        private Origin place(Origin origin) {
            places.add(origin);
            return Places.number(places.size() - 1, origin);
        }

        private FactValue.Table placed(FactValue.Table table, Origin origin) {
            Map<String, Entry> placed = new HashMap<>();
            table.entries().forEach((name, entry) -> {
                boolean nowhere = entry.origin().isEmpty() && entry.line() == 0;
                placed.put(name, nowhere ? entry : Entry.from(place(HostFacts.originOf(entry, origin)), entry.value()));
            });
            return new FactValue.Table(placed, table.size());
        }

        FactValue some(String name, FactValue value, Set<String> wanted) {
            if (!(value instanceof FactValue.Table table)) {
                return value;
            }
            Map<String, Entry> some = new LinkedHashMap<>();
            for (String one : wanted) {
                table.entry(one).ifPresent(entry -> some.put(one, entry));
            }
            if (name.equals(CONFIG)) {
                // A configuration that names anything as not set is told from a part of one by that.
                table.entries().entrySet().stream()
                        .filter(entry -> entry.getValue().value().equals(NOT_SET))
                        .findFirst()
                        .ifPresent(entry -> some.put(entry.getKey(), entry.getValue()));
            }
            // How many there are in all is told of configurations alone; of others it differs from host to host.
            return new FactValue.Table(some, name.equals(CONFIG) ? table.size() : some.size());
        }

        /** Of modules their own names count, and those of which they are aliases. */
        void modules() {
            take(ALIASES, value -> some(ALIASES, value, files));
            Set<String> names = withAliases();
            OF_MODULES.forEach(fact -> take(fact, value -> some(fact, value, names)));
            take(
                    BLOCKED,
                    value -> value instanceof FactValue.Rows all
                            ? new FactValue.Rows(all.rows().stream()
                                    .filter(row -> names.contains(normal(row.getOrDefault("module", ""))))
                                    .toList())
                            : value);
        }

        private Set<String> withAliases() {
            if (!(host.get(ALIASES).known().orElse(null) instanceof FactValue.Table table)) {
                return files;
            }
            Set<String> aliased = files.stream()
                    .flatMap(name -> table.entry(name).stream())
                    .map(entry -> normal(entry.value()))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (aliased.isEmpty()) {
                return files;
            }
            aliased.addAll(files);
            return aliased;
        }
    }
}
