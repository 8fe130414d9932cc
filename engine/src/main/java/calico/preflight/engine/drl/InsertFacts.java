package calico.preflight.engine.drl;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.drools.base.base.ValueResolver;
import org.drools.base.definitions.rule.impl.RuleImpl;
import org.drools.base.reteoo.BaseTuple;
import org.drools.base.rule.Declaration;
import org.drools.base.rule.consequence.Consequence;
import org.drools.core.reteoo.RuleTerminalNode;
import org.drools.core.rule.consequence.KnowledgeHelper;

/** What a rule does when it fires: it makes facts of what was bound, and adds them. */
final class InsertFacts implements Consequence<KnowledgeHelper> {

    /** Where a part of a new fact comes from. */
    @FunctionalInterface
    interface Part {
        /**
         * Takes it.
         *
         * @param variables what the patterns have bound, in the order in which the rule asked for it
         */
        Object of(List<Object> variables);
    }

    /** A fact to be made. */
    record Making(Constructor<?> constructor, List<Part> parts) {

        Object make(List<Object> variables) {
            Object[] arguments = new Object[parts.size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = parts.get(i).of(variables);
            }
            try {
                return constructor.newInstance(arguments);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(constructor + " failed", e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(constructor + " cannot be called", e);
            }
        }
    }

    private final List<Making> makings;

    InsertFacts(List<Making> makings) {
        this.makings = makings;
    }

    @Override
    public String getName() {
        return RuleImpl.DEFAULT_CONSEQUENCE_NAME;
    }

    @Override
    public void evaluate(KnowledgeHelper helper, ValueResolver resolver) {
        BaseTuple tuple = helper.getTuple();
        // Where a rule has an "or", each of its branches ends in a node of its own and has its own declarations.
        Declaration[] declarations =
                ((RuleTerminalNode) helper.getMatch().getTuple().getSink()).getRequiredDeclarations();
        Object[] variables = new Object[declarations.length];
        for (int i = 0; i < variables.length; i++) {
            variables[i] = declarations[i].getValue(resolver, tuple);
        }
        for (Making making : makings) {
            helper.insert(making.make(List.of(variables)));
        }
    }
}
