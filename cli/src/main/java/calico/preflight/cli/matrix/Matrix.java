package calico.preflight.cli.matrix;

import calico.preflight.cli.console.ExitCode;
import calico.preflight.cli.matrix.Answer.Judged;
import calico.preflight.cli.matrix.Answer.NotOffered;
import calico.preflight.facts.HostFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What hosts can run.
 *
 * @param rows the versions, oldest first
 * @param modes dataplane by dataplane
 * @param notOffered what the documents rule out before a host is looked at
 * @param hosts at least one
 */
public record Matrix(List<Row> rows, List<Mode> modes, Map<Spot, NotOffered> notOffered, List<OfHost> hosts) {

    public Matrix {
        rows = List.copyOf(rows);
        modes = List.copyOf(modes);
        hosts = List.copyOf(hosts);
        notOffered = Map.copyOf(notOffered);
    }

    /**
     * What one host can run.
     *
     * @param facts by which it is called
     * @param answers of everything that was judged
     */
    public record OfHost(HostFacts facts, Map<Spot, Answer> answers) {
        public OfHost {
            answers = Map.copyOf(answers);
        }
    }

    /**
     * Failures that are mended alike.
     *
     * @param failed what has to be mended, all of it
     * @param spots what can be run then
     */
    public record Need(List<Lack> failed, List<Spot> spots) {}

    /** Every version in every mode, version by version. */
    public List<Spot> spots() {
        return rows.stream()
                .flatMap(row -> modes.stream().map(mode -> new Spot(row, mode)))
                .toList();
    }

    /** What came of it on one of the hosts. */
    public Answer answer(OfHost host, Spot spot) {
        Answer ruledOut = notOffered.get(spot);
        Answer judged = host.answers().get(spot);
        return ruledOut == null ? Objects.requireNonNull(judged) : ruledOut;
    }

    /** What came of it on all hosts together: the worst. */
    public Answer answer(Spot spot) {
        List<Judged> judged = new ArrayList<>();
        for (OfHost host : hosts) {
            Answer answer = answer(host, spot);
            if (answer instanceof NotOffered) {
                return answer;
            }
            judged.add((Judged) answer);
        }
        return Judged.together(judged);
    }

    /** What was judged, of all hosts together, version by version. */
    public Map<Spot, Judged> judged() {
        Map<Spot, Judged> judged = new LinkedHashMap<>();
        for (Spot spot : spots()) {
            if (answer(spot) instanceof Judged one) {
                judged.put(spot, one);
            }
        }
        return judged;
    }

    /** The reasons why something is not offered, each with what it rules out. */
    public Map<String, List<Spot>> ruledOut() {
        Map<String, List<Spot>> ruledOut = new LinkedHashMap<>();
        for (Spot spot : spots()) {
            if (answer(spot) instanceof NotOffered no) {
                ruledOut.computeIfAbsent(no.reason(), any -> new ArrayList<>()).add(spot);
            }
        }
        return ruledOut;
    }

    /** What would turn that which fails on a host, least first. */
    public List<Need> needs(OfHost host) {
        Map<List<Lack>, List<Spot>> bySet = new LinkedHashMap<>();
        for (Spot spot : spots()) {
            if (answer(host, spot) instanceof Judged judged && !judged.failed().isEmpty()) {
                List<Lack> set = judged.failed().stream()
                        .sorted(Comparator.comparing(Lack::id))
                        .toList();
                bySet.computeIfAbsent(set, any -> new ArrayList<>()).add(spot);
            }
        }
        List<Need> needs = new ArrayList<>();
        bySet.forEach((failed, spots) -> needs.add(new Need(failed, List.copyOf(spots))));
        needs.sort(Comparator.comparingInt(need -> need.failed().size()));
        return needs;
    }

    /** The best there is to run on all hosts. Of two that are alike the newer. */
    public Optional<Map.Entry<Spot, Judged>> best() {
        return best(judged());
    }

    static Optional<Map.Entry<Spot, Judged>> best(Map<Spot, Judged> judged) {
        Optional<Map.Entry<Spot, Judged>> best = Optional.empty();
        for (Map.Entry<Spot, Judged> entry : judged.entrySet()) {
            if (best.isEmpty() || !best.get().getValue().isBetterThan(entry.getValue())) {
                best = Optional.of(entry);
            }
        }
        return best;
    }

    /** How the run ends: as a check of the best would; wrong use where nothing is offered at all. */
    public ExitCode exit() {
        return best().map(best -> best.getValue().exit()).orElse(ExitCode.USAGE);
    }
}
