package calico.preflight.engine.drl;

import java.io.StringReader;
import java.util.List;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.kie.api.KieBase;
import org.kie.api.io.Resource;
import org.kie.api.io.ResourceType;
import org.kie.internal.builder.KnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.io.ResourceFactory;

/** Rules as Drools by itself compiles them, so that tests can show that an attack is one. */
final class UncheckedRules {

    private UncheckedRules() {}

    static KieBase compile(List<RuleSource> sources) {
        KnowledgeBuilder builder = KnowledgeBuilderFactory.newKnowledgeBuilder();
        for (RuleSource source : sources) {
            Resource resource = ResourceFactory.newReaderResource(new StringReader(source.text()));
            resource.setResourceType(ResourceType.DRL);
            resource.setSourcePath(source.fileName());
            builder.add(resource, ResourceType.DRL);
        }
        if (builder.hasErrors()) {
            throw new IllegalStateException(builder.getErrors().toString());
        }
        InternalKnowledgeBase base = KnowledgeBaseFactory.newKnowledgeBase();
        base.addPackages(builder.getKnowledgePackages());
        return base;
    }
}
