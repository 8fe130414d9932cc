package calico.preflight.facts.datastore;

import calico.preflight.facts.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;

/**
 * From where a datastore is asked.
 *
 * @param name of the machine that asks
 * @param host it is the host that is judged
 */
public record Vantage(String name, boolean host) {

    /**
     * How the endpoint is reached from the judged host: {@code network}; {@code local}, on the host itself, which says nothing
     * of any network; {@code elsewhere}, from another machine, which says nothing of the host.
     */
    String wayTo(Endpoint endpoint) {
        if (!host) {
            return "elsewhere";
        }
        return isHere(endpoint) ? "local" : "network";
    }

    /** What was asked, and from where. */
    Origin origin(String what) {
        return Origin.of(what + ", asked from " + name);
    }

    /** Is the endpoint on the machine that asks? One whose name cannot be resolved is not. */
    static boolean isHere(Endpoint endpoint) {
        try {
            InetAddress address = InetAddress.getByName(endpoint.hostToResolve());
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }
}
