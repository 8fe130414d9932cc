package calico.preflight.engine.drl;

import calico.preflight.catalog.Suggestion;
import calico.preflight.engine.drl.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads a rule file by recursive descent. The grammar is the whole language:
 *
 * <pre>
 * file       := "package" name [";"] ( "import" name [";"] | "dialect" "\"mvel\"" [";"] )* rule*
 * rule       := "rule" STRING [ "salience" ["-"] INTEGER ] "when" or+ "then" insert+ "end"
 * or         := and ( "or" and )*
 * and        := unary ( "and" unary )*
 * unary      := ( "not" | "exists" ) ( pattern | "(" or ")" ) | "(" or ")" | pattern
 * pattern    := [ VARIABLE ":" ] Type "(" [ constraint ( "," constraint )* ] ")"
 * constraint := VARIABLE ":" member | any
 * any        := all ( "||" all )*
 * all        := one ( "&amp;&amp;" one )*
 * one        := "!" "(" any ")" | "(" any ")" | member operator operand
 * operator   := "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | [ "not" ] ( "memberOf" | "contains" )
 * operand    := member | VARIABLE [ "." member ] | STRING | [ "-" ] INTEGER | "true" | "false"
 * insert     := "insert" "(" "new" Type "(" [ argument ( "," argument )* ] ")" ")" ";"
 * argument   := VARIABLE | STRING | [ "-" ] INTEGER | "true" | "false"
 * </pre>
 *
 * <p>Members are those of the pattern's own type. A variable is seen by later patterns and the consequence, not within the
 * pattern that binds it; those bound below {@code not} and {@code exists} stay there, and of an {@code or} those that each of
 * its branches binds. A pattern after the first must hold an equality with a variable, so that Drools finds its facts by a
 * hash and not by trying all.
 */
final class RuleParser {

    /** Every rule file belongs to this package or one below it. */
    static final String RULES_PACKAGE = "calico.preflight.rules";

    private static final int MOST_RULES = 500;
    private static final int MOST_PATTERNS = 20;
    private static final int MOST_COMPARISONS = 40;
    private static final int DEEPEST = 10;
    private static final int LONGEST_CONSEQUENCE = 2_000;
    private static final String A_FILE_HOLDS =
            "a file holds, in this order, package, imports with dialect \"mvel\", and rules";
    private static final Set<String> OPERATORS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final List<Token> tokens;
    private final Vocabulary vocabulary;
    private final Problems problems;
    private final Set<String> imported = new LinkedHashSet<>();
    private final List<ParsedRule> rules = new ArrayList<>();
    private String packageName = "";
    private boolean dialectSeen;
    private int next;

    /** Of the rule that is being read. */
    private int patterns;

    private int depth;

    RuleParser(List<Token> tokens, Vocabulary vocabulary, Problems problems) {
        this.tokens = tokens;
        this.vocabulary = vocabulary;
        this.problems = problems;
    }

    String packageName() {
        return packageName;
    }

    /** The simple names of the imported types. */
    Set<String> imported() {
        return imported;
    }

    List<ParsedRule> rules() {
        return rules;
    }

    void file() {
        attempt(this::packageStatement);
        while (token().kind() != Kind.END && !problems.isFull()) {
            if (token().isWord("rule")) {
                break;
            }
            attempt(this::importOrDialect);
        }
        if (!dialectSeen) {
            problems.at(token(), "dialect \"mvel\" is missing before the first rule; without it rules are Java code");
        }
        while (token().kind() != Kind.END && !problems.isFull()) {
            if (rules.size() >= MOST_RULES) {
                problems.at(token(), "too many rules; allowed are " + MOST_RULES + " in a file");
                return;
            }
            attempt(this::rule);
        }
    }

    /** Reads a statement; where it cannot be read, goes on with the next one that can be recognised. */
    private void attempt(Runnable statement) {
        int begin = next;
        try {
            statement.run();
        } catch (Unreadable reported) {
            next = Math.min(Math.max(next, begin + 1), tokens.size() - 1);
            while (token().kind() != Kind.END && !beginsStatement()) {
                next++;
            }
        }
    }

    private boolean beginsStatement() {
        Token before = tokens.get(next - 1);
        return before.line() != token().line()
                && (token().isWord("rule") || token().isWord("import") || token().isWord("dialect"));
    }

    private void packageStatement() {
        if (!token().isWord("package")) {
            throw unreadable("the file must begin with package " + RULES_PACKAGE + ", not with " + token().shown());
        }
        next++;
        Token place = token();
        packageName = qualifiedName();
        if (!packageName.equals(RULES_PACKAGE) && !packageName.matches(RULES_PACKAGE + "(\\.[a-z][a-z0-9]*){1,5}")) {
            problems.at(
                    place,
                    "rules cannot be in package " + packageName + "; allowed are " + RULES_PACKAGE
                            + " and packages below it." + Suggestion.didYouMean(packageName, List.of(RULES_PACKAGE)));
        }
        skip(";");
    }

    private void importOrDialect() {
        if (token().isWord("import")) {
            importStatement();
        } else if (token().isWord("dialect")) {
            next++;
            dialectSeen = true;
            if (!token().is(Kind.STRING, "\"mvel\"")) {
                throw unreadable("the dialect cannot be " + token().shown() + "; allowed is dialect \"mvel\"");
            }
            next++;
            skip(";");
        } else {
            throw unreadable(token().shown() + " is not allowed here; " + A_FILE_HOLDS + "." + suggestStatement());
        }
    }

    private String suggestStatement() {
        return Suggestion.didYouMean(token().text(), List.of("import", "dialect", "rule"));
    }

    private void importStatement() {
        next++;
        Token place = token();
        if (place.isWord("static") || place.isWord("function") || place.isWord("accumulate") || place.isWord("acc")) {
            throw unreadable("import " + place.text() + " is not allowed; allowed is import " + vocabulary.packageName()
                    + ".X, where X is " + types());
        }
        String name = qualifiedName();
        String prefix = vocabulary.packageName() + ".";
        String simple = name.substring(name.lastIndexOf('.') + 1);
        if (!name.equals(prefix + simple) || !vocabulary.members().containsKey(simple)) {
            String suggestion = Suggestion.didYouMean(
                    name,
                    vocabulary.members().keySet().stream().map(prefix::concat).toList());
            problems.at(
                    place,
                    name + " cannot be imported; allowed is " + prefix + "X, where X is " + types() + "." + suggestion);
        } else {
            imported.add(simple);
        }
        skip(";");
    }

    private String types() {
        return String.join(", ", new TreeSet<>(vocabulary.members().keySet()));
    }

    private String qualifiedName() {
        StringBuilder name = new StringBuilder(word("a name").text());
        while (token().isSymbol(".")) {
            mustTouchTheTokenBefore();
            next++;
            mustTouchTheTokenBefore();
            name.append('.').append(word("the rest of the name").text());
        }
        return name.toString();
    }

    /** Drools reads a name with white space in it as another one. */
    private void mustTouchTheTokenBefore() {
        if (!token().touches(tokens.get(next - 1))) {
            throw unreadable("a name with dots in it must be written without spaces and comments");
        }
    }

    private void rule() {
        if (!token().isWord("rule")) {
            throw unreadable(token().shown() + " is not allowed here; after the first rule there are only rules."
                    + Suggestion.didYouMean(token().text(), List.of("rule")));
        }
        next++;
        Token place = token();
        if (place.kind() != Kind.STRING) {
            throw unreadable("the name of a rule is a text between double quotes, not " + place.shown());
        }
        next++;
        String name = place.unquoted();
        if (name.isBlank()) {
            problems.at(place, "a rule needs a name; it is the phrase that a finding shows");
        }
        rules.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .ifPresent(first -> problems.at(
                        place,
                        "there is already a rule of this name, in line "
                                + first.place().line() + "; every rule has its own"));
        String salience = attributes();
        expect("when");
        patterns = 0;
        depth = 0;
        Scope scope = new Scope();
        List<Shape> conditions = new ArrayList<>();
        while (!token().isWord("then")) {
            conditions.add(or(scope));
        }
        if (patterns == 0) {
            problems.at(token(), "a rule needs at least one pattern between when and then");
        }
        next++;
        String consequence = consequence(scope);
        rules.add(new ParsedRule(name, place, salience, Shape.and(conditions), consequence));
    }

    private String attributes() {
        String salience = "";
        while (!token().isWord("when")) {
            if (!token().isWord("salience") || !salience.isEmpty()) {
                throw unreadable(token().shown() + " is not allowed between the name of a rule and when; allowed is one"
                        + " salience with a whole number."
                        + Suggestion.didYouMean(token().text(), List.of("when", "salience")));
            }
            next++;
            int begin = next;
            skip("-");
            if (token().kind() != Kind.INTEGER) {
                throw unreadable("the salience must be a whole number, not " + token().shown());
            }
            next++;
            salience = written(begin);
        }
        return salience;
    }

    private Shape or(Scope scope) {
        Scope before = scope.copy();
        List<Shape> branches = new ArrayList<>();
        branches.add(and(scope));
        while (token().isWord("or")) {
            next++;
            Scope branch = before.copy();
            branches.add(and(branch));
            scope.meet(branch);
        }
        return Shape.or(branches);
    }

    private Shape and(Scope scope) {
        List<Shape> parts = new ArrayList<>();
        parts.add(unary(scope));
        while (token().isWord("and")) {
            next++;
            parts.add(unary(scope));
        }
        return Shape.and(parts);
    }

    private Shape unary(Scope scope) {
        if (token().isWord("not") || token().isWord("exists")) {
            boolean negated = token().isWord("not");
            next++;
            Scope inner = scope.copy();
            Shape of = token().isSymbol("(") ? group(inner) : pattern(inner);
            return negated ? Shape.not(of) : Shape.exists(of);
        }
        return token().isSymbol("(") ? group(scope) : pattern(scope);
    }

    private Shape group(Scope scope) {
        deeper();
        expect("(");
        Shape inner = or(scope);
        expect(")");
        depth--;
        return inner;
    }

    private void deeper() {
        depth++;
        if (depth > DEEPEST) {
            throw unreadable("too many parentheses within each other; allowed are " + DEEPEST);
        }
    }

    private Shape pattern(Scope scope) {
        Token begin = token();
        String variable = "";
        if (begin.kind() == Kind.VARIABLE) {
            next++;
            variable = begin.text();
            if (scope.variables.containsKey(variable)) {
                problems.at(begin, variable + " is bound already; every variable is bound once");
            }
            expect(":");
        }
        Token type = word("a pattern such as Type(member == $variable)");
        if (!token().isSymbol("(")) {
            next--;
            throw unreadable(
                    type.shown() + " is not a pattern; allowed are Type(...), $variable : Type(...), not, exists,"
                            + " and, or, and parentheses around them."
                            + Suggestion.didYouMean(type.text(), List.of("then", "not", "exists", "and", "or")));
        }
        String typeName = type.text();
        boolean known = knownType(type, vocabulary.members().keySet());
        if (++patterns > MOST_PATTERNS) {
            throw unreadable("too many patterns; allowed are " + MOST_PATTERNS + " in a rule");
        }
        expect("(");
        PatternReader reader = new PatternReader(typeName, known, scope);
        List<String> constraints = reader.constraints();
        expect(")");
        if (scope.follows && !reader.joined) {
            problems.at(
                    begin,
                    "this pattern is not joined to those before it, so that every fact would be combined with every"
                            + " other; it needs a condition member == $variable, with a variable of an earlier pattern");
        }
        scope.follows = true;
        scope.variables.putAll(reader.bound);
        if (!variable.isEmpty()) {
            scope.variables.put(variable, typeName);
        }
        return Shape.pattern(variable, typeName, constraints);
    }

    /** Whether the word names one of the types and is imported; reports where it does not. */
    private boolean knownType(Token type, Set<String> allowed) {
        if (!allowed.contains(type.text())) {
            problems.at(
                    type,
                    type.shown() + " is not a type that can stand here; allowed are "
                            + String.join(", ", new TreeSet<>(allowed)) + "."
                            + Suggestion.didYouMean(type.text(), allowed));
            return false;
        }
        if (!imported.contains(type.text())) {
            problems.at(
                    type, type.text() + " is not imported; add import " + vocabulary.packageName() + "." + type.text());
        }
        return true;
    }

    private String consequence(Scope scope) {
        int begin = next;
        Token first = token();
        while (!token().isWord("end")) {
            insert(scope);
        }
        if (next == begin) {
            problems.at(token(), "a rule needs at least one insert(new Type(...)); between then and end");
        }
        String written = written(begin);
        if (written.length() > LONGEST_CONSEQUENCE) {
            problems.at(first, "this consequence is too long; allowed are " + LONGEST_CONSEQUENCE + " characters");
        }
        next++;
        return written;
    }

    private void insert(Scope scope) {
        if (!token().isWord("insert")) {
            throw unreadable(token().shown() + " is not allowed in a consequence; allowed is insert(new Type(...));"
                    + Suggestion.didYouMean(token().text(), List.of("insert", "end")));
        }
        next++;
        expect("(");
        expect("new");
        knownType(word("a type"), vocabulary.insertable());
        expect("(");
        if (!token().isSymbol(")")) {
            argument(scope);
            while (token().isSymbol(",")) {
                next++;
                argument(scope);
            }
        }
        expect(")");
        expect(")");
        expect(";");
    }

    private void argument(Scope scope) {
        Token token = token();
        if (token.kind() == Kind.VARIABLE) {
            next++;
            scope.mustKnow(token);
        } else if (!literal()) {
            throw unreadable(token.shown()
                    + " is not an argument; allowed are bound variables, texts, whole numbers, true" + " and false");
        }
    }

    /** Reads a literal if there is one. */
    private boolean literal() {
        Token token = token();
        if (token.kind() == Kind.STRING
                || token.kind() == Kind.INTEGER
                || token.isWord("true")
                || token.isWord("false")) {
            next++;
            return true;
        }
        if (token.isSymbol("-") && tokens.get(next + 1).kind() == Kind.INTEGER) {
            next += 2;
            return true;
        }
        return false;
    }

    private Token token() {
        return tokens.get(next);
    }

    private Token word(String wanted) {
        Token token = token();
        if (token.kind() != Kind.WORD) {
            throw unreadable(wanted + " is missing before " + token.shown());
        }
        next++;
        return token;
    }

    private void skip(String symbol) {
        if (token().isSymbol(symbol)) {
            next++;
        }
    }

    private void expect(String wordOrSymbol) {
        Token token = token();
        if (!token.isWord(wordOrSymbol) && !token.isSymbol(wordOrSymbol)) {
            throw unreadable("\"" + wordOrSymbol + "\" is missing before " + token.shown());
        }
        next++;
    }

    /** What stands between a place and here, without white space. */
    private String written(int begin) {
        return tokens.subList(begin, next).stream()
                .map(Token::text)
                .map(Shape::withoutSpace)
                .collect(Collectors.joining());
    }

    private Unreadable unreadable(String message) {
        problems.at(token(), message);
        return new Unreadable();
    }

    /** The statement cannot be read any further; the problem is reported already. */
    private static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreadable() {
            super("", null, false, false);
        }
    }

    /** What is bound at a place of a rule. */
    private final class Scope {

        /** The variables, each with the type of its pattern; empty where it holds a member, whose type is not known. */
        final Map<String, String> variables = new HashMap<>();

        /** Whether a pattern that matches comes before. */
        boolean follows;

        Scope copy() {
            Scope copy = new Scope();
            copy.variables.putAll(variables);
            copy.follows = follows;
            return copy;
        }

        /** After an {@code or}: bound is what both branches bind, to the same type. */
        void meet(Scope other) {
            variables.entrySet().retainAll(other.variables.entrySet());
            follows |= other.follows;
        }

        boolean mustKnow(Token variable) {
            boolean known = variables.containsKey(variable.text());
            if (!known) {
                problems.at(
                        variable,
                        variable.text() + " is not bound; allowed are the variables of earlier patterns: "
                                + new TreeSet<>(variables.keySet()) + "."
                                + Suggestion.didYouMean(variable.text(), variables.keySet()));
            }
            return known;
        }
    }

    /** Reads what stands between the parentheses of one pattern. */
    private final class PatternReader {

        private final String type;
        private final boolean known;
        private final Scope scope;
        final Map<String, String> bound = new HashMap<>();
        boolean joined;
        private int comparisons;

        PatternReader(String type, boolean known, Scope scope) {
            this.type = type;
            this.known = known;
            this.scope = scope;
        }

        List<String> constraints() {
            List<String> written = new ArrayList<>();
            if (token().isSymbol(")")) {
                return written;
            }
            written.add(constraint());
            while (token().isSymbol(",")) {
                next++;
                written.add(constraint());
            }
            return written;
        }

        private String constraint() {
            int begin = next;
            Token first = token();
            if (first.kind() == Kind.VARIABLE && tokens.get(next + 1).isSymbol(":")) {
                next += 2;
                if (scope.variables.containsKey(first.text()) || bound.containsKey(first.text())) {
                    problems.at(first, first.text() + " is bound already; every variable is bound once");
                }
                bound.put(first.text(), "");
                member(type, known);
            } else {
                joined |= any();
            }
            return written(begin);
        }

        /** Each of these tells whether it holds only for facts that are equal in some member to a variable. */
        private boolean any() {
            boolean joins = all();
            while (token().isSymbol("||")) {
                next++;
                all();
                joins = false;
            }
            return joins;
        }

        private boolean all() {
            boolean joins = one();
            while (token().isSymbol("&&")) {
                next++;
                joins |= one();
            }
            return joins;
        }

        private boolean one() {
            boolean negated = token().isSymbol("!");
            if (negated) {
                next++;
            }
            if (negated || token().isSymbol("(")) {
                deeper();
                expect("(");
                boolean joins = any();
                expect(")");
                depth--;
                return joins && !negated;
            }
            return comparison();
        }

        private boolean comparison() {
            if (++comparisons > MOST_COMPARISONS) {
                throw unreadable("too many comparisons; allowed are " + MOST_COMPARISONS + " in a pattern");
            }
            member(type, known);
            boolean negated = token().isWord("not");
            if (negated) {
                next++;
            }
            Token operator = token();
            boolean inWords = operator.isWord("memberOf") || operator.isWord("contains");
            if (!inWords && (negated || operator.kind() != Kind.SYMBOL || !OPERATORS.contains(operator.text()))) {
                throw unreadable(
                        operator.shown() + " is not an operator; allowed are == != < <= > >= memberOf, contains, not"
                                + " memberOf and not contains."
                                + Suggestion.didYouMean(operator.text(), List.of("memberOf", "contains")));
            }
            next++;
            return operand() && operator.isSymbol("==");
        }

        /** Whether it is a variable. */
        private boolean operand() {
            Token token = token();
            if (token.kind() == Kind.VARIABLE) {
                next++;
                boolean bound = scope.mustKnow(token);
                if (token().isSymbol(".")) {
                    mustTouchTheTokenBefore();
                    next++;
                    mustTouchTheTokenBefore();
                    memberOf(token, scope.variables.getOrDefault(token.text(), ""), bound);
                }
                return true;
            }
            if (!literal()) {
                if (token.kind() != Kind.WORD) {
                    throw unreadable(
                            token.shown() + " cannot be compared with; allowed are bound variables, members of " + type
                                    + ", texts, whole numbers, true and false");
                }
                member(type, known);
            }
            return false;
        }

        private void memberOf(Token variable, String itsType, boolean bound) {
            if (bound && itsType.isEmpty()) {
                throw unreadable("the members of " + variable.text() + " are not known, since it is not bound to a"
                        + " pattern; bind the member itself where the fact is matched");
            }
            member(itsType, bound && vocabulary.members().containsKey(itsType));
        }

        private void member(String of, boolean typeIsKnown) {
            Token name = word("a member of " + of);
            if (token().isSymbol("(") || token().isSymbol(".")) {
                throw unreadable(
                        "\"" + token().text() + "\" cannot stand after \"" + name.text()
                                + "\"; members are named without parentheses, there are no method calls, and no members of members");
            }
            if (!typeIsKnown) {
                return;
            }
            Set<String> allowed = vocabulary.members().getOrDefault(of, Set.of());
            if (!allowed.contains(name.text())) {
                problems.at(
                        name,
                        name.shown() + " is not a member of " + of + "; allowed are "
                                + String.join(", ", new TreeSet<>(allowed)) + "."
                                + Suggestion.didYouMean(name.text(), allowed));
            }
        }
    }
}
