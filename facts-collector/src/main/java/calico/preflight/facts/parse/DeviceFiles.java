package calico.preflight.facts.parse;

import calico.preflight.facts.FactValue.Rows;
import calico.preflight.facts.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The files that systemd keeps for network devices, {@code .network} or {@code .link}, in the order of their names: the
 * first that matches a device applies to it, and no other.
 */
final class DeviceFiles {

    /** The columns of the rows that such files are told in; a third one is what they say. */
    static final String FILE = "file";

    static final String LINE = "line";
    static final String MATCH = "match";

    /**
     * One file.
     *
     * @param origin the file, and the line at which its section {@code [Match]} begins
     * @param says what it makes of the devices that it applies to
     */
    record DeviceFile(Origin origin, String says, SystemdMatch match, String written) {
        /** For the reader: {@code FILE:LINE (SETTING, SETTING)}. */
        @Override
        public String toString() {
            return origin + " ("
                    + (written.isEmpty() ? "an empty [Match]" : written.strip().replace("\n", ", ")) + ")";
        }
    }

    /**
     * What applies to the devices of one case of names.
     *
     * @param name the shortest such name
     * @param perhaps files that may apply first, which cannot be told
     * @param open what the first of these depends on
     * @param otherwise the file that applies where none of these does; empty for none
     */
    record Applying(String name, List<DeviceFile> perhaps, String open, Optional<DeviceFile> otherwise) {}

    private final List<DeviceFile> files;
    private final String pattern;

    private DeviceFiles(List<DeviceFile> files, String pattern) {
        this.files = files;
        this.pattern = pattern;
    }

    /** One row for each file that is not masked, in the order of their names. */
    static Rows rows(List<SystemdFile> files, String column, Function<SystemdFile, String> says) {
        return new Rows(files.stream()
                .sorted(SystemdFile.BY_NAME)
                .map(file -> row(file, column, says.apply(file)))
                .toList());
    }

    private static Map<String, String> row(SystemdFile file, String column, String says) {
        Map<String, String> row = new LinkedHashMap<>();
        Origin origin = file.matchOrigin();
        row.put(FILE, origin.where());
        row.put(LINE, Integer.toString(origin.line()));
        row.put(
                MATCH,
                file.assignments("Match").stream()
                        .map(setting -> setting.key() + "=" + setting.value())
                        .collect(Collectors.joining("\n")));
        row.put(column, says);
        return row;
    }

    /**
     * The files, for the devices of a name or pattern.
     *
     * @param column of what the files say
     * @param nameKey the setting that matches by the name
     * @param version the major version of systemd; empty where it is not known
     */
    static DeviceFiles of(
            Rows rows, String column, String nameKey, String pattern, OptionalInt version, HostConditions host) {
        List<DeviceFile> files = new ArrayList<>();
        for (Map<String, String> row : rows.rows()) {
            String match = row.getOrDefault(MATCH, "");
            String line = row.getOrDefault(LINE, "");
            Origin origin =
                    new Origin(row.getOrDefault(FILE, ""), Lines.isNumber(line, 9) ? Integer.parseInt(line) : 0);
            files.add(new DeviceFile(
                    origin,
                    row.getOrDefault(column, ""),
                    SystemdMatch.of(match, nameKey, SoftwareInterface.of(pattern), version, host),
                    match));
        }
        return new DeviceFiles(files, pattern);
    }

    /**
     * Tells for each case of names what applies.
     *
     * @return false where there would be too many
     */
    boolean forEachCase(Consumer<Applying> consumer) {
        List<NameGlob> globs = new ArrayList<>();
        globs.add(NameGlob.pattern(pattern));
        files.forEach(file -> globs.addAll(file.match().globs()));
        return NameCases.forEach(globs, (name, accepting) -> {
            List<DeviceFile> perhaps = new ArrayList<>();
            String open = "";
            for (DeviceFile file : files) {
                Ternary matches = file.match().matches(accepting);
                if (matches == Ternary.YES) {
                    consumer.accept(new Applying(name, perhaps, open, Optional.of(file)));
                    return;
                }
                if (matches == Ternary.OPEN) {
                    open = perhaps.isEmpty() ? file.match().openSettings(accepting) : open;
                    perhaps.add(file);
                }
            }
            consumer.accept(new Applying(name, perhaps, open, Optional.empty()));
        });
    }
}
