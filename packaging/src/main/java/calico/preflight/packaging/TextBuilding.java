package calico.preflight.packaging;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Code that builds a text of parts. */
final class TextBuilding {

    private static final String BUILDER = "java/lang/StringBuilder";

    private final MethodVisitor code;

    /** Begins the text in the code of this method. */
    TextBuilding(MethodVisitor code) {
        this.code = code;
        code.visitTypeInsn(Opcodes.NEW, BUILDER);
        code.visitInsn(Opcodes.DUP);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, BUILDER, "<init>", "()V", false);
    }

    /** Adds what is always the same. */
    void add(String constant) {
        if (!constant.isEmpty()) {
            code.visitLdcInsn(constant);
            add(Type.getType(String.class));
        }
    }

    /** Adds the value of this type that the code has just loaded. */
    void add(Type type) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, BUILDER, "append", "(" + taken(type) + ")Ljava/lang/StringBuilder;", false);
    }

    /** All references are taken as such: an array of characters is one, and not the text in it. */
    private static String taken(Type type) {
        return switch (type.getSort()) {
            case Type.BYTE, Type.SHORT, Type.INT -> "I";
            case Type.BOOLEAN, Type.CHAR, Type.LONG, Type.FLOAT, Type.DOUBLE -> type.getDescriptor();
            default -> type.getDescriptor().equals("Ljava/lang/String;") ? type.getDescriptor() : "Ljava/lang/Object;";
        };
    }

    /** Ends the text and returns it. */
    void returnText() {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUILDER, "toString", "()Ljava/lang/String;", false);
        code.visitInsn(Opcodes.ARETURN);
    }
}
