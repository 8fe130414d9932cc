package calico.preflight.engine.inference;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Names of interfaces and files, or patterns of them, in which {@code *} stands for any characters, and {@code [opsx]} for one
 * of these.
 */
final class Glob {

    private static final Pattern PART = Pattern.compile("\\*|\\[[A-Za-z0-9]+\\]|[^*\\[]+|\\[");

    private Glob() {}

    static boolean anyMatches(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        return Pattern.matches(PART.matcher(pattern).replaceAll(Glob::expression), name);
    }

    private static String expression(MatchResult part) {
        String text = part.group();
        if (text.equals("*")) {
            return ".*";
        }
        boolean oneOf = text.startsWith("[") && text.length() > 1;
        return java.util.regex.Matcher.quoteReplacement(oneOf ? text : Pattern.quote(text));
    }
}
