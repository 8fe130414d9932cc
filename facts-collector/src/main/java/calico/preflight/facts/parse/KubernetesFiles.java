package calico.preflight.facts.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kubelet and the container network interface (CNI) leave on a host. */
public final class KubernetesFiles {

    private static final Pattern VERSION =
            Pattern.compile("Kubernetes v?([0-9]+\\.[0-9]+[0-9A-Za-z.+-]*)", Pattern.CASE_INSENSITIVE);

    private static final Pattern MANIFEST_FLAG = Pattern.compile("\\s*-\\s+([\"']?)(--[a-z][^\"']*)\\1\\s*");
    private static final Pattern FLAG_LINE = Pattern.compile("\\s*([\"']?)(--[a-z][^\"']*)\\1\\s*");
    private static final Pattern QUOTED_WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    private KubernetesFiles() {}

    /** The version in what {@code kubelet --version} prints: {@code Kubernetes v1.16.3}. */
    public static Optional<String> version(String output) {
        Matcher matcher = VERSION.matcher(output.strip());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * A flag.
     *
     * @param name without dashes
     * @param value {@code true} where it has none
     */
    public record Flag(String name, String value) {}

    /** Flags by name; of one that is repeated the last. What is no flag is left out. */
    public static Map<String, String> flags(List<String> arguments) {
        Map<String, String> flags = new LinkedHashMap<>();
        allFlags(arguments).forEach(flag -> flags.put(flag.name(), flag.value()));
        return flags;
    }

    /** All flags in their order. What is no flag is left out. */
    public static List<Flag> allFlags(List<String> arguments) {
        List<Flag> flags = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i).replaceFirst("^--?", "");
            int equals = name.indexOf('=');
            if (!arguments.get(i).startsWith("-") || name.isEmpty() || equals == 0) {
                continue;
            }
            if (equals > 0) {
                flags.add(new Flag(name.substring(0, equals), name.substring(equals + 1)));
            } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("-")) {
                flags.add(new Flag(name, arguments.get(++i)));
            } else {
                flags.add(new Flag(name, "true"));
            }
        }
        return flags;
    }

    /** The arguments of {@code /proc/PID/cmdline}, which end with a zero byte each, without the program. */
    public static List<String> arguments(String cmdline) {
        List<String> words = new ArrayList<>(List.of(cmdline.split("\0", -1)));
        if (!words.isEmpty() && words.get(words.size() - 1).isEmpty()) {
            words.remove(words.size() - 1);
        }
        return words.isEmpty() ? List.of() : List.copyOf(words.subList(1, words.size()));
    }

    /**
     * The flags in a manifest of a static pod, each an item of a list of its own, as kubeadm and RKE2 write them:
     * {@code - --service-cluster-ip-range=10.96.0.0/12}.
     */
    public static List<Setting> manifestFlags(String manifest) {
        return flagLines(manifest, MANIFEST_FLAG);
    }

    /** The flags in a file with one in each line, as MicroK8s keeps them. */
    public static List<Setting> flagLines(String file) {
        return flagLines(file, FLAG_LINE);
    }

    private static List<Setting> flagLines(String text, Pattern pattern) {
        List<Setting> flags = new ArrayList<>();
        for (Lines.Line line : Lines.of(text)) {
            Matcher matcher = pattern.matcher(line.text());
            if (matcher.matches()) {
                flags.add(new Setting(matcher.group(2), line.number()));
            }
        }
        return flags;
    }

    /** The command that a service of systemd starts (systemd.service(5)): its words, and where it stands. */
    public static Optional<UnitCommand> execStart(String unit) {
        Optional<UnitCommand> command = Optional.empty();
        List<Lines.Line> lines = Lines.of(unit);
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).text().strip();
            if (text.startsWith("ExecStart=")) {
                int first = lines.get(i).number();
                StringBuilder whole = new StringBuilder(text.substring("ExecStart=".length()));
                while (whole.toString().endsWith("\\") && i + 1 < lines.size()) {
                    whole.setLength(whole.length() - 1);
                    whole.append(' ').append(lines.get(++i).text().strip());
                }
                command = Optional.of(new UnitCommand(quotedWords(whole.toString()), first));
            }
        }
        return command;
    }

    /** A command line of a unit. */
    public record UnitCommand(List<String> words, int line) {}

    private static List<String> quotedWords(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = QUOTED_WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group().replaceAll("[\"']", ""));
        }
        return words;
    }

    /** The MTU that the plugin calico of a CNI configuration is told to use, in bytes; 0 where Calico may choose. */
    public static OptionalInt calicoMtu(String text) {
        Optional<JsonNode> root = cni(text);
        if (root.isEmpty()) {
            return OptionalInt.empty();
        }
        List<JsonNode> plugins = new ArrayList<>(List.of(root.get()));
        root.get().path("plugins").forEach(plugins::add);
        return plugins.stream()
                .filter(plugin -> plugin.path("type").asText().equals("calico"))
                .mapToInt(plugin -> Math.max(0, plugin.path("mtu").asInt(0)))
                .findFirst();
    }

    /** The types of the plugins of a CNI configuration or list of them; nothing if the text is no such JSON. */
    public static Optional<List<String>> cniTypes(String text) {
        List<String> types = new ArrayList<>();
        cni(text).ifPresent(root -> {
            addType(types, root);
            root.path("plugins").forEach(plugin -> addType(types, plugin));
        });
        return types.isEmpty() ? Optional.empty() : Optional.of(types);
    }

    private static Optional<JsonNode> cni(String text) {
        try {
            return Optional.of(JsonTree.of(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static void addType(List<String> types, JsonNode plugin) {
        if (plugin.path("type").isTextual()) {
            types.add(plugin.path("type").textValue());
        }
    }
}
