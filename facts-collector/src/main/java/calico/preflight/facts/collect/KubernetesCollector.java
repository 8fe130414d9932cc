package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.InstalledPackages;
import calico.preflight.facts.parse.KubernetesFiles;
import calico.preflight.facts.parse.Lines;
import calico.preflight.facts.source.HostCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kubelet, and OpenShift. */
public final class KubernetesCollector implements Collector {

    private static final List<String> PROGRAM_DIRECTORIES = List.of(
            "/usr/bin", "/usr/local/bin", "/bin", "/usr/sbin", "/usr/local/sbin", "/opt/bin", "/opt/kubernetes/bin");
    private static final String FLAGS = "/var/lib/kubelet/kubeadm-flags.env";

    @Override
    public Set<String> facts() {
        return Set.of("kubernetes.version", "kubernetes.kubelet", "kubernetes.kubelet.arguments", "openshift.version");
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        Observed<FactValue> kubelet = kubelet(look);
        return List.of(
                Look.fact("kubernetes.version", version(look, kubelet)),
                Look.fact("kubernetes.kubelet", kubelet),
                Look.fact("kubernetes.kubelet.arguments", arguments(look, look.processes())),
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
        if (look.answersCommands() && kubelet.known().isPresent()) {
            Observed<String> output = look.output(HostCommand.KUBELET_VERSION);
            Optional<String> version = output.known().flatMap(KubernetesFiles::version);
            if (version.isPresent()) {
                return Look.text(version.get(), output.origin());
            }
        }
        PackagesOfHost packages = look.packages();
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

    /** The flags of the kubelet: those that it runs with, or those that kubeadm gave it. */
    static Observed<FactValue.Table> arguments(Look look, Processes processes) {
        Optional<Processes.Seen> process = processes.named(Set.of("kubelet"));
        if (process.isPresent()) {
            Observed<String> line = look.text(process.get().origin("cmdline").where());
            return line.map(text -> ComponentArguments.table(KubernetesFiles.arguments(text), line.origin()));
        }
        Observed<String> file = look.text(FLAGS);
        Optional<Lines.Line> flags = file.known().flatMap(text -> Lines.assignment(text, "KUBELET_KUBEADM_ARGS"));
        if (flags.isPresent()) {
            Origin origin = file.origin().at(flags.get().number());
            return Observed.known(
                    ComponentArguments.table(Lines.words(flags.get().text()), origin), origin);
        }
        if (file.isUnknown()) {
            return file.map(text -> new FactValue.Table(Map.of()));
        }
        return processes.areComplete() || (!look.showsRunningHost() && look.isDirectory("/var/lib"))
                ? Observed.absent(file.origin())
                : processes.none();
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
