package calico.preflight.engine.drl;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.kie.api.io.Resource;
import org.kie.api.io.ResourceType;
import org.kie.internal.builder.KnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilderError;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.io.ResourceFactory;

/**
 * What the parser and the compiler of Drools make of our rules. They are DRL: whoever knows it, and every tool for it, must
 * read them as this program does.
 */
public final class SecondOpinion {

    private SecondOpinion() {}

    /**
     * The rules as Drools compiles them. It gets the words that our parser has understood, not the files.
     *
     * @throws InvalidRulesException with what our own parser finds wrong with any of the files; where it finds nothing, with
     *     what Drools reads differently or does not compile
     */
    public static RuleNetwork compile(List<RuleSource> sources, Vocabulary vocabulary) throws InvalidRulesException {
        RuleCompiler.parse(sources, vocabulary, PreparedRules.none());
        List<Problem> problems = new ArrayList<>();
        KnowledgeBuilder builder =
                KnowledgeBuilderFactory.newKnowledgeBuilder(KnowledgeBuilderFactory.newKnowledgeBuilderConfiguration(
                        new RuleClassLoader(SecondOpinion.class.getClassLoader(), vocabulary)));
        for (RuleSource source : sources) {
            Problems differences = new Problems(source.fileName());
            Optional<PackageDescr> descr = SecondReading.of(
                    ClosedLanguage.parse(source.fileName(), source.text(), vocabulary), vocabulary, differences);
            problems.addAll(differences.sorted());
            if (descr.isPresent()) {
                Resource resource = ResourceFactory.newDescrResource(descr.get());
                resource.setResourceType(ResourceType.DESCR);
                resource.setSourcePath(source.fileName());
                builder.add(resource, ResourceType.DESCR);
            }
        }
        if (builder.hasErrors()) {
            for (KnowledgeBuilderError error : builder.getErrors()) {
                problems.add(problem(error));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(problems);
        }
        InternalKnowledgeBase base = KnowledgeBaseFactory.newKnowledgeBase();
        base.addPackages(builder.getKnowledgePackages());
        return RuleNetwork.of(base);
    }

    private static Problem problem(KnowledgeBuilderError error) {
        Optional<Resource> resource = Optional.ofNullable(error.getResource());
        String file = resource.map(Resource::getSourcePath).orElse("rules");
        int[] lines = error.getLines();
        int line = lines == null || lines.length == 0 ? 0 : Math.max(0, lines[0]);
        return new Problem(
                file,
                line,
                0,
                "Drools does not compile it: " + error.getMessage().strip().replaceAll("\\s+", " "));
    }
}
