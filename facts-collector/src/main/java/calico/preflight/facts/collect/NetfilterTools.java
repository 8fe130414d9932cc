package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.InstalledPackages;
import calico.preflight.facts.parse.Lines;
import calico.preflight.facts.parse.ProgramVersion;
import calico.preflight.facts.source.HostCommand;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The programs that speak to netfilter, by their packages first. The programs themselves are asked only where that makes
 * the kernel load nothing; ipset never, as even its {@code --version} asks the kernel.
 */
public final class NetfilterTools implements Collector {

    private static final String BACKEND = "iptables.backend";
    private static final int MOST_LINKS = 10;

    /** The number that the kernel gives to the netlink sockets of netfilter (NETLINK_NETFILTER). */
    private static final String NETFILTER = "12";

    private static final String WOULD_LOAD = "asking the program could make the kernel load nfnetlink";

    @Override
    public Set<String> facts() {
        return Set.of("nft.version", "iptables.version", "ipset.version", "conntrack.version", BACKEND);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        PackagesOfHost packages = look.packages();
        return List.of(
                Look.fact(
                        "nft.version",
                        version(look, packages, "nft", List.of("nftables"), Optional.of(HostCommand.NFT_VERSION))),
                Look.fact(
                        "iptables.version",
                        version(
                                look,
                                packages,
                                "iptables",
                                List.of("iptables", "iptables-nft", "iptables-legacy"),
                                Optional.of(HostCommand.IPTABLES_VERSION))),
                Look.fact("ipset.version", version(look, packages, "ipset", List.of("ipset"), Optional.empty())),
                Look.fact(
                        "conntrack.version",
                        version(
                                look,
                                packages,
                                "conntrack",
                                List.of("conntrack", "conntrack-tools"),
                                Optional.of(HostCommand.CONNTRACK_VERSION))),
                Look.fact(BACKEND, backend(look)));
    }

    /**
     * The version of a program.
     *
     * @param names what the package is called by distributions
     * @param command that tells the version; nothing: the program is not asked
     */
    private static Observed<FactValue> version(
            Look look, PackagesOfHost packages, String program, List<String> names, Optional<HostCommand> command) {
        Optional<PackagesOfHost.Listed> listed = packages.named(names);
        Optional<String> version = listed.flatMap(
                item -> InstalledPackages.upstream(item.installed().version()));
        if (listed.isPresent() && version.isPresent()) {
            return Look.text(version.get(), listed.get().origin());
        }
        Optional<String> path = look.program(program);
        Origin origin = Origin.of(path.orElse("/usr/sbin/" + program));
        if (path.isEmpty()) {
            return look.hasPrograms()
                    ? Observed.absent(origin)
                    : Observed.unknown("there are no programs to look at", origin);
        }
        if (!look.answersCommands() || command.isEmpty()) {
            return Observed.unknown("no package tells, and the program was not asked", origin);
        }
        if (!nfnetlinkIsThere(look)) {
            return Observed.unknown(WOULD_LOAD, origin);
        }
        Observed<String> output = look.output(command.get());
        return output.known()
                .flatMap(ProgramVersion::of)
                .map(told -> Look.text(told, output.origin()))
                .orElseGet(() -> Observed.unknown("the program did not tell", output.origin()));
    }

    /** The kernel's own end of nfnetlink is in this list as soon as it is there. */
    private static boolean nfnetlinkIsThere(Look look) {
        return Lines.of(look.text("/proc/net/netlink").known().orElse("")).stream()
                .map(line -> Lines.words(line.text()))
                .anyMatch(words -> words.size() > 1 && words.get(1).equals(NETFILTER));
    }

    /** By the names that the link {@code iptables} leads through, which say it since version 1.8; or the program says it. */
    private static Observed<FactValue> backend(Look look) {
        Optional<String> path = look.program("iptables");
        Origin origin = Origin.of(path.orElse("/usr/sbin/iptables"));
        if (path.isEmpty()) {
            return look.hasPrograms()
                    ? Observed.absent(origin)
                    : Observed.unknown("there are no programs to look at", origin);
        }
        String target = path.get();
        for (int i = 0; i < MOST_LINKS; i++) {
            Optional<String> named = backendOf(target.substring(target.lastIndexOf('/') + 1));
            if (named.isPresent()) {
                return Look.text(named.get(), origin);
            }
            Optional<String> next = look.link(target);
            if (next.isEmpty()) {
                break;
            }
            String directory = target.substring(0, target.lastIndexOf('/') + 1);
            target = next.get().startsWith("/") ? next.get() : directory + next.get();
        }
        if (!look.answersCommands()) {
            return Observed.unknown("neither its name nor a link tells", origin);
        }
        if (!nfnetlinkIsThere(look)) {
            return Observed.unknown(WOULD_LOAD, origin);
        }
        Observed<String> output = look.output(HostCommand.IPTABLES_VERSION);
        return output.known()
                .flatMap(ProgramVersion::iptablesBackend)
                .map(backend -> Look.text(backend, output.origin()))
                .orElseGet(() -> Observed.unknown("the program did not tell", output.origin()));
    }

    /** Before there was a choice, one program {@code xtables-multi} was all of iptables. */
    private static Optional<String> backendOf(String program) {
        if (program.contains("nft") || program.equals("xtables-compat-multi")) {
            return Optional.of("nft");
        }
        return program.contains("legacy") || program.equals("xtables-multi") ? Optional.of("legacy") : Optional.empty();
    }
}
