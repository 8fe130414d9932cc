package calico.preflight.facts.parse;

import calico.preflight.facts.FactValue.Entry;
import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.Observed;
import calico.preflight.facts.Origin;
import calico.preflight.facts.parse.DeviceFiles.Applying;
import calico.preflight.facts.parse.DeviceFiles.DeviceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The {@code .link} files of udev (systemd.link(5)): the first that matches a new device says, among other things, what
 * becomes of its address. {@code persistent} takes the place of an address that the kernel drew, and leaves one that the
 * device was made with.
 */
public final class UdevLinks {

    private static final String POLICY = "mac-address-policy";
    private static final Origin DIRECTORY = Origin.of("/etc/systemd/network");

    /** Devices as Calico and flannel make them, by their kind. */
    private static final Map<String, String> DEVICES = devices();

    private static Map<String, String> devices() {
        Map<String, String> devices = new LinkedHashMap<>();
        devices.put("vxlan", "vxlan.calico");
        devices.put("veth", "cali*");
        devices.put("ipip", "tunl0");
        devices.put("wireguard", "wireguard.cali");
        devices.put("flannel", "flannel.1");
        return devices;
    }

    private final Rows rows;

    private UdevLinks(Rows rows) {
        this.rows = rows;
    }

    /** Those that {@link #rows} told. */
    public static UdevLinks of(Rows rows) {
        return new UdevLinks(rows);
    }

    /**
     * Tells the files in the order in which they count, one a row: "file", the {@code line} at which its section
     * {@code [Match]} begins, the settings of that section one a line ({@code match}), and {@code mac-address-policy},
     * which is {@code none} for a file that sets none.
     *
     * @param files those that are not masked, with their drop-ins
     */
    public static Rows rows(List<SystemdFile> files) {
        return DeviceFiles.rows(files, POLICY, file -> file.assignments("Link").stream()
                .filter(setting -> setting.key().equals("MACAddressPolicy"))
                .map(SystemdFile.Assignment::value)
                .filter(value -> value.isEmpty()
                        || List.of("persistent", "random", "none").contains(value))
                .reduce((earlier, later) -> later)
                .filter(value -> !value.isEmpty())
                .orElse("none"));
    }

    /**
     * The policy that applies to devices as Calico makes them, by their kind: {@code vxlan}, {@code veth}, {@code ipip},
     * {@code wireguard}; {@code flannel} is the VXLAN of flannel. Each is known with the file that says so, absent where no file matches, or unknown where that
     * cannot be told.
     *
     * @param version the major version of systemd; empty where it is not known
     */
    public Map<String, Observed<Entry>> policies(OptionalInt version) {
        Map<String, Observed<Entry>> policies = new LinkedHashMap<>();
        DEVICES.forEach((kind, name) -> policies.put(kind, policy(name, version)));
        return policies;
    }

    private Observed<Entry> policy(String device, OptionalInt version) {
        List<Observed<Entry>> answers = new ArrayList<>();
        boolean complete = DeviceFiles.of(rows, POLICY, "OriginalName", device, version, HostConditions.UNKNOWN)
                .forEachCase(applying -> answers.add(decide(applying)));
        if (!complete || answers.isEmpty()) {
            return Observed.unknown("there are too many patterns to be decided", DIRECTORY);
        }
        Observed<Entry> first = answers.get(0);
        return answers.stream()
                .filter(answer -> !value(answer).equals(value(first)))
                .findFirst()
                .<Observed<Entry>>map(other -> Observed.unknown(
                        "it is not the same for all names such as " + device + ": " + other.origin(), first.origin()))
                .orElse(first);
    }

    private static Observed<Entry> decide(Applying applying) {
        List<String> possible = new ArrayList<>();
        applying.perhaps().forEach(file -> possible.add(file.says()));
        possible.add(applying.otherwise().map(DeviceFile::says).orElse("none"));
        if (possible.stream().distinct().count() > 1) {
            DeviceFile first = applying.perhaps().get(0);
            return Observed.unknown(first + " depends on " + applying.open(), first.origin());
        }
        return applying.otherwise()
                .map(file -> Observed.known(Entry.from(file.origin(), file.says()), file.origin()))
                .orElseGet(() -> Observed.absent(DIRECTORY));
    }

    private static String value(Observed<Entry> answer) {
        return answer instanceof Observed.Unknown<Entry> unknown
                ? "unknown: " + unknown.why()
                : answer.known().map(Entry::value).orElse("");
    }
}
