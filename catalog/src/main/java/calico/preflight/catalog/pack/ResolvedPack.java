package calico.preflight.catalog.pack;

import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.CalicoVersion;
import calico.preflight.catalog.target.Platform;
import java.util.List;
import java.util.Map;

/**
 * A rule pack with all that it inherits, for one platform and one version of Calico.
 *
 * @param id the pack's id, such as {@code calico-3.16}
 * @param calico the version it was resolved for
 * @param digest {@code sha256:} and the hash of everything that the pack was made of: its own file, those that it extends and
 *     the rules that judge it
 * @param defaults the documented defaults of the target options on this platform: option name to value
 * @param requirements in the order of the document
 * @param inference the DRL files that judge it, in order
 */
public record ResolvedPack(
        String id,
        CalicoVersion calico,
        Platform platform,
        String digest,
        Map<String, String> defaults,
        List<Requirement> requirements,
        List<RuleFile> inference) {

    public ResolvedPack {
        defaults = Map.copyOf(defaults);
        requirements = List.copyOf(requirements);
        inference = List.copyOf(inference);
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
