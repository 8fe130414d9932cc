package calico.preflight.engine.drl;

import calico.preflight.catalog.Suggestion;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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
 * hash and not by trying all. What is compared must be of kinds that {@link Kind} lets be compared, and what is inserted must
 * have a constructor for its arguments.
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
    private static final String IN_SOME_BRANCHES =
            " is bound in some branches of an \"or\" only, or to other kinds in others";
    private static final Map<String, Operator> OPERATORS =
            Arrays.stream(Operator.values()).collect(Collectors.toMap(Operator::sign, Function.identity()));

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

    /** The simple names of the imported types. */
    Set<String> imported() {
        return imported;
    }

    /** What was read. */
    ParsedFile parsed() {
        return new ParsedFile(packageName, List.copyOf(rules));
    }

    void file() {
        attempt(this::packageStatement);
        while (token().kind() != Token.Kind.END && !problems.isFull()) {
            if (token().isWord("rule")) {
                break;
            }
            attempt(this::importOrDialect);
        }
        if (!dialectSeen) {
            problems.at(token(), "dialect \"mvel\" is missing before the first rule; without it rules are Java code");
        }
        while (token().kind() != Token.Kind.END && !problems.isFull()) {
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
            while (token().kind() != Token.Kind.END && !beginsStatement()) {
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
            if (!token().is(Token.Kind.STRING, "\"mvel\"")) {
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
        if (place.kind() != Token.Kind.STRING) {
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
                        "there is already a rule of this name, in line " + first.line() + "; every rule has its own"));
        int salience = attributes();
        expect("when");
        patterns = 0;
        depth = 0;
        Scope scope = new Scope();
        List<Condition> conditions = new ArrayList<>();
        while (!token().isWord("then")) {
            conditions.add(or(scope));
        }
        if (patterns == 0) {
            problems.at(token(), "a rule needs at least one pattern between when and then");
        }
        next++;
        List<Insertion> insertions = consequence(scope);
        rules.add(new ParsedRule(
                name, place.line(), place.column(), salience, new Condition.All(List.copyOf(conditions)), insertions));
    }

    private int attributes() {
        Optional<Integer> salience = Optional.empty();
        while (!token().isWord("when")) {
            if (!token().isWord("salience") || salience.isPresent()) {
                throw unreadable(token().shown() + " is not allowed between the name of a rule and when; allowed is one"
                        + " salience with a whole number."
                        + Suggestion.didYouMean(token().text(), List.of("when", "salience")));
            }
            next++;
            salience = whole();
            if (salience.isEmpty()) {
                throw unreadable("the salience must be a whole number, not " + token().shown());
            }
        }
        return salience.orElse(0);
    }

    private Condition or(Scope scope) {
        Scope before = scope.copy();
        List<Condition> branches = new ArrayList<>();
        branches.add(and(scope));
        while (token().isWord("or")) {
            next++;
            Scope branch = before.copy();
            branches.add(and(branch));
            scope.meet(branch);
        }
        return branches.size() == 1 ? branches.get(0) : new Condition.Any(List.copyOf(branches));
    }

    private Condition and(Scope scope) {
        List<Condition> parts = new ArrayList<>();
        parts.add(unary(scope));
        while (token().isWord("and")) {
            next++;
            parts.add(unary(scope));
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.All(List.copyOf(parts));
    }

    private Condition unary(Scope scope) {
        if (token().isWord("not") || token().isWord("exists")) {
            boolean negated = token().isWord("not");
            next++;
            Scope inner = scope.copy();
            Condition of = token().isSymbol("(") ? group(inner) : pattern(inner);
            return negated ? new Condition.Not(of) : new Condition.Exists(of);
        }
        return token().isSymbol("(") ? group(scope) : pattern(scope);
    }

    private Condition group(Scope scope) {
        deeper();
        expect("(");
        Condition inner = or(scope);
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

    private Condition pattern(Scope scope) {
        Token begin = token();
        String variable = "";
        if (begin.kind() == Token.Kind.VARIABLE) {
            next++;
            variable = begin.text();
            scope.mustBeFree(begin);
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
        List<Clause> clauses = reader.clauses();
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
            scope.variables.put(variable, new Bound(typeName, known ? vocabulary.type(typeName) : Optional.empty()));
        }
        return new Condition.Match(variable, typeName, clauses);
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

    private List<Insertion> consequence(Scope scope) {
        List<Insertion> insertions = new ArrayList<>();
        Token first = token();
        while (!token().isWord("end")) {
            insertions.add(insert(scope));
        }
        if (insertions.isEmpty()) {
            problems.at(token(), "a rule needs at least one insert(new Type(...)); between then and end");
        }
        int length = insertions.stream()
                .mapToInt(insertion -> insertion.written().length())
                .sum();
        if (length > LONGEST_CONSEQUENCE) {
            problems.at(first, "this consequence is too long; allowed are " + LONGEST_CONSEQUENCE + " characters");
        }
        next++;
        return List.copyOf(insertions);
    }

    private Insertion insert(Scope scope) {
        if (!token().isWord("insert")) {
            throw unreadable(token().shown() + " is not allowed in a consequence; allowed is insert(new Type(...));"
                    + Suggestion.didYouMean(token().text(), List.of("insert", "end")));
        }
        next++;
        expect("(");
        expect("new");
        Token type = word("a type");
        boolean known = knownType(type, vocabulary.insertable());
        expect("(");
        List<Argument> arguments = new ArrayList<>();
        if (!token().isSymbol(")")) {
            arguments.add(argument(scope));
            while (token().isSymbol(",")) {
                next++;
                arguments.add(argument(scope));
            }
        }
        expect(")");
        expect(")");
        expect(";");
        if (known) {
            mustBeMadeOf(type, arguments.stream().map(Argument::kind).toList());
        }
        return new Insertion(
                type.text(), arguments.stream().map(Argument::operand).toList());
    }

    private void mustBeMadeOf(Token type, List<Optional<Class<?>>> arguments) {
        if (arguments.stream().anyMatch(Optional::isEmpty)) {
            return;
        }
        List<Class<?>> kinds =
                arguments.stream().<Class<?>>map(Optional::orElseThrow).toList();
        if (vocabulary.constructor(type.text(), kinds).isEmpty()) {
            problems.at(
                    type,
                    "no " + type.text() + " is made of (" + Kind.shown(kinds) + "); allowed are "
                            + vocabulary.constructors(type.text()).stream()
                                    .map(parameters -> type.text() + "(" + Kind.shown(parameters) + ")")
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
    }

    private Argument argument(Scope scope) {
        Token token = token();
        if (token.kind() == Token.Kind.VARIABLE) {
            next++;
            return new Argument(
                    new Operand.Variable(token.text(), ""),
                    scope.mustKnow(token).flatMap(Bound::kind));
        }
        return literal()
                .orElseThrow(() -> unreadable(token.shown()
                        + " is not an argument; allowed are bound variables, texts, whole numbers, true and false"));
    }

    /** Reads a literal if there is one. */
    private Optional<Argument> literal() {
        Token token = token();
        if (token.kind() == Token.Kind.STRING) {
            next++;
            return Optional.of(new Argument(new Operand.Text(token.unquoted()), Optional.of(String.class)));
        }
        if (token.isWord("true") || token.isWord("false")) {
            next++;
            return Optional.of(new Argument(new Operand.Flag(token.isWord("true")), Optional.of(boolean.class)));
        }
        return whole().map(number -> new Argument(new Operand.Whole(number), Optional.of(int.class)));
    }

    /** Reads a whole number if there is one. */
    private Optional<Integer> whole() {
        int begin = next;
        boolean negative = token().isSymbol("-");
        skip("-");
        if (token().kind() != Token.Kind.INTEGER) {
            next = begin;
            return Optional.empty();
        }
        // The lexer reports numbers that are too long, and goes on.
        String digits = token().text();
        next++;
        int number = digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
        return Optional.of(negative ? -number : number);
    }

    private Token token() {
        return tokens.get(next);
    }

    private Token word(String wanted) {
        Token token = token();
        if (token.kind() != Token.Kind.WORD) {
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

    /** What stands on the right, and what its value is; empty where that is not known, which was reported then. */
    private record Argument(Operand operand, Optional<Class<?>> kind) {}

    /**
     * What a variable holds.
     *
     * @param pattern the type of its pattern; empty where it holds a member
     * @param kind what its value is; empty where that is not known, which was reported then
     */
    private record Bound(String pattern, Optional<Class<?>> kind) {}

    /** What is bound at a place of a rule. */
    private final class Scope {

        final Map<String, Bound> variables = new HashMap<>();

        /** The names that only some branches of an {@code or} bind, or not all alike: Drools would mix them up with later ones. */
        final Set<String> doubtful = new HashSet<>();

        /** Whether a pattern that matches comes before. */
        boolean follows;

        Scope copy() {
            Scope copy = new Scope();
            copy.variables.putAll(variables);
            copy.doubtful.addAll(doubtful);
            copy.follows = follows;
            return copy;
        }

        /** After an {@code or}: bound is what both branches bind, to the same type. */
        void meet(Scope other) {
            doubtful.addAll(variables.keySet());
            doubtful.addAll(other.variables.keySet());
            doubtful.addAll(other.doubtful);
            variables.entrySet().retainAll(other.variables.entrySet());
            doubtful.removeAll(variables.keySet());
            follows |= other.follows;
        }

        /** Reports where the name is not free. */
        void mustBeFree(Token variable) {
            if (variables.containsKey(variable.text())) {
                problems.at(variable, variable.text() + " is bound already; every variable is bound once");
            } else if (doubtful.contains(variable.text())) {
                problems.at(variable, variable.text() + IN_SOME_BRANCHES + "; take another name");
            }
        }

        Optional<Bound> mustKnow(Token variable) {
            Optional<Bound> known = Optional.ofNullable(variables.get(variable.text()));
            if (known.isEmpty()) {
                problems.at(
                        variable,
                        variable.text() + (doubtful.contains(variable.text()) ? IN_SOME_BRANCHES : " is not bound")
                                + "; allowed are the variables of earlier patterns: "
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
        final Map<String, Bound> bound = new HashMap<>();
        boolean joined;
        private int comparisons;

        PatternReader(String type, boolean known, Scope scope) {
            this.type = type;
            this.known = known;
            this.scope = scope;
        }

        List<Clause> clauses() {
            List<Clause> clauses = new ArrayList<>();
            if (token().isSymbol(")")) {
                return clauses;
            }
            clauses.add(clause());
            while (token().isSymbol(",")) {
                next++;
                clauses.add(clause());
            }
            return List.copyOf(clauses);
        }

        private Clause clause() {
            Token first = token();
            if (first.kind() == Token.Kind.VARIABLE && tokens.get(next + 1).isSymbol(":")) {
                next += 2;
                if (bound.containsKey(first.text())) {
                    problems.at(first, first.text() + " is bound already; every variable is bound once");
                } else {
                    scope.mustBeFree(first);
                }
                String member = token().text();
                bound.put(first.text(), new Bound("", member(type, known)));
                return new Clause.Binding(first.text(), member);
            }
            Clause.Test test = any();
            joined |= joins(test);
            return test;
        }

        /** Whether it holds only for facts that are equal in some member to a variable. */
        private static boolean joins(Clause.Test test) {
            if (test instanceof Clause.Both both) {
                return both.tests().stream().anyMatch(PatternReader::joins);
            }
            if (test instanceof Clause.Group group) {
                return !group.negated() && joins(group.test());
            }
            return test instanceof Clause.Comparison comparison
                    && comparison.operator() == Operator.EQUAL
                    && comparison.operand() instanceof Operand.Variable;
        }

        private Clause.Test any() {
            List<Clause.Test> tests = new ArrayList<>();
            tests.add(all());
            while (token().isSymbol("||")) {
                next++;
                tests.add(all());
            }
            return tests.size() == 1 ? tests.get(0) : new Clause.Either(List.copyOf(tests));
        }

        private Clause.Test all() {
            List<Clause.Test> tests = new ArrayList<>();
            tests.add(one());
            while (token().isSymbol("&&")) {
                next++;
                tests.add(one());
            }
            return tests.size() == 1 ? tests.get(0) : new Clause.Both(List.copyOf(tests));
        }

        private Clause.Test one() {
            boolean negated = token().isSymbol("!");
            if (negated) {
                next++;
            }
            if (negated || token().isSymbol("(")) {
                deeper();
                expect("(");
                Clause.Test inner = any();
                expect(")");
                depth--;
                return new Clause.Group(negated, inner);
            }
            return comparison();
        }

        private Clause.Comparison comparison() {
            if (++comparisons > MOST_COMPARISONS) {
                throw unreadable("too many comparisons; allowed are " + MOST_COMPARISONS + " in a pattern");
            }
            String member = token().text();
            Optional<Class<?>> left = member(type, known);
            boolean negated = token().isWord("not");
            if (negated) {
                next++;
            }
            Token sign = token();
            Operator operator = OPERATORS.get(sign.text());
            if (operator == null || sign.kind() == Token.Kind.STRING || (negated && sign.kind() != Token.Kind.WORD)) {
                throw unreadable(
                        sign.shown() + " is not an operator; allowed are == != < <= > >= memberOf, contains, not"
                                + " memberOf and not contains."
                                + Suggestion.didYouMean(sign.text(), List.of("memberOf", "contains")));
            }
            next++;
            Argument right = operand();
            if (left.isPresent() && right.kind().isPresent()) {
                Kind.whyNot(left.get(), operator, right.kind().get()).ifPresent(why -> problems.at(sign, why));
            }
            return new Clause.Comparison(member, negated, operator, right.operand());
        }

        private Argument operand() {
            Token token = token();
            if (token.kind() == Token.Kind.VARIABLE) {
                next++;
                Optional<Bound> variable = scope.mustKnow(token);
                if (!token().isSymbol(".")) {
                    return new Argument(new Operand.Variable(token.text(), ""), variable.flatMap(Bound::kind));
                }
                mustTouchTheTokenBefore();
                next++;
                mustTouchTheTokenBefore();
                String member = token().text();
                return new Argument(
                        new Operand.Variable(token.text(), member),
                        memberOf(token, variable.map(Bound::pattern).orElse(""), variable.isPresent()));
            }
            Optional<Argument> literal = literal();
            if (literal.isPresent()) {
                return literal.get();
            }
            if (token.kind() != Token.Kind.WORD) {
                throw unreadable(token.shown() + " cannot be compared with; allowed are bound variables, members of "
                        + type + ", texts, whole numbers, true and false");
            }
            return new Argument(new Operand.Member(token.text()), member(type, known));
        }

        private Optional<Class<?>> memberOf(Token variable, String itsType, boolean bound) {
            if (bound && itsType.isEmpty()) {
                throw unreadable("the members of " + variable.text() + " are not known, since it is not bound to a"
                        + " pattern; bind the member itself where the fact is matched");
            }
            return member(itsType, bound && vocabulary.members().containsKey(itsType));
        }

        /** Reads the name of a member; what it holds, where that is known. */
        private Optional<Class<?>> member(String of, boolean typeIsKnown) {
            Token name = word("a member of " + of);
            if (token().isSymbol("(") || token().isSymbol(".")) {
                throw unreadable(
                        "\"" + token().text() + "\" cannot stand after \"" + name.text()
                                + "\"; members are named without parentheses, there are no method calls, and no members of members");
            }
            if (!typeIsKnown) {
                return Optional.empty();
            }
            Set<String> allowed = vocabulary.members().getOrDefault(of, Set.of());
            if (!allowed.contains(name.text())) {
                problems.at(
                        name,
                        name.shown() + " is not a member of " + of + "; allowed are "
                                + String.join(", ", new TreeSet<>(allowed)) + "."
                                + Suggestion.didYouMean(name.text(), allowed));
                return Optional.empty();
            }
            return vocabulary.accessor(of, name.text()).map(Method::getReturnType);
        }
    }
}
