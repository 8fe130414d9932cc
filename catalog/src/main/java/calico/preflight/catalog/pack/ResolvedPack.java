package calico.preflight.catalog.pack;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import calico.preflight.catalog.target.Profile;
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
 * @param requirements in the order of the document
 * @param advisories those that hold for the version and the platform; the practical profile applies them
 * @param inference the DRL files that judge it, in order
 */
public record ResolvedPack(
        String id,
        CalicoVersion calico,
        Platform platform,
        String digest,
        Map<String, String> defaults,
        List<Requirement> requirements,
        List<Advisory> advisories,
        List<RuleFile> inference) {

    public ResolvedPack {
        defaults = Map.copyOf(defaults);
        requirements = List.copyOf(requirements);
        advisories = List.copyOf(advisories);
        inference = List.copyOf(inference);
    }

    /** The requirements that a profile judges: the documented ones, and in the practical one also those that advisories add. */
    public List<Requirement> requirements(Profile profile) {
        if (profile == Profile.DOCUMENTED) {
            return requirements;
        }
        Stream<Requirement> added = advisories.stream().flatMap(advisory -> advisory.added().stream());
        return Stream.concat(requirements.stream(), added).toList();
    }

    /**
     * A file of inference rules.
     *
     * @param name how messages call it: its path as the reader would type it
     * @param text its content
     * @param trusted it belongs to the installation's own rules
     */
    public record RuleFile(String name, String text, boolean trusted) {}
}
