package calico.preflight.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.drools.core.common.InternalFactHandle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

class WrittenOutTest {

    @TempDir
    static Path folder;

    private static Path compiled = Path.of("");
    private static Path rewritten = Path.of("");

    @BeforeAll
    static void compile_the_examples() throws IOException, URISyntaxException {
        Path sources = Path.of(Objects.requireNonNull(WrittenOutTest.class.getResource("/examples"))
                .toURI());
        compiled = compile("compiled", 17, files(sources).toArray(Path[]::new));
        rewritten = folder.resolve("rewritten.jar");
        assertThat(TestJar.rewrite(compiled, rewritten)).isEmpty();
    }

    private static Path compile(String name, int release, Path... sources) throws IOException {
        Path classes = Files.createDirectory(folder.resolve(name));
        List<String> arguments = new ArrayList<>(List.of(
                "--release", String.valueOf(release), "-g", "-nowarn", "-Xlint:-options", "-d", classes.toString()));
        Stream.of(sources).forEach(source -> arguments.add(source.toString()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Path file : files(classes)) {
            files.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
        return TestJar.write(folder.resolve(name + ".jar"), files);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Texts", "Records", "Lambdas"})
    void what_was_written_out_does_the_same(String examples) throws Exception {
        assertThat(said(rewritten, examples)).hasSizeGreaterThan(10).isEqualTo(said(compiled, examples));
    }

    @Test
    void nothing_but_what_can_be_kept_in_files_is_left_to_the_jvm() {
        assertThat(calls(compiled)).contains("makeConcatWithConstants", "bootstrap", "metafactory", "altMetafactory");
        assertThat(calls(rewritten)).containsOnly("altMetafactory");
    }

    @Test
    void each_class_is_verified_and_linked() {
        Map<String, String> linked = TestJar.linked(rewritten);

        assertThat(linked).containsKey("examples/Lambdas$$Lambda$0.class");
        assertThat(linked.values()).containsOnly("linked");
    }

    @Test
    void what_was_written_out_stays_as_it_is_when_it_is_rewritten_again() {
        Path twice = folder.resolve("twice.jar");

        TestJar.rewrite(rewritten, twice);

        assertThat(twice).hasSameBinaryContentAs(rewritten);
    }

    @Test
    void a_lambda_of_a_class_file_before_java_11_stays_as_it_is() throws IOException {
        Path source = Files.writeString(
                folder.resolve("Early.java"),
                "class Early {\n    Runnable nothing() {\n        return () -> {};\n    }\n}\n");
        Path early = compile("early", 8, source);
        Path copy = folder.resolve("copy.jar");

        List<String> said = TestJar.rewrite(early, copy);

        assertThat(said)
                .containsExactly("Early.class, line 3 stays as it is:"
                        + " what class files before Java 11 say about nests does not count");
        assertThat(copy).hasSameBinaryContentAs(early);
    }

    @Test
    void each_class_of_drools_is_verified_and_linked_or_lacks_what_it_lacked() {
        Path published = TestJar.holding(InternalFactHandle.class);
        Path[] others = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.equals(published.toString()))
                .map(Path::of)
                .toArray(Path[]::new);
        Path drools = folder.resolve("drools.jar");

        List<String> said = TestJar.rewrite(published, drools, others);

        assertThat(said).isEmpty();
        assertThat(TestJar.linked(drools, others))
                .hasSizeGreaterThan(700)
                .containsAllEntriesOf(TestJar.linked(published, others));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<?> said(Path jar, String examples) throws Exception {
        try (URLClassLoader loader = TestJar.loader(jar)) {
            return (List<?>)
                    loader.loadClass("examples." + examples).getMethod("all").invoke(null);
        }
    }

    /** Which bootstrap methods link calls of the classes in a jar. */
    private static List<String> calls(Path jar) {
        List<String> calls = new ArrayList<>();
        TestJar.files(jar).forEach((name, content) -> {
            if (name.endsWith(".class")) {
                ClassNode type = new ClassNode();
                new ClassReader(content).accept(type, 0);
                type.methods.forEach(method -> method.instructions.forEach(instruction -> {
                    if (instruction instanceof InvokeDynamicInsnNode call) {
                        calls.add(call.bsm.getName());
                    }
                }));
            }
        });
        return calls.stream().distinct().toList();
    }
}
