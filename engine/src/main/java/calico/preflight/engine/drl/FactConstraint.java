package calico.preflight.engine.drl;

import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.drools.base.base.ValueResolver;
import org.drools.base.base.ValueType;
import org.drools.base.base.field.ObjectFieldImpl;
import org.drools.base.reteoo.BaseTuple;
import org.drools.base.rule.ContextEntry;
import org.drools.base.rule.Declaration;
import org.drools.base.rule.IndexableConstraint;
import org.drools.base.rule.MutableTypeConstraint;
import org.drools.base.rule.accessor.FieldValue;
import org.drools.base.rule.accessor.ReadAccessor;
import org.drools.base.rule.accessor.RightTupleValueExtractor;
import org.drools.base.rule.accessor.TupleValueExtractor;
import org.drools.base.util.IndexedValueReader;
import org.drools.base.util.index.ConstraintTypeOperator;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.runtime.rule.FactHandle;

/**
 * What one test of a pattern asks of a fact, alone or together with what earlier patterns have bound. Drools asks it; where it
 * is an equality, Drools finds the facts by a hash and does not ask.
 */
@SuppressWarnings({"serial", "unchecked"}) // networks are never kept, and Drools clones without types
final class FactConstraint extends MutableTypeConstraint<ContextEntry> implements IndexableConstraint {

    /** Whether a fact, after the facts that earlier patterns matched, is as it should be. */
    @FunctionalInterface
    interface Predicate {
        /**
         * Looks.
         *
         * @param before what earlier patterns matched; null where the test looks at the fact alone
         * @param variables what the test needs of it, in the order of {@link FactConstraint#getRequiredDeclarations()}
         */
        boolean holds(Object fact, @Nullable BaseTuple before, List<Declaration> variables);
    }

    /**
     * An equality that Drools may look up.
     *
     * @param member what is equal
     * @param literal to what, where that stands in the rule
     * @param memberOfVariable the member of the variable to which, where it is a member
     */
    record Lookup(MemberReader member, Optional<Object> literal, Optional<MemberReader> memberOfVariable) {}

    private final String written;
    private final Predicate predicate;
    private final Optional<Lookup> lookup;
    private final Declaration[] variables;

    /**
     * A test.
     *
     * @param written the test as it stands in the file
     * @param variables what it needs of earlier patterns
     * @param lookup where it is nothing but an equality of a member with one of these, or with a literal
     */
    FactConstraint(String written, Predicate predicate, List<Declaration> variables, Optional<Lookup> lookup) {
        this.written = written;
        this.predicate = predicate;
        this.variables = variables.toArray(Declaration[]::new);
        this.lookup = lookup;
    }

    @Override
    public boolean isAllowed(FactHandle fact, ValueResolver resolver) {
        return predicate.holds(fact.getObject(), null, List.of());
    }

    @Override
    public boolean isAllowedCachedLeft(ContextEntry context, FactHandle fact) {
        return holds(fact, ((Cached) context).tuple);
    }

    @Override
    public boolean isAllowedCachedRight(BaseTuple tuple, ContextEntry context) {
        return holds(((Cached) context).fact, tuple);
    }

    private boolean holds(@Nullable FactHandle fact, @Nullable BaseTuple tuple) {
        if (fact == null || tuple == null) {
            throw new IllegalStateException("asked of nothing: " + written);
        }
        return predicate.holds(fact.getObject(), tuple, Arrays.asList(variables));
    }

    @Override
    @SuppressWarnings("NullAway") // Drools knows no context of a test without variables
    public ContextEntry createContext() {
        return variables.length == 0 ? null : new Cached();
    }

    @Override
    public Declaration[] getRequiredDeclarations() {
        return variables;
    }

    /** Where a rule has an {@code or}, Drools makes several of it, each with declarations of its own. */
    @Override
    public void replaceDeclaration(Declaration old, Declaration replacement) {
        for (int i = 0; i < variables.length; i++) {
            if (variables[i].equals(old)) {
                variables[i] = replacement;
            }
        }
    }

    @Override
    public FactConstraint clone() {
        FactConstraint clone = new FactConstraint(written, predicate, Arrays.asList(variables), lookup);
        clone.setType(getType());
        return clone;
    }

    @Override
    public boolean isTemporal() {
        return false;
    }

    @Override
    public boolean isUnification() {
        return false;
    }

    @Override
    public boolean isIndexable(int nodeType, KieBaseConfiguration configuration) {
        return getConstraintType().isIndexableForNode(nodeType, this, configuration);
    }

    @Override
    public ConstraintTypeOperator getConstraintType() {
        return lookup.isPresent() ? ConstraintTypeOperator.EQUAL : ConstraintTypeOperator.UNKNOWN;
    }

    @Override
    @SuppressWarnings("NullAway") // so Drools wants it where there is no literal
    public FieldValue getField() {
        return lookup.flatMap(Lookup::literal).map(ObjectFieldImpl::new).orElse(null);
    }

    @Override
    @SuppressWarnings("NullAway") // so Drools wants it where there is nothing to look up
    public ReadAccessor getFieldExtractor() {
        return lookup.map(Lookup::member).orElse(null);
    }

    @Override
    public IndexedValueReader getFieldIndex() {
        return new IndexedValueReader(getLeftIndexExtractor(), getRightIndexExtractor());
    }

    @Override
    public TupleValueExtractor getRightIndexExtractor() {
        return new RightTupleValueExtractor(lookup.orElseThrow().member());
    }

    @Override
    public TupleValueExtractor getLeftIndexExtractor() {
        Optional<MemberReader> member = lookup.orElseThrow().memberOfVariable();
        return member.isPresent() ? new MemberOfVariable(variables[0], member.get()) : variables[0];
    }

    /**
     * Equal tests of one type share a node of the network. Drools takes variables for equal that are of the same pattern of
     * their rules; where a rule has an {@code or}, that need not be at the same place of what was matched before.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FactConstraint test
                && written.equals(test.written)
                && Arrays.equals(variables, test.variables)
                && Arrays.equals(places(), test.places());
    }

    private int[] places() {
        return Arrays.stream(variables).mapToInt(Declaration::getTupleIndex).toArray();
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }

    @Override
    public String toString() {
        return written;
    }

    /** What Drools holds while it goes through the other side of a join. */
    @SuppressWarnings("serial") // sessions are not kept
    private static final class Cached implements ContextEntry {

        private transient @Nullable BaseTuple tuple;
        private transient @Nullable FactHandle fact;

        @Override
        public void updateFromTuple(ValueResolver resolver, BaseTuple left) {
            tuple = left;
        }

        @Override
        public void updateFromFactHandle(ValueResolver resolver, FactHandle right) {
            fact = right;
        }

        @Override
        public void resetTuple() {
            tuple = null;
        }

        @Override
        public void resetFactHandle() {
            fact = null;
        }

        @Override
        public ContextEntry getNext() {
            throw new UnsupportedOperationException("contexts are not linked");
        }

        @Override
        public void setNext(ContextEntry entry) {
            throw new UnsupportedOperationException("contexts are not linked");
        }

        @Override
        public void writeExternal(ObjectOutput out) {
            throw new UnsupportedOperationException("sessions are not kept");
        }

        @Override
        public void readExternal(ObjectInput in) {
            throw new UnsupportedOperationException("sessions are not kept");
        }
    }

    /** Reads a member of the fact that a variable is bound to. */
    private record MemberOfVariable(Declaration variable, MemberReader member) implements TupleValueExtractor {

        @Override
        public ValueType getValueType() {
            return member.getValueType();
        }

        @Override
        public Object getValue(ValueResolver resolver, BaseTuple tuple) {
            return member.read(variable.getValue(resolver, tuple));
        }

        @Override
        public TupleValueExtractor clone() {
            return new MemberOfVariable(variable, member);
        }
    }
}
