package calico.preflight.benchmarks;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.NoSuchPackException;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.Judge;
import calico.preflight.engine.ReusingJudge;
import calico.preflight.engine.RuleTrust;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.FactSelection;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.json.FactsFile;
import calico.preflight.facts.json.InvalidFactsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the parts of judging a host take once the JVM is warm: a generated host of OpenStack, and the rules of Calico 3.16. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JudgeBenchmark {

    private static final int HOSTS = 64;

    private final List<byte[]> documents = new ArrayList<>();
    private final List<HostFacts> hosts = new ArrayList<>();
    private final List<HostFacts> asWanted = new ArrayList<>();
    private final Prepared prepared;
    private int next;

    /** What is made once. */
    private record Prepared(Judge judge, Target target, ReusingJudge reusing, FactSelection wanted) {}

    /** Resolves the pack and compiles its rules; the folder of rules is the system property {@code preflight.rules}. */
    public JudgeBenchmark() {
        try {
            Path rules = Path.of(System.getProperty("preflight.rules", "rules"));
            Catalog catalog = Catalog.load(List.of(new RulesFolder(rules, true)));
            ResolvedPack pack = catalog.resolve("calico-3.16", Platform.OPENSTACK);
            Target target = HandWritten.target(pack);
            Judge judge = Judge.of(pack, catalog.knowledge(), RuleTrust.INSTALLATION);
            ReusingJudge reusing = judge.reusing(target);
            prepared = new Prepared(judge, target, reusing, reusing.selection(Set.of("host.name")));
        } catch (InvalidRulesException | NoSuchPackException e) {
            throw new IllegalStateException("the rules of this checkout cannot be used", e);
        }
    }

    /** Makes the hosts. */
    @Setup
    public void generate() throws IOException, InvalidFactsException {
        FleetGenerator generator = new FleetGenerator(1);
        for (int i = 0; i < HOSTS; i++) {
            ByteArrayOutputStream host = new ByteArrayOutputStream();
            generator.write(i, host);
            documents.add(host.toByteArray());
            hosts.add(FactsFile.read("host", host.toByteArray()).facts());
            asWanted.add(FactsFile.read("host", host.toByteArray(), prepared.wanted())
                    .facts());
        }
    }

    private int turn() {
        next = (next + 1) % HOSTS;
        return next;
    }

    /** Reads all facts of a host. */
    @Benchmark
    public HostFacts readFacts() throws InvalidFactsException {
        return FactsFile.read("host", documents.get(turn())).facts();
    }

    /** Reads the facts that the rules look at. */
    @Benchmark
    public HostFacts readWantedFacts() throws InvalidFactsException {
        return FactsFile.read("host", documents.get(turn()), prepared.wanted()).facts();
    }

    /** Judges a host in a session of its own. */
    @Benchmark
    public Report judge() {
        return prepared.judge().judge(prepared.target(), hosts.get(turn()));
    }

    /** Judges a host of which most was concluded of others before. */
    @Benchmark
    public Report judgeAgain() {
        return prepared.reusing().judge(asWanted.get(turn()));
    }

    /** Reads and judges a host by rules in code. */
    @Benchmark
    public List<HandWritten.Verdict> handWritten() throws IOException {
        return HandWritten.judge(documents.get(turn()));
    }
}
