package calico.preflight.engine.drl;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.drools.base.base.ValueResolver;
import org.drools.base.base.ValueType;
import org.drools.base.base.extractors.BaseObjectClassFieldReader;

/**
 * Reads a member of a fact by reflection, which needs no class to be written when the program starts, and which the JVM makes
 * fast where many hosts are judged. Whole numbers of any width are read as those of 64 bits, so that they can be compared.
 */
@SuppressWarnings("serial") // networks are built anew, and never kept
final class MemberReader extends BaseObjectClassFieldReader {

    private final Method accessor;
    private final boolean whole;

    /**
     * Reads nothing yet.
     *
     * @param number another for each member; by it Drools tells those of a type apart
     */
    MemberReader(int number, Method accessor) {
        super(
                number,
                Kind.of(accessor.getReturnType()) == Kind.WHOLE ? long.class : accessor.getReturnType(),
                ValueType.determineValueType(
                        Kind.of(accessor.getReturnType()) == Kind.WHOLE ? long.class : accessor.getReturnType()));
        this.accessor = accessor;
        this.whole = Kind.of(accessor.getReturnType()) == Kind.WHOLE;
    }

    /** The Java type of its values. */
    Class<?> kind() {
        return accessor.getReturnType();
    }

    /** The value. */
    Object read(Object fact) {
        try {
            Object value = accessor.invoke(fact);
            return whole ? (Object) ((Number) value).longValue() : value;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(accessor + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(accessor + " cannot be called", e);
        }
    }

    @Override
    public Object getValue(ValueResolver resolver, Object fact) {
        return read(fact);
    }
}
