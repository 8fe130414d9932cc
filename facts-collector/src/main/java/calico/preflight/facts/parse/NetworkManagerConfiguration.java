package calico.preflight.facts.parse;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.InterfaceManagement;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * NetworkManager's configuration, merged from all its files as the program merges them (NetworkManager.conf(5); the
 * code is {@code src/core/nm-config.c} and {@code nm-config-data.c} of its version 1.42): what this holds is what
 * {@code NetworkManager --print-config} prints.
 *
 * <p>The order of sections counts: of several {@code [device-...]} sections that match an interface the one that comes
 * first here decides.
 */
public final class NetworkManagerConfiguration {

    /** The entry of {@link #toTable()} that holds the structure: see there. */
    public static final String STRUCTURE = ".order";

    private static final Origin BUILT_IN = Origin.of("NetworkManager (built in)");

    /**
     * Values that the program prints as comments where no file sets them: those of the build of Debian 12. They have no
     * bearing on anything that is asked here.
     */
    private static final List<List<String>> DEFAULTS = List.of(
            List.of("main", "plugins", ""),
            List.of("main", "rc-manager", ""),
            List.of("main", "auth-polkit", "true"),
            List.of("main", "dhcp", "internal"),
            List.of("main", "iwd-config-path", ""),
            List.of("logging", "backend", "journal"),
            List.of("logging", "audit", "true"),
            List.of("device", "wifi.backend", "wpa_supplicant"));

    /** One configuration file: its path as the host sees it, and its text. */
    public record ConfigurationFile(String path, String text) {
        public ConfigurationFile {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * The files by the role they have. Only {@code *.conf} counts in the directories; others must not be given.
     *
     * @param system those of {@code /usr/lib/NetworkManager/conf.d}
     * @param run those of {@code /run/NetworkManager/conf.d}
     * @param main {@code /etc/NetworkManager/NetworkManager.conf}
     * @param etc those of {@code /etc/NetworkManager/conf.d}
     * @param intern {@code /var/lib/NetworkManager/NetworkManager-intern.conf}, which the program writes itself
     */
    public record Files(
            List<ConfigurationFile> system,
            List<ConfigurationFile> run,
            Optional<ConfigurationFile> main,
            List<ConfigurationFile> etc,
            Optional<ConfigurationFile> intern) {
        public Files {
            system = List.copyOf(system);
            run = List.copyOf(run);
            etc = List.copyOf(etc);
            Objects.requireNonNull(main, "main");
            Objects.requireNonNull(intern, "intern");
        }
    }

    /**
     * A raw value and where it was last set.
     *
     * @param value as a file writes it, with its escapes
     */
    public record Setting(String value, Origin origin) {}

    private final Map<String, Map<String, Setting>> sections;
    private final boolean ordered;

    NetworkManagerConfiguration(Map<String, Map<String, Setting>> sections, boolean ordered) {
        this.sections = Collections.unmodifiableMap(inPrintedOrder(sections));
        this.ordered = ordered;
    }

    /**
     * Merges the files. Unknown where NetworkManager would refuse to start because a file is no key file, or where a
     * snippet's condition cannot be decided; then the origin is that file and line.
     */
    public static Observed<NetworkManagerConfiguration> merge(Files files, NetworkManagerBuild build) {
        return new NetworkManagerMerger(build)
                .merge(files)
                .map(sections -> new NetworkManagerConfiguration(sections, true));
    }

    /**
     * The configuration that {@link #toTable()} was made of. A table that does not tell the order of its sections is
     * taken as it is; then nothing is decided that depends on the order.
     */
    public static NetworkManagerConfiguration of(Table table) {
        Optional<Entry> structure = table.entry(STRUCTURE);
        Map<String, Map<String, Setting>> sections = new LinkedHashMap<>();
        if (structure.isPresent()) {
            String section = "";
            for (String line : structure.get().value().split("\n", -1)) {
                if (line.startsWith("[") && line.endsWith("]")) {
                    section = line.substring(1, line.length() - 1);
                    sections.putIfAbsent(section, new LinkedHashMap<>());
                } else {
                    put(sections, table, section, line);
                }
            }
        } else {
            put(sections, table, "keyfile", "unmanaged-devices");
            for (String name : table.entries().keySet()) {
                for (String key : List.of("match-device", "managed", "stop-match")) {
                    if (name.startsWith("device") && name.endsWith("." + key)) {
                        put(sections, table, name.substring(0, name.length() - key.length() - 1), key);
                    }
                }
            }
        }
        return new NetworkManagerConfiguration(unprinted(sections), structure.isPresent());
    }

    private static void put(Map<String, Map<String, Setting>> sections, Table table, String section, String key) {
        table.entry(distinctName(section, key))
                .or(() -> table.entry(name(section, key)))
                .ifPresent(entry -> sections.computeIfAbsent(section, name -> new LinkedHashMap<>())
                        .put(key, new Setting(entry.value(), new Origin(entry.origin(), entry.line()))));
    }

    /**
     * All settings as {@code SECTION.KEY}, each with the file and line that decided it. One more entry,
     * {@value #STRUCTURE}, tells what a sorted table cannot: it lists in the order that counts each section as
     * {@code [SECTION]} and below it its keys, one a line. Where two settings have the same name because a section's
     * name has a dot ({@code [device.x] y} and {@code [device] x.y}), the later one is called {@code [SECTION].KEY}.
     */
    public Table toTable() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        StringBuilder structure = new StringBuilder();
        sections.forEach((section, keys) -> {
            structure.append('[').append(section).append("]\n");
            keys.forEach((key, setting) -> {
                structure.append(key).append('\n');
                String name = name(section, key);
                Entry entry = Entry.from(setting.origin(), setting.value());
                if (entries.putIfAbsent(name, entry) != null) {
                    entries.put(distinctName(section, key), entry);
                }
            });
        });
        entries.put(STRUCTURE, Entry.at(0, structure.toString()));
        return new Table(entries);
    }

    private static String name(String section, String key) {
        return section + "." + key;
    }

    private static String distinctName(String section, String key) {
        return "[" + section + "]." + key;
    }

    /** The sections in the order in which the program prints them, which is that in which they count. */
    public Map<String, Map<String, Setting>> sections() {
        return sections;
    }

    /** The raw value of a key. */
    public Optional<Setting> setting(String section, String key) {
        return Optional.ofNullable(sections.getOrDefault(section, Map.of()).get(key));
    }

    /**
     * Does NetworkManager leave the interfaces of this name alone, as far as its configuration goes?
     *
     * <p>Looked at are {@code unmanaged-devices} in {@code [keyfile]}, which nothing overrules, and then
     * {@code managed} of the device sections. {@code no-auto-default} is not: an interface in that list gets no
     * connection of NetworkManager's own making, but is managed all the same. Neither are udev rules
     * ({@code NM_UNMANAGED}) and what was decided at run time with {@code nmcli device set}.
     *
     * @param pattern a name such as {@code tunl0}, or several with {@code *} and {@code ?}, such as {@code cali*}
     */
    public InterfaceManagement management(String pattern) {
        return new ManagementDecision(this, ordered).of(pattern);
    }

    /** What {@code NetworkManager --print-config} prints between its first line and that of the no-auto-default file. */
    public String toPrintConfig() {
        Map<String, Map<String, Setting>> all = new LinkedHashMap<>(unprinted(sections));
        DEFAULTS.forEach(value -> all.putIfAbsent(value.get(0), Map.of()));
        StringBuilder text = new StringBuilder();
        inPrintedOrder(all).forEach((section, keys) -> {
            text.append("\n[").append(section).append("]\n");
            for (List<String> value : DEFAULTS) {
                if (value.get(0).equals(section) && !keys.containsKey(value.get(1))) {
                    text.append("# ")
                            .append(value.get(1))
                            .append('=')
                            .append(value.get(2))
                            .append('\n');
                }
            }
            keys.forEach((key, setting) ->
                    text.append(key).append('=').append(setting.value()).append('\n'));
        });
        return text.append('\n').toString();
    }

    /**
     * Sections in the order of the program's own list become sections in printed order: {@code [main]}, others by name,
     * devices, connections, those that only the program itself writes. In the list devices and connections have the
     * lowest priority first, here the highest, but {@code [device]} and {@code [connection]} are printed before theirs.
     */
    private static Map<String, Map<String, Setting>> inPrintedOrder(Map<String, Map<String, Setting>> sections) {
        List<String> others = new ArrayList<>();
        List<String> devices = new ArrayList<>();
        List<String> connections = new ArrayList<>();
        List<String> interns = new ArrayList<>();
        for (String section : sections.keySet()) {
            if (section.startsWith(NetworkManagerMerger.INTERN)) {
                interns.add(section);
            } else if (section.startsWith(NetworkManagerMerger.CONNECTION)) {
                connections.add(0, section);
            } else if (section.startsWith(NetworkManagerMerger.DEVICE)) {
                devices.add(0, section);
            } else {
                others.add(section);
            }
        }
        others.sort(Utf8Order.INSTANCE);
        toFront(others, "main");
        toFront(devices, NetworkManagerMerger.DEVICE);
        toFront(connections, NetworkManagerMerger.CONNECTION);
        Map<String, Map<String, Setting>> ordered = new LinkedHashMap<>();
        for (List<String> names : List.of(others, devices, connections, interns)) {
            names.forEach(name -> ordered.put(
                    name, Collections.unmodifiableMap(new LinkedHashMap<>(sections.getOrDefault(name, Map.of())))));
        }
        return ordered;
    }

    private static void toFront(List<String> names, String name) {
        if (names.remove(name)) {
            names.add(0, name);
        }
    }

    /** The opposite: sections in printed order as {@link #inPrintedOrder} wants them. */
    private static Map<String, Map<String, Setting>> unprinted(Map<String, Map<String, Setting>> printed) {
        List<String> names = new ArrayList<>(printed.keySet());
        List<String> interns = names.stream()
                .filter(name -> name.startsWith(NetworkManagerMerger.INTERN))
                .toList();
        names.removeAll(interns);
        Collections.reverse(names);
        names.addAll(interns);
        Map<String, Map<String, Setting>> sections = new LinkedHashMap<>();
        names.forEach(name -> sections.put(name, printed.getOrDefault(name, Map.of())));
        return sections;
    }

    static Setting builtIn(String value) {
        return new Setting(value, BUILT_IN);
    }
}
