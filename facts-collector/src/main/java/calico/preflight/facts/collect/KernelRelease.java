package calico.preflight.facts.collect;

import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.KernelConfig;
import calico.preflight.facts.parse.ProcVersion;
import calico.preflight.facts.source.ConfigurationFile;
import calico.preflight.facts.source.HostSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which kernel is judged, and whether it is the one that {@code /proc} speaks of. */
final class KernelRelease {

    static final String OSRELEASE = "/proc/sys/kernel/osrelease";
    static final String VERSION = "/proc/version";

    private static final String OPTION = "--kernel-release";

    /** The release becomes part of paths. */
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~:@-]{0,127}");

    private KernelRelease() {}

    /** The release that is judged: as the user says, that of the running kernel, or the only one that there is. */
    static Observed<FactValue> of(HostSource host, CollectionOptions options) {
        return checked(options.kernelRelease()
                .map(release -> Observed.<FactValue>known(new Text(release), Origin.of(OPTION)))
                .orElseGet(() -> {
                    Observed<FactValue> running = running(host);
                    return running instanceof Observed.Known<FactValue> || host.showsRunningHost()
                            ? running
                            : only(host, running);
                }));
    }

    private static Observed<FactValue> checked(Observed<FactValue> release) {
        if (release instanceof Observed.Known<FactValue> known
                && !USABLE.matcher(known.value().toString()).matches()) {
            return Observed.unknown("the kernel release is no name that a kernel could have", known.origin());
        }
        return release;
    }

    /** The release of the kernel that {@code /proc} speaks of. */
    static Observed<FactValue> running(HostSource host) {
        Observed<FactValue> osrelease = Answers.line(Answers.text(host, OSRELEASE));
        if (osrelease instanceof Observed.Known<FactValue>) {
            return osrelease;
        }
        Observed<String> banner = Answers.text(host, VERSION);
        Optional<ProcVersion> version = banner.known().flatMap(ProcVersion::parse);
        if (version.isPresent()) {
            return Observed.known(
                    new Text(version.get().release()), Origin.of(VERSION).at(1));
        }
        return Answers.absentMeans("no /proc of a running kernel is there", osrelease);
    }

    /** The releases among which the user has to choose: more than one only where nothing else tells. */
    static List<String> candidates(HostSource host) {
        TreeSet<String> releases =
                new TreeSet<>(ModuleDirectories.releases(host).known().orElse(List.of()));
        if (releases.isEmpty()) {
            Answers.names(host, "/boot").known().orElse(List.of()).stream()
                    .filter(name -> name.startsWith("config-"))
                    .map(name -> name.substring("config-".length()))
                    .filter(release -> USABLE.matcher(release).matches())
                    .forEach(releases::add);
        }
        return List.copyOf(releases);
    }

    private static Observed<FactValue> only(HostSource host, Observed<FactValue> running) {
        if (host instanceof ConfigurationFile file) {
            return ofConfiguration(file);
        }
        List<String> releases = candidates(host);
        if (releases.size() == 1) {
            return Observed.known(
                    new Text(releases.get(0)),
                    ModuleDirectories.of(host, releases.get(0))
                            .map(Origin::of)
                            .orElseGet(() -> Origin.of("/boot/config-" + releases.get(0))));
        }
        return releases.isEmpty()
                ? running
                : Observed.unknown("there are several: " + String.join(", ", releases), running.origin());
    }

    private static Observed<FactValue> ofConfiguration(ConfigurationFile file) {
        Observed<KernelConfig> config = KernelConfiguration.read(file, file.path());
        if (config instanceof Observed.Known<KernelConfig> known) {
            Optional<Entry> version = known.value().version();
            return version.isPresent()
                    ? Observed.known(
                            new Text(version.get().value()),
                            known.origin().at(version.get().line()))
                    : Observed.unknown("no comment at its top names the kernel's version", known.origin());
        }
        return config.map(any -> new Text(""));
    }

    /**
     * Does what {@code /proc} and {@code /sys} show belong to the kernel that is judged? If the user names another
     * release than that of the running kernel, it does not.
     *
     * @return the release that runs, where it is not the one that is judged
     */
    static Optional<String> otherRunning(HostSource host, CollectionOptions options) {
        return options.kernelRelease()
                .flatMap(judged -> Answers.textOf(running(host)).filter(running -> !running.equals(judged)));
    }
}
