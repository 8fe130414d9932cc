package calico.preflight.engine.inference;

import calico.preflight.facts.Cidr;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the ranges of a cluster overlap with each other and with what the host is connected to. */
final class AddressRangeClues {

    static final String PODS = "kubernetes.cluster-cidr";
    static final String SERVICES = "kubernetes.service-cidr";
    static final String ADDRESSES = "network.addresses";
    static final String ROUTES = "network.routes";
    static final Set<String> FACTS = Set.of(PODS, SERVICES, ADDRESSES, ROUTES, NetworkProviderClues.FACT);

    private final String id;
    private final HostFacts facts;
    private final List<String> podDevices;
    private final boolean providerIsSetUp;
    private final List<Object> clues = new ArrayList<>();

    private AddressRangeClues(String id, HostFacts facts, NetworkProviderClues providers) {
        this.id = id;
        this.facts = facts;
        this.podDevices = providers.devices();
        this.providerIsSetUp = providers.isSetUp();
    }

    /** The ranges, and each overlap of one of them. */
    static List<Object> of(String id, HostFacts facts, NetworkProviderClues providers) {
        AddressRangeClues gathering = new AddressRangeClues(id, facts, providers);
        List<Range> pods = gathering.ranges("pod", PODS);
        List<Range> services = gathering.ranges("service", SERVICES);
        for (Range pod : pods) {
            services.stream()
                    .filter(service -> service.cidr().overlaps(pod.cidr()))
                    .forEach(service -> gathering.overlap(
                            pod,
                            "same",
                            "the service range " + service.cidr(),
                            SERVICES,
                            service.cidr().toString(),
                            service.origin()));
        }
        pods.forEach(gathering::compareWithHost);
        services.forEach(gathering::compareWithHost);
        return gathering.clues;
    }

    private record Range(Cidr cidr, String origin) {}

    private List<Range> ranges(String use, String fact) {
        List<Range> ranges = new ArrayList<>();
        Observed<FactValue> seen = facts.get(fact);
        if (seen.known().orElse(null) instanceof FactValue.Texts texts) {
            String origin = seen.origin().toString();
            for (String text : texts.texts()) {
                Optional<Cidr> cidr = Cidr.of(text);
                clues.add(new AddressRange(
                        id, use, cidr.map(Cidr::toString).orElse(text), cidr.isPresent(), fact, origin));
                cidr.ifPresent(range -> ranges.add(new Range(range, origin)));
            }
        }
        return ranges;
    }

    private void compareWithHost(Range range) {
        for (Map<String, String> row : rows(ADDRESSES)) {
            String device = row.getOrDefault("interface", "");
            Optional<Cidr> address = Cidr.of(row.getOrDefault("address", "")).filter(range.cidr()::contains);
            // An address of no interface that could be told may be the one that Calico gives to its tunnel.
            if (address.isPresent() && !ofPods(device) && !(device.isEmpty() && providerIsSetUp)) {
                String on = device.isEmpty() ? "" : " on " + device;
                overlap(range, "same", "the host's own address " + address.get() + on, ADDRESSES, address.get() + on);
            }
        }
        for (Map<String, String> row : rows(ROUTES)) {
            Cidr.of(row.getOrDefault("destination", ""))
                    .filter(destination -> destination.overlaps(range.cidr()) && !isDefault(destination))
                    .ifPresent(destination -> compareWithRoute(
                            range, destination, row.getOrDefault("gateway", ""), row.getOrDefault("interface", "")));
        }
    }

    private void compareWithRoute(Range range, Cidr destination, String gateway, String device) {
        if (ofPods(device)) {
            return;
        }
        String value = destination + (gateway.isEmpty() ? "" : " via " + gateway) + " dev " + device;
        if (gateway.isEmpty()) {
            overlap(range, "same", "the network " + destination + " on " + device, ROUTES, value);
        } else if (!range.cidr().contains(destination)) {
            overlap(range, "beyond", "the route to " + destination + " by way of " + gateway, ROUTES, value);
        } else if (!providerIsSetUp) {
            // Where one is set up, it sets such routes itself, to the pods of other hosts.
            overlap(range, "same", "the network " + destination + " behind " + gateway, ROUTES, value);
        }
    }

    /** A route to everything, also one that is written as two halves, as virtual private networks do. */
    private static boolean isDefault(Cidr destination) {
        return destination.length() <= 1;
    }

    private boolean ofPods(String device) {
        return Glob.anyMatches(podDevices, device);
    }

    private List<Map<String, String>> rows(String fact) {
        return facts.get(fact).known().orElse(null) instanceof FactValue.Rows rows ? rows.rows() : List.of();
    }

    private void overlap(Range range, String sort, String other, String fact, String value) {
        overlap(range, sort, other, fact, value, facts.get(fact).origin().toString());
    }

    private void overlap(Range range, String sort, String other, String fact, String value, String origin) {
        clues.add(new RangeOverlap(id, range.cidr().toString(), sort, other, fact, value, origin));
    }
}
