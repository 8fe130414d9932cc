package calico.preflight.engine;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.HostFacts;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A host for tests: facts that are put down one by one; what is not put down is unknown. */
final class TestHost {

    private final List<Fact> facts = new ArrayList<>();

    static TestHost withKernel(String release) {
        return new TestHost().text("kernel.release", release, "/proc/sys/kernel/osrelease");
    }

    static TestHost unseen() {
        return new TestHost();
    }

    TestHost text(String fact, String value, String origin) {
        return known(fact, new FactValue.Text(value), origin);
    }

    TestHost number(String fact, long value, String origin) {
        return known(fact, new FactValue.Whole(value), origin);
    }

    TestHost flag(String fact, boolean value, String origin) {
        return known(fact, new FactValue.Flag(value), origin);
    }

    TestHost texts(String fact, String origin, String... values) {
        return known(fact, new FactValue.Texts(List.of(values)), origin);
    }

    TestHost rows(String fact, String origin, List<Map<String, String>> rows) {
        return known(fact, new FactValue.Rows(rows), origin);
    }

    TestHost table(String fact, String origin, Map<String, String> values) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        values.forEach((name, value) -> entries.put(name, Entry.at(entries.size() + 1, value)));
        return known(fact, new FactValue.Table(entries), origin);
    }

    TestHost absent(String fact, String origin) {
        facts.add(new Fact(fact, Observed.absent(Origin.of(origin))));
        return this;
    }

    TestHost unknown(String fact, String why, String origin) {
        facts.add(new Fact(fact, Observed.unknown(why, Origin.of(origin))));
        return this;
    }

    /** A configuration that mentions all that a complete one mentions, and these symbols. */
    TestHost completeConfig(Map<String, String> symbols) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "CONFIG_NET", "y",
                "CONFIG_INET", "y",
                "CONFIG_NETFILTER", "y",
                "CONFIG_MODULES", "y",
                "CONFIG_NLATTR", "y",
                "CONFIG_WAN", "not set"));
        all.putAll(symbols);
        return table("kernel.config", "/boot/config", all);
    }

    TestHost config(Map<String, String> symbols) {
        return table("kernel.config", "/boot/config", symbols);
    }

    /** The module directory of this kernel with these files and builtins. */
    TestHost tree(Map<String, String> files, Map<String, String> builtins) {
        return table("kernel.modules.files", "/lib/modules/RELEASE", files)
                .table("kernel.modules.builtin", "/lib/modules/RELEASE/modules.builtin", builtins);
    }

    TestHost blocked(String module, String how, String origin) {
        return rows(
                "kernel.modules.blocked",
                "/etc/modprobe.d",
                List.of(Map.of("module", module, "how", how, "origin", origin)));
    }

    HostFacts facts() {
        return HostFacts.of("test", "2026-01-01T00:00:00Z", facts);
    }

    private TestHost known(String fact, FactValue value, String origin) {
        facts.add(new Fact(fact, Observed.known(value, Origin.of(origin))));
        return this;
    }
}
