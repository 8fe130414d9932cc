package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory of files is known as a whole or not at all. */
class LookTest {

    @TempDir
    Path directory;

    private Observed<List<ConfigurationFile>> files(Root root, int limit) {
        return new Look(root.host()).files("/etc/x.d", name -> name.endsWith(".conf"), limit);
    }

    @Test
    void the_files_that_are_wanted_come_in_the_order_of_their_names() {
        Root root = new Root(directory)
                .with("/etc/x.d/b.conf", "2")
                .with("/etc/x.d/a.conf", "1")
                .with("/etc/x.d/c.other", "3")
                .withLink("/etc/x.d/leading-nowhere.conf", "nothing");

        assertThat(files(root, 3))
                .isEqualTo(Observed.known(
                        List.of(
                                new ConfigurationFile("/etc/x.d/a.conf", "1"),
                                new ConfigurationFile("/etc/x.d/b.conf", "2")),
                        Origin.of("/etc/x.d")));
    }

    @Test
    void more_files_than_are_read_are_not_known_in_part() {
        Root root = new Root(directory).with("/etc/x.d/b.conf", "2").with("/etc/x.d/a.conf", "1");

        assertThat(files(root, 1))
                .isEqualTo(Observed.unknown("it holds more than 1 such files", Origin.of("/etc/x.d")));
    }

    @Test
    void a_file_that_cannot_be_read_leaves_them_all_unknown() {
        Root root = new Root(directory).with("/etc/x.d/b.conf", "2").withDirectory("/etc/x.d/a.conf");

        assertThat(files(root, 3)).isEqualTo(Observed.unknown("is a directory", Origin.of("/etc/x.d/a.conf")));
    }

    @Test
    void a_directory_that_is_not_there_is_absent() {
        assertThat(files(new Root(directory), 3)).isEqualTo(Observed.absent(Origin.of("/etc/x.d")));
    }
}
