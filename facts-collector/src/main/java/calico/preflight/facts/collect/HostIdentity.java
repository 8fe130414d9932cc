package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Text;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.ElfMachine;
import calico.preflight.facts.source.HostSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Name and architecture of the host. */
final class HostIdentity implements Collector {

    static final Origin OPTION = Origin.of("--arch");

    private static final String ARCH = "/proc/sys/kernel/arch";

    /** Programs that some host or other has; the collector's own comes first on a live one. */
    private static final List<String> PROGRAMS = List.of(
            "/bin/sh",
            "/usr/bin/env",
            "/sbin/init",
            "/usr/lib/systemd/systemd",
            "/bin/busybox",
            "/usr/bin/ls",
            "/bin/ls");

    private static final int LARGEST_PROGRAM = 16 << 20;

    /** How distributions end their releases, where programs are of 32 bits and the kernel need not be. */
    private static final Map<String, Map<String, String>> KERNELS_OF_64_BITS = Map.of(
            "i686", Map.of("amd64", "x86_64", "x86_64", "x86_64"),
            "arm", Map.of("arm64", "aarch64", "aarch64", "aarch64"));

    @Override
    public Set<String> facts() {
        return Set.of("host.name", "host.architecture");
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        HostSource host = look.host();
        return List.of(new Fact("host.name", name(host)), new Fact("host.architecture", architecture(host, options)));
    }

    /** The machine as {@code uname -m} names it: as the user says, as the kernel or a program shows. */
    static Observed<FactValue> architecture(HostSource host, CollectionOptions options) {
        return options.architecture()
                .map(machine -> Observed.<FactValue>known(new Text(machine), OPTION))
                .orElseGet(() -> seenArchitecture(host, options));
    }

    /** A {@code /proc} below a directory may tell the name of the one who looks; on the host itself it is the name. */
    private static Observed<FactValue> name(HostSource host) {
        List<String> places = new ArrayList<>(List.of("/proc/sys/kernel/hostname", "/etc/hostname"));
        if (!host.showsRunningHost()) {
            Collections.reverse(places);
        }
        return Answers.best(places.stream()
                .map(place -> Answers.line(Answers.text(host, place)))
                .toList());
    }

    private static Observed<FactValue> seenArchitecture(HostSource host, CollectionOptions options) {
        Observed<FactValue> told = Answers.line(Answers.text(host, ARCH));
        if (told instanceof Observed.Known<FactValue>) {
            return told;
        }
        List<String> programs = new ArrayList<>(PROGRAMS);
        if (host.showsRunningHost()) {
            programs.add(0, "/proc/self/exe");
        }
        for (String program : programs) {
            Observed<byte[]> bytes = Answers.observed(host.read(program, LARGEST_PROGRAM), Origin.of(program));
            Optional<String> machine = bytes.known().flatMap(ElfMachine::of);
            if (machine.isPresent()) {
                return ofKernel(machine.get(), bytes.origin(), KernelRelease.of(host, options));
            }
        }
        return told.isUnknown() ? told : Observed.unknown("neither the kernel nor a program tells it", Origin.of(ARCH));
    }

    private static Observed<FactValue> ofKernel(String machine, Origin program, Observed<FactValue> release) {
        return Answers.textOf(release)
                .flatMap(name -> KERNELS_OF_64_BITS.getOrDefault(machine, Map.of()).entrySet().stream()
                        .filter(kernel -> name.endsWith("-" + kernel.getKey()) || name.endsWith("." + kernel.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .map(wider -> Observed.<FactValue>known(new Text(wider), release.origin()))
                .orElseGet(() -> Observed.known(new Text(machine), program));
    }
}
