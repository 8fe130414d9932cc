package calico.preflight.catalog.knowledge;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of Linux kernels: which code provides what a document names, and by which traces that code shows.
 *
 * @param completeConfiguration symbols that a kernel configuration must mention, set or not set, to count as complete
 * @param nothingWithout symbols without which none of the code is built: a configuration that leaves one out has nothing of
 *     what it does not mention, complete or not
 * @param trains kernels of distributions that carry work of newer kernels, or modules of their own, by a name, in the order of
 *     the files: patterns of their releases, in which {@code *} stands for anything
 * @param packages how to install modules that were built with a kernel but are not on disk, by the name of its train:
 *     a command, in which <code>{release}</code> stands for the release of the kernel
 * @param modules code that is a module file, a builtin or part of another module, by its name; for each name the forms it
 *     has had, each for a range of kernel versions; the first that fits a kernel holds
 * @param capabilities what documents name, by that name
 */
public record KernelKnowledge(
        List<String> completeConfiguration,
        List<String> nothingWithout,
        Map<String, List<String>> trains,
        Map<String, String> packages,
        Map<String, List<ModuleForm>> modules,
        Map<String, Capability> capabilities) {

    /** The kernel image itself, as the place of code that is compiled in and can be no module. */
    public static final String IMAGE = "vmlinux";

    public KernelKnowledge {
        completeConfiguration = List.copyOf(completeConfiguration);
        nothingWithout = List.copyOf(nothingWithout);
        trains = Collections.unmodifiableMap(new LinkedHashMap<>(trains));
        packages = Map.copyOf(packages);
        modules = Map.copyOf(modules);
        capabilities = Map.copyOf(capabilities);
    }

    /** Everything that can be tried: the labels of the tries of all forms. */
    public Set<String> probes() {
        return modules.values().stream()
                .flatMap(List::stream)
                .flatMap(form -> Stream.concat(form.probe().stream(), form.shownBy().stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The code that any way to the capability needs, on whatever kernel. */
    public Set<String> modulesOf(String capability) {
        return Optional.ofNullable(capabilities.get(capability)).stream()
                .flatMap(known -> known.ways().stream())
                .flatMap(way -> way.providedBy().stream())
                .map(Provider::module)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The form that a piece of kernel code has in a range of versions.
     *
     * @param from the first kernel version, inclusive; empty: from the beginning
     * @param until the first kernel version after, exclusive; empty: to this day
     * @param train the kernels, by their name among {@link KernelKnowledge#trains()}, that alone have this form; such a form
     *     stands before the others; empty: any kernel
     * @param backported kernels before {@code from} whose configuration mentions the symbol have this form too
     * @param symbol the configuration symbol that builds it, without {@code CONFIG_}; empty: no symbol does, so that a
     *     configuration says nothing
     * @param within the module that it is compiled into where the symbol is a yes-or-no, or {@link KernelKnowledge#IMAGE};
     *     empty: it is a file of its own or a builtin
     * @param traces facts that show that it is in use
     * @param aliases names by which the kernel asks for it itself, so that a blacklist line keeps it from loading
     * @param probe the tries that show whether it works, by their labels in the fact {@code kernel.probe}
     * @param shownBy the tries that show it where they work; that one fails can have other reasons
     * @param needs other code without which the module cannot be loaded
     */
    public record ModuleForm(
            String from,
            String until,
            String train,
            boolean backported,
            String symbol,
            String within,
            List<Trace> traces,
            List<String> aliases,
            List<String> probe,
            List<String> shownBy,
            List<Provider> needs) {

        /** What is taken of code that nothing is known of: a file or builtin of that name. */
        public static final ModuleForm UNKNOWN =
                new ModuleForm("", "", "", false, "", "", List.of(), List.of(), List.of(), List.of(), List.of());

        /** Is it compiled into another module, and so stands and falls with that one? */
        public boolean insideModule() {
            return !within.isEmpty() && !within.equals(IMAGE);
        }
    }

    /**
     * A fact that shows that code is in use; that it does not show proves nothing.
     *
     * @param fact the name of the fact
     * @param has a text that it must have among its texts; empty: it is enough that the fact is known
     */
    public record Trace(String fact, String has) {}

    /**
     * What a document names. Either {@code providedBy} or {@code anyOf} says how a kernel can provide it.
     *
     * @param providedBy the code that provides it, where there is one way
     * @param anyOf several ways, each of which is enough
     * @param note what the reader should know of the name, such as that no kernel ever had a file of it; may be empty
     */
    public record Capability(List<Provider> providedBy, List<Way> anyOf, String note) {

        /** All ways; the only one has no name. */
        public List<Way> ways() {
            return anyOf.isEmpty() ? List.of(new Way("", providedBy)) : anyOf;
        }
    }

    /**
     * One way in which a kernel can provide something.
     *
     * @param way its name for the reader, such as {@code legacy}
     * @param providedBy the code that it takes; all providers that hold for the kernel version and the IP families of the
     *     target are needed
     */
    public record Way(String way, List<Provider> providedBy) {}

    /**
     * One piece of code that a capability, or other code, takes.
     *
     * @param from the first kernel version, inclusive; empty: from the beginning
     * @param until the first kernel version after, exclusive; empty: to this day
     * @param module the name of the code in {@link KernelKnowledge#modules()}
     * @param ipFamily {@code ipv4} or {@code ipv6} where it serves one family only; empty: both
     */
    public record Provider(String from, String until, String module, String ipFamily) {}
}
