package calico.preflight.engine.drl;

import calico.preflight.engine.drl.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Splits a rule file into words. It knows fewer characters than DRL does: what another reader could take for something else
 * (escapes, single quotes, {@code #} comments, control characters, a line that ends in a carriage return only) is refused
 * wherever it stands, in comments and strings too where that matters.
 */
final class Lexer {

    private static final int LONGEST_WORD = 100;
    private static final int LONGEST_STRING = 400;

    /** Longest first. */
    private static final List<String> SYMBOLS =
            List.of("==", "!=", "<=", ">=", "&&", "||", "(", ")", ",", ";", ":", ".", "<", ">", "!", "-");

    /** What a string may hold beside letters, digits and the space: none of it means anything to a reader of strings. */
    private static final String IN_STRINGS = "!%&()*+,-./:;<=>?[]^_{|}~";

    private static final Map<Character, String> WHY_NOT = Map.of(
            '\'', "text stands between double quotes",
            '#', "a comment begins with //; there are no casts",
            '=', "compare with ==; nothing is ever assigned",
            '@', "rules carry no annotations",
            '[', "there is no indexing, and no named consequence",
            '{', "there are no blocks",
            '?', "there is no conditional expression, and no query",
            '+', "there is no arithmetic; compute it where the fact is made",
            '/', "there is no arithmetic and no path; a comment begins with // or /*",
            '*', "there is no arithmetic, and every type is imported by its name");

    private final String text;
    private final Problems problems;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
    }

    /** The words of the text, the last of them {@link Kind#END}. What is no word is reported and left out. */
    static List<Token> tokens(String text, Problems problems) {
        if (!onlyPlainCharacters(text, problems)) {
            return List.of(new Token(Kind.END, "", 1, 1));
        }
        return new Lexer(text, problems).all();
    }

    /** Every character of the file, comments included: what a person cannot see must not be there either. */
    private static boolean onlyPlainCharacters(String text, Problems problems) {
        int line = 1;
        int lineStart = 0;
        boolean plain = true;
        for (int i = 0; i < text.length() && !problems.isFull(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                lineStart = i + 1;
            } else if (!isPlain(text, i)) {
                plain = false;
                problems.at(
                        line,
                        i - lineStart + 1,
                        whatIs(c) + " must not be in a rule file; allowed is plain ASCII"
                                + " without backslash, with line feed (or carriage return and line feed) at the end of lines");
            }
        }
        return plain;
    }

    private static boolean isPlain(String text, int i) {
        char c = text.charAt(i);
        if (c == '\r') {
            return i + 1 < text.length() && text.charAt(i + 1) == '\n';
        }
        return c == '\t' || (c >= ' ' && c < 0x7f && c != '\\');
    }

    private static String whatIs(char c) {
        if (c == '\\') {
            return "a backslash";
        }
        if (c == '\ufeff') {
            return "a byte order mark";
        }
        if (c == '\r') {
            return "a carriage return without line feed";
        }
        return String.format(Locale.ROOT, "the character U+%04X", (int) c);
    }

    private List<Token> all() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                at++;
                line++;
                lineStart = at;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (text.startsWith("//", at)) {
                at = endOfLine();
            } else if (text.startsWith("/*", at)) {
                blockComment();
            } else if (c == '"') {
                string();
            } else if (c == '$') {
                variable();
            } else if (isLetter(c)) {
                add(Kind.WORD, endOfWord(at));
            } else if (isDigit(c)) {
                number();
            } else {
                symbol();
            }
        }
        tokens.add(new Token(Kind.END, "", line, column()));
        return tokens;
    }

    private int column() {
        return at - lineStart + 1;
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void blockComment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            problems.at(line, column(), "this comment has no end; it ends with */");
            end = text.length() - 2;
        }
        int inner = text.indexOf("/*", at + 2);
        if (inner >= 0 && inner < end) {
            problems.at(line, column(), "a comment inside a comment; comments do not nest");
        }
        for (int i = at; i < end + 2; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        at = end + 2;
    }

    private void string() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
            char c = text.charAt(end);
            if (!isLetter(c) && !isDigit(c) && c != ' ' && IN_STRINGS.indexOf(c) < 0) {
                problems.at(
                        line,
                        end - lineStart + 1,
                        "the character " + (c < ' ' ? "tab or return" : c)
                                + " must not be in a text; allowed are letters, digits, the space and " + IN_STRINGS);
            }
            end++;
        }
        if (end >= text.length() || text.charAt(end) != '"') {
            problems.at(line, column(), "this text has no end; it ends with a double quote on the same line");
            at = end;
            return;
        }
        if (end - at > LONGEST_STRING) {
            problems.at(line, column(), "this text is too long; allowed are " + LONGEST_STRING + " characters");
        }
        String content = text.substring(at + 1, end);
        if (content.contains("//") || content.contains("/*") || content.contains("*/")) {
            problems.at(line, column(), "a text must not hold //, /* or */, which begin and end comments");
        }
        add(Kind.STRING, end + 1);
    }

    private void variable() {
        int end = endOfWord(at + 1);
        if (end == at + 1 || text.charAt(at + 1) < 'a' || text.charAt(at + 1) > 'z') {
            problems.at(line, column(), "not the name of a variable; one is written $name");
            at = Math.max(end, at + 1);
            return;
        }
        add(Kind.VARIABLE, end);
    }

    private void number() {
        int end = at;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        boolean fraction = end + 1 < text.length() && text.charAt(end) == '.' && isDigit(text.charAt(end + 1));
        if (fraction || endOfWord(end) > end || (end - at > 1 && text.charAt(at) == '0') || end - at > 9) {
            problems.at(
                    line,
                    column(),
                    "not a number of the rule language; allowed are whole decimal numbers of up to 9 digits without leading"
                            + " zero. A version is a text: \"3.10\"");
            end = endOfWord(fraction ? end + 1 : end);
        }
        add(Kind.INTEGER, end);
    }

    private void symbol() {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                add(Kind.SYMBOL, at + symbol.length());
                return;
            }
        }
        char c = text.charAt(at);
        String why = WHY_NOT.getOrDefault(c, "allowed are " + String.join(" ", SYMBOLS));
        problems.at(line, column(), "\"" + c + "\" is not part of the rule language; " + why);
        at++;
    }

    private void add(Kind kind, int end) {
        Token token = new Token(kind, text.substring(at, end), line, column());
        if (kind != Kind.STRING && end - at > LONGEST_WORD) {
            problems.at(token, "this name is too long; allowed are " + LONGEST_WORD + " characters");
        }
        if (kind != Kind.SYMBOL && touchesTheWordBefore(token)) {
            problems.at(token, token.shown() + " must be apart from the word before it; put a space between them");
        }
        tokens.add(token);
        at = end;
    }

    /** DRL allows a dollar sign within a name: what we read as two words it would read as one. */
    private boolean touchesTheWordBefore(Token token) {
        if (tokens.isEmpty()) {
            return false;
        }
        Token before = tokens.get(tokens.size() - 1);
        return before.kind() != Kind.SYMBOL && token.touches(before);
    }

    private int endOfWord(int from) {
        int end = from;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
