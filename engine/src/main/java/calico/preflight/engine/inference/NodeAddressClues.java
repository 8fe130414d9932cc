package calico.preflight.engine.inference;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.facts.Cidr;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses Calico could take for the node. Its method {@code first-found} goes through the interfaces from the one that
 * was made last to the first, passes over some by their names, and takes the first address that is no loopback, link-local or
 * multicast one (calico/node, {@code pkg/lifecycle/startup/autodetection}, {@code GetInterfaces} and
 * {@code FilteredEnumeration}).
 */
final class NodeAddressClues {

    static final String INTERFACES = "network.interfaces";
    static final String ADDRESSES = "network.addresses";
    static final String ROUTE = "network.default-interface";
    static final String CONTAINER = "host.container";
    static final Set<String> FACTS = Set.of(INTERFACES, ADDRESSES, ROUTE, CONTAINER);

    /** What reaches no other host: loopback, link-local, multicast and the unspecified address. */
    private static final List<Cidr> LOCAL = List.of(
            range("127.0.0.0/8"),
            range("169.254.0.0/16"),
            range("224.0.0.0/4"),
            range("0.0.0.0/32"),
            range("255.255.255.255/32"),
            range("::1/128"),
            range("::/128"),
            range("fe80::/10"),
            range("ff00::/8"));

    /** Before Linux 6.8 the kernel lists interfaces by the last eight bits of their numbers. */
    private static final int ORDERED_UP_TO = 255;

    private final String id;
    private final List<String> skipped;
    private final HostFacts facts;
    private final List<Object> clues = new ArrayList<>();

    private NodeAddressClues(String id, List<String> skipped, HostFacts facts) {
        this.id = id;
        this.skipped = skipped;
        this.facts = facts;
    }

    /** The candidates of each family, and why there may be others; nothing where the host does not show what it takes. */
    static List<Object> of(String id, Check.NodeAddress check, IpFamily family, HostFacts facts) {
        NodeAddressClues gathering = new NodeAddressClues(id, check.skipped(), facts);
        if (facts.get(INTERFACES).known().orElse(null) instanceof FactValue.Rows interfaces
                && facts.get(ADDRESSES).known().orElse(null) instanceof FactValue.Rows addresses) {
            facts.get(ROUTE).known().ifPresent(route -> {
                if (family != IpFamily.IPV6) {
                    gathering.family("IPv4", interfaces.rows(), addresses.rows(), route.toString());
                }
                if (family != IpFamily.IPV4) {
                    gathering.family("IPv6", interfaces.rows(), addresses.rows(), route.toString());
                }
            });
        }
        return gathering.clues;
    }

    private void family(
            String family, List<Map<String, String>> interfaces, List<Map<String, String>> addresses, String route) {
        List<NodeAddressCandidate> candidates = new ArrayList<>();
        List<String> bare = new ArrayList<>();
        for (Map<String, String> row : interfaces) {
            String name = row.getOrDefault("name", "");
            if (Glob.anyMatches(skipped, name)) {
                continue;
            }
            Optional<String> address = Arrays.stream(
                            row.getOrDefault("addresses", "").split(" "))
                    .filter(text -> reachesFurther(text, family))
                    .findFirst();
            address.ifPresentOrElse(
                    found -> candidates.add(new NodeAddressCandidate(
                            id,
                            family,
                            name,
                            found,
                            index(row),
                            name.equals(route),
                            INTERFACES,
                            facts.get(INTERFACES).origin().toString())),
                    () -> bare.add(name));
        }
        clues.add(new NodeAddressFamily(
                id,
                family,
                ADDRESSES,
                candidates.size(),
                facts.get(ADDRESSES).origin().toString()));
        clues.addAll(candidates);
        doubt(family, candidates, bare, addresses)
                .or(this::ofContainer)
                .ifPresent(why -> clues.add(new NodeAddressDoubt(id, family, why)));
    }

    private static Optional<String> doubt(
            String family,
            List<NodeAddressCandidate> candidates,
            List<String> bare,
            List<Map<String, String>> addresses) {
        Optional<String> homeless = addresses.stream()
                .filter(row -> row.getOrDefault("interface", "").isEmpty())
                .map(row -> row.getOrDefault("address", ""))
                .filter(address -> reachesFurther(address, family))
                .findFirst();
        if (homeless.isPresent() && !bare.isEmpty()) {
            return Optional.of(
                    "the interface of the address " + homeless.get() + " cannot be told, and Calico may take it");
        }
        if (candidates.size() > 1 && candidates.stream().anyMatch(one -> one.index() == 0)) {
            return Optional.of(
                    "several interfaces have an address, and the order in which they were made was not collected");
        }
        if (candidates.size() > 1 && candidates.stream().anyMatch(one -> one.index() > ORDERED_UP_TO)) {
            return Optional.of(
                    "several interfaces have an address, and in which order the kernel lists interfaces with numbers"
                            + " above " + ORDERED_UP_TO + " cannot be told");
        }
        return Optional.empty();
    }

    private Optional<String> ofContainer() {
        return facts.get(CONTAINER) instanceof Observed.Absent<FactValue>
                ? Optional.empty()
                : Optional.of("whether these are the interfaces of the host, and not of a container, cannot be told");
    }

    private static int index(Map<String, String> row) {
        String index = row.getOrDefault("index", "");
        return index.matches("[0-9]{1,9}") ? Integer.parseInt(index) : 0;
    }

    static boolean reachesFurther(String address, String family) {
        boolean asked = !address.isEmpty() && (address.indexOf(':') >= 0) == family.equals("IPv6");
        return asked
                && Cidr.of(address)
                        .filter(one -> LOCAL.stream().noneMatch(local -> local.contains(one)))
                        .isPresent();
    }

    private static Cidr range(String text) {
        return Cidr.of(text).orElseThrow();
    }
}
