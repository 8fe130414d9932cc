package calico.preflight.engine.drl;

import calico.preflight.catalog.Problem;
import java.util.List;
import java.util.Set;

/**
 * Our language of rules, a small part of DRL. A file is read by a parser that knows nothing else, and what Drools gets to see
 * are the patterns, comparisons and insertions that this parser has understood; no expression language ever sees the text. So
 * rules cannot call anything, whoever wrote them.
 *
 * <p>{@link SecondOpinion} holds that what this parser reads is what the parser and the compiler of Drools read too.
 */
public final class ClosedLanguage {

    /** The largest rule file, in characters. */
    public static final int LARGEST_FILE = 256 * 1024;

    private ClosedLanguage() {}

    /**
     * Everything that is wrong with a rule file, sorted by place; empty where it may be compiled. Never throws, whatever the
     * text.
     *
     * @param fileName the path as the reader would type it
     * @param drl the text of the file
     */
    public static List<Problem> check(String fileName, String drl, Vocabulary vocabulary) {
        return parse(fileName, drl, vocabulary).problems();
    }

    /** Reads a rule file: either it has problems, or it has a canonical text. */
    public static Parsed parse(String fileName, String drl, Vocabulary vocabulary) {
        Problems problems = new Problems(fileName);
        if (drl.length() > LARGEST_FILE) {
            problems.at(0, 0, "too large; allowed are " + LARGEST_FILE + " characters, but it has " + drl.length());
            return Parsed.refused(problems);
        }
        List<Token> tokens = Lexer.tokens(drl, problems);
        if (tokens.size() == 1 && !problems.isEmpty()) {
            return Parsed.refused(problems);
        }
        RuleParser parser = new RuleParser(tokens, vocabulary, problems);
        parser.file();
        if (!problems.isEmpty()) {
            return Parsed.refused(problems);
        }
        return new Parsed(List.of(), canonical(tokens), parser.imported(), parser.parsed());
    }

    /** The words, each where it stood. */
    private static String canonical(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        int line = 1;
        int column = 1;
        for (Token token : tokens) {
            for (; line < token.line(); line++) {
                text.append('\n');
                column = 1;
            }
            text.append(" ".repeat(token.column() - column)).append(token.text());
            column = token.column() + token.text().length();
        }
        return text.append('\n').toString();
    }

    /** What came of reading a rule file. */
    public static final class Parsed {

        private final List<Problem> problems;
        private final String canonicalText;
        private final Set<String> imported;
        private final ParsedFile file;

        private Parsed(List<Problem> problems, String canonicalText, Set<String> imported, ParsedFile file) {
            this.problems = problems;
            this.canonicalText = canonicalText;
            this.imported = imported;
            this.file = file;
        }

        private static Parsed refused(Problems problems) {
            return new Parsed(problems.sorted(), "", Set.of(), new ParsedFile("", List.of()));
        }

        /** What is wrong, sorted by place; empty where the file may be used. */
        public List<Problem> problems() {
            return problems;
        }

        /** The rules without anything that our parser did not understand; empty where there are problems. */
        public String canonicalText() {
            return canonicalText;
        }

        /** The simple names of the imported types; none where there are problems. */
        Set<String> imported() {
            return imported;
        }

        /** What the file says; nothing where there are problems. */
        ParsedFile file() {
            return file;
        }
    }
}
