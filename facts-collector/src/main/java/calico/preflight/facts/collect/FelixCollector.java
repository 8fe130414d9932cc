package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.parse.FelixSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What Felix and calico-node are told on this host. */
public final class FelixCollector implements Collector {

    private static final String ENVIRONMENT = "felix.environment";
    private static final String CONFIGURATION = "felix.configuration";
    private static final String ENVIRONMENT_FILE = "/etc/calico/calico.env";
    private static final String CONFIGURATION_FILE = "/etc/calico/felix.cfg";
    private static final Set<String> PROCESSES = Set.of("calico-felix", "felix", "calico-node");

    @Override
    public Set<String> facts() {
        return Set.of(ENVIRONMENT, CONFIGURATION);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        return List.of(
                Look.fact(ENVIRONMENT, environment(look)),
                Look.fact(
                        CONFIGURATION,
                        file(look, CONFIGURATION_FILE).map(text -> new FactValue.Table(FelixSettings.file(text)))));
    }

    /** That of the running process, which only root may read; where none runs, what a unit or container will be given. */
    private static Observed<FactValue> environment(Look look) {
        Processes processes = look.processes();
        Optional<Processes.Seen> process = processes.named(PROCESSES);
        if (process.isPresent()) {
            return look.text(process.get().origin("environ").where())
                    .map(text -> new FactValue.Table(FelixSettings.environment(text)));
        }
        Observed<String> file = file(look, ENVIRONMENT_FILE);
        if (!(file instanceof Observed.Absent<String>)) {
            return file.map(text -> new FactValue.Table(FelixSettings.environmentFile(text)));
        }
        boolean image = !look.showsRunningHost();
        return image || processes.areComplete() ? Observed.absent(file.origin()) : processes.none();
    }

    private static Observed<String> file(Look look, String path) {
        Observed<String> file = look.text(path);
        return look.isDirectory("/etc") ? file : Answers.absentMeans("there is no /etc to look at", file);
    }
}
