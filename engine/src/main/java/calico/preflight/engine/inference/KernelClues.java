package calico.preflight.engine.inference;

import calico.preflight.catalog.knowledge.KernelKnowledge;
import calico.preflight.catalog.knowledge.KernelKnowledge.Capability;
import calico.preflight.catalog.knowledge.KernelKnowledge.ModuleForm;
import calico.preflight.catalog.knowledge.KernelKnowledge.Trace;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.engine.report.Evidence;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns what was seen of a kernel into {@link Part}s and {@link Clue}s for the capabilities that requirements name. It
 * only restates facts in the words of the rules, one clue for each sign; what the signs are worth is said in
 * {@code kernel.drl}.
 */
final class KernelClues {

    private static final String PROBE = "kernel.probe";

    /** The facts that clues are made of; a trace may name further ones. */
    static final Set<String> FACTS = Set.of(
            "kernel.release",
            "kernel.config",
            PROBE,
            "kernel.modules.loaded",
            "kernel.modules.sysfs",
            "kernel.modules.builtin",
            "kernel.modules.files",
            "kernel.modules.incomplete",
            "kernel.modules.aliases",
            "kernel.modules.blocked",
            "kernel.modules.disabled",
            "kernel.modules.releases");

    private final KernelKnowledge knowledge;
    private final HostFacts facts;
    private final IpFamily ipFamily;
    private final Optional<String> release;
    private final Observed<FactValue> config;
    private final KernelForms forms;
    private final Map<String, ModuleForm> asked = new LinkedHashMap<>();
    private final List<Object> parts = new ArrayList<>();

    KernelClues(KernelKnowledge knowledge, HostFacts facts, IpFamily ipFamily) {
        this.knowledge = knowledge;
        this.facts = facts;
        this.ipFamily = ipFamily;
        this.release = facts.get("kernel.release").known().map(FactValue::toString);
        this.config = facts.get("kernel.config");
        this.forms = new KernelForms(knowledge, release, table(config));
    }

    /** The facts that the capability's code may show in. */
    static Set<String> tracesOf(KernelKnowledge knowledge, String capability) {
        Set<String> names = new TreeSet<>();
        for (String module : knowledge.modulesOf(capability)) {
            for (ModuleForm form : knowledge.modules().getOrDefault(module, List.of())) {
                form.traces().forEach(trace -> names.add(trace.fact()));
            }
        }
        return names;
    }

    /** The code that may provide the capability, whatever the kernel and the target. */
    static Set<String> modulesFor(KernelKnowledge knowledge, String capability) {
        Set<String> modules = new TreeSet<>();
        capabilityOf(knowledge, capability).ways().forEach(way -> way.providedBy()
                .forEach(provider -> modules.add(provider.module())));
        return modules;
    }

    /** What the reader should know of a documented name; empty where there is nothing to say. */
    static String noteOn(KernelKnowledge knowledge, String capability) {
        return capabilityOf(knowledge, capability).note();
    }

    /** Adds the ways to what this requirement needs, and their parts. */
    void need(String requirement, String capability) {
        for (KernelKnowledge.Way way : capabilityOf(knowledge, capability).ways()) {
            parts.add(new Way(requirement, way.way(), way.way().isEmpty() ? "" : way.way() + ": "));
            need(requirement, way);
        }
    }

    private void need(String requirement, KernelKnowledge.Way way) {
        List<KernelKnowledge.Provider> providers = way.providedBy().stream()
                .filter(provider -> serves(provider.ipFamily()))
                .filter(provider -> release.isEmpty() || within(provider.from(), provider.until()))
                .toList();
        boolean certain = release.isPresent()
                || providers.stream()
                        .allMatch(provider ->
                                provider.from().isEmpty() && provider.until().isEmpty());
        for (KernelKnowledge.Provider provider : providers) {
            parts.add(new Part(requirement, way.way(), provider.module(), certain));
            ask(provider.module());
        }
    }

    /** The ways, their parts, and every clue on their code and on the code around it. */
    List<Object> gather() {
        List<Object> gathered = new ArrayList<>(parts);
        asked.forEach((module, form) -> {
            gathered.addAll(cluesOn(module, form));
            needsOf(module).forEach(needed -> gathered.add(new Need(module, needed)));
            forms.install().ifPresent(command -> gathered.add(new ModulePackage(module, command)));
        });
        return gathered;
    }

    private void ask(String module) {
        if (asked.containsKey(module)) {
            return;
        }
        ModuleForm form = forms.of(module);
        asked.put(module, form);
        if (form.insideModule()) {
            ask(form.within());
        }
        needsOf(module).forEach(this::ask);
    }

    /** All code without which the module cannot be loaded on this kernel, for the IP families of the target. */
    private Set<String> needsOf(String module) {
        Set<String> needs = new LinkedHashSet<>();
        needsOf(module, needs);
        return needs;
    }

    private void needsOf(String module, Set<String> needs) {
        for (KernelKnowledge.Provider need : forms.of(module).needs()) {
            boolean holds = release.isPresent() && within(need.from(), need.until()) && serves(need.ipFamily());
            if (holds && needs.add(need.module())) {
                needsOf(need.module(), needs);
            }
        }
    }

    private List<Clue> cluesOn(String module, ModuleForm form) {
        List<Clue> clues = new ArrayList<>();
        tried(module, form, clues);
        inUse(module, form, clues);
        configured(module, form, clues);
        if (form.within().isEmpty()) {
            onDisk(module, form, clues);
        } else if (form.symbol().isEmpty()
                || clues.stream()
                        .noneMatch(clue ->
                                clue.sign().startsWith("config-") || clue.sign().equals("inside-yes"))) {
            clues.add(clue(module, "inside-unseen", form.within(), form, "kernel.config", config));
        }
        clues.add(nothingSettles(module, form));
        return clues;
    }

    /** Tries that the kernel neither did nor refused are no clue. */
    private void tried(String module, ModuleForm form, Collection<Clue> clues) {
        Observed<FactValue> probe = facts.get(PROBE);
        Set<String> labels = new LinkedHashSet<>(form.probe());
        labels.addAll(form.shownBy());
        for (String label : labels) {
            table(probe).flatMap(table -> table.entry(label)).ifPresent(entry -> {
                boolean works = entry.value().equals("works");
                if (works || (entry.value().startsWith("fails") && form.probe().contains(label))) {
                    String command = HostFacts.originOf(entry, probe.origin()).toString();
                    String refusal = entry.value().replaceFirst("^fails: *", "");
                    clues.add(new Clue(
                            module,
                            works ? "tried-works" : "tried-fails",
                            works ? command : refusal + " (" + command + ")",
                            form.within(),
                            PROBE + "." + label,
                            entry.value(),
                            command));
                }
            });
        }
    }

    private void inUse(String module, ModuleForm form, Collection<Clue> clues) {
        entry("kernel.modules.loaded", module)
                .ifPresent(origin -> clues.add(new Clue(
                        module,
                        "in-use",
                        "it is loaded",
                        form.within(),
                        "kernel.modules.loaded." + module,
                        "loaded",
                        origin)));
        Observed<FactValue> sysfs = facts.get("kernel.modules.sysfs");
        if (texts(sysfs).contains(module)) {
            clues.add(new Clue(
                    module,
                    "in-use",
                    "it shows in sysfs",
                    form.within(),
                    "kernel.modules.sysfs",
                    module,
                    sysfs.origin().where() + "/" + module));
        }
        for (Trace trace : form.traces()) {
            Observed<FactValue> seen = facts.get(trace.fact());
            boolean shows = trace.has().isEmpty()
                    ? seen.known().isPresent()
                    : texts(seen).contains(trace.has());
            if (shows) {
                String what = trace.has().isEmpty() ? "present" : trace.has();
                clues.add(new Clue(
                        module,
                        "in-use",
                        "the kernel lists " + (trace.has().isEmpty() ? "its tables" : trace.has()),
                        form.within(),
                        trace.fact(),
                        what,
                        seen.origin().toString()));
            }
        }
    }

    private void configured(String module, ModuleForm form, Collection<Clue> clues) {
        Optional<Table> table = table(config);
        if (form.symbol().isEmpty() || table.isEmpty()) {
            return;
        }
        String symbol = "CONFIG_" + form.symbol();
        Optional<FactValue.Entry> entry = table.get().entry(symbol);
        String origin = entry.map(
                        line -> HostFacts.originOf(line, config.origin()).toString())
                .orElse(config.origin().toString());
        String sign =
                switch (forms.configuredAs(form.symbol())) {
                    case YES -> form.insideModule() ? "inside-yes" : "config-yes";
                    case MODULE -> "config-module";
                    case NO -> "config-no";
                    case UNSAID -> "";
                };
        if (!sign.isEmpty()) {
            String seen = entry.map(FactValue.Entry::value).orElse("not set (not mentioned)");
            clues.add(new Clue(module, sign, symbol, form.within(), "kernel.config." + symbol, seen, origin));
        }
    }

    private void onDisk(String module, ModuleForm form, Collection<Clue> clues) {
        Observed<FactValue> builtin = facts.get("kernel.modules.builtin");
        Observed<FactValue> files = facts.get("kernel.modules.files");
        String file = fileName(module, files, builtin);
        Optional<String> builtinAt = entry("kernel.modules.builtin", file);
        builtinAt.ifPresent(origin -> clues.add(new Clue(
                module, "builtin", named(module, file), "", "kernel.modules.builtin." + file, "builtin", origin)));
        Optional<FactValue.Entry> onDisk = table(files).flatMap(table -> table.entry(file));
        if (onDisk.isPresent()) {
            clues.add(new Clue(
                    module,
                    "file",
                    onDisk.get().value(),
                    "",
                    "kernel.modules.files." + file,
                    onDisk.get().value(),
                    files.origin().toString()));
            hindrances(file, module, form, clues);
            incomplete(file, module, clues);
        } else if (table(files).isPresent() && table(builtin).isPresent() && builtinAt.isEmpty()) {
            clues.add(clue(
                    module,
                    "no-file",
                    files.origin().where(),
                    form,
                    "kernel.modules.files." + module,
                    Observed.absent(files.origin())));
        } else if (treeIsLost(files)) {
            clues.add(clue(module, "tree-lost", files.origin().where(), form, "kernel.modules.files", files));
        } else if (table(files).isEmpty()) {
            clues.add(clue(
                    module,
                    "tree-unseen",
                    "no module directory of this kernel was seen",
                    form,
                    "kernel.modules.files",
                    files));
        } else {
            clues.add(clue(
                    module,
                    "tree-unseen",
                    "modules.builtin of this kernel was not seen",
                    form,
                    "kernel.modules.builtin",
                    builtin));
        }
    }

    /** A running host that has module directories, but only of other releases, lost those of its kernel. */
    private boolean treeIsLost(Observed<FactValue> files) {
        return files instanceof Observed.Absent<FactValue>
                && !texts(facts.get("kernel.modules.releases")).isEmpty();
    }

    private void hindrances(String file, String module, ModuleForm form, Collection<Clue> clues) {
        facts.get("kernel.modules.disabled").known().ifPresent(disabled -> {
            if (disabled instanceof FactValue.Flag flag && flag.set()) {
                clues.add(clue(
                        module,
                        "loading-disabled",
                        "",
                        form,
                        "kernel.modules.disabled",
                        facts.get("kernel.modules.disabled")));
            }
        });
        Observed<FactValue> blocked = facts.get("kernel.modules.blocked");
        blocked.known().ifPresent(value -> {
            if (value instanceof FactValue.Rows rows) {
                for (Map<String, String> row : rows.rows()) {
                    if (normal(row.getOrDefault("module", "")).equals(file)) {
                        hindrance(row, module, form, clues);
                    }
                }
            }
        });
    }

    private void incomplete(String file, String module, Collection<Clue> clues) {
        Observed<FactValue> incomplete = facts.get("kernel.modules.incomplete");
        table(incomplete)
                .flatMap(table -> table.entry(file))
                .ifPresent(entry -> clues.add(new Clue(
                        module,
                        "incomplete",
                        entry.value(),
                        "",
                        "kernel.modules.incomplete." + file,
                        entry.value(),
                        HostFacts.originOf(entry, incomplete.origin()).toString())));
    }

    private static void hindrance(Map<String, String> row, String module, ModuleForm form, Collection<Clue> clues) {
        String how = row.getOrDefault("how", "");
        String origin = row.getOrDefault("origin", "");
        boolean byAliasOnly = how.equals("blacklist");
        if (byAliasOnly && form.aliases().isEmpty()) {
            return;
        }
        clues.add(new Clue(
                module,
                byAliasOnly ? "blacklisted" : "blocked",
                how + " in " + origin,
                "",
                "kernel.modules.blocked",
                how + " " + module,
                origin));
    }

    /** The name of the file or builtin that provides the module: its own, or that of which it is an alias. */
    private String fileName(String module, Observed<FactValue> files, Observed<FactValue> builtin) {
        String name = normal(module);
        boolean itself = table(files).flatMap(table -> table.entry(name)).isPresent()
                || table(builtin).flatMap(table -> table.entry(name)).isPresent();
        if (itself) {
            return name;
        }
        return table(facts.get("kernel.modules.aliases"))
                .flatMap(aliases -> aliases.entry(name))
                .map(entry -> normal(entry.value()))
                .orElse(name);
    }

    private static String named(String module, String file) {
        return normal(module).equals(file) ? "modules.builtin" : "modules.builtin, as " + file;
    }

    /** The last resort of the rules: what could not be seen, and what would settle it. */
    private Clue nothingSettles(String module, ModuleForm form) {
        String why;
        if (config.isUnknown() && table(facts.get("kernel.modules.files")).isEmpty()) {
            why = "neither a kernel configuration nor a module directory of this kernel was seen";
        } else if (table(config).isPresent() && !forms.configurationIsComplete()) {
            why = "the kernel configuration is not complete and does not mention it";
        } else if (forms.dependOnVersion(module)) {
            why = "what builds it depends on the version of the kernel, which is not known (--kernel-release)";
        } else {
            why = "no configuration or directory of this kernel tells";
        }
        return clue(module, "nothing-settles", why, form, "kernel.config", config);
    }

    private static Clue clue(
            String module, String sign, String detail, ModuleForm form, String fact, Observed<FactValue> observed) {
        Evidence evidence = Observation.evidenceOf(fact, observed);
        return new Clue(module, sign, detail, form.within(), fact, evidence.value(), evidence.origin());
    }

    private boolean within(String from, String until) {
        return KernelForms.within(release.orElse(""), from, until);
    }

    private boolean serves(String family) {
        return family.isEmpty() || ipFamily == IpFamily.DUAL || ipFamily.label().equals(family);
    }

    private static Capability capabilityOf(KernelKnowledge knowledge, String name) {
        Capability known = knowledge.capabilities().get(name);
        return known != null
                ? known
                : new Capability(List.of(new KernelKnowledge.Provider("", "", normal(name), "")), List.of(), "");
    }

    private Optional<String> entry(String fact, String name) {
        Observed<FactValue> observed = facts.get(fact);
        return table(observed)
                .flatMap(table -> table.entry(name))
                .map(entry -> HostFacts.originOf(entry, observed.origin()))
                .map(Origin::toString);
    }

    private static Optional<Table> table(Observed<FactValue> observed) {
        return observed.known().filter(Table.class::isInstance).map(Table.class::cast);
    }

    private static List<String> texts(Observed<FactValue> observed) {
        return observed.known()
                .filter(FactValue.Texts.class::isInstance)
                .map(value -> ((FactValue.Texts) value).texts())
                .orElse(List.of());
    }

    /** As the kernel compares names: {@code -} equals {@code _}, case matters. */
    private static String normal(String name) {
        return name.replace('-', '_');
    }
}
