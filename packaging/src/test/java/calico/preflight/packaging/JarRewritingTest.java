package calico.preflight.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class JarRewritingTest {

    private static final Path PICOCLI = TestJar.holding(CommandLine.class);

    @TempDir
    Path folder;

    @Test
    void all_but_the_classes_and_the_notice_in_the_manifest_is_as_it_was() {
        Path raised = folder.resolve("picocli.jar");

        TestJar.rewrite(PICOCLI, raised);

        Map<String, byte[]> before = TestJar.files(PICOCLI);
        Map<String, byte[]> after = TestJar.files(raised);
        assertThat(after.keySet()).containsExactlyElementsOf(before.keySet());
        before.forEach((name, content) -> {
            if (name.equals(JarFile.MANIFEST_NAME)) {
                assertThat(new String(after.get(name), UTF_8).replaceFirst(Jar.NOTICE + "\r?\n", ""))
                        .isEqualTo(new String(content, UTF_8));
            } else if (!name.endsWith(".class") || name.endsWith("module-info.class")) {
                assertThat(after.get(name)).as(name).isEqualTo(content);
            }
        });
    }

    @Test
    void the_manifest_says_that_the_jar_was_changed() throws IOException {
        Path raised = folder.resolve("picocli.jar");

        TestJar.rewrite(PICOCLI, raised);

        try (JarFile before = new JarFile(PICOCLI.toFile());
                JarFile after = new JarFile(raised.toFile())) {
            assertThat(after.getManifest().getMainAttributes().getValue("Calico-Preflight-Changed"))
                    .contains("class files");
            assertThat(after.getManifest().getMainAttributes())
                    .containsAllEntriesOf(before.getManifest().getMainAttributes());
        }
    }

    @Test
    void a_jar_without_a_manifest_gets_one() throws IOException {
        Path old = TestJar.write(folder.resolve("old.jar"), Map.of("Subroutine.class", OldClasses.withSubroutine()));

        TestJar.rewrite(old, old);

        try (JarFile after = new JarFile(old.toFile())) {
            assertThat(after.getManifest().getMainAttributes().getValue("Calico-Preflight-Changed"))
                    .isNotNull();
        }
    }

    @Test
    void files_have_the_times_and_the_ways_of_keeping_that_they_had() throws IOException {
        Path raised = folder.resolve("picocli.jar");

        TestJar.rewrite(PICOCLI, raised);

        assertThat(Files.getLastModifiedTime(raised)).isEqualTo(Files.getLastModifiedTime(PICOCLI));
        try (ZipFile before = new ZipFile(PICOCLI.toFile());
                ZipFile after = new ZipFile(raised.toFile())) {
            assertThat(after.stream().map(JarRewritingTest::timeAndMethod))
                    .containsExactlyElementsOf(
                            before.stream().map(JarRewritingTest::timeAndMethod).toList());
        }
    }

    @Test
    void the_same_jar_gives_the_same_bytes_each_time() throws IOException {
        Path one = folder.resolve("one.jar");
        Path other = folder.resolve("other.jar");

        TestJar.rewrite(PICOCLI, one);
        TestJar.rewrite(PICOCLI, other);

        assertThat(other).hasSameBinaryContentAs(one);
    }

    @Test
    void what_was_rewritten_stays_as_it_is_when_it_is_rewritten_again() throws IOException {
        Path once = folder.resolve("once.jar");
        TestJar.rewrite(PICOCLI, once);
        Path twice = Files.copy(once, folder.resolve("twice.jar"));

        TestJar.rewrite(twice, twice);

        assertThat(twice).hasSameBinaryContentAs(once);
    }

    @Test
    void a_jar_that_somebody_signed_for_is_left_alone() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n".getBytes(UTF_8));
        files.put("META-INF/SOMEBODY.SF", "Signature-Version: 1.0\r\n\r\n".getBytes(UTF_8));
        files.put("Subroutine.class", OldClasses.withSubroutine());
        Path signed = TestJar.write(folder.resolve("signed.jar"), files);
        Path copy = folder.resolve("copy.jar");

        TestJar.rewrite(signed, copy);

        assertThat(copy).hasSameBinaryContentAs(signed);
    }

    @Test
    void a_jar_without_old_classes_is_copied() throws IOException {
        Path jar = TestJar.write(folder.resolve("jar.jar"), Map.of("text.txt", "text".getBytes(UTF_8)));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
        Path copy = folder.resolve("copy.jar");

        List<String> said = TestJar.rewrite(jar, copy);

        assertThat(copy).hasSameBinaryContentAs(jar);
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(Files.getLastModifiedTime(jar));
        assertThat(said).isEmpty();
    }

    @Test
    void what_only_has_the_name_of_a_class_file_stays_as_it_is() {
        Path jar = TestJar.write(folder.resolve("jar.jar"), Map.of("Broken.class", "broken".getBytes(UTF_8)));
        Path copy = folder.resolve("copy.jar");

        List<String> said = TestJar.rewrite(jar, copy);

        assertThat(said).singleElement().asString().startsWith("Broken.class stays as it is: ");
        assertThat(copy).hasSameBinaryContentAs(jar);
    }

    @Test
    void the_program_and_the_jars_beside_it_are_written_where_the_program_goes() throws IOException {
        Path from = Files.createDirectory(folder.resolve("from"));
        TestJar.write(from.resolve("program.jar"), Map.of("text.txt", "text".getBytes(UTF_8)));
        TestJar.write(from.resolve("zip.jar"), Map.of("Subroutine.class", OldClasses.withSubroutine()));
        Path to = folder.resolve("a/b");

        Main.main(new String[] {from.toString(), to.resolve("program.jar").toString()});

        assertThat(to).isDirectoryContaining("glob:**/program.jar").isDirectoryContaining("glob:**/zip.jar");
        assertThat(TestJar.linked(to.resolve("zip.jar"))).containsEntry("Subroutine.class", "linked");
    }

    private static String timeAndMethod(ZipEntry entry) {
        return entry.getName() + " " + entry.getTimeLocal() + " " + entry.getMethod();
    }
}
