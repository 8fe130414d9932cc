package calico.preflight.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** A class with calls for which the JVM would write code, while that code is written out. */
final class Host {

    private static final int CONSTANT_INVOKE_DYNAMIC = 18;

    private final ClassNode type;
    private final Predicate<String> isThere;
    private final List<ClassNode> beside = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    /**
     * @param file the class
     * @param isThere tells by its name whether there is a class in the same jar
     */
    Host(ClassReader file, Predicate<String> isThere) {
        this.type = new ClassNode();
        this.isThere = isThere;
        file.accept(type, 0);
        if (type.attrs != null) {
            throw new UnusualException("what its attribute " + type.attrs.get(0).type + " refers to is not known");
        }
    }

    /** Are there such calls in a class file? */
    static boolean concerns(ClassReader file) {
        for (int item = 1; item < file.getItemCount(); item++) {
            int place = file.getItem(item);
            if (place > 0 && file.readByte(place - 1) == CONSTANT_INVOKE_DYNAMIC) {
                return true;
            }
        }
        return false;
    }

    /** Writes out all calls of these kinds but unusual ones, and tells whether there were any. */
    boolean writeOut(List<WrittenOut> kinds) {
        boolean changed = false;
        for (MethodNode method : List.copyOf(type.methods)) {
            int line = 0;
            for (AbstractInsnNode instruction : method.instructions.toArray()) {
                if (instruction instanceof LineNumberNode number) {
                    line = number.line;
                } else if (instruction instanceof InvokeDynamicInsnNode call) {
                    changed |= writeOut(method, new CallSite(this, call, line), kinds);
                }
            }
        }
        return changed;
    }

    private boolean writeOut(MethodNode method, CallSite site, List<WrittenOut> kinds) {
        for (WrittenOut kind : kinds) {
            if (kind.isLinkedBy(site.call().bsm.getOwner(), site.call().bsm.getName())) {
                try {
                    WrittenOut.Target target = kind.write(site);
                    method.instructions.set(
                            site.call(),
                            new MethodInsnNode(
                                    Opcodes.INVOKESTATIC,
                                    target.owner(),
                                    target.method(),
                                    site.call().desc,
                                    target.isInterface()));
                    return true;
                } catch (UnusualException e) {
                    left.add("line " + site.line() + " stays as it is: " + e.getMessage());
                    return false;
                }
            }
        }
        return false;
    }

    /** The class. */
    ClassNode type() {
        return type;
    }

    /** Is it an interface? */
    boolean isInterface() {
        return (type.access & Opcodes.ACC_INTERFACE) != 0;
    }

    /** The class whose private methods it and its likes may call, and which must know them all. */
    String nestHost() {
        return type.nestHostClass == null ? type.name : type.nestHostClass;
    }

    /** The classes that came into being beside it, and belong to the same nest. */
    List<ClassNode> beside() {
        return beside;
    }

    /** Which calls stay as they are although they should not, and why. */
    List<String> left() {
        return left;
    }

    /** A name for a method that no method of the class has. */
    String freeMethodName(String stem) {
        int number = 0;
        while (has(stem + "$" + number)) {
            number++;
        }
        return stem + "$" + number;
    }

    /** Is there this method in the class itself, and private? */
    boolean hasPrivate(String owner, String name, String descriptor) {
        return owner.equals(type.name)
                && type.methods.stream()
                        .anyMatch(each -> each.name.equals(name)
                                && each.desc.equals(descriptor)
                                && (each.access & Opcodes.ACC_PRIVATE) != 0);
    }

    private boolean has(String method) {
        return type.methods.stream().anyMatch(each -> each.name.equals(method));
    }

    /** A name for a class beside it that none in the jar has. */
    String freeClassName() {
        if (!isThere.test(nestHost())) {
            throw new UnusualException("its outermost class is in another jar");
        }
        int number = beside.size();
        while (isThere.test(type.name + "$$Lambda$" + number)) {
            number++;
        }
        return type.name + "$$Lambda$" + number;
    }

    /** The class as a file. */
    byte[] written() {
        return written(type);
    }

    /** A class as a file, all of whose frames are there. */
    static byte[] written(ClassNode type) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        type.accept(writer);
        return writer.toByteArray();
    }

    /** A class as a file, to whose nest these belong too. */
    static byte[] withNestMembers(byte[] file, List<String> members) {
        ClassReader reader = new ClassReader(file);
        ClassNode type = new ClassNode();
        reader.accept(type, 0);
        members.forEach(type::visitNestMember);
        ClassWriter writer = new ClassWriter(reader, 0);
        type.accept(writer);
        return writer.toByteArray();
    }
}
