package calico.preflight.engine;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.knowledge.Knowledge;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.requirement.SettledBy;
import calico.preflight.catalog.requirement.Source;
import calico.preflight.catalog.target.Bgp;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Dataplane;
import calico.preflight.catalog.target.Datastore;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.Networking;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Role;
import calico.preflight.catalog.target.Target;
import calico.preflight.engine.report.Finding;
import calico.preflight.facts.HostFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A pack with one requirement, judged by the real rules with the real knowledge. */
record TestPack(ResolvedPack pack) {

    static final Path RULES = Path.of(System.getProperty("preflight.rules", "../rules"));
    static final String ID = "the-requirement";
    private static final CalicoVersion CALICO = new CalicoVersion(3, 16, CalicoVersion.NEWEST_PATCH);

    static TestPack ofModule(String name) {
        return of(Level.MUST, new Check.KernelModule(name));
    }

    static TestPack of(Level level, Check check) {
        return of(level, check, shippedRules());
    }

    static TestPack of(Level level, Check check, List<RuleFile> rules) {
        Requirement requirement = new Requirement(
                ID,
                level,
                "A requirement",
                SettledBy.IMAGE,
                Map.of(),
                check,
                new Source("A document", "A section", "https://example.com"),
                List.of(),
                "Do something.");
        return new TestPack(new ResolvedPack(
                "calico-test",
                CALICO,
                Platform.OPENSTACK,
                "sha256:0",
                Map.of(),
                Map.of(),
                List.of(requirement),
                Map.of(),
                List.of(),
                rules));
    }

    Finding judge(HostFacts facts) {
        return judge(IpFamily.IPV4, facts);
    }

    Finding judge(IpFamily family, HostFacts facts) {
        return judge(target(Platform.OPENSTACK, Encapsulation.IPIP, family), facts);
    }

    Finding judge(Target target, HostFacts facts) {
        try {
            return judge(pack).judge(target, facts).findings().get(0);
        } catch (InvalidRulesException e) {
            throw new AssertionError(e);
        }
    }

    static Target target(Platform platform, Encapsulation encapsulation, IpFamily family) {
        return new Target(
                CALICO,
                platform,
                Networking.CALICO,
                encapsulation,
                Set.of(Role.NODE),
                Dataplane.IPTABLES,
                platform == Platform.OPENSTACK || platform == Platform.HOST ? Datastore.ETCD : Datastore.KUBERNETES,
                family,
                Bgp.ENABLED,
                false,
                false,
                Optional.empty(),
                Set.of(),
                Profile.DOCUMENTED);
    }

    /** The rules that ship. */
    static Catalog catalog() {
        return Shipped.CATALOG;
    }

    /** A judge for the pack; what packs have in common is compiled once. */
    static Judge judge(ResolvedPack pack) throws InvalidRulesException {
        return Shipped.JUDGES.of(pack);
    }

    static Knowledge knowledge() {
        return Shipped.KNOWLEDGE;
    }

    static List<RuleFile> shippedRules() {
        return Stream.of("kernel.drl", "host.drl", "network.drl")
                .map(TestPack::ruleFile)
                .toList();
    }

    private static RuleFile ruleFile(String name) {
        try {
            return new RuleFile(
                    "inference/" + name,
                    Files.readString(RULES.resolve("inference").resolve(name)),
                    true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Read once for all tests. */
    private static final class Shipped {
        static final Catalog CATALOG;
        static final Knowledge KNOWLEDGE;
        static final Judges JUDGES;

        static {
            try {
                CATALOG = Catalog.load(List.of(new RulesFolder(RULES, true)));
                KNOWLEDGE = CATALOG.knowledge();
                JUDGES = new Judges(KNOWLEDGE, RuleTrust.INSTALLATION);
            } catch (InvalidRulesException e) {
                throw new AssertionError(e);
            }
        }
    }
}
