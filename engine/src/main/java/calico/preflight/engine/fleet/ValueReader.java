package calico.preflight.engine.fleet;

import calico.preflight.catalog.fleet.FleetRules;
import calico.preflight.catalog.knowledge.NetworkProviders;
import calico.preflight.catalog.requirement.Check;
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
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes from the facts of a host what is compared across hosts. Serves several threads at once. */
final class ValueReader {

    private static final String DEVICE = "network.default-interface";
    private static final String ADDRESSES = "network.addresses";
    private static final String INTERFACES = "network.interfaces";
    private static final String ROUTES = "network.routes";
    private static final Pattern NO_MAC = Pattern.compile("[0:]+");
    private static final int LONGEST = 200;
    private static final int MOST_VALUES = 64;

    private final List<Check.AcrossHosts> checks;
    private final Pattern leftOut;
    private final List<Cidr> ranges;

    ValueReader(List<Check.AcrossHosts> checks, FleetRules rules, NetworkProviders providers) {
        this.checks = List.copyOf(checks);
        this.leftOut = Pattern.compile(Stream.concat(
                        rules.interfaces().stream(),
                        providers.providers().stream().flatMap(provider -> provider.devices().stream()))
                .map(ValueReader::expression)
                .collect(Collectors.joining("|")));
        this.ranges = rules.ranges().stream()
                .flatMap(range -> Cidr.of(range).stream())
                .toList();
    }

    private static String expression(String pattern) {
        return Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    /** The names of the facts that the comparison takes its value from. */
    static Set<String> facts(Check.AcrossHosts check) {
        Set<String> names = new TreeSet<>(check.within());
        switch (check.value()) {
            case "addresses", "ip-families" -> names.addAll(Set.of(ADDRESSES, DEVICE));
            case "macs" -> names.addAll(Set.of(INTERFACES, DEVICE));
            case "subnet" -> names.addAll(Set.of(ROUTES, DEVICE));
            default -> names.add(check.fact());
        }
        return names;
    }

    /** What a reader is told that is compared. */
    static String shown(Check.AcrossHosts check) {
        return switch (check.value()) {
            case "addresses", "ip-families" -> ADDRESSES;
            case "macs" -> INTERFACES;
            case "subnet" -> ROUTES;
            default -> check.fact();
        };
    }

    HostValues read(HostFacts facts) {
        return new HostValues(checks.stream().map(check -> read(check, facts)).toList());
    }

    private HostValue read(Check.AcrossHosts check, HostFacts facts) {
        List<String> group = new ArrayList<>();
        for (String name : check.within()) {
            Observed<FactValue> value = facts.get(name);
            if (value.isUnknown()) {
                return HostValue.UNKNOWN;
            }
            // Those that have no such thing, such as a version of a distribution that rolls on, are a group too.
            group.add(value.known().map(known -> cut(known.toString())).orElse("-"));
        }
        HostValue value =
                switch (check.value()) {
                    case "addresses" -> addresses(check, facts);
                    case "macs" -> macs(check, facts);
                    case "ip-families" -> families(facts);
                    case "subnet" -> subnet(facts);
                    default -> of(facts.get(check.fact()), text -> Stream.of(text.toString()));
                };
        return new HostValue(value.state(), String.join(" ", group), value.values());
    }

    private HostValue addresses(Check.AcrossHosts check, HostFacts facts) {
        return ofInterfaces(check, facts, ADDRESSES, "interface", row -> row.getOrDefault("address", ""), this::counts);
    }

    private HostValue macs(Check.AcrossHosts check, HostFacts facts) {
        return ofInterfaces(
                check,
                facts,
                INTERFACES,
                "name",
                row -> row.getOrDefault("mac", ""),
                mac -> !mac.isEmpty() && !NO_MAC.matcher(mac).matches());
    }

    private HostValue families(HostFacts facts) {
        Check.AcrossHosts check = new Check.AcrossHosts("alike", "addresses", "", "default", List.of());
        HostValue addresses = addresses(check, facts);
        if (addresses.state() != HostValue.State.KNOWN) {
            return addresses;
        }
        String families = addresses.values().stream()
                .map(address -> address.indexOf(':') < 0 ? "IPv4" : "IPv6")
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
        return new HostValue(HostValue.State.KNOWN, "", List.of(families));
    }

    /** The network that the interface of the default route is directly on; a host route tells no network. */
    private HostValue subnet(HostFacts facts) {
        Observed<FactValue> device = facts.get(DEVICE);
        Observed<FactValue> routes = facts.get(ROUTES);
        if (device instanceof Observed.Absent) {
            return HostValue.ABSENT;
        }
        if (device.known().isEmpty() || !(routes.known().orElse(null) instanceof FactValue.Rows rows)) {
            return HostValue.UNKNOWN;
        }
        String name = device.known().get().toString();
        List<String> networks = rows.rows().stream()
                .filter(row -> row.getOrDefault("interface", "").equals(name)
                        && row.getOrDefault("gateway", "").isEmpty())
                .map(row -> row.getOrDefault("destination", ""))
                .filter(network -> Cidr.of(network)
                        .filter(range -> range.family() == Cidr.Family.IPV4
                                && range.length() < Cidr.Family.IPV4.bits()
                                && range.length() > 0)
                        .filter(range -> ranges.stream().noneMatch(left -> left.contains(range)))
                        .isPresent())
                .sorted()
                .limit(MOST_VALUES)
                .toList();
        return networks.isEmpty()
                ? HostValue.UNKNOWN
                : new HostValue(HostValue.State.KNOWN, "", List.of(cut(String.join(", ", networks))));
    }

    private HostValue ofInterfaces(
            Check.AcrossHosts check,
            HostFacts facts,
            String fact,
            String nameColumn,
            Function<Map<String, String>, String> value,
            Predicate<String> counts) {
        Observed<FactValue> device = facts.get(DEVICE);
        Observed<FactValue> rows = facts.get(fact);
        boolean ofDefault = check.interfaces().equals("default");
        if (device.isUnknown()) {
            return HostValue.UNKNOWN;
        }
        if (ofDefault && device.known().isEmpty()) {
            return HostValue.ABSENT;
        }
        String name = device.known().map(FactValue::toString).orElse("");
        return of(
                rows,
                table -> table instanceof FactValue.Rows all
                        ? all.rows().stream()
                                .filter(row -> {
                                    String own = row.getOrDefault(nameColumn, "");
                                    return ofDefault
                                            ? own.equals(name)
                                            : !own.isEmpty()
                                                    && !own.equals(name)
                                                    && !leftOut.matcher(own).matches();
                                })
                                .map(value)
                                .filter(counts)
                        : Stream.empty());
    }

    private boolean counts(String address) {
        Optional<Cidr> one = Cidr.of(address);
        return one.isPresent() && ranges.stream().noneMatch(range -> range.contains(one.get()));
    }

    /** An empty list of values is none to compare. */
    private static HostValue of(Observed<FactValue> observed, Function<FactValue, Stream<String>> values) {
        if (observed.isUnknown()) {
            return HostValue.UNKNOWN;
        }
        List<String> taken = observed.known()
                .map(values)
                .orElse(Stream.empty())
                .map(ValueReader::cut)
                .distinct()
                .limit(MOST_VALUES)
                .toList();
        return taken.isEmpty() ? HostValue.ABSENT : new HostValue(HostValue.State.KNOWN, "", taken);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
