package calico.preflight.cli;

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
import calico.preflight.engine.report.Evidence;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports made by hand. */
public final class Reports {

    private static final Source PAGE = new Source(
            "Calico v3.16 system requirements", "Kernel dependencies", "https://docs.example/v3.16/requirements");

    private Reports() {}

    /** A report with these findings, of a Debian host for Calico 3.16 on OpenStack. */
    public static Report of(Finding... findings) {
        return of("node1", findings);
    }

    /** A report of a host with this name. */
    public static Report of(String host, Finding... findings) {
        HostFacts facts = HostFacts.of(
                "live",
                "2026-01-01T00:00:00Z",
                List.of(
                        fact("host.name", host),
                        fact("host.architecture", "x86_64"),
                        fact("kernel.release", "6.1.0-50-amd64"),
                        fact("os.id", "debian"),
                        fact("os.version", "12")));
        return new Report(target(), "calico-3.16", "sha256:0123456789abcdef0123456789abcdef", facts, List.of(findings));
    }

    /** Calico 3.16 on OpenStack as documented. */
    public static Target target() {
        return new Target(
                new CalicoVersion(3, 16, CalicoVersion.NEWEST_PATCH),
                Platform.OPENSTACK,
                Networking.CALICO,
                Encapsulation.IPIP,
                Set.of(Role.NODE),
                Dataplane.IPTABLES,
                Datastore.ETCD,
                IpFamily.IPV4,
                Bgp.ENABLED,
                false,
                false,
                Optional.empty(),
                Set.of(),
                Profile.DOCUMENTED);
    }

    /** A kernel module that must be there. */
    public static Finding module(String name, Outcome outcome) {
        return finding("kernel-module/" + name, Level.MUST, SettledBy.IMAGE, new Check.KernelModule(name), outcome);
    }

    /** A port that must be open. */
    public static Finding port(String what, Outcome outcome) {
        return finding(
                "port/" + what,
                Level.MUST,
                SettledBy.NETWORK,
                new Check.Port("tcp", 179, List.of(), 0, "both", "all", false, List.of()),
                outcome);
    }

    /** A list of distributions, which is only known to work. */
    public static Finding distribution(Outcome outcome) {
        return finding(
                "distribution",
                Level.KNOWN_TO_WORK,
                SettledBy.IMAGE,
                new Check.Distribution(List.of(new Check.ListedDistribution("rhel", "", "7", ""))),
                outcome);
    }

    /** A finding whose evidence is this text. */
    public static Finding showing(String evidence) {
        Finding plain = module("ip_set", Outcome.FAIL);
        return new Finding(
                plain.requirement(),
                plain.outcome(),
                "the file says " + evidence,
                plain.expected(),
                List.of(new Evidence("kernel.release", evidence, "/proc/" + evidence)),
                List.of(),
                List.of());
    }

    private static Finding finding(String id, Level level, SettledBy settledBy, Check check, Outcome outcome) {
        Requirement requirement = new Requirement(
                id,
                level,
                "The requirement " + id,
                settledBy,
                Map.of(),
                check,
                PAGE,
                List.of(),
                "Do what the page says about it, such as installing the package that holds the modules of this kernel.");
        return new Finding(
                requirement,
                outcome,
                "what was seen of " + id + " leads to " + outcome.name().toLowerCase(java.util.Locale.ROOT),
                "that it is there, loaded, built in or as a module file of the running kernel",
                outcome == Outcome.NOT_APPLICABLE
                        ? List.of()
                        : List.of(
                                new Evidence("kernel.config.CONFIG_NET_IPIP", "not set", "/proc/config.gz:1234"),
                                new Evidence("kernel.modules.files", "absent", "/lib/modules/6.1.0-50-amd64")),
                outcome == Outcome.FAIL ? List.of("Two pages of the document give different names for it") : List.of(),
                outcome == Outcome.NOT_APPLICABLE
                        ? List.of()
                        : List.of("the module is nowhere", "what is nowhere fails"));
    }

    private static Fact fact(String name, String value) {
        return new Fact(name, Observed.known(new FactValue.Text(value), Origin.of("/proc/" + name)));
    }
}
