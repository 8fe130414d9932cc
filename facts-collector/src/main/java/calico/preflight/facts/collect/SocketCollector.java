package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.parse.PrintedSockets;
import calico.preflight.facts.parse.ProcNet;
import calico.preflight.facts.source.Printout;
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
import java.util.stream.Stream;

/**
 * Open sockets of the network namespace that {@code /proc} shows. What a report kept of {@code ss} or {@code netstat} goes
 * first, since these name the programs.
 */
public final class SocketCollector implements Collector {

    @Override
    public Set<String> facts() {
        return Set.of("network.sockets.tcp", "network.sockets.udp");
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        PrintedNetwork network = new PrintedNetwork(look);
        if (network.outside().orElse(null) instanceof Observed.Unknown<FactValue> outside) {
            return Answers.unknown(facts(), outside.why(), outside.origin());
        }
        Optional<Observed<List<PrintedSockets.Socket>>> printed =
                network.isOfTheMachine() ? printed(look) : Optional.empty();
        ByteOrder order = NetworkFiles.byteOrder(look.host(), options);
        Observed<List<ProcNet.Socket>> tcp = sockets(look, "tcp", order, ProcNet::listeningTcp);
        Observed<List<ProcNet.Socket>> udp = sockets(look, "udp", order, ProcNet::boundUdp);
        // to find out who holds them is the dearest of all, so it is done for both at once
        Map<Long, String> holders = look.processes()
                .holders(Stream.of(tcp, udp)
                        .flatMap(sockets -> sockets.known().orElse(List.of()).stream())
                        .map(ProcNet.Socket::inode)
                        .collect(Collectors.toSet()));
        return List.of(
                Look.fact(
                        "network.sockets.tcp",
                        Answers.printedOr(printed.map(sockets -> rows(sockets, "tcp")), rows(tcp, holders))),
                Look.fact(
                        "network.sockets.udp",
                        Answers.printedOr(printed.map(sockets -> rows(sockets, "udp")), rows(udp, holders))));
    }

    /** Those of ss, with the programs that netstat names where ss could not; otherwise those of netstat. */
    private static Optional<Observed<List<PrintedSockets.Socket>>> printed(Look look) {
        Optional<Observed<List<PrintedSockets.Socket>>> ss = look.kept(Printout.SOCKETS, PrintedSockets::ofSs);
        Optional<Observed<List<PrintedSockets.Socket>>> netstat =
                look.kept(Printout.CONNECTIONS, PrintedSockets::ofNetstat);
        List<PrintedSockets.Socket> others = netstat.flatMap(Observed::known).orElse(List.of());
        return ss.filter(sockets -> !sockets.isUnknown())
                .map(sockets -> sockets.map(all -> PrintedSockets.named(all, others)))
                .or(() -> netstat);
    }

    private static Observed<FactValue> rows(Observed<List<PrintedSockets.Socket>> printed, String protocol) {
        return printed.map(sockets -> new FactValue.Rows(sockets.stream()
                .filter(socket -> socket.protocol().equals(protocol))
                .sorted(Comparator.comparingInt(PrintedSockets.Socket::port)
                        .thenComparing(PrintedSockets.Socket::address))
                .map(socket -> row(socket.address(), socket.port(), socket.process()))
                .distinct()
                .toList()));
    }

    private static Observed<List<ProcNet.Socket>> sockets(
            Look look, String protocol, ByteOrder order, BiFunction<String, ByteOrder, List<ProcNet.Socket>> parser) {
        Observed<String> inet4 = NetworkFiles.text(look, protocol);
        Observed<String> inet6 = NetworkFiles.text(look, protocol + "6");
        if (inet4.known().isEmpty()) {
            return Answers.absentMeans("the sockets of a running host are not there", inet4)
                    .map(text -> List.of());
        }
        if (inet6.isUnknown()) {
            // Half of the list would make ports look free.
            return inet6.map(text -> List.of());
        }
        return inet4.map(text -> {
            List<ProcNet.Socket> sockets = new ArrayList<>(parser.apply(text, order));
            sockets.addAll(parser.apply(inet6.known().orElse(""), order));
            sockets.sort(Comparator.comparingInt(ProcNet.Socket::port).thenComparing(ProcNet.Socket::address));
            return sockets;
        });
    }

    private static Observed<FactValue> rows(Observed<List<ProcNet.Socket>> found, Map<Long, String> holders) {
        return found.map(sockets -> new FactValue.Rows(sockets.stream()
                .map(socket -> row(socket.address(), socket.port(), holders.getOrDefault(socket.inode(), "")))
                .distinct()
                .toList()));
    }

    private static Map<String, String> row(String address, int port, String process) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("address", address);
        row.put("port", Integer.toString(port));
        row.put("process", process);
        return row;
    }
}
