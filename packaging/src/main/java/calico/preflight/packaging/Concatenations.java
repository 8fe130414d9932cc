package calico.preflight.packaging;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/** Texts and values that are joined to a text. */
final class Concatenations implements WrittenOut {

    private static final char ARGUMENT = '\u0001';
    private static final char CONSTANT = '\u0002';

    @Override
    public boolean isLinkedBy(String owner, String name) {
        return owner.equals("java/lang/invoke/StringConcatFactory");
    }

    @Override
    public Target write(CallSite site) {
        List<Object> parts = site.call().bsm.getName().equals("makeConcatWithConstants")
                ? parts(site.said(0, String.class), site.takes(), site.said())
                : List.copyOf(site.takes());
        MethodNode code = site.beginMethod("concat");
        TextBuilding text = new TextBuilding(code);
        int variable = 0;
        for (Object part : parts) {
            if (part instanceof Type type) {
                code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), variable);
                text.add(type);
                variable += type.getSize();
            } else {
                text.add((String) part);
            }
        }
        text.returnText();
        return site.end(code);
    }

    /** Texts that are always the same, and the types of the values between them. */
    private static List<Object> parts(String recipe, List<Type> takes, List<Object> said) {
        List<Object> parts = new ArrayList<>();
        Iterator<Type> arguments = takes.iterator();
        Iterator<Object> constants = said.subList(1, said.size()).iterator();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < recipe.length(); i++) {
            char each = recipe.charAt(i);
            if (each == ARGUMENT) {
                parts.add(text.toString());
                text.setLength(0);
                parts.add(arguments.next());
            } else if (each == CONSTANT) {
                text.append(textOf(constants.next()));
            } else {
                text.append(each);
            }
        }
        parts.add(text.toString());
        return parts;
    }

    private static String textOf(Object constant) {
        if (constant instanceof String || constant instanceof Number) {
            return constant.toString();
        }
        throw new UnusualException("a text is joined with " + constant);
    }
}
