package calico.preflight.catalog.prepared;

import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.pack.ResolvedPack.RuleFile;
import calico.preflight.catalog.target.CalicoVersion;
import java.util.List;

/**
 * A pack as the build resolved it. To digest all that it is made of takes a JVM that has just started as long as to read its
 * requirements, so the digest is kept with it, together with the fingerprint of the rule files that it covers.
 *
 * @param pack without the texts of its rule files, and with the digest of the YAML alone
 * @param rules the fingerprint of the texts of its rule files
 * @param digest that of the pack judged by them
 */
public record PreparedPack(ResolvedPack pack, String rules, String digest) {

    /** To be kept of a pack that was resolved from YAML. */
    static PreparedPack of(ResolvedPack pack) {
        List<RuleFile> files = pack.inference();
        return new PreparedPack(
                pack.withoutTexts(), fingerprint(files), pack.judgedBy(files).digest());
    }

    /** The same for another version for which it comes to the same. */
    PreparedPack at(CalicoVersion version) {
        return new PreparedPack(pack.at(version), rules, digest);
    }

    /** The names of the rule files, without their folder. */
    public List<String> ruleFiles() {
        return pack.inference().stream().map(RuleFile::name).toList();
    }

    /** The pack, judged by these rule files as they are now. */
    public ResolvedPack judgedBy(List<RuleFile> files) {
        return fingerprint(files).equals(rules) ? pack.judgedBy(files, digest) : pack.judgedBy(files);
    }

    private static String fingerprint(List<RuleFile> files) {
        Fingerprint fingerprint = new Fingerprint();
        files.forEach(file -> fingerprint.with(file.text()));
        return fingerprint.toString();
    }
}
