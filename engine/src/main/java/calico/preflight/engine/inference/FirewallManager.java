package calico.preflight.engine.inference;

import calico.preflight.facts.firewall.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that make firewall rules of a configuration, and are told what to let in. */
enum FirewallManager {
    FIREWALLD {
        @Override
        boolean made(Place place, List<String> rules) {
            return place.table().endsWith(" firewalld");
        }

        @Override
        String opening(String protocol, List<Integer> ports) {
            return command("firewall-cmd --permanent --add-", protocol, ports)
                    + ", then firewall-cmd --reload (in the zone of the other hosts, if that is not the default one).";
        }

        @Override
        String argument(String protocol, int port) {
            return protocol.equals("ipip") ? "protocol=ipencap" : "port=" + port + "/" + protocol;
        }
    },
    UFW {
        @Override
        boolean made(Place place, List<String> rules) {
            boolean ofIptables = place.tool().startsWith("ip") || place.table().matches("ip6? filter");
            return place.chain().startsWith("ufw")
                    || (ofIptables
                            && place.position() == 0
                            && rules.stream().anyMatch(line -> line.contains("ufw-user-input")));
        }

        @Override
        String opening(String protocol, List<Integer> ports) {
            return protocol.equals("ipip")
                    ? "Put -A ufw-before-input -p 4 -j ACCEPT before the COMMIT of /etc/ufw/before.rules, and run ufw"
                            + " reload."
                    : command("ufw allow ", protocol, ports) + ".";
        }

        @Override
        String argument(String protocol, int port) {
            return port + "/" + protocol;
        }
    };

    /** Did this program make the rule or policy? */
    abstract boolean made(Place place, List<String> rules);

    /** What its user does to let such traffic in. */
    abstract String opening(String protocol, List<Integer> ports);

    abstract String argument(String protocol, int port);

    String command(String start, String protocol, List<Integer> ports) {
        List<Integer> each = ports.isEmpty() ? List.of(0) : ports;
        return "Run "
                + String.join(
                        " or ",
                        each.stream()
                                .map(port -> start + argument(protocol, port))
                                .toList());
    }

    /** The one that made the rule or policy, if it is one of these, and the chain is one for what comes in. */
    static Optional<FirewallManager> of(Place place, List<String> rules) {
        boolean in = !place.chain().toLowerCase(Locale.ROOT).contains("out");
        return Stream.of(values())
                .filter(manager -> in && manager.made(place, rules))
                .findFirst();
    }
}
