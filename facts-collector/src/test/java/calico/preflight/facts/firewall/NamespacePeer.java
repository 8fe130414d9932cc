package calico.preflight.facts.firewall;

import calico.preflight.facts.firewall.Flow.IpFamily;
import calico.preflight.facts.probe.flow.IpipEnd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One end of the traffic between {@link TwoHosts}: runs in a network namespace, listens on every port that the
 * test asks about, and sends to the other end what it is told to on its standard input.
 */
final class NamespacePeer {

    static final List<Integer> TCP_PORTS = List.of(22, 80, 179, 2379, 5473, 6443);
    static final List<Integer> UDP_PORTS = List.of(53, 4789, 8472, 51820, 51821);

    /** Rounds, families of addresses and ports that arrived, as {@code ROUND:IPV4/4789}. */
    private static final Set<String> ARRIVED = ConcurrentHashMap.newKeySet();

    private NamespacePeer() {}

    /**
     * Commands, where the arguments are the own address of IPv4 and that of the other end: {@code tunnel ROUND} sends a packet
     * of IP protocol 4, {@code arrived-tunnel ROUND MILLISECONDS} tells whether it came, {@code send ROUND MILLISECONDS IPV4-ADDRESS
     * IPV6-ADDRESS}, {@code arrived ROUND MILLISECONDS}.
     */
    public static void main(String[] arguments) throws IOException {
        listen();
        IpipEnd ipip = IpipEnd.between(arguments[0], arguments[1]);
        daemon(() -> {
            while (true) {
                ipip.receive(Duration.ofMinutes(1))
                        .ifPresent(payload -> ARRIVED.add(new String(payload, StandardCharsets.US_ASCII)));
            }
        });
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(ipip, line.split(" ", -1)));
        }
        System.exit(0);
    }

    private static String answer(IpipEnd ipip, String[] words) throws IOException {
        return switch (words[0]) {
            case "tunnel" -> {
                ipip.send((words[1] + ":tunnel").getBytes(StandardCharsets.US_ASCII));
                yield "sent";
            }
            case "arrived-tunnel" -> arrived(words[1], Integer.parseInt(words[2]), 1);
            case "arrived" ->
                arrived(words[1], Integer.parseInt(words[2]), UDP_PORTS.size() * IpFamily.values().length);
            default ->
                send(words[1], Integer.parseInt(words[2]), Map.of(IpFamily.IPV4, words[3], IpFamily.IPV6, words[4]));
        };
    }

    private static void listen() throws IOException {
        for (int port : TCP_PORTS) {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress("::", port), 1000);
            daemon(() -> {
                while (true) {
                    SocketChannel accepted = server.accept();
                    daemon(() -> {
                        // The greeting of the client is answered, so that more than the opening must get through.
                        try (accepted) {
                            ByteBuffer one = ByteBuffer.allocate(1);
                            if (accepted.read(one) > 0) {
                                one.flip();
                                accepted.write(one);
                                accepted.read(ByteBuffer.allocate(1));
                            }
                        }
                    });
                }
            });
        }
        for (int port : UDP_PORTS) {
            DatagramSocket socket = new DatagramSocket(port, InetAddress.getByName("::"));
            daemon(() -> {
                byte[] buffer = new byte[32];
                while (true) {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    socket.receive(packet);
                    ARRIVED.add(new String(buffer, 0, packet.getLength(), StandardCharsets.US_ASCII) + "/" + port);
                }
            });
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // A connection that a rule cut off.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends everything at once, and gives the families and TCP ports on which a whole exchange came about. */
    private static String send(String round, int milliseconds, Map<IpFamily, String> addresses) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (IpFamily family : IpFamily.values()) {
                byte[] text = (round + ":" + family).getBytes(StandardCharsets.US_ASCII);
                InetAddress address = InetAddress.getByName(addresses.get(family));
                for (int port : UDP_PORTS) {
                    quietly(socket, new DatagramPacket(text, text.length, address, port));
                }
            }
        }
        Set<String> exchanged = new TreeSet<>();
        List<SocketChannel> channels = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (IpFamily family : IpFamily.values()) {
                for (int port : TCP_PORTS) {
                    SocketChannel channel = SocketChannel.open();
                    channels.add(channel);
                    channel.configureBlocking(false);
                    channel.register(selector, SelectionKey.OP_CONNECT, family + "/" + port);
                    try {
                        channel.connect(new InetSocketAddress(addresses.get(family), port));
                    } catch (IOException e) {
                        channel.close();
                    }
                }
            }
            long end = System.nanoTime() + milliseconds * 1_000_000L;
            while (!selector.keys().isEmpty() && System.nanoTime() < end) {
                selector.select(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                for (SelectionKey key : selector.selectedKeys()) {
                    proceed(key, exchanged);
                }
                selector.selectedKeys().clear();
            }
        } finally {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
        return exchanged.toString();
    }

    private static void proceed(SelectionKey key, Set<String> exchanged) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                channel.write(ByteBuffer.wrap(new byte[] {1}));
                key.interestOps(SelectionKey.OP_READ);
            } else if (key.isReadable()) {
                if (channel.read(ByteBuffer.allocate(1)) > 0) {
                    exchanged.add((String) key.attachment());
                }
                channel.close();
            }
        } catch (IOException e) {
            channel.close();
        }
    }

    private static void quietly(DatagramSocket socket, DatagramPacket packet) {
        try {
            socket.send(packet);
        } catch (IOException e) {
            // A rule for outgoing packets dropped it: that shows at the other end.
        }
    }

    /** What came in of the round: families and UDP ports of datagrams, or {@code tunnel}; waits for so many. */
    private static String arrived(String round, int milliseconds, int all) {
        long end = System.nanoTime() + milliseconds * 1_000_000L;
        Set<String> came = new TreeSet<>();
        while (came.size() < all && System.nanoTime() < end) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ARRIVED.stream()
                    .filter(one -> one.startsWith(round + ":"))
                    .map(one -> one.substring(round.length() + 1))
                    .forEach(came::add);
        }
        return came.toString();
    }
}
