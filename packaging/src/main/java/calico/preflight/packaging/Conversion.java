package calico.preflight.packaging;

import java.util.Optional;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Code that makes a value of one type one of another, where Java does so without being asked. */
final class Conversion {

    private static final Type OBJECT = Type.getType(Object.class);

    private final MethodVisitor code;

    /** Goes into the code of this method. */
    Conversion(MethodVisitor code) {
        this.code = code;
    }

    /** Converts the value that the code has just loaded. */
    void write(Type from, Type to) {
        if (from.equals(to)) {
            return;
        }
        Optional<Primitive> given = Primitive.of(from);
        Optional<Primitive> wanted = Primitive.of(to);
        if (given.isPresent() && wanted.isPresent()) {
            given.get().writeWidening(code, wanted.get());
        } else if (given.isPresent()) {
            box(given.get(), to);
        } else if (wanted.isPresent()) {
            unbox(from, wanted.get());
        } else {
            cast(to);
        }
    }

    private void box(Primitive given, Type to) {
        Optional<Primitive> wanted = Primitive.boxedAs(to);
        if (wanted.isPresent() && wanted.get() != given) {
            throw new UnusualException(given + " does not go into " + to.getClassName());
        }
        given.writeBoxing(code);
        if (wanted.isEmpty()) {
            cast(to);
        }
    }

    private void unbox(Type from, Primitive wanted) {
        Optional<Primitive> held = Primitive.boxedAs(from);
        if (held.isPresent()) {
            held.get().writeUnboxing(code);
            held.get().writeWidening(code, wanted);
        } else {
            wanted.writeUnboxingOfAny(code);
        }
    }

    private void cast(Type to) {
        if (!to.equals(OBJECT)) {
            code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
        }
    }
}
