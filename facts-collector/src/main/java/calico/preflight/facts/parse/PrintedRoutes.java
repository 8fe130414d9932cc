package calico.preflight.facts.parse;

import calico.preflight.facts.Cidr;
import calico.preflight.facts.Cidr.Family;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What {@code ip route show table all} prints (ip-route(8); {@code ip/iproute.c} of iproute2): the routes of IPv4, and with
 * newer versions those of IPv6 below them, or with {@code -6} those alone. Routes of the main table carry no name of a table.
 */
public final class PrintedRoutes {

    /** A route of the main table that leads somewhere, and where it was printed. */
    public record Route(ProcNet.Network network, long metric, int line) {}

    /** What a line may begin with in the place of a destination (rtnl_rtntype_n2a). */
    private static final Set<String> KINDS = Set.of(
            "unicast",
            "local",
            "broadcast",
            "anycast",
            "multicast",
            "blackhole",
            "unreachable",
            "prohibit",
            "throw",
            "nat",
            "xresolve");

    private static final String COMMAND = "ip route";
    private static final String LOOPBACK_TABLE = "local";

    private final List<Route> routes = new ArrayList<>();

    /** Of which families the routes to the loopback address are there; they stand at the end, and every host has them. */
    private final List<Family> whole = new ArrayList<>();

    private PrintedRoutes() {}

    /**
     * Reads such an output.
     *
     * @throws UnreadableOutputException where a line of it is none of a list of routes, or the last one does not end
     */
    public static PrintedRoutes parse(String text) throws UnreadableOutputException {
        PrintedRoutes printed = new PrintedRoutes();
        List<Lines.Line> lines = PrintedText.lines(text);
        for (int i = 0; i < lines.size(); i++) {
            List<String> words = new ArrayList<>(Lines.words(lines.get(i).text()));
            if (words.isEmpty() || Character.isWhitespace(lines.get(i).text().charAt(0))) {
                throw UnreadableOutputException.notOf(COMMAND, lines.get(i));
            }
            int number = i;
            while (i + 1 < lines.size() && isContinued(lines.get(i + 1))) {
                words.addAll(Lines.words(lines.get(++i).text()));
            }
            printed.line(lines.get(number), words);
        }
        return printed;
    }

    /** One of several next hops, or what the cache holds of the route. */
    private static boolean isContinued(Lines.Line line) {
        String text = line.text();
        return !text.isBlank()
                && Character.isWhitespace(text.charAt(0))
                && Set.of("nexthop", "cache").contains(Lines.words(text).get(0));
    }

    private void line(Lines.Line line, List<String> words) throws UnreadableOutputException {
        boolean named = KINDS.contains(words.get(0));
        String kind = named ? words.get(0) : "unicast";
        List<String> rest = words.subList(named ? 1 : 0, words.size());
        String to = rest.isEmpty() ? "" : rest.get(0);
        String device = after("dev", rest);
        String gateway = after("via", rest);
        OptionalLong metric = Lines.number(after("metric", rest));
        Optional<Cidr> destination =
                to.equals("default") ? Optional.of(new Cidr(familyOf(gateway, rest), BigInteger.ZERO, 0)) : Cidr.of(to);
        boolean leads = kind.equals("unicast");
        if (destination.isEmpty() || (leads && device.isEmpty())) {
            throw UnreadableOutputException.notOf(COMMAND, line);
        }
        Cidr network = destination.get();
        String table = after("table", rest);
        if (kind.equals("local") && table.equals(LOOPBACK_TABLE) && device.equals("lo") && isLoopback(network)) {
            whole.add(network.family());
        }
        boolean multicast = network.family() == Family.IPV6 && to.startsWith("ff");
        boolean dead = rest.contains("dead");
        if (leads && !multicast && !dead && (table.isEmpty() || table.equals("main"))) {
            routes.add(new Route(
                    new ProcNet.Network(network, gateway.isEmpty() ? "" : canonical(gateway, line), device),
                    metric.orElse(0),
                    line.number()));
        }
    }

    private static boolean isLoopback(Cidr network) {
        String address = network.address();
        return address.startsWith("127.") || address.equals("::1");
    }

    private static String canonical(String address, Lines.Line line) throws UnreadableOutputException {
        return Cidr.of(address).map(Cidr::address).orElseThrow(() -> UnreadableOutputException.notOf(COMMAND, line));
    }

    /** Without a next hop only a route of IPv4 has a scope. */
    private static Family familyOf(String gateway, List<String> words) {
        boolean inet4 = gateway.isEmpty() ? words.contains("scope") : gateway.indexOf(':') < 0 || isOther(words);
        return inet4 ? Family.IPV4 : Family.IPV6;
    }

    /** A next hop of the other family is named with it, {@code via inet6 ADDRESS}; only routes of IPv4 have such. */
    private static boolean isOther(List<String> words) {
        int via = words.indexOf("via");
        return via >= 0 && via + 1 < words.size() && words.get(via + 1).equals("inet6");
    }

    private static String after(String name, List<String> words) {
        int at = words.indexOf(name);
        int value = at < 0 ? words.size() : at + 1 + (name.equals("via") && isOther(words) ? 1 : 0);
        return value < words.size() ? words.get(value) : "";
    }

    /** The routes of this family; nothing where the output does not have all of them. */
    public Optional<List<Route>> routes(Family family) {
        return whole.contains(family)
                ? Optional.of(routes.stream()
                        .filter(route -> route.network().destination().family() == family)
                        .toList())
                : Optional.empty();
    }

    /** The default route with the lowest metric, the first one of several. */
    public static Optional<Route> defaultRoute(List<Route> routes) {
        return routes.stream()
                .filter(route -> route.network().destination().length() == 0)
                .filter(route -> !route.network().device().equals("lo"))
                .min(Comparator.comparingLong(Route::metric));
    }
}
