package calico.preflight.facts.probe;

import java.util.Locale;

/**
 * What a try says of the kernel.
 *
 * @param result whether it worked
 * @param reason why not; empty where it worked
 */
public record Trial(Result result, String reason) {

    private static final int MAX_REASON = 200;

    /** Whether it worked. Only a refusal by the kernel itself is a failure; all other trouble leaves it open. */
    public enum Result {
        WORKS,
        FAILS,
        OPEN
    }

    static final Trial WORKS = new Trial(Result.WORKS, "");

    static Trial fails(String reason) {
        return new Trial(Result.FAILS, cut(reason));
    }

    static Trial open(String reason) {
        return new Trial(Result.OPEN, cut(reason));
    }

    private static String cut(String reason) {
        return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "..." : reason;
    }

    /** As it stands in the fact: {@code works}, {@code fails: REASON} or {@code open: REASON}. */
    @Override
    public String toString() {
        String word = result.name().toLowerCase(Locale.ROOT);
        return reason.isEmpty() ? word : word + ": " + reason;
    }
}
