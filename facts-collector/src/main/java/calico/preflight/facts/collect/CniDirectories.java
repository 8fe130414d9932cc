package calico.preflight.facts.collect;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.Setting;
import calico.preflight.facts.parse.TomlSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where the container runtime looks for CNI configurations and plugins.
 *
 * @param configurations one directory; unknown where what tells it cannot be read
 * @param programs one or several directories
 */
record CniDirectories(Observed<String> configurations, Observed<List<String>> programs) {

    private static final String DEFAULT_CONFIGURATIONS = "/etc/cni/net.d";
    private static final String DEFAULT_PROGRAMS = "/opt/cni/bin";

    /** Those of distributions of Kubernetes with a containerd of their own; where one is there, it is the one in use. */
    private static final List<String> OWN = List.of(
            "/var/lib/rancher/k3s/agent/etc/containerd/config.toml",
            "/var/lib/rancher/rke2/agent/etc/containerd/config.toml",
            "/var/snap/microk8s/current/args/containerd.toml");

    private static final String CONTAINERD = "/etc/containerd/config.toml";
    private static final String CRIO = "/etc/crio/crio.conf";

    /** The plugin has had a name for each version of the configuration: cri, io.containerd.grpc.v1.cri, ... */
    private static final Pattern CONTAINERD_CONF =
            Pattern.compile("plugins\\.(?:\\S+\\.)?cri\\.(?:\\S+\\.)?cni\\.conf_dir");

    private static final Pattern CONTAINERD_BIN =
            Pattern.compile("plugins\\.(?:\\S+\\.)?cri\\.(?:\\S+\\.)?cni\\.bin_dirs?");
    private static final Pattern CRIO_CONF = Pattern.compile("crio\\.network\\.network_dir");
    private static final Pattern CRIO_BIN = Pattern.compile("crio\\.network\\.plugin_dirs?");

    static CniDirectories of(Look look, Processes processes) {
        Table kubelet = KubernetesCollector.arguments(look, processes).known().orElse(new Table(Map.of()));
        CniDirectories runtime = ofRuntime(look, processes);
        boolean trusted = processes
                .named(Set.of("kubelet"))
                .filter(process -> !processes.isOfRoot(process))
                .isEmpty();
        // Until Kubernetes 1.23 the kubelet itself called the plugins where Docker was the runtime.
        return new CniDirectories(
                kubelet.entry("cni-conf-dir")
                        .map(entry -> given(entry, trusted))
                        .orElse(runtime.configurations()),
                kubelet.entry("cni-bin-dir")
                        .map(entry -> given(entry, trusted).map(list -> List.of(list.split(",", -1))))
                        .orElse(runtime.programs()));
    }

    private static Observed<String> given(Entry entry, boolean trusted) {
        Origin origin = new Origin(entry.origin(), entry.line());
        return trusted
                ? Observed.known(entry.value(), origin)
                : Observed.unknown("the kubelet that it is given to is not seen to be root's", origin);
    }

    private static CniDirectories ofRuntime(Look look, Processes processes) {
        for (String path : OWN) {
            Observed<String> file = look.text(path);
            if (!(file instanceof Observed.Absent<String>)) {
                return of(List.of(file), CONTAINERD_CONF, CONTAINERD_BIN);
            }
        }
        String runtime = Answers.textOf(ContainerRuntime.of(look, processes)).orElse("");
        return runtime.equals("cri-o")
                ? of(withDropIns(look, CRIO, "/etc/crio/crio.conf.d", name -> true), CRIO_CONF, CRIO_BIN)
                : of(
                        withDropIns(look, CONTAINERD, "/etc/containerd/conf.d", name -> name.endsWith(".toml")),
                        CONTAINERD_CONF,
                        CONTAINERD_BIN);
    }

    private static List<Observed<String>> withDropIns(
            Look look, String file, String directory, Predicate<String> counts) {
        List<Observed<String>> files = new ArrayList<>(List.of(look.text(file)));
        look.names(directory).known().orElse(List.of()).stream()
                .filter(counts)
                .forEach(name -> files.add(look.text(directory + "/" + name)));
        return files;
    }

    private static CniDirectories of(List<Observed<String>> files, Pattern configurations, Pattern programs) {
        Optional<Observed<String>> unreadable =
                files.stream().filter(Observed::isUnknown).findFirst();
        if (unreadable.isPresent()) {
            return new CniDirectories(unreadable.get(), unreadable.get().map(List::of));
        }
        Observed<List<String>> conf = last(files, configurations);
        return new CniDirectories(
                conf.known().isPresent()
                        ? conf.map(directories -> directories.get(0))
                        : Observed.known(DEFAULT_CONFIGURATIONS, conf.origin()),
                orDefault(last(files, programs)));
    }

    private static Observed<List<String>> orDefault(Observed<List<String>> directories) {
        return directories.known().isPresent()
                ? directories
                : Observed.known(List.of(DEFAULT_PROGRAMS), directories.origin());
    }

    /** The values of the setting in the last file that has it; an empty one stands for the default. */
    private static Observed<List<String>> last(List<Observed<String>> files, Pattern name) {
        Observed<List<String>> found = Observed.absent(files.get(0).origin());
        for (Observed<String> file : files) {
            Map<String, List<Setting>> settings =
                    file.known().map(TomlSettings::parse).orElseGet(LinkedHashMap::new);
            for (Map.Entry<String, List<Setting>> setting : settings.entrySet()) {
                List<String> values = setting.getValue().stream()
                        .map(value -> value.value().replaceFirst("(?<=.)/+$", ""))
                        .filter(value -> value.startsWith("/"))
                        .toList();
                if (name.matcher(setting.getKey()).matches() && !values.isEmpty()) {
                    found = Observed.known(
                            values, file.origin().at(setting.getValue().get(0).line()));
                }
            }
        }
        return found;
    }
}
