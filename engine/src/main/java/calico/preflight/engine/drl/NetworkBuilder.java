package calico.preflight.engine.drl;

import calico.preflight.engine.drl.Clause.Binding;
import calico.preflight.engine.drl.Clause.Comparison;
import calico.preflight.engine.drl.FactConstraint.Lookup;
import calico.preflight.engine.drl.FactConstraint.Predicate;
import calico.preflight.engine.drl.InsertFacts.Making;
import calico.preflight.engine.drl.InsertFacts.Part;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.drools.base.base.ClassObjectType;
import org.drools.base.base.SalienceInteger;
import org.drools.base.definitions.InternalKnowledgePackage;
import org.drools.base.definitions.rule.impl.RuleImpl;
import org.drools.base.reteoo.BaseTuple;
import org.drools.base.rule.Declaration;
import org.drools.base.rule.GroupElement;
import org.drools.base.rule.GroupElementFactory;
import org.drools.base.rule.Pattern;
import org.drools.core.BaseConfigurationFactories;
import org.drools.core.reteoo.CoreComponentFactory;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.internal.conf.CompositeBaseConfiguration;
import org.kie.internal.utils.ChainedProperties;

/**
 * Has Drools build its network of rules that were parsed. Patterns, comparisons and insertions are handed over as objects that
 * run as they are: nothing is compiled, no expression is evaluated and no class is written, which is what starting Drools
 * otherwise takes its time for.
 */
final class NetworkBuilder {

    private final Vocabulary vocabulary;
    private final Map<String, ClassObjectType> types = new HashMap<>();
    private final Map<String, MemberReader> readers = new HashMap<>();
    /** By type and kinds of arguments; most insertions are of the same few. */
    private final Map<List<Object>, Constructor<?>> constructors = new HashMap<>();

    NetworkBuilder(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Builds it.
     *
     * @param files without mistakes
     */
    KieBase build(List<ParsedFile> files) {
        Map<String, InternalKnowledgePackage> packages = new LinkedHashMap<>();
        for (ParsedFile file : files) {
            InternalKnowledgePackage rules =
                    packages.computeIfAbsent(file.packageName(), CoreComponentFactory.get()::createKnowledgePackage);
            for (int i = 0; i < file.rules().size(); i++) {
                RuleImpl built = new RuleBuilder(file.rules().get(i)).rule;
                built.setPackage(file.packageName());
                // Of rules of a file and of the same salience, the one that was written first fires first, as Drools
                // has it.
                built.setLoadOrder(i);
                rules.addRule(built);
            }
        }
        InternalKnowledgeBase base = KnowledgeBaseFactory.newKnowledgeBase("calico-preflight", usualSettings());
        base.addPackages(List.copyOf(packages.values()));
        return base;
    }

    /**
     * Those that Drools has in its code. It would look for others in all archives of the program and in the properties of the
     * process, which takes long, and nobody is to change how rules are judged there.
     */
    @SuppressWarnings("unchecked") // of generic arrays, which Java makes for varargs
    private static CompositeBaseConfiguration usualSettings() {
        return new CompositeBaseConfiguration(
                new ChainedProperties(),
                NetworkBuilder.class.getClassLoader(),
                BaseConfigurationFactories.baseConf,
                BaseConfigurationFactories.ruleConf);
    }

    private ClassObjectType type(String simpleName) {
        return types.computeIfAbsent(simpleName, name -> new ClassObjectType(vocabulary.named(name)));
    }

    private MemberReader reader(String type, String member) {
        return readers.computeIfAbsent(
                type + "." + member,
                any -> new MemberReader(
                        readers.size(), Vocabulary.reading(type(type).getClassType(), member)));
    }

    /**
     * What a variable is bound to.
     *
     * @param declaration where Drools keeps it
     * @param type the type of its pattern where it is a whole fact; empty where it is a member
     * @param kind the Java type of its values
     */
    private record Bound(Declaration declaration, String type, Class<?> kind) {}

    /** Builds one rule. */
    private final class RuleBuilder {

        private final RuleImpl rule;
        private int patterns;

        RuleBuilder(ParsedRule parsed) {
            rule = new RuleImpl(parsed.name());
            rule.setSalience(new SalienceInteger(parsed.salience()));
            Map<String, Bound> bound = new HashMap<>();
            GroupElement top = GroupElementFactory.newAndInstance();
            add(parsed.condition(), top, bound);
            rule.setLhs(top);
            List<String> needed = parsed.insertions().stream()
                    .flatMap(insertion -> insertion.arguments().stream())
                    .filter(Operand.Variable.class::isInstance)
                    .map(variable -> ((Operand.Variable) variable).name())
                    .distinct()
                    .toList();
            rule.setRequiredDeclarationsForConsequence(
                    RuleImpl.DEFAULT_CONSEQUENCE_NAME, needed.toArray(String[]::new));
            rule.setConsequence(new InsertFacts(parsed.insertions().stream()
                    .map(insertion -> making(insertion, needed, bound))
                    .toList()));
        }

        private void add(Condition condition, GroupElement to, Map<String, Bound> bound) {
            if (condition instanceof Condition.Match match) {
                to.addChild(pattern(match, bound));
            } else if (condition instanceof Condition.All all) {
                if (to.isAnd()) {
                    all.parts().forEach(part -> add(part, to, bound));
                } else {
                    GroupElement group = GroupElementFactory.newAndInstance();
                    add(all, group, bound);
                    to.addChild(group);
                }
            } else if (condition instanceof Condition.Any any) {
                GroupElement group = GroupElementFactory.newOrInstance();
                List<Map<String, Bound>> branches = new ArrayList<>();
                for (Condition part : any.parts()) {
                    Map<String, Bound> branch = new HashMap<>(bound);
                    add(part, group, branch);
                    branches.add(branch);
                }
                // What each branch binds is bound afterwards; Drools finds the one of each branch by its name.
                branches.get(0).forEach((name, variable) -> {
                    if (branches.stream().allMatch(branch -> branch.containsKey(name))) {
                        bound.put(name, variable);
                    }
                });
                to.addChild(group);
            } else if (condition instanceof Condition.Not not) {
                to.addChild(only(GroupElementFactory.newNotInstance(), not.of(), bound));
            } else if (condition instanceof Condition.Exists exists) {
                to.addChild(only(GroupElementFactory.newExistsInstance(), exists.of(), bound));
            }
        }

        /** A group that holds one element, whose variables are not seen outside. */
        private GroupElement only(GroupElement group, Condition of, Map<String, Bound> bound) {
            add(of, group, new HashMap<>(bound));
            return group;
        }

        private Pattern pattern(Condition.Match match, Map<String, Bound> bound) {
            Pattern pattern = new Pattern(patterns++, 0, 0, type(match.type()), match.variable(), false);
            for (Clause clause : match.clauses()) {
                if (clause instanceof Binding binding) {
                    Declaration declaration =
                            new Declaration(binding.variable(), reader(match.type(), binding.member()), pattern);
                    pattern.addDeclaration(declaration);
                    bound.put(
                            binding.variable(),
                            new Bound(
                                    declaration,
                                    "",
                                    reader(match.type(), binding.member()).kind()));
                } else {
                    separate((Clause.Test) clause)
                            .forEach(test -> pattern.addConstraint(new TestBuilder(match.type(), bound).test(test)));
                }
            }
            if (!match.variable().isEmpty()) {
                bound.put(
                        match.variable(),
                        new Bound(
                                pattern.getDeclaration(),
                                match.type(),
                                type(match.type()).getClassType()));
            }
            return pattern;
        }

        /** What is joined by {@code &&} is as good as written with commas, and each of it can be looked up. */
        private static List<Clause.Test> separate(Clause.Test test) {
            if (test instanceof Clause.Both both) {
                return both.tests().stream()
                        .flatMap(one -> separate(one).stream())
                        .toList();
            }
            return test instanceof Clause.Group group && !group.negated() ? separate(group.test()) : List.of(test);
        }

        private Making making(Insertion insertion, List<String> needed, Map<String, Bound> bound) {
            List<Class<?>> kinds = new ArrayList<>();
            for (Operand argument : insertion.arguments()) {
                kinds.add(kind(argument, bound));
            }
            Constructor<?> constructor = constructors.computeIfAbsent(
                    List.of(insertion.type(), kinds),
                    any -> vocabulary.constructor(insertion.type(), kinds).orElseThrow());
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < insertion.arguments().size(); i++) {
                parts.add(part(insertion.arguments().get(i), constructor.getParameterTypes()[i], needed));
            }
            return new Making(constructor, parts);
        }

        private static Class<?> kind(Operand argument, Map<String, Bound> bound) {
            if (argument instanceof Operand.Variable variable) {
                return Objects.requireNonNull(bound.get(variable.name())).kind();
            }
            return argument instanceof Operand.Whole
                    ? int.class
                    : literal(argument).getClass();
        }

        private static Part part(Operand argument, Class<?> parameter, List<String> needed) {
            if (argument instanceof Operand.Variable variable) {
                int index = needed.indexOf(variable.name());
                return variables -> fitting(variables.get(index), parameter);
            }
            Object literal = fitting(literal(argument), parameter);
            return variables -> literal;
        }

        /** Whole numbers are read as such of 64 bits; facts may hold narrower ones. */
        private static Object fitting(Object value, Class<?> parameter) {
            return value instanceof Long number && (parameter == int.class || parameter == Integer.class)
                    ? (Object) Math.toIntExact(number)
                    : value;
        }
    }

    private static Object literal(Operand operand) {
        if (operand instanceof Operand.Text text) {
            return text.text();
        }
        if (operand instanceof Operand.Flag flag) {
            return flag.flag();
        }
        return (long) ((Operand.Whole) operand).number();
    }

    /** Where one side of a comparison comes from. */
    @FunctionalInterface
    private interface Source {
        Object of(Object fact, @Nullable BaseTuple before, List<Declaration> variables);
    }

    /** Builds one test of a pattern. */
    private final class TestBuilder {

        private final String type;
        private final Map<String, Bound> bound;
        private final List<Declaration> variables = new ArrayList<>();

        TestBuilder(String type, Map<String, Bound> bound) {
            this.type = type;
            this.bound = bound;
        }

        FactConstraint test(Clause.Test test) {
            Predicate predicate = predicate(test);
            return new FactConstraint(test.written(), predicate, variables, lookup(test));
        }

        private Optional<Lookup> lookup(Clause.Test test) {
            if (!(test instanceof Comparison comparison) || comparison.operator() != Operator.EQUAL) {
                return Optional.empty();
            }
            MemberReader member = reader(type, comparison.member());
            Operand operand = comparison.operand();
            if (operand instanceof Operand.Member) {
                return Optional.empty();
            }
            if (!(operand instanceof Operand.Variable variable)) {
                return Optional.of(new Lookup(member, Optional.of(literal(operand)), Optional.empty()));
            }
            Bound holder = Objects.requireNonNull(bound.get(variable.name()));
            Optional<MemberReader> of = variable.member().isEmpty()
                    ? Optional.empty()
                    : Optional.of(reader(holder.type(), variable.member()));
            // Drools looks up values of one type only; others are compared one by one.
            boolean alike = of.map(MemberReader::getValueType)
                    .orElseGet(() -> holder.declaration().getValueType())
                    .equals(member.getValueType());
            return alike ? Optional.of(new Lookup(member, Optional.empty(), of)) : Optional.empty();
        }

        private Predicate predicate(Clause.Test test) {
            if (test instanceof Clause.Both both) {
                List<Predicate> all = both.tests().stream().map(this::predicate).toList();
                return (fact, before, held) -> {
                    for (Predicate one : all) {
                        if (!one.holds(fact, before, held)) {
                            return false;
                        }
                    }
                    return true;
                };
            }
            if (test instanceof Clause.Either either) {
                List<Predicate> any =
                        either.tests().stream().map(this::predicate).toList();
                return (fact, before, held) -> {
                    for (Predicate one : any) {
                        if (one.holds(fact, before, held)) {
                            return true;
                        }
                    }
                    return false;
                };
            }
            if (test instanceof Clause.Group group) {
                Predicate inner = predicate(group.test());
                return group.negated() ? (fact, before, held) -> !inner.holds(fact, before, held) : inner;
            }
            return comparison((Comparison) test);
        }

        private Predicate comparison(Comparison comparison) {
            MemberReader left = reader(type, comparison.member());
            Source right = source(comparison.operand());
            Operator operator = comparison.operator();
            boolean wanted = !comparison.negated();
            return (fact, before, held) -> operator.holds(left.read(fact), right.of(fact, before, held)) == wanted;
        }

        private Source source(Operand operand) {
            if (operand instanceof Operand.Member member) {
                MemberReader reader = reader(type, member.name());
                return (fact, before, held) -> reader.read(fact);
            }
            if (!(operand instanceof Operand.Variable variable)) {
                Object literal = literal(operand);
                return (fact, before, held) -> literal;
            }
            Bound holder = Objects.requireNonNull(bound.get(variable.name()));
            int index = index(holder.declaration());
            if (variable.member().isEmpty()) {
                return (fact, before, held) -> value(held.get(index), before);
            }
            MemberReader reader = reader(holder.type(), variable.member());
            return (fact, before, held) -> reader.read(value(held.get(index), before));
        }

        private int index(Declaration declaration) {
            int known = variables.indexOf(declaration);
            if (known >= 0) {
                return known;
            }
            variables.add(declaration);
            return variables.size() - 1;
        }
    }

    private static Object value(Declaration variable, @Nullable BaseTuple before) {
        BaseTuple matched = Objects.requireNonNull(before);
        return variable.getExtractor().getValue(matched.get(variable).getObject());
    }
}
