package calico.preflight.facts.collect;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.KubernetesFiles;
import calico.preflight.facts.parse.Secrets;
import calico.preflight.facts.parse.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The arguments of the components of Kubernetes that are programs of their own: those of the process that runs, or those
 * that a manifest of a static pod or a file of MicroK8s gives them.
 */
final class ComponentArguments {

    /** Where kubeadm and RKE2 keep the manifests of static pods. */
    private static final List<String> MANIFESTS =
            List.of("/etc/kubernetes/manifests", "/var/lib/rancher/rke2/agent/pod-manifests");

    private static final String MICROK8S = "/var/snap/microk8s/current/args";

    /** The kernel cuts the name of a process after so many characters. */
    private static final int LONGEST_NAME = 15;

    private final Look look;
    private final Processes processes;

    ComponentArguments(Look look, Processes processes) {
        this.look = look;
        this.processes = processes;
    }

    /** The process of a component, such as {@code kube-proxy}, where one is seen. */
    Optional<Processes.Seen> process(String component) {
        return processes.named(Set.of(component.substring(0, Math.min(component.length(), LONGEST_NAME))));
    }

    /** May what the arguments of this process name be looked at? */
    boolean isOfRoot(Processes.Seen process) {
        return processes.isOfRoot(process);
    }

    /** Flags by name without dashes; absent where no such component is on the host. */
    Observed<Table> of(String component) {
        Optional<Processes.Seen> process = process(component);
        if (process.isPresent()) {
            Observed<String> line = look.text(process.get().origin("cmdline").where());
            return line.map(text -> table(KubernetesFiles.arguments(text), line.origin()));
        }
        Optional<Observed<String>> unreadable = Optional.empty();
        for (String directory : MANIFESTS) {
            Observed<String> manifest = look.text(directory + "/" + component + ".yaml");
            if (manifest.known().isPresent()) {
                return manifest.map(text -> table(KubernetesFiles.manifestFlags(text), manifest));
            }
            unreadable = manifest.isUnknown() ? Optional.of(manifest) : unreadable;
        }
        Observed<String> file = look.text(MICROK8S + "/" + component);
        if (file.known().isPresent()) {
            return file.map(text -> table(KubernetesFiles.flagLines(text), file));
        }
        unreadable = file.isUnknown() ? Optional.of(file) : unreadable;
        if (unreadable.isPresent()) {
            return unreadable.get().map(text -> new Table(Map.of()));
        }
        boolean image = !look.showsRunningHost() && look.isDirectory("/etc");
        return processes.areComplete() || image ? Observed.absent(processes.origin()) : processes.none();
    }

    /** Arguments that all stand at one place, without those that may be secret. */
    static Table table(List<String> arguments, Origin origin) {
        Map<String, Entry> entries = new TreeMap<>();
        add(entries, arguments, origin);
        return new Table(entries);
    }

    private static void add(Map<String, Entry> entries, List<String> arguments, Origin origin) {
        KubernetesFiles.flags(arguments).forEach((name, value) -> {
            if (!Secrets.mayBe(name, value)) {
                entries.put(name, Entry.from(origin, value));
            }
        });
    }

    /** Flags that each stand at a line of a file. */
    private static Table table(List<Setting> flags, Observed<String> file) {
        Map<String, Entry> entries = new TreeMap<>();
        for (Setting flag : flags) {
            add(entries, List.of(flag.value()), file.origin().at(flag.line()));
        }
        return new Table(entries);
    }
}
