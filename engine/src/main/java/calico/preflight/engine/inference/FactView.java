package calico.preflight.engine.inference;

import calico.preflight.catalog.knowledge.KernelKnowledge;
import calico.preflight.catalog.knowledge.KernelKnowledge.ModuleForm;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.facts.FactCatalogue;
import calico.preflight.facts.FactSelection;
import calico.preflight.facts.FactType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The parts of a host's facts that one check looks at. Hosts of which these are the same come to the same, but for the places
 * where they stand.
 */
public final class FactView {

    private static final String BLOCKED = "kernel.modules.blocked";
    private static final List<String> OF_MODULES = List.of(
            "kernel.modules.loaded", "kernel.modules.builtin", "kernel.modules.files", "kernel.modules.incomplete");
    private static final Set<String> TYPES = names(type -> true);
    private static final Set<String> TABLES = names(type -> type.kind() == FactType.Kind.TABLE);

    /** By the names of the facts. */
    private final Map<String, FactPart> parts = new TreeMap<>();

    private FactView() {}

    private static Set<String> names(Predicate<FactType> which) {
        return FactCatalogue.ALL.stream().filter(which).map(FactType::name).collect(Collectors.toUnmodifiableSet());
    }

    /** What the check looks at. */
    public static FactView of(Check check, Knowledge knowledge) {
        FactView view = new FactView();
        SessionFacts.factsFor(check, knowledge).forEach(name -> view.take(name, new FactPart.Whole()));
        if (check instanceof Check.KernelCapability capability) {
            view.kernel(capability.name(), knowledge.kernel());
        } else if (check instanceof Check.Port port) {
            view.take(OuterInterfaces.FACT, new FactPart.InterfacesWithAddress());
            if (!port.protocol().equals("ipip")) {
                Set<String> ports = new TreeSet<>();
                port.numbers().forEach(number -> ports.add(Integer.toString(number)));
                view.take("network.sockets." + port.protocol(), new FactPart.SomeRows("port", ports));
            }
        } else if (check instanceof Check.Mtu mtu && !mtu.device().isEmpty()) {
            view.take(MtuClues.INTERFACES, new FactPart.SomeRows("name", Set.of(mtu.device())));
        } else if (check instanceof Check.KernelVersion || check instanceof Check.Distribution) {
            view.take("os.release", new FactPart.Entries(Set.of("VARIANT_ID")));
        }
        view.entriesOfTables();
        return view;
    }

    private void take(String fact, FactPart.Taken taken) {
        parts.put(fact, new FactPart(fact, taken));
    }

    /** Of a fact that is an entry of a table, hosts may tell by itself or in the table. */
    private void entriesOfTables() {
        Map<String, Set<String>> entries = new TreeMap<>();
        for (String name : parts.keySet()) {
            for (int dot = name.lastIndexOf('.');
                    dot > 0 && !TYPES.contains(name);
                    dot = name.lastIndexOf('.', dot - 1)) {
                String table = name.substring(0, dot);
                if (TABLES.contains(table)) {
                    entries.computeIfAbsent(table, any -> new TreeSet<>()).add(name.substring(dot + 1));
                }
            }
        }
        entries.forEach((table, some) -> take(table, new FactPart.Entries(Set.copyOf(some))));
    }

    private void kernel(String capability, KernelKnowledge knowledge) {
        Set<String> modules = new TreeSet<>();
        KernelClues.modulesFor(knowledge, capability).forEach(module -> addModule(module, knowledge, modules));
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
        take(FactPart.CONFIG, new FactPart.Entries(symbols));
        take("kernel.probe", new FactPart.Entries(probes));
        shown.put("kernel.modules.sysfs", modules);
        shown.forEach((fact, texts) -> take(fact, new FactPart.SomeTexts(texts)));
        Set<String> files = new TreeSet<>(modules);
        modules.forEach(module -> files.add(FactPart.normal(module)));
        take(FactPart.ALIASES, new FactPart.Entries(files));
        OF_MODULES.forEach(fact -> take(fact, new FactPart.Modules(files)));
        take(BLOCKED, new FactPart.RowsOfModules(files));
    }

    private static void addModule(String module, KernelKnowledge knowledge, Set<String> modules) {
        if (modules.add(module)) {
            for (ModuleForm form : knowledge.modules().getOrDefault(module, List.of())) {
                if (form.insideModule()) {
                    addModule(form.within(), knowledge, modules);
                }
                form.needs().forEach(need -> addModule(need.module(), knowledge, modules));
            }
        }
    }

    List<FactPart> parts() {
        return List.copyOf(parts.values());
    }

    /** The names of the facts and entries that it looks at. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (FactPart part : parts.values()) {
            if (part.taken() instanceof FactPart.Entries entries) {
                entries.names().forEach(entry -> names.add(part.fact() + "." + entry));
            } else if (part.taken() instanceof FactPart.Modules modules) {
                modules.names().forEach(entry -> names.add(part.fact() + "." + entry));
            } else {
                names.add(part.fact());
            }
        }
        return names;
    }

    /**
     * The facts of these names, in part as the views look at them: a module may have another name, and a configuration is
     * told from a part of one by anything that is not set.
     */
    public static FactSelection selection(Set<String> names) {
        return FactSelection.of(names)
                .with(new FactSelection.Aliases(FactPart.ALIASES, OF_MODULES))
                .withFirst(FactPart.CONFIG, FactPart.NOT_SET);
    }
}
