package calico.preflight.facts.parse;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import calico.preflight.facts.parse.YamlValue.Mapping;
import calico.preflight.facts.parse.YamlValue.Scalar;
import calico.preflight.facts.parse.YamlValue.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What netplan makes of its files when the host starts (netplan(5), netplan-generate(8); the code is {@code src/parse.c},
 * {@code networkd.c} and {@code nm.c} of its version 0.106): files for systemd-networkd and settings of NetworkManager, as
 * far as they tell which interfaces these take.
 */
public final class NetplanConfiguration {

    private static final Origin DIRECTORY = Origin.of("/etc/netplan");

    /** The file that cloud-init writes. */
    private static final String OF_CLOUD_INIT = "50-cloud-init.yaml";

    private static final String NETWORKD = "networkd";
    private static final String NETWORK_MANAGER = "NetworkManager";
    private static final Set<String> RENDERERS = Set.of(NETWORKD, NETWORK_MANAGER);

    /** Devices that are there, and may be matched by what they are like. */
    private static final Set<String> PHYSICAL = Set.of("ethernets", "wifis", "modems");

    /** Devices that netplan has made: their id is their name. */
    private static final Set<String> VIRTUAL =
            Set.of("bonds", "bridges", "dummy-devices", "nm-devices", "tunnels", "virtual-ethernets", "vlans", "vrfs");

    /** These are for NetworkManager, whatever the renderer. */
    private static final Set<String> FOR_NETWORK_MANAGER = Set.of("modems", "nm-devices");

    private static final Set<String> WITHOUT_DEVICES = Set.of("version", "renderer", "openvswitch");

    /** A device that is configured. */
    private static final class Definition {
        private final String id;
        private final String type;
        private final Origin origin;

        /** That of the definition itself, or of its type in the file that it was first in; empty where neither says it. */
        private String renderer;

        private boolean matches;
        private String name = "";
        private String setName = "";
        private String macAddress = "";
        private List<String> drivers = List.of();

        private Definition(String id, String type, String renderer, Origin origin) {
            this.id = id;
            this.type = type;
            this.renderer = renderer;
            this.origin = origin;
        }

        private boolean isPhysical() {
            return PHYSICAL.contains(type);
        }

        private boolean matchesAnything() {
            return isPhysical() && matches && name.isEmpty() && macAddress.isEmpty() && drivers.isEmpty();
        }

        /** What netplan asks of a device; of one that it renames, its new name. */
        private String matchSection() {
            StringBuilder section = new StringBuilder("[Match]\n");
            if (isPhysical()) {
                append(section, "Driver", String.join(" ", drivers));
                append(section, "PermanentMACAddress", macAddress);
                append(section, "Name", setName.isEmpty() ? name : setName);
            } else {
                append(section, "Name", id);
            }
            return section.toString();
        }

        private static void append(StringBuilder section, String key, String value) {
            if (!value.isEmpty()) {
                section.append(key).append('=').append(value).append('\n');
            }
        }
    }

    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private Optional<Observed<NetplanConfiguration>> refused = Optional.empty();
    private String renderer = "";

    private NetplanConfiguration() {}

    /**
     * Merges the files. Unknown where netplan may refuse them, and then makes nothing, or where something in them is not
     * known here.
     *
     * @param files those that count, each with another name; they are read in the order of their names
     * @param cloudInit what tells cloud-init of the network, of which it writes a file of netplan; empty where it writes none
     */
    public static Observed<NetplanConfiguration> merge(
            List<ConfigurationFile> files, Optional<CloudInitSettings> cloudInit) {
        Map<String, NetplanDocument> documents = new TreeMap<>(Utf8Order.INSTANCE);
        for (ConfigurationFile file : files) {
            Observed<YamlValue> tree = YamlValue.parse(file.path(), file.text());
            if (tree instanceof Observed.Unknown<YamlValue> unknown) {
                return Observed.unknown(unknown.why(), unknown.origin());
            }
            tree.known().ifPresent(value -> documents.put(name(file), new NetplanDocument(file.path(), value)));
        }
        Observed<NetplanDocument> written =
                cloudInit.map(CloudInitSettings::network).orElseGet(() -> Observed.absent(DIRECTORY));
        if (written instanceof Observed.Unknown<NetplanDocument> unknown) {
            return Observed.unknown(unknown.why(), unknown.origin());
        }
        written.known().ifPresent(document -> documents.put(OF_CLOUD_INIT, document));
        NetplanConfiguration result = new NetplanConfiguration();
        for (NetplanDocument document : documents.values()) {
            result.add(document.path(), document.tree());
            if (result.refused.isPresent()) {
                return result.refused.get();
            }
        }
        return Observed.known(result, DIRECTORY);
    }

    private static String name(ConfigurationFile file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    private void add(String path, YamlValue tree) {
        Optional<YamlValue> network = tree instanceof Mapping top ? top.entry("network") : Optional.empty();
        if (network.isEmpty() || !(network.get() instanceof Mapping sections)) {
            refuse("it has no mapping called network", path, tree.line());
            return;
        }
        sections.entry("renderer").ifPresent(value -> renderer = rendererOf(path, value));
        sections.entries().forEach((type, section) -> {
            if (PHYSICAL.contains(type) || VIRTUAL.contains(type)) {
                if (section instanceof Mapping devices) {
                    devices(path, type, devices);
                } else {
                    refuse(type + " is no mapping", path, section.line());
                }
            } else if (!WITHOUT_DEVICES.contains(type)) {
                refuse("what " + type + " is, is not known", path, section.line());
            }
        });
    }

    private void devices(String path, String type, Mapping devices) {
        String ofType = "";
        for (Map.Entry<String, YamlValue> entry : devices.entries().entrySet()) {
            String id = entry.getKey();
            if (id.equals("renderer")) {
                ofType = rendererOf(path, entry.getValue());
            } else if (id.matches(".*[*?\\[\\]].*") || !(entry.getValue() instanceof Mapping)) {
                refuse(
                        "a device must have a name and a mapping",
                        path,
                        entry.getValue().line());
            } else {
                Definition definition = definitions.get(id);
                if (definition == null) {
                    definition = new Definition(
                            id, type, ofType, new Origin(path, entry.getValue().line()));
                    definitions.put(id, definition);
                }
                if (definition.type.equals(type)) {
                    settings(path, definition, (Mapping) entry.getValue());
                } else {
                    refuse(
                            "a device cannot be of two types",
                            path,
                            entry.getValue().line());
                }
            }
        }
    }

    private void settings(String path, Definition definition, Mapping settings) {
        settings.entry("renderer").ifPresent(value -> definition.renderer = rendererOf(path, value));
        settings.entry("set-name").ifPresent(value -> definition.setName = word(path, value));
        settings.entry("match").ifPresent(value -> {
            definition.matches = true;
            if (value instanceof Mapping match) {
                match.entry("name").ifPresent(name -> definition.name = word(path, name));
                match.entry("macaddress").ifPresent(address -> definition.macAddress = word(path, address));
                match.entry("driver").ifPresent(driver -> definition.drivers = words(path, driver));
            } else {
                refuse("match is no mapping", path, value.line());
            }
        });
        // It stays its name where a later file gives it a match.
        if (definition.isPhysical() && !definition.matches) {
            definition.name = definition.id;
        }
    }

    private String rendererOf(String path, YamlValue value) {
        String named = word(path, value);
        if (!RENDERERS.contains(named)) {
            refuse("there is no such renderer", path, value.line());
        }
        return named;
    }

    private List<String> words(String path, YamlValue value) {
        return value instanceof Sequence sequence
                ? sequence.items().stream().map(item -> word(path, item)).toList()
                : List.of(word(path, value));
    }

    private String word(String path, YamlValue value) {
        if (value instanceof Scalar scalar && !scalar.text().matches(".*\\s.*|")) {
            return scalar.text();
        }
        refuse("a word is expected here", path, value.line());
        return "";
    }

    private void refuse(String why, String path, int line) {
        if (refused.isEmpty()) {
            refused = Optional.of(
                    Observed.unknown("netplan may refuse this configuration: " + why, new Origin(path, line)));
        }
    }

    private boolean isFor(Definition definition, String program) {
        if (FOR_NETWORK_MANAGER.contains(definition.type)) {
            return program.equals(NETWORK_MANAGER);
        }
        String chosen = definition.renderer.isEmpty() ? renderer : definition.renderer;
        return (chosen.isEmpty() ? NETWORKD : chosen).equals(program);
    }

    private List<Definition> definitions(Predicate<Definition> wanted) {
        return definitions.values().stream().filter(wanted).toList();
    }

    /** The files that it makes for systemd-networkd, each with the place of the definition that it is made of. */
    public List<SystemdFile> networks() {
        List<SystemdFile> files = new ArrayList<>();
        for (Definition definition : definitions(definition -> isFor(definition, NETWORKD))) {
            files.add(new SystemdFile(
                    "/run/systemd/network/10-netplan-" + definition.id + ".network",
                    definition.matchSection(),
                    List.of(),
                    Optional.of(definition.origin)));
        }
        return files;
    }

    /**
     * The settings that it makes for NetworkManager: an empty file in the place of the one by which some distributions
     * have NetworkManager leave all wired interfaces alone, and one for definitions that match any device of their type.
     */
    public List<ConfigurationFile> networkManagerFiles() {
        List<ConfigurationFile> files = new ArrayList<>();
        if (renderer.equals(NETWORK_MANAGER)
                || !definitions(definition -> isFor(definition, NETWORK_MANAGER))
                        .isEmpty()) {
            files.add(new ConfigurationFile("/run/NetworkManager/conf.d/10-globally-managed-devices.conf", ""));
        }
        String text = definitions(Definition::matchesAnything).stream()
                .map(definition -> "[device-netplan." + definition.type + "." + definition.id + "]\nmatch-device=type:"
                        + (definition.type.equals("wifis") ? "wifi" : "ethernet") + "\nmanaged="
                        + (isFor(definition, NETWORK_MANAGER) ? "1" : "0") + "\n\n")
                .collect(Collectors.joining());
        if (!text.isEmpty()) {
            files.add(new ConfigurationFile("/run/NetworkManager/conf.d/netplan.conf", text));
        }
        return files;
    }

    /** The first definition for systemd-networkd, for which netplan has it started with the host. */
    public Optional<Origin> startsNetworkd() {
        return networks().stream().findFirst().flatMap(SystemdFile::madeFrom);
    }
}
