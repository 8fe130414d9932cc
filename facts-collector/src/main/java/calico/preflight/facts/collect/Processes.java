package calico.preflight.facts.collect;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.Lines;
import calico.preflight.facts.source.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** The processes that can be seen in {@code /proc}. */
final class Processes {

    /** More than this are not looked at one by one. */
    private static final int MOST = 50_000;

    private static final int MOST_LINKS = 200_000;

    private static final String SOCKET = "socket:[";

    /** The real and the effective user (proc_pid_status(5)). */
    private static final Pattern RUN_BY_ROOT = Pattern.compile("(?m)^Uid:\\s+0\\s+0\\s");

    /**
     * A process.
     *
     * @param name its command name, which the kernel cuts after 15 characters
     */
    record Seen(String id, String name) {
        Origin origin(String file) {
            return Origin.of("/proc/" + id + "/" + file);
        }
    }

    private final Look look;
    private final List<Seen> all = new ArrayList<>();
    private final boolean complete;

    Processes(Look look) {
        this.look = look;
        boolean first = false;
        List<String> names = look.names("/proc").known().orElse(List.of());
        boolean tooMany = names.size() > MOST;
        for (String id : tooMany ? names.subList(0, MOST) : names) {
            if (Lines.isNumber(id, 10)) {
                Optional<String> name = look.text("/proc/" + id + "/comm", 4096).known();
                name.ifPresent(text -> all.add(new Seen(id, text.strip())));
                first |= id.equals("1") && name.isPresent();
            }
        }
        // The first process is hidden where those of other users are (hidepid), and missing where /proc is no more
        // than some copied files.
        this.complete = first && !tooMany;
    }

    /** Are those of all users to be seen, so that one that is not there does not run? */
    boolean areComplete() {
        return complete;
    }

    /**
     * The first one with one of these names. Anyone may give a process of theirs such a name, so that those of root go
     * before all others.
     */
    Optional<Seen> named(Set<String> names) {
        List<Seen> found =
                all.stream().filter(process -> names.contains(process.name())).toList();
        return found.stream()
                .filter(process -> found.size() == 1 || isOfRoot(process))
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    /**
     * Is it root, really and effectively, who runs it? Of others no file is read, and no directory listed, that their
     * arguments name: whoever looks may be allowed to see more than they are.
     */
    boolean isOfRoot(Seen process) {
        return look.text(process.origin("status").where())
                .known()
                .filter(status -> RUN_BY_ROOT.matcher(status).find())
                .isPresent();
    }

    /** The first one that runs a program or script of this path: one of its first two words. */
    Optional<Seen> running(String path) {
        return all.stream()
                .filter(process -> process.name().startsWith("python"))
                .filter(process -> look.text("/proc/" + process.id() + "/cmdline")
                        .known()
                        .map(line -> List.of(line.split("\0", 4)))
                        .filter(words ->
                                words.subList(0, Math.min(words.size(), 3)).contains(path))
                        .isPresent())
                .findFirst();
    }

    /** The names of the processes that hold these sockets, by inode; only as far as they can be seen. */
    Map<Long, String> holders(Set<Long> sockets) {
        Map<Long, String> holders = new HashMap<>();
        int links = 0;
        for (Seen process : all) {
            String directory = "/proc/" + process.id() + "/fd";
            for (String number : Answers.names(look.host(), directory).known().orElse(List.of())) {
                if (holders.size() == sockets.size() || ++links > MOST_LINKS) {
                    return holders;
                }
                Content<String> link = look.host().link(directory + "/" + number);
                if (link instanceof Content.Denied<String>) {
                    // as are all of this process (ptrace(2))
                    break;
                }
                String target = link instanceof Content.Present<String> present ? present.value() : "";
                if (target.startsWith(SOCKET) && target.endsWith("]")) {
                    OptionalLong inode = Lines.number(target.substring(SOCKET.length(), target.length() - 1));
                    if (inode.isPresent() && sockets.contains(inode.getAsLong())) {
                        holders.putIfAbsent(inode.getAsLong(), process.name());
                    }
                }
            }
        }
        return holders;
    }

    /** Where processes are looked for. */
    Origin origin() {
        return Origin.of("/proc/*/comm");
    }

    /** That nothing of this sort runs, where that can be said. */
    <T> Observed<T> none() {
        return complete ? Observed.absent(origin()) : Observed.unknown("not all processes can be seen", origin());
    }
}
