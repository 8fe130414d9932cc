package calico.preflight.facts.opening;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.facts.HostFacts;
import calico.preflight.facts.collect.CollectionOptions;
import calico.preflight.facts.collect.HostCollector;
import calico.preflight.facts.remote.SshSettings;
import calico.preflight.facts.source.HostSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other tools gathered of a host is read like the host itself, as far as it goes. */
class ReportsTest {

    @TempDir
    private Path directory;

    private void file(String path, String text) throws IOException {
        Path file = directory.resolve("in").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void link(String path, String target) throws IOException {
        Path link = directory.resolve("in").resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    private void sosreport() throws IOException {
        String top = "sosreport-node7-2026-01-01-abcdefg/";
        file(top + "sos_commands/host/hostname", "node7.example\n");
        file(
                top + "sos_commands/kernel/uname_-a",
                "Linux node7 4.18.0-553.el8_10.x86_64 #1 SMP Fri May 10 15:19:13 UTC 2024 x86_64 x86_64 x86_64 GNU/Linux\n");
        file(top + "sos_commands/kernel/lsmod", """
                Module                  Size  Used by
                nf_conntrack          172032  2 xt_conntrack,nf_nat
                ip_set                 45056  0
                """);
        file(top + "installed-rpms", """
                kubelet-1.28.3-0.x86_64                       Mon Jan  1 00:00:00 2024
                python3-nova-23.2.0-1.el8.noarch              Mon Jan  1 00:00:00 2024
                """);
        file(top + "var/lib/rpm/Packages", "");
        file(top + "usr/lib/os-release", "ID=\"rhel\"\nVERSION_ID=\"8.10\"\n");
        link(top + "etc/os-release", "../usr/lib/os-release");
        link(top + "etc/resolv.conf", "/run/NetworkManager/resolv.conf");
        link(top + "etc/modprobe.d", "/../../../../../../etc/no-such-directory");
        file(top + "version.txt", "sosreport: 4.5.6\n");
    }

    private static HostFacts facts(Path source) throws Exception {
        try (HostSource host = HostSources.open(source.toString(), SshSettings.USUAL)) {
            return new HostCollector().collect(host, CollectionOptions.none());
        }
    }

    private static String value(HostFacts facts, String name) {
        return facts.get(name)
                .known()
                .map(Object::toString)
                .orElse(facts.get(name).toString());
    }

    private static void assertIsNode7(HostFacts facts) {
        assertThat(value(facts, "host.name")).isEqualTo("node7.example");
        assertThat(value(facts, "kernel.release")).isEqualTo("4.18.0-553.el8_10.x86_64");
        assertThat(value(facts, "host.architecture")).isEqualTo("x86_64");
        assertThat(value(facts, "os.id")).isEqualTo("rhel");
        assertThat(value(facts, "os.version")).isEqualTo("8.10");
        assertThat(value(facts, "kernel.modules.loaded.nf_conntrack")).isEqualTo("Live");
        assertThat(value(facts, "kernel.modules.loaded.ip_set")).isEqualTo("Live");
        assertThat(facts.get("kernel.modules.loaded.Module").known()).isEmpty();
        assertThat(value(facts, "openstack.packages.python3-nova")).isEqualTo("23.2.0-1.el8");
        // what a report has no copy of may be on the host all the same
        assertThat(facts.get("kernel.modules.files").isUnknown()).isTrue();
        assertThat(facts.get("firewall.nft.ruleset").isUnknown()).isTrue();
    }

    @Test
    void anUnpackedSosreportIsReadFromItsOwnFolderOrTheOneAroundIt() throws Exception {
        sosreport();
        assertIsNode7(facts(directory.resolve("in")));
        assertIsNode7(facts(directory.resolve("in/sosreport-node7-2026-01-01-abcdefg")));
    }

    @ParameterizedTest
    @CsvSource({"tar.xz, -cJf", "tar.gz, -czf", "tar.bz2, -cjf", "tar, -cf"})
    void aPackedSosreportIsReadHoweverItIsPacked(String ending, String option) throws Exception {
        sosreport();
        Path packed = directory.resolve("sosreport." + ending);
        Process tar = new ProcessBuilder("tar", option, packed.toString(), "-C", directory + "/in", ".")
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        HostFacts facts = facts(packed);
        assertIsNode7(facts);
        assertThat(facts.source()).isEqualTo("archive:" + packed);
    }

    @Test
    void whatCalicoctlNodeDiagsGatheredTellsTheNameOfTheHost() throws Exception {
        file("diagnostics/hostname", "node8\n");
        file("diagnostics/ipv4_tables", "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n");
        file("diagnostics/ipv4_route", "default via 192.0.2.1 dev eth0\n");
        file("diagnostics/date", "Thu Jan  1 00:00:00 UTC 2026\n");
        HostFacts facts = facts(directory.resolve("in"));
        assertThat(value(facts, "host.name")).isEqualTo("node8");
        assertThat(facts.facts().values())
                .filteredOn(fact -> fact.observed().known().isPresent())
                .extracting(fact -> fact.name())
                .containsExactly("host.name");
    }
}
