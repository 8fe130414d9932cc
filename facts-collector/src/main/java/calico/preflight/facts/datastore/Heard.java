package calico.preflight.facts.datastore;

import calico.preflight.facts.datastore.Reply.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What came of asking one endpoint.
 *
 * @param way to it, as {@link Vantage#wayTo} says; empty where it was not asked to the end
 * @param reached a TCP connection was made
 * @param tls {@code right}, what is wrong, or empty where it was not seen or is not used
 * @param state what it is good for, a word of the list in {@link calico.preflight.facts.FactCatalogue}
 * @param version of the server; empty where it does not tell
 * @param skew seconds between the clocks here and there; nothing where it does not tell the time
 * @param why what the endpoint is or does, for the reader: a verb and what follows it
 */
record Heard(
        Endpoint endpoint,
        String way,
        boolean reached,
        String tls,
        String state,
        String version,
        OptionalLong skew,
        String why) {

    /** An endpoint that did not answer. */
    static Heard nothing(Endpoint endpoint, String way, Failure failure) {
        String state = "no-answer";
        if (!failure.reached()) {
            state = "not-reached";
        } else if (!failure.tls().isEmpty()) {
            state = "tls";
        }
        return new Heard(
                endpoint, way, failure.reached(), failure.tls(), state, "", OptionalLong.empty(), failure.why());
    }

    /**
     * An endpoint that nothing is known of, as the time was up before it was asked to the end; not even whether it is on the
     * host itself, since its name may not have been resolved.
     */
    static Heard unasked(Endpoint endpoint) {
        return new Heard(
                endpoint,
                "",
                false,
                "",
                "unasked",
                "",
                OptionalLong.empty(),
                "was not asked to the end, as the time was up");
    }

    /** An endpoint that answered. */
    static Heard answer(Endpoint endpoint, String way, String state, String version, OptionalLong skew, String why) {
        return new Heard(endpoint, way, true, endpoint.isTls() ? "right" : "", state, version, skew, why);
    }

    /** The columns that the endpoints of every datastore have. */
    Map<String, String> row() {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("endpoint", endpoint.toString());
        row.put("way", way);
        row.put("reached", reached ? "yes" : "no");
        row.put("tls", tls);
        row.put("state", state);
        row.put("version", version);
        row.put("why", why);
        return row;
    }
}
