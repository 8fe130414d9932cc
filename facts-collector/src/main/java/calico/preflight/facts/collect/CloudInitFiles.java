package calico.preflight.facts.collect;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.CloudInitSettings;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files by which a system tells cloud-init what to do when a host starts for the first time. */
final class CloudInitFiles {

    private static final List<String> UNITS =
            List.of("/usr/lib/systemd/system/cloud-init-local.service", "/lib/systemd/system/cloud-init-local.service");

    private static final String MASK = "/etc/systemd/system/cloud-init-local.service";
    private static final String DISABLED = "/etc/cloud/cloud-init.disabled";
    private static final String MAIN = "/etc/cloud/cloud.cfg";
    private static final String MORE = "/etc/cloud/cloud.cfg.d";
    private static final int MOST_FILES = 1_000;

    private final Look look;

    CloudInitFiles(Look look) {
        this.look = look;
    }

    /** What it will do when a host starts that does not run. Absent where it is not there, or switched off. */
    Observed<CloudInitSettings> whenStarted() {
        boolean masked = look.link(MASK).filter("/dev/null"::equals).isPresent();
        if (look.showsRunningHost()
                || masked
                || look.isFile(DISABLED)
                || UNITS.stream().noneMatch(look::isFile)) {
            return Observed.absent(Origin.of(UNITS.get(0)));
        }
        Observed<List<String>> names = look.names(MORE);
        if (names instanceof Observed.Unknown<List<String>> unknown) {
            return Observed.unknown(unknown.why(), unknown.origin());
        }
        List<String> paths = new ArrayList<>(names.known().orElse(List.of()).stream()
                .filter(name -> name.endsWith(".cfg"))
                .limit(MOST_FILES)
                .sorted(Comparator.reverseOrder())
                .map(name -> MORE + "/" + name)
                .toList());
        paths.add(MAIN);
        List<ConfigurationFile> files = new ArrayList<>();
        for (String path : paths) {
            Observed<String> text = look.text(path);
            if (text instanceof Observed.Unknown<String> unknown) {
                return Observed.unknown(unknown.why(), unknown.origin());
            }
            text.known().ifPresent(content -> files.add(new ConfigurationFile(path, content)));
        }
        return CloudInitSettings.of(files);
    }
}
