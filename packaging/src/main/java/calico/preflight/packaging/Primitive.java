package calico.preflight.packaging;

import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The primitive types, and the classes whose objects hold their values. */
enum Primitive {
    BOOLEAN("Z", "java/lang/Boolean", "booleanValue"),
    CHAR("C", "java/lang/Character", "charValue"),
    BYTE("B", "java/lang/Byte", "byteValue"),
    SHORT("S", "java/lang/Short", "shortValue"),
    INT("I", "java/lang/Integer", "intValue"),
    LONG("J", "java/lang/Long", "longValue"),
    FLOAT("F", "java/lang/Float", "floatValue"),
    DOUBLE("D", "java/lang/Double", "doubleValue");

    private final String descriptor;
    private final String box;
    private final String value;

    Primitive(String descriptor, String box, String value) {
        this.descriptor = descriptor;
        this.box = box;
        this.value = value;
    }

    /** The one that a type is. */
    static Optional<Primitive> of(Type type) {
        return Stream.of(values())
                .filter(each -> each.descriptor.equals(type.getDescriptor()))
                .findFirst();
    }

    /** The one whose values the objects of a class hold. */
    static Optional<Primitive> boxedAs(Type type) {
        return Stream.of(values())
                .filter(each -> type.equals(Type.getObjectType(each.box)))
                .findFirst();
    }

    /** The name of the class whose objects hold its values. */
    String box() {
        return box;
    }

    /** Makes an object of a value. */
    void writeBoxing(MethodVisitor code) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, box, "valueOf", "(" + descriptor + ")L" + box + ";", false);
    }

    /** Takes the value out of an object of its class. */
    void writeUnboxing(MethodVisitor code) {
        writeUnboxing(code, box);
    }

    /** Takes the value out of an object whose class is not known: numbers can be had in any type. */
    void writeUnboxingOfAny(MethodVisitor code) {
        String held = this == BOOLEAN || this == CHAR ? box : "java/lang/Number";
        code.visitTypeInsn(Opcodes.CHECKCAST, held);
        writeUnboxing(code, held);
    }

    private void writeUnboxing(MethodVisitor code, String held) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, held, value, "()" + descriptor, false);
    }

    /** Makes a value one of a wider type. */
    void writeWidening(MethodVisitor code, Primitive wider) {
        if (this == wider) {
            return;
        }
        int opcode =
                switch (descriptor + wider.descriptor) {
                    case "BS", "BI", "SI", "CI" -> Opcodes.NOP;
                    case "BJ", "SJ", "CJ", "IJ" -> Opcodes.I2L;
                    case "BF", "SF", "CF", "IF" -> Opcodes.I2F;
                    case "BD", "SD", "CD", "ID" -> Opcodes.I2D;
                    case "JF" -> Opcodes.L2F;
                    case "JD" -> Opcodes.L2D;
                    case "FD" -> Opcodes.F2D;
                    default -> throw new UnusualException(this + " does not go into " + wider);
                };
        if (opcode != Opcodes.NOP) {
            code.visitInsn(opcode);
        }
    }
}
