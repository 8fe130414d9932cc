package calico.preflight.packaging;

import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A call for which the JVM would write code.
 *
 * @param host the class that it is in
 * @param call the call
 * @param line of the source, or 0 if the class file does not tell
 */
record CallSite(Host host, InvokeDynamicInsnNode call, int line) {

    /** The types of what it takes. */
    List<Type> takes() {
        return List.of(Type.getArgumentTypes(call.desc));
    }

    /** What was said to the bootstrap method, from the first on. */
    List<Object> said() {
        return List.of(call.bsmArgs);
    }

    /** What was said to the bootstrap method, where it must be of a type. */
    <T> T said(int index, Class<T> type) {
        Object argument = index < call.bsmArgs.length ? call.bsmArgs[index] : "nothing";
        if (!type.isInstance(argument)) {
            throw new UnusualException(call.name + " is linked by " + argument);
        }
        return type.cast(argument);
    }

    /** Begins a private method of the host that is to be called instead. */
    MethodNode beginMethod(String stem) {
        MethodNode method = new MethodNode(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                host.freeMethodName(stem),
                call.desc,
                null,
                null);
        begin(method);
        return method;
    }

    /** Begins the code of a method; an error in it is told as one in the line of this call. */
    void begin(MethodVisitor method) {
        method.visitCode();
        if (line > 0) {
            Label start = new Label();
            method.visitLabel(start);
            method.visitLineNumber(line, start);
        }
    }

    /** Ends such a method, and gives it to the host. */
    WrittenOut.Target end(MethodNode method) {
        method.visitMaxs(0, 0);
        method.visitEnd();
        ClassNode type = host.type();
        type.methods.add(method);
        return new WrittenOut.Target(type.name, host.isInterface(), method.name);
    }
}
