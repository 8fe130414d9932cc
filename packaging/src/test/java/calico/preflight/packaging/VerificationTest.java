package calico.preflight.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class VerificationTest {

    @TempDir
    Path folder;

    @Test
    void classes_that_link_as_before_are_no_mistake() throws IOException {
        Path before = jarWith("before", answering(true));
        Path after = jarWith("after", answering(true));

        assertThat(Verification.mistakes(before, after)).isEmpty();
    }

    @Test
    void a_class_that_the_jvm_refuses_now_is_told_with_the_reason() throws IOException {
        Path before = jarWith("before", answering(true));
        Path after = jarWith("after", answering(false));

        assertThat(Verification.mistakes(before, after))
                .singleElement()
                .asString()
                .startsWith("Answer.class: java.lang.VerifyError");
    }

    @Test
    void a_class_that_was_refused_before_too_is_no_mistake() throws IOException {
        Path before = jarWith("before", answering(false));
        Path after = jarWith("after", answering(false));

        assertThat(Verification.mistakes(before, after)).isEmpty();
    }

    @Test
    void a_class_that_was_lost_is_told() throws IOException {
        Path before = jarWith("before", answering(true));
        Path after = Files.createDirectories(folder.resolve("after"));

        assertThat(Verification.mistakes(before, after)).isEqualTo(List.of("Answer.class is not there any more"));
    }

    private Path jarWith(String name, byte[] answer) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        TestJar.write(place.resolve("answer.jar"), Map.of("Answer.class", answer));
        return place;
    }

    /** A class with a method that returns a number, and loads one before only if it is right. */
    private static byte[] answering(boolean right) {
        ClassWriter type = new ClassWriter(0);
        type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Answer", null, "java/lang/Object", null);
        MethodVisitor method = type.visitMethod(Opcodes.ACC_STATIC, "answer", "()I", null, null);
        method.visitCode();
        if (right) {
            method.visitInsn(Opcodes.ICONST_4);
        }
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(1, 0);
        method.visitEnd();
        type.visitEnd();
        return type.toByteArray();
    }
}
