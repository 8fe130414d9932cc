package calico.preflight.cli.option;

import calico.preflight.catalog.Suggestion;
import calico.preflight.catalog.requirement.Level;
import calico.preflight.catalog.requirement.Requirement;
import calico.preflight.catalog.requirement.SettledBy;
import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.console.UserException;
import calico.preflight.engine.report.Finding;
import calico.preflight.engine.report.Outcome;
import calico.preflight.engine.report.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a report must be like for the run to succeed. */
public final class GateOptions extends OptionGroup {

    /** From which outcome on the run does not succeed. */
    public enum Strictness {
        fail,
        warn
    }

    private static final String EVERYTHING = "*";

    private final Single<Strictness> failOn = one(
            Strictness.class,
            option("--fail-on", "LEVEL", "fail, warn: from where on the exit code is not 0 (default: fail)"));

    private final Several<String> allowed = several(
            String.class,
            option(
                            "--allow-unknown",
                            "WHAT",
                            "let what could not be settled pass: everything, or what only these can settle: image, host, "
                                    + "network, datastore; or ids, with * for any text: =network,kernel-module/*")
                    .splitRegex(",")
                    .arity("0..1")
                    .fallbackValue(EVERYTHING));

    /** None is given yet. */
    public GateOptions() {
        super(Section.SUCCESS);
    }

    /**
     * How the run ends for this report.
     *
     * @throws UserException if there is nothing in it that was judged
     */
    public ExitCode judge(Report report) {
        if (isEmpty(report)) {
            throw new UserException("there is nothing to check: no requirement of " + report.packId()
                    + " applies to this target on " + report.target().platform().label() + ".");
        }
        return judgeAny(report);
    }

    /** Is there nothing in the report that was judged? */
    public static boolean isEmpty(Report report) {
        return report.findings().stream().allMatch(finding -> finding.outcome() == Outcome.NOT_APPLICABLE);
    }

    /** The same for what may be a part of a report, in which nothing need be judged. */
    public ExitCode judgeAny(Report report) {
        return judge(report.findings());
    }

    /** How the run ends for these findings. */
    public ExitCode judge(Collection<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.outcome() == Outcome.FAIL)) {
            return ExitCode.FAILED;
        }
        List<Finding> waived = waived(findings);
        if (findings.stream()
                .anyMatch(finding -> finding.outcome() == Outcome.UNKNOWN
                        && finding.requirement().level() == Level.MUST
                        && !waived.contains(finding))) {
            return ExitCode.UNKNOWN;
        }
        boolean warned = findings.stream()
                .anyMatch(finding -> finding.outcome() == Outcome.WARN
                        || (finding.outcome() == Outcome.UNKNOWN && !waived.contains(finding)));
        return warned && failOn.or(Strictness.fail) == Strictness.warn ? ExitCode.WARNED : ExitCode.OK;
    }

    /** How the run ends for something that could not be judged at all: only a word that allows everything lets it pass. */
    public ExitCode judgeUnreadable() {
        return words().contains(EVERYTHING) ? ExitCode.OK : ExitCode.UNKNOWN;
    }

    /** The findings that are unknown and were allowed to be. */
    public List<Finding> waived(Report report) {
        return waived(report.findings());
    }

    /** Those of these that are unknown and were allowed to be. */
    public List<Finding> waived(Collection<Finding> findings) {
        List<String> words = words();
        if (words.isEmpty()) {
            return List.of();
        }
        return findings.stream()
                .filter(finding -> finding.outcome() == Outcome.UNKNOWN)
                .filter(finding -> words.stream().anyMatch(word -> covers(word, finding.requirement())))
                .toList();
    }

    /** What was allowed, as it was typed; empty: nothing. */
    public List<String> words() {
        return allowed.values().stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Complains of a word that can never mean anything in this report, before it lets nothing pass unnoticed. */
    public void check(Report report) {
        check(report.findings().stream().map(Finding::requirement).toList(), report.packId());
    }

    /**
     * The same for all requirements that are judged.
     *
     * @param where they stand, for the complaint
     */
    public void check(Collection<Requirement> requirements, String where) {
        for (String word : words()) {
            if (!isSettler(word) && requirements.stream().noneMatch(requirement -> covers(word, requirement))) {
                List<String> known = new ArrayList<>(
                        Arrays.stream(SettledBy.values()).map(SettledBy::label).toList());
                String settlers = String.join(", ", known);
                requirements.forEach(requirement -> known.add(requirement.id()));
                throw new UserException("--allow-unknown \"" + word + "\" is none of " + settlers + " and no id in "
                        + where + "." + Suggestion.didYouMean(word, known));
            }
        }
    }

    private static boolean isSettler(String word) {
        return Arrays.stream(SettledBy.values())
                .anyMatch(settler -> settler.label().equals(word));
    }

    private static boolean covers(String word, Requirement requirement) {
        if (isSettler(word)) {
            return requirement.settledBy().label().equals(word);
        }
        return Pattern.matches(
                Arrays.stream(word.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                requirement.id());
    }

    /** The words for a reader: {@code anything}, or what was typed. */
    public String spoken() {
        return words().contains(EVERYTHING) ? "anything" : String.join(", ", words());
    }
}
