package calico.preflight.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import picocli.CommandLine;

class RaisingTest {

    private static final Path PICOCLI = TestJar.holding(CommandLine.class);

    @TempDir
    Path folder;

    @Test
    void no_class_file_of_the_raised_jar_is_older_than_java_6() {
        Path raised = folder.resolve("picocli.jar");

        List<String> said = TestJar.rewrite(PICOCLI, raised);

        assertThat(said).isEmpty();
        assertThat(TestJar.files(PICOCLI)).anySatisfy((name, content) -> assertThat(version(name, content))
                .isEqualTo(Opcodes.V1_5));
        assertThat(TestJar.files(raised)).allSatisfy((name, content) -> assertThat(version(name, content))
                .isGreaterThanOrEqualTo(Opcodes.V9));
    }

    @Test
    void each_class_of_the_raised_jar_is_verified_and_linked_or_lacks_what_it_lacked() {
        Path raised = folder.resolve("picocli.jar");

        TestJar.rewrite(PICOCLI, raised);

        assertThat(TestJar.linked(raised)).hasSizeGreaterThan(200).isEqualTo(TestJar.linked(PICOCLI));
    }

    @Test
    void the_raised_picocli_runs() throws IOException {
        Path raised = folder.resolve("picocli.jar");
        TestJar.rewrite(PICOCLI, raised);

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        raised.toString(),
                        "picocli.AutoComplete",
                        "--help")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).startsWith("Usage: picocli.AutoComplete").contains("--completionScript");
    }

    @Test
    void the_lines_of_the_raised_classes_are_those_of_their_source() {
        Path raised = folder.resolve("picocli.jar");

        TestJar.rewrite(PICOCLI, raised);

        byte[] before = TestJar.file(PICOCLI, "picocli/CommandLine.class");
        byte[] after = TestJar.file(raised, "picocli/CommandLine.class");
        assertThat(lines(after)).hasSizeGreaterThan(500).isEqualTo(lines(before));
    }

    @Test
    void a_class_with_subroutines_does_without_them() throws Exception {
        Path old = TestJar.write(folder.resolve("old.jar"), Map.of("Subroutine.class", OldClasses.withSubroutine()));
        Path raised = folder.resolve("raised.jar");

        TestJar.rewrite(old, raised);

        assertThat(version("Subroutine.class", TestJar.file(raised, "Subroutine.class")))
                .isEqualTo(Opcodes.V17);
        try (URLClassLoader loader = TestJar.loader(raised)) {
            Object twice =
                    loader.loadClass("Subroutine").getMethod("twice", int.class).invoke(null, 5);
            assertThat(twice).isEqualTo(23);
        }
    }

    @Test
    void a_class_that_sets_its_final_fields_where_it_no_longer_may_stays_as_it_is() throws Exception {
        Path old = TestJar.write(folder.resolve("old.jar"), Map.of("SetsFinal.class", OldClasses.settingFinalField()));
        Path copy = folder.resolve("copy.jar");

        List<String> said = TestJar.rewrite(old, copy);

        assertThat(said).containsExactly("SetsFinal.class stays as it is: the method set sets the final field number");
        assertThat(copy).hasSameBinaryContentAs(old);
        try (URLClassLoader loader = TestJar.loader(copy)) {
            assertThat(loader.loadClass("SetsFinal").getMethod("set").invoke(null))
                    .isEqualTo(7);
        }
    }

    @Test
    void a_class_that_depends_on_classes_that_are_not_there_stays_as_it_is() {
        Path old =
                TestJar.write(folder.resolve("old.jar"), Map.of("Either.class", OldClasses.dependingOnAbsentClasses()));
        Path copy = folder.resolve("copy.jar");

        List<String> said = TestJar.rewrite(old, copy);

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("Either.class stays as it is: ")
                .contains("absent/O");
        assertThat(copy).hasSameBinaryContentAs(old);
    }

    private static int version(String name, byte[] content) {
        return name.endsWith(".class") ? new ClassReader(content).readUnsignedShort(6) : Opcodes.V17;
    }

    private static List<Integer> lines(byte[] file) {
        List<Integer> lines = new ArrayList<>();
        new ClassReader(file)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitLineNumber(int line, Label start) {
                                        lines.add(line);
                                    }
                                };
                            }
                        },
                        ClassReader.SKIP_FRAMES);
        return lines;
    }
}
