package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.Lines;
import calico.preflight.facts.parse.ProcNet;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Interfaces, addresses and routes of the network namespace that {@code /proc} and {@code /sys} show. What a report kept of
 * {@code ip} goes first: it tells the interface of each address, and reports copy little of {@code /sys}.
 */
public final class NetworkCollector implements Collector {

    private static final String INTERFACES = "/sys/class/net";
    private static final String SETTINGS = "/proc/sys/net";
    private static final String NOT_RUNNING = "the %s of a running host are not there";

    /** More routes than this are those of a router, and no facts file could hold all that there can be. */
    private static final int MOST_ROUTES = 20_000;

    @Override
    public Set<String> facts() {
        return Set.of(
                "network.interfaces",
                "network.default-interface",
                "network.default-interface.mtu",
                "network.default-interface.driver",
                "network.addresses",
                "network.routes",
                "network.ipv6");
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        PrintedNetwork printed = new PrintedNetwork(look);
        if (printed.outside().orElse(null) instanceof Observed.Unknown<FactValue> outside) {
            return Answers.unknown(facts(), outside.why(), outside.origin());
        }
        ByteOrder order = NetworkFiles.byteOrder(look.host(), options);
        Observed<FactValue> ipv6 = Answers.printedOr(printed.ipv6(), ipv6(look));
        Files files = new Files(
                NetworkFiles.text(look, "route").map(text -> ProcNet.routes(text, order)),
                NetworkFiles.text(look, "ipv6_route"),
                NetworkFiles.text(look, "fib_trie"),
                NetworkFiles.text(look, "if_inet6"),
                Look.isFlag(ipv6, false) || look.showsRunningHost());
        Observed<FactValue> defaultInterface = Answers.printedOr(printed.defaultInterface(), files.defaultInterface());
        return List.of(
                Look.fact("network.interfaces", Answers.printedOr(printed.interfaces(), interfaces(look, files))),
                Look.fact("network.default-interface", defaultInterface),
                Look.fact(
                        "network.default-interface.mtu",
                        Answers.printedOr(
                                Answers.textOf(defaultInterface).flatMap(printed::mtu), mtu(look, defaultInterface))),
                Look.fact("network.default-interface.driver", driver(look, defaultInterface)),
                Look.fact("network.addresses", Answers.printedOr(printed.addresses(), files.addresses())),
                Look.fact(
                        "network.routes",
                        Answers.printedOr(printed.routes().map(NetworkCollector::bounded), files.routes())),
                Look.fact("network.ipv6", ipv6));
    }

    private static Observed<FactValue> bounded(Observed<List<ProcNet.Network>> networks) {
        int size = networks.known().map(List::size).orElse(0);
        return size > MOST_ROUTES
                ? Observed.unknown("there are more than " + MOST_ROUTES + " of them", networks.origin())
                : networks.map(found -> new FactValue.Rows(
                        found.stream().map(NetworkCollector::row).toList()));
    }

    private static Map<String, String> row(ProcNet.Network network) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("destination", network.destination().toString());
        row.put("gateway", network.gateway());
        row.put("interface", network.device());
        return row;
    }

    /**
     * What {@code /proc/net} shows.
     *
     * @param mayLackIpv6 a file on IPv6 that is not there means that there is no IPv6
     */
    private record Files(
            Observed<List<ProcNet.Route>> route,
            Observed<String> route6,
            Observed<String> trie,
            Observed<String> inet6,
            boolean mayLackIpv6) {

        Observed<FactValue> defaultInterface() {
            Optional<String> device = route.known().flatMap(ProcNet::defaultDevice);
            if (device.isPresent()) {
                return Look.text(device.get(), route.origin());
            }
            device = route6.known().flatMap(ProcNet::defaultDevice6);
            if (device.isPresent()) {
                return Look.text(device.get(), route6.origin());
            }
            if (route.known().isEmpty()) {
                return Answers.absentMeans(NOT_RUNNING.formatted("routes"), route)
                        .map(routes -> new FactValue.Text(""));
            }
            return Observed.absent(route.origin());
        }

        Observed<FactValue> routes() {
            Observed<?> missing = missing("routes", route, route6);
            if (missing.isUnknown()) {
                return missing.map(any -> new FactValue.Text(""));
            }
            List<ProcNet.Network> networks =
                    new ArrayList<>(ProcNet.networks(route.known().orElse(List.of())));
            networks.addAll(ProcNet.networks6(route6.known().orElse("")));
            return bounded(Observed.known(networks, route.origin()));
        }

        Observed<FactValue> addresses() {
            Observed<?> missing = missing("addresses", trie, inet6);
            if (missing.isUnknown()) {
                return missing.map(any -> new FactValue.Text(""));
            }
            List<Map<String, String>> rows = new ArrayList<>();
            addressesByDevice()
                    .forEach((device, addresses) -> addresses.forEach(address -> {
                        Map<String, String> row = new LinkedHashMap<>();
                        row.put("address", address);
                        row.put("interface", device);
                        rows.add(row);
                    }));
            return Observed.known(new FactValue.Rows(rows), trie.origin());
        }

        /** Half of a list would make an address or a network look free. */
        private Observed<?> missing(String what, Observed<?> inet4, Observed<?> inet6) {
            Observed<?> first = Answers.absentMeans(NOT_RUNNING.formatted(what), inet4);
            Observed<?> second = mayLackIpv6
                    ? inet6
                    : Answers.absentMeans("the file on the %s of IPv6 is not there".formatted(what), inet6);
            return first.isUnknown() ? first : second;
        }

        /** Addresses by interface; by the empty name those whose interface the files do not tell. */
        Map<String, List<String>> addressesByDevice() {
            Map<String, List<String>> addresses = new LinkedHashMap<>();
            List<ProcNet.Route> routes = route.known().orElse(List.of());
            for (String address : ProcNet.localAddresses(trie.known().orElse(""))) {
                addresses
                        .computeIfAbsent(ProcNet.deviceOf(address, routes).orElse(""), device -> new ArrayList<>())
                        .add(address);
            }
            for (ProcNet.Inet6 address : ProcNet.inet6Addresses(inet6.known().orElse(""))) {
                addresses
                        .computeIfAbsent(address.device(), device -> new ArrayList<>())
                        .add(address.address());
            }
            return addresses;
        }
    }

    private static Observed<FactValue> interfaces(Look look, Files files) {
        Observed<List<String>> names = Answers.absentMeans(NOT_RUNNING.formatted("interfaces"), look.names(INTERFACES));
        Map<String, List<String>> addresses = files.addressesByDevice();
        List<String> directories = names.known().orElse(List.of()).stream()
                .filter(name -> look.isDirectory(INTERFACES + "/" + name))
                .toList();
        // a report may have a copy of some of their files
        if (directories.stream().anyMatch(name -> !look.isFile(INTERFACES + "/" + name + "/mtu"))
                && !look.showsRunningHost()) {
            return Observed.unknown("the files of the interfaces are not all there", names.origin());
        }
        return names.map(found -> new FactValue.Rows(directories.stream()
                .map(name -> row(look, name, addresses.getOrDefault(name, List.of())))
                .toList()));
    }

    private static Map<String, String> row(Look look, String name, List<String> addresses) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("mtu", attribute(look, name, "mtu"));
        row.put("state", attribute(look, name, "operstate"));
        row.put("mac", attribute(look, name, "address"));
        row.put("addresses", String.join(" ", addresses));
        row.put("index", attribute(look, name, "ifindex"));
        return row;
    }

    private static String attribute(Look look, String name, String attribute) {
        return look.text(INTERFACES + "/" + name + "/" + attribute, 4096)
                .known()
                .map(String::strip)
                .orElse("");
    }

    private static Observed<FactValue> mtu(Look look, Observed<FactValue> device) {
        if (device.known().isEmpty()) {
            return device;
        }
        Observed<String> text = Answers.absentMeans(
                NOT_RUNNING.formatted("interfaces"),
                look.text(INTERFACES + "/" + device.known().get() + "/mtu", 4096));
        OptionalLong bytes = Lines.number(text.known().map(String::strip).orElse(""));
        if (bytes.isPresent()) {
            return Observed.known(new FactValue.Whole(bytes.getAsLong()), text.origin());
        }
        return text.known().isPresent()
                ? Observed.unknown("the file holds no number", text.origin())
                : text.map(FactValue.Text::new);
    }

    /** A device without a driver of its own, such as a bridge or a bond, is there without one. */
    private static Observed<FactValue> driver(Look look, Observed<FactValue> device) {
        if (device.known().isEmpty()) {
            return device;
        }
        String directory = INTERFACES + "/" + device.known().get();
        Origin origin = Origin.of(directory + "/device/driver");
        Optional<String> driver = look.link(origin.where());
        if (driver.isPresent()) {
            return Look.text(driver.get().substring(driver.get().lastIndexOf('/') + 1), origin);
        }
        // a report may have a copy of some of its files
        return look.isFile(directory + "/mtu")
                ? Observed.absent(origin)
                : Observed.unknown(NOT_RUNNING.formatted("interfaces"), origin);
    }

    /** Is IPv6 in this kernel, and not switched off when it was started ({@code ipv6.disable=1})? */
    private static Observed<FactValue> ipv6(Look look) {
        Origin origin = Origin.of(SETTINGS + "/ipv6");
        if (look.isDirectory(origin.where())) {
            return Look.flag(true, origin);
        }
        boolean settings = look.isDirectory(SETTINGS + "/ipv4") && look.isDirectory(SETTINGS + "/core");
        return settings ? Look.flag(false, origin) : Observed.unknown("no /proc of a running kernel is there", origin);
    }
}
