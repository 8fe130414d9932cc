package calico.preflight.engine.drl.words;

import java.util.List;

/** What follows. */
public record Verdict(Demand demand, String outcome, String reason, List<Object> values) {

    /** With any number of values for the reason. */
    public Verdict(Demand demand, String outcome, String reason, Object... values) {
        this(demand, outcome, reason, List.of(values));
    }
}
