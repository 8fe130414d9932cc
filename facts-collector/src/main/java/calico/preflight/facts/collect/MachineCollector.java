package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What kind of machine the host is: what its firmware says of it, and the hypervisor that it runs on. */
public final class MachineCollector implements Collector {

    private static final String DMI = "hardware.dmi";
    private static final String HYPERVISOR = "hardware.hypervisor";
    private static final String FIRMWARE = "/sys/class/dmi/id";
    private static final Origin TYPE = Origin.of("/sys/hypervisor/type");
    private static final String NO_SYSFS = "no /sys of a running kernel is there";

    @Override
    public Set<String> facts() {
        return Set.of(DMI, HYPERVISOR);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        List<Fact> facts = new ArrayList<>(firmware(look));
        facts.add(Look.fact(HYPERVISOR, hypervisor(look)));
        return facts;
    }

    /**
     * The table, and beside it a fact of its own for each entry that is there but not told: what only root may read, and the
     * numbers by which one machine is told from all others, which are nobody's business.
     */
    private static List<Fact> firmware(Look look) {
        Observed<List<String>> names = look.names(FIRMWARE);
        if (names.known().isEmpty()) {
            return List.of(Look.fact(
                    DMI,
                    (look.hasSysfs() ? names : Answers.absentMeans(NO_SYSFS, names))
                            .map(any -> new FactValue.Table(Map.of()))));
        }
        Map<String, Entry> entries = new TreeMap<>();
        List<Fact> facts = new ArrayList<>();
        for (String name : names.known().orElse(List.of())) {
            String path = FIRMWARE + "/" + name;
            if (!look.isFile(path) || name.equals("uevent") || name.equals("modalias")) {
                continue;
            }
            Observed<String> text = name.endsWith("_serial") || name.endsWith("_uuid")
                    ? Observed.unknown("it identifies the machine and is not collected", Origin.of(path))
                    : look.text(path, 4096);
            if (text.known().isPresent()) {
                entries.put(name, Entry.from(text.origin(), text.known().get().strip()));
            } else if (text.isUnknown()) {
                facts.add(Look.fact(DMI + "." + name, text.map(FactValue.Text::new)));
            }
        }
        facts.add(new Fact(DMI, Observed.known(new FactValue.Table(entries), names.origin())));
        return facts;
    }

    /** Xen names itself in sysfs; processors of the x86 family have a bit that every hypervisor is meant to set. */
    private static Observed<FactValue> hypervisor(Look look) {
        Observed<String> type = look.text(TYPE.where(), 4096);
        Optional<String> name = type.known().map(String::strip).filter(text -> !text.isEmpty());
        if (name.isPresent()) {
            return Look.text(name.get(), type.origin());
        }
        Observed<String> info = look.text("/proc/cpuinfo", 16 << 20);
        Optional<Lines.Line> flags = info.known().flatMap(text -> Lines.of(text).stream()
                .filter(line -> Lines.isField(line.text(), "flags"))
                .findFirst());
        if (flags.isPresent()) {
            Origin origin = info.origin().at(flags.get().number());
            return Lines.words(flags.get().text()).contains("hypervisor")
                    ? Look.text("other", origin)
                    : Observed.absent(origin);
        }
        return info.known().isPresent()
                ? Observed.unknown("this kind of processor does not tell", info.origin())
                : Answers.absentMeans("no /proc of a running kernel is there", info)
                        .map(FactValue.Text::new);
    }
}
