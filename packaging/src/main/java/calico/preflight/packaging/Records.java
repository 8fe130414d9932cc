package calico.preflight.packaging;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The equals, hashCode and toString of records. */
final class Records implements WrittenOut {

    private static final String OBJECTS = "java/util/Objects";

    private record Component(String name, String field, Type type) {}

    @Override
    public boolean isLinkedBy(String owner, String name) {
        return owner.equals("java/lang/runtime/ObjectMethods");
    }

    @Override
    public Target write(CallSite site) {
        ClassNode type = site.host().type();
        List<Component> components = components(site);
        return switch (site.call().name) {
            case "equals" -> equality(site, type.name, components);
            case "hashCode" -> hash(site, type.name, components);
            case "toString" -> text(site, type, components);
            default -> throw new UnusualException("a record has a method " + site.call().name);
        };
    }

    private static List<Component> components(CallSite site) {
        String type = site.host().type().name;
        if (!site.said(0, Type.class).getInternalName().equals(type)) {
            throw new UnusualException("it is a method of another record");
        }
        String names = site.said(1, String.class);
        List<String> each = names.isEmpty() ? List.of() : List.of(names.split(";"));
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            Handle getter = site.said(2 + i, Handle.class);
            if (getter.getTag() != Opcodes.H_GETFIELD || !getter.getOwner().equals(type)) {
                throw new UnusualException("a component is no field");
            }
            components.add(new Component(each.get(i), getter.getName(), Type.getType(getter.getDesc())));
        }
        return components;
    }

    private static Target equality(CallSite site, String type, List<Component> components) {
        MethodNode code = site.beginMethod("equals");
        Label different = new Label();
        Label another = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitJumpInsn(Opcodes.IF_ACMPNE, another);
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(another);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitTypeInsn(Opcodes.INSTANCEOF, type);
        code.visitJumpInsn(Opcodes.IFEQ, different);
        for (Component component : components) {
            load(code, 0, type, component);
            load(code, 1, type, component);
            jumpIfDifferent(code, component.type(), different);
        }
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(different);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitInsn(Opcodes.IRETURN);
        return site.end(code);
    }

    private static void jumpIfDifferent(MethodVisitor code, Type type, Label different) {
        switch (type.getSort()) {
            case Type.LONG -> {
                code.visitInsn(Opcodes.LCMP);
                code.visitJumpInsn(Opcodes.IFNE, different);
            }
            case Type.FLOAT -> {
                code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Float", "compare", "(FF)I", false);
                code.visitJumpInsn(Opcodes.IFNE, different);
            }
            case Type.DOUBLE -> {
                code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Double", "compare", "(DD)I", false);
                code.visitJumpInsn(Opcodes.IFNE, different);
            }
            case Type.OBJECT, Type.ARRAY -> {
                code.visitMethodInsn(
                        Opcodes.INVOKESTATIC, OBJECTS, "equals", "(Ljava/lang/Object;Ljava/lang/Object;)Z", false);
                code.visitJumpInsn(Opcodes.IFEQ, different);
            }
            default -> code.visitJumpInsn(Opcodes.IF_ICMPNE, different);
        }
    }

    private static Target hash(CallSite site, String type, List<Component> components) {
        MethodNode code = site.beginMethod("hashCode");
        code.visitInsn(Opcodes.ICONST_0);
        for (Component component : components) {
            code.visitIntInsn(Opcodes.BIPUSH, 31);
            code.visitInsn(Opcodes.IMUL);
            load(code, 0, type, component);
            Primitive.of(component.type())
                    .ifPresentOrElse(
                            primitive -> code.visitMethodInsn(
                                    Opcodes.INVOKESTATIC,
                                    primitive.box(),
                                    "hashCode",
                                    "(" + component.type().getDescriptor() + ")I",
                                    false),
                            () -> code.visitMethodInsn(
                                    Opcodes.INVOKESTATIC, OBJECTS, "hashCode", "(Ljava/lang/Object;)I", false));
            code.visitInsn(Opcodes.IADD);
        }
        code.visitInsn(Opcodes.IRETURN);
        return site.end(code);
    }

    private static Target text(CallSite site, ClassNode type, List<Component> components) {
        MethodNode code = site.beginMethod("toString");
        TextBuilding text = new TextBuilding(code);
        String before = simpleName(type) + "[";
        for (Component component : components) {
            text.add(before + component.name() + "=");
            load(code, 0, type.name, component);
            text.add(component.type());
            before = ", ";
        }
        text.add(components.isEmpty() ? before + "]" : "]");
        text.returnText();
        return site.end(code);
    }

    /** As the class itself would tell it. */
    private static String simpleName(ClassNode type) {
        for (InnerClassNode inner : type.innerClasses) {
            if (inner.name.equals(type.name) && inner.innerName != null) {
                return inner.innerName;
            }
        }
        return type.name.substring(type.name.lastIndexOf('/') + 1);
    }

    private static void load(MethodVisitor code, int variable, String type, Component component) {
        code.visitVarInsn(Opcodes.ALOAD, variable);
        if (variable > 0) {
            code.visitTypeInsn(Opcodes.CHECKCAST, type);
        }
        code.visitFieldInsn(
                Opcodes.GETFIELD, type, component.field(), component.type().getDescriptor());
    }
}
