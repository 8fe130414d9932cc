package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.MountTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the running kernel shows of its abilities elsewhere than in its configuration and its modules. */
final class KernelAbilities implements Collector {

    private static final String BTF = "kernel.btf";
    private static final String FILESYSTEMS = "kernel.filesystems";
    private static final Origin VMLINUX = Origin.of("/sys/kernel/btf/vmlinux");

    @Override
    public Set<String> facts() {
        return Set.of(BTF, FILESYSTEMS);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        Optional<String> other = KernelRelease.otherRunning(look.host(), options);
        if (other.isPresent()) {
            return Answers.unknown(
                    facts(), "the kernel that runs is another: " + other.get(), Origin.of(KernelRelease.OSRELEASE));
        }
        return List.of(
                Look.fact(BTF, btf(look)),
                Look.fact(
                        FILESYSTEMS,
                        Answers.absentMeans(
                                "no /proc of a running kernel is there",
                                look.text("/proc/filesystems")
                                        .map(text -> new FactValue.Texts(MountTable.known(text))))));
    }

    /** Since Linux 5.4, where it was built with CONFIG_DEBUG_INFO_BTF. */
    private static Observed<FactValue> btf(Look look) {
        if (look.isFile(VMLINUX.where())) {
            return Look.flag(true, VMLINUX);
        }
        return look.hasSysfs()
                ? Look.flag(false, VMLINUX)
                : Observed.unknown("no /sys of a running kernel is there", VMLINUX);
    }
}
