package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.InstalledPackages;
import calico.preflight.facts.parse.KubernetesFiles;
import calico.preflight.facts.parse.Lines;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The kubelet, the container network interface, and OpenShift. */
public final class KubernetesCollector implements Collector {

    private static final List<String> PROGRAM_DIRECTORIES = List.of(
            "/usr/bin", "/usr/local/bin", "/bin", "/usr/sbin", "/usr/local/sbin", "/opt/bin", "/opt/kubernetes/bin");
    private static final String CONFIGURATIONS = "/etc/cni/net.d";
    private static final String PLUGINS = "/opt/cni/bin";
    private static final String FLAGS = "/var/lib/kubelet/kubeadm-flags.env";
    private static final int CONFIGURATION_LIMIT = 256 << 10;
    private static final int MOST_CONFIGURATIONS = 500;

    @Override
    public Set<String> facts() {
        return Set.of(
                "kubernetes.version",
                "kubernetes.kubelet",
                "kubernetes.kubelet.arguments",
                "kubernetes.cni.configurations",
                "kubernetes.cni.plugins",
                "openshift.version");
    }

    @Override
    public List<Fact> collect(HostSource host, CollectionOptions options) {
        Look look = new Look(host);
        Observed<FactValue> kubelet = kubelet(look);
        return List.of(
                Look.fact("kubernetes.version", version(look, kubelet)),
                Look.fact("kubernetes.kubelet", kubelet),
                Look.fact("kubernetes.kubelet.arguments", arguments(look)),
                Look.fact("kubernetes.cni.configurations", configurations(look)),
                Look.fact("kubernetes.cni.plugins", names(look, PLUGINS).map(FactValue.Texts::new)),
                Look.fact("openshift.version", openshift(look)));
    }

    private static Observed<FactValue> kubelet(Look look) {
        Optional<String> path = PROGRAM_DIRECTORIES.stream()
                .map(directory -> directory + "/kubelet")
                .filter(look::isFile)
                .findFirst();
        if (path.isPresent()) {
            return Look.text(path.get(), Origin.of(path.get()));
        }
        return PROGRAM_DIRECTORIES.stream()
                        .anyMatch(directory -> look.names(directory).known().isPresent())
                ? Observed.absent(Origin.of("/usr/bin/kubelet"))
                : Observed.unknown("there are no programs to look at", Origin.of("/usr/bin/kubelet"));
    }

    private static Observed<FactValue> version(Look look, Observed<FactValue> kubelet) {
        if (look.isLive() && kubelet.known().isPresent()) {
            Observed<String> output = look.output(HostCommand.KUBELET_VERSION);
            Optional<String> version = output.known().flatMap(KubernetesFiles::version);
            if (version.isPresent()) {
                return Look.text(version.get(), output.origin());
            }
        }
        PackagesOfHost packages = new PackagesOfHost(look);
        Optional<PackagesOfHost.Listed> listed =
                packages.named(List.of("kubelet", "kubernetes-kubelet", "kubernetes-node", "openshift-hyperkube"));
        Optional<String> version = listed.flatMap(
                item -> InstalledPackages.upstream(item.installed().version()));
        if (listed.isPresent() && version.isPresent()) {
            return Look.text(version.get(), listed.get().origin());
        }
        return kubelet.known().isPresent()
                ? Observed.unknown("neither the kubelet nor a package told its version", kubelet.origin())
                : kubelet;
    }

    private static Observed<FactValue> arguments(Look look) {
        Processes processes = new Processes(look);
        Optional<Processes.Seen> process = processes.named(Set.of("kubelet"));
        if (process.isPresent()) {
            Observed<String> line = look.text(process.get().origin("cmdline").where());
            return line.map(text -> table(KubernetesFiles.arguments(text), line.origin()));
        }
        Observed<String> file = look.text(FLAGS);
        Optional<Lines.Line> flags = file.known().flatMap(text -> Lines.assignment(text, "KUBELET_KUBEADM_ARGS"));
        if (flags.isPresent()) {
            Origin origin = file.origin().at(flags.get().number());
            return Observed.known(table(Lines.words(flags.get().text()), origin), origin);
        }
        if (file.isUnknown()) {
            return file.map(FactValue.Text::new);
        }
        return processes.areComplete() || (!look.isLive() && look.isDirectory("/var/lib"))
                ? Observed.absent(file.origin())
                : processes.none();
    }

    private static FactValue table(List<String> arguments, Origin origin) {
        Map<String, Entry> entries = new TreeMap<>();
        KubernetesFiles.flags(arguments).forEach((name, value) -> entries.put(name, Entry.from(origin, value)));
        return new FactValue.Table(entries);
    }

    private static Observed<FactValue> configurations(Look look) {
        return names(look, CONFIGURATIONS).map(names -> {
            Map<String, Entry> entries = new TreeMap<>();
            names.stream()
                    .filter(name -> name.matches(".*\\.(conf|conflist|json)"))
                    .limit(MOST_CONFIGURATIONS)
                    .forEach(name -> entries.put(name, configuration(look, CONFIGURATIONS + "/" + name)));
            return new FactValue.Table(entries);
        });
    }

    /** Of a root without {@code /etc} not even an absence can be told. */
    private static Observed<List<String>> names(Look look, String directory) {
        Observed<List<String>> names = look.names(directory);
        return look.isDirectory("/etc")
                ? names
                : Answers.absentMeans("there is no /etc, so this is no whole root", names);
    }

    /** An entry of no types is one that could not be read, or in which none is named. */
    private static Entry configuration(Look look, String path) {
        Observed<String> text = look.text(path, CONFIGURATION_LIMIT);
        List<String> types = text.known().flatMap(KubernetesFiles::cniTypes).orElse(List.of());
        return Entry.from(text.origin(), String.join(", ", types));
    }

    private static Observed<FactValue> openshift(Look look) {
        Observed<String> release = look.text("/etc/os-release");
        if (release instanceof Observed.Absent<String>) {
            release = look.text("/usr/lib/os-release");
        }
        if (release.known().isEmpty()) {
            return Answers.absentMeans("there is no os-release to look at", release)
                    .map(FactValue.Text::new);
        }
        Origin origin = release.origin();
        return release.known()
                .flatMap(text -> Lines.assignment(text, "OPENSHIFT_VERSION"))
                .filter(line -> !line.text().isEmpty())
                .map(line -> Look.text(line.text(), origin.at(line.number())))
                .orElseGet(() -> Observed.absent(origin));
    }
}
