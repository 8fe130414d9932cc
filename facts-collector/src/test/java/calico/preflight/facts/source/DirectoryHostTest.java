package calico.preflight.facts.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.facts.source.Content.Denied;
import calico.preflight.facts.source.Content.Failed;
import calico.preflight.facts.source.Content.Missing;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.Content.Unsupported;
import calico.preflight.facts.source.HostSource.FileKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DirectoryHostTest {

    private static final String SECRET = "outside";

    @TempDir
    Path temp;

    private Path root;
    private DirectoryHost host;

    @BeforeEach
    void lay_out_a_root_beside_a_secret() throws IOException {
        Files.createDirectories(temp.resolve("outside/treasure"));
        Files.writeString(temp.resolve("outside/secret"), SECRET);
        Files.writeString(temp.resolve("outside/treasure/secret"), SECRET);
        Files.writeString(temp.resolve("secret"), SECRET);
        root = Files.createDirectories(temp.resolve("root"));
        file("etc/name", "inside");
        file("secret", "inside");
        file("outside/secret", "inside");
        host = DirectoryHost.of(root);
    }

    @AfterEach
    void take_the_links_away() throws IOException {
        try (Stream<Path> files = Files.walk(temp)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "/../secret",
                "../../../../../../../../../../../secret",
                "/etc/../../secret",
                "/etc/./.././../secret",
                "//..//secret",
                "/up/secret",
                "/up-and-down",
                "/absolute",
                "/absolute-directory/secret",
                "/relative",
                "/chain1",
                "/etc/middle/secret",
                "/etc/middle/../../../secret",
                "/dots/../../secret",
                "/proc/self/root/secret",
                "/proc/self/cwd/secret"
            })
    void nothing_outside_is_read(String path) throws IOException {
        link("up", "..");
        link("up-and-down", "../outside/../secret");
        link("absolute", temp.resolve("secret").toString());
        link("absolute-directory", temp.resolve("outside").toString());
        link("relative", "../secret");
        link("chain1", "chain2");
        link("chain2", "/chain3");
        link("chain3", "etc/../../../secret");
        link("etc/middle", "../..");
        link("dots", "./../.././..");
        // what procfs makes up: links that the kernel would follow out, whatever their text is
        link("proc/self/root", "/");
        link("proc/self/cwd", temp.toString());

        Content<byte[]> content = host.read(path, 100);

        if (content instanceof Present<byte[]> present) {
            assertThat(new String(present.value(), StandardCharsets.UTF_8)).isEqualTo("inside");
        }
        assertThat(List.of(String.valueOf(host.list(path)), String.valueOf(host.walk(path))))
                .allSatisfy(names -> assertThat(names).doesNotContain("treasure"));
    }

    @Test
    void an_absolute_link_starts_again_at_the_root() throws IOException {
        link("etc/absolute", "/secret");
        link("etc/deep/absolute", "/etc/name");

        assertThat(text("/etc/absolute")).isEqualTo("inside");
        assertThat(text("/etc/deep/absolute")).isEqualTo("inside");
    }

    @Test
    void a_link_to_a_directory_outside_shows_nothing_of_it() throws IOException {
        link("to-outside", temp.resolve("outside").toString());
        link("to-temp", temp.toString());

        assertThat(host.list("/to-outside")).isInstanceOf(Missing.class);
        assertThat(host.walk("/to-outside")).isInstanceOf(Missing.class);
        assertThat(host.kind("/to-outside")).isInstanceOf(Missing.class);
        assertThat(host.kind("/to-temp")).isInstanceOf(Missing.class);
        assertThat(host.link("/to-outside/secret")).isInstanceOf(Missing.class);
        assertThat(host.link("/to-temp")).isEqualTo(new Present<>(temp.toString()));
    }

    @Test
    void a_walk_follows_links_to_files_inside_and_no_others() throws IOException {
        file("tree/a/real.ko", "");
        link("tree/a/weak.ko", "/secret");
        link("tree/a/out.ko", temp.resolve("outside/treasure/secret").toString());
        link("tree/a/out2.ko", "../../../outside/treasure/secret");
        link("tree/loop", ".");
        link("tree/up", "/");

        assertThat(host.walk("/tree")).isEqualTo(new Present<>(List.of("a/real.ko", "a/weak.ko")));
    }

    @Test
    void the_root_may_be_given_through_a_link() throws IOException {
        Path alias = Files.createSymbolicLink(temp.resolve("alias"), root);
        link("etc/up", "../../secret");

        DirectoryHost through = DirectoryHost.of(alias);

        assertThat(through.name()).isEqualTo("directory:" + alias);
        assertThat(new String(present(through.read("/etc/up", 100)), StandardCharsets.UTF_8))
                .isEqualTo("inside");
    }

    @Test
    void a_root_that_is_no_directory_is_refused() {
        assertThatThrownBy(() -> DirectoryHost.of(temp.resolve("secret"))).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> DirectoryHost.of(temp.resolve("none"))).isInstanceOf(IOException.class);
    }

    @Test
    void links_that_go_round_end_somewhere() throws IOException {
        link("a", "b");
        link("b", "/a");
        link("self", "self/self/self/self");
        for (int i = 0; i < 39; i++) {
            link("hop" + i, "hop" + (i + 1));
        }
        link("hop39", "secret");
        link("hop-too-many", "hop0");

        assertThat(host.read("/a", 10)).isInstanceOf(Failed.class);
        assertThat(host.list("/self/x")).isInstanceOf(Failed.class);
        assertThat(text("/hop0")).isEqualTo("inside");
        assertThat(host.read("/hop-too-many", 10)).isInstanceOf(Failed.class);
    }

    @Test
    void a_path_below_a_file_is_missing() throws IOException {
        link("etc/link", "name");

        assertThat(host.read("/etc/name/x", 10)).isInstanceOf(Missing.class);
        assertThat(host.read("/etc/link/..", 10)).isInstanceOf(Missing.class);
        assertThat(host.read("/etc/none", 10)).isInstanceOf(Missing.class);
        assertThat(host.link("/etc/name")).isInstanceOf(Missing.class);
    }

    @Test
    void directories_and_files_are_not_mistaken_for_each_other() {
        assertThat(host.read("/etc", 10)).isEqualTo(new Failed<>("is a directory"));
        assertThat(host.list("/etc/name")).isEqualTo(new Failed<>("is no directory"));
        assertThat(host.walk("/etc/name")).isEqualTo(new Failed<>("is no directory"));
        assertThat(host.kind("/etc")).isEqualTo(new Present<>(FileKind.DIRECTORY));
        assertThat(host.kind("/etc/name")).isEqualTo(new Present<>(FileKind.FILE));
        assertThat(host.list("/")).isEqualTo(new Present<>(List.of("etc", "outside", "secret")));
    }

    @Test
    void a_file_larger_than_the_limit_is_not_cut() {
        assertThat(host.read("/etc/name", 5)).isEqualTo(new Failed<>("is larger than 5 bytes"));
        assertThat(present(host.read("/etc/name", 6))).hasSize(6);
    }

    @Test
    void a_pipe_is_never_opened() throws Exception {
        Path pipe = root.resolve("etc/pipe");
        Process process = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeTrue(process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0, "install mkfifo (coreutils)");

        assertThat(host.read("/etc/pipe", 10)).isEqualTo(new Failed<>("is no regular file"));
        assertThat(host.kind("/etc/pipe")).isEqualTo(new Present<>(FileKind.OTHER));
        assertThat(host.walk("/etc")).isEqualTo(new Present<>(List.of("name")));
    }

    @Test
    void what_this_user_may_not_read_is_denied() throws IOException {
        Path closed = Files.createDirectories(root.resolve("closed/below"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(root.resolve("etc/name"), PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(closed), "run the tests as a user other than root to see this one");

        assertThat(host.read("/etc/name", 10)).isInstanceOf(Denied.class);
        assertThat(host.list("/closed/below")).isInstanceOf(Denied.class);
        assertThat(host.read("/closed/below/x", 10)).isInstanceOf(Denied.class);
        // half a tree would make the other half look absent
        assertThat(host.walk("/closed")).isEqualTo(new Denied<>("permission denied at below"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void names_that_no_file_can_have_fail() {
        assertThat(host.read("/etc/\0name", 10)).isInstanceOf(Failed.class);
        assertThat(host.read("/" + "x".repeat(5000), 10)).isInstanceOfAny(Failed.class, Missing.class);
        assertThat(host.read("", 10)).isInstanceOf(Failed.class);
    }

    @Test
    void a_tree_that_is_too_deep_is_refused_as_a_whole() throws IOException {
        Files.createDirectories(root.resolve("deep/" + "d/".repeat(BoundedReading.MAX_DEPTH + 2)));

        assertThat(host.walk("/deep")).isInstanceOf(Failed.class);
    }

    @Test
    void a_directory_runs_no_commands() {
        assertThat(host.run(HostCommand.KUBELET_VERSION)).isInstanceOf(Unsupported.class);
        assertThat(host.showsRunningHost()).isFalse();
    }

    private String text(String path) {
        return new String(present(host.read(path, 1000)), StandardCharsets.UTF_8);
    }

    private static byte[] present(Content<byte[]> content) {
        assertThat(content).isInstanceOf(Present.class);
        return ((Present<byte[]>) content).value();
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void link(String path, String target) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, Path.of(target));
    }
}
