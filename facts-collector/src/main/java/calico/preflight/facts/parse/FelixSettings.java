package calico.preflight.facts.parse;

import calico.preflight.facts.FactValue.Entry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Felix and calico-node are told by environment variables and by Felix's file. What may be secret is left out, name
 * and value.
 */
public final class FelixSettings {

    /** Variables of calico-node that do not begin with its name or Felix's. */
    private static final Set<String> OTHERS = Set.of(
            "AS",
            "CLUSTER_TYPE",
            "CNI_MTU",
            "DATASTORE_TYPE",
            "IP",
            "IP6",
            "IP_AUTODETECTION_METHOD",
            "IP6_AUTODETECTION_METHOD",
            "NO_DEFAULT_POOLS",
            "USE_POD_CIDR");

    private FelixSettings() {}

    /** Of {@code /proc/PID/environ}: variables that end with a zero byte each. */
    public static Map<String, Entry> environment(String environ) {
        Map<String, Entry> settings = new TreeMap<>();
        for (String variable : environ.split("\0", -1)) {
            add(settings, variable, 0);
        }
        return settings;
    }

    /** Of a file of variables that a unit or a container is given, such as {@code calico.env}. */
    public static Map<String, Entry> environmentFile(String text) {
        Map<String, Entry> settings = new TreeMap<>();
        OsRelease.parse(text).forEach((name, entry) -> add(settings, name + "=" + entry.value(), entry.line()));
        return settings;
    }

    private static void add(Map<String, Entry> settings, String variable, int line) {
        int equals = variable.indexOf('=');
        String name = equals < 0 ? "" : variable.substring(0, equals);
        String value = variable.substring(equals + 1);
        boolean ours = name.startsWith("FELIX_") || name.startsWith("CALICO_") || OTHERS.contains(name);
        if (ours && !Secrets.mayBe(name, value)) {
            settings.put(name, Entry.at(line, value));
        }
    }

    /**
     * Of {@code felix.cfg}, which has sections with {@code NAME = value}; Felix takes names whatever their case, so they are
     * in lower case here. What has no value is left out.
     */
    public static Map<String, Entry> file(String text) {
        Map<String, Entry> settings = new TreeMap<>();
        for (Lines.Line line : Lines.of(text)) {
            String setting = line.text().strip();
            int equals = setting.indexOf('=');
            boolean comment = setting.startsWith("#") || setting.startsWith(";");
            if (equals > 0 && !comment) {
                String name = setting.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                String value = setting.substring(equals + 1).strip();
                List<String> words = Lines.words(name);
                if (words.size() == 1 && !value.isEmpty() && !Secrets.mayBe(name, value)) {
                    settings.put(name, Entry.at(line.number(), value));
                }
            }
        }
        return settings;
    }
}
