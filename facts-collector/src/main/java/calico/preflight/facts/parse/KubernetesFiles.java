package calico.preflight.facts.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kubelet and the container network interface (CNI) leave on a host. */
public final class KubernetesFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION =
            Pattern.compile("Kubernetes v?([0-9]+\\.[0-9]+[0-9A-Za-z.+-]*)", Pattern.CASE_INSENSITIVE);

    private KubernetesFiles() {}

    /** The version in what {@code kubelet --version} prints: {@code Kubernetes v1.16.3}. */
    public static Optional<String> version(String output) {
        Matcher matcher = VERSION.matcher(output.strip());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Flags by name without dashes; a flag that has no value is {@code true}. What is no flag is left out. */
    public static Map<String, String> flags(List<String> arguments) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i).replaceFirst("^--?", "");
            int equals = name.indexOf('=');
            if (!arguments.get(i).startsWith("-") || name.isEmpty() || equals == 0) {
                continue;
            }
            if (equals > 0) {
                flags.put(name.substring(0, equals), name.substring(equals + 1));
            } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("-")) {
                flags.put(name, arguments.get(++i));
            } else {
                flags.put(name, "true");
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

    /** The types of the plugins of a CNI configuration or list of them; nothing if the text is no such JSON. */
    public static Optional<List<String>> cniTypes(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!root.isObject()) {
            return Optional.empty();
        }
        List<String> types = new ArrayList<>();
        addType(types, root);
        root.path("plugins").forEach(plugin -> addType(types, plugin));
        return types.isEmpty() ? Optional.empty() : Optional.of(types);
    }

    private static void addType(List<String> types, JsonNode plugin) {
        if (plugin.path("type").isTextual()) {
            types.add(plugin.path("type").textValue());
        }
    }
}
