package calico.preflight.facts.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The top level of a YAML mapping: the keys whose value is a word, or a list of words. That is all that is asked of the
 * configurations of kube-proxy, the kubelet, k3s and RKE2; what is deeper, and every form that they are not written in
 * (anchors, text over several lines), is passed over.
 */
public final class TopLevelYaml {

    private static final Pattern KEY = Pattern.compile("([A-Za-z][A-Za-z0-9_.-]{0,100})\\+?:(?:[ \\t]+(.*))?");
    private static final Pattern ITEM = Pattern.compile("[ \\t]*-[ \\t]+(.*)");

    private TopLevelYaml() {}

    /** The values of each key, in the order of the file; a key without any has an empty list. */
    public static Map<String, List<Setting>> parse(String text) {
        Map<String, List<Setting>> keys = new LinkedHashMap<>();
        List<Setting> open = new ArrayList<>();
        for (Lines.Line line : Lines.of(text)) {
            Matcher key = KEY.matcher(line.text());
            Matcher item = ITEM.matcher(line.text());
            if (key.matches()) {
                open = keys.computeIfAbsent(key.group(1), name -> new ArrayList<>());
                String rest = Optional.ofNullable(key.group(2)).orElse("").strip();
                for (String word : rest.startsWith("[") ? inBrackets(rest) : List.of(rest)) {
                    add(open, word, line.number());
                }
            } else if (item.matches()) {
                add(open, item.group(1), line.number());
            } else if (!line.text().isBlank() && !line.text().stripLeading().startsWith("#")) {
                // something deeper, or not of this form: what follows in it is of no key here
                open = new ArrayList<>();
            }
        }
        return keys;
    }

    private static void add(List<Setting> values, String text, int line) {
        word(text).ifPresent(value -> values.add(new Setting(value, line)));
    }

    private static List<String> inBrackets(String list) {
        int end = list.indexOf(']');
        return end < 0 ? List.of() : List.of(list.substring(1, end).split(",", -1));
    }

    /** A plain or quoted word without a comment; nothing where there is none, or where it is something else. */
    private static Optional<String> word(String text) {
        String word = text.strip();
        if (word.isEmpty() || word.startsWith("#")) {
            return Optional.empty();
        }
        char first = word.charAt(0);
        if (first == '"' || first == '\'') {
            int end = word.indexOf(first, 1);
            return end < 0 ? Optional.empty() : Optional.of(word.substring(1, end));
        }
        if ("{[&*!|>%@`".indexOf(first) >= 0) {
            return Optional.empty();
        }
        int comment = word.indexOf(" #");
        return Optional.of((comment < 0 ? word : word.substring(0, comment)).strip());
    }
}
