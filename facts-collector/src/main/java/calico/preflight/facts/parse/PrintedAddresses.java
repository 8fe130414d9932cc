package calico.preflight.facts.parse;

import calico.preflight.facts.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ip address} prints, with or without {@code -d} (ip-address(8); {@code ip/ipaddress.c} of iproute2). */
public final class PrintedAddresses {

    /**
     * An interface.
     *
     * @param lower what its name is followed by, as in {@code eth0.7@eth0} and {@code eth0@if12}; empty without
     * @param state in the words of {@code operstate} below {@code /sys/class/net}; empty where it is not told
     * @param mac empty where it has none
     * @param line where it begins
     */
    public record Interface(
            String name, String lower, int index, int mtu, String state, String mac, List<String> addresses, int line) {
        public Interface {
            addresses = List.copyOf(addresses);
        }

        /** Is it one end of a pair, or above an interface, whose other end is in another network namespace? */
        public boolean leadsOut() {
            return lower.matches("if[0-9]+");
        }
    }

    private static final Pattern HEAD =
            Pattern.compile("([0-9]{1,9}): ([^\\s@:]+)(?:@([^\\s:]+))?: <[A-Z0-9_,-]*> mtu ([0-9]{1,9})( .*)?");
    private static final Pattern STATE = Pattern.compile(" state ([A-Z]+)\\b");
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2})+");

    private static final String COMMAND = "ip address";
    private static final String DETAIL = "    ";

    private final List<Interface> interfaces = new ArrayList<>();

    private PrintedAddresses() {}

    /**
     * The interfaces, in the order of their numbers.
     *
     * @throws UnreadableOutputException where it is anything but the whole of such an output
     */
    public static List<Interface> parse(String text) throws UnreadableOutputException {
        PrintedAddresses printed = new PrintedAddresses();
        for (Lines.Line line : PrintedText.lines(text)) {
            printed.line(line);
        }
        return List.copyOf(printed.interfaces);
    }

    private void line(Lines.Line line) throws UnreadableOutputException {
        Matcher head = HEAD.matcher(line.text());
        if (head.matches()) {
            interfaces.add(new Interface(
                    head.group(2),
                    part(head, 3),
                    Integer.parseInt(head.group(1)),
                    Integer.parseInt(head.group(4)),
                    state(part(head, 5)),
                    "",
                    List.of(),
                    line.number()));
            // The loopback interface is the first of every network; without it the beginning is missing.
            if (interfaces.size() == 1 && !head.group(2).equals("lo")) {
                throw new UnreadableOutputException(
                        "the list does not begin with the loopback interface", line.number());
            }
        } else if (interfaces.isEmpty() || !line.text().startsWith(DETAIL)) {
            throw UnreadableOutputException.notOf(COMMAND, line);
        } else {
            detail(line);
        }
    }

    private static String part(Matcher matcher, int group) {
        String part = matcher.group(group);
        return part == null ? "" : part;
    }

    private static String state(String rest) {
        Matcher state = STATE.matcher(rest);
        return state.find() ? state.group(1).toLowerCase(Locale.ROOT) : "";
    }

    private void detail(Lines.Line line) throws UnreadableOutputException {
        List<String> words = Lines.words(line.text());
        if (words.isEmpty()) {
            throw UnreadableOutputException.notOf(COMMAND, line);
        }
        String first = words.get(0);
        String second = words.size() > 1 ? words.get(1) : "";
        Interface last = interfaces.get(interfaces.size() - 1);
        if (first.startsWith("link/")) {
            String mac = MAC.matcher(second).matches() ? second : "";
            replaceLast(last, mac, last.addresses());
        } else if (first.equals("inet") || first.equals("inet6")) {
            List<String> addresses = new ArrayList<>(last.addresses());
            addresses.add(address(second, line));
            replaceLast(last, last.mac(), addresses);
        }
    }

    private void replaceLast(Interface last, String mac, List<String> addresses) {
        interfaces.set(
                interfaces.size() - 1,
                new Interface(
                        last.name(),
                        last.lower(),
                        last.index(),
                        last.mtu(),
                        last.state(),
                        mac,
                        addresses,
                        last.line()));
    }

    private static String address(String word, Lines.Line line) throws UnreadableOutputException {
        int slash = word.indexOf('/');
        return Cidr.of(slash < 0 ? word : word.substring(0, slash))
                .map(Cidr::address)
                .orElseThrow(() -> UnreadableOutputException.notOf(COMMAND, line));
    }
}
