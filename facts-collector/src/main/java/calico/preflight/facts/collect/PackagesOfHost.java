package calico.preflight.facts.collect;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.InstalledPackages;
import calico.preflight.facts.parse.InstalledPackages.Installed;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.Printout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the package managers of a host have installed. */
final class PackagesOfHost {

    private static final String DPKG = "/var/lib/dpkg/status";

    /** A desktop with everything has about 5 MiB. */
    private static final int LIST_LIMIT = 64 << 20;

    /** Of Alpine; the second place is that of apk 3. */
    private static final List<String> APK = List.of("/lib/apk/db/installed", "/usr/lib/apk/db/installed");

    private static final List<String> RPM = List.of("/var/lib/rpm", "/usr/lib/sysimage/rpm", "/usr/share/rpm");

    /** A package, and where it is listed. */
    record Listed(Installed installed, Origin origin) {}

    private final List<Listed> listed = new ArrayList<>();
    private final Observed<List<Listed>> all;

    PackagesOfHost(Look look) {
        Observed<List<Installed>> dpkg = look.dpkg();
        dpkg.known().ifPresent(list -> add(list, dpkg.origin()));
        look.kept(Printout.DEBIAN_PACKAGES, InstalledPackages::dpkgList)
                .filter(any -> dpkg.isUnknown())
                .ifPresent(list -> list.known().ifPresent(all -> add(all, list.origin())));
        Observed<String> apk = Answers.best(
                APK.stream().map(path -> look.text(path, LIST_LIMIT)).toList());
        apk.known().ifPresent(text -> add(InstalledPackages.apk(text), apk.origin()));
        Optional<String> database = RPM.stream()
                .filter(directory -> look.names(directory).known().orElse(List.of()).stream()
                        .anyMatch(name -> name.startsWith("Packages") || name.startsWith("rpmdb.sqlite")))
                .findFirst();
        Observed<String> rpm = database.map(directory -> look.answersCommands()
                        ? Answers.absentMeans(
                                "the program rpm is not there to read it", look.output(HostCommand.RPM_PACKAGES))
                        : Observed.<String>unknown(
                                "the rpm database can only be read on the host", Origin.of(directory)))
                .orElseGet(() -> Observed.absent(Origin.of(RPM.get(0))));
        rpm.known().ifPresent(text -> add(InstalledPackages.rpm(text), rpm.origin()));
        if (!listed.isEmpty()) {
            this.all = Observed.known(
                    List.copyOf(listed), Origin.of(listed.get(0).origin().where()));
        } else {
            this.all = Stream.<Observed<?>>of(dpkg, apk, rpm)
                    .filter(Observed::isUnknown)
                    .findFirst()
                    .map(unknown -> unknown.map(text -> List.<Listed>of()))
                    .orElseGet(() -> Observed.unknown("no list of packages is there", Origin.of(DPKG)));
        }
    }

    /**
     * What dpkg has installed. Of its file only fields are read that are of ASCII, and its maintainers' names are not: as one
     * byte for each letter it is read in half the time, and no line of it ends elsewhere.
     */
    static Observed<List<Installed>> dpkg(Look look) {
        return look.bytes(DPKG, LIST_LIMIT)
                .map(bytes -> InstalledPackages.dpkg(new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    private void add(List<Installed> installed, Origin origin) {
        installed.forEach(item -> listed.add(new Listed(item, origin.at(item.line()))));
    }

    /** All of them; unknown where no list could be read. */
    Observed<List<Listed>> all() {
        return all;
    }

    /** The upstream version of the package of one of these names. */
    Optional<Listed> named(List<String> names) {
        return listed.stream()
                .filter(item -> names.contains(item.installed().name()))
                .findFirst();
    }
}
