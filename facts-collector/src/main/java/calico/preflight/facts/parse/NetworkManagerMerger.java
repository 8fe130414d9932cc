package calico.preflight.facts.parse;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.KeyFile.Value;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import calico.preflight.facts.parse.NetworkManagerConfiguration.Files;
import calico.preflight.facts.parse.NetworkManagerConfiguration.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads configuration files one after the other over what was read before. One merger is for one configuration. */
final class NetworkManagerMerger {
    static final String DEVICE = "device";
    static final String CONNECTION = "connection";
    static final String INTERN = ".intern.";

    private static final String CONDITION_SECTION = ".config";
    private static final String WAS = ".was";
    private static final String WAS_PREFIX = ".was.";
    private static final String SET_PREFIX = ".set.";
    private static final Set<String> STRING_LISTS = Set.of("main.plugins", "main.debug", "logging.domains");
    private static final Set<String> DEVICE_LISTS = Set.of(
            "main.no-auto-default", "main.ignore-carrier", "main.assume-ipv6ll-only", "keyfile.unmanaged-devices");

    private final NetworkManagerBuild build;
    private final Map<String, Map<String, Setting>> user = new LinkedHashMap<>();
    private Optional<Observed<Map<String, Map<String, Setting>>>> refusal = Optional.empty();

    NetworkManagerMerger(NetworkManagerBuild build) {
        this.build = build;
    }

    /** Sections in the order of the program's own list: device and connection sections with the lowest priority first. */
    Observed<Map<String, Map<String, Setting>>> merge(Files files) {
        Set<String> etc = names(files.etc());
        Set<String> etcAndRun =
                Stream.concat(etc.stream(), names(files.run()).stream()).collect(Collectors.toSet());
        readAll(files.system(), etcAndRun);
        readAll(files.run(), etc);
        files.main().ifPresent(file -> read(file, true));
        readAll(files.etc(), Set.of());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        // The command line sets it over the files; a daemon is never started with anything else.
        set(user, "main", "configure-and-quit", NetworkManagerConfiguration.builtIn("no"));
        Map<String, Map<String, Setting>> merged = new LinkedHashMap<>();
        user.forEach((section, keys) -> {
            if (!keys.isEmpty()) {
                merged.put(section, new LinkedHashMap<>(keys));
            }
        });
        files.intern().ifPresent(file -> overlay(merged, readIntern(file)));
        return Observed.known(
                merged, Origin.of(files.main().map(ConfigurationFile::path).orElse("/etc/NetworkManager")));
    }

    private static Set<String> names(List<ConfigurationFile> files) {
        return files.stream().map(NetworkManagerMerger::name).collect(Collectors.toSet());
    }

    private static String name(ConfigurationFile file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    private void readAll(List<ConfigurationFile> files, Set<String> shadowed) {
        files.stream()
                .filter(file -> !shadowed.contains(name(file)))
                .sorted(Comparator.comparing(NetworkManagerMerger::name, Utf8Order.INSTANCE))
                .forEach(file -> read(file, false));
    }

    private void read(ConfigurationFile file, boolean main) {
        if (refusal.isPresent()) {
            return;
        }
        KeyFile keyFile = KeyFile.parse(file.text());
        if (keyFile.mistake().isPresent()) {
            KeyFile.Mistake mistake = keyFile.mistake().get();
            refusal = Optional.of(Observed.unknown(
                    "NetworkManager refuses to start with this file: " + mistake.what(),
                    new Origin(file.path(), mistake.line())));
            return;
        }
        if (!main && !isEnabled(keyFile, file)) {
            return;
        }
        for (String section : inMergingOrder(keyFile.groups().keySet())) {
            if (!section.equals(CONDITION_SECTION) && !section.startsWith(INTERN)) {
                keys(keyFile, section).forEach((key, value) -> apply(section, key, value, file));
            }
        }
    }

    private static Map<String, Value> keys(KeyFile file, String section) {
        return file.groups().getOrDefault(section, Map.of());
    }

    /**
     * Device and connection sections of one file are added from the last to the first, so that in the end, when all are
     * reversed, a later file comes before an earlier one and within a file the first section comes first.
     */
    private static List<String> inMergingOrder(Set<String> sections) {
        List<String> connections = withPrefix(sections, CONNECTION);
        List<String> devices = withPrefix(sections, DEVICE);
        List<String> ordered = new ArrayList<>(sections);
        ordered.removeAll(connections);
        ordered.removeAll(devices);
        Collections.reverse(devices);
        Collections.reverse(connections);
        ordered.addAll(devices);
        ordered.addAll(connections);
        return ordered;
    }

    private static List<String> withPrefix(Set<String> sections, String prefix) {
        return sections.stream()
                .filter(section -> section.startsWith(prefix))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void apply(String section, String key, Value value, ConfigurationFile file) {
        if (isProtected(key)) {
            return;
        }
        Origin origin = new Origin(file.path(), value.line());
        char sign = key.charAt(key.length() - 1);
        if (key.length() == 1 || (sign != '+' && sign != '-')) {
            set(user, section, key, new Setting(value.text(), origin));
            return;
        }
        String base = key.substring(0, key.length() - 1);
        if (STRING_LISTS.contains(section + "." + base) || section.startsWith(".test-append-stringlist")) {
            changeStrings(section, base, sign, value, origin);
        } else if (isSpecList(section, base)) {
            List<String> old = get(user, section, base)
                    .map(setting -> KeyFileValues.specs(setting.value()))
                    .orElse(List.of());
            List<String> changed = changed(old, sign, KeyFileValues.specs(value.text()));
            set(user, section, base, new Setting(KeyFileValues.joinSpecs(changed), origin));
        }
        // Any other key cannot be added to; the line counts for nothing.
    }

    private void changeStrings(String section, String base, char sign, Value value, Origin origin) {
        boolean plugins = section.equals("main") && base.equals("plugins");
        if (plugins && get(user, section, base).isEmpty()) {
            set(user, section, base, NetworkManagerConfiguration.builtIn(build.defaultPlugins()));
        }
        List<String> old = get(user, section, base)
                .flatMap(setting -> KeyFileValues.strings(setting.value()))
                .orElse(List.of());
        List<String> by = KeyFileValues.strings(value.text()).orElse(List.of());
        List<String> changed = changed(old, sign, by);
        if (changed.isEmpty() && !plugins) {
            Map<String, Setting> keys = user.get(section);
            if (keys != null) {
                keys.remove(base);
            }
        } else {
            set(user, section, base, new Setting(KeyFileValues.joinStrings(changed), origin));
        }
    }

    private static List<String> changed(List<String> old, char sign, List<String> by) {
        List<String> changed = new ArrayList<>(old);
        if (sign == '-') {
            changed.removeAll(by);
        } else {
            by.stream().filter(item -> !old.contains(item)).forEach(changed::add);
        }
        return changed;
    }

    private static boolean isSpecList(String section, String key) {
        return DEVICE_LISTS.contains(section + "." + key)
                || (key.equals("match-device") && (section.startsWith(DEVICE) || section.startsWith(CONNECTION)))
                || (key.equals("allowed-connections") && section.startsWith(DEVICE));
    }

    private static boolean isProtected(String key) {
        return key.equals(WAS) || isMore(key, WAS_PREFIX) || isMore(key, SET_PREFIX);
    }

    private static boolean isMore(String key, String prefix) {
        return key.startsWith(prefix) && key.length() > prefix.length();
    }

    /** {@code enable} in {@code [.config]}: a yes or no, or a match list over the program's version and environment. */
    private boolean isEnabled(KeyFile keyFile, ConfigurationFile file) {
        Value enable = keys(keyFile, CONDITION_SECTION).get("enable");
        if (enable == null) {
            return true;
        }
        Optional<Boolean> flag = KeyFileValues.bool(enable.text());
        if (flag.isPresent()) {
            return flag.get();
        }
        boolean anyExcept = false;
        boolean anyPositive = false;
        boolean matches = false;
        for (String spec : KeyFileValues.specs(enable.text())) {
            boolean except = hasTag(spec, "except:");
            String condition = except ? spec.substring("except:".length()) : spec;
            anyExcept |= except;
            anyPositive |= !except;
            if (isVersionCondition(condition) && build.component(2).isEmpty()) {
                refusal = Optional.of(Observed.unknown(
                        "this file holds for some versions of NetworkManager, and which one this is cannot be seen",
                        new Origin(file.path(), enable.line())));
                return false;
            }
            if (holds(condition)) {
                if (except) {
                    return false;
                }
                matches = true;
            }
        }
        return matches || (anyExcept && !anyPositive);
    }

    private static boolean hasTag(String spec, String tag) {
        return spec.regionMatches(true, 0, tag, 0, tag.length());
    }

    private static boolean isVersionCondition(String condition) {
        return hasTag(condition, "nm-version:")
                || hasTag(condition, "nm-version-min:")
                || hasTag(condition, "nm-version-max:");
    }

    /** {@code env:} matches a variable that units do not set; it is taken as not set. */
    private boolean holds(String condition) {
        if (!isVersionCondition(condition)) {
            return false;
        }
        int colon = condition.indexOf(':');
        String tag = condition.substring(0, colon).toLowerCase(Locale.ROOT);
        String text = KeyFile.stripTrailing(KeyFile.stripLeading(condition.substring(colon + 1)));
        if (text.isEmpty() || !text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
            return false;
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length > 3) {
            return false;
        }
        // From the last component that the condition names to the first: only the last may differ, so
        // nm-version-min:1.40.2 speaks of 1.40.x alone.
        for (int i = parts.length - 1; i >= 0; i--) {
            OptionalInt wanted = versionComponent(parts[i], i == 0 ? 0xFFFF : 0xFF);
            OptionalInt is = build.component(i);
            if (wanted.isEmpty() || is.isEmpty()) {
                return false;
            }
            int difference = Integer.compare(is.getAsInt(), wanted.getAsInt());
            boolean last = i == parts.length - 1;
            boolean fits = difference == 0
                    || (last && difference > 0 && tag.equals("nm-version-min"))
                    || (last && difference < 0 && tag.equals("nm-version-max"));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static OptionalInt versionComponent(String digits, int max) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        if (significant.isEmpty() || significant.length() > 5) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(significant);
        return number <= max ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /**
     * What the program wrote itself over the files: {@code .set.KEY} holds while the files still say what
     * {@code .was.KEY} remembers; {@code .was.KEY} alone takes a key away. A file that is broken counts for nothing.
     */
    private Map<String, Map<String, Setting>> readIntern(ConfigurationFile file) {
        Map<String, Map<String, Setting>> intern = new LinkedHashMap<>();
        KeyFile keyFile = KeyFile.parse(file.text());
        if (keyFile.mistake().isPresent()) {
            return intern;
        }
        keyFile.groups().forEach((section, keys) -> {
            if (section.equals(CONDITION_SECTION)) {
                return;
            }
            keys.forEach((key, value) -> {
                Setting setting = new Setting(value.text(), new Origin(file.path(), value.line()));
                if (section.startsWith(INTERN)) {
                    set(intern, section, key, setting);
                } else if (isMore(key, SET_PREFIX)) {
                    String base = key.substring(SET_PREFIX.length());
                    if (isStill(section, base, Optional.ofNullable(keys.get(WAS_PREFIX + base)))) {
                        set(intern, section, base, setting);
                    }
                } else if (isMore(key, WAS_PREFIX)) {
                    String base = key.substring(WAS_PREFIX.length());
                    if (!keys.containsKey(SET_PREFIX + base) && isStill(section, base, Optional.of(value))) {
                        set(intern, section, key, setting);
                    }
                }
            });
        });
        boolean userDns = user.entrySet().stream()
                .anyMatch(section -> section.getKey().equals("global-dns")
                        || section.getKey().startsWith("global-dns-domain-"));
        if (userDns) {
            intern.keySet()
                    .removeIf(section ->
                            section.equals(".intern.global-dns") || isMore(section, ".intern.global-dns-domain-"));
        }
        return intern;
    }

    private boolean isStill(String section, String key, Optional<Value> was) {
        return get(user, section, key).map(Setting::value).equals(was.map(Value::text));
    }

    private static void overlay(Map<String, Map<String, Setting>> merged, Map<String, Map<String, Setting>> intern) {
        for (String section : inMergingOrder(intern.keySet())) {
            Map<String, Setting> keys = intern.getOrDefault(section, Map.of());
            boolean own = section.startsWith(INTERN);
            // The mark of a section that is replaced as a whole. The program writes none, but heeds it.
            boolean whole = !own && keys.containsKey(WAS);
            if (whole) {
                merged.remove(section);
            }
            keys.forEach((key, setting) -> {
                if (own || (whole && !key.equals(WAS))) {
                    set(merged, section, key, setting);
                } else if (!whole && isMore(key, WAS_PREFIX)) {
                    String base = key.substring(WAS_PREFIX.length());
                    Map<String, Setting> there = merged.get(section);
                    if (there != null && !keys.containsKey(base)) {
                        there.remove(base);
                    }
                } else if (!whole && !isMore(key, SET_PREFIX)) {
                    set(merged, section, key, setting);
                }
            });
        }
    }

    private static Optional<Setting> get(Map<String, Map<String, Setting>> sections, String section, String key) {
        return Optional.ofNullable(sections.getOrDefault(section, Map.of()).get(key));
    }

    private static void set(Map<String, Map<String, Setting>> sections, String section, String key, Setting setting) {
        sections.computeIfAbsent(section, name -> new LinkedHashMap<>()).put(key, setting);
    }
}
