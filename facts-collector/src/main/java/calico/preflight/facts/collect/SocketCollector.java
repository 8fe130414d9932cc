package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.parse.ProcNet;
import calico.preflight.facts.source.HostSource;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Open sockets of the network namespace that {@code /proc} shows. */
public final class SocketCollector implements Collector {

    @Override
    public Set<String> facts() {
        return Set.of("network.sockets.tcp", "network.sockets.udp");
    }

    @Override
    public List<Fact> collect(HostSource host, CollectionOptions options) {
        Look look = new Look(host);
        ByteOrder order = NetworkFiles.byteOrder(host, options);
        Processes processes = new Processes(look);
        return List.of(
                Look.fact("network.sockets.tcp", sockets(look, processes, "tcp", order, ProcNet::listeningTcp)),
                Look.fact("network.sockets.udp", sockets(look, processes, "udp", order, ProcNet::boundUdp)));
    }

    private static Observed<FactValue> sockets(
            Look look,
            Processes processes,
            String protocol,
            ByteOrder order,
            BiFunction<String, ByteOrder, List<ProcNet.Socket>> parser) {
        Observed<String> inet4 = NetworkFiles.text(look, protocol);
        Observed<String> inet6 = NetworkFiles.text(look, protocol + "6");
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
        return Observed.known(new FactValue.Rows(rows), inet4.origin());
    }

    private static Map<String, String> row(ProcNet.Socket socket, String process) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("address", socket.address());
        row.put("port", Integer.toString(socket.port()));
        row.put("process", process);
        return row;
    }
}
