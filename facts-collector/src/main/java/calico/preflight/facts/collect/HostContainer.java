package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.ContainerMarks;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.HostSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the collector, or the root that is looked at, is in a container, and in which kind. */
final class HostContainer implements Collector {

    private static final String FACT = "host.container";
    private static final String MANAGER = "/run/systemd/container";
    private static final String ENVIRON = "/proc/1/environ";
    private static final String CGROUP = "/proc/1/cgroup";
    static final String OWN_PIDS = "/proc/self/ns/pid";

    private static final String OWN_MOUNTS = "/proc/self/ns/mnt";
    private static final String FIRST_MOUNTS = "/proc/1/ns/mnt";

    private static final String OWN_MOUNT_TABLE = "/proc/self/mountinfo";
    private static final String FIRST_MOUNT_TABLE = "/proc/1/mountinfo";

    private static final Map<String, String> MARKERS = Map.of("/.dockerenv", "docker", "/run/.containerenv", "podman");

    /** PROC_PID_INIT_INO of {@code include/linux/proc_ns.h}: the processes of the machine itself. */
    static final String INITIAL_PIDS = "pid:[4026531836]";

    /** MNT_NS_INIT_INO of {@code include/uapi/linux/nsfs.h}, fixed since Linux 6.18; no other kernel gives that number. */
    private static final String INITIAL_MOUNTS = "mnt:[4026531832]";

    @Override
    public Set<String> facts() {
        return Set.of(FACT);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        return List.of(new Fact(FACT, of(look.host())));
    }

    static Observed<FactValue> of(HostSource host) {
        Optional<Origin> machine = host.showsRunningHost() ? seesTheMachine(host) : Optional.empty();
        if (machine.isPresent()) {
            // what markers there are came with the image that the machine was made from
            return Observed.absent(machine.get());
        }
        Observed<FactValue> marked = marked(host);
        if (marked instanceof Observed.Known<FactValue>) {
            return marked;
        }
        Observed<String> environ = Answers.text(host, ENVIRON);
        Observed<String> cgroup = Answers.text(host, CGROUP);
        Optional<Observed<FactValue>> told = environ.known()
                .flatMap(ContainerMarks::inEnvironment)
                .map(kind -> Observed.<FactValue>known(new Text(kind), environ.origin()))
                .or(() -> cgroup.known()
                        .flatMap(ContainerMarks::inControlGroups)
                        .map(kind -> Observed.known(new Text(kind), cgroup.origin())));
        return told.orElseGet(() -> host.showsRunningHost() ? byNamespace(host) : byEnvironment(environ));
    }

    /** What shows that this process sees the processes and the files that the machine's first process sees. */
    private static Optional<Origin> seesTheMachine(HostSource host) {
        if (!(host.link(OWN_PIDS) instanceof Present<String> pids
                        && pids.value().equals(INITIAL_PIDS))
                || !(host.link(OWN_MOUNTS) instanceof Present<String> own)) {
            return Optional.empty();
        }
        if (own.value().equals(INITIAL_MOUNTS)) {
            return Optional.of(Origin.of(OWN_MOUNTS));
        }
        if (host.link(FIRST_MOUNTS) instanceof Present<String> first
                && first.value().equals(own.value())) {
            return Optional.of(Origin.of(FIRST_MOUNTS));
        }
        Optional<String> root = root(host, OWN_MOUNT_TABLE);
        return root.isPresent() && root.equals(root(host, FIRST_MOUNT_TABLE))
                ? Optional.of(Origin.of(FIRST_MOUNT_TABLE))
                : Optional.empty();
    }

    /**
     * Which directory of which file system is the root, by fields 3 to 5 of proc_pid_mountinfo(5): whoever changed into the
     * root of the machine, out of a container that holds it, has a table of mounts of its own that begins at the same one.
     */
    private static Optional<String> root(HostSource host, String table) {
        return Answers.text(host, table, Mounts.LIMIT).known().flatMap(text -> text.lines()
                .map(line -> line.split(" ", 6))
                .filter(fields -> fields.length > 4 && fields[4].equals("/"))
                .map(fields -> fields[2] + " " + fields[3])
                // what is mounted last lies over the others
                .reduce((below, above) -> above));
    }

    private static Observed<FactValue> marked(HostSource host) {
        Observed<String> manager = Answers.text(host, MANAGER);
        Optional<String> kind = manager.known().flatMap(ContainerMarks::kind);
        if (kind.isPresent()) {
            return Observed.known(new Text(kind.get()), manager.origin());
        }
        return MARKERS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(marker -> host.kind(marker.getKey()) instanceof Present<?>)
                .findFirst()
                .map(marker -> Observed.<FactValue>known(new Text(marker.getValue()), Origin.of(marker.getKey())))
                .orElseGet(() -> Observed.absent(Origin.of(MANAGER)));
    }

    /** Container managers that leave no mark still give their containers processes of their own. */
    private static Observed<FactValue> byNamespace(HostSource host) {
        if (host.link(OWN_PIDS) instanceof Present<String> pids) {
            return pids.value().equals(INITIAL_PIDS)
                    ? Observed.absent(Origin.of(OWN_PIDS))
                    : Observed.known(new Text("other"), Origin.of(OWN_PIDS));
        }
        return Observed.unknown("the process namespace cannot be seen", Origin.of(OWN_PIDS));
    }

    private static Observed<FactValue> byEnvironment(Observed<String> environ) {
        if (environ instanceof Observed.Known<String> known && !known.value().isEmpty()) {
            return Observed.absent(known.origin());
        }
        return Observed.unknown("no marker is there, and the first process cannot be seen", environ.origin());
    }
}
