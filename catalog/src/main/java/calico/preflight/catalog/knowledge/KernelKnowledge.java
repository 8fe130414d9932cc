package calico.preflight.catalog.knowledge;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of Linux kernels: which code provides what a document names, and by which traces that code shows.
 *
 * @param completeConfiguration symbols that a kernel configuration must mention, set or not set, to count as complete
 * @param modules code that is a module file, a builtin or part of another module, by its name; for each name the forms it
 *     has had, each for a range of kernel versions; the first that fits a kernel holds
 * @param capabilities what documents name, by that name
 */
public record KernelKnowledge(
        List<String> completeConfiguration,
        Map<String, List<ModuleForm>> modules,
        Map<String, Capability> capabilities) {

    public KernelKnowledge {
        completeConfiguration = List.copyOf(completeConfiguration);
        modules = Map.copyOf(modules);
        capabilities = Map.copyOf(capabilities);
    }

    /** Everything that can be tried: the labels of the tries of all forms. */
    public Set<String> probes() {
        return modules.values().stream()
                .flatMap(List::stream)
                .flatMap(form -> form.probe().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The form that a piece of kernel code has in a range of versions.
     *
     * @param from the first kernel version, inclusive; empty: from the beginning
     * @param until the first kernel version after, exclusive; empty: to this day
     * @param train a tag of a distribution's kernel releases, such as {@code el7}, whose kernels have this form whatever
     *     their version says; such a form stands before the others; empty: any kernel
     * @param symbol the configuration symbol that builds it, without {@code CONFIG_}
     * @param within the module that it is compiled into where the symbol is a yes-or-no; empty: it is a file of its own or
     *     a builtin
     * @param traces facts that show that it is in use
     * @param aliases names by which the kernel asks for it itself, so that a blacklist line keeps it from loading
     * @param probe the tries that show whether it works, by their labels in the fact {@code kernel.probe}
     */
    public record ModuleForm(
            String from,
            String until,
            String train,
            String symbol,
            String within,
            List<Trace> traces,
            List<String> aliases,
            List<String> probe) {}

    /**
     * A fact that shows that code is in use; that it does not show proves nothing.
     *
     * @param fact the name of the fact
     * @param has a text that it must have among its texts; empty: it is enough that the fact is known
     */
    public record Trace(String fact, String has) {}

    /**
     * What a document names.
     *
     * @param providedBy the code that provides it; all providers that hold for the kernel version and the IP families of
     *     the target are needed
     * @param note what the reader should know of the name, such as that no kernel ever had a file of it; may be empty
     */
    public record Capability(List<Provider> providedBy, String note) {}

    /**
     * One provider of a capability.
     *
     * @param from the first kernel version, inclusive; empty: from the beginning
     * @param until the first kernel version after, exclusive; empty: to this day
     * @param module the name of the code in {@link KernelKnowledge#modules()}
     * @param ipFamily {@code ipv4} or {@code ipv6} where it serves one family only; empty: both
     */
    public record Provider(String from, String until, String module, String ipFamily) {}
}
