package calico.preflight.facts.parse;

import calico.preflight.facts.Cidr;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The files of {@code /proc/net} (proc(5); {@code net/ipv4/tcp_ipv4.c}, {@code fib_trie.c}, {@code net/ipv6/route.c} of
 * the kernel). IPv4 addresses, and each 32 bits of an IPv6 address in the socket lists, are printed as a number of the
 * host, so its byte order must be known. Lines that are not of the form are left out.
 */
public final class ProcNet {

    /** A socket that waits for peers. */
    public record Socket(String address, int port, long inode) {}

    /**
     * A route to a network.
     *
     * @param destination 32 bits
     * @param mask 32 bits
     */
    public record Route(String device, int destination, int mask, int gateway, int flags, long metric) {
        boolean contains(int address) {
            return (address & mask) == destination;
        }
    }

    /**
     * Where packets to a network go.
     *
     * @param gateway the next hop; empty where the network is reached directly
     */
    public record Network(Cidr destination, String gateway, String device) {}

    /** An IPv6 address of an interface. */
    public record Inet6(String device, String address) {}

    private static final String LISTENING = "0A";
    private static final String UNCONNECTED = "07";
    private static final int UP = 0x1;
    private static final int GATEWAY = 0x2;
    private static final int REJECT = 0x200;

    /** Of IPv6 alone: entries of the cache, for anycast, and the host's own addresses (RTF_CACHE, _ANYCAST, _LOCAL). */
    private static final long NO_NETWORK = 0x0100_0000L | 0x0010_0000L | 0x8000_0000L;

    private ProcNet() {}

    /** Listening sockets of {@code tcp} or {@code tcp6}. */
    public static List<Socket> listeningTcp(String text, ByteOrder order) {
        return sockets(text, order, LISTENING);
    }

    /** Sockets of {@code udp} or {@code udp6} that are bound and take packets from anyone. */
    public static List<Socket> boundUdp(String text, ByteOrder order) {
        return sockets(text, order, UNCONNECTED);
    }

    private static List<Socket> sockets(String text, ByteOrder order, String state) {
        List<Socket> sockets = new ArrayList<>();
        for (Lines.Line line : Lines.of(text)) {
            List<String> words = Lines.words(line.text());
            if (words.size() < 10 || !words.get(3).equalsIgnoreCase(state)) {
                continue;
            }
            String local = words.get(1);
            int colon = local.indexOf(':');
            OptionalLong inode = Lines.number(words.get(9));
            if (colon < 0 || !Lines.isHexadecimal(local.substring(colon + 1), 4, 4) || inode.isEmpty()) {
                continue;
            }
            int port = Integer.parseInt(local.substring(colon + 1), 16);
            address(local.substring(0, colon), order)
                    .ifPresent(address -> sockets.add(new Socket(address, port, inode.getAsLong())));
        }
        return sockets;
    }

    private static Optional<String> address(String hex, ByteOrder order) {
        if (!Lines.isHexadecimal(hex, 8, 8) && !Lines.isHexadecimal(hex, 32, 32)) {
            return Optional.empty();
        }
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (order == ByteOrder.LITTLE_ENDIAN) {
            for (int word = 0; word < bytes.length; word += 4) {
                swap(bytes, word, word + 3);
                swap(bytes, word + 1, word + 2);
            }
        }
        return Optional.of(Cidr.ofAddress(bytes).address());
    }

    private static void swap(byte[] bytes, int i, int j) {
        byte kept = bytes[i];
        bytes[i] = bytes[j];
        bytes[j] = kept;
    }

    /** The routes of {@code route}: the main table for IPv4. */
    public static List<Route> routes(String text, ByteOrder order) {
        List<Route> routes = new ArrayList<>();
        for (Lines.Line line : Lines.of(text)) {
            List<String> words = Lines.words(line.text());
            if (words.size() < 8) {
                continue;
            }
            Optional<Integer> destination = bits(words.get(1), order);
            Optional<Integer> gateway = bits(words.get(2), order);
            Optional<Integer> mask = bits(words.get(7), order);
            OptionalLong metric = Lines.number(words.get(6));
            if (destination.isPresent()
                    && gateway.isPresent()
                    && mask.isPresent()
                    && metric.isPresent()
                    && Lines.isHexadecimal(words.get(3), 1, 4)) {
                int flags = Integer.parseInt(words.get(3), 16);
                routes.add(new Route(
                        words.get(0), destination.get(), mask.get(), gateway.get(), flags, metric.getAsLong()));
            }
        }
        return routes;
    }

    /** The networks that the table leads to; routes that are down or lead nowhere are left out. */
    public static List<Network> networks(List<Route> routes) {
        return routes.stream()
                .filter(route -> (route.flags() & UP) != 0 && (route.flags() & REJECT) == 0)
                .flatMap(route -> length(route.mask())
                        .map(length -> new Cidr(Cidr.Family.IPV4, unsigned(route.destination()), length))
                        .map(destination -> new Network(
                                destination, route.gateway() == 0 ? "" : inet4(route.gateway()), route.device()))
                        .stream())
                .toList();
    }

    /** How many leading bits a mask has; nothing if it has others. */
    private static Optional<Integer> length(int mask) {
        int length = Integer.bitCount(mask);
        return length == 0 || mask == -1 << (32 - length) ? Optional.of(length) : Optional.empty();
    }

    private static BigInteger unsigned(int bits) {
        return BigInteger.valueOf(Integer.toUnsignedLong(bits));
    }

    private static String inet4(int bits) {
        return new Cidr(Cidr.Family.IPV4, unsigned(bits), Cidr.Family.IPV4.bits()).address();
    }

    /** The networks that {@code ipv6_route} leads to; multicast is none of them. */
    public static List<Network> networks6(String text) {
        List<Network> networks = new ArrayList<>();
        for (Lines.Line line : Lines.of(text)) {
            List<String> words = Lines.words(line.text());
            if (words.size() != 10
                    || !Lines.isHexadecimal(words.get(0), 32, 32)
                    || !Lines.isHexadecimal(words.get(1), 2, 2)
                    || !Lines.isHexadecimal(words.get(4), 32, 32)
                    || !Lines.isHexadecimal(words.get(8), 1, 8)) {
                continue;
            }
            int length = HexFormat.fromHexDigits(words.get(1));
            long flags = HexFormat.fromHexDigitsToLong(words.get(8));
            boolean leads = (flags & UP) != 0 && (flags & (REJECT | NO_NETWORK)) == 0;
            boolean multicast = words.get(0).regionMatches(true, 0, "ff", 0, 2);
            if (leads && !multicast && length <= Cidr.Family.IPV6.bits()) {
                BigInteger address = new BigInteger(words.get(0), 16);
                String gateway = words.get(4).equals("0".repeat(32))
                        ? ""
                        : Cidr.ofAddress(HexFormat.of().parseHex(words.get(4))).address();
                networks.add(new Network(new Cidr(Cidr.Family.IPV6, address, length), gateway, words.get(9)));
            }
        }
        return networks;
    }

    private static Optional<Integer> bits(String hex, ByteOrder order) {
        if (!Lines.isHexadecimal(hex, 8, 8)) {
            return Optional.empty();
        }
        int number = Integer.parseUnsignedInt(hex, 16);
        return Optional.of(order == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(number) : number);
    }

    /** The device of the default route that is up, by gateway or directly, with the lowest metric. */
    public static Optional<String> defaultDevice(List<Route> routes) {
        return routes.stream()
                .filter(route -> route.destination() == 0
                        && route.mask() == 0
                        && (route.flags() & UP) != 0
                        && (route.flags() & REJECT) == 0)
                .min((left, right) -> Long.compare(left.metric(), right.metric()))
                .map(Route::device);
    }

    /** The same of {@code ipv6_route}; routes that reject are no way out. */
    public static Optional<String> defaultDevice6(String text) {
        String zero = "0".repeat(32);
        long best = Long.MAX_VALUE;
        Optional<String> device = Optional.empty();
        for (Lines.Line line : Lines.of(text)) {
            List<String> words = Lines.words(line.text());
            boolean isDefault = words.size() == 10
                    && words.get(0).equals(zero)
                    && words.get(1).equals("00")
                    && Lines.isHexadecimal(words.get(5), 1, 8)
                    && Lines.isHexadecimal(words.get(8), 1, 8)
                    && !words.get(9).equals("lo");
            if (isDefault) {
                long flags = Long.parseLong(words.get(8), 16);
                long metric = Long.parseLong(words.get(5), 16);
                if ((flags & UP) != 0 && (flags & REJECT) == 0 && metric < best) {
                    best = metric;
                    device = Optional.of(words.get(9));
                }
            }
        }
        return device;
    }

    /** The host's own IPv4 addresses of {@code fib_trie}: leaves that are {@code /32 host LOCAL}, each once. */
    public static List<String> localAddresses(String text) {
        Set<String> addresses = new LinkedHashSet<>();
        String leaf = "";
        for (Lines.Line line : Lines.of(text)) {
            String stripped = line.text().strip();
            if (stripped.startsWith("|-- ")) {
                leaf = stripped.substring("|-- ".length());
            } else if (stripped.startsWith("/32 host LOCAL") && inet4Bits(leaf).isPresent()) {
                addresses.add(leaf);
            }
        }
        return List.copyOf(addresses);
    }

    /**
     * The interface that has this address, as far as files tell: the kernel's list of addresses names no interface, so
     * it is that of the longest direct route that contains the address; 127.0.0.0/8 is of the loopback interface
     * (RFC 1122). An address without such a route, as one that was added with a mask of 32 bits, is of no interface
     * that could be told.
     */
    public static Optional<String> deviceOf(String address, List<Route> routes) {
        if (address.startsWith("127.")) {
            return Optional.of("lo");
        }
        return inet4Bits(address)
                .flatMap(bits -> routes.stream()
                        .filter(route -> route.mask() != 0
                                && route.gateway() == 0
                                && (route.flags() & GATEWAY) == 0
                                && (route.flags() & REJECT) == 0
                                && route.contains(bits))
                        .max((left, right) -> Integer.compareUnsigned(left.mask(), right.mask())))
                .map(Route::device);
    }

    private static Optional<Integer> inet4Bits(String address) {
        if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            return Optional.empty();
        }
        int bits = 0;
        for (String part : address.split("\\.", -1)) {
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
        }
        return Optional.of(bits);
    }

    /** The addresses of {@code if_inet6}, which are in network order. */
    public static List<Inet6> inet6Addresses(String text) {
        List<Inet6> addresses = new ArrayList<>();
        for (Lines.Line line : Lines.of(text)) {
            List<String> words = Lines.words(line.text());
            if (words.size() == 6 && Lines.isHexadecimal(words.get(0), 32, 32)) {
                byte[] bytes = HexFormat.of().parseHex(words.get(0));
                addresses.add(new Inet6(words.get(5), Cidr.ofAddress(bytes).address()));
            }
        }
        return addresses;
    }
}
