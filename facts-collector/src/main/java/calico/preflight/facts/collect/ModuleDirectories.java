package calico.preflight.facts.collect;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.HostSource.FileKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where the modules of a kernel are: {@code /lib/modules/RELEASE}, or below {@code /usr}. */
final class ModuleDirectories {

    static final String LIB = "/lib/modules";
    static final String USR_LIB = "/usr/lib/modules";

    /** One of these makes a directory a module tree; a header package leaves one that has just {@code build} in it. */
    private static final Set<String> SIGNS =
            Set.of("kernel", "modules.builtin", "modules.order", "modules.dep", "modules.alias", "updates", "extra");

    private ModuleDirectories() {}

    /** The places to look at; one where the other is only another name for it. */
    static List<String> places(HostSource host) {
        boolean merged =
                List.of("/lib", LIB, USR_LIB).stream().anyMatch(path -> host.link(path) instanceof Present<String>);
        return merged && isDirectory(host, LIB) ? List.of(LIB) : List.of(LIB, USR_LIB);
    }

    static boolean isDirectory(HostSource host, String path) {
        return host.kind(path) instanceof Present<FileKind> kind && kind.value() == FileKind.DIRECTORY;
    }

    /** The directory of this release, if there is one that this user can see. */
    static Optional<String> of(HostSource host, String release) {
        return places(host).stream()
                .map(place -> place + "/" + release)
                .filter(directory -> isDirectory(host, directory))
                .findFirst();
    }

    /**
     * The releases that have a module tree, sorted. Absent where no module directory is there or none has a tree;
     * unknown where one cannot be read.
     */
    static Observed<List<String>> releases(HostSource host) {
        Set<String> releases = new TreeSet<>();
        List<String> seen = new ArrayList<>();
        for (String place : places(host)) {
            Observed<List<String>> names = Answers.names(host, place);
            if (names.isUnknown()) {
                return names;
            }
            for (String name : names.known().orElse(List.of())) {
                Observed<List<String>> files = Answers.names(host, place + "/" + name);
                if (files.known()
                        .filter(inside -> inside.stream().anyMatch(SIGNS::contains))
                        .isPresent()) {
                    releases.add(name);
                    if (!seen.contains(place)) {
                        seen.add(place);
                    }
                }
            }
        }
        return releases.isEmpty()
                ? Observed.absent(Origin.of(LIB))
                : Observed.known(List.copyOf(releases), Origin.of(String.join(", ", seen)));
    }
}
