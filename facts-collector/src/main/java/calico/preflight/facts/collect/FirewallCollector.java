package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.firewall.Listings;
import calico.preflight.facts.firewall.MalformedRulesException;
import calico.preflight.facts.parse.Lines;
import calico.preflight.facts.parse.PrintedRules;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.Printout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of the host's own firewall. Only a running host shows them, and only to root in the network namespace of the
 * machine's first process. Nothing is asked that could make the kernel load anything: legacy rules only where {@code
 * /proc/net/ip_tables_names} names tables, those of nft only where nf_tables is in the kernel, and iptables-nft-save, which
 * asks the kernel for each extension, only where rules with such extensions are there.
 */
public final class FirewallCollector implements Collector {

    private static final String LEGACY_IPV4 = "firewall.legacy.ipv4";
    private static final String LEGACY_IPV6 = "firewall.legacy.ipv6";
    private static final String NFT = "firewall.nft.ruleset";
    private static final String NFT_IPV4 = "firewall.nft.ipv4";
    private static final String NFT_IPV6 = "firewall.nft.ipv6";

    private static final Map<String, Printout> KEPT =
            Map.of(LEGACY_IPV4, Printout.IPTABLES_RULES, LEGACY_IPV6, Printout.IP6TABLES_RULES);

    private static final String OWN_NETWORK = "/proc/self/ns/net";
    private static final String FIRST_NETWORK = "/proc/1/ns/net";

    /** NET_NS_INIT_INO of {@code include/uapi/linux/nsfs.h}, fixed since Linux 6.18; no other kernel gives that number. */
    private static final String INITIAL_NETWORK = "net:[4026531833]";

    /** The bit of CAP_NET_ADMIN (capability.h); without it some versions of nft just show nothing. */
    private static final int NET_ADMIN = 12;

    /** So much takes a fact at most, that a facts file with it can be read again. */
    private static final int MOST_LINES = 150_000;

    @Override
    public Set<String> facts() {
        return Set.of(LEGACY_IPV4, LEGACY_IPV6, NFT, NFT_IPV4, NFT_IPV6);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        if (!look.showsRunningHost()) {
            return ofReport(look, look.host());
        }
        if (!isOfTheMachine(look)) {
            return Answers.unknown(
                    facts(),
                    "whether this is the network of the machine, and not of a container, cannot be told",
                    Origin.of(OWN_NETWORK));
        }
        if (!mayAsk(look)) {
            return Answers.unknown(
                    facts(), "only root may read the rules (CAP_NET_ADMIN)", Origin.of("/proc/self/status"));
        }
        Observed<FactValue> nft = nft(look, options);
        return List.of(
                Look.fact(
                        LEGACY_IPV4,
                        legacy(
                                look,
                                "/proc/net/ip_tables_names",
                                HostCommand.IPTABLES_LEGACY_SAVE,
                                HostCommand.IPTABLES_SAVE)),
                Look.fact(
                        LEGACY_IPV6,
                        legacy(
                                look,
                                "/proc/net/ip6_tables_names",
                                HostCommand.IP6TABLES_LEGACY_SAVE,
                                HostCommand.IP6TABLES_SAVE)),
                Look.fact(NFT, nft),
                Look.fact(NFT_IPV4, extended(look, nft, "\"family\":\"ip\"", HostCommand.IPTABLES_NFT_SAVE)),
                Look.fact(NFT_IPV6, extended(look, nft, "\"family\":\"ip6\"", HostCommand.IP6TABLES_NFT_SAVE)));
    }

    /**
     * A report keeps rules of the legacy kind at most in the form that is read here; these may show that something is blocked,
     * and never that nothing is. What {@code iptables -L} and {@code nft} print for readers lacks what extensions ask for.
     */
    private List<Fact> ofReport(Look look, HostSource host) {
        Observed<FactValue> unseen =
                Observed.unknown("only a running host, or a capture of it, shows its firewall", Origin.of(host.name()));
        boolean elsewhere = new PrintedNetwork(look).outside().isPresent();
        return facts().stream()
                .sorted()
                .map(fact -> Look.fact(
                        fact,
                        Optional.ofNullable(KEPT.get(fact))
                                .filter(any -> !elsewhere)
                                .flatMap(rules -> look.kept(rules, PrintedRules::ofLegacyKind))
                                .map(FirewallCollector::bounded)
                                .orElse(unseen)))
                .toList();
    }

    /** Rules that a container or a network namespace of its own sees say nothing of the machine's traffic. */
    private static boolean isOfTheMachine(Look look) {
        Optional<String> own = look.link(OWN_NETWORK);
        return look.link(HostContainer.OWN_PIDS)
                        .filter(HostContainer.INITIAL_PIDS::equals)
                        .isPresent()
                && own.isPresent()
                && (own.get().equals(INITIAL_NETWORK) || own.equals(look.link(FIRST_NETWORK)));
    }

    private static boolean mayAsk(Look look) {
        return Lines.of(look.text("/proc/self/status").known().orElse("")).stream()
                .map(line -> Lines.words(line.text()))
                .filter(words -> words.size() == 2 && words.get(0).equals("CapEff:"))
                .map(words -> words.get(1))
                .filter(mask -> Lines.isHexadecimal(mask, 1, 16))
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) >> NET_ADMIN & 1) == 1);
    }

    private static Observed<FactValue> legacy(Look look, String names, HostCommand save, HostCommand onlyKind) {
        Observed<String> tables = look.text(names);
        if (tables.known().isEmpty()) {
            return tables.map(FactValue.Text::new);
        }
        if (tables.known().get().isBlank()) {
            return Observed.absent(tables.origin());
        }
        // Before iptables came in two kinds (1.8), iptables-save was the legacy one.
        boolean twoKinds = look.program(save.line().get(0)).isPresent()
                || look.program("iptables-nft-save").isPresent()
                || look.program("xtables-nft-multi").isPresent();
        return lines(look, twoKinds ? save : onlyKind);
    }

    /** What a save program prints, without comments, which hold the time. */
    private static Observed<FactValue> lines(Look look, HostCommand command) {
        Observed<String> output = look.output(command);
        if (output instanceof Observed.Absent<String> absent) {
            return Observed.unknown("there are rules, but " + command + " is not installed", absent.origin());
        }
        return bounded(output.map(text -> text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList()));
    }

    private static Observed<FactValue> bounded(Observed<List<String>> lines) {
        int size = lines.known().map(List::size).orElse(0);
        return size > MOST_LINES
                ? Observed.unknown("there are more than " + MOST_LINES + " rules", lines.origin())
                : lines.map(FactValue.Texts::new);
    }

    private static Observed<FactValue> nft(Look look, CollectionOptions options) {
        Origin origin = Origin.of(HostCommand.NFT_RULESET.toString());
        Optional<Boolean> there = hasNfTables(look, options);
        if (there.isEmpty()) {
            return Observed.unknown(
                    "whether nf_tables is in the kernel cannot be told, and asking could load it", origin);
        }
        if (!there.get()) {
            return Observed.absent(Origin.of("/proc/modules"));
        }
        Observed<String> output = look.output(HostCommand.NFT_RULESET);
        if (output instanceof Observed.Known<String> known) {
            try {
                return bounded(Observed.known(Listings.nftObjects(known.value()), origin));
            } catch (MalformedRulesException e) {
                return Observed.unknown(String.valueOf(e.getMessage()), origin);
            }
        }
        return Answers.absentMeans("nft is not installed", output).map(FactValue.Text::new);
    }

    /** Is nf_tables loaded or builtin? Nothing where no file tells what is builtin. */
    private static Optional<Boolean> hasNfTables(Look look, CollectionOptions options) {
        boolean loaded = look.isDirectory("/sys/module/nf_tables")
                || Lines.of(look.text("/proc/modules", 16 << 20).known().orElse("")).stream()
                        .anyMatch(line -> line.text().startsWith("nf_tables "));
        if (loaded) {
            return Optional.of(true);
        }
        boolean told = false;
        for (Collector collector : List.of(ModuleTree.BUILTIN, KernelConfiguration.COLLECTOR)) {
            for (Fact fact : look.facts(collector, options)) {
                if (fact.observed().known().orElse(null) instanceof FactValue.Table table) {
                    told = true;
                    if (hasNfTables(table)) {
                        return Optional.of(true);
                    }
                }
            }
        }
        return told ? Optional.of(false) : Optional.empty();
    }

    private static boolean hasNfTables(FactValue.Table table) {
        return table.entry("nf_tables").isPresent()
                || table.entry("CONFIG_NF_TABLES")
                        .filter(entry -> entry.value().equals("y"))
                        .isPresent();
    }

    private static Observed<FactValue> extended(Look look, Observed<FactValue> nft, String family, HostCommand save) {
        if (!(nft instanceof Observed.Known<FactValue> known) || !(known.value() instanceof FactValue.Texts objects)) {
            return nft;
        }
        boolean asked = objects.texts().stream()
                .anyMatch(object ->
                        object.startsWith("{\"rule\"") && object.contains(family) && object.contains("{\"xt\":"));
        return asked ? lines(look, save) : Observed.absent(nft.origin());
    }
}
