package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.ProcNet;
import calico.preflight.facts.source.HostSource;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Interfaces, the default route and open sockets, of the network namespace that {@code /proc} shows. */
public final class NetworkCollector implements Collector {

    private static final String INTERFACES = "/sys/class/net";
    private static final Set<String> BIG_ENDIAN =
            Set.of("s390x", "s390", "ppc64", "ppc", "mips", "mips64", "sparc", "sparc64", "m68k", "parisc", "parisc64");

    /** A server with a hundred thousand connections has a list of 15 MiB. */
    private static final int SOCKETS_LIMIT = 64 << 20;

    @Override
    public Set<String> facts() {
        return Set.of("network.interfaces", "network.default-interface", "network.sockets.tcp", "network.sockets.udp");
    }

    @Override
    public List<Fact> collect(HostSource host, CollectionOptions options) {
        Look look = new Look(host);
        ByteOrder order = byteOrder(look, options);
        Processes processes = new Processes(look);
        return List.of(
                Look.fact("network.interfaces", interfaces(look, order)),
                Look.fact("network.default-interface", defaultInterface(look, order)),
                Look.fact("network.sockets.tcp", sockets(look, processes, "tcp", order, ProcNet::listeningTcp)),
                Look.fact("network.sockets.udp", sockets(look, processes, "udp", order, ProcNet::boundUdp)));
    }

    /** Numbers in {@code /proc/net} are in the byte order of the host that wrote them; nearly all are little-endian. */
    private static ByteOrder byteOrder(Look look, CollectionOptions options) {
        if (look.isLive()) {
            return ByteOrder.nativeOrder();
        }
        String machine = options.architecture()
                .or(() -> look.text("/proc/sys/kernel/arch").known())
                .orElse("");
        return BIG_ENDIAN.contains(machine.strip()) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static Observed<FactValue> interfaces(Look look, ByteOrder order) {
        Observed<List<String>> names =
                Answers.absentMeans("the interfaces of a running host are not there", look.names(INTERFACES));
        Map<String, List<String>> addresses = addresses(look, order);
        return names.map(found -> new FactValue.Rows(found.stream()
                .filter(name -> look.isDirectory(INTERFACES + "/" + name))
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
        return row;
    }

    private static String attribute(Look look, String name, String attribute) {
        return look.text(INTERFACES + "/" + name + "/" + attribute, 4096)
                .known()
                .map(String::strip)
                .orElse("");
    }

    private static Map<String, List<String>> addresses(Look look, ByteOrder order) {
        Map<String, List<String>> addresses = new LinkedHashMap<>();
        List<ProcNet.Route> routes =
                ProcNet.routes(look.text("/proc/net/route").known().orElse(""), order);
        for (String address : ProcNet.localAddresses(
                look.text("/proc/net/fib_trie", SOCKETS_LIMIT).known().orElse(""))) {
            ProcNet.deviceOf(address, routes).ifPresent(device -> addresses
                    .computeIfAbsent(device, name -> new ArrayList<>())
                    .add(address));
        }
        for (ProcNet.Inet6 address :
                ProcNet.inet6Addresses(look.text("/proc/net/if_inet6").known().orElse(""))) {
            addresses
                    .computeIfAbsent(address.device(), name -> new ArrayList<>())
                    .add(address.address());
        }
        return addresses;
    }

    private static Observed<FactValue> defaultInterface(Look look, ByteOrder order) {
        Observed<String> routes = look.text("/proc/net/route");
        Observed<String> routes6 = look.text("/proc/net/ipv6_route", SOCKETS_LIMIT);
        Optional<String> device = routes.known().flatMap(text -> ProcNet.defaultDevice(ProcNet.routes(text, order)));
        if (device.isPresent()) {
            return Look.text(device.get(), routes.origin());
        }
        device = routes6.known().flatMap(ProcNet::defaultDevice6);
        if (device.isPresent()) {
            return Look.text(device.get(), routes6.origin());
        }
        if (routes.known().isEmpty()) {
            return Answers.absentMeans("the routes of a running host are not there", routes)
                    .map(FactValue.Text::new);
        }
        return Observed.absent(routes.origin());
    }

    private static Observed<FactValue> sockets(
            Look look,
            Processes processes,
            String protocol,
            ByteOrder order,
            BiFunction<String, ByteOrder, List<ProcNet.Socket>> parser) {
        Observed<String> inet4 = look.text("/proc/net/" + protocol, SOCKETS_LIMIT);
        Observed<String> inet6 = look.text("/proc/net/" + protocol + "6", SOCKETS_LIMIT);
        if (inet4.known().isEmpty()) {
            return Answers.absentMeans("the sockets of a running host are not there", inet4)
                    .map(FactValue.Text::new);
        }
        if (inet6.isUnknown()) {
            // Half of the list would make ports look free.
            return inet6.map(FactValue.Text::new);
        }
        List<ProcNet.Socket> sockets =
                new ArrayList<>(parser.apply(inet4.known().orElse(""), order));
        sockets.addAll(parser.apply(inet6.known().orElse(""), order));
        sockets.sort(Comparator.comparingInt(ProcNet.Socket::port).thenComparing(ProcNet.Socket::address));
        Map<Long, String> holders =
                processes.holders(sockets.stream().map(ProcNet.Socket::inode).collect(Collectors.toSet()));
        List<Map<String, String>> rows = sockets.stream()
                .map(socket -> row(socket, holders.getOrDefault(socket.inode(), "")))
                .distinct()
                .toList();
        return Observed.known(new FactValue.Rows(rows), Origin.of("/proc/net/" + protocol));
    }

    private static Map<String, String> row(ProcNet.Socket socket, String process) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("address", socket.address());
        row.put("port", Integer.toString(socket.port()));
        row.put("process", process);
        return row;
    }
}
