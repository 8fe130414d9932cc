package calico.preflight.facts.collect;

import calico.preflight.facts.Fact;
import calico.preflight.facts.FactValue;
import calico.preflight.facts.FactValue.Table;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.KernelConfig;
import calico.preflight.facts.parse.TextLines;
import calico.preflight.facts.parse.Unpacking;
import calico.preflight.facts.parse.Unpacking.DamagedException;
import calico.preflight.facts.source.ConfigurationFile;
import calico.preflight.facts.source.HostSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The configuration of the kernel that is judged, from wherever a distribution keeps it. */
final class KernelConfiguration implements Collector {

    private static final String FACT = "kernel.config";
    private static final String RUNNING = "/proc/config.gz";

    /** The only one: it has no state. */
    static final Collector COLLECTOR = new KernelConfiguration();

    /** A configuration of a distribution has about 300,000 bytes. */
    private static final int LIMIT = 16 << 20;

    /** Plain or packed; whether a file is packed is told by its first bytes. */
    private static final List<String> ENDINGS = List.of("", ".gz", ".xz", ".zst");

    /** A place to look at, and whether a configuration that is found there is that of the kernel judged. */
    private record Place(String path, Predicate<KernelConfig> isOfThisKernel) {
        static Place of(String path) {
            return new Place(path, config -> true);
        }
    }

    @Override
    public Set<String> facts() {
        return Set.of(FACT);
    }

    @Override
    public List<Fact> collect(Look look, CollectionOptions options) {
        HostSource host = look.host();
        if (host instanceof ConfigurationFile file) {
            return List.of(new Fact(FACT, read(host, file.path()).map(KernelConfiguration::table)));
        }
        return List.of(new Fact(FACT, find(host, options)));
    }

    private static FactValue table(KernelConfig config) {
        return new Table(config.symbols());
    }

    /**
     * Unknown, never absent, where none is found: the kernel has a configuration, and an absent table would make each
     * of its entries look absent.
     */
    private static Observed<FactValue> find(HostSource host, CollectionOptions options) {
        Observed<FactValue> release = KernelRelease.of(host, options);
        if (!(release instanceof Observed.Known<FactValue> judged)) {
            return Observed.unknown("the kernel release is not known", release.origin());
        }
        List<String> troubles = new ArrayList<>();
        for (Place place : places(host, judged.value().toString())) {
            Observed<KernelConfig> config = read(host, place.path());
            if (config instanceof Observed.Known<KernelConfig> known) {
                if (place.isOfThisKernel().test(known.value())) {
                    return config.map(KernelConfiguration::table);
                }
                troubles.add(place.path() + " is of another kernel");
            } else if (config instanceof Observed.Unknown<KernelConfig> unknown) {
                troubles.add(place.path() + ": " + unknown.why());
            }
        }
        return Observed.unknown(
                troubles.isEmpty()
                        ? "no configuration of " + judged.value() + " in any of the usual places"
                        : String.join("; ", troubles),
                Origin.of("/boot/config-" + judged.value()));
    }

    private static List<Place> places(HostSource host, String release) {
        List<Place> places = new ArrayList<>();
        // what the running kernel shows is good only for the running kernel
        if (Answers.textOf(KernelRelease.running(host)).equals(Optional.of(release))) {
            places.add(Place.of(RUNNING));
        }
        for (String path : List.of(
                "/boot/config-" + release,
                "/usr/lib/modules/" + release + "/config",
                "/lib/modules/" + release + "/config",
                "/lib/modules/" + release + "/build/.config",
                "/usr/lib/ostree-boot/config-" + release,
                "/lib/kernel/config-" + release,
                "/usr/lib/kernel/config-" + release,
                "/usr/src/linux-headers-" + release + "/.config",
                "/usr/src/kernels/" + release + "/.config")) {
            ENDINGS.forEach(ending -> places.add(Place.of(path + ending)));
        }
        ENDINGS.forEach(ending -> places.add(new Place("/boot/config" + ending, config -> config.isOf(release))));
        return places;
    }

    /** The configuration in this file: absent where there is no such file. */
    static Observed<KernelConfig> read(HostSource host, String path) {
        Origin origin = Origin.of(path);
        Observed<byte[]> bytes = Answers.observed(host.read(path, LIMIT), origin);
        if (!(bytes instanceof Observed.Known<byte[]> known)) {
            return bytes.map(any -> KernelConfig.parse(""));
        }
        try {
            KernelConfig config = KernelConfig.parse(TextLines.decode(Unpacking.unpack(known.value(), LIMIT)));
            return config.symbols().isEmpty()
                    ? Observed.unknown("holds no kernel configuration", origin)
                    : Observed.known(config, origin);
        } catch (DamagedException e) {
            return Observed.unknown(e.why(), origin);
        }
    }
}
