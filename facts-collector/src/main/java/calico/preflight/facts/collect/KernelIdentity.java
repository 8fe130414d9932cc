package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.ProcVersion;
import calico.preflight.facts.source.HostSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Release and build of the kernel. */
final class KernelIdentity implements Collector {

    private static final String BUILD = "/proc/sys/kernel/version";

    @Override
    public Set<String> facts() {
        return Set.of("kernel.release", "kernel.version");
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        return List.of(
                new Fact("kernel.release", KernelRelease.of(look.host(), options)),
                new Fact("kernel.version", version(look.host(), options)));
    }

    private static Observed<FactValue> version(HostSource host, CollectionOptions options) {
        Optional<String> other = KernelRelease.otherRunning(host, options);
        if (other.isPresent()) {
            return Observed.unknown("the kernel that runs is another: " + other.get(), Origin.of(BUILD));
        }
        Observed<FactValue> build = Answers.line(Answers.text(host, BUILD));
        if (build instanceof Observed.Known<FactValue>) {
            return build;
        }
        return Answers.text(host, KernelRelease.VERSION)
                .known()
                .flatMap(ProcVersion::parse)
                .flatMap(ProcVersion::build)
                .map(text -> Observed.<FactValue>known(
                        new Text(text.strip()), Origin.of(KernelRelease.VERSION).at(1)))
                .orElseGet(() -> Answers.absentMeans("no /proc of a running kernel is there", build));
    }
}
