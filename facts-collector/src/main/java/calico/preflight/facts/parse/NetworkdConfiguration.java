package calico.preflight.facts.parse;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of systemd-networkd itself (networkd.conf(5)). */
public final class NetworkdConfiguration {

    /** Settings that are a yes or no begin like this: routes, rules and next hops of others. */
    private static final String TRUTH = "ManageForeign";

    private NetworkdConfiguration() {}

    /**
     * All settings as {@code SECTION.KEY}, each with the file and line that decided it. What
     * {@code ManageForeignRoutes=} and its kin say is told as {@code yes} or {@code no}, however it is written; what is
     * neither is passed over, as systemd does.
     *
     * @param file the main file, with its drop-ins
     */
    public static Table table(SystemdFile file) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (SystemdFile.Assignment setting : file.assignments()) {
            String name = setting.section() + "." + setting.key();
            if (!setting.key().startsWith(TRUTH)) {
                entries.put(name, Entry.from(setting.origin(), setting.value()));
            } else {
                SystemdFile.truth(setting.value())
                        .ifPresent(yes -> entries.put(name, Entry.from(setting.origin(), yes ? "yes" : "no")));
            }
        }
        return new Table(entries);
    }
}
