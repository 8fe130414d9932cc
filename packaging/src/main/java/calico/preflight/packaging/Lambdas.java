package calico.preflight.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * Lambdas and references to methods: each becomes a class beside the one that it stands in, which belongs to the same nest, so
 * that the private method with its code can stay private. That the class may call what a reference refers to is seen to by the
 * compiler: to what only a subclass may call it refers through such a private method.
 */
final class Lambdas implements WrittenOut {

    private static final String MAKE = "make";
    private static final String ONLY = "ONLY";
    /** Their methods take whatever they are called with, and a class cannot be told to do that. */
    private static final Set<String> POLYMORPHIC =
            Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

    @Override
    public boolean isLinkedBy(String owner, String name) {
        return owner.equals("java/lang/invoke/LambdaMetafactory") && name.equals("metafactory");
    }

    @Override
    public Target write(CallSite site) {
        return new Lambda(site).write();
    }

    private static final class Lambda {

        private final CallSite site;
        /** What the method of the interface takes and returns in its class file, and here. */
        private final Type erased;

        private final Type actual;
        private final Handle implementation;
        private final int opcode;

        private final Type made;
        private final List<Type> captured;
        /** What the implementation takes: for an instance method, the instance first. */
        private final List<Type> needed;

        private Lambda(CallSite site) {
            this.site = site;
            this.erased = site.said(0, Type.class);
            this.implementation = site.said(1, Handle.class);
            this.actual = site.said(2, Type.class);
            this.opcode = opcode(site.host(), implementation);
            this.made = Type.getReturnType(site.call().desc);
            this.captured = site.takes();
            this.needed = new ArrayList<>();
            if (opcode != Opcodes.INVOKESTATIC && opcode != Opcodes.NEW) {
                needed.add(Type.getObjectType(implementation.getOwner()));
            }
            needed.addAll(List.of(Type.getArgumentTypes(implementation.getDesc())));
            if (needed.size() != captured.size() + erased.getArgumentTypes().length
                    || actual.getArgumentTypes().length != erased.getArgumentTypes().length) {
                throw new UnusualException(site.call().name + " takes another number of arguments");
            }
        }

        private static int opcode(Host host, Handle implementation) {
            String owner = implementation.getOwner();
            if ((host.type().version & 0xffff) < Opcodes.V11) {
                throw new UnusualException("what class files before Java 11 say about nests does not count");
            }
            if (owner.startsWith("[") || POLYMORPHIC.contains(owner)) {
                throw new UnusualException(implementation.getName() + " is no ordinary method");
            }
            return switch (implementation.getTag()) {
                case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
                case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.NEW;
                case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
                case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
                case Opcodes.H_INVOKESPECIAL -> {
                    // Only of a private method is it certain that whoever calls it gets this one.
                    if (!host.hasPrivate(owner, implementation.getName(), implementation.getDesc())) {
                        throw new UnusualException(implementation.getName() + " is called past its overriders");
                    }
                    yield implementation.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
                }
                default -> throw new UnusualException(implementation.getName() + " is no method");
            };
        }

        private Target write() {
            ClassNode host = site.host().type();
            ClassNode type = new ClassNode();
            type.visit(
                    host.version,
                    Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                    site.host().freeClassName(),
                    null,
                    "java/lang/Object",
                    new String[] {made.getInternalName()});
            type.visitSource(host.sourceFile, null);
            type.visitNestHost(site.host().nestHost());
            for (int i = 0; i < captured.size(); i++) {
                type.visitField(
                        Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL,
                        field(i),
                        captured.get(i).getDescriptor(),
                        null,
                        null);
            }
            writeConstructor(type);
            if (captured.isEmpty()) {
                writeOnlyOne(type);
            }
            writeMake(type);
            writeMethod(type);
            site.host().beside().add(type);
            return new Target(type.name, false, MAKE);
        }

        private static String field(int captured) {
            return "captured" + captured;
        }

        private String constructor() {
            return Type.getMethodDescriptor(Type.VOID_TYPE, captured.toArray(Type[]::new));
        }

        private void writeConstructor(ClassNode type) {
            MethodVisitor code = type.visitMethod(Opcodes.ACC_PRIVATE, "<init>", constructor(), null, null);
            code.visitCode();
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
            int variable = 1;
            for (int i = 0; i < captured.size(); i++) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitVarInsn(captured.get(i).getOpcode(Opcodes.ILOAD), variable);
                code.visitFieldInsn(
                        Opcodes.PUTFIELD, type.name, field(i), captured.get(i).getDescriptor());
                variable += captured.get(i).getSize();
            }
            end(code, Opcodes.RETURN);
        }

        /** What captures nothing is always the same object. */
        private void writeOnlyOne(ClassNode type) {
            type.visitField(
                    Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL,
                    ONLY,
                    made.getDescriptor(),
                    null,
                    null);
            MethodVisitor code = type.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
            code.visitCode();
            writeNew(type, code);
            code.visitFieldInsn(Opcodes.PUTSTATIC, type.name, ONLY, made.getDescriptor());
            end(code, Opcodes.RETURN);
        }

        private void writeMake(ClassNode type) {
            MethodVisitor code = type.visitMethod(Opcodes.ACC_STATIC, MAKE, site.call().desc, null, null);
            code.visitCode();
            if (captured.isEmpty()) {
                code.visitFieldInsn(Opcodes.GETSTATIC, type.name, ONLY, made.getDescriptor());
            } else {
                writeNew(type, code);
            }
            end(code, Opcodes.ARETURN);
        }

        private void writeNew(ClassNode type, MethodVisitor code) {
            code.visitTypeInsn(Opcodes.NEW, type.name);
            code.visitInsn(Opcodes.DUP);
            int variable = 0;
            for (Type each : captured) {
                code.visitVarInsn(each.getOpcode(Opcodes.ILOAD), variable);
                variable += each.getSize();
            }
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, type.name, "<init>", constructor(), false);
        }

        private void writeMethod(ClassNode type) {
            MethodVisitor code =
                    type.visitMethod(Opcodes.ACC_PUBLIC, site.call().name, erased.getDescriptor(), null, null);
            site.begin(code);
            if (opcode == Opcodes.NEW) {
                code.visitTypeInsn(Opcodes.NEW, implementation.getOwner());
                code.visitInsn(Opcodes.DUP);
            }
            for (int i = 0; i < captured.size(); i++) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitFieldInsn(
                        Opcodes.GETFIELD, type.name, field(i), captured.get(i).getDescriptor());
            }
            Conversion conversion = new Conversion(code);
            Type[] given = erased.getArgumentTypes();
            int variable = 1;
            for (int i = 0; i < given.length; i++) {
                code.visitVarInsn(given[i].getOpcode(Opcodes.ILOAD), variable);
                conversion.write(given[i], actual.getArgumentTypes()[i]);
                conversion.write(actual.getArgumentTypes()[i], needed.get(captured.size() + i));
                variable += given[i].getSize();
            }
            code.visitMethodInsn(
                    opcode == Opcodes.NEW ? Opcodes.INVOKESPECIAL : opcode,
                    implementation.getOwner(),
                    implementation.getName(),
                    implementation.getDesc(),
                    implementation.isInterface());
            writeReturn(code, conversion);
        }

        private void writeReturn(MethodVisitor code, Conversion conversion) {
            Type returned = opcode == Opcodes.NEW
                    ? Type.getObjectType(implementation.getOwner())
                    : Type.getReturnType(implementation.getDesc());
            Type wanted = erased.getReturnType();
            if (wanted.equals(Type.VOID_TYPE)) {
                switch (returned.getSize()) {
                    case 1 -> code.visitInsn(Opcodes.POP);
                    case 2 -> code.visitInsn(Opcodes.POP2);
                    default -> {}
                }
            } else if (returned.equals(Type.VOID_TYPE)) {
                throw new UnusualException(site.call().name + " returns nothing");
            } else {
                conversion.write(returned, wanted);
            }
            end(code, wanted.getOpcode(Opcodes.IRETURN));
        }

        private static void end(MethodVisitor code, int returning) {
            code.visitInsn(returning);
            code.visitMaxs(0, 0);
            code.visitEnd();
        }
    }
}
