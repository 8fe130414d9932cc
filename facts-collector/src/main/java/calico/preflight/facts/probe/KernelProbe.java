package calico.preflight.facts.probe;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.NoNamespaceException;
import calico.preflight.facts.source.ProbeAnswer;
import calico.preflight.facts.source.ProbeAnswer.Ended;
import calico.preflight.facts.source.ProbeAnswer.Silent;
import calico.preflight.facts.source.ProbeCommand;
import calico.preflight.facts.source.ProbeCommand.Kind;
import calico.preflight.facts.source.ProbeNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tries capabilities of the running kernel in a network namespace that is thrown away, and tells as a fact what came of it. */
public final class KernelProbe {

    /** The name of the fact: a table with an entry for each try, by its label. */
    public static final String FACT = "kernel.probe";

    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private final List<ProbeCommand> commands;

    private KernelProbe(Set<ProbeCommand> commands) {
        this.commands = List.copyOf(commands);
    }

    /** A probe that tries what has these labels, what that builds on, and the nft backend. */
    public static KernelProbe of(Set<String> labels) {
        Set<ProbeCommand> commands = EnumSet.noneOf(ProbeCommand.class);
        for (ProbeCommand command : ProbeCommand.values()) {
            boolean nft = command.kind() == Kind.NFT || command.kind() == Kind.NFT_RULE;
            if (nft || labels.contains(command.label())) {
                Optional<ProbeCommand> next = Optional.of(command);
                while (next.isPresent()) {
                    commands.add(next.get());
                    next = next.get().buildsOn();
                }
            }
        }
        return new KernelProbe(commands);
    }

    /** The labels of all tries there are. */
    public static Set<String> labels() {
        return Arrays.stream(ProbeCommand.values()).map(ProbeCommand::label).collect(Collectors.toSet());
    }

    /** The programs that it runs, in the order in which they are first run. */
    public List<String> programs() {
        return commands.stream()
                .map(command -> command.line().get(0))
                .distinct()
                .toList();
    }

    /**
     * Tries everything.
     *
     * @throws NoNamespaceException if no namespace can be made, so that nothing was tried
     */
    public Fact run() throws NoNamespaceException {
        Map<ProbeCommand, Trial> trials = new EnumMap<>(ProbeCommand.class);
        TrialReading reading = new TrialReading(Files.exists(Path.of("/proc/modules")), treeIsThere());
        long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
        try (ProbeNamespace namespace = ProbeNamespace.open()) {
            for (ProbeCommand command : commands) {
                Optional<ProbeCommand> missing = command.buildsOn()
                        .filter(base -> trials.getOrDefault(base, Trial.WORKS).result() != Trial.Result.WORKS);
                Trial trial;
                if (missing.isPresent()) {
                    trial = Trial.open("not tried, as " + missing.get().label() + " did not work");
                } else if (System.nanoTime() > deadline) {
                    trial = Trial.open("not tried, as the time was up");
                } else {
                    trial = trial(reading, command, namespace.run(command));
                }
                trials.put(command, trial);
            }
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        trials.forEach((command, trial) -> {
            if (command.kind() != Kind.ASK) {
                entries.put(command.label(), Entry.from(Origin.of(command.toString()), trial.toString()));
            }
        });
        return new Fact(FACT, Observed.known(new FactValue.Table(entries), Origin.of("probe kernel")));
    }

    private static Trial trial(TrialReading reading, ProbeCommand command, ProbeAnswer answer) {
        if (answer instanceof Ended ended) {
            Trial trial = reading.read(command.kind(), ended.status(), ended.output());
            boolean onlyTheTable = command.kind() == Kind.TABLE
                    && trial.result() == Trial.Result.FAILS
                    && Files.exists(Path.of(
                            command == ProbeCommand.TABLE_IPV4
                                    ? "/proc/net/ip_tables_names"
                                    : "/proc/net/ip6_tables_names"));
            return onlyTheTable ? Trial.open("only the table itself is not there: " + trial.reason()) : trial;
        }
        return Trial.open(((Silent) answer).why());
    }

    /** Would a modprobe that a tool runs find the modules of this kernel? */
    private static boolean treeIsThere() {
        Path tree = Path.of("/lib/modules", System.getProperty("os.version", ""), "modules.dep");
        return Files.exists(tree)
                && List.of("/sbin/modprobe", "/usr/sbin/modprobe", "/usr/bin/modprobe").stream()
                        .anyMatch(path -> Files.isExecutable(Path.of(path)));
    }
}
