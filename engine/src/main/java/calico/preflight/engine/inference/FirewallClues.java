package calico.preflight.engine.inference;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.firewall.Decision;
import calico.preflight.facts.firewall.Decision.Dropped;
import calico.preflight.facts.firewall.Decision.NotUnderstood;
import calico.preflight.facts.firewall.Firewall;
import calico.preflight.facts.firewall.Flow;
import calico.preflight.facts.firewall.Flow.Way;
import calico.preflight.facts.firewall.Listings;
import calico.preflight.facts.firewall.MalformedRulesException;
import calico.preflight.facts.firewall.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the rules of the host's own firewall, as the facts carry them, about the traffic of requirements. */
final class FirewallClues {

    private static final String LEGACY_IPV4 = "firewall.legacy.ipv4";
    private static final String LEGACY_IPV6 = "firewall.legacy.ipv6";
    private static final String NFT = "firewall.nft.ruleset";
    private static final String NFT_IPV4 = "firewall.nft.ipv4";
    private static final String NFT_IPV6 = "firewall.nft.ipv6";

    static final Set<String> FACTS = Set.of(LEGACY_IPV4, LEGACY_IPV6, NFT, NFT_IPV4, NFT_IPV6, OuterInterfaces.FACT);

    private static final Map<String, Integer> PROTOCOLS = Map.of("tcp", 6, "udp", 17, "ipip", 4);

    private final HostFacts facts;
    private final List<Flow.IpFamily> families = new ArrayList<>();

    /** The facts without which nothing passes; what iptables says of nft's rules only helps to understand these. */
    private final List<String> needed = new ArrayList<>();

    /** The interfaces that other hosts may be behind; none where that is not known. */
    private final List<String> devices;

    private Optional<Firewall> firewall = Optional.empty();
    private String malformed = "";

    FirewallClues(HostFacts facts, IpFamily family) {
        this.facts = facts;
        this.devices = OuterInterfaces.of(facts);
        needed.add(NFT);
        if (family != IpFamily.IPV6) {
            families.add(Flow.IpFamily.IPV4);
            needed.add(LEGACY_IPV4);
        }
        if (family != IpFamily.IPV4) {
            families.add(Flow.IpFamily.IPV6);
            needed.add(LEGACY_IPV6);
        }
    }

    /**
     * What becomes of the traffic of this requirement.
     *
     * @param served it must come in here; otherwise it must be able to get out
     */
    FirewallDecision of(String id, Check.Port check, boolean served) {
        Optional<Observed<FactValue>> unseen = needed.stream()
                .<Observed<FactValue>>map(facts::get)
                .filter(Observed::isUnknown)
                .findFirst();
        boolean nothingSeen = needed.stream().map(facts::get).allMatch(Observed::isUnknown);
        Optional<Firewall> rules = nothingSeen ? Optional.empty() : firewall();
        List<Decision> decisions =
                rules.map(read -> decisions(read, check, served)).orElse(List.of());
        for (Decision decision : decisions) {
            // What one kind of rules drops, no other can save.
            if (decision instanceof Dropped dropped) {
                String fact = factOf(dropped.by());
                return new FirewallDecision(
                        id,
                        "dropped",
                        dropped.by().toString(),
                        opening(dropped.by(), check),
                        fact,
                        dropped.by().toString(),
                        origin(fact));
            }
        }
        if (unseen.isPresent()) {
            return unseen(id, why(unseen.get()));
        } else if (rules.isEmpty()) {
            return unseen(id, malformed);
        }
        for (Decision decision : decisions) {
            if (decision instanceof NotUnderstood open) {
                String fact = factOf(open.at());
                return new FirewallDecision(
                        id,
                        "open",
                        open.construct() + ", in " + open.at(),
                        "",
                        fact,
                        open.at().toString(),
                        origin(fact));
            }
        }
        if (decisions.isEmpty()) {
            return unseen(id, "there is no such traffic of this IP family");
        }
        String fact = needed.stream()
                .filter(name -> facts.get(name).known().isPresent())
                .findFirst()
                .orElse(NFT);
        boolean any = facts.get(fact).known().isPresent();
        return new FirewallDecision(
                id, "passes", "", "", fact, any ? "rules that let it through" : "no rules", origin(fact));
    }

    private static FirewallDecision unseen(String id, String why) {
        return new FirewallDecision(id, "unseen", why, "", NFT, "not seen: " + why, "");
    }

    private static String why(Observed<FactValue> observed) {
        return observed instanceof Observed.Unknown<FactValue> unknown ? unknown.why() : "";
    }

    private List<Decision> decisions(Firewall read, Check.Port check, boolean served) {
        int protocol = PROTOCOLS.getOrDefault(check.protocol(), check.number());
        List<Way> ways = new ArrayList<>();
        if (served) {
            ways.add(Way.IN);
        }
        if (!served || check.direction().equals("both")) {
            ways.add(Way.OUT);
        }
        List<Integer> ports = check.numbers().isEmpty() ? List.of(0) : check.numbers();
        Map<Integer, List<Decision>> byPort = new LinkedHashMap<>();
        for (int port : ports) {
            List<Decision> decisions = byPort.computeIfAbsent(port, any -> new ArrayList<>());
            for (Flow.IpFamily family : families) {
                // The outer packets of IP in IP are those of IPv4.
                if (!check.protocol().equals("ipip") || family == Flow.IpFamily.IPV4) {
                    ways.forEach(way ->
                            decisions.add(byAnyDevice(read, new Flow(family, protocol, port, way, Optional.empty()))));
                }
            }
        }
        return together(byPort);
    }

    private String opening(Place place, Check.Port check) {
        List<String> rules = new ArrayList<>(lines(LEGACY_IPV4));
        rules.addAll(lines(LEGACY_IPV6));
        rules.addAll(lines(NFT));
        return FirewallManager.of(place, rules)
                .map(manager -> manager.opening(check.protocol(), check.numbers()))
                .orElse("");
    }

    /** Where the rules ask for an interface, they must say the same of each that other hosts may be behind. */
    private Decision byAnyDevice(Firewall read, Flow flow) {
        Decision blind = read.decide(flow);
        if (!(blind instanceof NotUnderstood) || devices.isEmpty()) {
            return blind;
        }
        Set<Decision> decisions = new LinkedHashSet<>();
        for (String device : devices) {
            decisions.add(read.decide(
                    new Flow(flow.family(), flow.protocol(), flow.port(), flow.way(), Optional.of(device))));
        }
        boolean allDrop = decisions.stream().allMatch(Dropped.class::isInstance);
        return decisions.size() == 1 || allDrop ? decisions.iterator().next() : blind;
    }

    /** Of several usual ports one is in use, and it does not show which. */
    private static List<Decision> together(Map<Integer, List<Decision>> byPort) {
        List<Decision> all = byPort.values().stream().flatMap(List::stream).toList();
        boolean each = byPort.values().stream()
                .allMatch(decisions -> decisions.stream().anyMatch(Dropped.class::isInstance));
        if (each) {
            return all;
        }
        return all.stream()
                .map(decision -> decision instanceof Dropped dropped
                        ? new NotUnderstood("which of the ports is in use", dropped.by())
                        : decision)
                .toList();
    }

    private Optional<Firewall> firewall() {
        if (firewall.isEmpty() && malformed.isEmpty()) {
            try {
                firewall = Optional.of(Firewall.of(new Listings(
                        lines(LEGACY_IPV4), lines(LEGACY_IPV6), lines(NFT), lines(NFT_IPV4), lines(NFT_IPV6))));
            } catch (MalformedRulesException e) {
                malformed = String.valueOf(e.getMessage());
            }
        }
        return firewall;
    }

    private List<String> lines(String fact) {
        return facts.get(fact).known().orElse(null) instanceof FactValue.Texts texts ? texts.texts() : List.of();
    }

    private static String factOf(Place place) {
        return switch (place.tool()) {
            case "iptables-legacy" -> LEGACY_IPV4;
            case "ip6tables-legacy" -> LEGACY_IPV6;
            default -> NFT;
        };
    }

    private String origin(String fact) {
        return facts.get(fact).origin().toString();
    }
}
