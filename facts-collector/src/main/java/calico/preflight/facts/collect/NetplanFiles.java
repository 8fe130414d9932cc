package calico.preflight.facts.collect;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.CloudInitSettings;
import calico.preflight.facts.parse.NetplanConfiguration;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of netplan, which its generator turns into those of network managers each time the host starts. */
final class NetplanFiles {

    /** A file takes the place of one of the same name in the directories before (netplan-generate(8)). */
    private static final List<String> PLACES = List.of("/lib/netplan", "/etc/netplan", "/run/netplan");

    private static final List<String> GENERATORS =
            List.of("/usr/lib/systemd/system-generators/netplan", "/lib/systemd/system-generators/netplan");

    private static final String MASK = "/etc/systemd/system-generators/netplan";
    private static final int MOST_FILES = 1_000;

    private final Look look;

    NetplanFiles(Look look) {
        this.look = look;
    }

    /**
     * What netplan will make when a host starts that does not run. Absent where it makes nothing: where it is not there, or
     * where the host runs, so that what it made lies in /run and is read there.
     */
    Observed<NetplanConfiguration> whenStarted() {
        boolean masked = look.link(MASK).filter("/dev/null"::equals).isPresent();
        boolean made = look.names("/run/systemd/network").known().orElse(List.of()).stream()
                .anyMatch(name -> name.startsWith("10-netplan-"));
        if (look.showsRunningHost() || made || masked || GENERATORS.stream().noneMatch(look::isFile)) {
            return Observed.absent(Origin.of(GENERATORS.get(0)));
        }
        Map<String, String> paths = new HashMap<>();
        for (String place : PLACES) {
            Observed<List<String>> names = look.names(place);
            if (names instanceof Observed.Unknown<List<String>> unknown) {
                return Observed.unknown(unknown.why(), unknown.origin());
            }
            names.known().orElse(List.of()).stream()
                    .filter(name -> name.endsWith(".yaml") && !name.startsWith("."))
                    .limit(MOST_FILES)
                    .forEach(name -> paths.put(name, place + "/" + name));
        }
        List<ConfigurationFile> files = new ArrayList<>();
        for (String path : paths.values()) {
            Observed<String> text = look.text(path);
            if (text instanceof Observed.Unknown<String> unknown) {
                return Observed.unknown(unknown.why(), unknown.origin());
            }
            text.known().ifPresent(content -> files.add(new ConfigurationFile(path, content)));
        }
        Observed<CloudInitSettings> cloudInit = new CloudInitFiles(look).whenStarted();
        return cloudInit instanceof Observed.Unknown<CloudInitSettings> unknown
                ? Observed.unknown(unknown.why(), unknown.origin())
                : NetplanConfiguration.merge(files, cloudInit.known());
    }
}
