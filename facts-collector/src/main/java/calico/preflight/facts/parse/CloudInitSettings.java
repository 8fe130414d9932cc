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
import java.util.function.Predicate;

/**
 * What the system tells cloud-init of the network, in {@code /etc/cloud} (its documentation: "Network configuration",
 * "Events and updates"). What a cloud tells it at the first start is in no file of an image.
 */
public final class CloudInitSettings {

    private static final Origin DIRECTORY = Origin.of("/etc/cloud/cloud.cfg.d");
    private static final Set<String> WITHOUT_DEVICES = Set.of("loopback", "nameserver", "route");

    /** One file that has a say. */
    private record Part(String path, Mapping tree) {}

    private final List<Part> parts;

    private CloudInitSettings(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads the files. Unknown where one of them is not understood.
     *
     * @param files the one that counts most first
     */
    public static Observed<CloudInitSettings> of(List<ConfigurationFile> files) {
        List<Part> parts = new ArrayList<>();
        for (ConfigurationFile file : files) {
            if (!file.text().contains("network")) {
                continue;
            }
            Observed<YamlValue> tree = YamlValue.parse(file.path(), file.text());
            if (tree instanceof Observed.Unknown<YamlValue> unknown) {
                return Observed.unknown(unknown.why(), unknown.origin());
            }
            tree.known()
                    .filter(Mapping.class::isInstance)
                    .map(Mapping.class::cast)
                    .ifPresent(mapping -> parts.add(new Part(file.path(), mapping)));
        }
        return Observed.known(new CloudInitSettings(parts), DIRECTORY);
    }

    /**
     * The network that it writes for netplan at the first start. Absent where no file describes one, or where it is told to
     * leave the network alone; unknown where several files add up.
     */
    Observed<NetplanDocument> network() {
        List<Part> described = parts.stream()
                .filter(part -> part.tree().entry("network").isPresent())
                .toList();
        if (described.isEmpty() || isDisabled(described.get(0))) {
            return Observed.absent(DIRECTORY);
        }
        Part first = described.get(0);
        YamlValue network = first.tree().entry("network").orElseThrow();
        if (described.size() > 1) {
            return Observed.unknown(
                    "more than one file describes the network to cloud-init", new Origin(first.path(), network.line()));
        }
        boolean old = network instanceof Mapping mapping && isWord(mapping.entry("version"), "1"::equals);
        return Observed.known(
                new NetplanDocument(first.path(), old ? fromVersion1((Mapping) network) : first.tree()),
                new Origin(first.path(), network.line()));
    }

    private static boolean isDisabled(Part part) {
        return part.tree().entry("network").orElseThrow() instanceof Mapping network
                && isWord(network.entry("config"), "disabled"::equals);
    }

    private static boolean isWord(Optional<YamlValue> value, Predicate<String> wanted) {
        return value.filter(word -> word instanceof Scalar scalar && wanted.test(scalar.text()))
                .isPresent();
    }

    /** Version 1 lists devices by their names; one with an address is found by it, and given the name. */
    private static Mapping fromVersion1(Mapping network) {
        Map<String, YamlValue> devices = new LinkedHashMap<>();
        List<YamlValue> items =
                network.entry("config").orElse(network) instanceof Sequence sequence ? sequence.items() : List.of();
        for (YamlValue item : items) {
            if (item instanceof Mapping device
                    && !isWord(device.entry("type"), WITHOUT_DEVICES::contains)
                    && device.entry("name").orElse(device) instanceof Scalar name) {
                devices.put(name.text(), fromVersion1(device, name));
            }
        }
        int line = network.line();
        return new Mapping(Map.of("network", new Mapping(Map.of("ethernets", new Mapping(devices, line)), line)), line);
    }

    private static Mapping fromVersion1(Mapping device, Scalar name) {
        Optional<YamlValue> address = device.entry("mac_address").filter(Scalar.class::isInstance);
        Map<String, YamlValue> settings = address.isEmpty()
                ? Map.of()
                : Map.of("match", new Mapping(Map.of("macaddress", address.get()), name.line()), "set-name", name);
        return new Mapping(settings, name.line());
    }

    /** Where it is told to react to network interfaces that come or go; empty where it is not, or by a file that counts less. */
    public Optional<Origin> hotplug() {
        for (Part part : parts) {
            Optional<YamlValue> when = within(within(part.tree().entry("updates"), "network"), "when");
            if (when.isPresent()) {
                boolean told = when.get() instanceof Sequence sequence
                        && sequence.items().stream().anyMatch(item -> isWord(Optional.of(item), "hotplug"::equals));
                return told ? Optional.of(new Origin(part.path(), when.get().line())) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<YamlValue> within(Optional<YamlValue> value, String key) {
        return value.flatMap(found -> found instanceof Mapping mapping ? mapping.entry(key) : Optional.empty());
    }
}
