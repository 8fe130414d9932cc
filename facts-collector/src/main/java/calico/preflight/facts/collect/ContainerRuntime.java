package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.InstalledPackages;
import calico.preflight.facts.parse.ProgramVersion;
import calico.preflight.facts.parse.Setting;
import calico.preflight.facts.parse.TopLevelYaml;
import calico.preflight.facts.source.HostCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which container runtime the kubelet uses: the one that it is told of, or the only one that there is. */
public final class ContainerRuntime implements Collector {

    private static final String RUNTIME = "kubernetes.container-runtime";
    private static final String VERSION = "kubernetes.container-runtime.version";
    private static final String KUBELET_FILE = "/var/lib/kubelet/config.yaml";
    private static final String K3S = "k3s";
    private static final String MICROK8S = "microk8s";

    /**
     * A runtime that is installed on its own.
     *
     * @param socket a part of the path of the socket at which the kubelet finds it
     */
    private record Known(String name, String program, String socket, List<String> packages, HostCommand command) {}

    private static final List<Known> ALL = List.of(
            new Known("cri-o", "crio", "crio", List.of("cri-o"), HostCommand.CRIO_VERSION),
            new Known(
                    "docker",
                    "dockerd",
                    "docker",
                    // Debian has a package "docker" that is something else.
                    List.of("docker-ce", "docker.io", "moby-engine"),
                    HostCommand.DOCKERD_VERSION),
            new Known(
                    "containerd",
                    "containerd",
                    "containerd",
                    List.of("containerd", "containerd.io", "moby-containerd"),
                    HostCommand.CONTAINERD_VERSION));

    @Override
    public Set<String> facts() {
        return Set.of(RUNTIME, VERSION);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        Observed<FactValue> runtime = of(look, look.processes());
        return List.of(Look.fact(RUNTIME, runtime), Look.fact(VERSION, version(look, runtime)));
    }

    static Observed<FactValue> of(Look look, Processes processes) {
        Observed<Table> kubelet = KubernetesCollector.arguments(look, processes);
        K3sSettings k3s = new K3sSettings(look, processes);
        for (Observed<String> told : List.of(
                argument(kubelet, "container-runtime-endpoint"),
                endpoint(look),
                first(k3s.values("container-runtime-endpoint")),
                argument(kubelet, "container-runtime"))) {
            Optional<String> name = told.known().flatMap(ContainerRuntime::bySocket);
            if (name.isPresent()) {
                return Look.text(name.get(), told.origin());
            }
        }
        Observed<String> docker = first(k3s.values("docker"));
        if (docker.known().filter("true"::equals).isPresent()) {
            return Look.text("docker", docker.origin());
        }
        return k3s.origin().map(origin -> Look.text(K3S, origin)).orElseGet(() -> installed(look));
    }

    private static Observed<String> first(Observed<List<K3sSettings.Value>> values) {
        return values.map(all -> all.get(0).text());
    }

    private static Observed<String> argument(Observed<Table> arguments, String name) {
        if (!(arguments instanceof Observed.Known<Table> known)) {
            return arguments.map(table -> "");
        }
        return known.value()
                .entry(name)
                .map(entry -> Observed.known(entry.value(), new Origin(entry.origin(), entry.line())))
                .orElseGet(() -> Observed.absent(arguments.origin()));
    }

    private static Observed<String> endpoint(Look look) {
        Observed<String> file = look.text(KUBELET_FILE);
        List<Setting> values = file.known()
                .map(TopLevelYaml::parse)
                .map(keys -> keys.getOrDefault("containerRuntimeEndpoint", List.of()))
                .orElse(List.of());
        return values.isEmpty()
                ? Observed.absent(file.origin())
                : Observed.known(
                        values.get(0).value(), file.origin().at(values.get(0).line()));
    }

    /** k3s, RKE2 and MicroK8s bring a containerd of their own. */
    private static Optional<String> bySocket(String endpoint) {
        if (endpoint.contains("/k3s/")) {
            return Optional.of(K3S);
        }
        if (endpoint.contains("/microk8s/")) {
            return Optional.of(MICROK8S);
        }
        return ALL.stream()
                .filter(runtime -> endpoint.contains(runtime.socket()))
                .map(Known::name)
                .findFirst();
    }

    private static Observed<FactValue> installed(Look look) {
        if (look.isDirectory("/var/snap/microk8s/current")) {
            return Look.text(MICROK8S, Origin.of("/var/snap/microk8s/current"));
        }
        List<String> names = new ArrayList<>();
        Origin origin = Origin.of("/usr/bin/containerd");
        for (Known runtime : ALL) {
            Optional<String> program = look.program(runtime.program());
            if (program.isPresent()) {
                names.add(runtime.name());
                origin = Origin.of(program.get());
            }
        }
        if (names.size() > 1) {
            return Observed.unknown(
                    String.join(" and ", names) + " are installed, and no kubelet tells which it uses", origin);
        }
        if (names.size() == 1) {
            return Look.text(names.get(0), origin);
        }
        return look.hasPrograms()
                ? Observed.absent(origin)
                : Observed.unknown("there are no programs to look at", origin);
    }

    private static Observed<FactValue> version(Look look, Observed<FactValue> runtime) {
        String name = Answers.textOf(runtime).orElse("");
        Optional<Known> known =
                ALL.stream().filter(one -> one.name().equals(name)).findFirst();
        if (known.isEmpty()) {
            return runtime.known().isPresent()
                    ? Observed.unknown("it comes with " + name + " and has no package", runtime.origin())
                    : runtime;
        }
        Optional<PackagesOfHost.Listed> listed =
                look.packages().named(known.get().packages());
        Optional<String> version = listed.flatMap(
                item -> InstalledPackages.upstream(item.installed().version()));
        if (listed.isPresent() && version.isPresent()) {
            return Look.text(version.get(), listed.get().origin());
        }
        if (!look.answersCommands()) {
            return Observed.unknown("no package tells, and the program was not asked", runtime.origin());
        }
        Observed<String> output = look.output(known.get().command());
        return output.known()
                .flatMap(ProgramVersion::of)
                .map(told -> Look.text(told, output.origin()))
                .orElseGet(() -> Observed.unknown("the program did not tell", output.origin()));
    }
}
