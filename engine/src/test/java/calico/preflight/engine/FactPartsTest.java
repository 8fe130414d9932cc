package calico.preflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import calico.preflight.catalog.requirement.Check;
import calico.preflight.engine.inference.FactParts;
import calico.preflight.engine.inference.FactView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What hosts of a fleet show of the parts of facts that checks look at, as numbers. */
class FactPartsTest {

    private final FactParts parts = new FactParts();

    private FactParts.View view(Check check) {
        return parts.add(FactView.of(check, TestPack.knowledge()));
    }

    private Optional<List<Integer>> shown(TestHost host, FactParts.View... inThisOrder) {
        FactParts.Look look = parts.lookAt(host.facts());
        Optional<List<Integer>> last = Optional.empty();
        for (FactParts.View view : inThisOrder) {
            last = look.of(view);
        }
        return last;
    }

    private static TestHost withAlias(String module, String... files) {
        Map<String, String> table = new TreeMap<>();
        for (String file : files) {
            table.put(file, "kernel/" + file + ".ko");
        }
        return TestHost.withKernel("6.1.0")
                .table("kernel.modules.aliases", "/lib/modules/6.1.0/modules.alias", Map.of("ipip", module))
                .table("kernel.modules.files", "/lib/modules/6.1.0", table);
    }

    @Test
    void hosts_that_differ_in_places_alone_show_the_same() {
        FactParts.View ipip = view(new Check.KernelModule("ipip"));

        assertThat(shown(TestHost.withKernel("6.1.0").text("os.id", "debian", "/etc/os-release:4"), ipip))
                .isEqualTo(shown(TestHost.withKernel("6.1.0").text("os.id", "debian", "/usr/lib/os-release:5"), ipip));
    }

    @Test
    void a_module_under_another_name_counts_whichever_check_looked_first() {
        FactParts.View plain = view(new Check.FactComparison(
                "kernel.modules.files.dummy", "", List.of(), List.of(), "", "", "", "true", ""));
        FactParts.View ipip = view(new Check.KernelModule("ipip"));

        // The files of the first two are the same, but to the second its other name makes one of them the module.
        shown(withAlias("none", "other"), plain, ipip);
        Optional<List<Integer>> there = shown(withAlias("other", "other"), plain, ipip);
        Optional<List<Integer>> missing = shown(withAlias("other", "unlike"), plain, ipip);

        assertThat(there).isNotEqualTo(missing);
    }
}
