package calico.preflight.facts.collect;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.CloudInitSettings;
import calico.preflight.facts.parse.NetplanConfiguration;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import calico.preflight.facts.source.HostSource.FileKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of netplan, which its generator turns into those of network managers each time the host starts. */
final class NetplanFiles {

    /** A file takes the place of one of the same name in the directories before (netplan-generate(8)). */
    private static final List<String> PLACES = List.of("/lib/netplan", "/etc/netplan", "/run/netplan");

    private static final List<String> GENERATORS =
            List.of("/usr/lib/systemd/system-generators/netplan", "/lib/systemd/system-generators/netplan");

    private static final String MASK = "/etc/systemd/system-generators/netplan";
    private static final String MADE = "/run/systemd/network";
    private static final String PREFIX = "10-netplan-";
    private static final int MOST_FILES = 1_000;

    private final Look look;

    NetplanFiles(Look look) {
        this.look = look;
    }

    /**
     * What netplan will make when a host starts that does not run. Absent where it makes nothing: where it is not there, or
     * where what it made lies in /run, as the host ran, and is read there.
     */
    Observed<NetplanConfiguration> whenStarted() {
        boolean masked = look.link(MASK).filter("/dev/null"::equals).isPresent();
        if (look.showsRunningHost() || masked) {
            return Observed.absent(Origin.of(GENERATORS.get(0)));
        }
        Observed<List<String>> made = look.names(MADE);
        if (made instanceof Observed.Unknown<List<String>> unknown) {
            return Observed.unknown(unknown.why(), unknown.origin());
        }
        Observed<FileKind> generator =
                Answers.best(GENERATORS.stream().map(look::kind).toList());
        if (generator instanceof Observed.Unknown<FileKind> unknown) {
            return Observed.unknown(unknown.why(), unknown.origin());
        }
        boolean ran = made.known().orElse(List.of()).stream().anyMatch(name -> name.startsWith(PREFIX));
        if (ran || generator.known().isEmpty()) {
            return Observed.absent(Origin.of(GENERATORS.get(0)));
        }
        Map<String, ConfigurationFile> byName = new HashMap<>();
        for (String place : PLACES) {
            Observed<List<ConfigurationFile>> found =
                    look.files(place, name -> name.endsWith(".yaml") && !name.startsWith("."), MOST_FILES);
            if (found instanceof Observed.Unknown<List<ConfigurationFile>> unknown) {
                return Observed.unknown(unknown.why(), unknown.origin());
            }
            found.known()
                    .orElse(List.of())
                    .forEach(file -> byName.put(file.path().substring(place.length()), file));
        }
        List<ConfigurationFile> files = List.copyOf(byName.values());
        Observed<CloudInitSettings> cloudInit = new CloudInitFiles(look).whenStarted();
        return cloudInit instanceof Observed.Unknown<CloudInitSettings> unknown
                ? Observed.unknown(unknown.why(), unknown.origin())
                : NetplanConfiguration.merge(files, cloudInit.known());
    }

    /** Where it shows that netplan starts systemd-networkd: what it made for it, or will make. Absent where it does not. */
    Observed<Origin> startingNetworkd() {
        // It makes .link files for NetworkManager's interfaces too, as udev reads those.
        Optional<Origin> made = look.names(MADE).known().orElse(List.of()).stream()
                .filter(name -> name.startsWith(PREFIX) && (name.endsWith(".network") || name.endsWith(".netdev")))
                .findFirst()
                .map(name -> Origin.of(MADE + "/" + name));
        if (made.isPresent()) {
            return Observed.known(made.get(), made.get());
        }
        Observed<NetplanConfiguration> netplan = whenStarted();
        if (netplan instanceof Observed.Unknown<NetplanConfiguration> unknown) {
            return Observed.unknown(unknown.why(), unknown.origin());
        }
        return netplan.known()
                .flatMap(NetplanConfiguration::startsNetworkd)
                .map(origin -> Observed.known(origin, origin))
                .orElseGet(() -> Observed.absent(netplan.origin()));
    }
}
