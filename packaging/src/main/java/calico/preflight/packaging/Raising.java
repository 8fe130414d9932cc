package calico.preflight.packaging;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.JSRInlinerAdapter;

/**
 * Raises class files of the time before Java 6 to Java 17. Older ones do not say of which types the values in a method are;
 * the JVM finds out by its old verifier, at each start, and archives them unverified or not at all.
 */
final class Raising {

    private static final int FIRST_WITH_FRAMES = Opcodes.V1_6;
    private static final int RAISED = Opcodes.V17;

    private final Hierarchy hierarchy;

    Raising(Hierarchy hierarchy) {
        this.hierarchy = hierarchy;
    }

    /** Is this so old a class file? */
    boolean concerns(ClassReader file) {
        return file.readUnsignedShort(6) < FIRST_WITH_FRAMES;
    }

    /**
     * The same class as a class file of Java 17.
     *
     * @throws UnusualException if it does what class files of Java 17 may not
     * @throws TypeNotPresentException if it depends on a class that is not there
     */
    byte[] raised(ClassReader file) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String one, String other) {
                return hierarchy.nearestCommonSuperclass(one, other);
            }
        };
        file.accept(new Raised(writer), ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    private static final class Raised extends ClassVisitor {

        private final Set<String> finalFields = new HashSet<>();
        private String name = "";

        private Raised(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superclass,
                String @Nullable [] interfaces) {
            this.name = name;
            super.visit(RAISED, access, name, signature, superclass, interfaces);
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
            if ((access & Opcodes.ACC_FINAL) != 0) {
                finalFields.add(field);
            }
            return super.visitField(access, field, descriptor, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor written = super.visitMethod(access, method, descriptor, signature, exceptions);
            MethodVisitor withoutSubroutines =
                    new JSRInlinerAdapter(written, access, method, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, withoutSubroutines) {
                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    // Once, any method of a class could set its final fields.
                    String onlyIn =
                            switch (opcode) {
                                case Opcodes.PUTFIELD -> "<init>";
                                case Opcodes.PUTSTATIC -> "<clinit>";
                                default -> method;
                            };
                    if (owner.equals(name) && finalFields.contains(field) && !method.equals(onlyIn)) {
                        throw new UnusualException("the method " + method + " sets the final field " + field);
                    }
                    super.visitFieldInsn(opcode, owner, field, type);
                }
            };
        }

        @Override
        public void visitAttribute(Attribute attribute) {
            throw new UnusualException("what its attribute " + attribute.type + " refers to is not known");
        }
    }
}
