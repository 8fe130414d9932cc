package calico.preflight.catalog.prepared;

import calico.preflight.catalog.RulesFolder;
import calico.preflight.catalog.fleet.FleetRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/** A file with what the installation compares across the hosts of a fleet, without the texts of the rule files. */
public final class PreparedFleet {

    /** The name of the file, in the folder of what was prepared. */
    public static final String FILE = "fleet.bin";

    private static final int KIND = 0x63706631;

    private PreparedFleet() {}

    /**
     * Writes the file.
     *
     * @param facts the names of the facts that can be compared, which decide what is a mistake
     */
    public static void write(Path file, RulesFolder rules, Collection<String> facts, FleetRules fleet)
            throws IOException {
        new PreparedValue(file, KIND)
                .write(RulesFingerprint.needed(RulesFingerprint.ofFleet(rules, facts), rules), fleet.withoutTexts());
    }

    /**
     * The comparisons in the file, if it is there and was made of these rules by this program.
     *
     * @param rules the only folder of rules that is in use
     * @param facts as for {@link #write}
     */
    public static Optional<FleetRules> open(Path file, RulesFolder rules, Collection<String> facts) {
        return new PreparedValue(file, KIND).read(FleetRules.class, RulesFingerprint.ofFleet(rules, facts));
    }
}
