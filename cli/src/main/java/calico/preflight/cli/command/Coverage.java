package calico.preflight.cli.command;

import calico.preflight.catalog.pack.PackTests.PackTestCase;
import calico.preflight.catalog.pack.ResolvedPack;
import calico.preflight.catalog.requirement.Check;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.target.Profile;
import calico.preflight.engine.report.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which requirements have no case in which they are met, none in which they are not, or none in which the host does not show
 * it. A requirement counts by its id: one case in any version is enough for the packs that inherit it.
 */
final class Coverage {

    private final Map<String, Set<Outcome>> possible = new TreeMap<>();
    private final Map<String, Set<Outcome>> expected = new HashMap<>();

    /** Notes what can come of the requirements of a pack, in the practical profile also of those that advisories add. */
    void possible(ResolvedPack pack, Profile profile) {
        for (Requirement requirement : pack.requirements(profile)) {
            possible.computeIfAbsent(requirement.id(), any -> EnumSet.noneOf(Outcome.class))
                    .addAll(outcomes(requirement));
        }
    }

    /** Notes what a case expects. */
    void expected(PackTestCase test) {
        test.expect().forEach((id, outcome) -> expected.computeIfAbsent(id, any -> EnumSet.noneOf(Outcome.class))
                .add(Outcome.valueOf(outcome)));
    }

    /** A line for each requirement that lacks a case, and one with the counts. */
    String text() {
        List<String> lines = new ArrayList<>();
        possible.forEach((id, outcomes) -> {
            Set<Outcome> missing = EnumSet.copyOf(outcomes);
            missing.removeAll(expected.getOrDefault(id, Set.of()));
            if (!missing.isEmpty()) {
                lines.add("  " + id + ": "
                        + missing.stream().map(outcome -> "no " + outcome).collect(Collectors.joining(", ")));
            }
        });
        String head = possible.size() + (possible.size() == 1 ? " requirement, " : " requirements, ") + lines.size()
                + " without a case for an outcome that they can have";
        return head + (lines.isEmpty() ? "" : ":\n") + String.join("\n", lines) + "\n";
    }

    /** What the level makes of a check, except that it does not apply. */
    private static Set<Outcome> outcomes(Requirement requirement) {
        if (requirement.level() == Level.DEFAULT || requirement.level() == Level.INFORMATIONAL) {
            return EnumSet.noneOf(Outcome.class); // it is never an outcome of its own
        }
        if (requirement.check() instanceof Check.Statement) {
            return EnumSet.of(Outcome.UNKNOWN);
        }
        Outcome unmet = requirement.level() == Level.MUST ? Outcome.FAIL : Outcome.WARN;
        return requirement.check() instanceof Check.TargetOption
                ? EnumSet.of(Outcome.PASS, unmet)
                : EnumSet.of(Outcome.PASS, unmet, Outcome.UNKNOWN);
    }
}
