package calico.preflight.engine.drl;

import calico.preflight.catalog.Problem;
import java.util.List;
import java.util.Optional;
import org.drools.drl.ast.descr.PackageDescr;

/**
 * The check that a rule file stays within our language. It does not search for what is dangerous: it reads the file with a
 * parser that knows nothing else, and what Drools gets to see is not the file but the words that this parser has
 * understood, each on its line and in its column. What was skipped, such as comments, never reaches Drools.
 *
 * <p>As a second opinion the parser of Drools reads these words too, and must find the same package, imports, rules,
 * conditions and consequences, and nothing else.
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
        String canonical = canonical(tokens);
        Optional<PackageDescr> secondReading = SecondReading.of(canonical, parser, vocabulary, problems);
        return secondReading
                .map(descr -> new Parsed(List.of(), canonical, parser.rules(), secondReading))
                .orElseGet(() -> Parsed.refused(problems));
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
        private final List<ParsedRule> rules;
        private final Optional<PackageDescr> secondReading;

        private Parsed(
                List<Problem> problems,
                String canonicalText,
                List<ParsedRule> rules,
                Optional<PackageDescr> secondReading) {
            this.problems = problems;
            this.canonicalText = canonicalText;
            this.rules = List.copyOf(rules);
            this.secondReading = secondReading;
        }

        private static Parsed refused(Problems problems) {
            return new Parsed(problems.sorted(), "", List.of(), Optional.empty());
        }

        /** What is wrong, sorted by place; empty where the file may be compiled. */
        public List<Problem> problems() {
            return problems;
        }

        /** The rules without anything that our parser did not understand; empty where there are problems. */
        public String canonicalText() {
            return canonicalText;
        }

        List<ParsedRule> rules() {
            return rules;
        }

        /** What Drools read in the canonical text; present where there are no problems. */
        Optional<PackageDescr> secondReading() {
            return secondReading;
        }
    }
}
