package calico.preflight.engine.drl;

import java.lang.reflect.RecordComponent;
import org.drools.base.base.ValueResolver;
import org.drools.base.base.ValueType;
import org.drools.base.base.extractors.BaseObjectClassFieldReader;
import org.drools.base.rule.accessor.ReadAccessor;
import org.drools.base.rule.accessor.WriteAccessor;
import org.drools.core.base.ClassFieldAccessorCache.CacheEntry;
import org.drools.core.base.FieldAccessorFactory;
import org.drools.mvel.asm.ClassFieldAccessorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Has Drools read the components of records through reflection. By itself it writes a class for each component that a rule
 * names, more than two hundred of them, each time the program starts, which takes longer than a host is judged; the JVM makes
 * reflection as fast where many hosts are judged. Drools finds it as a service.
 */
public final class RecordFields implements FieldAccessorFactory {

    private final FieldAccessorFactory others = new ClassFieldAccessorFactory();

    /** For Drools. */
    public RecordFields() {}

    /** Takes precedence over that of Drools. */
    @Override
    public int servicePriority() {
        return others.servicePriority() + 1;
    }

    @Override
    public @Nullable ReadAccessor getClassFieldReader(Class<?> type, String field, CacheEntry cache) {
        if (type.isRecord()) {
            RecordComponent[] components = type.getRecordComponents();
            for (int i = 0; i < components.length; i++) {
                if (components[i].getName().equals(field)) {
                    return new Component(i, components[i]);
                }
            }
        }
        return others.getClassFieldReader(type, field, cache);
    }

    @Override
    public @Nullable WriteAccessor getClassFieldWriter(Class<?> type, String field, CacheEntry cache) {
        return others.getClassFieldWriter(type, field, cache);
    }

    /** Reads a component of a record. */
    private static final class Component extends BaseObjectClassFieldReader {

        private final transient RecordComponent component;
        private final boolean whole;

        Component(int index, RecordComponent component) {
            super(index, component.getType(), ValueType.determineValueType(component.getType()));
            this.component = component;
            this.whole = component.getType() == int.class;
        }

        @Override
        public Object getValue(ValueResolver resolver, Object record) {
            try {
                Object value = component.getAccessor().invoke(record);
                // Drools compares whole numbers of any width as those of 64 bits.
                return whole ? (Object) ((Integer) value).longValue() : value;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the component " + component + " cannot be read", e);
            }
        }
    }
}
