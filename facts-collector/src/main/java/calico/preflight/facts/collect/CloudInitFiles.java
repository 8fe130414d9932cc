package calico.preflight.facts.collect;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.CloudInitSettings;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import java.util.ArrayList;
import java.util.Collections;
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
        Observed<List<ConfigurationFile>> more = look.files(MORE, name -> name.endsWith(".cfg"), MOST_FILES);
        Observed<String> main = look.text(MAIN);
        if (more instanceof Observed.Unknown<List<ConfigurationFile>> unknown) {
            return Observed.unknown(unknown.why(), unknown.origin());
        }
        if (main instanceof Observed.Unknown<String> unknown) {
            return Observed.unknown(unknown.why(), unknown.origin());
        }
        List<ConfigurationFile> files = new ArrayList<>(more.known().orElse(List.of()));
        Collections.reverse(files);
        main.known().ifPresent(text -> files.add(new ConfigurationFile(MAIN, text)));
        return CloudInitSettings.of(files);
    }
}
