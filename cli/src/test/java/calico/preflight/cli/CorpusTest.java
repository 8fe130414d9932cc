package calico.preflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code packs test --corpus}, on a small made-up corpus. */
class CorpusTest {

    private static final Path MADE_UP = Path.of("src/test/resources/corpus");

    @TempDir
    private Path corpus;

    @BeforeEach
    void packTheConfigurations() throws IOException {
        Files.createDirectory(corpus.resolve("kernel-configs"));
        for (String kernel : new String[] {"made-up-router", "made-up-fragment"}) {
            Path packed = corpus.resolve("kernel-configs/" + kernel + ".config.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
                Files.copy(MADE_UP.resolve("kernel-configs/" + kernel + ".config"), out);
            }
        }
        for (String table : new String[] {"truth.tsv", "debian-module-trees.tsv"}) {
            Files.copy(MADE_UP.resolve(table), corpus.resolve(table));
        }
    }

    @Test
    void verdicts_that_are_all_right_are_counted_by_kind_with_what_was_left_out() {
        Run run = test();

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        Golden.assertMatches("corpus.txt", run.out());
    }

    @Test
    void a_verdict_that_is_not_the_truth_is_named_in_one_line_and_fails() throws IOException {
        edit(
                "truth.tsv",
                "made-up-fragment\tconfig\t6.1.7\tx86_64\tipip\tn/a",
                "made-up-fragment\tconfig\t6.1.7\tx86_64\tipip\tabsent");

        Run run = test();

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out().lines().findFirst()).hasValueSatisfying(line -> assertThat(line)
                .startsWith("made-up-fragment, config, ipip: absent, so FAIL is right, but it is UNKNOWN: ipip "));
        assertThat(run.out()).endsWith(", 1 failed\n");
    }

    @Test
    void the_right_verdict_on_the_wrong_step_fails_too() throws IOException {
        edit(
                "truth.tsv",
                "made-up-distribution\ttree\t6.12.1-generic\tx86_64\tip_set\tmodule",
                "made-up-distribution\ttree\t6.12.1-generic\tx86_64\tip_set\tbuiltin");

        Run run = test();

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out())
                .contains("made-up-distribution, tree, ip_set: builtin, so PASS is right, but it is PASS, but not on"
                        + " step 3: ")
                .contains("made-up-distribution, tree without depmod, ip_set: builtin, so");
    }

    @Test
    void everything_that_is_wrong_with_the_tables_is_said_at_once() throws IOException {
        edit("truth.tsv", "xt_u32\tabsent", "xt_u32\tgone");
        edit("truth.tsv", "made-up-nowhere\tconfig", "made-up-nowhere\thearsay");
        edit("debian-module-trees.tsv", "kernel/net/netfilter/nfnetlink", "kernel/../../../../../nfnetlink");

        Run run = test();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("truth.tsv:4: state is \"gone\"; allowed: builtin, module, absent, n/a")
                .contains("truth.tsv:18: source is \"hearsay\"; allowed: config, tree")
                .contains("debian-module-trees.tsv:2: the path is none below the directory of the modules");
    }

    @Test
    void a_folder_without_a_table_or_without_a_kernel_is_refused() throws IOException {
        Run nothing =
                Run.of("packs", "test", "--corpus", corpus.resolve("no-such").toString());
        Files.delete(corpus.resolve("truth.tsv"));
        Run noTable = test();
        Files.writeString(corpus.resolve("truth.tsv"), "a-kernel\tconfig\t6.1\tx86_64\tip_set\tmodule\tip_set\t\n");
        Run noKernel = test();

        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err()).contains("there is no such folder");
        assertThat(noTable.exit()).isEqualTo(2);
        assertThat(noTable.err()).contains("truth.tsv: there is no such file or directory");
        assertThat(noKernel.exit()).isEqualTo(2);
        assertThat(noKernel.err()).contains("there is nothing to judge");
    }

    @Test
    void kernels_and_files_of_cases_do_not_go_together() {
        Run run = Run.of("packs", "test", "--corpus", corpus.toString(), "some.test.yaml");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("one or the other");
    }

    @Test
    void a_terminal_shows_how_far_it_is() {
        Run run = Run.in(Map.of(), "", true, "packs", "test", "--corpus", corpus.toString());

        assertThat(run.err()).contains("1 of 3 kernels, 0 wrong verdicts").endsWith("\r\u001b[K");
    }

    private Run test() {
        return Run.of("packs", "test", "--corpus", corpus.toString());
    }

    private void edit(String table, String from, String to) throws IOException {
        String text = Files.readString(corpus.resolve(table));
        assertThat(text).contains(from);
        Files.writeString(corpus.resolve(table), text.replaceFirst(Pattern.quote(from), to));
    }
}
