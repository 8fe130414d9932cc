package calico.preflight.facts.collect;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.KubernetesFiles;
import calico.preflight.facts.parse.TopLevelYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What k3s and RKE2 are told. k3s runs all components in one process and hides its arguments, so they are read where they
 * come from: the configuration files, and the command of the unit, which goes before.
 */
final class K3sSettings {

    /** A value, and where it stands. */
    record Value(String text, Origin origin) {}

    private static final List<String> CONFIGURATIONS = List.of("/etc/rancher/k3s", "/etc/rancher/rke2");
    private static final List<String> UNITS = List.of(
            "/etc/systemd/system/k3s.service",
            "/etc/systemd/system/k3s-agent.service",
            "/usr/local/lib/systemd/system/rke2-server.service",
            "/usr/local/lib/systemd/system/rke2-agent.service",
            "/usr/lib/systemd/system/rke2-server.service",
            "/usr/lib/systemd/system/rke2-agent.service");

    private static final Set<String> PROCESSES = Set.of("k3s-server", "k3s-agent", "rke2");

    private final Map<String, List<Value>> settings = new LinkedHashMap<>();
    private Optional<Observed<?>> unreadable = Optional.empty();
    private Optional<Origin> from = Optional.empty();
    private final Optional<Processes.Seen> process;

    private final Look look;

    K3sSettings(Look look, Processes processes) {
        this.look = look;
        this.process = processes.named(PROCESSES);
        for (String directory : CONFIGURATIONS) {
            configuration(look.text(directory + "/config.yaml"));
            String more = directory + "/config.yaml.d";
            look.names(more).known().orElse(List.of()).stream()
                    .filter(name -> name.endsWith(".yaml"))
                    .forEach(name -> configuration(look.text(more + "/" + name)));
        }
        UNITS.forEach(path -> unit(look.text(path)));
    }

    private void configuration(Observed<String> file) {
        see(file);
        file.known().ifPresent(text -> TopLevelYaml.parse(text)
                .forEach((name, values) -> settings.put(
                        name,
                        values.stream()
                                .map(value ->
                                        new Value(value.value(), file.origin().at(value.line())))
                                .toList())));
    }

    private void unit(Observed<String> file) {
        see(file);
        Optional<KubernetesFiles.UnitCommand> command = file.known().flatMap(KubernetesFiles::execStart);
        if (command.isEmpty()) {
            return;
        }
        Origin origin = file.origin().at(command.get().line());
        Map<String, List<Value>> given = new LinkedHashMap<>();
        for (KubernetesFiles.Flag flag : KubernetesFiles.allFlags(command.get().words())) {
            given.computeIfAbsent(flag.name(), name -> new ArrayList<>()).add(new Value(flag.value(), origin));
        }
        settings.putAll(given);
    }

    private void see(Observed<String> file) {
        if (file.known().isPresent() && from.isEmpty()) {
            from = Optional.of(file.origin());
        }
        if (file.isUnknown() && unreadable.isEmpty()) {
            unreadable = Optional.of(file);
            // a file that may not be read is there; of one that is not in a report nobody knows
            from = from.or(() -> Optional.of(file.origin()).filter(origin -> look.isFile(origin.where())));
        }
    }

    /** Where it shows that k3s or RKE2 is on this host; nothing where it is not. */
    Optional<Origin> origin() {
        return from.or(() -> process.map(seen -> seen.origin("comm")));
    }

    /** The values of a setting, such as {@code cluster-cidr}: absent where it is not given. */
    Observed<List<Value>> values(String name) {
        if (unreadable.isPresent()) {
            return unreadable.get().map(any -> List.of());
        }
        List<Value> values = settings.getOrDefault(name, List.of());
        if (!values.isEmpty()) {
            return Observed.known(values, values.get(0).origin());
        }
        if (process.isPresent() && from.isEmpty()) {
            return Observed.unknown("k3s hides its arguments", process.get().origin("cmdline"));
        }
        return Observed.absent(origin().orElse(Origin.of(CONFIGURATIONS.get(0))));
    }
}
