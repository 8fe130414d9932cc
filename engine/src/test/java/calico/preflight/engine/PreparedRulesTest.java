package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import calico.preflight.catalog.Catalog;
import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Encapsulation;
import calico.preflight.catalog.target.IpFamily;
import calico.preflight.catalog.target.Platform;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.facts.HostFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that were compiled when the program was built judge as those that are compiled now. */
class PreparedRulesTest {

    private static final RulesFolder SHIPPED =
            new RulesFolder(Path.of(System.getProperty("preflight.rules", "../rules")), true);

    @TempDir
    static Path work = Path.of("");

    private static Path file = work;
    private static Optional<Catalog> catalog = Optional.empty();

    private static final HostFacts HOST = TestHost.unseen()
            .text("kernel.release", "5.15.0-91-generic", "uname -r")
            .text("host.architecture", "x86_64", "uname -m")
            .texts("firewall.legacy.ipv4", "iptables-legacy-save", "*filter", ":INPUT DROP [0:0]", "COMMIT")
            .absent("firewall.nft.ruleset", "/proc/modules")
            .facts();

    @BeforeAll
    static void prepare() throws Exception {
        Catalog loaded = Catalog.load(List.of(SHIPPED));
        catalog = Optional.of(loaded);
        file = work.resolve("lib").resolve(Judges.PREPARED);
        Judges.prepare(file, List.of(pack("3.16"), pack("3.32")));
    }

    private static ResolvedPack pack(String version) throws Exception {
        return catalog.orElseThrow().resolve(CalicoVersion.parse(version).orElseThrow(), Platform.OPENSTACK);
    }

    private static List<Finding> judge(ResolvedPack pack, Optional<Path> prepared) throws Exception {
        return new Judges(catalog.orElseThrow().knowledge(), RuleTrust.INSTALLATION, prepared)
                .of(pack)
                .judge(TestPack.target(Platform.OPENSTACK, Encapsulation.IPIP, IpFamily.IPV4), HOST)
                .findings();
    }

    @Test
    void they_judge_alike() throws Exception {
        for (String version : List.of("3.16", "3.32")) {
            List<Finding> compiled = judge(pack(version), Optional.empty());

            assertThat(judge(pack(version), Optional.of(file))).isEqualTo(compiled);
            assertThat(compiled).extracting(Finding::outcome).contains(Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN);
        }
    }

    @Test
    void a_file_that_is_damaged_or_not_there_is_made_up_for() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(11);
        Path damaged = work.resolve("damaged.bin");
        List<Finding> compiled = judge(pack("3.16"), Optional.empty());
        for (int round = 0; round < 3; round++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] ^= 0x20;
            Files.write(damaged, round == 0 ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);

            assertThat(judge(pack("3.16"), Optional.of(damaged))).isEqualTo(compiled);
        }
        assertThat(judge(pack("3.16"), Optional.of(work.resolve("none")))).isEqualTo(compiled);
    }

    @Test
    void rules_that_were_edited_are_compiled() throws Exception {
        assertThat(judge(edited(pack("3.16")), Optional.of(file)))
                .extracting(Finding::reason)
                .anyMatch(reason -> reason.startsWith("gone: "));
    }

    @Test
    void rules_that_were_begun_with_judge_alike() throws Exception {
        Judges.begin(file, SHIPPED.inference());

        assertThat(judge(pack("3.16"), Optional.of(file))).isEqualTo(judge(pack("3.16"), Optional.empty()));
    }

    @Test
    void rules_that_were_edited_after_others_were_begun_with_are_compiled() throws Exception {
        Judges.begin(file, SHIPPED.inference());

        assertThat(judge(edited(pack("3.16")), Optional.of(file)))
                .extracting(Finding::reason)
                .anyMatch(reason -> reason.startsWith("gone: "));
    }

    @Test
    void what_is_wrong_with_rules_that_were_begun_with_is_told_to_whoever_asks_for_them(@TempDir Path folder)
            throws Exception {
        ResolvedPack pack = pack("3.16");
        List<ResolvedPack.RuleFile> broken = new ArrayList<>();
        for (ResolvedPack.RuleFile one : pack.inference()) {
            String name = String.valueOf(Path.of(one.name()).getFileName());
            String text = one.text().replace("then", "than");
            Files.writeString(folder.resolve(name), text);
            broken.add(new ResolvedPack.RuleFile(name, text, true));
        }
        Judges.begin(file, folder);

        assertThatThrownBy(() -> judge(pack.judgedBy(broken), Optional.of(file)))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageContaining("than");
    }

    private static ResolvedPack edited(ResolvedPack pack) {
        return pack.judgedBy(pack.inference().stream()
                .map(one -> new ResolvedPack.RuleFile(
                        one.name(), one.text().replace("the firewall of this host drops {}", "gone: {}"), true))
                .toList());
    }
}
