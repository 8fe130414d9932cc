package calico.preflight.engine.inference;

import java.util.List;

/**
 * What a rule concludes about a requirement. Where several rules conclude, the worst outcome holds.
 *
 * @param id the requirement
 * @param outcome {@code PASS}, {@code WARN}, {@code UNMET} (FAIL or WARN, by the level), {@code UNKNOWN} or
 *     {@code NOT_APPLICABLE}
 * @param reason one sentence without a final period
 */
public record Verdict(String id, String outcome, String reason) {

    /** So that rules which feed reasons into reasons cannot make them grow without end. */
    private static final int LONGEST_REASON = 2_000;

    /** A verdict whose reason names one detail: it takes the place of {@code {}}. */
    public Verdict(String id, String outcome, String reason, Object detail) {
        this(id, outcome, fill(reason, detail));
    }

    /** A verdict whose reason names two details, in the places of the first two {@code {}}. */
    public Verdict(String id, String outcome, String reason, Object first, Object second) {
        this(id, outcome, fill(reason, first, second));
    }

    /** A verdict whose reason names three details. */
    public Verdict(String id, String outcome, String reason, Object first, Object second, Object third) {
        this(id, outcome, fill(reason, first, second, third));
    }

    /** A verdict whose reason names four details. */
    public Verdict(String id, String outcome, String reason, Object first, Object second, Object third, Object fourth) {
        this(id, outcome, fill(reason, first, second, third, fourth));
    }

    private static String fill(String reason, Object... details) {
        StringBuilder sentence = new StringBuilder();
        int from = 0;
        for (Object detail : details) {
            int at = reason.indexOf("{}", from);
            if (at < 0) {
                break;
            }
            sentence.append(reason, from, at).append(shown(detail));
            from = at + 2;
        }
        sentence.append(reason.substring(from));
        sentence.setLength(Math.min(sentence.length(), LONGEST_REASON));
        return sentence.toString().strip();
    }

    private static String shown(Object detail) {
        return detail instanceof List<?> list
                ? String.join(", ", list.stream().map(String::valueOf).toList())
                : detail.toString();
    }
}
