package calico.preflight.engine.inference;

import calico.preflight.catalog.knowledge.KernelKnowledge;
import calico.preflight.catalog.knowledge.KernelKnowledge.ModuleForm;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the forms that pieces of kernel code have had over the years one kernel has, and what its configuration says of
 * the symbols that build them.
 */
final class KernelForms {

    /** What a configuration says of a symbol. */
    enum Configured {
        YES,
        MODULE,
        /** Set to nothing, or left out of a complete configuration. */
        NO,
        /** No configuration was seen, or an incomplete one leaves it out. */
        UNSAID
    }

    private static final String NOT_SET = "not set";

    private final KernelKnowledge knowledge;
    private final Optional<String> release;
    private final Optional<Table> config;
    private final boolean complete;

    KernelForms(KernelKnowledge knowledge, Optional<String> release, Optional<Table> config) {
        this.knowledge = knowledge;
        this.release = release;
        this.config = config;
        this.complete = config.map(this::isComplete).orElse(false);
    }

    boolean configurationIsComplete() {
        return complete;
    }

    Configured configuredAs(String symbol) {
        String value = entry(symbol).map(FactValue.Entry::value).orElse("");
        return switch (value) {
            case "y" -> Configured.YES;
            case "m" -> Configured.MODULE;
            case "" -> complete ? Configured.NO : Configured.UNSAID;
            default -> Configured.NO;
        };
    }

    /**
     * The form that the code has on this kernel. Where the version is not known and the forms would be told differently
     * from the configuration, it is one of which the configuration tells nothing.
     */
    ModuleForm of(String module) {
        List<ModuleForm> possible = possible(module);
        if (possible.isEmpty()) {
            return ModuleForm.UNKNOWN;
        }
        ModuleForm first = possible.get(0);
        return signs(possible).size() == 1 ? first : withoutSymbol(first);
    }

    /** Would the version of the kernel, which is not known, tell more of the code? */
    boolean dependOnVersion(String module) {
        return signs(possible(module)).size() > 1;
    }

    private Set<Configured> signs(List<ModuleForm> forms) {
        return forms.stream().map(form -> configuredAs(form.symbol())).collect(Collectors.toSet());
    }

    /** All forms that this kernel may have; code inside a module first, for it can be told from less. */
    private List<ModuleForm> possible(String module) {
        List<ModuleForm> forms = knowledge.modules().getOrDefault(module, List.of()).stream()
                // What is configured with m is a file of its own, whatever other kernels have made of it.
                .filter(form -> form.within().isEmpty() || configuredAs(form.symbol()) != Configured.MODULE)
                .toList();
        Optional<ModuleForm> ofTrain = forms.stream()
                .filter(form -> isOfTrain(form.train()) && isWithin(form))
                .findFirst();
        List<ModuleForm> mainline =
                forms.stream().filter(form -> form.train().isEmpty()).toList();
        Optional<ModuleForm> ported = mainline.stream()
                .filter(form -> form.backported() && entry(form.symbol()).isPresent())
                .findFirst();
        if (ofTrain.or(() -> ported).isPresent()) {
            return ofTrain.or(() -> ported).stream().toList();
        }
        if (release.isPresent()) {
            return mainline.stream().filter(this::isWithin).limit(1).toList();
        }
        return mainline.stream()
                .sorted(Comparator.comparing(form -> form.within().isEmpty()))
                .toList();
    }

    /** The command that installs modules of this kernel which were built but are not on disk, where it is known. */
    Optional<String> install() {
        return knowledge.trains().keySet().stream()
                .filter(train -> knowledge.packages().containsKey(train) && isOfTrain(train))
                .findFirst()
                .map(train -> knowledge.packages().getOrDefault(train, "").replace("{release}", release.orElse("")));
    }

    private static ModuleForm withoutSymbol(ModuleForm form) {
        return new ModuleForm(
                form.from(),
                form.until(),
                form.train(),
                form.backported(),
                "",
                form.within(),
                form.traces(),
                form.aliases(),
                form.probe(),
                form.shownBy(),
                form.needs());
    }

    private boolean isOfTrain(String train) {
        return release.filter(text -> knowledge.trains().getOrDefault(train, List.of()).stream()
                        .anyMatch(pattern -> matches(pattern, text)))
                .isPresent();
    }

    /** A star can only stand at the beginning and at the end. */
    private static boolean matches(String pattern, String text) {
        boolean anyBeginning = pattern.startsWith("*");
        boolean anyEnd = pattern.endsWith("*");
        String fixed = pattern.substring(anyBeginning ? 1 : 0, pattern.length() - (anyEnd ? 1 : 0));
        if (anyBeginning) {
            return anyEnd ? text.contains(fixed) : text.endsWith(fixed);
        }
        return anyEnd ? text.startsWith(fixed) : text.equals(fixed);
    }

    private boolean isWithin(ModuleForm form) {
        return within(release.orElse(""), form.from(), form.until());
    }

    /** Is the kernel release in the range? */
    static boolean within(String release, String from, String until) {
        Version version = Version.of(release);
        return (from.isEmpty() || version.compareTo(Version.of(from)) >= 0)
                && (until.isEmpty() || version.compareTo(Version.of(until)) < 0);
    }

    private Optional<FactValue.Entry> entry(String symbol) {
        return symbol.isEmpty() ? Optional.empty() : config.flatMap(table -> table.entry("CONFIG_" + symbol));
    }

    private boolean isComplete(Table table) {
        boolean nothing = knowledge.nothingWithout().stream()
                .flatMap(symbol -> table.entry("CONFIG_" + symbol).stream())
                .anyMatch(entry -> entry.value().equals(NOT_SET));
        return nothing
                || (knowledge.completeConfiguration().stream().allMatch(symbol -> table.entry("CONFIG_" + symbol)
                                .isPresent())
                        && table.entries().values().stream()
                                .anyMatch(entry -> entry.value().equals(NOT_SET)));
    }
}
