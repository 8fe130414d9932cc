package calico.preflight.facts.collect;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.NetplanConfiguration;
import calico.preflight.facts.parse.SystemdFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Configuration files of systemd where it keeps them: a file of the administrator takes the place of one with the same name
 * that came with the system, and an empty one, or a link to {@code /dev/null}, masks it (systemd.network(5)).
 */
final class SystemdFiles {

    /** The places, the one that counts most first; the last is that of hosts where {@code /lib} is not {@code /usr/lib}. */
    private static final List<String> PLACES =
            List.of("/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd", "/lib/systemd");

    private static final List<String> VENDOR = List.of("/usr/lib", "/lib");
    private static final int MOST_FILES = 1_000;

    private final Look look;
    private final List<Observed<?>> unreadable = new ArrayList<>();

    SystemdFiles(Look look) {
        this.look = look;
    }

    /** The files in the directory {@code network} whose names end so, with their drop-ins. */
    Observed<List<SystemdFile>> network(String suffix) {
        return told("/etc/systemd/network", files("/network", name -> name.endsWith(suffix)));
    }

    /** The {@code .network} files, with those that netplan makes when the host starts. */
    Observed<List<SystemdFile>> networks() {
        List<SystemdFile> files = new ArrayList<>(files("/network", name -> name.endsWith(".network")));
        Observed<NetplanConfiguration> netplan = new NetplanFiles(look).whenStarted();
        note(netplan);
        Set<String> shadowing =
                new HashSet<>(look.names(PLACES.get(0) + "/network").known().orElse(List.of()));
        for (SystemdFile made :
                netplan.known().map(NetplanConfiguration::networks).orElse(List.of())) {
            if (!shadowing.contains(made.name())) {
                files.add(
                        new SystemdFile(made.path(), made.text(), dropIns("/network/" + made.name()), made.madeFrom()));
            }
        }
        return told("/etc/systemd/network", files);
    }

    /** The main file of this name, with its drop-ins; where there are only those, it is empty. */
    Observed<SystemdFile> main(String name) {
        SystemdFile main = files("", name::equals).stream()
                .findFirst()
                .orElseGet(() -> new SystemdFile(PLACES.get(0) + "/" + name, "", dropIns("/" + name)));
        return told(PLACES.get(0) + "/" + name, main);
    }

    private <T> Observed<T> told(String where, T value) {
        Optional<Observed<?>> failed = unreadable.stream().findFirst();
        if (failed.isPresent()) {
            String why = failed.get() instanceof Observed.Unknown<?> unknown ? unknown.why() : "cannot be read";
            return Observed.unknown(why, failed.get().origin());
        }
        if (!look.isDirectory("/etc")) {
            return Observed.unknown("there is no /etc to look at", Origin.of(where));
        }
        // Much of it comes with the system: a copy of /etc alone does not tell.
        return VENDOR.stream().anyMatch(look::isDirectory)
                ? Observed.known(value, Origin.of(where))
                : Observed.unknown("there is no /usr/lib to look at", Origin.of(where));
    }

    private List<SystemdFile> files(String directory, Predicate<String> wanted) {
        List<SystemdFile> files = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String place : PLACES) {
            Observed<List<String>> names = look.names(place + directory, wanted, MOST_FILES);
            note(names);
            names.known().orElse(List.of()).stream()
                    .filter(name -> !seen.contains(name))
                    .forEach(name -> text(place + directory + "/" + name).ifPresent(text -> {
                        seen.add(name);
                        if (!text.isEmpty()) {
                            files.add(new SystemdFile(
                                    place + directory + "/" + name, text, dropIns(directory + "/" + name)));
                        }
                    }));
        }
        return files;
    }

    private List<SystemdFile> dropIns(String file) {
        if (PLACES.stream().noneMatch(place -> look.isDirectory(place + file + ".d"))) {
            return List.of();
        }
        return files(file + ".d", name -> name.endsWith(".conf")).stream()
                .sorted(SystemdFile.BY_NAME)
                .toList();
    }

    /** What is in a file; empty for a mask; nothing where it is not there, or a link that leads nowhere. */
    private Optional<String> text(String path) {
        if (look.link(path).filter(target -> target.endsWith("/dev/null")).isPresent()) {
            return Optional.of("");
        }
        Observed<String> text = look.text(path);
        note(text);
        return text.known();
    }

    private void note(Observed<?> observed) {
        if (observed.isUnknown()) {
            unreadable.add(observed);
        }
    }
}
