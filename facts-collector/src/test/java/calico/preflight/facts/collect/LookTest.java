package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.facts.Fact;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.InstalledPackages.Installed;
import calico.preflight.facts.parse.NetworkManagerConfiguration.ConfigurationFile;
import calico.preflight.facts.source.HostSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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

    @Test
    void all_collectors_see_the_processes_and_packages_that_were_read_once() throws Exception {
        Root root = new Root(directory)
                .with("/proc/1/comm", "systemd\n")
                .with("/proc/71/comm", "kubelet\n")
                .with("/var/lib/dpkg/status", "Package: a\nStatus: install ok installed\nVersion: 1\n");

        for (HostSource host : List.of(root.host(), RunningRoot.of(root, Map.of()))) {
            AskedHost asked = AskedHost.of(host);

            new HostCollector().collect(asked, Root.OPTIONS);
            assertThat(asked.lists()).containsOnlyOnce("/proc");
            assertThat(asked.reads()).containsOnlyOnce("/proc/71/comm", "/var/lib/dpkg/status");

            new HostCollector().collect(asked, Root.OPTIONS);
            assertThat(asked.lists()).filteredOn("/proc"::equals).hasSize(2);
        }
    }

    @Test
    void a_collector_whose_facts_another_needs_is_asked_once() {
        List<String> asked = new ArrayList<>();
        Collector collector = new Collector() {
            @Override
            public Set<String> facts() {
                return Set.of("os.id");
            }

            @Override
            public List<Fact> collect(Look look, CollectionOptions options) {
                asked.add("once");
                return List.of();
            }
        };
        Look look = new Look(new Root(directory).host());

        look.facts(collector, Root.OPTIONS);
        look.facts(collector, Root.OPTIONS);
        assertThat(asked).containsExactly("once");
    }

    @Test
    void packages_are_known_by_line_though_their_maintainers_have_letters_beyond_ascii() throws Exception {
        Root root = new Root(directory).with("/var/lib/dpkg/status", """
                        Package: a
                        Status: install ok installed
                        Maintainer: J\u00fcrgen \u4e2d\u2028\u0085
                        Version: 1

                        Package: b
                        Status: install ok installed
                        Version: 2
                        """);

        assertThat(new Look(root.host()).dpkg())
                .isEqualTo(Observed.known(
                        List.of(new Installed("a", "1", 1), new Installed("b", "2", 6)),
                        Origin.of("/var/lib/dpkg/status")));
    }

    @Test
    void what_many_ask_for_at_once_is_made_once() {
        List<String> made = Collections.synchronizedList(new ArrayList<>());
        Once<String> once = new Once<>(() -> {
            made.add("made");
            return "it";
        });

        assertThat(IntStream.range(0, 100).parallel().mapToObj(any -> once.get()))
                .containsOnly("it");
        assertThat(made).containsExactly("made");
    }

    @Test
    void what_could_not_be_made_is_tried_again() {
        List<String> tries = new ArrayList<>();
        Once<String> once = new Once<>(() -> {
            tries.add("try");
            if (tries.size() == 1) {
                throw new IllegalStateException("oh dear");
            }
            return "it";
        });

        assertThatThrownBy(once::get).hasMessage("oh dear");
        assertThat(once.get()).isEqualTo("it");
    }
}
