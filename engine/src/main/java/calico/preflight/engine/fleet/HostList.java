package calico.preflight.engine.fleet;

import java.util.List;

/**
 * Some hosts of a fleet.
 *
 * @param count how many they are
 * @param shown the first of them, at most {@link #MOST_SHOWN}
 */
public record HostList(int count, List<HostRef> shown) {

    /** How many hosts are shown of any list of them. */
    public static final int MOST_SHOWN = 10;

    public HostList {
        shown = List.copyOf(shown);
    }

    /** The names in a line, with the place of those that are called alike: {@code a, b and 5 more}. */
    public String inWords() {
        List<String> names = shown.stream()
                .map(host -> isCalledAlike(host) ? host.name() + " (" + host.place() + ")" : host.name())
                .toList();
        int more = count - shown.size();
        return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
    }

    private boolean isCalledAlike(HostRef host) {
        return shown.stream().filter(other -> other.name().equals(host.name())).count() > 1;
    }
}
