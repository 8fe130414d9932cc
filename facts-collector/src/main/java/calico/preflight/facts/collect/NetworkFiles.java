package calico.preflight.facts.collect;

import calico.preflight.facts.Observed;
import calico.preflight.facts.parse.ElfMachine;
import calico.preflight.facts.source.HostSource;
import java.nio.ByteOrder;
import java.util.List;

/** The files of {@code /proc/net}: whose they are, and how they are written. */
final class NetworkFiles {

    /** A router with all routes of the internet, or a server with a hundred thousand connections, has tens of MiB. */
    static final int LIMIT = 64 << 20;

    private NetworkFiles() {}

    /** Numbers in {@code /proc/net} are in the byte order of the host that wrote them; nearly all are little-endian. */
    static ByteOrder byteOrder(HostSource host, CollectionOptions options) {
        String machine =
                Answers.textOf(HostIdentity.architecture(host, options)).orElse("");
        return ElfMachine.isBigEndian(machine) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /**
     * The text of one of them. Seen from elsewhere than the host itself, {@code /proc/net} would be that of whoever looks,
     * and the network of the first process that of the host.
     */
    static Observed<String> text(Look look, String name) {
        List<String> places = look.showsRunningHost() ? List.of("/proc/net/") : List.of("/proc/1/net/", "/proc/net/");
        return Answers.best(
                places.stream().map(place -> look.text(place + name, LIMIT)).toList());
    }
}
