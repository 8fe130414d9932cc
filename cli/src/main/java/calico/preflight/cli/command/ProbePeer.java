package calico.preflight.cli.command;

import calico.preflight.catalog.Suggestion;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.Role;
import calico.preflight.cli.console.UserException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Another host of the cluster, on which {@code probe serve} waits.
 *
 * @param roles what it offers to the others
 */
record ProbePeer(InetAddress address, Set<Role> roles) {

    /** The most peers of one run. */
    static final int MOST = 64;

    /** IPv4 or IPv6. */
    IpFamily family() {
        return address instanceof Inet4Address ? IpFamily.IPV4 : IpFamily.IPV6;
    }

    /** The peers as the option names them: {@code ADDRESS}, or {@code ADDRESS=ROLE+ROLE}. */
    static List<ProbePeer> all(List<String> texts, Set<IpFamily> families) {
        if (texts.size() > MOST) {
            throw new UserException("--peers names " + texts.size() + " hosts; one run takes " + MOST + " at most.");
        }
        List<ProbePeer> peers = new ArrayList<>();
        for (String text : texts) {
            ProbePeer peer = one(text.strip(), families);
            if (peers.stream().anyMatch(other -> other.address().equals(peer.address()))) {
                throw new UserException("--peers names " + peer.address().getHostAddress() + " twice.");
            }
            peers.add(peer);
        }
        return peers;
    }

    private static ProbePeer one(String text, Set<IpFamily> families) {
        String[] parts = text.split("=", 2);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : parts.length == 1 ? new String[] {Role.NODE.label()} : parts[1].split("\\+", -1)) {
            roles.add(role(text, word));
        }
        if (parts[0].isEmpty()) {
            throw new UserException("--peers \"" + text + "\" names no host.");
        }
        return new ProbePeer(address(parts[0], families), roles);
    }

    private static Role role(String text, String word) {
        List<String> names = Arrays.stream(Role.values()).map(Role::label).toList();
        return Arrays.stream(Role.values())
                .filter(role -> role.label().equals(word))
                .findFirst()
                .orElseThrow(() -> new UserException("--peers \"" + text + "\": \"" + word + "\" is none of "
                        + String.join(", ", names) + "." + Suggestion.didYouMean(word, names)));
    }

    private static InetAddress address(String name, Set<IpFamily> families) {
        try {
            List<InetAddress> all = List.of(InetAddress.getAllByName(name));
            Optional<InetAddress> fit = all.stream()
                    .filter(address ->
                            families.contains(address instanceof Inet4Address ? IpFamily.IPV4 : IpFamily.IPV6))
                    .findFirst();
            return fit.orElseThrow(() -> new UserException("--peers " + name + ": it has no address of the IP family "
                    + families.stream().map(IpFamily::label).collect(Collectors.joining(" or "))
                    + " of the target; see --ip-family."));
        } catch (UnknownHostException e) {
            throw new UserException("--peers " + name + ": there is no host of this name or address.", e);
        }
    }
}
