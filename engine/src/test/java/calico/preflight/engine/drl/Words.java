package calico.preflight.engine.drl;

import calico.preflight.engine.drl.words.Crank;
import calico.preflight.engine.drl.words.KernelVersionDemand;
import calico.preflight.engine.drl.words.Lever;
import calico.preflight.engine.drl.words.Observation;
import calico.preflight.engine.drl.words.OneOfDemand;
import calico.preflight.engine.drl.words.Remark;
import calico.preflight.engine.drl.words.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The vocabulary of the tests, a file to begin with, and a session full of facts. */
final class Words {

    static final Vocabulary VOCABULARY = Vocabulary.of(
            "calico.preflight.engine.drl.words",
            Map.of(
                    "Observation", Set.of("fact", "state", "text", "version", "items"),
                    "Demand", Set.of("id", "fact"),
                    "KernelVersionDemand", Set.of("id", "fact", "minimum"),
                    "OneOfDemand", Set.of("id", "fact", "anyOf", "strict"),
                    "Verdict", Set.of("demand", "outcome", "reason"),
                    "Remark", Set.of("text", "number"),
                    "Lever", Set.of("name"),
                    "Crank", Set.of("pull", "lever")),
            Set.of("Verdict", "Remark"));

    /** Lines 1 to 11. */
    static final String HEAD = """
            package calico.preflight.rules
            import calico.preflight.engine.drl.words.Observation
            import calico.preflight.engine.drl.words.Demand
            import calico.preflight.engine.drl.words.KernelVersionDemand
            import calico.preflight.engine.drl.words.OneOfDemand
            import calico.preflight.engine.drl.words.Verdict
            import calico.preflight.engine.drl.words.Remark
            import calico.preflight.engine.drl.words.Lever
            import calico.preflight.engine.drl.words.Crank

            dialect "mvel"
            """;

    private Words() {}

    static List<Object> facts(Path marker) {
        Lever lever = new Lever("lever", marker.toFile());
        List<Object> facts = new ArrayList<>(List.of(
                new Observation(
                        "kernel.release", "known", "6.1.0-50-amd64", new Version(6, 1), List.of("ip_tables", "ip_set")),
                new Observation("hostname", "known", "a".repeat(50) + "!", new Version(0, 0), List.of()),
                new Observation("os.id", "known", "debian", new Version(0, 0), List.of()),
                new Observation("selinux", "absent", "", new Version(0, 0), List.of()),
                new KernelVersionDemand("kernel-version", "kernel.release", new Version(5, 10)),
                new OneOfDemand("distribution", "os.id", List.of("debian", "ubuntu"), true),
                lever,
                new Crank("harmless", lever)));
        // Few enough that a join of three, which Drools holds in memory whole, stays small, and one of four takes long.
        IntStream.range(0, 110).forEach(i -> facts.add(new Remark("remark", i)));
        return facts;
    }
}
