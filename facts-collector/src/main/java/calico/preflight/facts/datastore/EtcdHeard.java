package calico.preflight.facts.datastore;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of asking one endpoint of etcd.
 *
 * @param api the version of the API that it serves: {@code v3}, {@code v3beta}, {@code v3alpha}, {@code v2}; empty where that
 *     was not seen
 * @param health what {@code /health} says; empty where it says nothing
 * @param cluster the number of its cluster, in hexadecimal; empty where it does not tell
 * @param member its own number there
 */
record EtcdHeard(Heard heard, String api, String health, String cluster, String member) {

    /** An endpoint of which no more is known. */
    static EtcdHeard of(Heard heard) {
        return new EtcdHeard(heard, "", "", "", "");
    }

    /** Does it speak the v3 API, whatever else? */
    boolean speaksV3() {
        return api.startsWith("v3");
    }

    Map<String, String> row() {
        Map<String, String> row = new LinkedHashMap<>();
        heard.row().forEach((column, value) -> {
            if (column.equals("why")) {
                row.put("api", api);
                row.put("health", health);
                row.put("cluster", cluster);
                row.put("member", member);
            }
            row.put(column, value);
        });
        return row;
    }
}
