package calico.preflight.facts.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The section {@code [Match]} of a {@code .network} or {@code .link} file (systemd.network(5), systemd.link(5); the code
 * is {@code src/shared/net-condition.c}): a device matches where all settings do. Nothing is asked of the device itself,
 * as Calico makes it later: what it will be like, the kernel decides by its kind.
 */
final class SystemdMatch {

    /** From this version on a section without a valid setting matches nothing; until then it matched every device. */
    private static final int EMPTY_MATCHES_NOTHING = 245;

    /** From this version on {@code Type=} matches devices too for which udev has no DEVTYPE, such as a veth (ether). */
    private static final int TYPE_OF_EVERY_DEVICE = 245;

    /** The version that brought {@code Kind=}; others pass over a setting that they do not know. */
    private static final int KIND = 251;

    /** What stands for an attribute that the device does not have. */
    private static final String NONE = "";

    private static final Set<String> CONDITIONS = Set.of(
            "Host",
            "Virtualization",
            "KernelCommandLine",
            "KernelVersion",
            "Version",
            "Credential",
            "Architecture",
            "Firmware");
    private static final Set<String> ADDRESSES = Set.of("MACAddress", "PermanentMACAddress", "BSSID");
    private static final Set<String> PATTERNS =
            Set.of("Path", "Driver", "Type", "Kind", "WLANInterfaceType", "SSID", "Property");

    /** Calico gives it to the host's ends of its workloads. */
    private static final String WORKLOAD_ADDRESS = "ee:ee:ee:ee:ee:ee";

    /**
     * One word of a list.
     *
     * @param except a device that it matches is not meant
     */
    private record Word(boolean except, String text, NameGlob glob) {}

    private final SoftwareInterface device;
    private final OptionalInt version;
    private final HostConditions host;
    private final String nameKey;

    /** The settings in effect: an empty value takes back what was set before, and of conditions only the last counts. */
    private final Map<String, List<Word>> lists = new LinkedHashMap<>();

    private SystemdMatch(String nameKey, SoftwareInterface device, OptionalInt version, HostConditions host) {
        this.nameKey = nameKey;
        this.device = device;
        this.version = version;
        this.host = host;
    }

    /**
     * @param match the settings, one {@code KEY=VALUE} a line, in the order in which they are read
     * @param nameKey the setting that matches by the name: {@code Name} or {@code OriginalName}
     * @param device what is known of the devices in question
     * @param version the major version of systemd; empty where it is not known
     * @param host what is known of the host
     */
    static SystemdMatch of(
            String match, String nameKey, SoftwareInterface device, OptionalInt version, HostConditions host) {
        SystemdMatch result = new SystemdMatch(nameKey, device, version, host);
        for (Lines.Line line : Lines.of(match)) {
            int equals = line.text().indexOf('=');
            if (equals > 0) {
                result.set(line.text().substring(0, equals), line.text().substring(equals + 1));
            }
        }
        return result;
    }

    private void set(String key, String value) {
        boolean condition = CONDITIONS.contains(key);
        if (!condition && !ADDRESSES.contains(key) && !PATTERNS.contains(key) && !key.equals(nameKey)) {
            return;
        }
        if (value.isEmpty() || condition) {
            lists.remove(key);
        }
        if (value.isEmpty()) {
            return;
        }
        List<Word> words = lists.computeIfAbsent(key, unset -> new ArrayList<>());
        if (condition) {
            words.add(new Word(false, value, NameGlob.literal("")));
            return;
        }
        boolean except = value.startsWith("!");
        for (String text : Lines.words(except ? value.substring(1) : value)) {
            String bare = unquoted(text);
            words.add(new Word(except, bare, NameGlob.shell(bare)));
        }
    }

    private static String unquoted(String text) {
        int begin = !text.isEmpty() && isQuote(text.charAt(0)) ? 1 : 0;
        int end = text.length() > begin && isQuote(text.charAt(text.length() - 1)) ? text.length() - 1 : text.length();
        return text.substring(begin, end);
    }

    private static boolean isQuote(char letter) {
        return letter == '"' || letter == '\'';
    }

    /** The patterns over names. */
    List<NameGlob> globs() {
        return lists.getOrDefault(nameKey, List.of()).stream().map(Word::glob).toList();
    }

    /** Does a device match whose name these globs accept? */
    Ternary matches(Predicate<NameGlob> accepting) {
        if (version.isPresent()) {
            return matches(accepting, version.getAsInt());
        }
        Set<Ternary> possible = Stream.of(1, EMPTY_MATCHES_NOTHING, KIND)
                .map(since -> matches(accepting, since))
                .collect(Collectors.toSet());
        return possible.size() == 1 ? possible.iterator().next() : Ternary.OPEN;
    }

    private Ternary matches(Predicate<NameGlob> accepting, int major) {
        boolean kind = major >= KIND;
        boolean any = false;
        Ternary result = Ternary.YES;
        for (Map.Entry<String, List<Word>> list : lists.entrySet()) {
            if (!list.getKey().equals("Kind") || kind) {
                any = true;
                result = result.and(matches(list.getKey(), list.getValue(), accepting, major));
            }
        }
        return any || major < EMPTY_MATCHES_NOTHING ? result : Ternary.NO;
    }

    private Ternary matches(String key, List<Word> words, Predicate<NameGlob> accepting, int major) {
        if (key.equals(nameKey)) {
            return Ternary.of(isMeant(words, word -> accepting.test(word.glob())));
        }
        if (CONDITIONS.contains(key)) {
            return host.hold(key, words.get(0).text());
        }
        if (ADDRESSES.contains(key)) {
            return address(key, words);
        }
        Set<String> possible = attribute(key, major);
        if (possible.isEmpty()) {
            return Ternary.OPEN;
        }
        Set<Boolean> answers = possible.stream()
                .map(value -> isMeant(
                        words, word -> !value.equals(NONE) && word.glob().matches(value)))
                .collect(Collectors.toSet());
        return answers.size() == 1 ? Ternary.of(answers.contains(true)) : Ternary.OPEN;
    }

    /** Exceptions take away; where there are only exceptions, everything else is meant. */
    private static boolean isMeant(List<Word> words, Predicate<Word> matching) {
        if (words.stream().anyMatch(word -> word.except() && matching.test(word))) {
            return false;
        }
        return words.stream().allMatch(Word::except)
                || words.stream().anyMatch(word -> !word.except() && matching.test(word));
    }

    /** Addresses are those of a card; what Calico makes has a random one, but for the host's ends of workloads. */
    private Ternary address(String key, List<Word> words) {
        boolean known = device != SoftwareInterface.UNKNOWN && device != SoftwareInterface.TAP;
        if (!key.equals("MACAddress")) {
            return known || key.equals("BSSID") ? Ternary.NO : Ternary.OPEN;
        }
        boolean workloads =
                words.stream().anyMatch(word -> word.text().replace('-', ':').equalsIgnoreCase(WORKLOAD_ADDRESS));
        return known && !(workloads && device == SoftwareInterface.VETH) ? Ternary.NO : Ternary.OPEN;
    }

    /** The values that the attribute can have, {@link #NONE} for none; no values at all where any is possible. */
    private Set<String> attribute(String key, int major) {
        String type = major >= TYPE_OF_EVERY_DEVICE ? "ether" : NONE;
        return switch (key) {
            case "Driver" ->
                switch (device) {
                    case VETH -> Set.of("veth");
                    case VXLAN, FLANNEL -> Set.of("vxlan");
                    case IPIP -> Set.of("ipip", NONE);
                    case WIREGUARD, WIREGUARD_V6 -> Set.of("wireguard", NONE);
                    case TAP -> Set.of("tun", "veth");
                    case UNKNOWN -> Set.of();
                };
            case "Kind" ->
                switch (device) {
                    case VETH -> Set.of("veth");
                    case VXLAN, FLANNEL -> Set.of("vxlan");
                    case IPIP -> Set.of("ipip");
                    case WIREGUARD, WIREGUARD_V6 -> Set.of("wireguard");
                    case TAP -> Set.of("tun", "veth");
                    case UNKNOWN -> Set.of();
                };
            case "Type" ->
                switch (device) {
                    case VETH -> Set.of(type);
                    case TAP -> Set.of(type, "tun");
                    case VXLAN, FLANNEL -> Set.of("vxlan");
                    case IPIP -> Set.of(major >= TYPE_OF_EVERY_DEVICE ? "tunnel" : NONE);
                    case WIREGUARD, WIREGUARD_V6 -> Set.of("wireguard");
                    case UNKNOWN -> Set.of();
                };
            // A bus, a radio network: no device that is made by software has them.
            case "Path", "SSID", "WLANInterfaceType" -> device == SoftwareInterface.UNKNOWN ? Set.of() : Set.of(NONE);
            default -> Set.of();
        };
    }

    /** The settings that cannot be told to match or not, as they are written. */
    String openSettings(Predicate<NameGlob> accepting) {
        int major = version.orElse(KIND);
        String open = lists.entrySet().stream()
                .filter(list -> matches(list.getKey(), list.getValue(), accepting, major) == Ternary.OPEN)
                .map(list -> list.getKey() + "="
                        + list.getValue().stream()
                                .map(word -> (word.except() ? "!" : "") + word.text())
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
        return open.isEmpty() ? "the version of systemd" : open;
    }
}
