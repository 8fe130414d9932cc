package calico.preflight.catalog.pack;

import calico.preflight.catalog.InvalidRulesException;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
import calico.preflight.catalog.target.Target;
import calico.preflight.catalog.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A rule pack with all that it inherits, for one platform and one version of Calico.
 *
 * @param id the pack's id, such as {@code calico-3.16}
 * @param calico the version it was resolved for
 * @param digest {@code sha256:} and the hash of everything that the pack was made of: its own file, those that it extends and
 *     the rules that judge it
 * @param defaults the documented defaults of the target options on this platform: option name to value
 * @param offers the values that the documents know, by the options for which they do not know all
 * @param requirements in the order of the document
 * @param removed what older packs asked for and this one does not, by id
 * @param advisories those that hold for the version and the platform; the practical profile applies them
 * @param inference the DRL files that judge it, in order
 */
public record ResolvedPack(
        String id,
        CalicoVersion calico,
        Platform platform,
        String digest,
        Map<String, String> defaults,
        Map<String, List<String>> offers,
        List<Requirement> requirements,
        Map<String, Removal> removed,
        List<Advisory> advisories,
        List<RuleFile> inference) {

    public ResolvedPack {
        defaults = Map.copyOf(defaults);
        offers = Map.copyOf(offers);
        removed = Map.copyOf(removed);
        requirements = List.copyOf(requirements);
        advisories = List.copyOf(advisories);
        inference = List.copyOf(inference);
    }

    /** A pack that offers everything and that nothing was removed from. */
    public ResolvedPack(
            String id,
            CalicoVersion calico,
            Platform platform,
            String digest,
            Map<String, String> defaults,
            List<Requirement> requirements,
            List<Advisory> advisories,
            List<RuleFile> inference) {
        this(id, calico, platform, digest, defaults, Map.of(), requirements, Map.of(), advisories, inference);
    }

    /** The same for another version for which it comes to the same. */
    public ResolvedPack at(CalicoVersion other) {
        return new ResolvedPack(
                id, other, platform, digest, defaults, offers, requirements, removed, advisories, inference);
    }

    /** The same with the rule files by their names alone. */
    public ResolvedPack withoutTexts() {
        List<RuleFile> named = inference.stream().map(RuleFile::withoutText).toList();
        return new ResolvedPack(
                id, calico, platform, digest, defaults, offers, requirements, removed, advisories, named);
    }

    /** The same, judged by these rule files; the digest of what it was made of becomes one with them. */
    public ResolvedPack judgedBy(List<RuleFile> files) {
        return judgedBy(files, PackDigest.with(digest, files));
    }

    /** The same, judged by these rule files, where the digest of it all is known. */
    public ResolvedPack judgedBy(List<RuleFile> files, String whole) {
        return new ResolvedPack(
                id, calico, platform, whole, defaults, offers, requirements, removed, advisories, files);
    }

    /** The requirements that a profile judges: the documented ones, and in the practical one also those that advisories add. */
    public List<Requirement> requirements(Profile profile) {
        if (profile == Profile.DOCUMENTED) {
            return requirements;
        }
        Stream<Requirement> added = advisories.stream().flatMap(advisory -> advisory.added().stream());
        return Stream.concat(requirements.stream(), added).toList();
    }

    /** The same with only those requirements and advisories that hold for the target. */
    public ResolvedPack holdingFor(Target target) {
        List<Requirement> held = requirements.stream()
                .filter(requirement -> requirement.holdsFor(target))
                .toList();
        List<Advisory> advised = advisories.stream()
                .filter(advisory -> advisory.holdsFor(target))
                .toList();
        return new ResolvedPack(id, calico, platform, digest, defaults, offers, held, removed, advised, inference);
    }

    /** The options of a target whose values the documents of this version do not know. */
    public List<NotOffered> notOffered(Target target) {
        List<NotOffered> unknown = new ArrayList<>();
        target.options().forEach((option, values) -> {
            List<String> offered = offers.getOrDefault(option, List.copyOf(values));
            values.stream()
                    .filter(value -> !offered.contains(value))
                    .forEach(value -> unknown.add(new NotOffered(option, value, offered)));
        });
        return unknown;
    }

    /**
     * A value of a target's option that the documents do not know.
     *
     * @param offered those that they know
     */
    public record NotOffered(String option, String value, List<String> offered) {

        /** In words, without a final period. */
        public String reason() {
            return "the documents know only " + option + " " + String.join(", ", offered);
        }
    }

    /**
     * A file of inference rules.
     *
     * @param name how messages call it: its path as the reader would type it
     * @param text its content
     * @param trusted it belongs to the installation's own rules
     */
    public record RuleFile(String name, String text, boolean trusted) {

        /**
         * Reads it.
         *
         * @throws InvalidRulesException where it cannot be read, or is no text
         */
        public static RuleFile read(Path path, boolean trusted) throws InvalidRulesException {
            String text = YamlReader.text(path.toString(), YamlReader.bytes(path, YamlReader.MOST_BYTES));
            return new RuleFile(path.toString(), text, trusted);
        }

        /** The same by the last part of its name alone. */
        public RuleFile withoutText() {
            return new RuleFile(name.substring(name.lastIndexOf('/') + 1), "", trusted);
        }
    }
}
