package calico.preflight.catalog.pack;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.Problem;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.yaml.Binder;
import calico.preflight.catalog.yaml.RulesFiles;
import calico.preflight.catalog.yaml.Schema;
import calico.preflight.catalog.yaml.Wording;
import calico.preflight.catalog.yaml.YamlFile;
import calico.preflight.catalog.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads pack files, each once, and checks what can be said of one file alone. */
final class PackReader {

    private static final Pattern VERSION_PACK = Pattern.compile("calico-(\\d+\\.\\d+)");

    private final RulesFiles files;
    private final Map<PackFile, Pack> read = new HashMap<>();

    PackReader(RulesFiles files) {
        this.files = files;
    }

    Pack read(PackFile file) throws InvalidRulesException {
        Pack known = read.get(file);
        if (known != null) {
            return known;
        }
        YamlFile yaml = files.read(file.path(), Schema.PACK, file.trusted());
        PackSource source = Binder.bind(yaml, List.of(), yaml.tree(), PackSource.class);
        CalicoVersion version = CalicoVersion.parse(source.calico()).orElseThrow();
        Pack pack = new Pack(file, yaml, source, version);
        List<Problem> problems = new ArrayList<>();
        checkName(pack, problems);
        checkReplaces(pack, problems);
        Documents.checkPlaceholders(pack, problems);
        Statement.all(pack).forEach(statement -> checkVersions(pack, statement, problems));
        if (!problems.isEmpty()) {
            throw new InvalidRulesException(problems);
        }
        read.put(file, pack);
        return pack;
    }

    /** What a pack extends, if only that much can be read of it. */
    Optional<String> parentOf(PackFile file) {
        try {
            return Optional.of(
                    YamlReader.read(file.path()).tree().path("extends").asText());
        } catch (InvalidRulesException e) {
            // Why it cannot be read was said when it was read as a pack.
            return Optional.empty();
        }
    }

    private static void checkName(Pack pack, List<Problem> problems) {
        String id = pack.source().id();
        if (!id.equals(pack.file().id())) {
            problems.add(pack.yaml()
                    .at(
                            List.of("id"),
                            "the file of the pack " + Wording.quoted(id) + " must be called " + id + ".yaml"));
        }
        var versioned = VERSION_PACK.matcher(id);
        if (versioned.matches() && !versioned.group(1).equals(pack.source().calico())) {
            problems.add(pack.yaml()
                    .at(
                            List.of("calico"),
                            "\"calico\" must be \"" + versioned.group(1) + "\" in the pack " + Wording.quoted(id)
                                    + ", but is " + Wording.quoted(pack.source().calico())));
        }
    }

    private static void checkReplaces(Pack pack, List<Problem> problems) {
        String id = pack.source().id();
        String replaces = pack.source().replaces();
        if (replaces.isEmpty()) {
            pack.file()
                    .replaced()
                    .ifPresent(below -> problems.add(pack.yaml()
                            .at(
                                    List.of("id"),
                                    "there is a pack " + Wording.quoted(id) + " already: " + below.path()
                                            + "; add \"replaces: " + id
                                            + "\" to put this one in its place, or choose another id")));
        } else if (!replaces.equals(id)) {
            problems.add(pack.yaml()
                    .at(
                            List.of("replaces"),
                            "a pack can only replace one of its own id, " + Wording.quoted(id) + ", but this names "
                                    + Wording.quoted(replaces)));
        } else if (pack.file().replaced().isEmpty()) {
            problems.add(pack.yaml()
                    .at(
                            List.of("replaces"),
                            "there is no pack " + Wording.quoted(id) + " below this folder to replace"));
        }
    }

    private static void checkVersions(Pack pack, Statement statement, List<Problem> problems) {
        for (String name : List.of("since", "until")) {
            Draft.Given field = statement.field(name);
            CalicoVersion.parse(field.value().asText())
                    .filter(version -> !version.minorVersion().equals(pack.version()))
                    .ifPresent(version -> problems.add(pack.yaml()
                            .at(
                                    field.path(),
                                    Wording.quoted(name) + " must be a patch of " + pack.version() + ", but is "
                                            + version)));
        }
        boolean empty = statement
                .since()
                .flatMap(since -> statement.until().filter(until -> until.compareTo(since) <= 0))
                .isPresent();
        if (empty) {
            problems.add(pack.yaml()
                    .at(
                            statement.field("until").path(),
                            "\"until\" must be later than \"since\", or this never holds"));
        }
    }
}
