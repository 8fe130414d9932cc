package calico.preflight.facts.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactCatalogue;
import calico.preflight.facts.FactType;
import calico.preflight.facts.FactType.Kind;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.source.LiveHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFactsCollectionTest {

    @TempDir
    Path temp;

    @Test
    void each_fact_of_the_catalogue_has_exactly_one_collector() {
        List<String> given = HostCollector.ALL.stream()
                .flatMap(collector -> collector.facts().stream())
                .toList();

        assertThat(given)
                .containsExactlyInAnyOrderElementsOf(
                        FactCatalogue.ALL.stream().map(FactType::name).toList());
    }

    @Test
    void every_fact_of_the_catalogue_is_there_whatever_the_host_is_like() throws Exception {
        HostFacts facts = new Root(temp).facts();

        assertThat(facts.facts().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        FactCatalogue.ALL.stream().map(FactType::name).toList());
        assertThat(facts.facts())
                .allSatisfy((name, fact) ->
                        assertThat(fact.observed().known()).as(name).isEmpty());
        assertThat(facts.collectedAt()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(facts.source()).isEqualTo("directory:" + temp);
    }

    @Test
    void a_collector_that_dies_costs_its_own_facts_only() throws Exception {
        Collector dying = new Collector() {
            @Override
            public Set<String> facts() {
                return Set.of("os.id", "os.version");
            }

            @Override
            public List<Fact> collect(Look look, CollectionOptions options) {
                throw new IllegalStateException("oh dear");
            }
        };
        HostFacts facts = new HostCollector(List.of(dying, new HostContainer()))
                .collect(new Root(temp).with("/.dockerenv", "").host(), Root.OPTIONS);

        assertThat(facts.get("os.id"))
                .isEqualTo(Observed.unknown(
                        "the collector failed: java.lang.IllegalStateException: oh dear",
                        Origin.of("directory:" + temp)));
        assertThat(facts.get("host.container").known()).contains(new Text("docker"));
    }

    @Test
    void only_what_is_wanted_is_collected() throws Exception {
        HostFacts facts =
                new HostCollector().collect(new Root(temp).host(), Root.OPTIONS, Set.of("os.id", "sysctl")::contains);

        assertThat(facts.facts()).containsOnlyKeys("os.id", "sysctl");
    }

    @Test
    void values_are_of_the_kind_that_the_catalogue_says() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/sys")), "run on Linux with /proc mounted");

        HostFacts facts = new HostCollector().collect(new LiveHost(), CollectionOptions.none());

        for (FactType type : FactCatalogue.ALL) {
            facts.get(type.name())
                    .known()
                    .ifPresent(value -> assertThat(value).as(type.name()).isInstanceOf(valueClass(type.kind())));
        }
        String release = Files.readString(Path.of("/proc/sys/kernel/osrelease"), StandardCharsets.UTF_8)
                .strip();
        assertThat(facts.get("kernel.release").known()).contains(new Text(release));
    }

    private static Class<? extends FactValue> valueClass(Kind kind) {
        return switch (kind) {
            case TEXT, VERSION -> FactValue.Text.class;
            case NUMBER -> FactValue.Whole.class;
            case FLAG -> FactValue.Flag.class;
            case TEXTS -> FactValue.Texts.class;
            case TABLE -> FactValue.Table.class;
            case ROWS -> FactValue.Rows.class;
        };
    }

    @Test
    void a_directory_tells_its_host_by_its_own_files_first() throws Exception {
        Root root = new Root(temp)
                .with("/etc/hostname", "node1\n")
                .with("/proc/sys/kernel/hostname", "whoever-looks\n")
                .with("/bin/sh", elf(22))
                .withLink("/etc/os-release", "../usr/lib/os-release")
                .with("/usr/lib/os-release", "ID=debian\nNAME=x\n");

        HostFacts facts = root.facts();

        assertThat(facts.get("host.name").known()).contains(new Text("node1"));
        assertThat(facts.get("host.architecture")).isEqualTo(Observed.known(new Text("s390x"), Origin.of("/bin/sh")));
        assertThat(facts.get("os.id")).isEqualTo(Observed.known(new Text("debian"), new Origin("/etc/os-release", 1)));
        assertThat(facts.get("os.version")).isEqualTo(Observed.absent(Origin.of("/etc/os-release")));
    }

    @Test
    void programs_of_32_bits_may_run_on_a_kernel_of_64() throws Exception {
        Root root = new Root(temp).with("/bin/sh", elf(3)).with("/proc/sys/kernel/osrelease", "6.1.0-50-amd64\n");

        assertThat(root.facts().get("host.architecture").known()).contains(new Text("x86_64"));
        root.with("/proc/sys/kernel/osrelease", "6.1.0-50-686\n");
        assertThat(root.facts().get("host.architecture").known()).contains(new Text("i686"));
    }

    private static byte[] elf(int machine) {
        byte[] header = new byte[64];
        byte[] start = {0x7f, 'E', 'L', 'F', (byte) (machine == 3 ? 1 : 2), (byte) (machine == 22 ? 2 : 1)};
        System.arraycopy(start, 0, header, 0, start.length);
        header[machine == 22 ? 19 : 18] = (byte) machine;
        return header;
    }

    @Test
    void an_older_red_hat_has_its_version_in_one_line() throws Exception {
        Root root = new Root(temp).with("/etc/redhat-release", "CentOS release 6.10 (Final)\n");

        assertThat(root.facts().get("os.version"))
                .isEqualTo(Observed.known(new Text("6.10"), new Origin("/etc/redhat-release", 1)));
    }

    @Test
    void containers_are_told_by_their_marks() throws Exception {
        assertThat(new Root(temp).with("/proc/1/environ", "PATH=/bin\0").facts().get("host.container"))
                .isEqualTo(Observed.absent(Origin.of("/proc/1/environ")));
        assertThat(new Root(temp)
                        .with("/proc/1/environ", "container=lxc\0")
                        .facts()
                        .get("host.container"))
                .isEqualTo(Observed.known(new Text("lxc"), Origin.of("/proc/1/environ")));
        assertThat(new Root(temp)
                        .with("/run/systemd/container", "podman\n")
                        .facts()
                        .get("host.container"))
                .isEqualTo(Observed.known(new Text("podman"), Origin.of("/run/systemd/container")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the machine's own root, changed into out of a container that looks at it
                "8:1 /                   | ''",
                // a root of its own, and that of the machine somewhere below
                "0:52 /                  | docker",
                // another directory of the same file system
                "8:1 /var/lib/vfs/dir/1  | docker"
            })
    void whoever_changed_into_the_root_of_the_machine_is_in_no_container(String root, String container)
            throws Exception {
        String machine =
                "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n22 21 0:21 / /proc rw - proc proc rw\n";
        Root files = new Root(temp)
                .with("/.dockerenv", "")
                .with("/proc/1/mountinfo", machine)
                .with(
                        "/proc/self/mountinfo",
                        "90 80 " + root + " / ro - ext4 /dev/sda1 rw\n91 90 8:1 / /host ro - ext4 a rw\n")
                .withLink("/proc/self/ns/pid", "pid:[4026531836]")
                .withLink("/proc/self/ns/mnt", "mnt:[4026532777]")
                .withLink("/proc/1/ns/mnt", "mnt:[4026531841]");

        assertThat(HostContainer.of(RunningRoot.of(files, Map.of())))
                .isEqualTo(
                        container.isEmpty()
                                ? Observed.absent(Origin.of("/proc/1/mountinfo"))
                                : Observed.known(new Text(container), Origin.of("/.dockerenv")));
    }
}
