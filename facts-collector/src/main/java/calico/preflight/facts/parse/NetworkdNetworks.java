package calico.preflight.facts.parse;

import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.InterfaceManagement;
import calico.preflight.facts.InterfaceManagement.State;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.DeviceFiles.Applying;
import calico.preflight.facts.parse.DeviceFiles.DeviceFile;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The {@code .network} files of systemd-networkd (systemd.network(5)): the first that matches an interface configures it,
 * unless it says {@code Unmanaged=yes}; an interface that none matches is left alone.
 */
public final class NetworkdNetworks {

    private static final String UNMANAGED = "unmanaged";
    private static final Origin DIRECTORY = Origin.of("/etc/systemd/network");

    private final Rows rows;

    private NetworkdNetworks(Rows rows) {
        this.rows = rows;
    }

    /** Those that {@link #rows} told. */
    public static NetworkdNetworks of(Rows rows) {
        return new NetworkdNetworks(rows);
    }

    /**
     * Tells the files in the order in which they count, one a row: "file", the {@code line} at which its section
     * {@code [Match]} begins, the settings of that section one a line ({@code match}), and whether it leaves its
     * interfaces alone ({@code unmanaged}: yes or no).
     *
     * @param files those that are not masked, with their drop-ins
     */
    public static Rows rows(List<SystemdFile> files) {
        return DeviceFiles.rows(files, UNMANAGED, file -> {
            boolean unmanaged = false;
            for (SystemdFile.Assignment setting : file.assignments("Link")) {
                if (setting.key().equals("Unmanaged")) {
                    unmanaged = SystemdFile.truth(setting.value()).orElse(unmanaged);
                }
            }
            return unmanaged ? "yes" : "no";
        });
    }

    /**
     * Does systemd-networkd leave the interfaces of this name alone?
     *
     * <p>Not looked at are udev rules that give an interface to another manager ({@code ID_NET_MANAGED_BY}).
     *
     * @param pattern a name such as {@code tunl0}, or several with {@code *} and {@code ?}, such as {@code cali*}
     * @param version the major version of systemd; empty where it is not known
     * @param host what is known of the host, for files that hold for some hosts only
     */
    public InterfaceManagement management(String pattern, OptionalInt version, HostConditions host) {
        Map<State, InterfaceManagement> cases = new EnumMap<>(State.class);
        boolean complete = DeviceFiles.of(rows, UNMANAGED, "Name", pattern, version, host)
                .forEachCase(applying -> {
                    InterfaceManagement decided = decide(pattern, applying);
                    InterfaceManagement other = cases.get(decided.state());
                    // A file that leaves some of them alone tells more than that no file matches the others.
                    if (other == null || other.origin().equals(DIRECTORY)) {
                        cases.put(decided.state(), decided);
                    }
                });
        if (!complete) {
            return new InterfaceManagement(State.UNDECIDED, "there are too many patterns to be decided", DIRECTORY);
        }
        for (State state : List.of(State.MANAGED, State.UNDECIDED, State.LEFT_ALONE)) {
            InterfaceManagement decided = cases.get(state);
            if (decided != null) {
                return decided;
            }
        }
        return new InterfaceManagement(State.UNDECIDED, "no interface can have such a name", DIRECTORY);
    }

    private static InterfaceManagement decide(String pattern, Applying applying) {
        Set<State> possible = new LinkedHashSet<>();
        applying.perhaps().forEach(file -> possible.add(state(Optional.of(file))));
        possible.add(state(applying.otherwise()));
        if (possible.size() > 1) {
            DeviceFile first = applying.perhaps().get(0);
            return new InterfaceManagement(State.UNDECIDED, first + " depends on " + applying.open(), first.origin());
        }
        State state = state(applying.otherwise());
        if (applying.otherwise().isEmpty()) {
            String which = applying.perhaps().isEmpty() ? "matches" : "configures";
            return new InterfaceManagement(state, "no .network file " + which + " it", DIRECTORY);
        }
        DeviceFile file = applying.otherwise().get();
        String matched = applying.name().equals(pattern) || isPrefix(applying.name(), pattern)
                ? file + " matches it"
                : file + " matches an interface named " + applying.name();
        String says = state == State.MANAGED ? ", and no file before it says Unmanaged=yes" : " and says Unmanaged=yes";
        return new InterfaceManagement(state, matched + says, file.origin());
    }

    /** Is it the shortest of the names of the pattern, so that nothing sets it apart? */
    private static boolean isPrefix(String name, String pattern) {
        return pattern.equals(name + "*");
    }

    private static State state(Optional<DeviceFile> file) {
        return file.filter(found -> !found.says().equals("yes")).isPresent() ? State.MANAGED : State.LEFT_ALONE;
    }
}
