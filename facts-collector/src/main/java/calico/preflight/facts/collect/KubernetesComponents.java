package calico.preflight.facts.collect;

import calico.preflight.facts.Cidr;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.FactValue.Texts;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.parse.Setting;
import calico.preflight.facts.parse.TopLevelYaml;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How kube-proxy and the control plane are set up, as far as this host shows it. */
public final class KubernetesComponents implements Collector {

    private static final String MODE = "kubernetes.kube-proxy.mode";
    private static final String PROXY = "kubernetes.kube-proxy.arguments";
    private static final String API = "kubernetes.api-server.arguments";
    private static final String PODS = "kubernetes.cluster-cidr";
    private static final String SERVICES = "kubernetes.service-cidr";

    /** The configurations of a kube-proxy that no argument names: those of kubeadm and of set-ups by hand. */
    private static final List<String> PROXY_FILES =
            List.of("/var/lib/kube-proxy/config.conf", "/var/lib/kube-proxy/kube-proxy-config.yaml");

    /** What such a file says of itself (kube-proxy Configuration, v1alpha1). */
    private static final String PROXY_KIND = "KubeProxyConfiguration";

    /** What kube-proxy does where it is told nothing, on every Linux since Kubernetes 1.2. */
    private static final String DEFAULT_MODE = "iptables";

    @Override
    public Set<String> facts() {
        return Set.of(MODE, PROXY, API, PODS, SERVICES);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        return new Sight(look).facts();
    }

    /** One look at a host. */
    private static final class Sight {
        private final Look look;
        private final ComponentArguments components;
        private final K3sSettings k3s;
        private final Observed<Table> proxy;
        private final Observed<String> proxyFile;
        private final Observed<Table> api;
        private final Observed<Table> controllers;

        Sight(Look look) {
            this.look = look;
            Processes processes = look.processes();
            this.components = new ComponentArguments(look, processes);
            this.k3s = new K3sSettings(look, processes);
            this.proxy = orOfK3s(components.of("kube-proxy"), "kube-proxy-arg");
            this.proxyFile = proxyFile();
            this.api = orOfK3s(components.of("kube-apiserver"), "kube-apiserver-arg");
            this.controllers = components.of("kube-controller-manager");
        }

        List<Fact> facts() {
            return List.of(
                    Look.fact(MODE, mode()),
                    Look.fact(PROXY, proxy),
                    Look.fact(API, api),
                    Look.fact(
                            PODS,
                            ranges(
                                    "pod",
                                    List.of(
                                            entry(controllers, "cluster-cidr"),
                                            entry(proxy, "cluster-cidr"),
                                            setting(proxyFile, "clusterCIDR"),
                                            ofK3s("cluster-cidr")))),
                    Look.fact(
                            SERVICES,
                            ranges(
                                    "service",
                                    List.of(
                                            entry(api, "service-cluster-ip-range"),
                                            entry(controllers, "service-cluster-ip-range"),
                                            ofK3s("service-cidr")))));
        }

        /** The arguments of a component that is a part of k3s. */
        private Observed<Table> orOfK3s(Observed<Table> arguments, String name) {
            if (arguments.known().isPresent() || k3s.origin().isEmpty()) {
                return arguments;
            }
            return k3s.values(name).map(values -> {
                Map<String, Entry> entries = new HashMap<>();
                for (K3sSettings.Value value : values) {
                    ComponentArguments.table(List.of("--" + value.text()), value.origin())
                            .entries()
                            .forEach(entries::put);
                }
                return new Table(entries);
            });
        }

        /**
         * The configuration file of kube-proxy; absent where it is told by arguments alone. Where kube-proxy runs in a
         * container, its file is there too, and only root sees it.
         */
        private Observed<String> proxyFile() {
            Optional<Entry> named = proxy.known().flatMap(table -> table.entry("config"));
            Optional<Processes.Seen> process = components.process("kube-proxy");
            if (named.isEmpty()) {
                return proxy.known().isPresent()
                        ? Observed.absent(proxy.origin())
                        : configuration(Answers.best(
                                PROXY_FILES.stream().map(look::text).toList()));
            }
            if (process.isPresent() && !components.isOfRoot(process.get())) {
                return Observed.unknown(
                        "the kube-proxy that --config is given to is not seen to be root's", proxy.origin());
            }
            String path = named.get().value();
            if (!path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
                return Observed.unknown("--config names no absolute path", proxy.origin());
            }
            if (process.isPresent() && look.showsRunningHost()) {
                Observed<String> inside =
                        look.text(process.get().origin("root" + path).where());
                return configuration(
                        Answers.absentMeans("the file that kube-proxy was started with is not there", inside));
            }
            return configuration(Answers.absentMeans(
                    "the file is not in this source; it is in kube-proxy's container", look.text(path)));
        }

        /** Any file may be named; one that is of no such kind, kube-proxy does not start with. */
        private static Observed<String> configuration(Observed<String> file) {
            boolean other = file.known()
                    .filter(text -> TopLevelYaml.parse(text).getOrDefault("kind", List.of()).stream()
                            .noneMatch(kind -> kind.value().equals(PROXY_KIND)))
                    .isPresent();
            return other ? Observed.unknown("is no configuration of kube-proxy", file.origin()) : file;
        }

        private Observed<FactValue> mode() {
            if (isSwitchedOff()) {
                return Observed.absent(k3s.values("disable-kube-proxy").origin());
            }
            if (proxyFile.isUnknown()) {
                return proxyFile.map(FactValue.Text::new);
            }
            // Where there is a file, the arguments do not count.
            if (proxyFile.known().isPresent()) {
                Observed<List<String>> mode = setting(proxyFile, "mode");
                return mode.known().isPresent() ? mode(mode) : Look.text(DEFAULT_MODE, proxyFile.origin());
            }
            Observed<List<String>> argument = entry(proxy, "proxy-mode");
            if (argument.known().isPresent()) {
                return mode(argument);
            }
            if (proxy.known().isPresent()) {
                return Look.text(DEFAULT_MODE, proxy.origin());
            }
            if (k3s.origin().isPresent() && !proxy.isUnknown()) {
                return Look.text(DEFAULT_MODE, proxy.origin());
            }
            return proxy.map(table -> new FactValue.Text(""));
        }

        private static Observed<FactValue> mode(Observed<List<String>> given) {
            return given.map(values -> {
                String mode = values.get(0).toLowerCase(Locale.ROOT);
                return new FactValue.Text(mode.isEmpty() ? DEFAULT_MODE : mode);
            });
        }

        private boolean isSwitchedOff() {
            return k3s.values("disable-kube-proxy")
                    .known()
                    .filter(values ->
                            values.stream().anyMatch(value -> value.text().equals("true")))
                    .isPresent();
        }

        private static Observed<List<String>> entry(Observed<Table> arguments, String name) {
            if (!(arguments instanceof Observed.Known<Table> known)) {
                return arguments.map(table -> List.of());
            }
            return known.value()
                    .entry(name)
                    .map(entry -> Observed.known(List.of(entry.value()), HostFacts.originOf(entry, arguments.origin())))
                    .orElseGet(() -> Observed.absent(arguments.origin()));
        }

        private static Observed<List<String>> setting(Observed<String> file, String name) {
            if (!(file instanceof Observed.Known<String> known)) {
                return file.map(text -> List.of());
            }
            List<Setting> values = TopLevelYaml.parse(known.value()).getOrDefault(name, List.of());
            return values.isEmpty()
                    ? Observed.absent(file.origin())
                    : Observed.known(
                            values.stream().map(Setting::value).toList(),
                            file.origin().at(values.get(0).line()));
        }

        private Observed<List<String>> ofK3s(String name) {
            return k3s.values(name)
                    .map(values -> values.stream().map(K3sSettings.Value::text).toList());
        }

        /** Ranges belong to the cluster, so that a host that does not tell them does not show that there are none. */
        private static Observed<FactValue> ranges(String of, List<Observed<List<String>>> places) {
            for (Observed<List<String>> place : places) {
                List<String> ranges = place.known().orElse(List.of()).stream()
                        .flatMap(text -> Stream.of(text.split(",", -1)))
                        .map(String::strip)
                        .flatMap(text -> Cidr.of(text).stream())
                        .map(Cidr::toString)
                        .toList();
                if (!ranges.isEmpty()) {
                    return Observed.known(new Texts(ranges), place.origin());
                }
            }
            return places.stream()
                    .filter(Observed::isUnknown)
                    .findFirst()
                    .map(unseen -> unseen.<FactValue>map(any -> new Texts(List.of())))
                    .orElseGet(() -> Observed.unknown(
                            "no component of Kubernetes that is seen here names the " + of + " range",
                            places.get(0).origin()));
        }
    }
}
