package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.Lines;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Processors and memory of a running host. */
public final class HardwareCollector implements Collector {

    private static final String NOT_RUNNING = "the files of a running host are not there";

    @Override
    public Set<String> facts() {
        return Set.of("hardware.cpus", "hardware.memory");
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        return List.of(Look.fact("hardware.cpus", cpus(look)), Look.fact("hardware.memory", memory(look)));
    }

    private static Observed<FactValue> cpus(Look look) {
        Observed<String> online = look.text("/sys/devices/system/cpu/online");
        OptionalInt count = online.known().map(Lines::cpus).orElse(OptionalInt.empty());
        if (count.isPresent()) {
            return Observed.known(new FactValue.Whole(count.getAsInt()), online.origin());
        }
        Observed<String> info = look.text("/proc/cpuinfo", 16 << 20);
        long processors = info.known()
                .map(text -> Lines.of(text).stream()
                        .filter(line -> Lines.isField(line.text(), "processor"))
                        .count())
                .orElse(0L);
        return processors > 0
                ? Observed.known(new FactValue.Whole(processors), info.origin())
                : Observed.unknown(NOT_RUNNING, online.origin());
    }

    private static Observed<FactValue> memory(Look look) {
        Observed<String> info = look.text("/proc/meminfo");
        OptionalLong bytes = info.known().map(Lines::memory).orElse(OptionalLong.empty());
        return bytes.isPresent()
                ? Observed.known(new FactValue.Whole(bytes.getAsLong()), info.origin())
                : Observed.unknown(NOT_RUNNING, Origin.of("/proc/meminfo"));
    }
}
