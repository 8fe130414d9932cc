package calico.preflight.engine.drl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Reads the canonical text with the parser of Drools and compares. A difference is a mistake of ours, not of the person who
 * wrote the rules, but it refuses the file all the same.
 */
final class SecondReading {

    private final Problems problems;

    private SecondReading(Problems problems) {
        this.problems = problems;
    }

    /** What Drools read; empty where it differs from what we read, which is then among the problems. */
    static Optional<PackageDescr> of(ClosedLanguage.Parsed first, Vocabulary vocabulary, Problems problems) {
        SecondReading reading = new SecondReading(problems);
        Optional<PackageDescr> descr = reading.parse(first.canonicalText());
        descr.ifPresent(found -> reading.compare(found, first, vocabulary));
        return problems.isEmpty() ? descr : Optional.empty();
    }

    private Optional<PackageDescr> parse(String canonical) {
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
        try {
            Optional<PackageDescr> descr = Optional.ofNullable(parser.parse(false, canonical));
            if (parser.hasErrors() || descr.isEmpty()) {
                parser.getErrors().forEach(error -> {
                    int[] lines = error.getLines();
                    problems.at(
                            lines.length == 0 ? 0 : Math.max(0, lines[0]),
                            0,
                            "Drools cannot read this: " + error.getMessage() + "; write it as in the shipped rules");
                });
                same(0, "errors", "none", parser.getErrors().size() + (descr.isEmpty() ? " and no package" : ""));
                return Optional.empty();
            }
            return descr;
        } catch (DroolsParserException | RuntimeException e) {
            problems.at(0, 0, "Drools cannot read this file: " + e.getMessage() + "; write it as in the shipped rules");
            return Optional.empty();
        }
    }

    private void compare(PackageDescr descr, ClosedLanguage.Parsed first, Vocabulary vocabulary) {
        same(1, "package", first.file().packageName(), String.valueOf(descr.getName()));
        same(
                1,
                "imports",
                first.imported().stream()
                        .map(name -> vocabulary.packageName() + "." + name)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .toString(),
                descr.getImports().stream()
                        .map(ImportDescr::getTarget)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .toString());
        same(1, "attributes", "[dialect mvel]", attributes(descr.getAttributes()));
        same(1, "unit", "false", String.valueOf(descr.getUnit() != null));
        none("function imports", descr.getFunctionImports());
        none("accumulate imports", descr.getAccumulateImports());
        none("globals", descr.getGlobals());
        none("functions", descr.getFunctions());
        none("type declarations", descr.getTypeDeclarations());
        none("enum declarations", descr.getEnumDeclarations());
        none("entry point declarations", descr.getEntryPointDeclarations());
        none("window declarations", descr.getWindowDeclarations());
        same(
                1,
                "rules",
                String.valueOf(first.file().rules().size()),
                String.valueOf(descr.getRules().size()));
        for (int i = 0; problems.isEmpty() && i < first.file().rules().size(); i++) {
            compare(descr.getRules().get(i), first.file().rules().get(i));
        }
    }

    private void compare(RuleDescr found, ParsedRule rule) {
        int line = rule.line();
        same(line, "name of the rule", rule.name(), found.getName());
        same(line, "kind", "rule", found.isQuery() ? "query" : "rule");
        same(line, "parent", "false", String.valueOf(found.hasParent()));
        same(line, "unit", "false", String.valueOf(found.getUnit() != null));
        same(
                line,
                "attributes",
                rule.salience() == 0 ? "[dialect mvel]" : "[dialect mvel, salience " + rule.salience() + "]",
                attributes(found.getAttributes().values()).replace(", salience 0]", "]"));
        same(line, "annotations", "[]", String.valueOf(found.getAnnotationNames()));
        same(
                line,
                "named consequences",
                "[]",
                String.valueOf(found.getNamedConsequences().keySet()));
        same(
                line,
                "consequence",
                Shape.withoutSpace(rule.consequence()),
                Shape.withoutSpace(String.valueOf(found.getConsequence())));
        same(
                line,
                "conditions",
                Shape.of(rule.condition()).toString(),
                shape(found.getLhs()).toString());
    }

    private static String attributes(Collection<AttributeDescr> attributes) {
        return attributes.stream()
                .map(attribute -> attribute.getName() + " " + Shape.withoutSpace(attribute.getValue()))
                .sorted()
                .toList()
                .toString();
    }

    private static Shape shape(BaseDescr descr) {
        if (descr.getClass() == AndDescr.class) {
            return Shape.and(shapes(((AndDescr) descr).getDescrs()));
        }
        if (descr.getClass() == OrDescr.class) {
            return Shape.or(shapes(((OrDescr) descr).getDescrs()));
        }
        if (descr.getClass() == NotDescr.class) {
            return Shape.not(Shape.and(shapes(((NotDescr) descr).getDescrs())));
        }
        if (descr.getClass() == ExistsDescr.class) {
            return Shape.exists(Shape.and(shapes(((ExistsDescr) descr).getDescrs())));
        }
        if (descr.getClass() == PatternDescr.class) {
            return pattern((PatternDescr) descr);
        }
        return unknown(descr);
    }

    private static List<Shape> shapes(Collection<?> descrs) {
        List<Shape> shapes = new ArrayList<>();
        for (Object descr : descrs) {
            shapes.add(shape((BaseDescr) descr));
        }
        return shapes;
    }

    private static Shape pattern(PatternDescr pattern) {
        if (pattern.getSource() != null
                || pattern.isQuery()
                || pattern.isUnification()
                || !pattern.getBehaviors().isEmpty()
                || !pattern.getAnnotationNames().isEmpty()
                || !pattern.getPositionalConstraints().isEmpty()) {
            return unknown(pattern);
        }
        List<String> constraints = new ArrayList<>();
        for (BaseDescr constraint : pattern.getDescrs()) {
            constraints.add(
                    constraint.getClass() == ExprConstraintDescr.class
                            ? ((ExprConstraintDescr) constraint).getExpression()
                            : unknown(constraint).text());
        }
        return Shape.pattern(
                Optional.ofNullable(pattern.getIdentifier()).orElse(""),
                String.valueOf(pattern.getObjectType()),
                constraints);
    }

    /** Equal to nothing that our parser makes. */
    private static Shape unknown(BaseDescr descr) {
        return new Shape("unknown", List.of(), "?" + descr.getClass().getName());
    }

    private void none(String what, Collection<?> found) {
        same(1, what, "0", String.valueOf(found.size()));
    }

    private void same(int line, String what, String first, String second) {
        if (!first.equals(second)) {
            problems.at(
                    line,
                    0,
                    "read differently by this program and by Drools (" + what + ": " + first + ", but " + second
                            + "); refused to be safe. Write it as in the shipped rules");
        }
    }
}
