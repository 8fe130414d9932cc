package calico.preflight.cli.matrix;

import calico.preflight.cli.console.ExitCode;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What came of a version in a mode. */
public sealed interface Answer {

    /**
     * The documents rule it out, whatever the host.
     *
     * @param reason a sentence without a final period
     */
    record NotOffered(String reason) implements Answer {}

    /**
     * It was judged. Only what a matrix shows is kept of the report, so that those of many hosts fit into memory.
     *
     * @param exit how {@code check} would end
     * @param outcome that of the report, but that what was allowed to be unknown does not count
     * @param passed how many requirements are met
     * @param failed what is not met, in the order of the pack
     * @param warned the ids of what is not as advised
     * @param unknown the ids of what the evidence does not settle, but for what was allowed to be unknown
     * @param allowed the ids of what was allowed to be unknown
     */
    record Judged(
            ExitCode exit,
            Outcome outcome,
            int passed,
            List<Lack> failed,
            List<String> warned,
            List<String> unknown,
            List<String> allowed)
            implements Answer {

        private static final Comparator<Judged> WORSE = Comparator.comparingInt((Judged judged) -> rank(judged.exit))
                .thenComparing(Judged::outcome, Judged::compare);

        public Judged {
            failed = List.copyOf(failed);
            warned = List.copyOf(warned);
            unknown = List.copyOf(unknown);
            allowed = List.copyOf(allowed);
        }

        /**
         * What a matrix keeps of a report.
         *
         * @param waived the findings that were allowed to be unknown
         */
        public static Judged of(Report report, List<Finding> waived, ExitCode exit) {
            return new Judged(
                    exit,
                    report.only(finding -> !waived.contains(finding)).outcome(),
                    report.count(Outcome.PASS),
                    having(report, Outcome.FAIL).stream().map(Lack::of).toList(),
                    ids(having(report, Outcome.WARN)),
                    ids(having(report, Outcome.UNKNOWN).stream()
                            .filter(finding -> !waived.contains(finding))
                            .toList()),
                    ids(waived));
        }

        private static List<Finding> having(Report report, Outcome outcome) {
            return report.findings().stream()
                    .filter(finding -> finding.outcome() == outcome)
                    .toList();
        }

        private static List<String> ids(List<Finding> findings) {
            return findings.stream().map(Finding::id).toList();
        }

        /** Several hosts as one: the worst of them, with all that any of them lacks. */
        static Judged together(Collection<Judged> all) {
            Judged worst = all.stream().max(WORSE).orElseThrow();
            Set<Lack> failed = new LinkedHashSet<>();
            Set<String> warned = new LinkedHashSet<>();
            Set<String> unknown = new LinkedHashSet<>();
            Set<String> allowed = new LinkedHashSet<>();
            int passed = Integer.MAX_VALUE;
            for (Judged one : all) {
                failed.addAll(one.failed);
                warned.addAll(one.warned);
                unknown.addAll(one.unknown);
                allowed.addAll(one.allowed);
                passed = Math.min(passed, one.passed);
            }
            return new Judged(
                    worst.exit,
                    worst.outcome,
                    passed,
                    new ArrayList<>(failed),
                    new ArrayList<>(warned),
                    new ArrayList<>(unknown),
                    new ArrayList<>(allowed));
        }

        /** The same with another number of requirements that are met. */
        public Judged withPassed(int number) {
            return new Judged(exit, outcome, number, failed, warned, unknown, allowed);
        }

        /** Is this the better one to run? Of two that end alike the one with fewer things to mend, to settle and to read. */
        boolean isBetterThan(Judged other) {
            int order = WORSE.thenComparingInt((Judged judged) -> judged.failed.size())
                    .thenComparingInt(judged -> judged.unknown.size())
                    .thenComparingInt(judged -> judged.warned.size())
                    .compare(this, other);
            return order < 0;
        }

        private static int rank(ExitCode exit) {
            return switch (exit) {
                case OK -> 0;
                case WARNED -> 1;
                case UNKNOWN -> 2;
                case FAILED, USAGE, INTERNAL_ERROR -> 3;
            };
        }

        private static int compare(Outcome one, Outcome other) {
            return Integer.compare(rank(one), rank(other));
        }

        private static int rank(Outcome outcome) {
            return switch (outcome) {
                case NOT_APPLICABLE, PASS -> 0;
                case WARN -> 1;
                case UNKNOWN -> 2;
                case FAIL -> 3;
            };
        }
    }
}
