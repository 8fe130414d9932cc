package calico.preflight.facts.firewall;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names of IP protocols, as the tools print those that {@code /etc/protocols} of their host knows. */
final class Protocols {

    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("icmp", 1),
            Map.entry("igmp", 2),
            Map.entry("ipencap", 4),
            Map.entry("ip-encap", 4),
            Map.entry("ipv4", 4),
            Map.entry("ipip", 4),
            Map.entry("tcp", 6),
            Map.entry("egp", 8),
            Map.entry("udp", 17),
            Map.entry("dccp", 33),
            Map.entry("ipv6", 41),
            Map.entry("gre", 47),
            Map.entry("esp", 50),
            Map.entry("ipv6-crypt", 50),
            Map.entry("ah", 51),
            Map.entry("ipv6-auth", 51),
            Map.entry("icmpv6", 58),
            Map.entry("ipv6-icmp", 58),
            Map.entry("ospf", 89),
            Map.entry("ospfigp", 89),
            Map.entry("pim", 103),
            Map.entry("comp", 108),
            Map.entry("ipcomp", 108),
            Map.entry("vrrp", 112),
            Map.entry("l2tp", 115),
            Map.entry("sctp", 132),
            Map.entry("udplite", 136));

    private Protocols() {}

    /** The number of the protocol; nothing where the name is not known here. */
    static Optional<Integer> number(String text) {
        if (text.matches("[0-9]{1,3}")) {
            return Optional.of(Integer.valueOf(text));
        }
        return Optional.ofNullable(NUMBERS.get(text.toLowerCase(Locale.ROOT)));
    }
}
