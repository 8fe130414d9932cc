package calico.preflight.engine.drl;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.drools.base.definitions.InternalKnowledgePackage;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.kie.api.KieBase;
import org.kie.api.io.Resource;
import org.kie.api.io.ResourceType;
import org.kie.internal.builder.KnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilderError;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.io.ResourceFactory;

/** Compiles rule files that the check has let through. */
public final class RuleCompiler {

    private RuleCompiler() {}

    /**
     * Checks and compiles.
     *
     * @throws InvalidRulesException with everything that is wrong with any of the files, where something is
     */
    public static KieBase compile(List<RuleSource> sources, Vocabulary vocabulary) throws InvalidRulesException {
        return compile(sources, vocabulary, true);
    }

    /** The rules as they were prepared when the program was built, or else checked and compiled now. */
    public static KieBase compile(List<RuleSource> sources, Vocabulary vocabulary, Path prepared)
            throws InvalidRulesException {
        Optional<KieBase> ready = PreparedRules.find(prepared, sources, vocabulary);
        return ready.isPresent() ? ready.get() : compile(sources, vocabulary);
    }

    /**
     * @param checked only the controls of tests leave the check and the class loader out, to show that an attack is one
     */
    static KieBase compile(List<RuleSource> sources, Vocabulary vocabulary, boolean checked)
            throws InvalidRulesException {
        InternalKnowledgeBase base = KnowledgeBaseFactory.newKnowledgeBase();
        base.addPackages(builder(sources, vocabulary, checked).getKnowledgePackages());
        return base;
    }

    /** What the rules come to, to be kept. */
    static Collection<InternalKnowledgePackage> packages(List<RuleSource> sources, Vocabulary vocabulary)
            throws InvalidRulesException {
        return builder(sources, vocabulary, true).getKnowledgePackages().stream()
                .map(InternalKnowledgePackage.class::cast)
                .toList();
    }

    private static KnowledgeBuilder builder(List<RuleSource> sources, Vocabulary vocabulary, boolean checked)
            throws InvalidRulesException {
        ClassLoader classes = RuleCompiler.class.getClassLoader();
        KnowledgeBuilder builder =
                KnowledgeBuilderFactory.newKnowledgeBuilder(KnowledgeBuilderFactory.newKnowledgeBuilderConfiguration(
                        checked ? new RuleClassLoader(classes, vocabulary) : classes));
        for (Resource resource : checked ? checkedResources(sources, vocabulary) : rawResources(sources)) {
            builder.add(resource, resource.getResourceType());
        }
        if (builder.hasErrors()) {
            List<Problem> problems = new ArrayList<>();
            for (KnowledgeBuilderError error : builder.getErrors()) {
                problems.add(problem(error));
            }
            throw new InvalidRulesException(problems);
        }
        return builder;
    }

    private static List<Resource> checkedResources(List<RuleSource> sources, Vocabulary vocabulary)
            throws InvalidRulesException {
        List<Problem> problems = new ArrayList<>();
        List<Resource> resources = new ArrayList<>();
        Map<String, String> placeOfName = new HashMap<>();
        for (RuleSource source : sources) {
            ClosedLanguage.Parsed parsed = ClosedLanguage.parse(source.fileName(), source.text(), vocabulary);
            problems.addAll(parsed.problems());
            for (ParsedRule rule : parsed.rules()) {
                Token place = rule.place();
                String first = placeOfName.putIfAbsent(rule.name(), source.fileName() + ":" + place.line());
                if (first != null) {
                    problems.add(new Problem(
                            source.fileName(),
                            place.line(),
                            place.column(),
                            "there is already a rule of this name, at " + first + "; every rule has its own"));
                }
            }
            Optional<PackageDescr> descr = parsed.secondReading();
            if (descr.isPresent()) {
                Resource resource = ResourceFactory.newDescrResource(descr.get());
                resource.setResourceType(ResourceType.DESCR);
                resource.setSourcePath(source.fileName());
                resources.add(resource);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(problems);
        }
        return resources;
    }

    private static List<Resource> rawResources(List<RuleSource> sources) {
        List<Resource> resources = new ArrayList<>();
        for (RuleSource source : sources) {
            Resource resource = ResourceFactory.newReaderResource(new StringReader(source.text()));
            resource.setResourceType(ResourceType.DRL);
            resource.setSourcePath(source.fileName());
            resources.add(resource);
        }
        return resources;
    }

    private static Problem problem(KnowledgeBuilderError error) {
        Optional<Resource> resource = Optional.ofNullable(error.getResource());
        String file = resource.map(Resource::getSourcePath).orElse("rules");
        int[] lines = error.getLines();
        int line = lines == null || lines.length == 0 ? 0 : Math.max(0, lines[0]);
        return new Problem(
                file, line, 0, "does not compile: " + error.getMessage().strip().replaceAll("\\s+", " "));
    }
}
