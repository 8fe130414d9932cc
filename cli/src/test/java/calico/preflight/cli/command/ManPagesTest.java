package calico.preflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.cli.console.Console;
import calico.preflight.cli.console.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void write_the_pages() throws IOException {
        Console console = new Console(
                new Environment(Map.of(), Optional.empty(), false, InputStream.nullInputStream()),
                new ByteArrayOutputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        ManPages.write(CommandTree.whole(console), folder);
    }

    private List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void every_command_has_a_page_of_its_own() throws IOException {
        assertThat(pages())
                .extracting(page -> String.valueOf(page.getFileName()))
                .contains(
                        "calico-preflight.1",
                        "calico-preflight-check.1",
                        "calico-preflight-packs.1",
                        "calico-preflight-packs-diff.1");
    }

    @Test
    void a_page_tells_what_the_help_tells() throws IOException {
        assertThat(Files.readString(folder.resolve("calico-preflight-check.1")))
                .startsWith(".TH \"CALICO\\-PREFLIGHT\\-CHECK\" 1 ")
                .contains("\n.B \\-\\-calico=VERSION\n")
                .contains("\n.SH EXIT STATUS\n.TP\n.B 0\n")
                .contains("\n.SH EXAMPLES\n.nf\n  calico\\-preflight check");
    }

    @Test
    void groff_understands_every_page() throws Exception {
        assumeTrue(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "groff"))),
                "install groff to have the pages read");
        for (Path page : pages()) {
            Process groff = new ProcessBuilder("groff", "-man", "-ww", "-z", page.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(groff.waitFor()).as(page + ": " + said).isZero();
            assertThat(said).as(page.toString()).isEmpty();
        }
    }
}
