package calico.preflight.facts.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a TOML file that are a text or a list of texts, by SECTION.KEY, as containerd and CRI-O write them;
 * everything else is passed over. Quotes in the names of sections are left out:
 * {@code [plugins."io.containerd.grpc.v1.cri".cni]} is {@code plugins.io.containerd.grpc.v1.cri.cni}.
 */
public final class TomlSettings {

    private static final Pattern SECTION = Pattern.compile("\\[([^\\[\\]]{1,300})]");
    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9_-]{1,100})[ \\t]*=[ \\t]*(.*)");
    private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\]*)\"|'([^']*)'");

    private TomlSettings() {}

    /** The values of each setting; one that is given again replaces the former. */
    public static Map<String, List<Setting>> parse(String text) {
        Map<String, List<Setting>> settings = new LinkedHashMap<>();
        String section = "";
        Optional<List<Setting>> open = Optional.empty();
        for (Lines.Line line : Lines.of(text)) {
            String content = withoutComment(line.text()).strip();
            Matcher header = SECTION.matcher(content);
            Matcher key = KEY.matcher(content);
            if (open.isPresent()) {
                open.get().addAll(texts(content, line.number()));
                open = content.contains("]") ? Optional.empty() : open;
            } else if (header.matches()) {
                section = header.group(1).replaceAll("[\"'\\s]", "");
            } else if (key.matches()) {
                List<Setting> values = new ArrayList<>(texts(key.group(2), line.number()));
                settings.put(section.isEmpty() ? key.group(1) : section + "." + key.group(1), values);
                boolean more = key.group(2).startsWith("[") && !key.group(2).contains("]");
                open = more ? Optional.of(values) : Optional.empty();
            }
        }
        return settings;
    }

    private static List<Setting> texts(String value, int line) {
        List<Setting> texts = new ArrayList<>();
        Matcher matcher = TEXT.matcher(value);
        while (matcher.find()) {
            texts.add(new Setting(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), line));
        }
        return texts;
    }

    private static String withoutComment(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#') {
                return line.substring(0, i);
            }
        }
        return line;
    }
}
